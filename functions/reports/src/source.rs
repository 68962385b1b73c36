//! What reports are made of: a class in a period, read from the tables of registry, schedules and journals.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use gradebook::{Gradebook, JournalPeriod, PupilRow};
use jiff::{ToSpan, civil::Date};
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionCalendar, LessonKey, PersonId};
use rosters::{ClassTeaching, GroupMemberships, Membership, Rosters};
use store::StoreError;
use timetables::{Owner, OwnerPlan, PlannedLesson, Timetables};

use crate::absence::Day;

/// The tables of the other features, to read.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub(crate) rosters: Rosters,
    pub(crate) timetables: Timetables,
    pub(crate) gradebook: Gradebook,
}

/// A journal of the class in the period.
#[derive(Debug)]
pub(crate) struct JournalSource {
    /// What it is and who teaches.
    pub(crate) taught: ClassTeaching,
    /// Lessons by time, up to today.
    pub(crate) lessons: Vec<gradebook::Lesson>,
    /// The rows by pupil.
    pub(crate) rows: BTreeMap<PersonId, PupilRow>,
}

/// A class in a period.
#[derive(Debug)]
pub(crate) struct ClassSource {
    /// The class.
    pub(crate) class: GroupMemberships,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// Its journals, by subject and title.
    pub(crate) journals: Vec<JournalSource>,
    /// What the timetable has held on each day of the period up to today; empty where the timetable was not read.
    pub(crate) planned: BTreeMap<Date, Vec<PlannedLesson>>,
    /// The day of the report.
    pub(crate) today: Date,
}

impl Sources {
    /// A class and its journals: 2 queries, 7 units for 27 pupils with 16 journals.
    pub(crate) async fn class(
        &self,
        class: GroupId,
    ) -> Result<Option<(GroupMemberships, Vec<ClassTeaching>)>, StoreError> {
        let (roster, mut taught) = tokio::try_join!(
            self.rosters.memberships(class),
            self.rosters.teaching_of_class(class)
        )?;
        let Some(roster) = roster.filter(|roster| roster.group.kind == GroupKind::Class) else {
            return Ok(None);
        };
        // A kindergarten's group keeps a register by days, which has the id of the group itself.
        if roster.group.grade.is_none() {
            taught.push(ClassTeaching {
                class,
                group: class,
                subject: roster.group.title.clone(),
                title: roster.group.title.clone(),
                teachers: roster.teachers.iter().map(Membership::member).collect(),
            });
        }
        taught.sort_by(|a, b| (&a.subject, &a.title).cmp(&(&b.subject, &b.title)));
        Ok(Some((roster, taught)))
    }

    /// Those journals of the class in a period; with the timetable, where full days are asked for. One query for each journal
    /// (3–8 units), one for all weeks of the class, one get of the calendar; all in parallel.
    pub(crate) async fn period(
        &self,
        class: GroupMemberships,
        period: AcademicPeriod,
        taught: Vec<ClassTeaching>,
        today: Date,
        with_timetable: bool,
    ) -> Result<ClassSource, StoreError> {
        let periods = taught
            .iter()
            .map(|taught| self.gradebook.period(taught.group, &period.id));
        let (periods, (plan, calendar)) =
            tokio::try_join!(try_join_all(periods), self.plan(&class, with_timetable))?;
        let journals = taught.into_iter().zip(periods);
        Ok(ClassSource {
            journals: journals
                .filter_map(|(taught, period)| JournalSource::new(taught, period, today))
                .collect(),
            planned: planned(&plan, calendar.as_ref(), &period, today),
            class,
            period,
            today,
        })
    }

    async fn plan(
        &self,
        class: &GroupMemberships,
        wanted: bool,
    ) -> Result<(OwnerPlan, Option<InstitutionCalendar>), StoreError> {
        if !wanted {
            return Ok((OwnerPlan::default(), None));
        }
        tokio::try_join!(
            self.timetables.plan_of_all(Owner::Class(class.group.group)),
            self.timetables.calendar(class.group.institution)
        )
    }
}

/// The lessons that were to be held on each day of the period up to today.
fn planned(
    plan: &OwnerPlan,
    calendar: Option<&InstitutionCalendar>,
    period: &AcademicPeriod,
    today: Date,
) -> BTreeMap<Date, Vec<PlannedLesson>> {
    let last = period.end.min(today);
    let days = period.start.series(1.days()).take_while(|date| *date <= last);
    days.map(|date| {
        let mut lessons = plan.on(date, calendar);
        lessons.retain(|lesson| lesson.state.is_held());
        (date, lessons)
    })
    .filter(|(_, lessons)| !lessons.is_empty())
    .collect()
}

impl JournalSource {
    /// A journal in which something stands; the register that a class of a school does not have is none.
    pub(crate) fn new(taught: ClassTeaching, period: JournalPeriod, today: Date) -> Option<Self> {
        let is_own = taught.class == taught.group;
        if is_own && period.lessons.is_empty() {
            return None;
        }
        let lessons = period.lessons.into_iter().map(|lesson| lesson.record);
        Some(Self {
            taught,
            lessons: lessons.filter(|lesson| lesson.lesson.date <= today).collect(),
            rows: period.rows.into_iter().map(|row| (row.key.pupil, row)).collect(),
        })
    }

