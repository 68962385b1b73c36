//! The zip archive of a bundle, opened with caps.
//!
//! An archive comes from outside, so everything it says about itself is doubted: how many entries it has, how large they
//! grow, where their names point. Nothing is ever written to a file system; names are refused all the same, because an
//! archive with such names was made to harm and no part of it deserves trust.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

/// What an archive may cost at most. All sizes are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The archive itself.
    pub archive_bytes: u64,
    /// Entries, folders included.
    pub entries: usize,
    /// One entry when unpacked.
    pub entry_bytes: u64,
    /// All entries together when unpacked.
    pub total_bytes: u64,
    /// How many times larger an entry may become than it is in the archive. Entries that unpack to less than a mebibyte
    /// are not asked: tiny repetitive files reach any ratio and harm nobody.
    pub ratio: u64,
}

impl Default for Limits {
    /// Room for a region of some 200,000 people; a table of such rows shrinks 10 to 40 times.
    fn default() -> Self {
        const MEBIBYTE: u64 = 1 << 20;
        Self {
            archive_bytes: 32 * MEBIBYTE,
            entries: 64,
            entry_bytes: 64 * MEBIBYTE,
            total_bytes: 192 * MEBIBYTE,
            ratio: 200,
        }
    }
}

/// Below this unpacked size the ratio is not looked at.
const RATIO_COUNTS_FROM: u64 = 1 << 20;

/// Why an archive is refused as a whole. `entry` is the name as the archive gives it, shortened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The bytes are not a zip archive, or a damaged one.
    #[error("not a readable zip archive: {0}")]
    Unreadable(String),
    /// The archive itself is larger than allowed.
    #[error("the archive has {found} bytes, {allowed} are allowed")]
    ArchiveTooLarge {
        /// Bytes given.
        found: u64,
        /// Bytes allowed.
        allowed: u64,
    },
    /// More entries than allowed.
    #[error("the archive has {found} entries, {allowed} are allowed")]
    TooManyEntries {
        /// Entries found.
        found: usize,
        /// Entries allowed.
        allowed: usize,
    },
    /// An entry unpacks to more than allowed, whatever its header says.
    #[error("entry {entry} is larger than {allowed} bytes")]
    EntryTooLarge {
        /// The entry.
        entry: String,
        /// Bytes allowed.
        allowed: u64,
    },
    /// All entries together unpack to more than allowed.
    #[error("the entries together are larger than {allowed} bytes")]
    TotalTooLarge {
        /// Bytes allowed.
        allowed: u64,
    },
    /// An entry grows too much when unpacked: the mark of a zip bomb.
    #[error("entry {entry} grows more than {allowed} times when unpacked")]
    RatioTooHigh {
        /// The entry.
        entry: String,
        /// Times allowed.
        allowed: u64,
    },
    /// The name is absolute, climbs out of the archive, or has a backslash, a drive or a control character.
    #[error("entry {entry} has an unsafe name")]
    UnsafeName {
        /// The entry.
        entry: String,
    },
    /// A symbolic link, a device or another thing that is neither file nor folder.
    #[error("entry {entry} is a link or a special file")]
    Link {
        /// The entry.
        entry: String,
    },
    /// Two entries have one name, or names that differ only in case.
    #[error("entry {entry} is there twice")]
    Duplicate {
        /// The entry.
        entry: String,
    },
    /// Entries share their bytes, which only an archive made to harm does.
    #[error("entries overlap")]
    Overlap,
    /// The entry is encrypted.
    #[error("entry {entry} is encrypted")]
    Encrypted {
        /// The entry.
        entry: String,
    },
}

