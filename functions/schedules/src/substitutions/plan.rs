//! What is held at an institution in the weeks in question, and who teaches there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use model::{GroupId, InstitutionId, PersonId, Week, Weekday};
use timetables::{ChangeEdit, DatedLesson, VersionedChange};

use super::{
    name::LessonName,
    week::{Held, SchoolWeek},
};
use crate::item::InstitutionRules;

/// A teacher as offers know them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TeacherCard {
    /// As written beside a lesson: «Иванова А. П.».
    pub(crate) name: String,
    /// What they teach at the institution.
    pub(crate) subjects: BTreeSet<String>,
    /// The classes that they teach.
    pub(crate) classes: BTreeSet<GroupId>,
}

/// Weeks of an institution with all that decisions on changes need.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) institution: InstitutionId,
    pub(crate) weeks: BTreeMap<Week, SchoolWeek>,
    pub(crate) teachers: BTreeMap<PersonId, TeacherCard>,
    pub(crate) rules: InstitutionRules,
}

/// A lesson that may be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lesson {
    pub(crate) name: LessonName,
    /// As it was published.
    pub(crate) before: DatedLesson,
    /// How it is changed, if it is.
    pub(crate) change: Option<VersionedChange>,
    /// As it is held; one that is called off: as it was published.
    pub(crate) now: Held,
    /// Whether it is held.
    pub(crate) is_held: bool,
    /// All teachers in whose published weeks it stands.
    pub(crate) published_teachers: BTreeSet<PersonId>,
}

impl Lesson {
    /// The version of its change, 0 without one.
    pub(crate) fn version(&self) -> u64 {
        self.change.as_ref().map_or(0, |change| change.version)
    }

    /// The weeks in which it stands: where it was published, and where it was moved.
    pub(crate) fn weeks(&self) -> BTreeSet<Week> {
        let moved = self.change.iter().flat_map(|found| found.change.weeks());
        moved.chain([Week::of(self.before.date)]).collect()
    }
}

impl Plan {
    /// The week of a date, if it was read.
    pub(crate) fn week_of(&self, date: Date) -> Option<&SchoolWeek> {
        self.weeks.get(&Week::of(date))
    }

    /// A lesson by its name: one that is due by the published week, or that was when it was changed.
    pub(crate) fn lesson(&self, name: LessonName) -> Option<Lesson> {
        let week = self.week_of(name.key.date)?;
        let change = week.change(&name.to_string()).cloned();
        let due = week
            .due(name.key.date, name.key.number, name.group)
            .filter(|taught| taught.is_own);
        let before = match &change {
            Some(found) => found.change.before.clone()?,
            None => DatedLesson::of(name.key.date, &due?.slot),
        };
        let published_teachers = due.map(|taught| taught.teachers.clone()).unwrap_or_default();
        let after = change.as_ref().map(|found| found.change.after.clone());
        let published = Held {
            id: name.to_string(),
            lesson: before.clone(),
            classes: week.classes_of(name.group),
            teachers: match before.slot.teacher {
                Some(teacher) => BTreeSet::from([teacher]),
                None => published_teachers.clone(),
            },
            is_own: true,
        };
        let now = match (&change, &after) {
            (Some(found), Some(Some(after))) => week.held(&found.change, after, true),
            _ => published,
        };
        Some(Lesson {
            name,
            before,
            now,
            is_held: after.is_none_or(|after| after.is_some()),
            change,
            published_teachers,
        })
    }

