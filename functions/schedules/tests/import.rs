//! Imports against a database.

mod school;

use jiff::civil::date;
use model::{PersonId, Week};
use schedules::import::carry_out;
use schedules::{TimetableImport, WeekCounts};
use store::metered;
use testkit::moment;
use timetables::{Owner, Slot, Timetable, Timetables, WeekCycle};
use web::Clock;

use school::{
    BELLS, DAYS_OFF, MANIFEST, School, TIMETABLE, bundle, group, known_before, message, person,
    with_timetable,
};

const NOW: &str = "2026-11-23T06:25:00Z";

async fn import(school: &School, number: u128, bytes: &[u8]) -> TimetableImport {
    let clock = Clock::Fixed(moment(NOW));
    carry_out(&school.stores(), clock, &message(number), bytes)
        .await
        .expect("the import is carried out")
}

async fn week(school: &School, owner: Owner) -> Option<Timetable> {
    Timetables::new(school.schedules.clone())
        .week(owner)
        .await
        .expect("the week is read")
}

async fn slots(school: &School, owner: Owner) -> Vec<Slot> {
    week(school, owner)
        .await
        .map(|week| week.slots)
        .unwrap_or_default()
}

fn counts(created: u64, changed: u64, kept: u64) -> WeekCounts {
    WeekCounts {
        created,
        changed,
        kept,
    }
}

/// Refused rows: file, line, column, code.
fn refused(done: &TimetableImport) -> Vec<(&str, u64, &str, &str)> {
    let of_file = |file: &'_ bundles::FileReport| file.refusals.len();
    assert!(
        done.report
            .files
            .iter()
            .all(|file| file.refused as usize == of_file(file))
    );
    done.report
        .files
        .iter()
        .flat_map(|file| {
            file.refusals.iter().map(|row| {
                (
                    file.name.as_str(),
                    row.line,
                    row.column.as_deref().unwrap_or(""),
                    row.reason.code.as_str(),
                )
            })
        })
        .collect()
}

#[tokio::test]
async fn a_bundle_becomes_weeks_of_classes_groups_and_teachers() {
    let school = School::open().await;
    let done = import(&school, 1, &with_timetable(TIMETABLE)).await;
    assert_eq!(refused(&done), []);
    // Two classes, three teachers, five groups.
    assert_eq!(done.weeks, counts(10, 0, 0));
    let totals = done.report.totals();
    assert_eq!(
        (totals.rows, totals.created, totals.changed, totals.kept),
        (12, 12, 0, 0)
    );

    let class = slots(&school, Owner::Class(group("7a"))).await;
    let shown: Vec<_> = class
        .iter()
        .map(|slot| {
            (
                slot.weekday.number(),
                slot.number,
                slot.subject.as_str(),
                slot.room.as_str(),
                slot.teacher_name.as_str(),
            )
        })
        .collect();
    let (algebra, english, old) = (
        "Алгебрина\u{a0}А.\u{a0}П.",
        "Инглишева\u{a0}А.\u{a0}П.",
        "Давняя\u{a0}А.\u{a0}П.",
    );
    assert_eq!(
        shown,
        [
            (1, 1, "Алгебра", "214", algebra),
            (1, 2, "Английский язык", "301", english),
            (1, 2, "Английский язык", "302", old),
            (3, 2, "Алгебра", "214", algebra),
        ]
    );
    assert_eq!(class[3].cycle, WeekCycle::A);
    assert_eq!(
        class[2].teacher,
        Some(known_before()),
        "the alias leads to the person"
    );

    let teacher = week(&school, Owner::Teacher(person("t1"))).await.expect("a week");
    assert_eq!((teacher.institution, teacher.slots.len()), (school::school(), 3));
    assert_eq!(slots(&school, Owner::Group(group("7a-eng1"))).await.len(), 1);
}

#[tokio::test]
async fn grade_one_has_its_own_bells_and_its_own_break() {
    let school = School::open().await;
    import(&school, 1, &with_timetable(TIMETABLE)).await;
    let week = week(&school, Owner::Class(group("1a"))).await.expect("a week");
    assert_eq!(week.slots[0].end, jiff::civil::time(9, 5, 0, 0));
    assert_eq!(
        week.slots[0].teacher,
        Some(known_before()),
        "who teaches no more is left out"
    );
    let calendar = Timetables::new(school.schedules.clone())
        .calendar(school::school())
        .await;
    let calendar = calendar.expect("the calendar is read").expect("a calendar");
    assert_eq!(calendar.days_off.len(), 1);
    assert_eq!(week.on(date(2027, 2, 15), &calendar).count(), 0);
    assert_eq!(week.on(date(2027, 2, 8), &calendar).count(), 1);
    let seventh = slots(&school, Owner::Class(group("7a"))).await;
    assert!(
        seventh
            .iter()
            .any(|slot| slot.cycle.includes(Week::of(date(2027, 2, 15))))
    );
}

