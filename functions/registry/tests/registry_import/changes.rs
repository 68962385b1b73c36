//! What later bundles change.

use jiff::civil::date;
use model::Role;

use super::*;

const DELTA: &str = "propertyName,value\noneroster.version,1.2\nfile.users,delta\nfile.enrollments,delta\nfile.roles,delta\n\
    file.classes,delta\n";
const TODAY: jiff::civil::Date = date(2026, 11, 23);

async fn filled() -> Registry {
    let registry = Registry::start().await;
    let (import, report) = registry.import(1, &small(&[])).await;
    assert_eq!(
        (import.state, import.totals.refused),
        (ImportState::Done, 0),
        "{report:?}"
    );
    assert_eq!(counts(&report, "users.csv"), [3, 0, 0, 0]);
    assert_eq!(counts(&report, "enrollments.csv"), [3, 0, 0, 0]);
    assert_eq!(counts(&report, "demographics.csv"), [1, 0, 0, 0]);
    registry
}

#[tokio::test]
async fn a_message_that_comes_twice_imports_once() {
    let registry = Registry::start().await;
    let message = registry.queued(1).await;
    let first = registry
        .importer
        .carry_out(&message, &small(&[]))
        .await
        .expect("an import");
    let second = registry
        .importer
        .carry_out(&message, b"whatever")
        .await
        .expect("an import");
    assert_eq!(first, second);
    let unknown = ImportMessage {
        import: ImportId::from_bits(99),
        ..message
    };
    assert_eq!(
        registry
            .importer
            .carry_out(&unknown, &small(&[]))
            .await
            .expect("no failure"),
        None
    );
}

#[tokio::test]
async fn an_attempt_that_ended_in_the_middle_is_finished_by_the_next() {
    let registry = Registry::start().await;
    let message = registry.queued(1).await;
    registry
        .imports
        .begin(message.import, now())
        .await
        .expect("the first attempt began");
    let import = registry
        .importer
        .carry_out(&message, &small(&[]))
        .await
        .expect("an import")
        .expect("recorded");
    assert_eq!(import.state, ImportState::Done);
}

#[tokio::test]
async fn what_is_to_be_deleted_ends_yesterday_and_stays_readable() {
    let registry = filled().await;
    let enrollments = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n\
        e1,tobedeleted,2026-11-22,7a,s1,kid,student\ne9,tobedeleted,2026-11-22,7a,s1,mum,student\n";
    let roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,orgSourcedId\n\
        r3,tobedeleted,2026-11-22,teacher,primary,teacher,s1\n";
    let bundle = zip(&[
        ("manifest.csv", DELTA),
        ("enrollments.csv", enrollments),
        ("roles.csv", roles),
    ]);
    let (_, report) = registry.import(2, &bundle).await;
    assert_eq!(
        counts(&report, "enrollments.csv"),
        [0, 1, 1, 0],
        "the second never was"
    );
    assert_eq!(counts(&report, "roles.csv"), [0, 1, 0, 0]);
    let kid = registry
        .rosters
        .card(person("kid"))
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!(kid.classes[0].until, Some(date(2026, 11, 22)));
    assert_eq!(kid.classes_on(TODAY).count(), 0);
    let teacher = registry
        .rosters
        .card(person("teacher"))
        .await
        .expect("a read")
        .expect("a card");
    assert!(!teacher.roles_on(TODAY).holds(Role::Teacher));
}

#[tokio::test]
async fn a_new_name_reaches_every_list_that_shows_it() {
    let registry = filled().await;
    let users = "sourcedId,status,dateLastModified,enabledUser,familyName,givenName,middleName\n\
        kid,active,2026-11-22,true,Соколов,Михаил,Петрович\nmum,active,2026-11-22,true,Белова,Анна,Викторовна\n";
    let (_, report) = registry
        .import(2, &zip(&[("manifest.csv", DELTA), ("users.csv", users)]))
        .await;
    assert_eq!(counts(&report, "users.csv"), [0, 2, 0, 0]);
    let roster = registry
        .rosters
        .roster(group("7a-alg"))
        .await
        .expect("a read")
        .expect("the group");
    assert_eq!(roster.pupils[0].name.full(), "Соколов Михаил Петрович");
    let mum = registry
        .rosters
        .card(person("mum"))
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!(mum.children[0].child_name.full(), "Соколов Михаил Петрович");
    let kid = registry
        .rosters
        .card(person("kid"))
        .await
        .expect("a read")
        .expect("a card");
    assert_eq!(kid.guardians[0].guardian_name.family, "Белова");
    assert!(
        kid.person.birth_date.is_some(),
        "what the bundle leaves open stays"
    );
}

#[tokio::test]
async fn a_teaching_group_that_draws_from_another_class_is_listed_there() {
    let registry = filled().await;
    let classes = CLASSES.replace(
        "7a-alg,7А,scheduled,7,alg,s1,q1,7a\n",
        "7a-alg,7Б,scheduled,7,alg,s1,q1,7b\n7b,7Б,homeroom,7,home,s1,q1,\n",
    );
    let (_, report) = registry.import(2, &small(&[("classes.csv", &classes)])).await;
    assert_eq!(counts(&report, "classes.csv"), [1, 1, 1, 0]);
    assert!(
        registry
            .rosters
            .teaching_of_class(group("7a"))
            .await
            .expect("a read")
            .is_empty()
    );
    assert_eq!(
        registry
            .rosters
            .teaching_of_class(group("7b"))
            .await
            .expect("a read")
            .len(),
        1
    );
    let teaching = registry
        .rosters
        .teaching(person("teacher"))
        .await
        .expect("a read");
    assert_eq!(teaching[0].title, "7Б");
}

#[tokio::test]
async fn a_class_that_is_taken_out_of_use_lets_its_members_go() {
    let registry = filled().await;
    let classes = "sourcedId,status,dateLastModified,title,classType,grades,courseSourcedId,schoolSourcedId,termSourcedIds\n\
        7a-alg,tobedeleted,2026-11-22,7А,scheduled,7,alg,s1,q1\n";
    let (_, report) = registry
        .import(2, &zip(&[("manifest.csv", DELTA), ("classes.csv", classes)]))
        .await;
    assert_eq!(counts(&report, "classes.csv"), [0, 1, 0, 0]);
    let roster = registry
        .rosters
        .roster(group("7a-alg"))
        .await
        .expect("a read")
        .expect("it stays readable");
    assert!(
        roster
            .pupils
            .iter()
            .chain(&roster.teachers)
            .all(|member| member.until == Some(date(2026, 11, 22)))
    );
    assert!(
        registry
            .rosters
            .teaching_of_class(group("7a"))
            .await
            .expect("a read")
            .is_empty()
    );
}
