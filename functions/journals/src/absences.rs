//! What notices of absence propose for the cells of a journal. Pure.

use gradebook::{ClassNotice, Lesson, Newcomers};
use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, GroupKind, LessonKey, Week};
use rosters::{Group, GroupRoster};

use crate::journal::{Journal, Row};

/// The weeks of a period whose notices a journal shows: this one and the one before. What was not noted by then, the teacher
/// has decided otherwise; and a period that is over costs no reading.
pub(crate) fn weeks(period: &AcademicPeriod, today: Date) -> Vec<Week> {
    let this = Week::of(today);
    [this.previous(), this]
        .into_iter()
        .filter(|week| period.start <= week.sunday() && week.monday() <= period.end)
        .collect()
}

/// The classes whose pupils learn in a group: a class that keeps a register itself is its own.
pub(crate) fn classes(group: &Group) -> Vec<GroupId> {
    match group.kind {
        GroupKind::Class => vec![group.group],
        GroupKind::Teaching => group.classes.clone(),
    }
}

/// The pupils whose notices may stand in the weeks of a class that they have left.
pub(crate) fn newcomers(roster: &GroupRoster, weeks: &[Week]) -> Newcomers {
    let group = &roster.group;
    let pupils = roster.pupils.iter().map(|member| (member.person, member.from));
    match weeks.first() {
        Some(first) => Newcomers::of(group.institution, &group.periods, *first, pupils),
        None => Newcomers {
            institution: group.institution,
            pupils: vec![],
        },
    }
}

/// The notice that proposes something for a pupil's cell at a lesson. A cell that was ever set says what the teacher has
/// seen, also where it was emptied again; and nothing is proposed for lessons to come.
pub(crate) fn proposal<'a>(
    row: &Row,
    lesson: LessonKey,
    notices: &'a [ClassNotice],
    today: Date,
) -> Option<&'a ClassNotice> {
    let is_open = row.cell(lesson).version == 0 && lesson.date <= today && row.was_member(lesson.date);
    let notice = ClassNotice::on(notices, row.member.person, lesson.date);
    notice.filter(|_| is_open)
}

/// A lesson with cells for which something is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pending {
    /// The lesson.
    pub(crate) lesson: LessonKey,
    /// How many cells.
    pub(crate) pupils: usize,
}

/// How many proposals a lesson has.
pub(crate) fn pending_at(journal: &Journal, lesson: &Lesson, notices: &[ClassNotice], today: Date) -> usize {
    let proposed = |row: &&Row| proposal(row, lesson.lesson, notices, today).is_some();
    journal.rows.iter().filter(proposed).count()
}

/// The lessons with any proposals, the last first.
pub(crate) fn pending(journal: &Journal, notices: &[ClassNotice], today: Date) -> Vec<Pending> {
    let of = |lesson: &Lesson| Pending {
        lesson: lesson.lesson,
        pupils: pending_at(journal, lesson, notices, today),
    };
    let all = journal.lessons.iter().rev().map(|lesson| of(&lesson.record));
    all.filter(|pending| pending.pupils > 0).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_this_week_and_the_one_before_are_read_and_none_of_a_period_that_is_over() {
        let period = AcademicPeriod {
            id: "2026-q2".parse().expect("a period"),
            title: "2 четверть".to_owned(),
            start: date(2026, 11, 9),
            end: date(2026, 12, 29),
        };
        let mondays = |today| {
            weeks(&period, today)
                .into_iter()
                .map(Week::monday)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            mondays(date(2026, 11, 25)),
            [date(2026, 11, 16), date(2026, 11, 23)]
        );
        assert_eq!(mondays(date(2026, 11, 9)), [date(2026, 11, 9)]);
        assert_eq!(mondays(date(2027, 1, 5)), [date(2026, 12, 28)]);
        assert_eq!(mondays(date(2027, 1, 11)), []);
    }
}