impl ArchiveError {
    /// The stable name of the error, for translations and the API.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "archive-unreadable",
            Self::ArchiveTooLarge { .. } => "archive-too-large",
            Self::TooManyEntries { .. } => "archive-too-many-entries",
            Self::EntryTooLarge { .. } => "archive-entry-too-large",
            Self::TotalTooLarge { .. } => "archive-total-too-large",
            Self::RatioTooHigh { .. } => "archive-ratio-too-high",
            Self::UnsafeName { .. } => "archive-unsafe-name",
            Self::Link { .. } => "archive-link",
            Self::Duplicate { .. } => "archive-duplicate",
            Self::Overlap => "archive-overlap",
            Self::Encrypted { .. } => "archive-encrypted",
        }
    }

    /// The entry at fault, where one is.
    pub fn entry(&self) -> Option<&str> {
        match self {
            Self::EntryTooLarge { entry, .. }
            | Self::RatioTooHigh { entry, .. }
            | Self::UnsafeName { entry }
            | Self::Link { entry }
            | Self::Duplicate { entry }
            | Self::Encrypted { entry } => Some(entry),
            _ => None,
        }
    }
}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// The CSV files of an archive, unpacked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archive {
    /// The files, in the archive's order.
    pub files: Vec<ArchiveFile>,
    /// Names of entries that are not CSV files of the bundle's folder; they were not unpacked.
    pub ignored: Vec<String>,
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveFile {
    /// Its name without folders, in the archive's spelling.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Archive {
    /// Opens an archive and unpacks its CSV files.
    ///
    /// The files may lie in one folder (or a folder in a folder), as when somebody packed the folder instead of its content;
    /// the shallowest folder that has CSV files is the bundle's.
    ///
    /// # Errors
    /// Any breach of `limits` or of the rules for names refuses the archive as a whole.
    pub fn open(bytes: &[u8], limits: &Limits) -> Result<Self, ArchiveError> {
        let (mut zip, names) = checked(bytes, limits)?;
        let folder = bundle_folder(&names);
        let mut archive = Self::default();
        let mut left = limits.total_bytes;
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.ends_with('/')) {
            match name.strip_prefix(folder) {
                Some(file) if is_csv(file) && !file.contains('/') => {
                    let bytes = unpack(&mut zip.by_index(index)?, name, limits, left)?;
                    left = left.saturating_sub(bytes.len() as u64);
                    archive.files.push(ArchiveFile {
                        name: file.to_owned(),
                        bytes,
                    });
                }
                _ => archive.ignored.push(shown(name)),
            }
        }
        Ok(archive)
    }

    /// Unpacks every entry and throws it away: whoever is given the archive next cannot be made to unpack more.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn verify(bytes: &[u8], limits: &Limits) -> Result<(), ArchiveError> {
        let (mut zip, names) = checked(bytes, limits)?;
        let mut left = limits.total_bytes;
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.ends_with('/')) {
            let unpacked = unpack(&mut zip.by_index(index)?, name, limits, left)?;
            left = left.saturating_sub(unpacked.len() as u64);
        }
        Ok(())
    }
}

