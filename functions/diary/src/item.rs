//! What the diary's own table keeps: the family's ticks and readings of a week, and what each reader has seen.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use model::{GroupId, LessonKey, PersonId, Week};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError, Untyped, Write};

use crate::news::Seen;

fn partition(child: PersonId) -> String {
    format!("CHILD#{child}")
}

/// That a task was done, as the family ticked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tick {
    /// The fingerprint of the task that was done; a task that says something else since is not done.
    pub(crate) task: u64,
    /// When it was ticked.
    pub(crate) at: Timestamp,
    /// By whom: the child or who represents them.
    pub(crate) by: PersonId,
}

/// What a family keeps of a week of the diary: one item, its ticks and readings attributes of it, so that two who write at
/// one time do not touch each other's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FamilyWeek {
    /// The tasks that are done, by journal and the lesson at which they were set. The family's alone.
    pub(crate) ticks: BTreeMap<(GroupId, LessonKey), Tick>,
    /// Who has said that they read the week, and when first. The school sees it.
    pub(crate) readings: BTreeMap<PersonId, Timestamp>,
}

impl FamilyWeek {
    const ENTITY: &'static str = "family_week";
    /// Ticks are attributes of this prefix, the lesson and the journal: `t-2026-11-23-02-grp_…`.
    const TICK: &'static str = "t-";
    /// Readings are attributes of this prefix and the person.
    const READING: &'static str = "r-";

    /// Where a week of a child is kept.
    pub(crate) fn key_of(child: PersonId, week: Week) -> Key {
        Key {
            pk: partition(child),
            sk: format!("WEEK#{}", week.monday()),
        }
    }

    /// Reads what an item says into the week.
    pub(crate) fn add(&mut self, item: &Untyped) -> Result<(), StoreError> {
        for (name, text) in item.texts(Self::TICK) {
            let (lesson, journal) = name.split_at_checked(LESSON_LENGTH).unwrap_or_default();
            let lesson = lesson.parse().map_err(StoreError::malformed)?;
            let journal = journal.trim_start_matches('-').parse();
            let tick = tick(text).ok_or_else(|| StoreError::malformed("a tick that tells nothing"))?;
            self.ticks
                .insert((journal.map_err(StoreError::malformed)?, lesson), tick);
        }
        for (person, at) in item.texts(Self::READING) {
            let person = person.parse().map_err(StoreError::malformed)?;
            self.readings
                .insert(person, at.parse().map_err(StoreError::malformed)?);
        }
        Ok(())
    }

    /// Whose week an item is.
    pub(crate) fn child_of(item: &Untyped) -> Result<PersonId, StoreError> {
        let child = item.text("pk").strip_prefix("CHILD#").unwrap_or_default();
        child.parse().map_err(StoreError::malformed)
    }

    /// Whether an item is a week of a family.
    pub(crate) fn is(item: &Untyped) -> bool {
        item.entity() == Self::ENTITY
    }

    fn change(child: PersonId, lesson: LessonKey, journal: GroupId, update: &str, condition: &str) -> Write {
        Write::update_if(Self::key_of(child, Week::of(lesson.date)), update, condition)
            .name("#tick", format!("{}{lesson}-{journal}", Self::TICK))
    }

    /// The write that ticks a task, unless this very task is ticked.
    pub(crate) fn set_tick(child: PersonId, lesson: LessonKey, journal: GroupId, tick: &Tick) -> Write {
        let task = format!("{:016x}", tick.task);
        Self::change(
            child,
            lesson,
            journal,
            "SET #tick = :tick, #entity = :entity",
            "attribute_not_exists(#tick) OR NOT begins_with(#tick, :task)",
        )
        .name("#entity", "entity")
        .text(":entity", Self::ENTITY)
        .text(":tick", format!("{task} {} {}", tick.at, tick.by))
        .text(":task", task)
    }

    /// The write that takes a tick away, if there is one.
    pub(crate) fn remove_tick(child: PersonId, lesson: LessonKey, journal: GroupId) -> Write {
        Self::change(child, lesson, journal, "REMOVE #tick", "attribute_exists(#tick)")
    }

    /// The write by which a reader says that they have read the week; their first word stands.
    pub(crate) fn set_reading(child: PersonId, week: Week, reader: PersonId, at: Timestamp) -> Write {
        Write::update_if(
            Self::key_of(child, week),
            "SET #reading = :at, #entity = :entity",
            "attribute_not_exists(#reading)",
        )
        .name("#reading", format!("{}{reader}", Self::READING))
        .name("#entity", "entity")
        .text(":entity", Self::ENTITY)
        .text(":at", at.to_string())
    }
}

/// How long a lesson's text is: `2026-11-23-02`.
const LESSON_LENGTH: usize = 13;

fn tick(text: &str) -> Option<Tick> {
    let mut parts = text.split(' ');
    Some(Tick {
        task: u64::from_str_radix(parts.next()?, 16).ok()?,
        at: parts.next()?.parse().ok()?,
        by: parts.next()?.parse().ok()?,
    })
}

/// What a reader of a child's diary has seen. `kept` and `previous` are texts of [`Seen`].
///
/// A visit lasts half an hour: within it a page that is loaded again shows the same news, measured against what was seen
/// before the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastVisit {
    child: PersonId,
    reader: PersonId,
    /// When the visit began.
    pub(crate) began_at: Timestamp,
    /// What has been seen, this visit included.
    kept: String,
    /// What had been seen before it.
    previous: String,
}

