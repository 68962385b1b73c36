//! What the API takes of lessons and cells.

use model::{LessonKey, PersonId, WorkId};
use serde::Deserialize;
use utoipa::ToSchema;
use web::Problem;

use crate::lesson_form::{LessonContent, NewWorkForm};

/// What shall stand in a cell for one work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetCell {
    /// For which work of the lesson.
    #[schema(value_type = u8)]
    pub(crate) work: WorkId,
    /// As a teacher types it: marks `1`–`5`, `зач`, `нез`, `н/а`, `.` for a work that is owed (`.07.12` by that day), and for
    /// the first work one of `н`, `б`, `у`, `нп`, `о`, `осв`, separated by spaces. Empty text clears.
    pub(crate) entry: String,
    /// What is said to the family, up to 200 characters; empty text clears, nothing leaves it as it is.
    #[serde(default)]
    pub(crate) comment: Option<String>,
    /// Why, up to 300 characters: needed in a period that was locked and is open for a time.
    #[serde(default)]
    pub(crate) reason: String,
}

/// From when the marks of a work shall be shown; at once where a date is left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutPublication {
    /// The first day on which pupils see them: `2026-11-24`.
    #[serde(default)]
    pub(crate) pupils_from: String,
    /// The first day on which parents see them.
    #[serde(default)]
    pub(crate) parents_from: String,
}

/// A work to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWork {
    /// What it is.
    pub(crate) kind: String,
    /// Its weight, `1,5` or `1.5`; the one that the institution gives its kind if left out.
    #[serde(default)]
    pub(crate) weight: String,
}

/// A lesson to be opened or changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutLesson {
    /// What it is about; up to 300 characters.
    #[serde(default)]
    pub(crate) topic: String,
    /// What is set for the next time; up to 2,000 characters.
    #[serde(default)]
    pub(crate) homework: String,
    /// How long the homework is expected to take, up to 300.
    #[serde(default)]
    pub(crate) homework_minutes: Option<u16>,
    /// For whom the homework is, if not for all: pupils of the group.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) homework_pupils: Vec<PersonId>,
    /// For which lesson the homework is due, if not for the next one: date and number of a lesson that the group has on a
    /// later day by its timetable, up to 13 weeks ahead.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(crate) homework_due: Option<LessonKey>,
    /// Works to be added to those that the lesson has.
    #[serde(default)]
    pub(crate) add_works: Vec<NewWork>,
}

impl PutLesson {
    /// The texts, read.
    pub(crate) fn content(&self) -> Result<LessonContent, &'static str> {
        let content = LessonContent::parse(&self.topic, &self.homework, self.homework_minutes)?;
        Ok(content
            .due_at(self.homework_due)
            .for_pupils(self.homework_pupils.clone()))
    }

    /// The works to be added.
    pub(crate) fn new_works(&self) -> Result<Vec<NewWorkForm>, Problem> {
        self.add_works
            .iter()
            .map(|work| NewWorkForm::parse(&work.kind, &work.weight).map_err(Problem::invalid))
            .collect()
    }
}
