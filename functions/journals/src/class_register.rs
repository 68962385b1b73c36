//! Who of a class is there on a day: its pupils by the day's lessons in all subjects and groups. Pure.

use std::collections::BTreeMap;

use gradebook::{ClassLesson, ClassNotice, PupilRow};
use jiff::civil::Date;
use model::{Attendance, GroupId, LessonKey, PersonId};
use rosters::{Member, Membership};
use timetables::PlannedLesson;

/// A lesson of the day; subgroups that have the same subject at the same time stand in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegisterLesson {
    /// The number in the day.
    pub(crate) number: u8,
    /// What is taught.
    pub(crate) subject: String,
    /// The journals of its groups, and whether the lesson is opened there.
    pub(crate) journals: BTreeMap<GroupId, bool>,
}

/// What is known of a pupil at a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The lesson is not one of the pupil's.
    NotTheirs,
    /// It is not opened: nobody has noted anything.
    NotOpened,
    /// The pupil is there.
    Present,
    /// What the journal says.
    Noted(Attendance),
    /// The journal says nothing yet; it was told that the pupil does not come.
    Told(Attendance),
}

impl Presence {
    /// Whether the lesson is the pupil's.
    const fn is_theirs(self) -> bool {
        !matches!(self, Self::NotTheirs)
    }

    /// Whether the journal says that the pupil missed it.
    const fn is_missed(self) -> bool {
        matches!(self, Self::Noted(attendance) if attendance.is_missed())
    }

    const fn is_there(self) -> bool {
        matches!(self, Self::Present) || matches!(self, Self::Noted(attendance) if !attendance.is_missed())
    }
}

/// How a pupil's day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayState {
    /// None of the pupil's lessons is opened, and nothing was told.
    Unknown,
    /// There at every lesson that was opened.
    Present,
    /// There at some and not at others.
    Partly,
    /// At none of those that were opened; or none is opened yet, and it was told that the pupil does not come.
    Absent {
        /// Why: what journals say most often, else what was told.
        reason: Attendance,
        /// Whether the day is missed as a whole: every lesson of the pupil's class or subgroups was held without them.
        is_whole_day: bool,
    },
}

/// A pupil's line.
#[derive(Debug, Clone)]
pub(crate) struct RegisterPupil {
    /// The pupil.
    pub(crate) member: Member,
    /// In the order of the lessons.
    pub(crate) lessons: Vec<Presence>,
    /// The day.
    pub(crate) day: DayState,
    /// What was told for the day.
    pub(crate) notice: Option<ClassNotice>,
}

impl RegisterPupil {
    /// Whether the pupil came late to any lesson.
    pub(crate) fn is_late(&self) -> bool {
        self.lessons.contains(&Presence::Noted(Attendance::Late))
    }

    /// Why the pupil is absent, and whether for the whole day.
    pub(crate) const fn absence(&self) -> Option<(Attendance, bool)> {
        match self.day {
            DayState::Absent { reason, is_whole_day } => Some((reason, is_whole_day)),
            DayState::Unknown | DayState::Present | DayState::Partly => None,
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Pupils of the class.
    pub(crate) pupils: usize,
    /// There at every lesson so far.
    pub(crate) present: usize,
    /// There at some lessons only.
    pub(crate) partly: usize,
    /// Absent so far.
    pub(crate) absent: usize,
    /// Of them for the whole day.
    pub(crate) whole_day: usize,
    /// Of them without a notice.
    pub(crate) untold: usize,
    /// The absent by reason, as far as there are any.
    pub(crate) reasons: Vec<(Attendance, usize)>,
    /// Late at any lesson.
    pub(crate) late: usize,
    /// Of whom nothing is known yet.
    pub(crate) unknown: usize,
}

/// The register of a class on a day.
#[derive(Debug)]
pub(crate) struct ClassRegister {
    /// The lessons by number and subject.
    pub(crate) lessons: Vec<RegisterLesson>,
    /// The pupils by name.
    pub(crate) pupils: Vec<RegisterPupil>,
}

/// What a register is put together from.
#[derive(Debug)]
pub(crate) struct RegisterSources<'a> {
    /// The day.
    pub(crate) date: Date,
    /// The pupils of the class, past and future ones too, with the groups in which they learn.
    pub(crate) pupils: &'a [Membership],
    /// What the timetable says of the day.
    pub(crate) planned: &'a [PlannedLesson],
    /// The lessons that were opened in the week.
    pub(crate) opened: &'a [ClassLesson],
    /// The pupils' rows in the journals of the day.
    pub(crate) rows: &'a [PupilRow],
    /// What was told of the pupils.
    pub(crate) notices: &'a [ClassNotice],
}

/// The journals in which lessons of a day were opened, each once.
pub(crate) fn journals(opened: &[ClassLesson], date: Date) -> Vec<GroupId> {
    let of_day = opened.iter().filter(|lesson| lesson.lesson.date == date);
    let mut journals: Vec<GroupId> = of_day.map(|lesson| lesson.journal).collect();
    journals.sort_unstable();
    journals.dedup();
    journals
}

impl ClassRegister {
    /// Puts the register together.
    pub(crate) fn new(sources: &RegisterSources<'_>) -> Self {
        let lessons = lessons(sources);
        let rows: BTreeMap<(PersonId, GroupId), &PupilRow> = sources
            .rows
            .iter()
            .map(|row| ((row.key.pupil, row.key.journal), row))
            .collect();
        let members = sources.pupils.iter().filter(|pupil| pupil.holds_on(sources.date));
        let pupils = members.map(|pupil| {
            let notice = ClassNotice::on(sources.notices, pupil.person, sources.date).copied();
            let of = |lesson: &RegisterLesson| presence(pupil, lesson, notice.as_ref(), &rows, sources.date);
            let lessons: Vec<Presence> = lessons.iter().map(of).collect();
            RegisterPupil {
                day: day_state(&lessons, notice.as_ref()),
                member: pupil.member(),
                lessons,
                notice,
            }
        });
        Self {
            pupils: pupils.collect(),
            lessons,
        }
    }

