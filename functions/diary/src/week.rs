//! A week of the diary: the timetable, what the journals say of it, and the pupil's cells. Pure.

use gradebook::{Cell, ClassLesson, PupilRow};
use jiff::civil::{Date, DateTime, Time};
use model::{Attendance, GroupId, InstitutionCalendar, LessonKey, Week};
use timetables::{Slot, Timetable};

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
    /// How the pupil was at the lesson, if not simply present.
    pub(crate) attendance: Option<Attendance>,
    /// Whether it stands in the journal but not in the timetable: held additionally or moved.
    pub(crate) is_extra: bool,
}

/// What a week is put together from.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// The week of the class.
    pub(crate) timetable: Option<&'a Timetable>,
    /// The institution's calendar.
    pub(crate) calendar: &'a InstitutionCalendar,
    /// The lessons that teachers have opened, of all groups that draw from the class.
    pub(crate) opened: &'a [ClassLesson],
    /// The pupil's rows of the period.
    pub(crate) rows: &'a [PupilRow],
    /// The teaching groups in which the pupil is; of two subgroups at one time only the own one is shown.
    pub(crate) groups: &'a [GroupId],
}

/// The days of a week, Monday to Saturday.
pub(crate) fn days(week: Week, sources: &Sources<'_>) -> Vec<Day> {
    week.school_days().map(|date| day(date, sources)).collect()
}

fn day(date: Date, sources: &Sources<'_>) -> Day {
    let planned = sources
        .timetable
        .into_iter()
        .flat_map(|timetable| timetable.on(date, sources.calendar));
    let mut lessons: Vec<DayLesson> = planned
        .filter(|slot| sources.groups.contains(&slot.group))
        .map(|slot| of_slot(date, slot, sources))
        .collect();
    for opened in sources.opened.iter().filter(|opened| opened.lesson.date == date) {
        let planned = lessons
            .iter()
            .any(|lesson| lesson.journal == opened.journal && lesson.number == opened.lesson.number);
        if !planned && sources.groups.contains(&opened.journal) {
            lessons.push(extra(opened, sources));
        }
    }
    lessons.sort_by_key(|lesson| lesson.number);
    let of_all = sources.calendar.day_off(date).map(|day| day.title.clone());
    let of_groups =
        || Some(sources.timetable?.groups_off_on(date)?.title.clone()).filter(|_| lessons.is_empty());
    Day {
        date,
        day_off: of_all.or_else(of_groups),
        lessons,
    }
}

fn of_slot(date: Date, slot: &Slot, sources: &Sources<'_>) -> DayLesson {
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
        room: slot.room.clone(),
        teacher: slot.teacher_name.clone(),
        is_extra: false,
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
            .map(|mark| mark.mark.to_string())
            .collect(),
        attendance: cell.and_then(|cell| cell.value.attendance),
        is_extra: true,
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
        self.time
            .is_some_and(|(start, end)| now.date() == date && (start..end).contains(&now.time()))
    }
}

#[cfg(test)]
mod tests {
    use gradebook::{CellMark, CellValue, Homework, RowKey};
    use jiff::civil::{date, time};
    use model::{DayOff, DayOffKind, InstitutionId, Mark, PersonId, Weekday, Weight, WorkId, WorkKind};
    use timetables::{Owner, WeekCycle};

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
            class: group(1),
            journal: group(group_number),
            lesson: LessonKey { date: MONDAY, number },
            subject: "Алгебра".to_owned(),
            topic: "Дроби".to_owned(),
            homework: Some(Homework {
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
        };
        let value = CellValue {
            attendance: Some(Attendance::Late),
            marks: vec![mark],
        };
        PupilRow {
            key: RowKey {
                journal: group(group_number),
                period: "q2".parse().expect("a period"),
                pupil: PersonId::from_bits(9),
            },
            subject: "Алгебра".to_owned(),
            cells: [(LessonKey { date: MONDAY, number }, Cell { version: 1, value })].into(),
        }
    }

    fn monday(
        timetable: &Timetable,
        calendar: &InstitutionCalendar,
        opened: &[ClassLesson],
        rows: &[PupilRow],
    ) -> Day {
        let groups = [group(10), group(11)];
        let sources = Sources {
            timetable: Some(timetable),
            calendar,
            opened,
            rows,
            groups: &groups,
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
