//! A timetable in the making: what each class has to learn, and where in the week its lessons stand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use model::{Bell, GroupId, LessonKey, PersonId, Weekday};
use serde::{Deserialize, Serialize};
use timetables::WeekCycle;
use utoipa::ToSchema;

use super::terms::Terms;
use crate::{
    buildings::Buildings,
    item::{BellRule, InstitutionRules},
};

/// A lesson of the draft's week. Two people who see the same of it see the same lesson.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct DraftLesson {
    /// The teaching group.
    #[schema(value_type = String)]
    pub group: GroupId,
    /// The day, Monday = 1.
    #[schema(value_type = u8)]
    pub day: Weekday,
    /// The number in the day's bells, 1–16.
    pub number: u8,
    /// In which weeks: `every`, `a`, `b`.
    #[schema(value_type = String)]
    #[serde(default = "every")]
    pub cycle: WeekCycle,
    /// Where; empty while it is not known.
    #[serde(default)]
    pub room: String,
    /// Who teaches, in order; empty in a request for those who teach the group.
    #[schema(value_type = Vec<String>)]
    #[serde(default)]
    pub teachers: Vec<PersonId>,
    /// Whether the generator has to leave it where it is.
    #[serde(default)]
    pub pinned: bool,
}

const fn every() -> WeekCycle {
    WeekCycle::Every
}

impl DraftLesson {
    /// The longest name of a room, in characters.
    pub const LONGEST_ROOM: usize = 40;

    /// What it counts among the hours of a week, in halves: 2 if it is held every week, else 1.
    pub const fn halves(&self) -> u8 {
        halves(self.cycle)
    }

    /// By which the lessons of a day stand.
    pub fn order(&self) -> (u8, u8, GroupId, WeekCycle) {
        (self.day.number(), self.number, self.group, self.cycle)
    }

    /// Whether day and number are such that a timetable can have them.
    pub fn is_in_week(&self) -> bool {
        (1..=LessonKey::MOST_A_DAY).contains(&self.number)
    }
}

/// What a lesson of a cycle counts among the hours of a week, in halves.
pub const fn halves(cycle: WeekCycle) -> u8 {
    match cycle {
        WeekCycle::Every => 2,
        WeekCycle::A | WeekCycle::B => 1,
    }
}

/// Whether lessons of two cycles meet in some week.
pub fn meets(one: WeekCycle, other: WeekCycle) -> bool {
    one == other || one == WeekCycle::Every || other == WeekCycle::Every
}

/// Which pupils of a class a teaching group takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// All of them.
    Whole,
    /// Some of them, nobody knows yet which: there are no lists. Such groups may stand side by side.
    Part,
    /// Those of these cohorts. A cohort are the pupils who are in exactly the same groups of the class; there are at most
    /// 128, and the pupils of further ones count as of the last.
    Cohorts(u128),
}

impl Audience {
    /// Whether a pupil is in both of two groups.
    pub const fn shares_pupils(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole, _) | (_, Self::Whole) => true,
            (Self::Cohorts(one), Self::Cohorts(other)) => one & other != 0,
            (Self::Part, _) | (_, Self::Part) => false,
        }
    }
}

/// What a class learns in one teaching group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The teaching group.
    pub group: GroupId,
    /// What is taught.
    pub subject: String,
    /// The group's title.
    pub title: String,
    /// The classes from which the group draws, in order; several for a metagroup. Each of them has this course.
    pub classes: Vec<GroupId>,
    /// The year of study by whose bells it is taught.
    pub grade: Option<u8>,
    /// Which pupils of the class it takes.
    pub audience: Audience,
    /// Who teaches it, in order.
    pub teachers: Vec<PersonId>,
    /// The hours a week of the curriculum, in halves; none if nobody has said.
    pub hours: Option<u8>,
    /// The rooms in any of which it may be taught; empty for those in which its lessons stand.
    pub rooms: Vec<String>,
}

/// A class with its courses and lessons. A teaching group that draws from no class (of an art school) stands as one too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftClass {
    /// The class.
    pub class: GroupId,
    /// What people call it.
    pub title: String,
    /// By subject and title.
    pub courses: Vec<Course>,
    /// The names of the teachers as written beside a lesson.
    pub people: BTreeMap<PersonId, String>,
    /// The lessons, those of metagroups too: they stand alike in each class of the group.
    pub lessons: BTreeSet<DraftLesson>,
}

impl DraftClass {
    /// The course of a group.
    pub fn course(&self, group: GroupId) -> Option<&Course> {
        self.courses.iter().find(|course| course.group == group)
    }

    /// The lessons of a group.
    pub fn lessons_of(&self, group: GroupId) -> impl Iterator<Item = &DraftLesson> {
        self.lessons.iter().filter(move |lesson| lesson.group == group)
    }

