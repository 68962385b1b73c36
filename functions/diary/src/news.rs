//! What is new for a reader since they last looked. Pure.
//!
//! A cell of the journal has no time of change, and its history is an item for each change in a partition for each cell:
//! asking it would cost a query for every lesson of the period. Nor would it tell when a mark was published, which is when
//! it becomes new for a parent. So the diary remembers instead what it has shown: a short fingerprint of each thing, under
//! the reader and the child. New is what now stands otherwise. Fingerprints are made of what this reader may see and of
//! nothing else, so what is hidden can neither be told nor be guessed from what is new.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use gradebook::{ClassLesson, PupilRow};
use jiff::{Timestamp, civil::Date};
use model::{Attendance, LessonKey};
use rosters::LearnsIn;
use timetables::{DatedLesson, LessonChange};

use crate::{fingerprint::fingerprint, horizon::learns};

/// What stands in the diary and can be new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Thing {
    /// What a cell of the journal says: marks as shown, attendance, comment. All empty where it was taken back.
    Cell {
        /// The marks.
        marks: Vec<String>,
        /// How the pupil was at the lesson.
        attendance: Option<Attendance>,
        /// What the teacher says to it.
        comment: Option<String>,
    },
    /// A task that was set at the lesson.
    Homework(String),
    /// The lesson is held otherwise than published; as [`timetables::LessonState::change`] names it.
    Change {
        /// How: `replaced`, `moved_away`, `cancelled`, `additional`.
        kind: &'static str,
        /// To which lesson it was moved.
        other: Option<LessonKey>,
        /// Who holds it, and where: where that is what changed.
        held: Option<(String, String)>,
        /// Why; may be empty.
        note: String,
        /// When it was changed.
        at: Timestamp,
    },
}

/// A thing at its lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// At which lesson.
    pub(crate) lesson: LessonKey,
    /// What is taught.
    pub(crate) subject: String,
    /// What it is.
    pub(crate) thing: Thing,
    trace: Trace,
}

/// Where a thing stands, and what it says: 24 bits each. Two things at one place by chance make a new one a changed one,
/// once in a hundred thousand; that a change is missed by chance needs both, and happens to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Trace {
    place: u32,
    content: u32,
}

impl Trace {
    const BYTES: usize = 6;

    fn of(place: &[&str], content: &[&str]) -> Self {
        Self {
            place: (fingerprint(place) >> 40) as u32,
            content: (fingerprint(content) >> 40) as u32,
        }
    }

    fn bytes(self) -> [u8; Self::BYTES] {
        let [_, a, b, c] = self.place.to_be_bytes();
        let [_, d, e, f] = self.content.to_be_bytes();
        [a, b, c, d, e, f]
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, e, f] = *bytes else { return None };
        Some(Self {
            place: u32::from_be_bytes([0, a, b, c]),
            content: u32::from_be_bytes([0, d, e, f]),
        })
    }
}

impl Entry {
    /// Whether nothing stands there any more.
    const fn is_empty(&self) -> bool {
        match &self.thing {
            Thing::Cell {
                marks,
                attendance,
                comment,
            } => marks.is_empty() && attendance.is_none() && comment.is_none(),
            Thing::Homework(_) | Thing::Change { .. } => false,
        }
    }
}

/// The cells of a pupil's rows, as far as the reader may see them.
pub(crate) fn of_cells(rows: &[PupilRow]) -> impl Iterator<Item = Entry> {
    rows.iter().flat_map(|row| {
        row.cells.iter().map(|(lesson, cell)| {
            let value = &cell.value;
            let marks: Vec<String> = value.marks.iter().map(|mark| mark.mark.short()).collect();
            // A mark moved to another work of the lesson is another mark.
            let kept = value
                .marks
                .iter()
                .map(|mark| format!("{}:{}", mark.work.number(), mark.mark));
            let kept = kept.collect::<Vec<_>>().join(" ");
            let attendance = value.attendance.map_or("", Attendance::as_str);
            let comment = value.comment.as_deref().unwrap_or_default();
            Entry {
                lesson: *lesson,
                subject: row.subject.clone(),
                trace: Trace::of(
                    &["cell", &row.key.journal.to_string(), &lesson.to_string()],
                    &[&kept, attendance, comment],
                ),
                thing: Thing::Cell {
                    marks,
                    attendance: value.attendance,
                    comment: value.comment.clone(),
                },
            }
        })
    })
}