    /// Whether a pupil learned in the group of the journal on a date; see [`ClassSource::belongs`] for full days.
    pub(crate) fn has(&self, pupil: &Membership, date: Date) -> bool {
        let group = self.taught.group;
        let learns = || {
            pupil
                .learns_in
                .iter()
                .any(|learns| learns.group == group && learns.holds_on(date))
        };
        // A class that was not imported with its groups tells of none: then the rows do.
        let has_row = || pupil.learns_in.is_empty() && self.rows.contains_key(&pupil.person);
        pupil.holds_on(date) && (group == self.taught.class || learns() || has_row())
    }

    /// Whether a pupil learned in the group at any time of the period.
    pub(crate) fn had(&self, pupil: &Membership, period: &AcademicPeriod) -> bool {
        let group = self.taught.group;
        let learned = pupil.learns_in.iter().any(|learns| {
            learns.group == group
                && learns.from.is_none_or(|from| from <= period.end)
                && learns.until.is_none_or(|until| period.start <= until)
        });
        learned || group == self.taught.class || self.rows.contains_key(&pupil.person)
    }
}

impl ClassSource {
    /// The pupils who belonged to the class at any time of the period, by name.
    pub(crate) fn pupils(&self) -> impl Iterator<Item = &Membership> {
        self.class.pupils.iter().filter(|pupil| {
            pupil.from.is_none_or(|from| from <= self.period.end)
                && pupil.until.is_none_or(|until| self.period.start <= until)
        })
    }

    /// Whether the lessons of a journal on a date were a pupil's.
    ///
    /// Where a class was imported without its groups nobody has told who learns in which of them. A subject with one journal is
    /// the whole class's. Of a subject with several a pupil belongs to the one that has said anything of the pupil in the
    /// period, and not to the others; while none has, it is not known.
    fn belongs(&self, journal: &JournalSource, pupil: &Membership, date: Date) -> Belongs {
        let is_known = !pupil.learns_in.is_empty() || journal.taught.group == journal.taught.class;
        if is_known || !pupil.holds_on(date) {
            return Belongs::of(journal.has(pupil, date));
        }
        let mut others = self.journals.iter().filter(|other| {
            other.taught.subject == journal.taught.subject && other.taught.group != journal.taught.group
        });
        if journal.rows.contains_key(&pupil.person) {
            return Belongs::Yes;
        }
        let Some(first) = others.next() else {
            return Belongs::Yes;
        };
        let is_elsewhere = std::iter::once(first)
            .chain(others)
            .any(|other| other.rows.contains_key(&pupil.person));
        if is_elsewhere {
            Belongs::No
        } else {
            Belongs::Unknown
        }
    }

    /// The days of a pupil up to today, with what the journals say of the lessons of the pupil's groups. A lesson of which it is
    /// not known whether it was the pupil's stands as one that was not missed, once at its time, so that no day is called
    /// missed that may not have been.
    pub(crate) fn days(&self, pupil: &Membership) -> BTreeMap<Date, Day> {
        let mut days: BTreeMap<Date, Day> = BTreeMap::new();
        let mut opened: BTreeMap<(Date, GroupId), usize> = BTreeMap::new();
        let (mut certain, mut possible) = (BTreeSet::new(), BTreeSet::new());
        for journal in &self.journals {
            let row = journal.rows.get(&pupil.person);
            for lesson in &journal.lessons {
                let LessonKey { date, .. } = lesson.lesson;
                match self.belongs(journal, pupil, date) {
                    Belongs::Yes => {
                        let cell = row.and_then(|row| row.cells.get(&lesson.lesson));
                        let attendance = cell.and_then(|cell| cell.value.attendance);
                        days.entry(date).or_default().lessons.push(attendance);
                        certain.insert(lesson.lesson);
                    }
                    Belongs::Unknown => {
                        possible.insert(lesson.lesson);
                    }
                    Belongs::No => continue,
                }
                *opened.entry((date, journal.taught.group)).or_default() += 1;
            }
        }
        for lesson in possible.difference(&certain) {
            days.entry(lesson.date).or_default().lessons.push(None);
        }
        for journal in &self.journals {
            for (date, lessons) in &self.planned {
                let group = journal.taught.group;
                let due = lessons.iter().filter(|lesson| lesson.slot.group == group).count();
                let missing = due.saturating_sub(opened.get(&(*date, group)).copied().unwrap_or(0));
                if missing > 0 && self.belongs(journal, pupil, *date) != Belongs::No {
                    days.entry(*date).or_default().unrecorded += missing;
                }
            }
        }
        days
    }
}

/// Whether lessons are a pupil's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// They are.
    Yes,
    /// They are not.
    No,
    /// Nobody has told.
    Unknown,
}

impl Belongs {
    const fn of(belongs: bool) -> Self {
        if belongs { Self::Yes } else { Self::No }
    }
}
