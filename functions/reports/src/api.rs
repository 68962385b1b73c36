//! What the API gives.

use jiff::Timestamp;
use model::{AcademicPeriod, GroupId, InstitutionId, PeriodId};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::{
    class_report::ClassReport,
    digest::ForeignChange,
    handlers,
    run::{ReportKind, Run, RunState, Subject},
    school::Content,
};

/// The description of the feature's routes below `/api`.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        handlers::list::json,
        handlers::changes::json,
        handlers::class::json,
        handlers::school::json,
        handlers::school::start
    ),
    components(schemas(ReportList, ForeignChanges, ClassReport, SchoolReportView))
)]
pub(crate) struct Description;

/// A class whose report the caller may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportedClass {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// «7А».
    pub(crate) title: String,
    /// The periods for which there are reports.
    #[schema(value_type = Vec<String>)]
    pub(crate) periods: Vec<PeriodId>,
    /// The one that runs.
    #[schema(value_type = Option<String>)]
    pub(crate) current: Option<PeriodId>,
    /// Whether the caller sees all subjects of it.
    pub(crate) whole: bool,
}

impl ReportedClass {
    /// A class with its periods, on a day.
    pub(crate) fn new(group: &rosters::Group, today: jiff::civil::Date, whole: bool) -> Self {
        let current = AcademicPeriod::current(&group.periods, today);
        Self {
            class: group.group,
            title: group.title.clone(),
            periods: group.periods.iter().map(|period| period.id.clone()).collect(),
            current: current.map(|period| period.id.clone()),
            whole,
        }
    }
}

/// What the caller may see.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct ReportList {
    /// The institutions that the caller leads.
    pub(crate) institutions: Vec<ReportedSchool>,
    /// Classes by year and title.
    pub(crate) classes: Vec<ReportedClass>,
}

/// What others changed in the journals that the caller keeps.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct ForeignChanges {
    /// The last first.
    pub(crate) changes: Vec<ForeignChange>,
    /// Where those before them begin: `until` of the next request. Nothing if there are no more. A portion may be empty and
    /// have a next one, where the caller's own changes fill it.
    pub(crate) next: Option<String>,
}

/// An institution whose reports the caller may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportedSchool {
    /// The institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// «Школа № 12».
    pub(crate) name: String,
    /// The period that runs.
    #[schema(value_type = Option<String>)]
    pub(crate) current: Option<PeriodId>,
}

/// How far the making of a report is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct RunView {
    /// How it stands.
    pub(crate) state: RunState,
    /// Whether it has stopped in the middle and can be asked for anew.
    pub(crate) stopped: bool,
    /// Classes done.
    pub(crate) done: usize,
    /// Classes to do; 0 before they are known.
    pub(crate) total: usize,
    /// When it was asked for.
    #[schema(value_type = String)]
    pub(crate) asked_at: Timestamp,
}

/// A report of an institution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SchoolReportView {
    /// The institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// The period.
    #[schema(value_type = String)]
    pub(crate) period: PeriodId,
    /// Which report.
    pub(crate) kind: ReportKind,
    /// The making that was asked for last; nothing if none ever was.
    pub(crate) run: Option<RunView>,
    /// When what is there was made.
    #[schema(value_type = Option<String>)]
    pub(crate) finished_at: Option<Timestamp>,
    /// What was made last.
    pub(crate) content: Option<Content>,
}

impl SchoolReportView {
    /// A report as the API shows it at a moment.
    pub(crate) fn new(
        subject: Subject,
        run: Option<&Run>,
        finished_at: Option<Timestamp>,
        content: Option<Content>,
        now: Timestamp,
    ) -> Self {
        let run = run.map(|run| RunView {
            state: run.state,
            stopped: run.stands_still(now),
            done: run.done,
            total: run.total,
            asked_at: run.asked_at,
        });
        Self {
            institution: subject.institution,
            period: subject.period,
            kind: subject.kind,
            run,
            finished_at,
            content,
        }
    }
}
