//! A week of an institution: what is published, what differs, and so what is held when, by whom and where.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{GroupId, InstitutionCalendar, PersonId, Week};
use timetables::{ChangeEdit, DatedLesson, LessonChange, Owner, Slot, Timetable, VersionedChange, WeekCycle};

/// A lesson of the published week, whether or not it is due in the week in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taught {
    pub(crate) slot: Slot,
    /// The classes in whose weeks it stands.
    pub(crate) classes: BTreeSet<GroupId>,
    /// The teachers in whose weeks it stands.
    pub(crate) teachers: BTreeSet<PersonId>,
    /// When it is due in this week, unless the day is off.
    date: Option<Date>,
    /// Whether it is a lesson of this institution: its teachers may teach at others too.
    pub(crate) is_own: bool,
}

impl Taught {
    fn lesson(&self, date: Date) -> DatedLesson {
        DatedLesson::of(date, &self.slot)
    }
}

/// A lesson as it is held on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// Its name among changes, which it keeps however it is changed.
    pub(crate) id: String,
    pub(crate) lesson: DatedLesson,
    pub(crate) classes: BTreeSet<GroupId>,
    pub(crate) teachers: BTreeSet<PersonId>,
    pub(crate) is_own: bool,
}

impl Held {
    /// Whether both go on at some moment.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (&self.lesson, &other.lesson);
        a.date == b.date && a.slot.start < b.slot.end && b.slot.start < a.slot.end
    }

    pub(crate) fn shares_class(&self, other: &Self) -> bool {
        !self.classes.is_disjoint(&other.classes)
    }
}

/// A change as it stands, and whether it is this institution's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    versioned: VersionedChange,
    is_own: bool,
}

/// What the weeks of an institution say, and what differs in one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SchoolWeek {
    pub(crate) week: Week,
    pub(crate) calendar: InstitutionCalendar,
    /// How many edits the institution's changes of this week have seen.
    pub(crate) revision: u64,
    taught: Vec<Taught>,
    changes: BTreeMap<String, Standing>,
}

impl SchoolWeek {
    /// A week from the weeks of the classes and teachers that hold in it; `foreign` are the groups of other institutions.
    pub(crate) fn new(
        week: Week,
        calendar: InstitutionCalendar,
        timetables: &[Timetable],
        foreign: &BTreeSet<GroupId>,
    ) -> Self {
        let mut found: BTreeMap<(GroupId, u8, u8, u8), (Taught, bool)> = BTreeMap::new();
        for timetable in timetables {
            for slot in &timetable.slots {
                let date = date_of(week, slot);
                let is_own = !foreign.contains(&slot.group);
                let key = (
                    slot.group,
                    slot.weekday.number(),
                    slot.number,
                    cycle_place(slot.cycle),
                );
                let (taught, is_due) = found.entry(key).or_insert_with(|| {
                    let taught = Taught {
                        slot: slot.clone(),
                        classes: BTreeSet::new(),
                        teachers: slot.teacher.into_iter().collect(),
                        date: None,
                        is_own,
                    };
                    (taught, !is_own || calendar.day_off(date).is_none())
                });
                *is_due &= timetable.is_due(slot, date);
                match timetable.owner {
                    Owner::Class(class) => taught.classes.insert(class),
                    Owner::Teacher(teacher) => taught.teachers.insert(teacher),
                    Owner::Group(_) => false,
                };
            }
        }
        let taught = found.into_values().map(|(taught, is_due)| Taught {
            date: is_due.then(|| date_of(week, &taught.slot)),
            ..taught
        });
        Self {
            week,
            taught: taught.collect(),
            calendar,
            revision: 0,
            changes: BTreeMap::new(),
        }
    }

    /// With the institution's own changes as of a revision.
    pub(crate) fn with_changes(mut self, changes: Vec<VersionedChange>, revision: u64) -> Self {
        self.revision = revision;
        let own = changes.into_iter().map(|versioned| Standing {
            versioned,
            is_own: true,
        });
        self.changes
            .extend(own.map(|standing| (standing.versioned.change.id(), standing)));
        self
    }

    /// With what a teacher's own week says of lessons at other institutions.
    pub(crate) fn add_elsewhere(&mut self, changes: Vec<VersionedChange>) {
        for versioned in changes {
            let id = versioned.change.id();
            self.changes.entry(id).or_insert(Standing {
                versioned,
                is_own: false,
            });
        }
    }

    /// With the edits that concern this week.
    pub(crate) fn edit(&mut self, edits: &[ChangeEdit]) {
        for edit in edits {
            let id = edit.change.id();
            if edit.is_removed {
                self.changes.remove(&id);
                continue;
            }
            if edit.change.weeks().any(|week| week == self.week) {
                let versioned = VersionedChange {
                    version: edit.seen + 1,
                    change: edit.change.clone(),
                };
                let is_own = true;
                self.changes.insert(id, Standing { versioned, is_own });
            } else {
                self.changes.remove(&id);
            }
        }
    }

