//! What differs on single dates from the week that was published: substitutions, cancelled, moved and additional lessons.
//!
//! A change is written into the week of everybody whom it concerns (class, teaching group, both teachers, institution) in
//! one transaction, so that it stands in every diary at its next reading and nothing is sent around.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use model::{GroupId, InstitutionId, LessonKey, PersonId, Week, Weekday};
use serde::{Deserialize, Serialize};
use store::{Key, StoreError, Untyped, Write};

use crate::{Owner, Slot, WeekCycle};

/// A lesson on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KeptLesson", into = "KeptLesson")]
pub struct DatedLesson {
    /// The date.
    pub date: Date,
    /// What is held then. Its weekday is the date's, and it is of no cycle.
    pub slot: Slot,
}

/// Date, number, beginning, end, group, subject, title, teacher, the teacher's name, room.
#[derive(Serialize, Deserialize)]
struct KeptLesson(
    Date,
    u8,
    Time,
    Time,
    GroupId,
    String,
    String,
    Option<PersonId>,
    String,
    String,
);

impl From<KeptLesson> for DatedLesson {
    fn from(kept: KeptLesson) -> Self {
        let KeptLesson(date, number, start, end, group, subject, title, teacher, teacher_name, room) = kept;
        Self {
            date,
            slot: Slot {
                weekday: Weekday::of(date),
                number,
                start,
                end,
                cycle: WeekCycle::Every,
                group,
                subject,
                title,
                teacher,
                teacher_name,
                room,
            },
        }
    }
}

impl From<DatedLesson> for KeptLesson {
    fn from(DatedLesson { date, slot }: DatedLesson) -> Self {
        Self(
            date,
            slot.number,
            slot.start,
            slot.end,
            slot.group,
            slot.subject,
            slot.title,
            slot.teacher,
            slot.teacher_name,
            slot.room,
        )
    }
}

impl DatedLesson {
    /// A lesson of a week on one of its dates.
    pub fn of(date: Date, slot: &Slot) -> Self {
        Self {
            date,
            slot: Slot {
                weekday: Weekday::of(date),
                cycle: WeekCycle::Every,
                ..slot.clone()
            },
        }
    }

    /// Its date and number.
    pub const fn key(&self) -> LessonKey {
        LessonKey {
            date: self.date,
            number: self.slot.number,
        }
    }
}

/// One change: from what, to what.
///
/// Both are there when a lesson is held otherwise or at another time, only `before` when it is cancelled, only `after` when
/// it is additional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonChange {
    /// What the published week says.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<DatedLesson>,
    /// What is held.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DatedLesson>,
    /// Why, as people read it; may be empty.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who made it.
    #[serde(rename = "by")]
    pub by: PersonId,
    /// When.
    #[serde(rename = "at")]
    pub at: Timestamp,
}

/// A change with the number of its last version, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionedChange {
    /// Counts the writes.
    pub version: u64,
    /// What it says.
    pub change: LessonChange,
}

impl LessonChange {
    /// Its name among the changes of a week: the lesson that it takes away, else the one that it adds. A published lesson
    /// has at most one change, and of two people who change it at once one is told.
    pub fn id(&self) -> String {
        match (&self.before, &self.after) {
            (Some(before), _) => format!("{}-{}", before.key(), before.slot.group),
            (None, Some(after)) => format!("new-{}-{}", after.key(), after.slot.group),
            (None, None) => String::new(),
        }
    }

    /// Whether lesson and time stay, and teacher, subject or room are others.
    pub fn is_in_place(&self) -> bool {
        matches!((&self.before, &self.after), (Some(before), Some(after)) if before.key() == after.key())
    }

    /// The weeks in which it stands: two for a lesson that is moved out of its week.
    pub fn weeks(&self) -> impl Iterator<Item = Week> {
        let of = |lesson: &Option<DatedLesson>| lesson.as_ref().map(|lesson| Week::of(lesson.date));
        let (before, after) = (of(&self.before), of(&self.after));
        before
            .into_iter()
            .chain(after.filter(|after| before != Some(*after)))
    }

    /// The teachers whom it concerns, each once.
    pub fn teachers(&self) -> impl Iterator<Item = PersonId> {
        let of = |lesson: &Option<DatedLesson>| lesson.as_ref().and_then(|lesson| lesson.slot.teacher);
        let (before, after) = (of(&self.before), of(&self.after));
        before
            .into_iter()
            .chain(after.filter(|after| before != Some(*after)))
    }
}

/// What one action does with one change in somebody's week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEdit {
    /// The change as it is from now on; one that is taken out: as it was.
    pub change: LessonChange,
    /// The version that was seen, 0 if there was none.
    pub seen: u64,
    /// Whether it is taken out of this week instead of put into it.
    pub is_removed: bool,
}

/// Whose list of changes it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concerned {
    /// A class, a teaching group or a teacher.
    Week(Owner),
    /// An institution: all that is changed there, for the deputy head's day sheet.
    Institution(InstitutionId),
}

impl Concerned {
    fn partition(self) -> String {
        match self {
            Self::Week(owner) => owner.partition(),
            Self::Institution(institution) => format!("INSTITUTION#{institution}"),
        }
    }
}

/// The changes of a week as one of those concerned reads them: one item, each change an attribute of it with its version.
#[derive(Debug, Clone, Copy)]
pub struct WeekChanges;

