//! What the import copies so that others read less: where pupils learn stands with their classes, who teaches with the
//! teaching groups of a class.

use std::{future::poll_fn, pin::pin, task::Poll};

use jiff::civil::{Date, date};
use proptest::{
    collection::vec,
    option,
    prelude::{Strategy, any},
    sample::select,
    test_runner::{Config, TestRunner},
};
use rosters::{LearnsIn, PersonCard};

use super::*;

const DELTA: &str = "propertyName,value\noneroster.version,1.2\nfile.users,delta\nfile.enrollments,delta\n\
    file.classes,delta\n";
const ENROLLED: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
    beginDate,endDate\n";
/// A class with three teaching groups, one of them of another class, and an art school.
const CLASSES: &str = "sourcedId,title,classType,grades,courseSourcedId,schoolSourcedId,termSourcedIds,\
    metadata.homeroomSourcedIds\n7a,7А,homeroom,7,home,s1,q1,\n7b,7Б,homeroom,7,home,s1,q1,\n\
    7a-alg,7А,scheduled,7,alg,s1,q1,7a\n7a-eng1,7А 1,scheduled,7,alg,s1,q1,7a\n\
    7-eng2,7А 2,scheduled,7,alg,s1,q1,\"7a,7b\"\nart,Живопись,homeroom,,home,s2,q1,\n\
    art-oil,Масло,scheduled,,alg,s2,q1,art\n";
const GROUPS: [&str; 7] = ["7a", "7b", "7a-alg", "7a-eng1", "7-eng2", "art", "art-oil"];
const USERS: &str = "sourcedId,enabledUser,familyName,givenName,middleName\nkid,true,Соколов,Михаил,\n\
    friend,true,Ёлкин,Пётр,\nteacher,true,Лебедева,Ирина,\nother,true,Гусев,Олег,\n";
const PEOPLE: [&str; 4] = ["kid", "friend", "teacher", "other"];
const ENROLLMENTS: &str = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\n\
    e1,7a,s1,kid,student\ne2,7a-alg,s1,kid,student\ne3,7a-eng1,s1,kid,student\n\
    e4,art,s2,kid,student\ne5,art-oil,s2,kid,student\ne6,7a-alg,s1,teacher,teacher\ne7,7-eng2,s1,other,teacher\n";

async fn filled() -> Registry {
    let registry = Registry::start().await;
    let (import, report) = registry.import(1, &whole()).await;
    assert_eq!(import.totals.refused, 0, "{report:?}");
    check(&registry).await;
    registry
}

fn whole() -> Vec<u8> {
    zip(&[
        ("manifest.csv", MANIFEST),
        (
            "orgs.csv",
            "sourcedId,name,type\ns1,Школа № 1,school\ns2,Школа искусств,school\n",
        ),
        ("academicSessions.csv", SESSIONS),
        ("courses.csv", COURSES),
        ("classes.csv", CLASSES),
        ("users.csv", USERS),
        ("enrollments.csv", ENROLLMENTS),
    ])
}

/// A later bundle that names enrolments only.
fn enrolled(rows: &str) -> Vec<u8> {
    zip(&[
        ("manifest.csv", DELTA),
        ("enrollments.csv", &format!("{ENROLLED}{rows}")),
    ])
}

async fn card(registry: &Registry, id: &str) -> PersonCard {
    let card = registry.rosters.card_with_teaching(person(id)).await;
    card.expect("a read").expect("a card")
}

/// Where the pupil learns, as their class carries it.
async fn learns_in(registry: &Registry, pupil: &str, class: &str) -> Vec<LearnsIn> {
    let card = card(registry, pupil).await;
    let class = card.classes.into_iter().find(|held| held.group == group(class));
    class.expect("the class").learns_in
}

fn learns(id: &str, from: Option<Date>, until: Option<Date>) -> LearnsIn {
    let group = group(id);
    LearnsIn { group, from, until }
}

/// By group, as it is carried.
fn sorted(mut list: Vec<LearnsIn>) -> Vec<LearnsIn> {
    list.sort_by_key(|learns| learns.group);
    list
}

/// Who teaches a group, as a class carries it.
async fn taught_by(registry: &Registry, class: &str, id: &str) -> Vec<String> {
    let ties = registry.rosters.teaching_of_class(group(class)).await;
    let tie = ties
        .expect("a read")
        .into_iter()
        .find(|tie| tie.group == group(id));
    let teachers = tie.expect("the group").teachers;
    teachers.iter().map(|teacher| teacher.name.short()).collect()
}

/// Every copy says what the originals say.
async fn check(registry: &Registry) {
    for id in PEOPLE {
        let card = card(registry, id).await;
        for class in &card.classes {
            assert_eq!(class.learns_in, class.learning(&card.teaching), "{id}");
        }
        assert!(card.teaching.iter().all(|held| held.learns_in.is_empty()));
    }
    for class in GROUPS {
        let ties = registry.rosters.teaching_of_class(group(class)).await;
        for tie in ties.expect("a read") {
            let teachers = registry.rosters.teachers_of(tie.group).await;
            assert_eq!(tie.teachers, teachers.expect("a read"), "{class}, {}", tie.title);
        }
    }
}

