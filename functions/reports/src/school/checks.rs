//! What does not fit together in the journals of a period.
//!
//! Nothing here is forbidden by itself: a test may be written later by who was ill. Each finding is for a person to look at.
//! After how many days a journal counts as not filled is the usage of schools, whose local acts set it.

use std::collections::{BTreeMap, BTreeSet};

use gradebook::PupilRow;
use jiff::{ToSpan, civil::Date};
use model::{GroupId, LessonKey, Mark, PersonId, ResultMark};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::source::{ClassSource, JournalSource};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Severity {
    /// Something is likely to be wrong.
    Warns,
    /// Worth a look.
    Informs,
}

impl Severity {
    /// The name in translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Warns => "warns",
            Self::Informs => "informs",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FindingKind {
    /// A mark for a lesson that the pupil missed.
    MarkOfAbsent,
    /// Something stands of one pupil in two journals at one time.
    TwoAtOnce,
    /// Lessons of the timetable are long not in the journal.
    NotFilled,
    /// A lesson without a topic.
    NoTopic,
    /// The result is below what the average comes to.
    ResultBelow,
    /// The result is above what the average comes to.
    ResultAbove,
}

impl FindingKind {
    /// Every kind, in the order in which lists show them.
    pub(crate) const ALL: [Self; 6] = [
        Self::MarkOfAbsent,
        Self::TwoAtOnce,
        Self::NotFilled,
        Self::NoTopic,
        Self::ResultBelow,
        Self::ResultAbove,
    ];

    /// How grave it is.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::MarkOfAbsent | Self::TwoAtOnce | Self::NotFilled => Severity::Warns,
            Self::NoTopic | Self::ResultBelow | Self::ResultAbove => Severity::Informs,
        }
    }

    /// The name in addresses and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::MarkOfAbsent => "mark_of_absent",
            Self::TwoAtOnce => "two_at_once",
            Self::NotFilled => "not_filled",
            Self::NoTopic => "no_topic",
            Self::ResultBelow => "result_below",
            Self::ResultAbove => "result_above",
        }
    }
}

/// A finding with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub(crate) struct Finding {
    /// What.
    #[serde(rename = "finding")]
    pub(crate) kind: FindingKind,
    /// «7А».
    pub(crate) class: String,
    /// The journal.
    #[schema(value_type = String)]
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The lesson, where it is of one; of lessons not filled in the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) lesson: Option<LessonKey>,
    /// The pupil, where it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) pupil: Option<PersonId>,
    /// The pupil's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    /// The mark or result, the other subject, or how many lessons.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) what: String,
    /// The average.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) average: String,
}

/// How many there are of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct KindCount {
    /// What.
    #[serde(rename = "finding")]
    pub(crate) kind: FindingKind,
    /// How many.
    pub(crate) count: usize,
}

/// What was found at an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Findings {
    /// Of each kind that there is.
    pub(crate) counts: Vec<KindCount>,
    /// The gravest first, up to a thousand.
    pub(crate) listed: Vec<Finding>,
}

impl Findings {
    /// In all.
    pub(crate) fn total(&self) -> usize {
        self.counts.iter().map(|counted| counted.count).sum()
    }
}

/// The classes so far. A finding of a lesson of several classes stands once.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    found: BTreeSet<Finding>,
    journals: BTreeSet<GroupId>,
}

/// Findings that are kept.
const MOST_LISTED: usize = 1_000;
/// After so many days a lesson that is not in the journal is told of.
const FILLED_WITHIN: i64 = 3;

impl Gathered {
    pub(crate) fn add(&mut self, class: &ClassSource) {
        for journal in &class.journals {
            if self.journals.insert(journal.taught.group) {
                self.lessons(class, journal);
            }
        }
        for pupil in class.pupils() {
            let mut at: BTreeMap<LessonKey, &JournalSource> = BTreeMap::new();
            for journal in &class.journals {
                let Some(row) = journal.rows.get(&pupil.person) else {
                    continue;
                };
                let place = |kind, lesson| Finding {
                    pupil: Some(pupil.person),
                    name: pupil.name.short(),
                    ..finding(kind, class, journal, lesson)
                };
                self.found
                    .extend(marks_of_absent(row).map(|(lesson, mark)| Finding {
                        what: mark.short(),
                        ..place(FindingKind::MarkOfAbsent, Some(lesson))
                    }));
                for (lesson, _) in row.cells.iter().filter(|(_, cell)| !cell.value.is_empty()) {
                    if let Some(other) = at.insert(*lesson, journal) {
                        self.found.insert(Finding {
                            what: other.taught.subject.clone(),
                            ..place(FindingKind::TwoAtOnce, Some(*lesson))
                        });
                    }
                }
                self.found
                    .extend(result_off(row).map(|(kind, result, average)| Finding {
                        what: result.to_string(),
                        average,
                        ..place(kind, None)
                    }));
            }
        }
    }