/// What a look at the news shows and what is to be remembered of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    /// Against what the news are measured; nothing at the very first look, which has no "since".
    pub(crate) against: Option<Seen>,
    /// When the visit before began.
    pub(crate) since: Option<Timestamp>,
    /// What is to be kept, if it is other than before.
    pub(crate) keep: Option<LastVisit>,
}

impl LastVisit {
    const VISIT: SignedDuration = SignedDuration::from_mins(30);

    /// Where it is kept.
    pub(crate) fn key_of(child: PersonId, reader: PersonId) -> Key {
        Key {
            pk: partition(child),
            sk: format!("SEEN#{reader}"),
        }
    }

    /// What the reader has seen so far.
    pub(crate) fn seen(&self) -> Seen {
        Seen::read(&self.kept)
    }

    /// A reader looks at `now`, when `shown` is what stands in the diary for them.
    pub(crate) fn look(
        before: Option<&Self>,
        (child, reader): (PersonId, PersonId),
        now: Timestamp,
        shown: &Seen,
    ) -> Look {
        let kept = shown.kept();
        let Some(before) = before else {
            let keep = Self {
                child,
                reader,
                began_at: now,
                previous: kept.clone(),
                kept,
            };
            return Look {
                against: None,
                since: None,
                keep: Some(keep),
            };
        };
        let is_same_visit = now.duration_since(before.began_at) < Self::VISIT;
        let (began_at, previous) = if is_same_visit {
            (before.began_at, before.previous.clone())
        } else {
            (now, before.kept.clone())
        };
        let keep = Self {
            child,
            reader,
            began_at,
            kept,
            previous,
        };
        Look {
            against: Some(Seen::read(&keep.previous)),
            since: Some(before.began_at).filter(|_| !is_same_visit),
            keep: (keep != *before).then_some(keep),
        }
    }
}

impl Record for LastVisit {
    const ENTITY: &'static str = "last_visit";

    fn key(&self) -> Key {
        Self::key_of(self.child, self.reader)
    }
}

#[cfg(test)]
mod tests {
    use gradebook::{ClassLesson, Homework};
    use jiff::civil::date;
    use rosters::LearnsIn;

    use super::*;
    use crate::news;

    const CHILD: PersonId = PersonId::from_bits(1);
    const READER: PersonId = PersonId::from_bits(2);

    fn moment(minutes: i64) -> Timestamp {
        let start: Timestamp = "2026-11-23T10:00:00Z".parse().expect("a moment");
        start + SignedDuration::from_mins(minutes)
    }

    /// What somebody has seen when the lessons of some days had homework.
    fn seen(days: &[i8]) -> Seen {
        let group = GroupId::from_bits(7);
        let learns_in = [LearnsIn {
            group,
            from: None,
            until: None,
        }];
        let opened: Vec<ClassLesson> = days
            .iter()
            .map(|day| ClassLesson {
                journal: group,
                lesson: LessonKey {
                    date: date(2026, 11, *day),
                    number: 1,
                },
                subject: String::new(),
                topic: String::new(),
                homework: Some(Homework {
                    pupils: vec![],
                    due: None,
                    text: "№ 5".to_owned(),
                    minutes: None,
                }),
            })
            .collect();
        Seen::of(&news::of_homework(&opened, &learns_in).collect::<Vec<_>>())
    }

    fn look(before: Option<&LastVisit>, minutes: i64, days: &[i8]) -> Look {
        LastVisit::look(before, (CHILD, READER), moment(minutes), &seen(days))
    }

    #[test]
    fn the_first_look_has_nothing_to_be_measured_against() {
        let first = look(None, 0, &[23]);
        assert_eq!((first.against, first.since), (None, None));
        assert_eq!(first.keep.map(|kept| kept.seen()), Some(seen(&[23])));
    }

    #[test]
    fn within_a_visit_news_stay_and_the_next_visit_begins_with_what_was_seen() {
        let first = look(None, 0, &[23]).keep.expect("kept");
        let second = look(Some(&first), 60, &[23, 24]);
        assert_eq!(second.against, Some(seen(&[23])));
        assert_eq!(second.since, Some(moment(0)));
        let second = second.keep.expect("kept");
        let again = look(Some(&second), 70, &[23, 24]);
        assert_eq!(
            (again.against, again.keep),
            (Some(seen(&[23])), None),
            "nothing is written"
        );
        let more = look(Some(&second), 80, &[23, 24, 25]);
        assert_eq!(more.against, Some(seen(&[23])));
        let third = look(more.keep.as_ref(), 120, &[23, 24, 25]);
        assert_eq!(third.against, Some(seen(&[23, 24, 25])));
        assert_eq!(
            third.since,
            Some(moment(60)),
            "a visit began when its first page was asked for"
        );
    }

    #[test]
    fn keys_tell_child_week_and_reader() {
        let week = Week::of(date(2026, 11, 25));
        assert_eq!(FamilyWeek::key_of(CHILD, week).sk, "WEEK#2026-11-23");
        assert_eq!(FamilyWeek::key_of(CHILD, week).pk, format!("CHILD#{CHILD}"));
        assert_eq!(LastVisit::key_of(CHILD, READER).sk, format!("SEEN#{READER}"));
    }

    #[test]
    fn a_tick_reads_back_and_what_is_none_is_refused() {
        let text = format!("{:016x} {} {READER}", 0xabcu64, moment(0));
        let read = tick(&text).expect("a tick");
        assert_eq!((read.task, read.at, read.by), (0xabc, moment(0), READER));
        for wrong in ["", "abc", "abc 2026", "xyz 2026-11-23T10:00:00Z per_1"] {
            assert_eq!(tick(wrong), None, "{wrong}");
        }
    }
}
