//! An institution's settings for marks.

use askama::Template;
use gradebook::MarkingChange;
use jiff::tz::TimeZone;
use model::{MarkingSettings, WorkKind};
use rosters::Institution;
use ui::Frame;

use crate::pages::moment;

/// The settings with their changes.
#[derive(Template)]
#[template(path = "marking.html")]
pub(crate) struct MarkingPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// Whose.
    pub(crate) place: Institution,
    /// Its time zone.
    pub(crate) zone: TimeZone,
    /// Counts the changes; 0 while the usual settings hold.
    pub(crate) version: u64,
    /// What they say.
    pub(crate) settings: MarkingSettings,
    /// Whether the reader may change them.
    pub(crate) may_change: bool,
    /// What they were, the last first.
    pub(crate) changes: Vec<MarkingChange>,
}

impl MarkingPage<'_> {
    fn kinds(&self) -> [WorkKind; 7] {
        WorkKind::ALL
    }

    fn lock_days(&self) -> String {
        self.settings
            .lock_days
            .map(|days| days.to_string())
            .unwrap_or_default()
    }

    fn when(&self, change: &MarkingChange) -> String {
        moment(self.frame.texts, &self.zone, change.signed.at)
    }

    /// The settings in one line.
    fn summary(&self, settings: &MarkingSettings) -> String {
        let texts = self.frame.texts;
        let rule = settings.rule;
        let mut parts = vec![
            texts.get(if rule.weighted {
                "marking-with-weights"
            } else {
                "marking-without-weights"
            }),
            texts.of(
                "average-rounding",
                &format!("0,{:02}", rule.threshold.hundredths()),
            ),
            texts.count("marking-least", rule.least_marks.into()),
            texts.count("marking-owed", settings.owed_days.into()),
        ];
        parts.push(settings.lock_days.map_or_else(
            || texts.get("marking-never-locks"),
            |days| texts.count("marking-locks", days.into()),
        ));
        if rule.weighted {
            let weights = WorkKind::ALL.map(|kind| {
                let name = texts.get(&format!("work-short-{}", kind.as_str()));
                format!("{name} ×{}", settings.weight_of(kind))
            });
            parts.push(weights.join(", "));
        }
        parts.join(" ")
    }
}
