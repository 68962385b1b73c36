//! Whether a period is locked, who did it, and the forms that change it.

use askama::Template;
use gradebook::{Openness, StateChange};
use jiff::tz::TimeZone;
use model::AcademicPeriod;
use rosters::Group;
use ui::Frame;

use crate::pages::moment;

/// How a period stands.
#[derive(Template)]
#[template(path = "lock.html")]
pub(crate) struct LockPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The group.
    pub(crate) group: Group,
    /// The school's time zone.
    pub(crate) zone: TimeZone,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// Whether it takes changes.
    pub(crate) openness: Openness,
    /// After how many days it locks itself.
    pub(crate) lock_days: Option<u8>,
    /// Whether the reader locks and reopens it.
    pub(crate) may_lock: bool,
    /// The end of a reopening that the form proposes.
    pub(crate) proposed_until: String,
    /// What was done, the last first.
    pub(crate) changes: Vec<StateChange>,
}

impl LockPage<'_> {
    fn state(&self) -> String {
        let texts = self.frame.texts;
        match (&self.openness, self.lock_days) {
            (Openness::Locked, _) => texts.get("lock-is-locked"),
            (Openness::Reopened(reopening), _) => {
                let until = moment(texts, &self.zone, reopening.until);
                let args = [
                    ("until", until.into()),
                    ("reason", reopening.reason.clone().into()),
                ];
                texts.with("period-reopened", &args)
            }
            (Openness::Open, Some(days)) => texts.count("lock-is-open-until", days.into()),
            (Openness::Open, None) => texts.get("lock-is-open"),
        }
    }

    fn is_open(&self) -> bool {
        self.openness == Openness::Open
    }

    fn is_locked(&self) -> bool {
        self.openness == Openness::Locked
    }

    fn when(&self, change: &StateChange) -> String {
        moment(self.frame.texts, &self.zone, change.signed.at)
    }

    fn what(&self, change: &StateChange) -> String {
        let texts = self.frame.texts;
        match &change.until {
            Some(until) => texts.of("lock-reopened-until", &moment(texts, &self.zone, *until)),
            None => texts.get("lock-locked"),
        }
    }
}