/// The homework of lessons at which a pupil learns.
pub(crate) fn of_homework(opened: &[ClassLesson], learns_in: &[LearnsIn]) -> impl Iterator<Item = Entry> {
    let own = opened
        .iter()
        .filter(|lesson| learns(learns_in, lesson.journal, lesson.lesson.date));
    own.filter_map(|lesson| {
        let homework = lesson.homework.as_ref()?;
        let place = [
            "homework",
            &lesson.journal.to_string(),
            &lesson.lesson.to_string(),
        ];
        // Another lesson for which it is due is another task; what is due at the next one needs no word.
        let due = homework.due.map(|due| due.to_string());
        let content: Vec<&str> = [homework.text.as_str()]
            .into_iter()
            .chain(due.as_deref())
            .collect();
        Some(Entry {
            lesson: lesson.lesson,
            subject: lesson.subject.clone(),
            trace: Trace::of(&place, &content),
            thing: Thing::Homework(homework.text.clone()),
        })
    })
}

/// The changes of lessons that are still to come, today's included.
pub(crate) fn of_changes<'a>(
    changes: impl Iterator<Item = &'a LessonChange>,
    learns_in: &[LearnsIn],
    today: Date,
) -> impl Iterator<Item = Entry> {
    changes.filter_map(move |change| {
        let (first, last) = (change.before.as_ref(), change.after.as_ref());
        let lessons = || first.into_iter().chain(last);
        let concerned = lessons().any(|lesson| learns(learns_in, lesson.slot.group, lesson.date));
        if !concerned || lessons().all(|lesson| lesson.date < today) {
            return None;
        }
        of_change(change, first.or(last)?)
    })
}

fn of_change(change: &LessonChange, lesson: &DatedLesson) -> Option<Entry> {
    let other = |after: &DatedLesson| (!change.is_in_place()).then(|| after.key());
    let (kind, other) = match (&change.before, &change.after) {
        (Some(_), Some(after)) if change.is_in_place() => ("replaced", other(after)),
        (Some(_), Some(after)) => ("moved_away", other(after)),
        (Some(_), None) => ("cancelled", None),
        (None, Some(_)) => ("additional", None),
        (None, None) => return None,
    };
    let after = change.after.as_ref();
    let held = after.map(|after| (after.slot.teacher_name.clone(), after.slot.room.clone()));
    let subject = after.unwrap_or(lesson).slot.subject.clone();
    let (teacher, room) = held.clone().unwrap_or_default();
    let content = [
        kind,
        &other.map(|other| other.to_string()).unwrap_or_default(),
        &subject,
        &teacher,
        &room,
        &change.note,
    ];
    Some(Entry {
        lesson: lesson.key(),
        trace: Trace::of(&["change", &change.id()], &content),
        subject,
        thing: Thing::Change {
            kind,
            other,
            held,
            note: change.note.clone(),
            at: change.at,
        },
    })
}

/// How a thing is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Novelty {
    /// It was not there.
    New,
    /// It said something else.
    Changed,
    /// It was there and was taken back.
    Removed,
}

impl Novelty {
    /// The name in API and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// What a reader has seen: as it is kept, a text of eight characters for each thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen(Vec<Trace>);

impl Seen {
    /// All of that was shown.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let shown = entries.iter().filter(|entry| !entry.is_empty());
        let mut traces: Vec<Trace> = shown.map(|entry| entry.trace).collect();
        traces.sort_unstable();
        traces.dedup();
        Self(traces)
    }

    /// The text.
    pub(crate) fn kept(&self) -> String {
        let bytes: Vec<u8> = self.0.iter().flat_map(|trace| trace.bytes()).collect();
        BASE64_STANDARD_NO_PAD.encode(bytes)
    }

    /// Reads the text. One that cannot be read is as if nothing had been seen.
    pub(crate) fn read(text: &str) -> Self {
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).unwrap_or_default();
        Self(bytes.chunks(Trace::BYTES).filter_map(Trace::read).collect())
    }

    /// How a thing is new to whoever has seen this, if it is.
    pub(crate) fn novelty(&self, entry: &Entry) -> Option<Novelty> {
        let mut there = self.0.iter().filter(|trace| trace.place == entry.trace.place);
        if there.clone().any(|trace| trace.content == entry.trace.content) && !entry.is_empty() {
            return None;
        }
        match (there.next().is_some(), entry.is_empty()) {
            (true, true) => Some(Novelty::Removed),
            (true, false) => Some(Novelty::Changed),
            (false, true) => None,
            (false, false) => Some(Novelty::New),
        }
    }

    /// Whether anything is new.
    pub(crate) fn misses(&self, entries: &[Entry]) -> bool {
        entries.iter().any(|entry| self.novelty(entry).is_some())
    }
}

/// The things that are new to whoever has seen `seen`, the latest lessons first.
pub(crate) fn news(entries: Vec<Entry>, seen: &Seen) -> Vec<(Novelty, Entry)> {
    let mut news: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| Some((seen.novelty(&entry)?, entry)))
        .collect();
    news.sort_by(|(_, a), (_, b)| b.lesson.cmp(&a.lesson).then_with(|| a.subject.cmp(&b.subject)));
    news
}

#[cfg(test)]
mod tests;
