//! What a week means on a date: which lessons are held, which of them is now, and why there are none.

use std::collections::HashMap;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use model::{GroupId, InstitutionCalendar, InstitutionId, RoomName, Week, Weekday};
use timetables::{PlannedLesson, Slot, WeekPlan};

use crate::api::{DayView, LessonChangeView, LessonView, Moment, TodayView, WeekView};

/// Where a group is taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) institution: InstitutionId,
    pub(crate) name: String,
}

/// A week with the calendars by which it is read.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// The week, its changes, the calendars of the institutions in question.
    pub(crate) plan: WeekPlan,
    /// Where the groups are, for a week at several institutions; else empty.
    pub(crate) places: HashMap<GroupId, Place>,
}

/// The calendar where nothing is known of one.
static PLAIN: InstitutionCalendar = InstitutionCalendar {
    time_zone: String::new(),
    days_off: Vec::new(),
};

impl Days {
    fn calendar(&self) -> &InstitutionCalendar {
        let WeekPlan {
            timetable, calendars, ..
        } = &self.plan;
        let own = timetable
            .as_ref()
            .and_then(|week| calendars.get(&week.institution));
        own.or_else(|| calendars.values().next()).unwrap_or(&PLAIN)
    }

    fn calendar_of(&self, slot: &Slot) -> &InstitutionCalendar {
        let place = self.places.get(&slot.group);
        place
            .and_then(|place| self.plan.calendars.get(&place.institution))
            .unwrap_or_else(|| self.calendar())
    }

    /// The time zone in which a lesson's times are meant.
    pub(crate) fn zone_of(&self, slot: &Slot) -> TimeZone {
        self.calendar_of(slot).zone()
    }

    /// The institution of a lesson.
    pub(crate) fn institution_of(&self, slot: &Slot) -> Option<InstitutionId> {
        let place = self.places.get(&slot.group).map(|place| place.institution);
        place.or_else(|| self.plan.timetable.as_ref().map(|week| week.institution))
    }

    /// Today by the clock of the institution where most of the lessons are.
    pub(crate) fn today(&self, now: Timestamp) -> Date {
        self.zone().to_datetime(now).date()
    }

    fn zone(&self) -> TimeZone {
        self.calendar().zone()
    }

    /// The lessons of a date by time.
    pub(crate) fn lessons(&self, date: Date) -> Vec<PlannedLesson> {
        let is_free = |slot: &Slot| self.calendar_of(slot).day_off(date).is_some();
        let week = self.plan.timetable.as_ref();
        week.map(|week| week.planned(date, &self.plan.changes, is_free))
            .unwrap_or_default()
    }

    /// A date as it is shown.
    pub(crate) fn day(&self, date: Date, now: Timestamp) -> DayView {
        let lessons = self.lessons(date);
        let day_off = || {
            let of_all = self.calendar().day_off(date).map(|day| day.title.clone());
            let of_groups = || {
                let week = self.plan.timetable.as_ref()?;
                week.groups_off_on(date).map(|off| off.title.clone())
            };
            of_all.or_else(of_groups)
        };
        let next = self.next_start(&lessons, date, now);
        DayView {
            date,
            day_off: if lessons.is_empty() { day_off() } else { None },
            lessons: lessons
                .into_iter()
                .map(|lesson| self.lesson(lesson, date, now, next))
                .collect(),
        }
    }

    /// When the first lesson to come begins.
    fn next_start(&self, lessons: &[PlannedLesson], date: Date, now: Timestamp) -> Option<Time> {
        let to_come = |slot: &&Slot| {
            let local = self.calendar_of(slot).zone().to_datetime(now);
            local.date() == date && local.time() < slot.start
        };
        let held = lessons.iter().filter(|lesson| lesson.state.is_held());
        held.map(|lesson| &lesson.slot)
            .find(to_come)
            .map(|slot| slot.start)
    }

    fn lesson(&self, planned: PlannedLesson, date: Date, now: Timestamp, next: Option<Time>) -> LessonView {
        let PlannedLesson { slot, state, note } = planned;
        let slot = &slot;
        let local = self.calendar_of(slot).zone().to_datetime(now);
        let moment = match local.time() {
            _ if local.date() != date || !state.is_held() => None,
            time if time >= slot.end => Some(Moment::Past),
            time if time >= slot.start => Some(Moment::Now),
            _ if next == Some(slot.start) => Some(Moment::Next),
            _ => Some(Moment::Later),
        };
        let room = RoomName::of(&slot.room);
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        LessonView {
            number: slot.number,
            start: clock_text(slot.start),
            end: clock_text(slot.end),
            group: slot.group,
            title: slot.title.clone(),
            subject: slot.subject.clone(),
            teacher: filled(&slot.teacher_name),
            room: filled(room.room),
            building: room.building.map(str::to_owned),
            institution: self.places.get(&slot.group).map(|place| place.name.clone()),
            moment,
            change: LessonChangeView::of(&state, &note),
        }
    }

    /// A teacher's day with the ways to other days.
    pub(crate) fn today_view(&self, date: Option<Date>, now: Timestamp) -> TodayView {
        let today = self.today(now);
        let date = date.unwrap_or(today);
        let later = date.saturating_add(1.day()).series(1.day()).take(28);
        TodayView {
            day: self.day(date, now),
            previous: date.saturating_sub(1.day()),
            next: date.saturating_add(1.day()),
            today,
            next_with_lessons: later.into_iter().find(|date| !self.lessons(*date).is_empty()),
        }
    }

    /// A week: Monday to Friday, and further while any week has lessons then.
    pub(crate) fn week_view(&self, week: Option<Week>, now: Timestamp) -> WeekView {
        let today = self.today(now);
        let week = week.unwrap_or_else(|| Week::of(today));
        let slots = self.plan.timetable.iter().flat_map(|week| &week.slots);
        let added = self
            .plan
            .changes
            .iter()
            .filter_map(|change| change.after.as_ref());
        let last = slots
            .chain(added.map(|lesson| &lesson.slot))
            .map(|slot| slot.weekday)
            .max()
            .map_or(0, Weekday::number)
            .max(5);
        let days = week.monday().series(1.day()).take(usize::from(last));
        WeekView {
            monday: week.monday(),
            previous: week.previous().monday(),
            next: week.next().monday(),
            today,
            days: days.map(|date| self.day(date, now)).collect(),
        }
    }
}

pub(crate) fn clock_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests;