    /// Lessons of the journal without a topic, and those that the timetable has and the journal has not.
    fn lessons(&mut self, class: &ClassSource, journal: &JournalSource) {
        // A register by days has no topics.
        let is_register = journal.taught.class == journal.taught.group;
        let untold = journal
            .lessons
            .iter()
            .filter(|lesson| lesson.topic.is_empty() && !is_register);
        let untold = untold.map(|lesson| finding(FindingKind::NoTopic, class, journal, Some(lesson.lesson)));
        self.found.extend(untold);
        let missing = not_filled(class, journal);
        if let Some(first) = missing.first() {
            self.found.insert(Finding {
                what: missing.len().to_string(),
                ..finding(FindingKind::NotFilled, class, journal, Some(*first))
            });
        }
    }

    pub(crate) fn finish(self) -> Findings {
        let count = |kind| KindCount {
            kind,
            count: self.found.iter().filter(|finding| finding.kind == kind).count(),
        };
        let counts = FindingKind::ALL.into_iter().map(count);
        Findings {
            counts: counts.filter(|counted| counted.count > 0).collect(),
            listed: self.found.into_iter().take(MOST_LISTED).collect(),
        }
    }
}

fn finding(
    kind: FindingKind,
    class: &ClassSource,
    journal: &JournalSource,
    lesson: Option<LessonKey>,
) -> Finding {
    Finding {
        kind,
        class: class.class.group.title.clone(),
        journal: journal.taught.group,
        subject: journal.taught.subject.clone(),
        lesson,
        pupil: None,
        name: String::new(),
        what: String::new(),
        average: String::new(),
    }
}

/// Marks for lessons that the pupil missed: what is owed or not assessed is none.
fn marks_of_absent(row: &PupilRow) -> impl Iterator<Item = (LessonKey, Mark)> {
    let missed = row
        .cells
        .iter()
        .filter(|(_, cell)| cell.value.attendance.is_some_and(|it| it.is_missed()));
    missed.filter_map(|(lesson, cell)| {
        let given = |mark: &Mark| !matches!(mark, Mark::Owed { .. } | Mark::NotAssessed);
        let mark = cell.value.marks.iter().map(|mark| mark.mark).find(given);
        Some((*lesson, mark?))
    })
}

/// The result of a period that is another than its average comes to, where there are marks enough to tell.
fn result_off(row: &PupilRow) -> Option<(FindingKind, ResultMark, String)> {
    let result = row.result.as_ref()?.mark?;
    let average = row.average()?;
    let proposed = row.rule.proposal(Some(average))?;
    let kind = match result.grade()?.cmp(&proposed) {
        std::cmp::Ordering::Less => FindingKind::ResultBelow,
        std::cmp::Ordering::Greater => FindingKind::ResultAbove,
        std::cmp::Ordering::Equal => return None,
    };
    Some((kind, result, average.to_string()))
}

/// Lessons of the timetable that for days have not been in the journal, by time. Of a day on which the journal has as many
/// lessons as the timetable none is missing, whatever their numbers.
fn not_filled(class: &ClassSource, journal: &JournalSource) -> Vec<LessonKey> {
    let due: Date = class.today.saturating_sub(FILLED_WITHIN.days());
    let mut missing = Vec::new();
    for (date, lessons) in class.planned.range(..=due) {
        let planned = lessons
            .iter()
            .filter(|lesson| lesson.slot.group == journal.taught.group);
        let opened: BTreeSet<u8> = journal
            .lessons
            .iter()
            .filter(|lesson| lesson.lesson.date == *date)
            .map(|lesson| lesson.lesson.number)
            .collect();
        let numbers: Vec<u8> = planned.map(|lesson| lesson.slot.number).collect();
        let many = numbers.len().saturating_sub(opened.len());
        let unmet = numbers
            .into_iter()
            .filter(|number| !opened.contains(number))
            .take(many);
        missing.extend(unmet.map(|number| LessonKey { date: *date, number }));
    }
    missing
}