#[tokio::test]
async fn a_class_carries_where_its_pupil_learns_at_its_institution_and_who_teaches() {
    let registry = filled().await;
    assert_eq!(
        learns_in(&registry, "kid", "7a").await,
        sorted(vec![learns("7a-alg", None, None), learns("7a-eng1", None, None)])
    );
    assert_eq!(
        learns_in(&registry, "kid", "art").await,
        [learns("art-oil", None, None)]
    );
    assert_eq!(taught_by(&registry, "7a", "7a-alg").await, ["Лебедева Ирина"]);
    assert_eq!(taught_by(&registry, "7b", "7-eng2").await, ["Гусев Олег"]);
    assert!(taught_by(&registry, "7a", "7a-eng1").await.is_empty());
}

#[tokio::test]
async fn a_bundle_that_comes_again_writes_no_copies() {
    let registry = filled().await;
    let (again, report) = registry.import(2, &whole()).await;
    assert_eq!((again.totals.created, again.totals.changed), (0, 0), "{report:?}");
    check(&registry).await;
}

#[tokio::test]
async fn a_pupil_who_moves_to_another_subgroup_from_a_day_learns_in_both() {
    let registry = filled().await;
    let rows = "e3,active,2026-11-22,7a-eng1,s1,kid,student,,2026-11-30\n\
        e8,active,2026-11-22,7-eng2,s1,kid,student,2026-12-01,\n";
    let (_, report) = registry.import(2, &enrolled(rows)).await;
    assert_eq!(counts(&report, "enrollments.csv"), [1, 1, 0, 0]);
    let expected = sorted(vec![
        learns("7a-alg", None, None),
        learns("7a-eng1", None, Some(date(2026, 11, 30))),
        learns("7-eng2", Some(date(2026, 12, 1)), None),
    ]);
    assert_eq!(learns_in(&registry, "kid", "7a").await, expected);
    check(&registry).await;
}

#[tokio::test]
async fn an_enrolment_that_is_taken_out_of_use_ends_in_the_copies_as_well() {
    let registry = filled().await;
    let rows = "e2,tobedeleted,2026-11-22,7a-alg,s1,kid,student,,\n\
        e6,tobedeleted,2026-11-22,7a-alg,s1,teacher,teacher,,\n";
    registry.import(2, &enrolled(rows)).await;
    let yesterday = Some(date(2026, 11, 22));
    let carried = learns_in(&registry, "kid", "7a").await;
    assert!(carried.contains(&learns("7a-alg", None, yesterday)));
    let ties = registry
        .rosters
        .teaching_of_class(group("7a"))
        .await
        .expect("a read");
    let algebra = ties.iter().find(|tie| tie.group == group("7a-alg"));
    assert_eq!(algebra.expect("the group").teachers[0].until, yesterday);
    check(&registry).await;
}

#[tokio::test]
async fn a_pupil_who_comes_into_another_class_takes_along_where_they_learned_this_year() {
    let registry = filled().await;
    let rows = "e1,active,2026-11-22,7a,s1,kid,student,,2026-10-31\n\
        e2,active,2026-11-22,7a-alg,s1,kid,student,,2026-10-31\n\
        e9,active,2026-11-22,7b,s1,kid,student,2026-11-01,\n";
    let (_, report) = registry.import(2, &enrolled(rows)).await;
    assert_eq!(counts(&report, "enrollments.csv"), [1, 2, 0, 0]);
    let expected = sorted(vec![
        learns("7a-alg", None, Some(date(2026, 10, 31))),
        learns("7a-eng1", None, None),
    ]);
    assert_eq!(learns_in(&registry, "kid", "7b").await, expected);
    assert_eq!(learns_in(&registry, "kid", "7a").await, expected);
    check(&registry).await;
}

#[tokio::test]
async fn the_row_of_a_class_is_not_told_changed_when_only_a_teaching_group_is_new() {
    let registry = filled().await;
    let rows = "e1,active,2026-11-22,7a,s1,kid,student,,\ne8,active,2026-11-22,7-eng2,s1,kid,student,,\n";
    let (_, report) = registry.import(2, &enrolled(rows)).await;
    assert_eq!(counts(&report, "enrollments.csv"), [1, 0, 1, 0]);
    assert_eq!(learns_in(&registry, "kid", "7a").await.len(), 3);
}

