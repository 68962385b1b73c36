//! The parts of a problem that are not its classes and activities, and how all of them come together.

use std::collections::{BTreeMap, BTreeSet};

use model::PersonId;
use timetable_generator::{
    ActivityIndex, BuildingIndex, Curve, Hour, Problem, Room, RoomIndex, SubjectIndex, Teacher, Travel,
};

use super::{Mode, Plan, Wish};
use crate::{
    buildings::Buildings,
    drafts::{Draft, DraftLesson},
    generation::{
        limits::Limits,
        pupils::Pupils,
        slots::Slots,
        tasks::{Task, courses},
    },
};

/// What a plan is made from.
pub(super) struct Maker<'a> {
    pub(super) draft: &'a Draft,
    pub(super) limits: &'a Limits<'a>,
    pub(super) wish: Wish,
    pub(super) slots: Slots,
    pub(super) pupils: Pupils,
    pub(super) tasks: Vec<Task>,
    pub(super) teachers: Vec<PersonId>,
    pub(super) subjects: Vec<&'a str>,
    pub(super) rooms: Vec<String>,
    pub(super) buildings: &'a Buildings,
    pub(super) fixed: BTreeSet<DraftLesson>,
}

impl Maker<'_> {
    pub(super) fn plan(self) -> Plan {
        let days = self.days(self.tasks.iter());
        let homes = self.homes();
        let mut problem = Problem {
            days,
            slots: self.slots.count().max(1),
            cohorts: self.pupils.cohorts.clone(),
            ..Problem::default()
        };
        problem.classes = self
            .draft
            .classes
            .values()
            .map(|class| self.class(class, days))
            .collect();
        problem.teachers = self
            .teachers
            .iter()
            .map(|teacher| self.teacher(*teacher, &homes, days))
            .collect();
        problem.rooms = self.rooms.iter().map(|room| self.room(room)).collect();
        problem.travel = self.travel(&problem.rooms);
        let peak: Vec<u8> = self.limits.hardest_days();
        let within = |all: Vec<u8>| all.into_iter().filter(|day| *day < days).collect();
        problem.curve = Curve {
            light: if peak.is_empty() {
                Vec::new()
            } else {
                within(vec![3, 4])
            },
            peak: within(peak),
        };
        let mut previous = Vec::new();
        for (at, task) in self.tasks.iter().enumerate() {
            let index = ActivityIndex::from(at);
            let activity = self.activity(task, &homes, &mut problem.groups);
            previous.extend(self.previous(task, index, &activity));
            problem.activities.push(activity);
        }
        self.limit_subjects(&mut problem, &previous);
        problem.blocks = self.blocks(&problem);
        Plan {
            problem,
            previous,
            classes: self.draft.classes.keys().copied().collect(),
            tasks: self.tasks,
            teachers: self.teachers,
            rooms: self.rooms,
            slots: self.slots,
            fixed: self.fixed,
        }
    }

    /// Whether a lesson that stands counts for where it stands.
    pub(super) fn counts(&self, lesson: &DraftLesson) -> bool {
        self.wish.mode != Mode::Anew || self.fixed.contains(lesson)
    }

    /// The days of the week: those that are wanted, and more if lessons stand there that count.
    pub(super) fn days<'t>(&self, tasks: impl Iterator<Item = &'t Task>) -> u8 {
        let standing = tasks.flat_map(|task| &task.standing);
        let last = standing
            .filter(|lesson| self.counts(lesson))
            .map(|lesson| lesson.day.number());
        last.max().unwrap_or(1).max(self.wish.days)
    }

    pub(super) fn subject(&self, name: &str) -> SubjectIndex {
        SubjectIndex::from(self.subjects.iter().position(|known| *known == name).unwrap_or(0))
    }

    pub(super) fn teacher(
        &self,
        teacher: PersonId,
        homes: &BTreeMap<PersonId, RoomIndex>,
        days: u8,
    ) -> Teacher {
        let hours = self.draft.terms.unavailable.get(&teacher).into_iter().flatten();
        let closed = hours.flat_map(|hour| {
            let slots = self.slots.of_number(hour.1).into_iter();
            slots.map(|slot| Hour::new(hour.0.number() - 1, slot))
        });
        Teacher {
            unavailable: closed.filter(|hour| hour.day < days).collect(),
            home: homes.get(&teacher).copied(),
            ..Teacher::default()
        }
    }

    pub(super) fn room(&self, room: &str) -> Room {
        Room {
            capacity: self.buildings.capacity(room),
            features: Vec::new(),
            building: self.buildings.place(room).map(BuildingIndex::from),
            places: self.places_of(room),
            closed: Vec::new(),
        }
    }

    /// How many lessons a room holds, however it is named where that was said.
    fn places_of(&self, room: &str) -> u8 {
        let named = self.draft.terms.places.iter();
        let named = named.filter(|(known, _)| self.buildings.canonical(known) == room);
        named.map(|(_, places)| *places).max().unwrap_or(1).max(1)
    }

    /// The way between buildings, where lessons may be in several. It is weighed and not forbidden: people may know a way round,
    /// and a lesson that finds no place helps nobody.
    fn travel(&self, rooms: &[Room]) -> Option<Travel> {
        let minutes = self.buildings.passage();
        let used: BTreeSet<BuildingIndex> = rooms.iter().filter_map(|room| room.building).collect();
        (minutes > 0 && used.len() > 1).then(|| Travel {
            // A free lesson with its breaks is 45 minutes at least.
            slots: if minutes > 45 { 2 } else { 1 },
            long_breaks: self.slots.long_breaks(minutes),
            hard: false,
        })
    }

    /// The room that most of a teacher's lessons and courses have.
    pub(super) fn homes(&self) -> BTreeMap<PersonId, RoomIndex> {
        let mut uses: BTreeMap<PersonId, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut count = |teachers: &[PersonId], room: &str| {
            let room = self.buildings.canonical(room);
            let Some(known) = self.rooms.iter().find(|known| **known == *room) else {
                return;
            };
            for teacher in teachers {
                *uses
                    .entry(*teacher)
                    .or_default()
                    .entry(known.as_str())
                    .or_default() += 1;
            }
        };
        for (_, lesson) in self.draft.lessons() {
            count(&lesson.teachers, &lesson.room);
        }
        for (_, course) in courses(self.draft) {
            if let [only] = course.rooms.as_slice() {
                count(&course.teachers, only);
            }
        }
        let most = |rooms: BTreeMap<&str, usize>| {
            let room = rooms.into_iter().rev().max_by_key(|(_, uses)| *uses)?.0;
            self.room_index(room)
        };
        uses.into_iter()
            .filter_map(|(teacher, rooms)| Some((teacher, most(rooms)?)))
            .collect()
    }

    pub(super) fn room_index(&self, room: &str) -> Option<RoomIndex> {
        let room = self.buildings.canonical(room);
        self.rooms
            .iter()
            .position(|known| **known == *room)
            .map(RoomIndex::from)
    }
}