    /// The counts of the day.
    pub(crate) fn totals(&self) -> Totals {
        let mut totals = Totals {
            pupils: self.pupils.len(),
            ..Totals::default()
        };
        let mut reasons = [0; Attendance::ALL.len()];
        for pupil in &self.pupils {
            totals.late += usize::from(pupil.is_late());
            match pupil.day {
                DayState::Unknown => totals.unknown += 1,
                DayState::Present => totals.present += 1,
                DayState::Partly => totals.partly += 1,
                DayState::Absent { reason, is_whole_day } => {
                    totals.absent += 1;
                    totals.whole_day += usize::from(is_whole_day);
                    totals.untold += usize::from(pupil.notice.is_none());
                    reasons[place(reason)] += 1;
                }
            }
        }
        let counted = Attendance::ALL.into_iter().zip(reasons);
        totals.reasons = counted.filter(|(_, count)| *count > 0).collect();
        totals
    }
}

/// The place of a value in the order of pickers.
fn place(attendance: Attendance) -> usize {
    Attendance::ALL
        .iter()
        .position(|known| *known == attendance)
        .unwrap_or_default()
}

/// The day's lessons: those that the timetable says are held, and those that were opened.
fn lessons(sources: &RegisterSources<'_>) -> Vec<RegisterLesson> {
    let held = sources.planned.iter().filter(|planned| planned.state.is_held());
    let planned = held.map(|planned| &planned.slot);
    let planned = planned.map(|slot| (slot.number, slot.subject.as_str(), slot.group, false));
    let opened = sources
        .opened
        .iter()
        .filter(|lesson| lesson.lesson.date == sources.date);
    let opened = opened.map(|lesson| {
        (
            lesson.lesson.number,
            lesson.subject.as_str(),
            lesson.journal,
            true,
        )
    });
    let mut columns: BTreeMap<(u8, &str), BTreeMap<GroupId, bool>> = BTreeMap::new();
    for (number, subject, journal, is_opened) in planned.chain(opened) {
        // A lesson stands once: under the subject of its journal, where a substitution has another name for it.
        let known = columns
            .iter_mut()
            .find(|((of, _), journals)| *of == number && journals.contains_key(&journal));
        match known {
            Some((_, journals)) => {
                let is_known_as_opened = journals.entry(journal).or_default();
                *is_known_as_opened |= is_opened;
            }
            None => {
                columns
                    .entry((number, subject))
                    .or_default()
                    .insert(journal, is_opened);
            }
        }
    }
    let lesson = |((number, subject), journals): ((u8, &str), _)| RegisterLesson {
        number,
        subject: subject.to_owned(),
        journals,
    };
    columns.into_iter().map(lesson).collect()
}

fn presence(
    pupil: &Membership,
    lesson: &RegisterLesson,
    notice: Option<&ClassNotice>,
    rows: &BTreeMap<(PersonId, GroupId), &PupilRow>,
    date: Date,
) -> Presence {
    let learns = |journal: &GroupId| {
        let mut held = pupil.learns_in.iter();
        // A kindergarten's group keeps a register by days, which has the id of the group itself.
        pupil.group == *journal || held.any(|held| held.group == *journal && held.holds_on(date))
    };
    let Some((journal, is_opened)) = lesson.journals.iter().find(|(journal, _)| learns(journal)) else {
        return Presence::NotTheirs;
    };
    if !is_opened {
        return Presence::NotOpened;
    }
    let key = LessonKey {
        date,
        number: lesson.number,
    };
    let cell = rows
        .get(&(pupil.person, *journal))
        .and_then(|row| row.cells.get(&key));
    match (cell, notice) {
        (Some(cell), _) => cell.value.attendance.map_or(Presence::Present, Presence::Noted),
        (None, Some(notice)) => Presence::Told(notice.reason.attendance()),
        (None, None) => Presence::Present,
    }
}

fn day_state(lessons: &[Presence], notice: Option<&ClassNotice>) -> DayState {
    let theirs = || lessons.iter().copied().filter(|presence| presence.is_theirs());
    let is_there = theirs().any(Presence::is_there);
    let missed = theirs().filter(|presence| presence.is_missed()).count();
    let is_told = theirs().any(|presence| matches!(presence, Presence::Told(_)));
    let told = notice.map(|notice| notice.reason.attendance());
    match (is_there, missed > 0 || is_told) {
        (true, true) => DayState::Partly,
        (true, false) => DayState::Present,
        (false, is_missing) => match main_reason(theirs()).or(told) {
            Some(reason) if is_missing || told.is_some() => DayState::Absent {
                reason,
                is_whole_day: missed > 0 && missed == theirs().count(),
            },
            _ => DayState::Unknown,
        },
    }
}

/// What journals say most often of the lessons that were missed; of equals the first in the order of pickers.
fn main_reason(lessons: impl Iterator<Item = Presence>) -> Option<Attendance> {
    let mut counts = [0usize; Attendance::ALL.len()];
    for presence in lessons.filter(|presence| presence.is_missed()) {
        if let Presence::Noted(attendance) = presence {
            counts[place(attendance)] += 1;
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let first = counts.iter().position(|count| *count == most)?;
    Attendance::ALL.get(first).copied()
}

#[cfg(test)]
mod tests;