    /// The lessons of a date that a teacher has by the published week or by a change, by time.
    pub(crate) fn lessons_of(&self, teacher: PersonId, date: Date) -> Vec<Lesson> {
        let Some(week) = self.week_of(date) else {
            return vec![];
        };
        let published = week
            .published_on(date)
            .filter(|(_, taught)| taught.is_own && taught.teachers.contains(&teacher))
            .map(|(lesson, _)| LessonName {
                key: lesson.key(),
                group: lesson.slot.group,
            });
        let mut names: BTreeSet<LessonName> = published.collect();
        let held = week.held_on(date).into_iter();
        let by_change = held.filter(|held| held.is_own && held.teachers.contains(&teacher));
        names.extend(by_change.filter_map(|held| held.id.parse::<LessonName>().ok()));
        let mut lessons: Vec<Lesson> = names
            .into_iter()
            .filter_map(|name| {
                let moved_here = name.key.date != date;
                // A lesson moved here from a week that was not read is found by its change, which stands in both.
                if moved_here && !self.weeks.contains_key(&Week::of(name.key.date)) {
                    return self.moved_lesson(week, name);
                }
                self.lesson(name)
            })
            .collect();
        lessons.sort_by_key(|lesson| (lesson.now.lesson.slot.start, lesson.name));
        lessons
    }

    fn moved_lesson(&self, week: &SchoolWeek, name: LessonName) -> Option<Lesson> {
        let change = week.change(&name.to_string())?;
        let after = change.change.after.as_ref()?;
        Some(Lesson {
            name,
            before: change.change.before.clone()?,
            now: week.held(&change.change, after, true),
            change: Some(change.clone()),
            is_held: true,
            published_teachers: BTreeSet::new(),
        })
    }

    /// When a lesson of a number goes on that day for the classes of a lesson: as their other lessons of that number do,
    /// else by the bells of the institution, else as anybody's lessons of that number do.
    pub(crate) fn bell(&self, lesson: &Held, date: Date, number: u8) -> Option<(Time, Time)> {
        let week = self.week_of(date).or_else(|| self.weeks.values().next())?;
        let weekday = Weekday::of(date);
        let mut of_number: Vec<_> = week
            .taught()
            .iter()
            .filter(|taught| taught.is_own && taught.slot.number == number)
            .collect();
        of_number.sort_by_key(|taught| (taught.slot.weekday != weekday, taught.slot.start));
        let times = |taught: &&super::week::Taught| (taught.slot.start, taught.slot.end);
        let of_class = of_number
            .iter()
            .find(|taught| !taught.classes.is_disjoint(&lesson.classes));
        let by_rules = || {
            let rules = self.rules.as_of(date);
            rules
                .bell(number, None)
                .or_else(|| rules.bells.iter().find(|bell| bell.number == number))
                .map(|bell| (bell.start, bell.end))
        };
        of_class
            .map(times)
            .or_else(by_rules)
            .or_else(|| of_number.first().map(times))
    }

    /// A room as people wrote it, under the name by which the institution knows it.
    pub(crate) fn room(&self, text: &str) -> String {
        self.rules.buildings.canonical(text).into_owned()
    }

    /// The plan as it is after the edits.
    pub(crate) fn with(&self, edits: &[ChangeEdit]) -> Self {
        let mut plan = self.clone();
        for week in plan.weeks.values_mut() {
            week.edit(edits);
        }
        plan
    }
}

/// Who teaches at an institution: by the weeks, with the names of those whom no lesson names alone.
pub(crate) fn teacher_cards(
    weeks: &BTreeMap<Week, SchoolWeek>,
    names: &BTreeMap<PersonId, String>,
) -> BTreeMap<PersonId, TeacherCard> {
    let mut cards: BTreeMap<PersonId, TeacherCard> = BTreeMap::new();
    let taught = weeks.values().flat_map(|week| week.taught());
    for taught in taught.filter(|taught| taught.is_own) {
        for teacher in &taught.teachers {
            let card = cards.entry(*teacher).or_default();
            card.subjects.insert(taught.slot.subject.clone());
            card.classes.extend(taught.classes.iter().copied());
            if taught.slot.teacher == Some(*teacher) {
                card.name.clone_from(&taught.slot.teacher_name);
            } else if card.name.is_empty()
                && let Some(name) = names.get(teacher)
            {
                card.name.clone_from(name);
            }
        }
    }
    cards
}
