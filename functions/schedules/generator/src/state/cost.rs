//! The soft cost and the defects, as far as a change touches them.

use super::State;
use crate::instance::{NONE, Unit, holes, long_windows, weeks_of, windows};
use crate::weights::Criterion;

impl State<'_> {
    /// The cost of the empty timetable: free days that a teacher wishes beyond the days of the week.
    pub(super) fn cost_of_nothing(&self) -> i64 {
        let lacking = |wished: i64| (wished - self.instance.days as i64).max(0);
        let lacking: i64 = self
            .instance
            .teachers
            .iter()
            .map(|teacher| lacking(teacher.free_days))
            .sum();
        self.weight(Criterion::FreeDays) * lacking * self.instance.weeks as i64
    }

    fn weight(&self, criterion: Criterion) -> i64 {
        self.instance.weights.of(criterion)
    }

    /// Flips lessons of a stream's day.
    pub(super) fn change_stream_day(&mut self, week: usize, stream: u16, day: usize, span: u16) {
        let instance = self.instance;
        let data = &instance.streams[usize::from(stream)];
        let class = &instance.classes[usize::from(data.class)];
        let at = self.stream_at(week, stream) * instance.days + day;
        let (before, after) = (self.stream_day[at], self.stream_day[at] ^ span);
        self.stream_day[at] = after;
        let (open, latest) = (class.open[day], class.latest);
        if class.windows_allowed {
            let change = holes(after, open, 15) - holes(before, open, 15);
            self.soft += self.weight(Criterion::PupilWindows) * change * data.cohorts;
        } else {
            self.defects += holes(after, open, latest) - holes(before, open, latest);
        }
    }

    /// Days of the unit's streams that are longer than their classes may have: too many, or without the subject.
    pub(super) fn wrong_longer_days(&self, unit: &Unit) -> i64 {
        let mut wrong = 0;
        for (stream, _) in &unit.streams {
            let data = &self.instance.streams[usize::from(*stream)];
            let rule = &self.instance.classes[usize::from(data.class)];
            let Some((days, _, with)) = rule.longer else {
                continue;
            };
            for week in 0..self.instance.weeks {
                let longer = (0..self.instance.days)
                    .filter(|day| self.stream_mask(week, *stream, *day).count_ones() > rule.max);
                let mut count = 0;
                for day in longer {
                    count += 1;
                    let has = |tally: u16| self.tallied(week, tally, day) > 0;
                    wrong += i64::from(with.is_some() && !data.longer_tally.is_some_and(has));
                }
                wrong += (count - i64::from(days)).max(0);
            }
        }
        wrong
    }

    /// Flips lessons of a teacher's day.
    pub(super) fn change_teacher_day(&mut self, week: usize, teacher: u16, day: usize, span: u16) {
        let instance = self.instance;
        let at = self.teacher_at(week, teacher) * instance.days;
        let (before, after) = (self.teacher_day[at + day], self.teacher_day[at + day] ^ span);
        let wished = instance.teachers[usize::from(teacher)].free_days;
        if wished > 0 && (before == 0) != (after == 0) {
            let days = &self.teacher_day[at..at + instance.days];
            let free = days.iter().filter(|day| **day == 0).count() as i64;
            let then = if after == 0 { free + 1 } else { free - 1 };
            let change = (wished - then).max(0) - (wished - free).max(0);
            self.soft += self.weight(Criterion::FreeDays) * change;
        }
        self.teacher_day[at + day] = after;
        self.soft += self.weight(Criterion::TeacherWindows) * (windows(after) - windows(before))
            + self.weight(Criterion::LongWindows) * (long_windows(after) - long_windows(before));
    }

    /// What the classes of a unit pay for the shape of their weeks.
    pub(super) fn cost_of_classes(&self, unit: &Unit) -> i64 {
        let instance = self.instance;
        let mut cost = 0;
        for class in &unit.classes {
            let rule = &instance.classes[usize::from(*class)];
            let cohorts = rule.cohorts;
            for week in weeks_of(unit.weeks) {
                let from = (week * instance.classes.len() + usize::from(*class)) * instance.days;
                let points = &self.points[from..from + instance.days];
                let lessons = &self.lessons[from..from + instance.days];
                let (mut high, mut low) = (0, i32::MAX);
                let (mut peak, mut light) = (0, i32::MAX);
                let (mut most, mut least) = (0, i32::MAX);
                for day in (0..instance.days).filter(|day| rule.open[*day] != 0) {
                    high = high.max(points[day]);
                    low = low.min(points[day]);
                    if instance.peak >> day & 1 == 1 {
                        peak = peak.max(points[day]);
                    }
                    if instance.light >> day & 1 == 1 {
                        light = light.min(points[day]);
                    }
                    most = most.max(lessons[day]);
                    least = least.min(lessons[day]);
                }
                if instance.peak != 0 {
                    cost += self.weight(Criterion::PeakDay) * i64::from((high - peak) / cohorts);
                }
                if instance.light != 0 && light != i32::MAX {
                    cost += self.weight(Criterion::LightDay) * i64::from((light - low) / cohorts);
                }
                let least = least.min(most);
                let uneven = ((most - least) / cohorts - 1).max(0);
                cost += self.weight(Criterion::DayLengths) * i64::from(uneven);
            }
        }
        cost
    }

    /// Pairs of the event's lessons with direct neighbours that should be apart. The event is in the occupancy.
    pub(super) fn cost_of_neighbours(&self, event: usize, hour: usize) -> i64 {
        let (instance, unit) = (self.instance, self.instance.unit(event));
        if !unit.is_apart || self.weight(Criterion::Neighbours) == 0 {
            return 0;
        }
        let length = instance.events[event].length;
        let slot = hour % instance.slots;
        let mut pairs = 0;
        let mut seen: Vec<u16> = Vec::new();
        for (is_after, beside) in [(false, hour.wrapping_sub(1)), (true, hour + length)] {
            if (is_after && slot + length == instance.slots) || (!is_after && slot == 0) {
                continue;
            }
            seen.clear();
            for (stream, weeks) in &unit.streams {
                for week in weeks_of(*weeks) {
                    let other = self.attended(week, *stream, beside);
                    if other != NONE && !seen.contains(&other) {
                        seen.push(other);
                        let (first, second) = if is_after {
                            (unit, instance.unit(usize::from(other)))
                        } else {
                            (instance.unit(usize::from(other)), unit)
                        };
                        pairs += self.pairs_apart(first, second);
                    }
                }
            }
        }
        self.weight(Criterion::Neighbours) * pairs
    }

    fn pairs_apart(&self, first: &Unit, second: &Unit) -> i64 {
        let mut pairs = 0;
        for one in &first.parts {
            for other in &second.parts {
                if self.instance.apart.contains(&(one.subject, other.subject))
                    && one
                        .cohorts
                        .iter()
                        .any(|cohort| other.cohorts.binary_search(cohort).is_ok())
                {
                    pairs += i64::from((one.weeks & other.weeks).count_ones());
                }
            }
        }
        pairs
    }

    /// Counts an event in its course's days and adjusts the cost of the spread.
    pub(super) fn change_course(&mut self, unit: &Unit, day: usize, enters: bool) {
        let weight = self.weight(Criterion::Spread);
        for week in weeks_of(unit.weeks) {
            let days = &mut self.course_days[week * self.instance.courses + unit.course];
            let before = self.instance.spread.uneven(*days);
            if enters {
                days.add(day);
            } else {
                days.take(day);
            }
            self.soft += weight * (self.instance.spread.uneven(*days) - before);
        }
    }
}
