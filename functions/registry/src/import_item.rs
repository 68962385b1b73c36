//! An import as the registry table keeps it.
//!
//! | partition | sort key | what | also shown by |
//! |---|---|---|---|
//! | `IMPORT#imp` | `IMPORT` | the import: whose, in which state, how far, the sums | gsi1 `REGION#reg` / `IMPORT#moment` |
//! | | `REPORT#000`… | a part of the report | |
//!
//! The report lies beside the import and not in it: lists of imports stay cheap, and an item holds 400 KB at most.

use bundles::{FileReport, Report, Totals};
use jiff::{SignedDuration, Timestamp};
use model::{ImportId, PersonId, RegionId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// What is happening to an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file may be uploaded; nothing has been started.
    WaitingForFile,
    /// A message to the jobs is on its way.
    Queued,
    /// The jobs work at it.
    Running,
    /// All rows were looked at; the report says what became of each.
    Done,
    /// The bundle was refused as a whole; `failure` says why.
    Failed,
}

impl ImportState {
    /// The name used in keys, API and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WaitingForFile => "waiting_for_file",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing will happen any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// How much of the work is done, in rows of the bundle; `total` is 0 until it has been read and compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows dealt with.
    pub done: u64,
    /// Rows of the bundle.
    pub total: u64,
}

impl Progress {
    /// Full percent; 0 while the total is not known.
    pub fn percent(self) -> u64 {
        (self.done * 100).checked_div(self.total).unwrap_or(0).min(100)
    }
}

/// One import of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Its id.
    pub import: ImportId,
    /// For which region.
    pub region: RegionId,
    /// The region's short name, from which ids of what is imported are derived.
    pub region_code: String,
    /// The bundle's key in the bucket of imports. (`key` is a word of the table's own.)
    #[serde(rename = "object_key")]
    pub key: String,
    /// What is happening to it.
    pub state: ImportState,
    /// Who imports.
    pub created_by: PersonId,
    /// When the upload was allowed.
    pub created_at: Timestamp,
    /// The last sign of life: queued, taken up, a step forward, finished.
    pub touched_at: Timestamp,
    /// How far the jobs are.
    #[serde(default)]
    pub progress: Progress,
    /// Sums of the report; zeros until it is done.
    #[serde(default)]
    pub totals: Totals,
    /// Why the bundle was refused as a whole: a code of [`bundles::BundleError`] or another, worded by the message
    /// `import-failure-<code>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The entry of the archive at fault, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_entry: Option<String>,
    /// How many parts the report has. They are written before this is: what stands beyond is of an unfinished attempt.
    #[serde(default)]
    pub parts: u16,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

impl Import {
    /// How long a message may be on its way before the import can be started again.
    const QUEUED_AT_MOST: SignedDuration = SignedDuration::from_secs(2 * 60);
    /// How long the jobs may be silent before the import can be started again: as long as a function can live.
    const SILENT_AT_MOST: SignedDuration = SignedDuration::from_secs(15 * 60);

    /// An import that waits for its file.
    pub fn new(
        import: ImportId,
        region: RegionId,
        region_code: String,
        by: PersonId,
        now: Timestamp,
    ) -> Self {
        Self {
            import,
            region,
            region_code,
            key: format!("imports/{import}.zip"),
            state: ImportState::WaitingForFile,
            created_by: by,
            created_at: now,
            touched_at: now,
            progress: Progress::default(),
            totals: Totals::default(),
            failure: None,
            failed_entry: None,
            parts: 0,
            finished_at: None,
        }
    }

    /// Where an import is kept.
    pub fn key_of(import: ImportId) -> Key {
        Key {
            pk: partition(import),
            sk: "IMPORT".to_owned(),
        }
    }

    /// The partition and the beginning of the sort keys under which the first index lists a region's imports.
    pub(crate) fn list_of(region: RegionId) -> (String, &'static str) {
        (format!("REGION#{region}"), "IMPORT#")
    }

    /// Whether it can be started now: for the first time, or again when the message or the work was lost on the way.
    /// A second message does no harm, since the jobs take an import up once and importing twice changes nothing.
    pub fn can_start(&self, now: Timestamp) -> bool {
        let silent = now.duration_since(self.touched_at);
        match self.state {
            ImportState::WaitingForFile => true,
            ImportState::Queued => silent > Self::QUEUED_AT_MOST,
            ImportState::Running => silent > Self::SILENT_AT_MOST,
            ImportState::Done | ImportState::Failed => false,
        }
    }
}

impl Record for Import {
    const ENTITY: &'static str = "import";