#[tokio::test]
async fn the_same_bundle_again_changes_nothing_and_the_same_message_is_not_carried_out_again() {
    let school = School::open().await;
    let bytes = with_timetable(TIMETABLE);
    let first = import(&school, 1, &bytes).await;
    let again = import(&school, 2, &bytes).await;
    assert_eq!(again.weeks, counts(0, 0, 10));
    let totals = again.report.totals();
    assert_eq!((totals.created, totals.changed, totals.kept), (0, 0, 12));
    // A late repetition of the first message must not bring back what a newer import has changed.
    import(&school, 3, &with_timetable(&TIMETABLE.replace("214", "215"))).await;
    let clock = Clock::Fixed(moment(NOW));
    let (repeated, cost) = metered(carry_out(&school.stores(), clock, &message(1), &bytes)).await;
    assert_eq!(repeated.expect("the report"), first);
    assert_eq!(cost.calls, 1);
    assert_eq!(slots(&school, Owner::Group(group("7a-alg"))).await[0].room, "215");
}

#[tokio::test]
async fn rows_that_name_what_is_not_there_are_refused_and_the_others_are_taken() {
    let school = School::open().await;
    let timetable = "classSourcedId,weekday,lessonNumber,room,week,teacherSourcedId\n\
        7z,1,1,,*,\n7a,1,1,,*,\n7a-alg,1,1,,*,t9\n7a-alg,1,9,,*,\n7a-alg,8,1,,*,\n7a-alg,2,1,,*,\n7a-alg,2,1,,b,\n";
    let bells = format!("{BELLS}s9,1,,1,08:00,08:40\ns1,1,5,3,10:00,09:00\n");
    let days = format!("{DAYS_OFF}s9,2026-11-04,Праздник,holiday,\n");
    let files = [
        ("manifest.csv", MANIFEST),
        ("bells.csv", bells.as_str()),
        ("daysOff.csv", days.as_str()),
        ("timetable.csv", timetable),
    ];
    let done = import(&school, 1, &bundle(&files)).await;
    assert_eq!(
        refused(&done),
        [
            ("timetable.csv", 6, "weekday", "number-invalid"),
            ("timetable.csv", 2, "classSourcedId", "reference-missing"),
            ("timetable.csv", 3, "classSourcedId", "word-unknown"),
            ("timetable.csv", 4, "teacherSourcedId", "reference-missing"),
            ("timetable.csv", 5, "lessonNumber", "reference-missing"),
            ("timetable.csv", 8, "lessonNumber", "duplicate"),
            ("bells.csv", 7, "endTime", "time-invalid"),
            ("bells.csv", 6, "orgSourcedId", "reference-missing"),
            ("daysOff.csv", 4, "orgSourcedId", "reference-missing"),
        ]
    );
    assert_eq!(slots(&school, Owner::Class(group("7a"))).await.len(), 1);
}

#[tokio::test]
async fn a_group_that_the_file_leaves_out_loses_its_week_only_if_every_row_is_good() {
    let school = School::open().await;
    import(&school, 1, &with_timetable(TIMETABLE)).await;
    let shorter = TIMETABLE.replace("7a-eng2,1,2,302,*,t2\n", "");
    let broken = format!("{shorter}7z,1,1,,*,\n");
    import(&school, 2, &with_timetable(&broken)).await;
    assert_eq!(slots(&school, Owner::Group(group("7a-eng2"))).await.len(), 1);
    let done = import(&school, 3, &with_timetable(&shorter)).await;
    assert_eq!(
        done.weeks,
        counts(0, 3, 7),
        "the class, the teacher and the group"
    );
    for owner in [Owner::Group(group("7a-eng2")), Owner::Teacher(known_before())] {
        assert!(
            slots(&school, owner)
                .await
                .iter()
                .all(|slot| slot.group != group("7a-eng2")),
            "{owner:?}"
        );
    }
    assert_eq!(slots(&school, Owner::Class(group("7a"))).await.len(), 3);
}

#[tokio::test]
async fn a_lesson_that_changes_hands_leaves_the_week_of_its_former_teacher() {
    let school = School::open().await;
    import(&school, 1, &with_timetable(TIMETABLE)).await;
    let given = TIMETABLE.replace("7a-eng1,1,2,301,*,t3", "7a-eng1,1,2,301,*,t1");
    import(&school, 2, &with_timetable(&given)).await;
    assert_eq!(slots(&school, Owner::Teacher(person("t3"))).await, []);
    assert_eq!(slots(&school, Owner::Teacher(person("t1"))).await.len(), 4);
}

