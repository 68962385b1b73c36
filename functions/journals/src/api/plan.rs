//! What the API takes and gives of lesson plans.

use gradebook::PlanRow;
use model::LessonKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::plan::{
    BoundPlan,
    read::{PlanError, RowProblem, read, written},
};

/// A row of a plan.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanRowBody {
    /// Its number in the programme.
    pub(crate) number: u16,
    /// What the lessons are about, up to 300 characters.
    pub(crate) topic: String,
    /// How many lessons it takes, up to 30; 0 where it is given together with the row before.
    pub(crate) hours: u8,
    /// How it is assessed, up to 100 characters.
    #[serde(default)]
    pub(crate) control: String,
    /// What is set, up to 500 characters.
    #[serde(default)]
    pub(crate) homework: String,
}

/// A plan to be put.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutPlan {
    /// Its rows, up to 300.
    pub(crate) rows: Vec<PlanRowBody>,
}

/// A row that cannot be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrongRow {
    /// Its place, from 1.
    pub(crate) row: u64,
    /// Why.
    pub(crate) code: &'static str,
}

impl PutPlan {
    /// The rows, by the same rules as those of a file.
    pub(crate) fn read(&self) -> Result<Vec<PlanRow>, Vec<WrongRow>> {
        if self.rows.is_empty() {
            return Ok(vec![]);
        }
        let rows: Vec<PlanRow> = self
            .rows
            .iter()
            .map(|row| PlanRow {
                number: row.number,
                topic: row.topic.split_whitespace().collect::<Vec<_>>().join(" "),
                hours: row.hours,
                control: row.control.split_whitespace().collect::<Vec<_>>().join(" "),
                homework: row.homework.split_whitespace().collect::<Vec<_>>().join(" "),
            })
            .collect();
        match read(written(&rows).as_bytes()) {
            Ok(found) if found.problems.is_empty() => Ok(found.rows),
            Ok(found) => Err(found.problems.iter().map(wrong).collect()),
            Err(PlanError(code)) => Err(vec![WrongRow { row: 0, code }]),
        }
    }
}

/// The header is the first line.
const fn wrong(problem: &RowProblem) -> WrongRow {
    WrongRow {
        row: problem.line.saturating_sub(1),
        code: problem.code,
    }
}

/// A row with its lessons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoundRowView {
    /// The row.
    #[serde(flatten)]
    pub(crate) row: PlanRowBody,
    /// Its lessons by the timetable: date and number.
    #[schema(value_type = Vec<String>)]
    pub(crate) lessons: Vec<LessonKey>,
    /// `ahead`, `as_planned`, `otherwise`, `not_given`.
    pub(crate) given: &'static str,
}

/// A plan with its dates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanView {
    /// Counts the changes; 0 where there is none.
    pub(crate) version: u64,
    /// The rows.
    pub(crate) rows: Vec<BoundRowView>,
    /// Hours for which no lesson is left.
    pub(crate) missing_hours: usize,
    /// Lessons for which no row is left.
    pub(crate) spare_lessons: usize,
    /// Lessons that were called off.
    #[schema(value_type = Vec<String>)]
    pub(crate) cancelled: Vec<LessonKey>,
    /// Lessons planned until today.
    pub(crate) planned_hours: usize,
    /// Lessons opened until today.
    pub(crate) given_hours: usize,
}

impl PlanView {
    /// The plan as the API shows it.
    pub(crate) fn of(version: u64, bound: &BoundPlan) -> Self {
        let rows = bound.plan.rows.iter().zip(&bound.binding.rows).zip(&bound.given);
        Self {
            version,
            rows: rows
                .map(|((row, lessons), given)| BoundRowView {
                    row: PlanRowBody {
                        number: row.number,
                        topic: row.topic.clone(),
                        hours: row.hours,
                        control: row.control.clone(),
                        homework: row.homework.clone(),
                    },
                    lessons: lessons.clone(),
                    given: given.as_str(),
                })
                .collect(),
            missing_hours: bound.binding.missing,
            spare_lessons: bound.binding.spare,
            cancelled: bound.binding.shifted.iter().map(|(key, _)| *key).collect(),
            planned_hours: bound.planned_hours,
            given_hours: bound.given_hours,
        }
    }
}