#[tokio::test]
async fn another_teacher_and_a_teachers_new_name_stand_with_the_class() {
    let registry = filled().await;
    let rows = "e6,active,2026-11-22,7a-alg,s1,teacher,teacher,,2026-11-30\n\
        e8,active,2026-11-22,7a-alg,s1,other,teacher,2026-12-01,\n";
    registry.import(2, &enrolled(rows)).await;
    assert_eq!(
        taught_by(&registry, "7a", "7a-alg").await,
        ["Гусев Олег", "Лебедева Ирина"]
    );
    let users = "sourcedId,status,dateLastModified,enabledUser,familyName,givenName,middleName\n\
        teacher,active,2026-11-22,true,Белова,Ирина,\n";
    let bundle = zip(&[("manifest.csv", DELTA), ("users.csv", users)]);
    registry.import(3, &bundle).await;
    assert_eq!(
        taught_by(&registry, "7a", "7a-alg").await,
        ["Белова Ирина", "Гусев Олег"]
    );
    check(&registry).await;
}

#[tokio::test]
async fn a_group_that_comes_to_draw_from_a_class_brings_its_teachers_along() {
    let registry = filled().await;
    let classes = "sourcedId,status,dateLastModified,title,classType,grades,courseSourcedId,schoolSourcedId,\
        termSourcedIds,metadata.homeroomSourcedIds\n7a-alg,active,2026-11-22,7АБ,scheduled,7,alg,s1,q1,\"7a,7b\"\n";
    let bundle = zip(&[("manifest.csv", DELTA), ("classes.csv", classes)]);
    registry.import(2, &bundle).await;
    assert_eq!(taught_by(&registry, "7a", "7a-alg").await, ["Лебедева Ирина"]);
    assert_eq!(taught_by(&registry, "7b", "7a-alg").await, ["Лебедева Ирина"]);
    check(&registry).await;
}

/// Begins the work and drops it after it has gone on so many times.
async fn break_off(work: impl Future, times: u32) {
    let mut work = pin!(work);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn an_attempt_that_breaks_off_anywhere_leaves_no_copy_behind_once_it_is_repeated() {
    let registry = filled().await;
    for attempt in 2..60_u32 {
        let (family, old, new) = if attempt % 2 == 0 {
            ("Белова", "7a-eng1", "7-eng2")
        } else {
            ("Лебедева", "7-eng2", "7a-eng1")
        };
        let users = format!(
            "sourcedId,status,dateLastModified,enabledUser,familyName,givenName,middleName\n\
             teacher,active,2026-11-22,true,{family},Ирина,\n"
        );
        let rows = format!(
            "{ENROLLED}r1,tobedeleted,2026-11-22,{old},s1,kid,student,,\nr2,active,2026-11-22,{new},s1,kid,student,,\n\
             r3,tobedeleted,2026-11-22,{old},s1,other,teacher,,\nr4,active,2026-11-22,{new},s1,other,teacher,,\n"
        );
        let bundle = zip(&[
            ("manifest.csv", DELTA),
            ("users.csv", &users),
            ("enrollments.csv", &rows),
        ]);
        let message = registry.queued(u128::from(attempt)).await;
        // Wherever it stops, the repetition mends it.
        break_off(registry.importer.carry_out(&message, &bundle), attempt).await;
        let import = registry.importer.carry_out(&message, &bundle).await;
        let import = import.expect("an import").expect("recorded");
        assert_eq!((import.state, import.totals.refused), (ImportState::Done, 0));
        check(&registry).await;
        assert_eq!(
            taught_by(&registry, "7a", "7a-alg").await,
            [format!("{family} Ирина")]
        );
    }
}

/// Rows of later bundles, as `enrollments.csv` has them.
fn any_row() -> impl Strategy<Value = String> {
    let day = || option::of((0..6_i8).prop_map(|month| date(2026, 7 + month, 1).to_string()));
    let status = select(vec!["active", "active", "active", "tobedeleted"]);
    (
        select(GROUPS.to_vec()),
        select(PEOPLE.to_vec()),
        status,
        day(),
        day(),
        any::<bool>(),
    )
        .prop_map(|(group, person, status, from, until, swapped)| {
            let org = if group.starts_with("art") { "s2" } else { "s1" };
            // Now and then somebody stands on the other side: pupils of one group teach in another.
            let learns = ["kid", "friend"].contains(&person) != (swapped && group == "art-oil");
            let role = if learns { "student" } else { "teacher" };
            format!(
                "{group}-{person}-{role},{status},2026-11-22,{group},{org},{person},{role},{},{}\n",
                from.unwrap_or_default(),
                until.unwrap_or_default()
            )
        })
}

#[test]
fn whatever_enrolments_come_and_go_the_copies_say_what_the_originals_say() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let config = Config {
        cases: 8,
        failure_persistence: None,
        ..Config::default()
    };
    let bundles = vec(vec(any_row(), 1..12), 1..6);
    TestRunner::new(config)
        .run(&bundles, |bundles| {
            runtime.block_on(async {
                let registry = filled().await;
                for (number, rows) in (2..).zip(bundles) {
                    registry.import(number, &enrolled(&rows.concat())).await;
                    check(&registry).await;
                }
            });
            Ok(())
        })
        .expect("copies follow");
}
