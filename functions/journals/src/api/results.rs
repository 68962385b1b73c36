//! What the API takes and gives of results.

use gradebook::{PeriodResult, ResultChange};
use model::{Attestation, AttestationForm, GroupId, PeriodId, PersonId, ResultMark};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{class_results::ClassResults, handlers::Sheet, journal::Row, year::YearSheet};

/// A result.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultView {
    /// Counts the changes; 0 if it was never set.
    pub(crate) version: u64,
    /// `1`–`5`, `зач`, `нез`, `н/а`, `осв`; nothing if none stands.
    #[schema(value_type = Option<String>)]
    pub(crate) mark: Option<ResultMark>,
    /// In which form and when it was given, where that was said: in vocational education.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attestation: Option<AttestationView>,
}

/// In which form and when a result was given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttestationView {
    /// `exam`, `pass`, `differentiated_pass`, `course_work`, `practice`.
    #[schema(value_type = String)]
    pub(crate) form: AttestationForm,
    /// The day: `2026-12-25`.
    pub(crate) date: String,
    /// Hours by the plan; nothing where no plan was known.
    pub(crate) hours: Option<u16>,
    /// How often it was taken again.
    pub(crate) retakes: u8,
    /// Who gave it, as they were named then.
    pub(crate) teacher: String,
}

impl AttestationView {
    fn of(attestation: &Attestation) -> Self {
        Self {
            form: attestation.form,
            date: attestation.date.to_string(),
            hours: attestation.hours,
            retakes: attestation.retakes,
            teacher: attestation.teacher.clone(),
        }
    }
}

impl ResultView {
    /// The result as the API shows it.
    pub(crate) fn of(result: Option<&PeriodResult>) -> Self {
        Self {
            version: result.map_or(0, |result| result.version),
            mark: result.and_then(|result| result.mark),
            attestation: result
                .and_then(|result| result.attestation.as_ref())
                .map(AttestationView::of),
        }
    }
}

/// The result of a pupil with what led to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PupilResultView {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя».
    pub(crate) name: String,
    /// The average: `4,67`.
    pub(crate) average: Option<String>,
    /// What the rule proposes; nothing where there are too few marks.
    #[schema(value_type = Option<String>)]
    pub(crate) proposed: Option<ResultMark>,
    /// What the teacher has decided.
    pub(crate) result: ResultView,
}

/// The results of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodResultsView {
    /// The period.
    #[schema(value_type = String)]
    pub(crate) period: PeriodId,
    /// By name.
    pub(crate) pupils: Vec<PupilResultView>,
}

impl PeriodResultsView {
    /// The results as the API shows them.
    pub(crate) fn of(sheet: &Sheet) -> Self {
        let of_row = |row: &Row| PupilResultView {
            pupil: row.member.person,
            name: row.member.name.short(),
            average: row.average().map(|average| average.to_string()),
            proposed: row.proposal(),
            result: ResultView::of(row.cells.result.as_ref()),
        };
        Self {
            period: sheet.period.id.clone(),
            pupils: sheet.journal.rows.iter().map(of_row).collect(),
        }
    }
}

/// The results of a pupil's year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PupilYearView {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя».
    pub(crate) name: String,
    /// The results of the periods, in their order.
    #[schema(value_type = Vec<Option<String>>)]
    pub(crate) periods: Vec<Option<ResultMark>>,
    /// What they propose for the year.
    #[schema(value_type = Option<String>)]
    pub(crate) proposed: Option<ResultMark>,
    /// What the teacher has decided.
    pub(crate) result: ResultView,
}

/// The results of a journal's year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct YearView {
    /// The periods at whose ends results are given.
    #[schema(value_type = Vec<String>)]
    pub(crate) periods: Vec<PeriodId>,
    /// By name.
    pub(crate) pupils: Vec<PupilYearView>,
}

impl YearView {
    /// The year as the API shows it.
    pub(crate) fn of(sheet: &YearSheet) -> Self {
        Self {
            periods: sheet.terms.iter().map(|period| period.id.clone()).collect(),
            pupils: sheet
                .rows
                .iter()
                .map(|row| PupilYearView {
                    pupil: row.member.person,
                    name: row.member.name.short(),
                    periods: row.periods.clone(),
                    proposed: row.proposed,
                    result: ResultView::of(row.results.whole.as_ref()),
                })
                .collect(),
        }
    }
}

