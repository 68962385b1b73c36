//! What the API says of the assessments of a class.

use model::{GroupId, LessonKey, PeriodId};
use serde::Serialize;
use timetable_norms::Finding;
use utoipa::ToSchema;

use crate::assessments::Planned;

/// An assessment of a class.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentView {
    /// Its date and the number of the lesson.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// The subject.
    subject: String,
    /// The journals: several where subgroups write it.
    #[schema(value_type = Vec<String>)]
    journals: Vec<GroupId>,
    /// What the plan calls it; empty for a work of an opened lesson.
    form: String,
    /// Whether its lesson was opened with it.
    held: bool,
    /// Norms that it does not keep: document, clause, dates, severity, what was found and what is allowed.
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Finding>,
}

/// The assessments of a class in a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentsView {
    /// The period.
    #[schema(value_type = String)]
    period: PeriodId,
    /// By time.
    assessments: Vec<AssessmentView>,
}

impl AssessmentsView {
    /// As the API shows them.
    pub(crate) fn of(period: PeriodId, planned: Vec<Planned>) -> Self {
        let view = |planned: Planned| AssessmentView {
            lesson: planned.lesson,
            subject: planned.subject,
            journals: planned.journals,
            form: planned.form,
            held: planned.is_held,
            findings: planned.findings,
        };
        Self {
            period,
            assessments: planned.into_iter().map(view).collect(),
        }
    }
}
