//! Teachers' load: lessons that the timetable has planned so far, lessons given, hours a week.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, LessonKey, PersonId};
use serde::{Deserialize, Serialize};
use timetables::{Owner, Timetable, WeekCycle};
use utoipa::ToSchema;

use crate::source::ClassSource;

/// A teacher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct TeacherLoad {
    /// The teacher.
    #[schema(value_type = String)]
    pub(crate) teacher: PersonId,
    /// «Соколова И. С.».
    pub(crate) name: String,
    /// Groups in which they had a lesson to give or gave one.
    pub(crate) groups: usize,
    /// Lessons of the period up to today by the timetable with its substitutions.
    pub(crate) planned: usize,
    /// Lessons that they opened in journals.
    pub(crate) given: usize,
    /// Hours a week by the timetable in force, in halves: a lesson of every second week is one half.
    pub(crate) half_hours: usize,
}

/// The load of an institution's teachers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SchoolLoad {
    /// By name.
    pub(crate) teachers: Vec<TeacherLoad>,
}

/// The classes so far. A lesson of several classes is one: it is counted by its journal, date and number.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    planned: BTreeMap<(GroupId, LessonKey), PersonId>,
    given: BTreeMap<(GroupId, LessonKey), PersonId>,
    half_hours: BTreeMap<PersonId, usize>,
    names: BTreeMap<PersonId, String>,
}

impl Gathered {
    /// No class yet; the hours come from the weeks of the teachers.
    pub(crate) fn new(weeks: Vec<Timetable>) -> Self {
        let mut gathered = Self::default();
        for week in weeks {
            let Owner::Teacher(teacher) = week.owner else {
                continue;
            };
            for slot in &week.slots {
                let halves = if slot.cycle == WeekCycle::Every { 2 } else { 1 };
                *gathered.half_hours.entry(teacher).or_default() += halves;
                if slot.teacher == Some(teacher) {
                    gathered.name(teacher, &slot.teacher_name);
                }
            }
        }
        gathered
    }

    fn name(&mut self, teacher: PersonId, name: &str) {
        if !name.is_empty() {
            self.names.entry(teacher).or_insert_with(|| name.to_owned());
        }
    }

    pub(crate) fn add(&mut self, class: &ClassSource) {
        for (date, lessons) in &class.planned {
            for lesson in lessons {
                let number = lesson.slot.number;
                let Some(teacher) = lesson.slot.teacher else {
                    continue;
                };
                let key = LessonKey { date: *date, number };
                self.planned.insert((lesson.slot.group, key), teacher);
            }
        }
        for journal in &class.journals {
            for lesson in &journal.lessons {
                self.given
                    .insert((lesson.journal, lesson.lesson), lesson.opened_by);
            }
            for teacher in &journal.taught.teachers {
                // The full name of the registry goes before what a timetable writes beside a lesson.
                self.names.insert(teacher.person, teacher.name.initials());
            }
        }
        let named: Vec<_> = class
            .planned
            .values()
            .flatten()
            .filter_map(|lesson| Some((lesson.slot.teacher?, lesson.slot.teacher_name.clone())))
            .collect();
        for (teacher, name) in named {
            self.name(teacher, &name);
        }
    }

    pub(crate) fn finish(self) -> SchoolLoad {
        let everybody: BTreeSet<PersonId> = self
            .planned
            .values()
            .chain(self.given.values())
            .chain(self.half_hours.keys())
            .copied()
            .collect();
        let load = |teacher: PersonId| {
            let of = |lessons: &BTreeMap<(GroupId, LessonKey), PersonId>| -> Vec<GroupId> {
                let own = lessons.iter().filter(|(_, by)| **by == teacher);
                own.map(|((group, _), _)| *group).collect()
            };
            let (planned, given) = (of(&self.planned), of(&self.given));
            TeacherLoad {
                teacher,
                name: self.names.get(&teacher).cloned().unwrap_or_default(),
                groups: planned.iter().chain(&given).collect::<BTreeSet<_>>().len(),
                planned: planned.len(),
                given: given.len(),
                half_hours: self.half_hours.get(&teacher).copied().unwrap_or(0),
            }
        };
        let mut teachers: Vec<TeacherLoad> = everybody.into_iter().map(load).collect();
        teachers.sort_by(|a, b| (&a.name, a.teacher).cmp(&(&b.name, b.teacher)));
        SchoolLoad { teachers }
    }
}
