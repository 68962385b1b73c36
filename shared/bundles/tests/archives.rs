//! What archives are opened and what harm is refused.

mod packing;

use std::io::{Cursor, Write};

use bundles::{Archive, ArchiveError, Limits};
use packing::zip;
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

fn open(bytes: &[u8]) -> Result<Archive, ArchiveError> {
    Archive::open(bytes, &Limits::default())
}

fn names(archive: &Archive) -> Vec<&str> {
    archive.files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn files_of_one_folder_are_read_as_if_they_lay_at_the_root() {
    let archive = open(&zip(&[
        ("export/2026/users.csv", "a"),
        ("export/2026/orgs.csv", "b"),
    ]))
    .expect("an archive");
    assert_eq!(names(&archive), ["users.csv", "orgs.csv"]);
    assert_eq!(archive.files[1].bytes, b"b");
}

#[test]
fn what_is_no_csv_file_of_the_bundle_is_left_packed_and_named() {
    let archive = open(&zip(&[
        ("users.csv", "a"),
        ("photo.jpg", "b"),
        ("old/users.csv", "c"),
        ("__MACOSX/._users.csv", "d"),
    ]));
    let archive = archive.expect("an archive");
    assert_eq!(names(&archive), ["users.csv"]);
    assert_eq!(
        archive.ignored,
        ["photo.jpg", "old/users.csv", "__MACOSX/._users.csv"]
    );
}

#[test]
fn a_name_that_leaves_the_archive_refuses_it() {
    for name in [
        "../users.csv",
        "a/../../users.csv",
        "/etc/users.csv",
        "a\\..\\users.csv",
        "c:/users.csv",
        "a//users.csv",
    ] {
        // The writer tidies some names, so the bytes of a harmless name of equal length are replaced.
        let harmless = "x".repeat(name.len());
        let bytes = replaced(
            zip(&[(harmless.as_str(), "a")]),
            harmless.as_bytes(),
            name.as_bytes(),
        );
        assert_eq!(
            open(&bytes),
            Err(ArchiveError::UnsafeName {
                entry: name.to_owned()
            }),
            "{name}"
        );
    }
}

fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = (0..=bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn a_link_refuses_the_archive() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .add_symlink("users.csv", "/etc/passwd", SimpleFileOptions::default())
        .expect("a link");
    let bytes = writer.finish().expect("an archive").into_inner();
    assert_eq!(
        open(&bytes),
        Err(ArchiveError::Link {
            entry: "users.csv".to_owned()
        })
    );
}

#[test]
fn two_entries_of_one_name_refuse_the_archive() {
    let same = replaced(
        zip(&[("users.csv", "a"), ("userz.csv", "b")]),
        b"userz.csv",
        b"users.csv",
    );
    assert!(matches!(open(&same), Err(ArchiveError::Duplicate { .. })));
    let case = zip(&[("users.csv", "a"), ("Users.csv", "b")]);
    assert_eq!(
        open(&case),
        Err(ArchiveError::Duplicate {
            entry: "Users.csv".to_owned()
        })
    );
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("users.csv", SimpleFileOptions::default())
        .expect("a file");
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..20 {
        writer.write_all(&zeros).expect("its content");
    }
    let bomb = writer.finish().expect("an archive").into_inner();
    assert!(bomb.len() < 64 << 10, "the bomb is small: {}", bomb.len());
    assert_eq!(
        open(&bomb),
        Err(ArchiveError::RatioTooHigh {
            entry: "users.csv".to_owned(),
            allowed: 200
        })
    );
}

#[test]
fn a_header_that_hides_the_size_does_not_hide_it_from_the_reader() {
    let content = "0123456789".repeat(500);
    let bytes = zip(&[("users.csv", &content)]);
    let size = u32::try_from(content.len()).expect("a small size").to_le_bytes();
    let lying = replaced(bytes, &size, &10u32.to_le_bytes());
    let limits = Limits {
        entry_bytes: 1_000,
        ..Limits::default()
    };
    assert!(Archive::open(&lying, &limits).is_err());
}

#[test]
fn every_limit_is_kept() {
    let two = zip(&[("users.csv", "12345678"), ("orgs.csv", "12345678")]);
    let with = |limits| Archive::open(&two, &limits);
    let size = two.len() as u64;
    assert_eq!(
        with(Limits {
            archive_bytes: size - 1,
            ..Limits::default()
        }),
        Err(ArchiveError::ArchiveTooLarge {
            found: size,
            allowed: size - 1
        })
    );
    assert_eq!(
        with(Limits {
            entries: 1,
            ..Limits::default()
        }),
        Err(ArchiveError::TooManyEntries { found: 2, allowed: 1 })
    );
    assert_eq!(
        with(Limits {
            entry_bytes: 7,
            ..Limits::default()
        }),
        Err(ArchiveError::EntryTooLarge {
            entry: "users.csv".to_owned(),
            allowed: 7
        })
    );
    assert_eq!(
        with(Limits {
            total_bytes: 15,
            ..Limits::default()
        }),
        Err(ArchiveError::TotalTooLarge { allowed: 15 })
    );
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    assert!(matches!(
        open(b"sourcedId,name"),
        Err(ArchiveError::Unreadable(_))
    ));
    assert!(matches!(open(b""), Err(ArchiveError::Unreadable(_))));
}

proptest! {
    #[test]
    fn damaged_archives_are_refused_without_a_panic(place in 0usize..400, byte in any::<u8>(), cut in 0usize..400) {
        let mut bytes = zip(&[("users.csv", "sourcedId,name"), ("orgs.csv", "sourcedId,name,type")]);
        let place = place % bytes.len();
        bytes[place] = byte;
        drop(open(&bytes));
        bytes.truncate(cut);
        drop(open(&bytes));
    }
}
