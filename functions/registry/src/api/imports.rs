//! Imports and their reports, as the API takes and gives them.

use bundles::{FileReport, Report, Totals};
use jiff::Timestamp;
use model::{ImportId, RegionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::import_item::{Import, ImportState};

/// An import to be made ready.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateImport {
    /// For which region.
    #[schema(value_type = String)]
    pub(crate) region: RegionId,
    /// The size of the file in bytes, if known: then only a file of that size can be uploaded.
    #[serde(default)]
    pub(crate) bytes: Option<u64>,
}

/// A permission to upload a bundle.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportTicket {
    /// The import.
    #[schema(value_type = String)]
    pub(crate) import: ImportId,
    /// Where to PUT the file, without any credentials. Absent if the import has been started already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) upload_url: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) expires_at: Option<Timestamp>,
}

/// How far an import is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgressView {
    /// Rows dealt with.
    pub(crate) done: u64,
    /// Rows of the bundle; 0 until it has been read.
    pub(crate) total: u64,
}

/// Sums over rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotalsView {
    /// Rows read.
    pub(crate) rows: u64,
    /// Rows that made something new.
    pub(crate) created: u64,
    /// Rows that changed something.
    pub(crate) changed: u64,
    /// Rows that were already so.
    pub(crate) kept: u64,
    /// Rows that were not imported.
    pub(crate) refused: u64,
    /// Oddities that stopped nothing.
    pub(crate) warned: u64,
}

impl From<Totals> for TotalsView {
    fn from(sums: Totals) -> Self {
        let Totals {
            rows,
            created,
            changed,
            kept,
            refused,
            warned,
        } = sums;
        Self {
            rows,
            created,
            changed,
            kept,
            refused,
            warned,
        }
    }
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: ImportId,
    /// For which region.
    #[schema(value_type = String)]
    pub(crate) region: RegionId,
    /// `waiting_for_file`, `queued`, `running`, `done`, `failed`.
    #[schema(value_type = String)]
    pub(crate) state: ImportState,
    /// When it was made ready.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Timestamp,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) finished_at: Option<Timestamp>,
    /// How far it is.
    pub(crate) progress: ProgressView,
    /// Sums of the report; zeros until it is done.
    pub(crate) totals: TotalsView,
    /// Why the bundle was refused as a whole: then nothing of it was imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    /// The entry of the archive at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failed_entry: Option<String>,
    /// What became of each file, once it is done.
    pub(crate) files: Vec<FileView>,
}

impl ImportView {
    /// The import as the API shows it.
    pub(crate) fn of(import: Import, report: &Report) -> Self {
        Self {
            id: import.import,
            region: import.region,
            state: import.state,
            created_at: import.created_at,
            finished_at: import.finished_at,
            progress: ProgressView {
                done: import.progress.done,
                total: import.progress.total,
            },
            totals: import.totals.into(),
            failure: import.failure,
            failed_entry: import.failed_entry,
            files: report.files.iter().map(FileView::of).collect(),
        }
    }
}

/// What became of one file. The sums are exact; the lists end where `refused` and `warned` go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    /// Its name.
    pub(crate) name: String,
    /// Rows in it.
    pub(crate) rows: u64,
    /// Rows that made something new.
    pub(crate) created: u64,
    /// Rows that changed something.
    pub(crate) changed: u64,
    /// Rows that were already so.
    pub(crate) kept: u64,
    /// Rows that were not imported.
    pub(crate) refused: u64,
    /// Why the whole file was not imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<RemarkView>,
    /// The first refused rows.
    pub(crate) refusals: Vec<RemarkView>,
    /// Oddities that stopped nothing.
    pub(crate) warned: u64,
    /// The first of them.
    pub(crate) warnings: Vec<RemarkView>,
}

/// Why a row was refused, or what was odd about it.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct RemarkView {
    /// Line of the file, 1 being the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u64>,
    /// The row's `sourcedId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sourced_id: Option<String>,
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<String>,
    /// A stable name: `value-missing`.
    pub(crate) code: &'static str,
    /// What the reason names.
    #[schema(value_type = Object)]
    pub(crate) args: bundles::Args,
}

impl FileView {
    fn of(file: &FileReport) -> Self {
        Self {
            name: file.name.clone(),
            rows: file.rows,
            created: file.created,
            changed: file.changed,
            kept: file.kept,
            refused: file.refused,
            failure: file.failure.as_ref().map(|reason| RemarkView {
                code: reason.code.as_str(),
                args: reason.args.clone(),
                ..RemarkView::default()
            }),
            refusals: file
                .refusals
                .iter()
                .map(|refusal| RemarkView {
                    line: Some(refusal.line),
                    sourced_id: refusal.sourced_id.clone(),
                    column: refusal.column.clone(),
                    code: refusal.reason.code.as_str(),
                    args: refusal.reason.args.clone(),
                })
                .collect(),
            warned: file.warned,
            warnings: file
                .warnings
                .iter()
                .map(|warning| RemarkView {
                    line: warning.line,
                    sourced_id: None,
                    column: warning.column.clone(),
                    code: warning.code.as_str(),
                    args: warning.args.clone(),
                })
                .collect(),
        }
    }
}
