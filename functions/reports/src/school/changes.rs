//! Changes of marks that are out of the ordinary: many at once, in a locked period, long after the lesson.

use std::collections::{BTreeMap, BTreeSet};

use gradebook::{NotableChange, UnusualKind};
use jiff::Timestamp;
use model::{GroupId, LessonKey, PersonId};
use rosters::ClassTeaching;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Changes of one person in one journal that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Unusual {
    /// Why they are told of.
    #[serde(rename = "unusual")]
    #[schema(value_type = String)]
    pub(crate) kind: UnusualKind,
    /// The journal.
    #[schema(value_type = String)]
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
    /// Who.
    #[schema(value_type = String)]
    pub(crate) by: PersonId,
    /// As they were named then.
    pub(crate) by_name: String,
    /// How many.
    pub(crate) count: usize,
    /// The first of them.
    #[schema(value_type = String)]
    pub(crate) first: Timestamp,
    /// The last of them.
    #[schema(value_type = String)]
    pub(crate) last: Timestamp,
    /// A lesson that one of them is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) lesson: Option<LessonKey>,
    /// Why, as it was given for a locked period.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) reason: String,
}

/// What was unusual at an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct UnusualChanges {
    /// How many there are.
    pub(crate) total: usize,
    /// The last first, up to five hundred.
    pub(crate) listed: Vec<Unusual>,
}

/// The classes so far.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    found: Vec<Unusual>,
    journals: BTreeSet<GroupId>,
}

const MOST_LISTED: usize = 500;

impl Gathered {
    /// Adds a journal with its notable changes, in any order; one of several classes once.
    pub(crate) fn add(&mut self, taught: &ClassTeaching, changes: &[NotableChange]) {
        if !self.journals.insert(taught.group) {
            return;
        }
        let mut by_author: BTreeMap<PersonId, Vec<&NotableChange>> = BTreeMap::new();
        for change in changes {
            by_author.entry(change.by().0).or_default().push(change);
        }
        for mut changes in by_author.into_values() {
            changes.sort_by_key(|change| change.at());
            let bursts = bursts(&changes)
                .into_iter()
                .map(|burst| (UnusualKind::Many, burst));
            let locked = by_day(&changes, |change| change.unusual() == Some(UnusualKind::Locked));
            let late = by_day(&changes, |change| change.unusual() == Some(UnusualKind::Late));
            let locked = locked.into_iter().map(|group| (UnusualKind::Locked, group));
            let late = late.into_iter().map(|group| (UnusualKind::Late, group));
            let told = bursts.chain(locked).chain(late);
            self.found
                .extend(told.filter_map(|(kind, group)| unusual(kind, taught, &group)));
        }
    }

    pub(crate) fn finish(mut self) -> UnusualChanges {
        self.found
            .sort_by_key(|found| (std::cmp::Reverse(found.last), found.kind, found.journal));
        let total = self.found.len();
        self.found.truncate(MOST_LISTED);
        UnusualChanges {
            total,
            listed: self.found,
        }
    }
}

/// The stretches of changes, by time, in which each is one of many within a short time.
fn bursts<'c>(changes: &[&'c NotableChange]) -> Vec<Vec<&'c NotableChange>> {
    let mut bursts: Vec<(usize, usize)> = Vec::new();
    let mut first = 0;
    for last in 0..changes.len() {
        while changes[last].at().duration_since(changes[first].at()) > UnusualKind::WINDOW {
            first += 1;
        }
        if last + 1 - first >= UnusualKind::MANY {
            match bursts.last_mut() {
                Some(burst) if first <= burst.1 => burst.1 = last,
                _ => bursts.push((first, last)),
            }
        }
    }
    let stretch = |(first, last): (usize, usize)| changes[first..=last].to_vec();
    bursts.into_iter().map(stretch).collect()
}

/// Those changes that are meant, day by day (UTC).
fn by_day<'c>(
    changes: &[&'c NotableChange],
    is_meant: impl Fn(&NotableChange) -> bool,
) -> Vec<Vec<&'c NotableChange>> {
    let mut days: BTreeMap<String, Vec<&NotableChange>> = BTreeMap::new();
    for change in changes.iter().filter(|change| is_meant(change)) {
        days.entry(change.at().strftime("%Y-%m-%d").to_string())
            .or_default()
            .push(change);
    }
    days.into_values().collect()
}

fn unusual(kind: UnusualKind, taught: &ClassTeaching, changes: &[&NotableChange]) -> Option<Unusual> {
    let (first, last) = (changes.first()?, changes.last()?);
    let (by, by_name) = last.by();
    let lesson = changes.iter().find_map(|change| match change {
        NotableChange::Cell(cell) => Some(cell.lesson),
        NotableChange::Result(_) => None,
    });
    Some(Unusual {
        kind,
        journal: taught.group,
        subject: taught.subject.clone(),
        title: taught.title.clone(),
        by,
        by_name: by_name.to_owned(),
        count: changes.len(),
        first: first.at(),
        last: last.at(),
        lesson,
        reason: last.reason().unwrap_or_default().to_owned(),
    })
}
