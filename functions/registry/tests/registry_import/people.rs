//! Who is who: numbers, aliases, accounts, guardianship.

use bundles::ReasonCode;
use jiff::civil::date;
use model::{PersonName, Snils, Subject};
use rosters::{GuardianshipSide, SignIn, SignedInPerson};
use store::{Stored, Write};

use super::*;

fn sign_in(oid: &str) -> SignIn {
    SignIn {
        subject: Subject::of_account(HASH_KEY, oid),
        person: SignedInPerson {
            name: PersonName::parse("Соколов", "Михаил", Some("Дмитриевич")).expect("a name"),
            birth_date: date(2013, 7, 12),
            snils: Snils::from_number(112_233_445).hash(HASH_KEY),
            trusted: true,
        },
        children: Vec::new(),
        signed_in_at: None,
    }
}

fn reasons(report: &Report, file: &str) -> Vec<ReasonCode> {
    report
        .find(file)
        .map(|file| file.refusals.iter().map(|row| row.reason.code).collect())
        .unwrap_or_default()
}

#[tokio::test]
async fn somebody_who_signed_in_before_the_import_is_one_person_with_the_imported_one() {
    let registry = Registry::start().await;
    let known = registry
        .rosters
        .record_sign_in(&sign_in("1"))
        .await
        .expect("a sign-in");
    let (import, report) = registry.import(1, &small(&[])).await;
    assert_eq!(import.totals.refused, 0, "{report:?}");
    assert_ne!(known, person("kid"));
    let behind = registry
        .rosters
        .people_behind(&[person("kid")])
        .await
        .expect("a read");
    assert_eq!(behind[0].1.person, known);
    let card = registry
        .rosters
        .card(known)
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!((card.classes.len(), card.guardians.len()), (1, 1));
    assert!(card.person.subject.is_some(), "the account stays");
    let (again, _) = registry.import(2, &small(&[])).await;
    assert_eq!((again.totals.created, again.totals.changed), (0, 0));
}

#[tokio::test]
async fn a_moment_that_was_not_told_does_not_look_as_told_before() {
    let registry = Registry::start().await;
    let told = |at: Option<&str>| SignIn {
        signed_in_at: at.map(|at| at.parse().expect("a moment")),
        ..sign_in("1")
    };
    for at in [
        None,
        Some("2026-11-23T07:00:00Z"),
        Some("2026-11-23T10:28:00Z"),
        None,
    ] {
        let recorded = registry.rosters.record_sign_in(&told(at)).await;
        recorded.expect("a sign-in");
        let account = registry.rosters.account(&told(at).subject).await;
        let account = account.expect("a read").expect("an account");
        assert_eq!(account.signed_in_at, told(at).signed_in_at);
    }
}

#[tokio::test]
async fn an_import_does_not_change_by_what_an_account_was_matched() {
    let registry = Registry::start().await;
    registry.import(1, &small(&[])).await;
    let signed_in = registry
        .rosters
        .record_sign_in(&sign_in("1"))
        .await
        .expect("a sign-in");
    assert_eq!(signed_in, person("kid"));
    let (_, report) = registry
        .import(
            2,
            &small(&[("demographics.csv", "sourcedId,birthDate\nkid,2010-01-01\n")]),
        )
        .await;
    assert_eq!(reasons(&report, "users.csv"), [ReasonCode::AccountTied]);
    assert_eq!(
        counts(&report, "enrollments.csv"),
        [0, 0, 1, 2],
        "what belongs to the refused row is refused with it"
    );
    let card = registry
        .rosters
        .card(signed_in)
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!(card.person.birth_date, Some(date(2013, 7, 12)));
}

#[tokio::test]
async fn a_number_belongs_to_one_person() {
    let registry = Registry::start().await;
    let users = format!(
        "{USERS}twin,true,Соколов,Михаил,Дмитриевич,,112-233-445 95\nthief,true,Чужой,Иван,,,11223344595\n"
    );
    let births = "sourcedId,birthDate\nkid,2013-07-12\ntwin,2013-07-12\nthief,1990-01-01\n";
    let (_, report) = registry
        .import(1, &small(&[("users.csv", &users), ("demographics.csv", births)]))
        .await;
    assert_eq!(counts(&report, "users.csv"), [4, 0, 0, 1], "{report:?}");
    assert_eq!(reasons(&report, "users.csv"), [ReasonCode::SnilsTaken]);
    let behind = registry
        .rosters
        .people_behind(&[person("twin")])
        .await
        .expect("a read");
    assert_eq!(behind[0].1.person, person("kid"));
}

#[tokio::test]
async fn a_corrected_number_moves_and_frees_the_old_one() {
    let registry = Registry::start().await;
    registry.import(1, &small(&[])).await;
    let corrected = Snils::from_number(222_333_444);
    let users = USERS.replace("112-233-445 95", &corrected.digits());
    let (_, report) = registry.import(2, &small(&[("users.csv", &users)])).await;
    assert_eq!(counts(&report, "users.csv")[1], 1, "{report:?}");
    let owner = async |snils: Snils| {
        let key = rosters::SnilsOwner::key_of(&snils.hash(HASH_KEY));
        registry
            .table
            .get_latest::<Stored<rosters::SnilsOwner>>(&key)
            .await
            .expect("a read")
    };
    assert!(owner(Snils::from_number(112_233_445)).await.is_none());
    assert_eq!(
        owner(corrected).await.map(|owner| owner.record.person),
        Some(person("kid"))
    );
}

#[tokio::test]
async fn a_revoked_guardianship_is_not_brought_back() {
    let registry = Registry::start().await;
    registry.import(1, &small(&[])).await;
    for key in [
        GuardianshipSide::key_of_guardian(person("mum"), person("kid")),
        GuardianshipSide::key_of_child(person("mum"), person("kid")),
    ] {
        let write = Write::update_if(
            key,
            "SET revoked_at = :at ADD version :one",
            "attribute_exists(pk)",
        );
        let write = write
            .typed_value(":at", &now())
            .expect("a value")
            .typed_value(":one", &1)
            .expect("a value");
        registry
            .table
            .write(vec![write])
            .await
            .expect("the guardianship is revoked");
    }
    let (_, report) = registry.import(2, &small(&[])).await;
    assert_eq!(counts(&report, "users.csv"), [0, 0, 3, 0]);
    let mum = registry
        .rosters
        .card(person("mum"))
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!(mum.children_in_force().count(), 0);
}

#[tokio::test]
async fn an_agent_who_is_no_parent_by_role_represents_nobody() {
    let registry = Registry::start().await;
    let users = USERS.replace("Дмитриевич,mum,", "Дмитриевич,teacher,");
    registry.import(1, &small(&[("users.csv", &users)])).await;
    let kid = registry
        .rosters
        .card(person("kid"))
        .await
        .expect("a read")
        .expect("a card");
    assert!(kid.guardians.is_empty());
}
