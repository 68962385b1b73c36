//! Which lessons are held on the dates of some weeks: the timetable of each with its changes and the calendar. Pure.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use model::{AcademicPeriod, GroupId, LessonKey, Week};
use rosters::LearnsIn;
use timetables::{PlannedLesson, WeekPlan};

/// The weeks in a row that a page looks at, each with what says which lessons are held.
#[derive(Debug, Default)]
pub(crate) struct Horizon {
    plans: Vec<(Week, WeekPlan)>,
    days: BTreeMap<Date, Vec<PlannedLesson>>,
}

impl Horizon {
    /// The weeks with their plans.
    pub(crate) fn of(plans: Vec<(Week, WeekPlan)>) -> Self {
        let days = plans
            .iter()
            .flat_map(|(week, plan)| week.school_days().map(|date| (date, plan.on(date))))
            .collect();
        Self { plans, days }
    }

    /// The plan of a week.
    pub(crate) fn plan(&self, week: Week) -> Option<&WeekPlan> {
        self.plans
            .iter()
            .find(|(of, _)| *of == week)
            .map(|(_, plan)| plan)
    }

    /// The plans, the earliest week first.
    pub(crate) fn plans(&self) -> impl Iterator<Item = &WeekPlan> {
        self.plans.iter().map(|(_, plan)| plan)
    }

    /// The lesson of a group that follows a date: the first that is held on a later day. The second of two lessons in a row
    /// is not the next one: nobody does homework in the break between them.
    pub(crate) fn next_of(&self, group: GroupId, after: Date) -> Option<(Date, &PlannedLesson)> {
        let later = self.days.range(after..).filter(|(date, _)| **date > after);
        later
            .flat_map(|(date, lessons)| lessons.iter().map(|lesson| (*date, lesson)))
            .find(|(_, lesson)| lesson.slot.group == group && lesson.state.is_held())
    }

    /// When a lesson of a group begins, if it is held.
    pub(crate) fn start_of(&self, group: GroupId, key: LessonKey) -> Option<Time> {
        let lessons = self.days.get(&key.date)?.iter();
        let mut held = lessons.filter(|lesson| lesson.slot.group == group && lesson.state.is_held());
        held.find(|lesson| lesson.slot.number == key.number)
            .map(|lesson| lesson.slot.start)
    }

    /// The first day after a date on which a pupil has a lesson.
    pub(crate) fn next_day(&self, after: Date, learns_in: &[LearnsIn]) -> Option<Date> {
        let later = self.days.range(after..).filter(|(date, _)| **date > after);
        later
            .filter(|(date, lessons)| {
                lessons
                    .iter()
                    .any(|lesson| lesson.state.is_held() && learns(learns_in, lesson.slot.group, **date))
            })
            .map(|(date, _)| *date)
            .next()
    }
}

/// Whether a pupil learned in a group on a date.
pub(crate) fn learns(learns_in: &[LearnsIn], group: GroupId, date: Date) -> bool {
    learns_in
        .iter()
        .any(|held| held.group == group && held.holds_on(date))
}

/// The weeks whose lessons may have set what is due from `this` week on, and `this` and the next one: the last week of
/// lessons before `this`, and all between. After a break that is the last week before it, at most five weeks back.
pub(crate) fn weeks_around(this: Week, periods: &[AcademicPeriod]) -> Vec<Week> {
    let before = this.previous();
    let is_taught = periods.is_empty()
        || periods
            .iter()
            .any(|period| period.start <= before.sunday() && before.monday() <= period.end);
    let ended = periods
        .iter()
        .map(|period| period.end)
        .filter(|end| *end < before.monday() && this.monday().saturating_sub(MOST_BACK.weeks()) <= *end)
        .max();
    let first = match ended {
        Some(end) if !is_taught => Week::of(end),
        _ => before,
    };
    let weeks = std::iter::successors(Some(first), |week| Some(week.next()));
    weeks.take_while(|week| *week <= this.next()).collect()
}

const MOST_BACK: i64 = 5;

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn period(id: &str, start: Date, end: Date) -> AcademicPeriod {
        AcademicPeriod {
            id: id.parse().expect("a period"),
            title: id.to_owned(),
            start,
            end,
        }
    }

    fn quarters() -> Vec<AcademicPeriod> {
        vec![
            period("q1", date(2026, 9, 1), date(2026, 10, 25)),
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
        ]
    }

    fn mondays(this: Date, periods: &[AcademicPeriod]) -> Vec<Date> {
        weeks_around(Week::of(this), periods)
            .into_iter()
            .map(Week::monday)
            .collect()
    }

    #[test]
    fn usually_they_are_the_week_before_this_one_and_the_next() {
        let around = [date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30)];
        assert_eq!(mondays(date(2026, 11, 23), &quarters()), around);
        assert_eq!(mondays(date(2026, 11, 23), &[]), around);
    }

    #[test]
    fn after_a_break_they_begin_with_the_last_week_before_it() {
        assert_eq!(
            mondays(date(2026, 11, 9), &quarters()).first(),
            Some(&date(2026, 10, 19))
        );
        // After the summer nothing is due that was set before it.
        assert_eq!(
            mondays(
                date(2026, 9, 7),
                &[period("y", date(2025, 9, 1), date(2026, 5, 26))]
            )
            .first(),
            Some(&date(2026, 8, 31))
        );
    }

    proptest! {
        #[test]
        fn they_are_in_a_row_few_and_end_with_the_next_week(day in 0i64..400) {
            let this = Week::of(date(2026, 9, 1).saturating_add(day.days()));
            let weeks = weeks_around(this, &quarters());
            prop_assert!(weeks.windows(2).all(|pair| pair[0].next() == pair[1]));
            prop_assert!(weeks.contains(&this.previous()) && weeks.last() == Some(&this.next()));
            prop_assert!(weeks.len() <= 3 + MOST_BACK as usize);
        }
    }
}
