//! Unusual changes of marks and results.

use askama::Template;
use gradebook::{AlertSeen, NotableChange, UnusualChanges, UnusualKind};
use jiff::{Timestamp, tz::TimeZone};
use ui::{DateStyle, Frame};

use super::{due_name, moment};
use crate::{entry::shown_whole, handlers::alerts::Alerts};

/// The unusual changes of the last days, each alert with a button that says it was seen.
#[derive(Template)]
#[template(path = "alerts.html")]
pub(crate) struct AlertsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The alerts.
    pub(crate) alerts: Alerts,
}

/// What stood before a change and what stands since, as typed; empty for nothing.
pub(crate) fn values(change: &NotableChange) -> (String, String) {
    match change {
        NotableChange::Cell(cell) => (shown_whole(&cell.from), shown_whole(&cell.to)),
        NotableChange::Result(result) => {
            let shown = |mark: Option<model::ResultMark>| mark.map(|mark| mark.to_string());
            (
                shown(result.from).unwrap_or_default(),
                shown(result.to).unwrap_or_default(),
            )
        }
    }
}

impl AlertsPage<'_> {
    fn zone(&self) -> TimeZone {
        model::time_zone(&self.alerts.place.time_zone)
    }

    fn moment(&self, at: Timestamp) -> String {
        moment(self.frame.texts, &self.zone(), at)
    }

    /// «Алгебра, 7А».
    fn journal(&self, told: &UnusualChanges) -> String {
        let Some(group) = self.alerts.groups.get(&told.id.journal) else {
            return self.frame.texts.get("alerts-journal-unknown");
        };
        match &group.subject {
            Some(subject) => format!("{subject}, {}", group.title),
            None => group.title.clone(),
        }
    }

    /// Why it is told of.
    fn why(&self, told: &UnusualChanges) -> String {
        self.frame
            .texts
            .get(&format!("alerts-kind-{}", told.id.kind.as_str()))
    }

    /// Whether each of the changes stands for a whole series.
    fn is_many(&self, told: &UnusualChanges) -> bool {
        told.id.kind == UnusualKind::Many
    }

    /// «Соколова И. С., понедельник, 23 ноября, 13:00».
    fn who(&self, told: &UnusualChanges) -> String {
        let last = told.changes.last();
        let name = last.map(|change| change.by().1).unwrap_or_default();
        let at = last.map(|change| self.moment(change.at())).unwrap_or_default();
        if name.is_empty() {
            at
        } else {
            format!("{name}, {at}")
        }
    }

    fn unseen(&self) -> usize {
        self.alerts.told.iter().filter(|told| told.is_new()).count()
    }

    /// «23.11, 13:00»: the year and the weekday stand over the table.
    fn when(&self, change: &NotableChange) -> String {
        let (texts, at) = (self.frame.texts, self.zone().to_datetime(change.at()));
        format!(
            "{},\u{a0}{}",
            texts.date(at.date(), DateStyle::Short),
            texts.time(at.time())
        )
    }

    fn pupil(&self, change: &NotableChange) -> String {
        let name = self.alerts.names.get(&change.pupil());
        name.cloned()
            .unwrap_or_else(|| self.frame.texts.get("alerts-pupil-unknown"))
    }

    /// The lesson of a mark; of a result that it is one.
    fn thing(&self, change: &NotableChange) -> String {
        match change.lesson() {
            Some(lesson) => due_name(self.frame.texts, lesson),
            None => self.frame.texts.get("alerts-result"),
        }
    }

    fn before(&self, change: &NotableChange) -> String {
        self.or_empty(values(change).0)
    }

    fn after(&self, change: &NotableChange) -> String {
        self.or_empty(values(change).1)
    }

    fn or_empty(&self, value: String) -> String {
        if value.is_empty() {
            self.frame.texts.get("history-empty")
        } else {
            value
        }
    }

    fn has_reasons(&self, told: &UnusualChanges) -> bool {
        told.changes.iter().any(|change| change.reason().is_some())
    }

    /// «Громова В. П., понедельник, 23 ноября, 15:00».
    fn seen(&self, seen: &AlertSeen) -> String {
        let at = self.moment(seen.signed.at);
        let args = [
            ("who", seen.signed.by_name.clone().into()),
            ("at", at.into()),
            ("count", seen.changes.into()),
        ];
        self.frame.texts.with("alerts-seen", &args)
    }
}
