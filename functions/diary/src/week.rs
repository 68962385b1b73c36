//! A week of the diary: the timetable, what the journals say of it, and the pupil's cells. Pure.

use gradebook::{Cell, ClassLesson, PupilRow};
use jiff::civil::{Date, DateTime, Time};
use model::{Attendance, GroupId, LessonKey, Week};
use rosters::LearnsIn;
use timetables::{LessonState, PlannedLesson, WeekPlan};

/// A day of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    /// The date.
    pub(crate) date: Date,
    /// Why there are no lessons, on a day off.
    pub(crate) day_off: Option<String>,
    /// The lessons by number.
    pub(crate) lessons: Vec<DayLesson>,
}

/// A lesson of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayLesson {
    /// The number in the day.
    pub(crate) number: u8,
    /// Beginning and end, when the timetable knows the lesson.
    pub(crate) time: Option<(Time, Time)>,
    /// The journal.
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// Where.
    pub(crate) room: String,
    /// Who teaches.
    pub(crate) teacher: String,
    /// What it was about.
    pub(crate) topic: String,
    /// What was set for the next time.
    pub(crate) homework: String,
    /// How long the homework is expected to take.
    pub(crate) homework_minutes: Option<u16>,
    /// The marks, as shown.
    pub(crate) marks: Vec<String>,
    /// What the teacher says to the family.
    pub(crate) comment: Option<String>,
    /// How the pupil was at the lesson, if not simply present.
    pub(crate) attendance: Option<Attendance>,
    /// Whether it stands in the journal but not in the timetable.
    pub(crate) is_extra: bool,
    /// How it differs on this date from the published week.
    pub(crate) state: LessonState,
    /// Why it differs; may be empty.
    pub(crate) note: String,
}

impl Day {
    /// A day of which nothing is known: a Sunday, or one beyond the weeks that were read.
    pub(crate) const fn empty(date: Date) -> Self {
        Self {
            date,
            day_off: None,
            lessons: Vec::new(),
        }
    }
}

/// What a week is put together from.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// What the class has in the week: timetable, calendar, changes.
    pub(crate) plan: &'a WeekPlan,
    /// The lessons that teachers have opened, of all groups that draw from the class.
    pub(crate) opened: &'a [ClassLesson],
    /// The pupil's rows of the period.
    pub(crate) rows: &'a [PupilRow],
    /// The teaching groups in which the pupil learns; of two subgroups at one time only the own one is shown.
    pub(crate) learns_in: &'a [LearnsIn],
}

impl Sources<'_> {
    /// Whether the pupil learned in the group that day: it may be another subgroup from Monday on.
    fn concerns(&self, group: GroupId, date: Date) -> bool {
        self.learns_in
            .iter()
            .any(|held| held.group == group && held.holds_on(date))
    }
}

/// The days of a week, Monday to Saturday.
pub(crate) fn days(week: Week, sources: &Sources<'_>) -> Vec<Day> {
    week.school_days().map(|date| day(date, sources)).collect()
}

fn day(date: Date, sources: &Sources<'_>) -> Day {
    let mut lessons: Vec<DayLesson> = sources
        .plan
        .on(date)
        .into_iter()
        .filter(|planned| sources.concerns(planned.slot.group, date))
        .map(|planned| of_planned(date, planned, sources))
        .collect();
    for opened in sources.opened.iter().filter(|opened| opened.lesson.date == date) {
        let planned = lessons
            .iter()
            .any(|lesson| lesson.journal == opened.journal && lesson.number == opened.lesson.number);
        if !planned && sources.concerns(opened.journal, date) {
            lessons.push(extra(opened, sources));
        }
    }
    lessons.sort_by_key(|lesson| lesson.number);
    Day {
        date,
        day_off: day_off(date, sources.plan, lessons.is_empty()),
        lessons,
    }
}

/// What people call a day off; one of this grade only where nothing is held.
fn day_off(date: Date, plan: &WeekPlan, is_empty: bool) -> Option<String> {
    let of_all = plan
        .calendars
        .values()
        .find_map(|calendar| calendar.day_off(date));
    let of_groups = || plan.timetable.as_ref()?.groups_off_on(date).filter(|_| is_empty);
    of_all
        .map(|day| day.title.clone())
        .or_else(|| of_groups().map(|off| off.title.clone()))
}

fn of_planned(date: Date, planned: PlannedLesson, sources: &Sources<'_>) -> DayLesson {
    let PlannedLesson { slot, state, note } = planned;
    let key = LessonKey {
        date,
        number: slot.number,
    };
    let opened = sources
        .opened
        .iter()
        .find(|opened| opened.journal == slot.group && opened.lesson == key);
    DayLesson {
        time: Some((slot.start, slot.end)),
        room: slot.room,
        teacher: slot.teacher_name,
        is_extra: false,
        state,
        note,
        ..lesson(slot.group, key, &slot.subject, opened, sources)
    }
}