    fn key(&self) -> Key {
        Self::key_of(self.import)
    }

    fn first_index(&self) -> Option<Key> {
        let (pk, prefix) = Self::list_of(self.region);
        Some(Key {
            pk,
            sk: format!("{prefix}{:.3}#{}", self.created_at, self.import),
        })
    }
}

/// A part of an import's report: as much of one file as an item holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPart {
    /// Whose report it is.
    pub import: ImportId,
    /// Its place among the parts, from 0.
    pub part: u16,
    /// The file. Its sums stand in its first part, the others go on with the refused rows.
    pub file: FileReport,
}

impl ReportPart {
    /// Refused rows in one part: of the longest possible values they stay below the 400 KB of an item.
    const LISTED: usize = 250;
    /// The sort keys of parts start so.
    pub(crate) const PREFIX: &'static str = "REPORT#";

    /// The parts of a report.
    pub fn of(import: ImportId, report: &Report) -> Vec<Self> {
        let mut files = Vec::new();
        for file in &report.files {
            let mut first = file.clone();
            let rest = first.refusals.split_off(first.refusals.len().min(Self::LISTED));
            files.push(first);
            files.extend(rest.chunks(Self::LISTED).map(|refusals| FileReport {
                name: file.name.clone(),
                refusals: refusals.to_vec(),
                ..FileReport::default()
            }));
        }
        (0..)
            .zip(files)
            .map(|(part, file)| Self { import, part, file })
            .collect()
    }

    /// The report that the parts make up.
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Report {
        let mut report = Report::default();
        for part in parts {
            report.merge(Report {
                files: vec![part.file],
            });
        }
        report
    }
}

impl Record for ReportPart {
    const ENTITY: &'static str = "import_report";

    fn key(&self) -> Key {
        Key {
            pk: partition(self.import),
            sk: format!("{}{:03}", Self::PREFIX, self.part),
        }
    }
}

/// The partition of an import.
pub(crate) fn partition(import: ImportId) -> String {
    format!("IMPORT#{import}")
}

#[cfg(test)]
mod tests {
    use bundles::{Reason, ReasonCode, Refusal};

    use super::*;

    fn import(state: ImportState) -> Import {
        let at = "2026-11-23T08:00:00Z".parse().expect("a moment");
        let mut import = Import::new(
            ImportId::from_bits(1),
            RegionId::from_bits(2),
            "north".to_owned(),
            PersonId::from_bits(3),
            at,
        );
        import.state = state;
        import
    }

    fn after(minutes: i64) -> Timestamp {
        import(ImportState::Queued).created_at + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn the_keys_are_as_documented() {
        let import = import(ImportState::Queued);
        assert_eq!(import.key().pk, "IMPORT#imp_00000000000000000000000001");
        assert_eq!(import.key().sk, "IMPORT");
        let index = import.first_index().expect("an index");
        assert_eq!(index.pk, "REGION#reg_00000000000000000000000002");
        assert_eq!(
            index.sk,
            "IMPORT#2026-11-23T08:00:00.000Z#imp_00000000000000000000000001"
        );
        assert_eq!(import.key, "imports/imp_00000000000000000000000001.zip");
    }

    #[test]
    fn an_import_is_started_once_and_again_only_when_it_was_lost() {
        assert!(import(ImportState::WaitingForFile).can_start(after(0)));
        assert!(!import(ImportState::Queued).can_start(after(1)));
        assert!(import(ImportState::Queued).can_start(after(3)));
        assert!(!import(ImportState::Running).can_start(after(14)));
        assert!(import(ImportState::Running).can_start(after(16)));
        assert!(!import(ImportState::Done).can_start(after(1_000)));
        assert!(!import(ImportState::Failed).can_start(after(1_000)));
    }

    #[test]
    fn a_long_report_is_cut_into_items_and_put_together_again() {
        let mut report = Report::default();
        for line in 0..1_000 {
            let reason = Reason::new(ReasonCode::WordUnknown)
                .with("value", "я".repeat(90))
                .with("allowed", "ю".repeat(90));
            let refusal = Refusal {
                line,
                sourced_id: Some("ю".repeat(255)),
                column: None,
                reason,
            };
            report.file("users.csv").refuse(refusal);
        }
        report.file("orgs.csv").created = 3;
        let parts = ReportPart::of(ImportId::from_bits(1), &report);
        assert_eq!(parts.len(), 5);
        assert_eq!(parts[4].key().sk, "REPORT#004");
        for part in &parts {
            assert!(serde_json::to_string(part).expect("JSON").len() < 390_000);
        }
        assert_eq!(ReportPart::merge(parts), report);
    }
}
