//! The report over a class made by hand.

use gradebook::JournalPeriod;
use jiff::civil::date;
use model::Attendance;
use rosters::ClassTeaching;

use super::{fixtures::*, *};

#[test]
fn a_day_is_full_by_the_lessons_of_the_pupils_own_subgroup() {
    // Both subgroups have a lesson at the same time; the pupil of the first missed it and algebra, and was never in the second.
    let pupils = vec![pupil(1, &[ALGEBRA, FIRST]), pupil(2, &[ALGEBRA, SECOND])];
    let journals = vec![
        journal(
            ALGEBRA,
            "Алгебра",
            &[(16, 1)],
            vec![
                row(ALGEBRA, 1, &[(16, 1, ILL, &[])], None),
                row(ALGEBRA, 2, &[(16, 1, ILL, &[])], None),
            ],
        ),
        journal(
            FIRST,
            "Английский",
            &[(16, 2)],
            vec![row(FIRST, 1, &[(16, 2, ILL, &[])], None)],
        ),
        journal(SECOND, "Английский", &[(16, 2)], vec![]),
    ];
    let report = ClassReport::new(&source(pupils, journals), true);
    let missed = |place: usize| {
        (
            report.pupils[place].absences.days.total(),
            report.pupils[place].absences.lessons.ill,
        )
    };
    assert_eq!((missed(0), missed(1)), ((1, 2), (0, 1)));
    assert_eq!(
        report.subjects.len(),
        2,
        "subgroups of one subject are one column"
    );
    assert_eq!(report.absences.lessons.total(), 3);
}

#[test]
fn a_class_without_its_groups_has_full_days_only_by_what_is_certain() {
    const HISTORY: GroupId = GroupId::from_bits(74);
    let ill = Some(Attendance::Ill);
    // Monday: algebra, history, English by halves. Nobody has told who learns where.
    let source = |english_row: Option<(GroupId, Option<Attendance>)>, history: Option<Attendance>| {
        let english = |group: GroupId| {
            let said = english_row.filter(|(at, _)| *at == group);
            said.map(|(_, attendance)| row(group, 1, &[(9, 3, attendance, &[])], None))
                .into_iter()
                .collect::<Vec<_>>()
        };
        let history_rows = match history {
            Some(_) => vec![row(HISTORY, 1, &[(9, 2, history, &[])], None)],
            None => vec![],
        };
        let journals = vec![
            journal(
                ALGEBRA,
                "Алгебра",
                &[(9, 1)],
                vec![row(ALGEBRA, 1, &[(9, 1, ill, &[])], None)],
            ),
            journal(HISTORY, "История", &[(9, 2)], history_rows),
            journal(FIRST, "Английский язык", &[(9, 3)], english(FIRST)),
            journal(SECOND, "Английский язык", &[(9, 3)], english(SECOND)),
        ];
        fixtures::source(vec![pupil(1, &[])], journals)
    };
    let missed = |source: &ClassSource| {
        let absences = crate::absence::Absences::of(&source.days(&pupil(1, &[])));
        (absences.days.ill, absences.lessons_held)
    };
    assert_eq!(
        missed(&source(Some((FIRST, ill)), None)),
        (0, 3),
        "there is no row in history, and the pupil was there"
    );
    assert_eq!(
        missed(&source(Some((FIRST, ill)), ill)),
        (1, 3),
        "the other half is not theirs"
    );
    assert_eq!(
        missed(&source(Some((SECOND, None)), ill)),
        (0, 3),
        "there in the own half"
    );
    assert_eq!(missed(&source(None, ill)), (0, 3), "nobody knows in which half");
}

