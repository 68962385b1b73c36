//! For which lesson homework can be due. Pure.

use gradebook::LaterTask;
use jiff::ToSpan;
use model::{AcademicPeriod, LessonKey};
use rosters::Group;
use timetables::OwnerPlan;

use crate::plan::dated;

/// So many lessons the form offers: of a subject taught once a week those of a term.
pub(crate) const OFFERED: usize = 10;

/// The lessons of a group for which the homework of a lesson can be due: those that are held on later days, by timetable,
/// changes and calendar, within the periods and [`LaterTask::MOST_WEEKS`]. The second of two lessons in a row is none:
/// nobody does homework in the break between them.
pub(crate) fn coming(
    group: &Group,
    plan: &OwnerPlan,
    calendar: Option<&model::InstitutionCalendar>,
    after: LessonKey,
) -> Vec<LessonKey> {
    let first = after.date.saturating_add(1.day());
    // A week that begins within those that are read is read whole.
    let last = model::Week::of(after.date)
        .sunday()
        .saturating_add(LaterTask::MOST_WEEKS.weeks());
    let clipped = |period: &AcademicPeriod| AcademicPeriod {
        start: period.start.max(first),
        end: period.end.min(last),
        ..period.clone()
    };
    let terms: Vec<AcademicPeriod> = group
        .periods
        .iter()
        .map(clipped)
        .filter(|term| term.start <= term.end)
        .collect();
    // Of nested periods each lesson counts once.
    let mut held = dated(plan, calendar, group.group, &terms).held;
    held.sort_unstable();
    held.dedup();
    held
}

/// What the form offers: the next lessons, and the one that is chosen already, wherever it is now.
pub(crate) fn offered(coming: &[LessonKey], chosen: Option<LessonKey>) -> Vec<LessonKey> {
    let mut offered: Vec<LessonKey> = coming.iter().copied().take(OFFERED).chain(chosen).collect();
    offered.sort_unstable();
    offered.dedup();
    offered
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date, time};
    use model::{DayOff, DayOffKind, GroupId, GroupKind, InstitutionCalendar, InstitutionId, Weekday};
    use proptest::prelude::*;
    use timetables::{Owner, Slot, Timetable, WeekCycle};

    use super::*;

    fn group() -> Group {
        let period = |id: &str, start, end| AcademicPeriod {
            id: id.parse().expect("a period"),
            title: id.to_owned(),
            start,
            end,
        };
        Group {
            group: GroupId::from_bits(71),
            institution: InstitutionId::from_bits(1),
            kind: GroupKind::Teaching,
            title: "7А".to_owned(),
            subject: Some("Алгебра".to_owned()),
            grade: Some(7),
            classes: vec![],
            periods: vec![
                period("2026-q2", date(2026, 11, 9), date(2026, 12, 29)),
                period("2026", date(2026, 9, 1), date(2027, 5, 26)),
            ],
            time_zone: "Europe/Moscow".to_owned(),
        }
    }

    /// Two lessons in a row on Mondays and one on Thursdays.
    fn plan() -> OwnerPlan {
        let slot = |weekday: u8, number| Slot {
            weekday: Weekday::try_from(weekday).expect("a weekday"),
            number,
            start: time(9, 25, 0, 0),
            end: time(10, 10, 0, 0),
            cycle: WeekCycle::Every,
            group: GroupId::from_bits(71),
            subject: "Алгебра".to_owned(),
            title: "7А".to_owned(),
            teacher: None,
            teacher_name: String::new(),
            room: String::new(),
        };
        let slots = vec![slot(1, 2), slot(1, 3), slot(4, 1)];
        let owner = Owner::Group(GroupId::from_bits(71));
        OwnerPlan {
            timetables: vec![Timetable::new(owner, InstitutionId::from_bits(1), slots)],
            changes: vec![],
        }
    }

    fn key(date: Date, number: u8) -> LessonKey {
        LessonKey { date, number }
    }

    #[test]
    fn the_next_lessons_are_those_of_later_days_each_once_and_none_of_a_day_off() {
        let calendar = InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off: vec![DayOff {
                date: date(2026, 11, 26),
                title: "Карантин".to_owned(),
                kind: DayOffKind::Closed,
            }],
        };
        let coming = coming(&group(), &plan(), Some(&calendar), key(date(2026, 11, 23), 2));
        assert_eq!(
            coming[..3],
            [
                key(date(2026, 11, 30), 2),
                key(date(2026, 11, 30), 3),
                key(date(2026, 12, 3), 1),
            ]
        );
    }

    #[test]
    fn the_form_offers_ten_and_the_one_that_is_chosen() {
        let coming = coming(&group(), &plan(), None, key(date(2026, 11, 23), 2));
        assert_eq!(offered(&coming, None).len(), OFFERED);
        let chosen = coming.last().copied();
        let offered = offered(&coming, chosen);
        assert_eq!((offered.len(), offered.last().copied()), (OFFERED + 1, chosen));
    }

    proptest! {
        #[test]
        fn what_is_offered_is_later_and_stands_within_the_weeks_that_a_diary_reads(day in 0i64..200) {
            let set = key(date(2026, 9, 1).saturating_add(day.days()), 2);
            let read = model::Week::of(set.date).monday().saturating_add(LaterTask::MOST_WEEKS.weeks());
            for lesson in coming(&group(), &plan(), None, set) {
                prop_assert!(lesson.date > set.date);
                prop_assert!(model::Week::of(lesson.date).monday() <= read);
            }
        }
    }
}
