//! What the API gives of unusual changes.

use gradebook::{NotableChange, UnusualChanges};
use jiff::Timestamp;
use model::{GroupId, LessonKey, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{handlers::alerts::Alerts, pages::alerts::values};

/// That an alert was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeeAlert {
    /// How many changes it had.
    pub(crate) changes: usize,
}

/// An unusual change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertedChangeView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// «Фамилия Имя»; empty if the pupil is not known any more.
    name: String,
    /// The lesson of the cell; nothing where a result was changed.
    #[schema(value_type = Option<String>)]
    lesson: Option<LessonKey>,
    /// What stood before, as typed; empty where nothing did.
    before: String,
    /// What stands since.
    after: String,
    /// When.
    #[schema(value_type = String)]
    at: Timestamp,
    /// Why, where a locked period had been opened for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Who has seen an alert.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertSeenView {
    /// How many changes it had then.
    changes: usize,
    /// When.
    #[schema(value_type = String)]
    at: Timestamp,
    /// Who.
    #[schema(value_type = String)]
    by: PersonId,
    /// As they were named then.
    by_name: String,
}

/// Unusual changes that belong together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertView {
    /// By which it is marked as seen.
    id: String,
    /// Why they are told of: `many`, `locked`, `late`.
    kind: &'static str,
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught; empty if the journal is not known any more.
    subject: String,
    /// The group: «7А».
    title: String,
    /// Who changed it.
    #[schema(value_type = String)]
    by: PersonId,
    /// As they were named then.
    by_name: String,
    /// The changes by time.
    changes: Vec<AlertedChangeView>,
    /// Whether any of them has not been seen.
    is_new: bool,
    /// Who has seen them, perhaps when they were fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<AlertSeenView>,
}

/// The unusual changes at an institution.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertsView {
    /// How many have not been seen.
    new: usize,
    /// Those with the last change first.
    alerts: Vec<AlertView>,
}

impl AlertsView {
    pub(crate) fn of(alerts: &Alerts) -> Self {
        Self {
            new: alerts.told.iter().filter(|told| told.is_new()).count(),
            alerts: alerts
                .told
                .iter()
                .map(|told| AlertView::of(told, alerts))
                .collect(),
        }
    }
}

impl AlertView {
    fn of(told: &UnusualChanges, alerts: &Alerts) -> Self {
        let group = alerts.groups.get(&told.id.journal);
        let last = told.changes.last();
        let change = |change: &NotableChange| {
            let (before, after) = values(change);
            let pupil = change.pupil();
            AlertedChangeView {
                pupil,
                name: alerts.names.get(&pupil).cloned().unwrap_or_default(),
                lesson: change.lesson(),
                before,
                after,
                at: change.at(),
                reason: change.reason().map(str::to_owned),
            }
        };
        Self {
            id: told.id.to_string(),
            kind: told.id.kind.as_str(),
            journal: told.id.journal,
            subject: group.and_then(|group| group.subject.clone()).unwrap_or_default(),
            title: group.map(|group| group.title.clone()).unwrap_or_default(),
            by: told.id.by,
            by_name: last.map(|change| change.by().1.to_owned()).unwrap_or_default(),
            changes: told.changes.iter().map(change).collect(),
            is_new: told.is_new(),
            seen: told.seen.as_ref().map(|seen| AlertSeenView {
                changes: seen.changes,
                at: seen.signed.at,
                by: seen.signed.by,
                by_name: seen.signed.by_name.clone(),
            }),
        }
    }
}