#[test]
fn a_lesson_of_the_timetable_that_is_not_filled_in_keeps_a_day_from_being_full() {
    let pupils = vec![pupil(1, &[ALGEBRA, FIRST])];
    let missed = row(ALGEBRA, 1, &[(16, 1, ILL, &[])], None);
    let mut source = source(
        pupils,
        vec![
            journal(ALGEBRA, "Алгебра", &[(16, 1)], vec![missed]),
            journal(FIRST, "Английский", &[], vec![]),
        ],
    );
    let days = |source: &ClassSource| ClassReport::new(source, true).absences.days.total();
    assert_eq!(days(&source), 1);
    let planned = |group, number| planned(date(2026, 11, 16), group, number);
    source.planned = BTreeMap::from([(date(2026, 11, 16), vec![planned(ALGEBRA, 1), planned(FIRST, 2)])]);
    assert_eq!(days(&source), 0, "nobody knows whether the pupil was at English");
    source.planned = BTreeMap::from([(date(2026, 11, 16), vec![planned(ALGEBRA, 1), planned(SECOND, 2)])]);
    assert_eq!(days(&source), 1, "the other subgroup is not the pupil's");
}

#[test]
fn a_result_counts_as_set_and_else_as_the_average_proposes() {
    let pupils = vec![pupil(1, &[ALGEBRA]), pupil(2, &[ALGEBRA]), pupil(3, &[ALGEBRA])];
    let five: &[Mark] = &[Mark::Grade(5)];
    let cells = [(9, 1, None, five), (10, 1, None, five), (11, 1, None, five)];
    let rows = vec![
        row(ALGEBRA, 1, &cells, Some("4")),
        row(ALGEBRA, 2, &cells, None),
        row(ALGEBRA, 3, &cells[..2], None),
    ];
    let report = ClassReport::new(
        &source(pupils, vec![journal(ALGEBRA, "Алгебра", &[], rows)]),
        true,
    );
    let shown: Vec<_> = report
        .pupils
        .iter()
        .map(|pupil| pupil.results[0].clone())
        .collect();
    let outcome = |grade, proposed| {
        Some(Outcome {
            mark: ResultMark::Grade(grade),
            proposed,
        })
    };
    assert_eq!(
        shown,
        [outcome(4, false), outcome(5, true), None],
        "two marks are too few to propose"
    );
    assert_eq!(
        (
            report.not_set,
            report.subjects[0].results.fours,
            report.subjects[0].results.fives
        ),
        (1, 1, 1)
    );
    let standings = report.standings.expect("of the whole class");
    assert_eq!(
        (standings.excellent, standings.good, standings.unassessed),
        (1, 1, 1)
    );
    assert_eq!(report.only(4).len(), 1);
}

#[test]
fn debts_are_works_owed_not_assessed_and_no_marks_where_others_have_some() {
    let pupils = vec![pupil(1, &[ALGEBRA, FIRST]), pupil(2, &[ALGEBRA])];
    let owed = [
        Mark::Owed {
            by: date(2026, 11, 20),
        },
        Mark::Owed { by: TODAY },
    ];
    let rows = vec![
        row(
            ALGEBRA,
            1,
            &[(9, 1, None, &owed), (10, 1, None, &[Mark::NotAssessed])],
            None,
        ),
        row(ALGEBRA, 2, &[(9, 1, None, &[Mark::Pass])], None),
    ];
    let journals = vec![
        journal(ALGEBRA, "Алгебра", &[(9, 1)], rows),
        journal(FIRST, "Английский", &[], vec![]),
    ];
    let report = ClassReport::new(&source(pupils, journals), true);
    let kinds: Vec<_> = report.pupils[0]
        .debts
        .iter()
        .map(|debt| debt.kind.clone())
        .collect();
    let owed = |day, overdue| DebtKind::Owed {
        lesson: key(9, 1),
        by: date(2026, 11, day),
        overdue,
    };
    assert_eq!(
        kinds,
        [
            owed(20, true),
            owed(23, false),
            DebtKind::NotAssessed { lesson: key(10, 1) },
            DebtKind::NoMarks
        ]
    );
    assert!(report.pupils[1].debts.is_empty());
}

#[test]
fn a_part_of_the_subjects_tells_neither_full_days_nor_how_pupils_stand() {
    let pupils = vec![pupil(1, &[ALGEBRA])];
    let rows = vec![row(ALGEBRA, 1, &[(16, 1, ILL, &[])], Some("5"))];
    let report = ClassReport::new(
        &source(pupils, vec![journal(ALGEBRA, "Алгебра", &[(16, 1)], rows)]),
        false,
    );
    assert_eq!(
        (report.standings, report.pupils[0].standing, report.pupils[0].only),
        (None, None, None)
    );
    assert_eq!(
        (report.absences.days.total(), report.absences.lessons.ill),
        (0, 1)
    );
}