    /// All lessons of the published week, due or not.
    pub(crate) fn taught(&self) -> &[Taught] {
        &self.taught
    }

    /// The institution's changes, by what they change.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &VersionedChange> {
        self.changes
            .values()
            .filter(|standing| standing.is_own)
            .map(|standing| &standing.versioned)
    }

    /// A change of the institution by its name.
    pub(crate) fn change(&self, id: &str) -> Option<&VersionedChange> {
        let standing = self.changes.get(id).filter(|standing| standing.is_own)?;
        Some(&standing.versioned)
    }

    /// The published lesson of a name, if it is due.
    pub(crate) fn due(&self, date: Date, number: u8, group: GroupId) -> Option<&Taught> {
        self.taught.iter().find(|taught| {
            taught.date == Some(date) && taught.slot.number == number && taught.slot.group == group
        })
    }

    /// The lessons of the date as they were published.
    pub(crate) fn published_on(&self, date: Date) -> impl Iterator<Item = (DatedLesson, &Taught)> {
        self.taught
            .iter()
            .filter(move |taught| taught.date == Some(date))
            .map(move |taught| (taught.lesson(date), taught))
    }

    /// The lessons of a date as they are held, by time.
    pub(crate) fn held_on(&self, date: Date) -> Vec<Held> {
        let as_published = self.published_on(date).filter_map(|(lesson, taught)| {
            let id = format!("{}-{}", lesson.key(), lesson.slot.group);
            (!self.changes.contains_key(&id)).then(|| Held {
                id,
                lesson,
                classes: taught.classes.clone(),
                teachers: taught.teachers.clone(),
                is_own: taught.is_own,
            })
        });
        let changed = self.changes.values().filter_map(|standing| {
            let lesson = standing.versioned.change.after.as_ref()?;
            (lesson.date == date).then(|| self.held(&standing.versioned.change, lesson, standing.is_own))
        });
        let mut held: Vec<Held> = as_published.chain(changed).collect();
        held.sort_by_key(|held| {
            let slot = &held.lesson.slot;
            (slot.start, slot.number, slot.title.clone(), slot.group)
        });
        held
    }

    /// A lesson as a change says that it is held.
    pub(crate) fn held(&self, change: &LessonChange, lesson: &DatedLesson, is_own: bool) -> Held {
        let slot = &lesson.slot;
        let before = change.before.as_ref().map(|before| &before.slot);
        // Several teachers of one lesson have no id in it; whoever else teaches has.
        let as_published =
            before.filter(|before| before.teacher.is_none() && before.teacher_name == slot.teacher_name);
        let teachers = match (slot.teacher, as_published) {
            (Some(teacher), _) => BTreeSet::from([teacher]),
            (None, Some(before)) => self
                .taught
                .iter()
                .filter(|taught| taught.slot.group == before.group && taught.slot.number == before.number)
                .filter(|taught| taught.slot.weekday == before.weekday)
                .flat_map(|taught| taught.teachers.iter().copied())
                .collect(),
            (None, None) => BTreeSet::new(),
        };
        Held {
            id: change.id(),
            lesson: lesson.clone(),
            classes: self.classes_of(slot.group),
            teachers,
            is_own,
        }
    }

    /// The classes in whose published weeks the group stands.
    pub(crate) fn classes_of(&self, group: GroupId) -> BTreeSet<GroupId> {
        self.taught
            .iter()
            .filter(|taught| taught.slot.group == group)
            .flat_map(|taught| taught.classes.iter().copied())
            .collect()
    }

    /// Whether the published week holds lessons of both groups at one time, and what they share there says `shared`.
    pub(crate) fn side_by_side(
        &self,
        (one, other): (GroupId, GroupId),
        shared: impl Fn(&Taught, &Taught) -> bool,
    ) -> bool {
        let of = |group| {
            self.taught
                .iter()
                .filter(move |taught| taught.slot.group == group)
        };
        one != other && of(one).any(|a| of(other).any(|b| meet(&a.slot, &b.slot) && shared(a, b)))
    }
}

/// Whether two lessons of the published week go on at one time in some week.
fn meet(a: &Slot, b: &Slot) -> bool {
    let in_one_week = a.cycle == b.cycle || a.cycle == WeekCycle::Every || b.cycle == WeekCycle::Every;
    in_one_week && a.weekday == b.weekday && a.start < b.end && b.start < a.end
}

fn date_of(week: Week, slot: &Slot) -> Date {
    let days = i64::from(slot.weekday.number()) - 1;
    week.monday().saturating_add(jiff::ToSpan::days(days))
}

const fn cycle_place(cycle: WeekCycle) -> u8 {
    match cycle {
        WeekCycle::Every => 0,
        WeekCycle::A => 1,
        WeekCycle::B => 2,
    }
}
