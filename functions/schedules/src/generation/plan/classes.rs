//! The rules of a class's days.

use std::collections::BTreeSet;

use model::GroupId;
use timetable_generator::{Class, Hour, LongerDays};

use super::maker::Maker;
use crate::{
    checks::week::is_extracurricular,
    drafts::{Audience, Course, DraftClass},
};

impl Maker<'_> {
    pub(super) fn class(&self, class: &DraftClass, week: u8) -> Class {
        let grade = class.courses.iter().find_map(|course| course.grade);
        let open: BTreeSet<u8> = class
            .courses
            .iter()
            .flat_map(|course| self.slots.of_grade(course.grade))
            .collect();
        let first = open.first().copied().unwrap_or(1);
        let last = open.last().copied().unwrap_or_else(|| self.slots.count().max(1));
        let groups: BTreeSet<GroupId> = class.courses.iter().map(|course| course.group).collect();
        let own = self.tasks.iter().filter(|task| groups.contains(&task.group));
        let wanted = self.wish.days.min(self.limits.days(grade).unwrap_or(week));
        let stands = own
            .flat_map(|task| &task.standing)
            .filter(|lesson| self.counts(lesson));
        let days = stands.map(|lesson| lesson.day.number()).fold(wanted, u8::max);
        let hours = (0..week).flat_map(|day| (first..=last).map(move |slot| Hour::new(day, slot)));
        let limit = self.limits.day(grade);
        let best = if grade.is_some_and(|grade| grade <= 4) {
            2
        } else {
            3
        };
        let compact = self.limits.is_compact();
        Class {
            first,
            last,
            latest_start: if compact { first } else { last },
            closed: hours
                .filter(|hour| hour.day >= days || !open.contains(&hour.slot))
                .collect(),
            windows_allowed: !compact,
            max_per_day: limit.map_or(last - first + 1, |(lessons, _)| lessons.max(1)),
            longer_days: self.longer_days(class, grade, days),
            hard_from: self.limits.hard_from(grade).filter(|_| last > first),
            best_slots: (last > first).then(|| (first + 1, (first + best).min(last))),
        }
    }

    /// The longer day that the norm allows once a week; where it knows none, days with a lesson outside the curriculum, which
    /// is no load, may be longer by it.
    fn longer_days(&self, class: &DraftClass, grade: Option<u8>, days: u8) -> Option<LongerDays> {
        let (lessons, once) = self.limits.day(grade)?;
        let names = || class.courses.iter().map(|course| course.subject.as_str());
        if let Some(once) = once {
            let with = match &once.subject {
                Some(id) => Some(self.subject(names().find(|name| self.limits.is_subject(name, id))?)),
                None => None,
            };
            let extra = u8::try_from(once.lessons).ok()?.checked_sub(lessons)?;
            return Some(LongerDays { days: 1, extra, with });
        }
        let beyond =
            |course: &&Course| is_extracurricular(&course.subject) && course.audience == Audience::Whole;
        let beyond: Vec<&Course> = class.courses.iter().filter(beyond).collect();
        let hours: u8 = beyond
            .iter()
            .filter_map(|course| course.hours)
            .map(|halves| halves.div_ceil(2))
            .sum();
        (hours > 0).then(|| LongerDays {
            days: hours.min(days),
            extra: 1,
            with: if let [only] = beyond[..] {
                Some(self.subject(&only.subject))
            } else {
                None
            },
        })
    }
}