#[test]
fn who_left_before_the_period_is_not_in_its_report() {
    let mut left = pupil(1, &[ALGEBRA]);
    left.until = Some(date(2026, 11, 8));
    let mut leaves = pupil(2, &[ALGEBRA]);
    leaves.until = Some(date(2026, 11, 10));
    let journals = vec![journal(ALGEBRA, "Алгебра", &[(9, 1), (11, 1)], vec![])];
    let report = ClassReport::new(&source(vec![left, leaves], journals), true);
    assert_eq!(report.pupils.len(), 1);
    assert_eq!(
        report.pupils[0].absences.lessons_held, 1,
        "lessons after leaving are not the pupil's"
    );
}

#[test]
fn a_register_by_days_is_read_as_the_groups_own_journal() {
    let days = [(16, 1), (17, 1), (18, 1)];
    let off = Some(Attendance::DayOff);
    let cells: [(i8, u8, Option<Attendance>, &[Mark]); 2] = [(16, 1, ILL, &[]), (17, 1, off, &[])];
    let register = journal(CLASS, "Ромашки", &days, vec![row(CLASS, 1, &cells, None)]);
    let report = ClassReport::new(&source(vec![pupil(1, &[])], vec![register]), true);
    let absences = report.pupils[0].absences;
    assert_eq!(
        (absences.days.ill, absences.days_held),
        (1, 2),
        "a day off is no day"
    );
    assert_eq!(report.standings.map(|standings| standings.unassessed), Some(1));
}

#[test]
fn a_class_of_a_school_has_no_register_of_its_own() {
    let taught = ClassTeaching {
        class: CLASS,
        group: CLASS,
        subject: "7А".to_owned(),
        title: "7А".to_owned(),
        teachers: vec![],
    };
    assert!(JournalSource::new(taught, JournalPeriod::default(), TODAY).is_none());
}

#[test]
fn of_two_subgroups_the_one_that_has_said_the_result_counts_and_only_once() {
    let two: &[Mark] = &[Mark::Grade(2)];
    let five: &[Mark] = &[Mark::Grade(5)];
    let cells = |mark| [(9, 1, None, mark), (10, 1, None, mark), (11, 1, None, mark)];
    let before = || journal(SECOND, "Английский", &[], vec![row(SECOND, 1, &cells(two), None)]);
    let now = || {
        journal(
            FIRST,
            "Английский",
            &[],
            vec![row(FIRST, 1, &cells(five), Some("5"))],
        )
    };
    for journals in [vec![before(), now()], vec![now(), before()]] {
        let report = ClassReport::new(&source(vec![pupil(1, &[FIRST])], journals), true);
        let result = report.pupils[0].results[0].as_ref().expect("a result");
        assert_eq!((result.mark, result.proposed), (ResultMark::Grade(5), false));
        let results = &report.subjects[0].results;
        assert_eq!((results.fives, results.twos, report.not_set), (1, 0, 0));
    }
}

#[test]
fn who_has_left_is_missed_in_the_absences_and_judged_no_more() {
    let two: &[Mark] = &[Mark::Grade(2)];
    let cells = [(9, 1, None, two), (10, 1, None, two), (11, 1, None, two)];
    let mut left = pupil(1, &[ALGEBRA]);
    left.until = Some(date(2026, 11, 12));
    let journals = vec![journal(
        ALGEBRA,
        "Алгебра",
        &[(9, 1)],
        vec![row(ALGEBRA, 1, &cells, None)],
    )];
    let report = ClassReport::new(&source(vec![left], journals), true);
    assert_eq!((report.not_set, report.subjects[0].results.twos), (0, 0));
    assert_eq!(report.standings.expect("of the class").failing, 0);
    assert_eq!(
        (report.pupils[0].standing, report.pupils[0].absences.lessons_held),
        (None, 1)
    );
}