    /// How many hours of a group stand in the week, in halves.
    pub fn placed(&self, group: GroupId) -> u8 {
        self.lessons_of(group)
            .fold(0, |sum, lesson| sum.saturating_add(lesson.halves()))
    }

    /// The lessons of a day and number, in order.
    pub fn at(&self, day: Weekday, number: u8) -> impl Iterator<Item = &DraftLesson> {
        self.lessons
            .iter()
            .filter(move |lesson| lesson.day == day && lesson.number == number)
    }
}

/// A whole draft: every class, and what else binds its lessons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The classes.
    pub classes: BTreeMap<GroupId, DraftClass>,
    /// When teachers cannot teach, and how many lessons a room holds.
    pub terms: Terms,
}

impl Draft {
    /// The course of a group, as the first of its classes has it.
    pub fn course(&self, group: GroupId) -> Option<&Course> {
        self.classes.values().find_map(|class| class.course(group))
    }

    /// Each lesson once, with its course, as the first class of its group has them.
    pub fn lessons(&self) -> impl Iterator<Item = (&Course, &DraftLesson)> {
        self.classes.values().flat_map(move |class| {
            let first = move |course: &&Course| self.first_class(course) == Some(class.class);
            let own: BTreeMap<GroupId, &Course> = class
                .courses
                .iter()
                .filter(first)
                .map(|course| (course.group, course))
                .collect();
            class
                .lessons
                .iter()
                .filter_map(move |lesson| Some((*own.get(&lesson.group)?, lesson)))
        })
    }

    /// The first class of a course that is in the draft.
    pub fn first_class(&self, course: &Course) -> Option<GroupId> {
        let known = |class: &&GroupId| self.classes.contains_key(*class);
        course.classes.iter().find(known).copied()
    }

    /// A teacher's name.
    pub fn person(&self, person: PersonId) -> Option<&str> {
        self.classes
            .values()
            .find_map(|class| class.people.get(&person))
            .map(String::as_str)
    }

    /// The teachers by name, each once.
    pub fn people(&self) -> Vec<(PersonId, &str)> {
        let all: BTreeMap<PersonId, &str> = self
            .classes
            .values()
            .flat_map(|class| class.people.iter().map(|(id, name)| (*id, name.as_str())))
            .collect();
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|one, other| (one.1, one.0).cmp(&(other.1, other.0)));
        all
    }

    /// The rooms by name, each once.
    pub fn rooms(&self) -> BTreeSet<&str> {
        let used = self
            .classes
            .values()
            .flat_map(|class| class.lessons.iter().map(|lesson| lesson.room.as_str()));
        let courses = self.classes.values().flat_map(|class| class.courses.iter());
        let chosen = courses.flat_map(|course| course.rooms.iter().map(String::as_str));
        let named = self.terms.places.keys().map(String::as_str).chain(chosen);
        used.chain(named).filter(|room| !room.is_empty()).collect()
    }
}

/// Beginning and end of a lesson, local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The beginning.
    pub start: Time,
    /// The end.
    pub end: Time,
}

impl Times {
    /// Whether two lessons of one day are held at the same time, if only for a minute.
    pub fn overlap(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// By which times lessons of a number are held.
#[derive(Debug, Clone)]
pub struct Bells(InstitutionRules);

impl Bells {
    /// The bells of an institution.
    pub(crate) const fn new(rules: InstitutionRules) -> Self {
        Self(rules)
    }

    /// Bells that are the same for every year of study.
    pub fn same_for_all(bells: &[Bell]) -> Self {
        let rule = |bell: &Bell| BellRule {
            shift: 1,
            number: bell.number,
            grades: Vec::new(),
            from: None,
            start: bell.start,
            end: bell.end,
        };
        let rules = InstitutionRules::none(model::InstitutionId::from_bits(0));
        Self(InstitutionRules {
            bells: bells.iter().map(rule).collect(),
            ..rules
        })
    }

    /// The times of a lesson; none if there is no such lesson in the year of study's day.
    pub fn times(&self, number: u8, grade: Option<u8>) -> Option<Times> {
        self.0.bell(number, grade).map(|bell| Times {
            start: bell.start,
            end: bell.end,
        })
    }

    /// The greatest number of any bell.
    pub fn last(&self) -> u8 {
        self.0.bells.iter().map(|bell| bell.number).max().unwrap_or(0)
    }

    /// The buildings of the institution.
    pub(crate) const fn buildings(&self) -> &Buildings {
        &self.0.buildings
    }

    /// The rules they come from.
    pub(crate) const fn rules(&self) -> &InstitutionRules {
        &self.0
    }
}