/// What shall stand as a result.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetResult {
    /// `1`–`5`, `зач`, `нез`, `н/а`, `осв`; empty text takes it back.
    pub(crate) mark: String,
    /// Why: needed in a period that was locked and is open for a time.
    #[serde(default)]
    pub(crate) reason: String,
    /// In which form and when it is given: results of semesters in vocational education only. Left out, what was said
    /// before stays.
    #[serde(default)]
    pub(crate) attestation: Option<SetAttestation>,
}

/// In which form and when a result is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetAttestation {
    /// `exam`, `pass`, `differentiated_pass`, `course_work`, `practice`.
    pub(crate) form: String,
    /// The day: `2026-12-25`; not before the period and not after today.
    pub(crate) date: String,
}

/// One change of a result.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultChangeView {
    /// The number of the change, from 1.
    pub(crate) number: u64,
    /// When, in UTC.
    pub(crate) at: String,
    /// Who.
    #[schema(value_type = String)]
    pub(crate) by: PersonId,
    /// As they were named then.
    pub(crate) by_name: String,
    /// What stood before.
    #[schema(value_type = Option<String>)]
    pub(crate) from: Option<ResultMark>,
    /// What stands since.
    #[schema(value_type = Option<String>)]
    pub(crate) to: Option<ResultMark>,
    /// What the rule had proposed.
    #[schema(value_type = Option<String>)]
    pub(crate) proposed: Option<ResultMark>,
    /// Why, where a locked period had been opened for it.
    pub(crate) reason: Option<String>,
    /// In which form and when what stands since was given, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attestation: Option<AttestationView>,
}

/// The changes of a result, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultHistory {
    /// The changes.
    pub(crate) changes: Vec<ResultChangeView>,
}

impl ResultHistory {
    /// The history as the API shows it.
    pub(crate) fn of(changes: Vec<ResultChange>) -> Self {
        let changes = changes.into_iter().map(|change| ResultChangeView {
            number: change.number,
            at: change.at.to_string(),
            by: change.by,
            by_name: change.by_name,
            from: change.from,
            to: change.to,
            proposed: change.proposed,
            reason: change.reason,
            attestation: change.attestation.as_ref().map(AttestationView::of),
        });
        Self {
            changes: changes.collect(),
        }
    }
}

/// How far a journal is filled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FillingView {
    /// The journal.
    #[schema(value_type = String)]
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
    /// Lessons opened in the period.
    pub(crate) lessons: usize,
    /// Of them without a topic.
    pub(crate) without_topic: usize,
    /// Results set.
    pub(crate) results: usize,
}

/// A pupil of a class with the results by subject.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassPupilView {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя».
    pub(crate) name: String,
    /// In the order of the subjects.
    #[schema(value_type = Vec<Option<String>>)]
    pub(crate) results: Vec<Option<ResultMark>>,
}

/// The results of a class in a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassResultsView {
    /// The period.
    #[schema(value_type = String)]
    pub(crate) period: PeriodId,
    /// The subjects.
    pub(crate) subjects: Vec<String>,
    /// By name.
    pub(crate) pupils: Vec<ClassPupilView>,
    /// Успеваемость: percent of the assessed pupils who cope with every subject.
    pub(crate) sufficient_percent: Option<u32>,
    /// Качество: percent of the assessed pupils who have nothing but 4 and 5.
    pub(crate) good_percent: Option<u32>,
    /// The journals by subject.
    pub(crate) journals: Vec<FillingView>,
}

impl ClassResultsView {
    /// The results as the API shows them.
    pub(crate) fn of(period: PeriodId, results: &ClassResults) -> Self {
        let quality = results.quality();
        Self {
            period,
            subjects: results.subjects.clone(),
            pupils: results
                .pupils
                .iter()
                .map(|pupil| ClassPupilView {
                    pupil: pupil.member.person,
                    name: pupil.member.name.short(),
                    results: pupil.results.clone(),
                })
                .collect(),
            sufficient_percent: quality.sufficient_percent(),
            good_percent: quality.good_percent(),
            journals: results
                .journals
                .iter()
                .map(|filling| FillingView {
                    journal: filling.journal,
                    subject: filling.subject.clone(),
                    title: filling.title.clone(),
                    lessons: filling.lessons,
                    without_topic: filling.without_topic,
                    results: filling.results,
                })
                .collect(),
        }
    }
}