fn extra(opened: &ClassLesson, sources: &Sources<'_>) -> DayLesson {
    lesson(
        opened.journal,
        opened.lesson,
        &opened.subject,
        Some(opened),
        sources,
    )
}

fn lesson(
    journal: GroupId,
    key: LessonKey,
    subject: &str,
    opened: Option<&ClassLesson>,
    sources: &Sources<'_>,
) -> DayLesson {
    let homework = opened.and_then(|opened| opened.homework.as_ref());
    let cell = cell(journal, key, sources.rows);
    DayLesson {
        number: key.number,
        time: None,
        journal,
        subject: subject.to_owned(),
        room: String::new(),
        teacher: String::new(),
        topic: opened.map(|opened| opened.topic.clone()).unwrap_or_default(),
        homework: homework.map(|homework| homework.text.clone()).unwrap_or_default(),
        homework_minutes: homework.and_then(|homework| homework.minutes),
        marks: cell
            .iter()
            .flat_map(|cell| &cell.value.marks)
            .map(|mark| mark.mark.short())
            .collect(),
        comment: cell.and_then(|cell| cell.value.comment.clone()),
        attendance: cell.and_then(|cell| cell.value.attendance),
        is_extra: true,
        state: LessonState::Usual,
        note: String::new(),
    }
}

fn cell(journal: GroupId, key: LessonKey, rows: &[PupilRow]) -> Option<&Cell> {
    rows.iter()
        .find(|row| row.key.journal == journal)?
        .cells
        .get(&key)
}

impl DayLesson {
    /// Whether the lesson is held at that moment.
    pub(crate) fn is_now(&self, date: Date, now: DateTime) -> bool {
        self.state.is_held()
            && self
                .time
                .is_some_and(|(start, end)| now.date() == date && (start..end).contains(&now.time()))
    }
}

#[cfg(test)]
mod tests {
    use gradebook::{CellMark, CellValue, Homework, RowKey};
    use jiff::civil::{date, time};
    use model::{
        DayOff, DayOffKind, InstitutionCalendar, InstitutionId, Mark, PersonId, Weekday, Weight, WorkId,
        WorkKind,
    };
    use timetables::{DatedLesson, LessonChange, Owner, Slot, Timetable, WeekCycle};

    use super::*;

    const MONDAY: Date = date(2026, 11, 23);

    fn group(number: u128) -> GroupId {
        GroupId::from_bits(number)
    }

    fn slot(number: u8, group_number: u128, subject: &str) -> Slot {
        Slot {
            weekday: Weekday::of(MONDAY),
            number,
            start: time(8, 30, 0, 0),
            end: time(9, 15, 0, 0),
            cycle: WeekCycle::Every,
            group: group(group_number),
            subject: subject.to_owned(),
            title: "7А".to_owned(),
            teacher: None,
            teacher_name: "Иванова А. П.".to_owned(),
            room: "12".to_owned(),
        }
    }

    fn timetable(slots: Vec<Slot>) -> Timetable {
        Timetable::new(Owner::Class(group(1)), InstitutionId::from_bits(1), slots)
    }