#[tokio::test]
async fn the_timetable_of_one_institution_leaves_that_of_another_alone() {
    let school = School::open().await;
    import(&school, 1, &with_timetable(TIMETABLE)).await;
    let alone = "classSourcedId,weekday,lessonNumber,teacherSourcedId\nart-paint,2,1,t1\n";
    let files = [("manifest.csv", MANIFEST), ("timetable.csv", alone)];
    let done = import(&school, 2, &bundle(&files)).await;
    assert_eq!(
        (refused(&done), done.weeks),
        (vec![], counts(0, 2, 0)),
        "bells are known from before"
    );
    assert_eq!(slots(&school, Owner::Class(group("7a"))).await.len(), 4);
    let teacher = slots(&school, Owner::Teacher(person("t1"))).await;
    let place: Vec<_> = teacher
        .iter()
        .map(|slot| (slot.weekday.number(), slot.title.as_str()))
        .collect();
    assert_eq!(place, [(1, "7А"), (2, "Живопись"), (3, "7А")]);
}

#[tokio::test]
async fn a_delta_takes_nothing_away() {
    let school = School::open().await;
    import(&school, 1, &with_timetable(TIMETABLE)).await;
    let manifest = format!("{MANIFEST}file.timetable,delta\n");
    let rows = "classSourcedId,weekday,lessonNumber\n7a-alg,2,1\n";
    import(
        &school,
        2,
        &bundle(&[("manifest.csv", manifest.as_str()), ("timetable.csv", rows)]),
    )
    .await;
    assert_eq!(slots(&school, Owner::Group(group("7a-alg"))).await.len(), 1);
    assert_eq!(slots(&school, Owner::Group(group("7a-eng2"))).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_bundle_is_reported_and_changes_nothing() {
    let school = School::open().await;
    let done = import(&school, 1, b"no archive").await;
    assert_eq!(done.failure.as_deref(), Some("archive-unreadable"));
    let done = import(&school, 2, &bundle(&[("timetable.csv", TIMETABLE)])).await;
    assert_eq!(
        (done.failure.as_deref(), done.weeks),
        (Some("manifest-missing"), counts(0, 0, 0))
    );
    assert_eq!(week(&school, Owner::Class(group("7a"))).await, None);
}

#[tokio::test]
async fn an_import_that_was_cut_off_anywhere_is_finished_by_its_repetition() {
    // The repetition finds weeks of classes already written and those of groups not: as if the process had ended there.
    let whole = School::open().await;
    import(&whole, 1, &with_timetable(TIMETABLE)).await;
    let given = TIMETABLE.replace("7a-eng1,1,2,301,*,t3", "7a-eng1,1,2,301,*,t1");
    import(&whole, 2, &with_timetable(&given)).await;

    let cut = School::open().await;
    import(&cut, 1, &with_timetable(TIMETABLE)).await;
    let done_before = [Owner::Class(group("7a")), Owner::Teacher(person("t3"))];
    for owner in done_before {
        let record = week(&whole, owner).await.expect("a week");
        let write = store::Write::replace(&store::Stored::following(record, 1), 1).expect("a write");
        cut.schedules
            .write(vec![write])
            .await
            .expect("the week is written");
    }
    import(&cut, 2, &with_timetable(&given)).await;
    let people: [PersonId; 3] = [person("t1"), known_before(), person("t3")];
    let owners = people
        .map(Owner::Teacher)
        .into_iter()
        .chain(["7a-alg", "7a-eng1", "7a-eng2", "1a-read"].map(|id| Owner::Group(group(id))));
    for owner in owners.chain([Owner::Class(group("7a")), Owner::Class(group("1a"))]) {
        assert_eq!(week(&cut, owner).await, week(&whole, owner).await, "{owner:?}");
    }
}

#[tokio::test]
async fn two_imports_at_once_end_in_the_weeks_of_one_of_them() {
    let school = School::open().await;
    let (one, other) = (
        with_timetable(TIMETABLE),
        with_timetable(&TIMETABLE.replace("214", "215")),
    );
    let (stores, clock) = (school.stores(), Clock::Fixed(moment(NOW)));
    let (first, second) = (message(1), message(2));
    let (a, b) = tokio::join!(
        carry_out(&stores, clock, &first, &one),
        carry_out(&stores, clock, &second, &other)
    );
    assert!(a.is_ok() && b.is_ok());
    let rooms = |slots: Vec<Slot>| slots.into_iter().map(|slot| slot.room).collect::<Vec<_>>();
    let class = rooms(slots(&school, Owner::Class(group("7a"))).await);
    let of_group = rooms(slots(&school, Owner::Group(group("7a-alg"))).await);
    assert_eq!(class[0], of_group[0]);
    assert_eq!(of_group[0], of_group[1]);
}
