//! What the API gives.

use model::{AcademicPeriod, GroupId, PeriodId};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::{class_report::ClassReport, handlers};

/// The description of the feature's routes below `/api`.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(handlers::list::json, handlers::class::json),
    components(schemas(ReportList, ClassReport))
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
    /// Classes by year and title.
    pub(crate) classes: Vec<ReportedClass>,
}
