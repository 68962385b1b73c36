//! A timetable in the making, with everything the search asks of it kept up to date.
//!
//! Two primitives change it: giving an event an hour or taking it away, and giving a seat a room. Both adjust the
//! occupancy and the cost by what they change, and write to a log by which any series of changes can be taken back.
//! A state never holds a clash, a forbidden hour, a full day too much or an unsuitable room; what it may hold for a
//! while are *defects*: holes in pupils' days and longer days beyond those allowed.

mod blockers;
mod cost;
mod rooms;
mod travel;

use crate::instance::{Instance, NONE, weeks_of};
use crate::spread::CourseDays;

/// A change, for taking it back.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// The event had this hour.
    Hour(u16, u16),
    /// The seat had this room.
    Room(u32, u16),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct State<'a> {
    pub(crate) instance: &'a Instance,
    /// The start hour of each event, or [`NONE`].
    pub(crate) hour: Vec<u16>,
    /// The room of each seat, or [`NONE`].
    pub(crate) room: Vec<u16>,
    /// The event of a stream by week and hour.
    stream_event: Vec<u16>,
    /// The event of a teacher by week and hour.
    teacher_event: Vec<u16>,
    /// The lessons of a stream's day as bits.
    stream_day: Vec<u16>,
    /// The lessons of a teacher's day as bits.
    teacher_day: Vec<u16>,
    /// Lessons in a room by week and hour.
    room_use: Vec<u8>,
    /// Lessons of a tally by week and day.
    tally: Vec<u8>,
    /// Lessons of a teacher in a room.
    teacher_room: Vec<u16>,
    /// Rooms of a teacher.
    teacher_rooms: Vec<u16>,
    /// Difficulty points and lessons of a class's day, times its cohorts.
    points: Vec<i32>,
    lessons: Vec<i32>,
    /// Lessons of a course by week and day.
    course_days: Vec<CourseDays>,
    /// The events at each hour.
    at_hour: Vec<Vec<u16>>,
    /// The weighted sum of the soft criteria.
    pub(crate) soft: i64,
    /// Holes in pupils' days and lessons on days that may not be longer.
    pub(crate) defects: i64,
    /// Lessons (hours of a class) outside the compact week that construction aims at.
    pub(crate) outside: i64,
    /// Hours of events without an hour.
    pub(crate) unplaced: i64,
    log: Vec<Change>,
}

impl<'a> State<'a> {
    /// The empty timetable.
    pub(crate) fn new(instance: &'a Instance) -> Self {
        let (weeks, hours, days) = (instance.weeks, instance.hours(), instance.days);
        let unplaced = instance.events.iter().map(|event| event.length as i64).sum();
        let mut state = Self {
            instance,
            hour: vec![NONE; instance.events.len()],
            room: vec![NONE; instance.seats.len()],
            stream_event: vec![NONE; weeks * instance.streams.len() * hours],
            teacher_event: vec![NONE; weeks * instance.teachers.len() * hours],
            stream_day: vec![0; weeks * instance.streams.len() * days],
            teacher_day: vec![0; weeks * instance.teachers.len() * days],
            room_use: vec![0; weeks * instance.rooms.len() * hours],
            tally: vec![0; weeks * instance.tallies.len() * days],
            teacher_room: vec![0; instance.teachers.len() * instance.rooms.len()],
            teacher_rooms: vec![0; instance.teachers.len()],
            points: vec![0; weeks * instance.classes.len() * days],
            lessons: vec![0; weeks * instance.classes.len() * days],
            course_days: vec![CourseDays::default(); weeks * instance.courses],
            at_hour: vec![Vec::new(); hours],
            soft: 0,
            defects: 0,
            outside: 0,
            unplaced,
            log: Vec::new(),
        };
        state.soft = state.cost_of_nothing();
        state
    }

    /// A timetable given by the hours of events and the rooms of seats.
    pub(crate) fn of(instance: &'a Instance, hours: &[u16], rooms: &[u16]) -> Self {
        let mut state = Self::new(instance);
        for (event, hour) in hours.iter().enumerate().filter(|(_, hour)| **hour != NONE) {
            state.set_hour(event, *hour);
        }
        for (seat, room) in rooms.iter().enumerate().filter(|(_, room)| **room != NONE) {
            state.set_room(seat, *room);
        }
        state.keep();
        state
    }

    pub(crate) fn is_placed(&self, event: usize) -> bool {
        self.hour[event] != NONE
    }

