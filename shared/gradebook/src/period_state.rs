//! How a period of a journal stands: by which settings it counts, and whether it is open.

use jiff::{Timestamp, ToSpan, civil::Date};
use model::{GroupId, MarkingSettings, PeriodId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// As they were named then; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by_name: String,
}

/// That a locked period is open again for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who opened it.
    #[serde(flatten)]
    pub signed: Signed,
}

/// Whether a period takes marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openness {
    /// It does.
    Open,
    /// It was locked and does for a time, each change with its reason.
    Reopened(Reopening),
    /// It does not.
    Locked,
}

/// A period of a journal, from its first lesson on. It stands in the journal's partition, where every reading of the period
/// meets it; every write into the period holds its version, so that nothing slips in after a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodState {
    /// The journal.
    pub journal: GroupId,
    /// The period.
    pub period: PeriodId,
    /// The institution's settings as they were when the period began here. Later ones are for later periods: an average does
    /// not change without a mark.
    pub marking: MarkingSettings,
    /// Who locked it, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<Signed>,
    /// Who opened it again, if somebody did since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Reopening>,
}

impl PeriodState {
    /// A period that begins.
    pub const fn new(journal: GroupId, period: PeriodId, marking: MarkingSettings) -> Self {
        Self {
            journal,
            period,
            marking,
            locked: None,
            reopened: None,
        }
    }

    /// Where it is kept.
    pub fn key_of(journal: GroupId, period: &PeriodId) -> Key {
        Key {
            pk: crate::lesson::partition(journal),
            sk: format!("{period}#STATE"),
        }
    }

    /// Whether the period takes marks. It is locked by whoever leads the institution, or by itself so many days after its
    /// end as the settings say.
    pub fn openness(&self, end: Date, now: Timestamp, today: Date) -> Openness {
        let days = self.marking.lock_days.map(i64::from);
        let has_passed = days.is_some_and(|days| end.saturating_add(days.days()) < today);
        if self.locked.is_none() && !has_passed {
            return Openness::Open;
        }
        match &self.reopened {
            Some(reopening) if now < reopening.until => Openness::Reopened(reopening.clone()),
            _ => Openness::Locked,
        }
    }
}

impl Record for PeriodState {
    const ENTITY: &'static str = "period_state";

    fn key(&self) -> Key {
        Self::key_of(self.journal, &self.period)
    }
}

/// What was done to a period. Never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The journal.
    pub journal: GroupId,
    /// The period.
    pub period: PeriodId,
    /// The version that the state has since.
    pub number: u64,
    /// Who did it.
    #[serde(flatten)]
    pub signed: Signed,
    /// Why, where it was opened again; nothing where it was locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl StateChange {
    pub(crate) fn partition(journal: GroupId, period: &PeriodId) -> String {
        format!("HISTORY#{journal}#STATE#{period}")
    }
}

impl Record for StateChange {
    const ENTITY: &'static str = "state_change";

    fn key(&self) -> Key {
        Key {
            pk: Self::partition(self.journal, &self.period),
            sk: format!("{:08}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn signed() -> Signed {
        Signed {
            at: moment("2026-12-30T10:00:00Z"),
            by: PersonId::from_bits(1),
            by_name: "Громова В. П.".to_owned(),
        }
    }

    fn state(lock_days: Option<u8>) -> PeriodState {
        let marking = MarkingSettings {
            lock_days,
            ..MarkingSettings::default()
        };
        PeriodState::new(GroupId::from_bits(1), "q2".parse().expect("a period"), marking)
    }

    fn on(state: &PeriodState, today: Date) -> Openness {
        state.openness(date(2026, 12, 29), moment("2027-01-12T10:00:00Z"), today)
    }

    #[test]
    fn a_period_locks_itself_so_many_days_after_its_end() {
        let state = state(Some(5));
        assert_eq!(on(&state, date(2027, 1, 3)), Openness::Open);
        assert_eq!(on(&state, date(2027, 1, 4)), Openness::Locked);
    }

    #[test]
    fn without_a_setting_only_a_person_locks_it() {
        let mut state = state(None);
        assert_eq!(on(&state, date(2027, 6, 1)), Openness::Open);
        state.locked = Some(signed());
        assert_eq!(on(&state, date(2026, 12, 20)), Openness::Locked);
    }

    #[test]
    fn a_reopened_period_is_open_until_its_moment() {
        let mut state = state(Some(5));
        let reopening = |until| Reopening {
            until: moment(until),
            reason: "Болезнь учителя".to_owned(),
            signed: signed(),
        };
        state.reopened = Some(reopening("2027-01-12T10:00:01Z"));
        assert!(matches!(on(&state, date(2027, 1, 12)), Openness::Reopened(_)));
        state.reopened = Some(reopening("2027-01-12T10:00:00Z"));
        assert_eq!(on(&state, date(2027, 1, 12)), Openness::Locked);
    }
}