    fn calendar(days_off: Vec<DayOff>) -> InstitutionCalendar {
        InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off,
        }
    }

    fn opened(group_number: u128, number: u8) -> ClassLesson {
        ClassLesson {
            journal: group(group_number),
            lesson: LessonKey { date: MONDAY, number },
            subject: "Алгебра".to_owned(),
            topic: "Дроби".to_owned(),
            homework: Some(Homework {
                pupils: vec![],
                text: "№ 5".to_owned(),
                minutes: Some(20),
            }),
        }
    }

    fn row(group_number: u128, number: u8) -> PupilRow {
        let mark = CellMark {
            work: WorkId::FIRST,
            mark: Mark::Grade(5),
            kind: WorkKind::Answer,
            weight: Weight::ONE,
            publication: model::Publication::AT_ONCE,
        };
        let value = CellValue {
            attendance: Some(Attendance::Late),
            marks: vec![mark],
            comment: None,
        };
        PupilRow {
            key: RowKey {
                journal: group(group_number),
                period: "q2".parse().expect("a period"),
                pupil: PersonId::from_bits(9),
            },
            subject: "Алгебра".to_owned(),
            rule: model::MarkingRule::USUAL,
            cells: [(LessonKey { date: MONDAY, number }, Cell { version: 1, value })].into(),
            result: None,
        }
    }

    fn monday(
        timetable: &Timetable,
        calendar: &InstitutionCalendar,
        opened: &[ClassLesson],
        rows: &[PupilRow],
    ) -> Day {
        let learns_in = [10, 11].map(|number| learns(number, None, None));
        monday_of((timetable, &[]), calendar, opened, rows, &learns_in)
    }

    fn learns(group_number: u128, from: Option<Date>, until: Option<Date>) -> LearnsIn {
        LearnsIn {
            group: group(group_number),
            from,
            until,
        }
    }

    fn monday_of(
        (timetable, changes): (&Timetable, &[LessonChange]),
        calendar: &InstitutionCalendar,
        opened: &[ClassLesson],
        rows: &[PupilRow],
        learns_in: &[LearnsIn],
    ) -> Day {
        let plan = WeekPlan {
            timetable: Some(timetable.clone()),
            calendars: [(InstitutionId::from_bits(1), calendar.clone())].into(),
            changes: changes.to_vec(),
        };
        let sources = Sources {
            plan: &plan,
            opened,
            rows,
            learns_in,
        };
        days(Week::of(MONDAY), &sources).remove(0)
    }

    #[test]
    fn a_lesson_shows_what_the_timetable_and_the_journal_say_of_it() {
        let day = monday(
            &timetable(vec![slot(1, 10, "Алгебра")]),
            &calendar(vec![]),
            &[opened(10, 1)],
            &[row(10, 1)],
        );
        let lesson = &day.lessons[0];
        assert_eq!(
            (
                lesson.topic.as_str(),
                lesson.homework.as_str(),
                lesson.room.as_str()
            ),
            ("Дроби", "№ 5", "12")
        );
        assert_eq!(
            (lesson.marks.as_slice(), lesson.attendance),
            (&["5".to_owned()][..], Some(Attendance::Late))
        );
        assert!(!lesson.is_extra);
    }

    #[test]
    fn of_two_subgroups_only_the_own_one_is_shown() {
        let day = monday(
            &timetable(vec![
                slot(2, 11, "Английский язык"),
                slot(2, 12, "Английский язык"),
            ]),
            &calendar(vec![]),
            &[opened(12, 2)],
            &[],
        );
        assert_eq!(
            day.lessons
                .iter()
                .map(|lesson| lesson.journal)
                .collect::<Vec<_>>(),
            [group(11)]
        );
    }

    #[test]
    fn from_the_day_of_a_move_the_lessons_of_the_new_subgroup_are_shown() {
        let week = timetable(vec![
            slot(2, 11, "Английский язык"),
            slot(2, 12, "Английский язык"),
        ]);
        let moved = |day: i8| {
            let new = date(2026, 11, day);
            [
                learns(11, None, new.yesterday().ok()),
                learns(12, Some(new), None),
            ]
        };
        for (day, expected) in [(23, 12), (24, 11)] {
            let shown = monday_of((&week, &[]), &calendar(vec![]), &[], &[], &moved(day));
            let journals: Vec<_> = shown.lessons.iter().map(|lesson| lesson.journal).collect();
            assert_eq!(journals, [group(expected)], "moved on the {day}th");
        }
    }

    #[test]
    fn a_substitution_is_in_the_diary_at_its_next_reading() {
        let published = slot(1, 10, "Алгебра");
        let covered = Slot {
            teacher_name: "Лебедев П. И.".to_owned(),
            room: "31".to_owned(),
            ..published.clone()
        };
        let change = LessonChange {
            before: Some(DatedLesson::of(MONDAY, &published)),
            after: Some(DatedLesson::of(MONDAY, &covered)),
            note: "курсы".to_owned(),
            by: PersonId::from_bits(5),
            at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
        };
        let learns_in = [learns(10, None, None)];
        let week = timetable(vec![published.clone()]);
        let day = monday_of(
            (&week, &[change]),
            &calendar(vec![]),
            &[opened(10, 1)],
            &[],
            &learns_in,
        );
        let lesson = &day.lessons[0];
        assert_eq!(
            (lesson.teacher.as_str(), lesson.room.as_str()),
            ("Лебедев П. И.", "31")
        );
        assert_eq!(
            (&lesson.state, lesson.topic.as_str()),
            (&LessonState::Replaced(published), "Дроби")
        );
    }

    #[test]
    fn a_lesson_that_is_not_in_the_timetable_is_shown_as_additional() {
        let day = monday(
            &timetable(vec![]),
            &calendar(vec![]),
            &[opened(10, 7)],
            &[row(10, 7)],
        );
        assert!(day.lessons[0].is_extra);
        assert_eq!(day.lessons[0].marks, ["5"]);
    }

    #[test]
    fn a_day_off_has_its_reason_and_no_planned_lessons() {
        let off = DayOff {
            date: MONDAY,
            title: "Карантин".to_owned(),
            kind: DayOffKind::Closed,
        };
        let day = monday(
            &timetable(vec![slot(1, 10, "Алгебра")]),
            &calendar(vec![off]),
            &[],
            &[],
        );
        assert_eq!((day.day_off.as_deref(), day.lessons.len()), (Some("Карантин"), 0));
    }
}