    pub(crate) fn stream_mask(&self, week: usize, stream: u16, day: usize) -> u16 {
        self.stream_day[self.stream_at(week, stream) * self.instance.days + day]
    }

    pub(crate) fn teacher_mask(&self, week: usize, teacher: u16, day: usize) -> u16 {
        self.teacher_day[self.teacher_at(week, teacher) * self.instance.days + day]
    }

    /// The event a stream attends at an hour, or [`NONE`].
    pub(crate) fn attended(&self, week: usize, stream: u16, hour: usize) -> u16 {
        self.stream_event[self.stream_at(week, stream) * self.instance.hours() + hour]
    }

    /// The event a teacher gives at an hour, or [`NONE`].
    pub(crate) fn given(&self, week: usize, teacher: u16, hour: usize) -> u16 {
        self.teacher_event[self.teacher_at(week, teacher) * self.instance.hours() + hour]
    }

    /// Lessons of a tally on a day.
    pub(crate) fn tallied(&self, week: usize, tally: u16, day: usize) -> u8 {
        self.tally[self.tally_at(week, tally) * self.instance.days + day]
    }

    fn stream_at(&self, week: usize, stream: u16) -> usize {
        week * self.instance.streams.len() + usize::from(stream)
    }

    fn teacher_at(&self, week: usize, teacher: u16) -> usize {
        week * self.instance.teachers.len() + usize::from(teacher)
    }

    fn tally_at(&self, week: usize, tally: u16) -> usize {
        week * self.instance.tallies.len() + usize::from(tally)
    }

    /// Places an event at an hour and chooses its rooms, or changes nothing. The event has no hour.
    pub(crate) fn place(&mut self, event: usize, hour: usize) -> bool {
        if !self.instance.is_allowed(event, hour)
            || !self.is_free(event, hour)
            || !self.has_room_in_day(event, hour)
        {
            return false;
        }
        let mark = self.mark();
        self.set_hour(event, hour as u16);
        let data = &self.instance.events[event];
        let housed = (data.first_seat..data.first_seat + data.seats).all(|seat| self.house(seat));
        if !housed || !self.respects_travel(event) {
            self.undo(mark);
            return false;
        }
        true
    }

    /// Takes an event's rooms and hour away. The event has an hour.
    pub(crate) fn remove(&mut self, event: usize) {
        let data = &self.instance.events[event];
        for seat in data.first_seat..data.first_seat + data.seats {
            self.set_room(seat, NONE);
        }
        self.set_hour(event, NONE);
    }

    /// A point in the log to go back to.
    pub(crate) fn mark(&self) -> usize {
        self.log.len()
    }