type Opened<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Opens an archive whose entries are all acceptable by what they say of themselves.
fn checked<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(Opened<'b>, Vec<String>), ArchiveError> {
    let size = bytes.len() as u64;
    if size > limits.archive_bytes {
        return Err(ArchiveError::ArchiveTooLarge {
            found: size,
            allowed: limits.archive_bytes,
        });
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    if zip.len() > limits.entries {
        return Err(ArchiveError::TooManyEntries {
            found: zip.len(),
            allowed: limits.entries,
        });
    }
    if zip.has_duplicate_names() {
        return Err(ArchiveError::Duplicate { entry: String::new() });
    }
    if zip.has_overlapping_files()? {
        return Err(ArchiveError::Overlap);
    }
    let names = entry_names(&mut zip, limits)?;
    Ok((zip, names))
}

/// Checks every entry, also those that will not be unpacked, and gives their names.
fn entry_names(zip: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<Vec<String>, ArchiveError> {
    let mut names = Vec::with_capacity(zip.len());
    let mut seen = BTreeSet::new();
    let mut total = 0u64;
    for index in 0..zip.len() {
        let file = zip.by_index_raw(index)?;
        // A name in another code page is no reason to refuse: only the ASCII names of CSV files mean something here.
        let name = file.name().map_or_else(
            |_| String::from_utf8_lossy(file.name_raw()).into_owned(),
            |name| name.into_owned(),
        );
        let entry = || shown(&name);
        if !is_safe(&name) {
            return Err(ArchiveError::UnsafeName { entry: entry() });
        }
        if is_special(&file) {
            return Err(ArchiveError::Link { entry: entry() });
        }
        if file.encrypted() {
            return Err(ArchiveError::Encrypted { entry: entry() });
        }
        if file.size() > limits.entry_bytes {
            return Err(ArchiveError::EntryTooLarge {
                entry: entry(),
                allowed: limits.entry_bytes,
            });
        }
        if grows_too_much(file.size(), file.compressed_size(), limits) {
            return Err(ArchiveError::RatioTooHigh {
                entry: entry(),
                allowed: limits.ratio,
            });
        }
        total = total.saturating_add(file.size());
        if total > limits.total_bytes {
            return Err(ArchiveError::TotalTooLarge {
                allowed: limits.total_bytes,
            });
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(ArchiveError::Duplicate { entry: entry() });
        }
        names.push(name);
    }
    Ok(names)
}

/// Unpacks one entry, counting the bytes that really come: headers lie.
fn unpack<R: Read>(
    file: &mut ZipFile<'_, R>,
    name: &str,
    limits: &Limits,
    left: u64,
) -> Result<Vec<u8>, ArchiveError> {
    let allowed = limits.entry_bytes.min(left);
    let compressed = file.compressed_size();
    let mut bytes = Vec::new();
    file.take(allowed + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| ArchiveError::Unreadable(error.to_string()))?;
    let size = bytes.len() as u64;
    if size > limits.entry_bytes {
        return Err(ArchiveError::EntryTooLarge {
            entry: shown(name),
            allowed: limits.entry_bytes,
        });
    }
    if size > left {
        return Err(ArchiveError::TotalTooLarge {
            allowed: limits.total_bytes,
        });
    }
    if grows_too_much(size, compressed, limits) {
        return Err(ArchiveError::RatioTooHigh {
            entry: shown(name),
            allowed: limits.ratio,
        });
    }
    Ok(bytes)
}

fn grows_too_much(size: u64, compressed: u64, limits: &Limits) -> bool {
    size > RATIO_COUNTS_FROM && size / compressed.max(1) > limits.ratio
}

/// Neither file nor folder by the mode bits that Unix archivers write.
fn is_special<R: Read>(file: &ZipFile<'_, R>) -> bool {
    const KIND: u32 = 0o170_000;
    const FILE: u32 = 0o100_000;
    const FOLDER: u32 = 0o040_000;
    file.is_symlink()
        || file
            .unix_mode()
            .is_some_and(|mode| !matches!(mode & KIND, 0 | FILE | FOLDER))
}

fn is_safe(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name);
    !name.contains(['\\', ':'])
        && !name.chars().any(char::is_control)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn is_csv(name: &str) -> bool {
    // Files that start with a dot are what macOS leaves beside the real ones.
    !name.starts_with('.') && name.len() > 4 && name.to_lowercase().ends_with(".csv")
}

/// The shallowest folder that has CSV files, with its slash; empty for the archive's root.
fn bundle_folder(names: &[String]) -> &str {
    names
        .iter()
        .filter(|name| !name.starts_with("__MACOSX/"))
        .filter_map(|name| {
            let file = name.rfind('/').map_or(0, |slash| slash + 1);
            is_csv(&name[file..]).then(|| &name[..file])
        })
        .min_by_key(|folder| folder.matches('/').count())
        .unwrap_or("")
}

/// A name short enough for a message.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|symbol| !symbol.is_control())
        .take(120)
        .collect()
}