impl WeekChanges {
    pub(crate) const ENTITY: &'static str = "week_changes";
    /// Changes are attributes of this prefix and the change's id.
    const CHANGE: &'static str = "c-";
    /// Counts the edits of the item: whoever decides by the whole week writes only over the one that was seen.
    const REVISION: &'static str = "revision";

    /// Where the changes of a week are kept.
    pub fn key_of(of: Concerned, week: Week) -> Key {
        Key {
            pk: of.partition(),
            sk: format!("CHANGES#{}", week.monday()),
        }
    }

    /// The changes of an item, by time.
    ///
    /// # Errors
    /// The item is not what its key promises.
    pub fn read(item: &Untyped) -> Result<Vec<VersionedChange>, StoreError> {
        let mut found = item
            .texts(Self::CHANGE)
            .map(|(_, text)| kept(text))
            .collect::<Result<Vec<_>, _>>()?;
        found.sort_by_key(|found| {
            let lesson = found.change.before.as_ref().or(found.change.after.as_ref());
            lesson.map(|lesson| (lesson.key(), lesson.slot.group))
        });
        Ok(found)
    }

    /// The write that puts a change into somebody's week over the version that was seen; 0 if there was none.
    ///
    /// # Errors
    /// None in practice: a change can always be written as text.
    pub fn put(of: Concerned, week: Week, change: &LessonChange, seen: u64) -> Result<Write, StoreError> {
        let text = serde_json::to_string(change).map_err(StoreError::malformed)?;
        let condition = if seen == 0 {
            "attribute_not_exists(#change)"
        } else {
            "begins_with(#change, :seen)"
        };
        let write = Write::update_if(
            Self::key_of(of, week),
            "SET #change = :change, #entity = :entity",
            condition,
        )
        .name("#change", format!("{}{}", Self::CHANGE, change.id()))
        .name("#entity", "entity")
        .text(":change", format!("{} {text}", seen + 1))
        .text(":entity", Self::ENTITY);
        Ok(if seen == 0 {
            write
        } else {
            write.text(":seen", beginning(seen))
        })
    }

    /// How many edits an item has seen: 0 where there is no item.
    ///
    /// # Errors
    /// The item is not what its key promises.
    pub fn revision(item: &Untyped) -> Result<u64, StoreError> {
        #[derive(Deserialize)]
        struct Counted {
            #[serde(default)]
            revision: u64,
        }
        Ok(item.read::<Counted>()?.revision)
    }

    /// The write that makes all the edits of one action in somebody's week: several, where lessons are swapped.
    ///
    /// With `seen`, the revision that the decision was made on, it holds only if nothing has been written since. An action
    /// sees at least the institution's week so; those concerned follow it and need no condition of their own.
    ///
    /// # Errors
    /// None in practice: a change can always be written as text.
    pub fn edit(
        of: Concerned,
        week: Week,
        edits: &[ChangeEdit],
        seen: Option<u64>,
    ) -> Result<Write, StoreError> {
        let (mut set, mut remove) = (vec!["#entity = :entity".to_owned()], vec![]);
        for (place, edit) in edits.iter().enumerate() {
            if edit.is_removed {
                remove.push(format!("#c{place}"));
            } else {
                set.push(format!("#c{place} = :c{place}"));
            }
        }
        let mut update = format!("SET {}", set.join(", "));
        if !remove.is_empty() {
            update = format!("{update} REMOVE {}", remove.join(", "));
        }
        let condition = match seen {
            None => "attribute_not_exists(#entity) OR #entity = :entity",
            Some(0) => "attribute_not_exists(#revision)",
            Some(_) => "#revision = :revision",
        };
        let mut write = Write::update_if(
            Self::key_of(of, week),
            format!("{update} ADD #revision :one"),
            condition,
        )
        .name("#entity", "entity")
        .text(":entity", Self::ENTITY)
        .name("#revision", Self::REVISION)
        .typed_value(":one", &1u64)?;
        if let Some(seen) = seen.filter(|seen| *seen > 0) {
            write = write.typed_value(":revision", &seen)?;
        }
        for (place, edit) in edits.iter().enumerate() {
            write = write.name(
                &format!("#c{place}"),
                format!("{}{}", Self::CHANGE, edit.change.id()),
            );
            if !edit.is_removed {
                let text = serde_json::to_string(&edit.change).map_err(StoreError::malformed)?;
                write = write.text(&format!(":c{place}"), format!("{} {text}", edit.seen + 1));
            }
        }
        Ok(write)
    }

    /// The write that takes a change back.
    pub fn remove(of: Concerned, week: Week, change: &LessonChange, seen: u64) -> Write {
        Write::update_if(
            Self::key_of(of, week),
            "REMOVE #change",
            "begins_with(#change, :seen)",
        )
        .name("#change", format!("{}{}", Self::CHANGE, change.id()))
        .text(":seen", beginning(seen))
    }
}

fn beginning(version: u64) -> String {
    format!("{version} ")
}

/// Reads a change from its text: the version, a space, JSON.
fn kept(text: &str) -> Result<VersionedChange, StoreError> {
    let (version, change) = text
        .split_once(' ')
        .ok_or_else(|| StoreError::malformed("a change without a version"))?;
    Ok(VersionedChange {
        version: version.parse().map_err(StoreError::malformed)?,
        change: serde_json::from_str(change).map_err(StoreError::malformed)?,
    })
}
