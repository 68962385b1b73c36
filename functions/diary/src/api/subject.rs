//! What the API gives of one subject.

use model::{Attendance, GroupId, LessonKey, PeriodId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::handlers::subject::LoadedSubject;

/// A lesson of a subject as the pupil has it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectLessonView {
    /// The lesson: date and number.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// What it was about.
    topic: String,
    /// What was set for the next time.
    homework: String,
    /// How long the homework is expected to take.
    homework_minutes: Option<u16>,
    /// For which lesson it is due, where the teacher has chosen one.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    homework_due: Option<LessonKey>,
    /// The marks.
    marks: Vec<String>,
    /// How the pupil was at the lesson, if not simply present.
    #[schema(value_type = Option<String>)]
    attendance: Option<Attendance>,
    /// What the teacher says to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

/// The average after one more mark.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepView {
    /// At which lesson the mark was given.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// The mark.
    mark: String,
    /// The average with it: `4,67`.
    average: String,
}

/// A subject in a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectLessonsView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught.
    subject: String,
    /// The period.
    #[schema(value_type = String)]
    period: PeriodId,
    /// The average: `4,67`.
    average: Option<String>,
    /// How it was computed: `(5×1 + 4×3) / 4`.
    formula: String,
    /// How it went.
    trend: Vec<StepView>,
    /// The lessons by time.
    lessons: Vec<SubjectLessonView>,
}

impl SubjectLessonsView {
    pub(crate) fn of(loaded: &LoadedSubject) -> Self {
        Self {
            journal: loaded.journal,
            subject: loaded.subject.clone(),
            period: loaded.period.id.clone(),
            average: loaded.explanation.average.map(|average| average.to_string()),
            formula: loaded.explanation.formula(),
            trend: loaded
                .trend
                .steps
                .iter()
                .map(|step| StepView {
                    lesson: step.lesson,
                    mark: step.mark.to_string(),
                    average: step.average.to_string(),
                })
                .collect(),
            lessons: loaded
                .lessons
                .iter()
                .map(|lesson| SubjectLessonView {
                    lesson: lesson.lesson,
                    topic: lesson.topic.clone(),
                    homework: lesson.homework.clone(),
                    homework_minutes: lesson.minutes,
                    homework_due: lesson.due,
                    marks: lesson.marks.clone(),
                    attendance: lesson.attendance,
                    comment: lesson.comment.clone(),
                })
                .collect(),
        }
    }
}
