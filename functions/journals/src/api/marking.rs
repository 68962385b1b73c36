//! What the API takes and gives of an institution's settings for marks.

use std::collections::BTreeMap;

use model::{MarkingRule, MarkingSettings, Threshold, Weight, WorkKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An institution's settings for marks. They hold for the periods that begin after they were set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkingBody {
    /// Whether works weigh differently; if not, the average is the plain mean.
    pub(crate) weighted: bool,
    /// From which part of a mark on an average rounds up, in hundredths from 1 to 99: 50, 60.
    pub(crate) threshold: u8,
    /// With fewer marks than this no result is proposed; up to 20.
    pub(crate) least_marks: u8,
    /// The weights of new works by their kind, in hundredths from 1 to 1000; the usual ones for kinds that are left out.
    #[schema(value_type = BTreeMap<String, u16>)]
    #[serde(default)]
    pub(crate) weights: BTreeMap<WorkKind, u16>,
    /// The kinds that count as control works.
    #[schema(value_type = Vec<String>)]
    pub(crate) control: Vec<WorkKind>,
    /// After how many days a work that is owed becomes overdue, from 1 to 60.
    pub(crate) owed_days: u8,
    /// How many days after its end a period is locked, up to 60; not by itself if left out.
    #[serde(default)]
    pub(crate) lock_days: Option<u8>,
}

impl From<&MarkingSettings> for MarkingBody {
    fn from(settings: &MarkingSettings) -> Self {
        Self {
            weighted: settings.rule.weighted,
            threshold: settings.rule.threshold.hundredths(),
            least_marks: settings.rule.least_marks,
            weights: WorkKind::ALL
                .into_iter()
                .map(|kind| (kind, settings.weight_of(kind).hundredths()))
                .collect(),
            control: settings.control.clone(),
            owed_days: settings.owed_days,
            lock_days: settings.lock_days,
        }
    }
}

impl MarkingBody {
    /// The settings, read. The error names the field.
    pub(crate) fn settings(&self) -> Result<MarkingSettings, &'static str> {
        let threshold = Threshold::try_from(self.threshold).map_err(|_| "threshold")?;
        if self.least_marks > MarkingRule::MOST_LEAST_MARKS {
            return Err("least_marks");
        }
        if !(1..=MarkingSettings::MOST_DAYS).contains(&self.owed_days) {
            return Err("owed_days");
        }
        if self
            .lock_days
            .is_some_and(|days| days > MarkingSettings::MOST_DAYS)
        {
            return Err("lock_days");
        }
        let mut weights = BTreeMap::new();
        for (kind, weight) in &self.weights {
            weights.insert(*kind, Weight::try_from(*weight).map_err(|_| "weight")?);
        }
        let mut control = self.control.clone();
        control.sort_unstable();
        control.dedup();
        Ok(MarkingSettings {
            rule: MarkingRule {
                weighted: self.weighted,
                threshold,
                least_marks: self.least_marks,
            },
            weights,
            control,
            owed_days: self.owed_days,
            lock_days: self.lock_days,
        })
    }
}

/// The settings with their version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarkingView {
    /// Counts the changes; 0 while nothing was set and the usual ones hold.
    pub(crate) version: u64,
    /// What they say.
    pub(crate) settings: MarkingBody,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_read_back_as_they_were_shown() {
        let mut usual = MarkingSettings::default();
        let body = MarkingBody::from(&usual);
        usual.weights = WorkKind::ALL.map(|kind| (kind, kind.proposed_weight())).into();
        assert_eq!(body.settings(), Ok(usual));
    }

    #[test]
    fn what_is_out_of_bounds_is_refused_by_its_name() {
        type Spoil = fn(&mut MarkingBody);
        let usual = MarkingBody::from(&MarkingSettings::default());
        let cases: [(Spoil, &str); 6] = [
            (|body| body.threshold = 0, "threshold"),
            (|body| body.threshold = 100, "threshold"),
            (|body| body.least_marks = 21, "least_marks"),
            (|body| body.owed_days = 0, "owed_days"),
            (|body| body.lock_days = Some(61), "lock_days"),
            (|body| body.weights = [(WorkKind::Test, 1_001)].into(), "weight"),
        ];
        for (spoil, field) in cases {
            let mut body = usual.clone();
            spoil(&mut body);
            assert_eq!(body.settings(), Err(field));
        }
    }
}