    /// Takes back everything since the mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        while self.log.len() > mark {
            let length = self.log.len();
            match self.log.pop() {
                Some(Change::Hour(event, hour)) => self.set_hour(usize::from(event), hour),
                Some(Change::Room(seat, room)) => self.set_room(seat as usize, room),
                None => {}
            }
            self.log.truncate(length - 1);
        }
    }

    /// Forgets how to take changes back.
    pub(crate) fn keep(&mut self) {
        self.log.clear();
    }

    /// Whether nobody of the event has another lesson then.
    pub(crate) fn is_free(&self, event: usize, hour: usize) -> bool {
        let (unit, length) = (self.instance.unit(event), self.instance.events[event].length);
        let (day, span) = (self.instance.day(hour), self.instance.span(hour, length));
        let pupils = unit.streams.iter().all(|(stream, weeks)| {
            weeks_of(*weeks).all(|week| self.stream_mask(week, *stream, day) & span == 0)
        });
        pupils
            && unit.teachers.iter().all(|(teacher, weeks)| {
                weeks_of(*weeks).all(|week| self.teacher_mask(week, *teacher, day) & span == 0)
            })
    }

    /// Whether limits of the day (pupils' lessons, the teacher's, the subject's) leave room for the event.
    pub(crate) fn has_room_in_day(&self, event: usize, hour: usize) -> bool {
        let (unit, length) = (
            self.instance.unit(event),
            self.instance.events[event].length as u32,
        );
        let day = self.instance.day(hour);
        let subjects = unit.tallies.iter().all(|(tally, weeks)| {
            let limit = self.instance.tallies[usize::from(*tally)].limit;
            weeks_of(*weeks).all(|week| self.tallied(week, *tally, day) < limit)
        });
        let pupils = unit.streams.iter().all(|(stream, weeks)| {
            let class = self.instance.streams[usize::from(*stream)].class;
            let limit = self.instance.day_limit(usize::from(class));
            weeks_of(*weeks).all(|week| self.stream_mask(week, *stream, day).count_ones() + length <= limit)
        });
        subjects
            && pupils
            && unit.teachers.iter().all(|(teacher, weeks)| {
                let limit = self.instance.teachers[usize::from(*teacher)].max;
                weeks_of(*weeks).all(|week| {
                    self.teacher_mask(week, *teacher, day)
                        .count_ones()
                        .saturating_add(length)
                        <= limit
                })
            })
    }

    /// Gives an event an hour or, with [`NONE`], takes it away.
    fn set_hour(&mut self, event: usize, hour: u16) {
        let before = self.hour[event];
        self.log.push(Change::Hour(event as u16, before));
        if before != NONE {
            self.occupy(event, usize::from(before), false);
        }
        self.hour[event] = hour;
        if hour != NONE {
            self.occupy(event, usize::from(hour), true);
        }
    }

    /// Whether the day of a subject is full for an event that comes from another day, even without the lesson of that
    /// subject at the very hour.
    pub(crate) fn is_subject_full(&self, event: usize, hour: usize) -> bool {
        let instance = self.instance;
        let day = instance.day(hour);
        instance.unit(event).tallies.iter().any(|(tally, weeks)| {
            let data = &instance.tallies[usize::from(*tally)];
            weeks_of(*weeks).any(|week| {
                let count = self.tallied(week, *tally, day);
                count >= data.limit && {
                    let there = self.attended(week, data.stream, hour);
                    let same = there != NONE
                        && instance
                            .unit(usize::from(there))
                            .tallies
                            .iter()
                            .any(|(other, _)| other == tally);
                    count - u8::from(same) >= data.limit
                }
            })
        })
    }

    /// Enters an event into the occupancy and the cost, or takes it out.
    fn occupy(&mut self, event: usize, hour: usize, enters: bool) {
        let instance = self.instance;
        let (data, unit) = (&instance.events[event], instance.unit(event));
        let sign = if enters { 1 } else { -1 };
        self.unplaced -= sign * data.length as i64;
        let standing = data.standing[hour];
        self.soft += sign * i64::from(standing.soft);
        self.outside += sign * i64::from(standing.outside);
        self.soft -= self.cost_of_classes(unit);
        self.defects -= self.wrong_longer_days(unit);
        if !enters {
            self.soft -= self.cost_of_neighbours(event, hour);
        }
        let (day, span) = (instance.day(hour), instance.span(hour, data.length));
        let entry = if enters { event as u16 } else { NONE };
        for (stream, weeks) in &unit.streams {
            for week in weeks_of(*weeks) {
                let at = self.stream_at(week, *stream);
                self.change_stream_day(week, *stream, day, span);
                let from = at * instance.hours() + hour;
                self.stream_event[from..from + data.length].fill(entry);
            }
        }
        for (teacher, weeks) in &unit.teachers {
            for week in weeks_of(*weeks) {
                let at = self.teacher_at(week, *teacher);
                self.change_teacher_day(week, *teacher, day, span);
                let from = at * instance.hours() + hour;
                self.teacher_event[from..from + data.length].fill(entry);
            }
        }
        for (tally, weeks) in &unit.tallies {
            for week in weeks_of(*weeks) {
                let at = self.tally_at(week, *tally) * instance.days + day;
                self.tally[at] = if enters {
                    self.tally[at] + 1
                } else {
                    self.tally[at] - 1
                };
            }
        }
        for load in &unit.loads {
            for week in weeks_of(load.weeks) {
                let at = (week * instance.classes.len() + usize::from(load.class)) * instance.days + day;
                self.points[at] += sign as i32 * load.points * data.length as i32;
                self.lessons[at] += sign as i32 * load.cohorts * data.length as i32;
            }
        }
        if enters {
            self.soft += self.cost_of_neighbours(event, hour);
        }
        self.soft += self.cost_of_classes(unit);
        self.defects += self.wrong_longer_days(unit);
        self.change_course(unit, day, enters);
        for list in &mut self.at_hour[hour..hour + data.length] {
            if enters {
                list.push(event as u16);
            } else {
                list.retain(|other| usize::from(*other) != event);
            }
        }
    }
}
