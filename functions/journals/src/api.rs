//! What the API takes and gives.

use gradebook::{Cell, CellChange, Lesson};
use jiff::civil::Date;
use model::{
    AcademicPeriod, Attendance, Average, GroupId, LessonKey, PeriodId, PersonId, Weight, WorkId, WorkKind,
};
use serde::{Deserialize, Serialize};
use store::Stored;
use utoipa::{OpenApi, ToSchema};
use web::Problem;

use crate::{
    entry::shown,
    handlers,
    journal::Journal,
    lesson_form::{LessonContent, parse_work},
};

/// The description of the journals' API.
#[derive(OpenApi)]
#[openapi(paths(
    handlers::list::json,
    handlers::grid::json,
    handlers::lesson::put,
    handlers::cell::put,
    handlers::history::json
))]
pub(crate) struct Description;

/// A journal in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalEntry {
    /// Id of the teaching group.
    #[schema(value_type = String)]
    pub(crate) id: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
}

/// Journals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalList {
    /// By year, title and subject.
    pub(crate) journals: Vec<JournalEntry>,
}

/// A work of a lesson.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkView {
    /// Its number within the lesson.
    #[schema(value_type = u8)]
    pub(crate) id: WorkId,
    /// What it was: `answer`, `homework`, `independent`, `test`, `writing`, `practical`, `project`.
    #[schema(value_type = String)]
    pub(crate) kind: WorkKind,
    /// Its weight in hundredths: 150 is 1,5.
    #[schema(value_type = u16)]
    pub(crate) weight_hundredths: Weight,
}

/// A lesson.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LessonView {
    /// Date and number: `2026-11-23-02`.
    #[schema(value_type = String)]
    pub(crate) lesson: LessonKey,
    /// Counts the changes of the lesson.
    pub(crate) version: u64,
    /// What it was about.
    pub(crate) topic: String,
    /// What was set for the next time.
    pub(crate) homework: String,
    /// How long the homework is expected to take.
    pub(crate) homework_minutes: Option<u16>,
    /// The works for which marks can be given.
    pub(crate) works: Vec<WorkView>,
}

impl LessonView {
    /// The lesson as the API shows it.
    pub(crate) fn of(stored: &Stored<Lesson>) -> Self {
        let lesson = &stored.record;
        let homework = lesson.homework.clone().unwrap_or_default();
        Self {
            lesson: lesson.lesson,
            version: stored.version,
            topic: lesson.topic.clone(),
            homework: homework.text,
            homework_minutes: homework.minutes,
            works: lesson
                .works
                .iter()
                .map(|work| WorkView {
                    id: work.id,
                    kind: work.kind,
                    weight_hundredths: work.weight,
                })
                .collect(),
        }
    }
}

/// A mark in a cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarkView {
    /// For which work of the lesson.
    #[schema(value_type = u8)]
    pub(crate) work: WorkId,
    /// The mark: `5`, `зач`, `н/а`.
    pub(crate) mark: String,
    /// What the work was.
    #[schema(value_type = String)]
    pub(crate) kind: WorkKind,
    /// Its weight in hundredths.
    #[schema(value_type = u16)]
    pub(crate) weight_hundredths: Weight,
}

/// What stands in the column of one work, as it would be typed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// The work.
    #[schema(value_type = u8)]
    pub(crate) work: WorkId,
    /// The entry: `5 4`, `н`.
    pub(crate) entry: String,
}

/// A cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellView {
    /// The lesson.
    #[schema(value_type = String)]
    pub(crate) lesson: LessonKey,
    /// Counts the changes of the cell; 0 if it was never set.
    pub(crate) version: u64,
    /// How the pupil was at the lesson; nothing means present.
    #[schema(value_type = Option<String>)]
    pub(crate) attendance: Option<Attendance>,
    /// The marks.
    pub(crate) marks: Vec<MarkView>,
    /// The same for each work, as typed.
    pub(crate) entries: Vec<EntryView>,
    /// The pupil's average of the period, when the answer knows it: `4,67`.
    pub(crate) average: Option<String>,
}

impl CellView {
    /// The cell as the API shows it.
    pub(crate) fn of(cell: &Cell, lesson: &Lesson, average: Option<Average>) -> Self {
        Self {
            lesson: lesson.lesson,
            version: cell.version,
            attendance: cell.value.attendance,
            marks: cell
                .value
                .marks
                .iter()
                .map(|mark| MarkView {
                    work: mark.work,
                    mark: mark.mark.to_string(),
                    kind: mark.kind,
                    weight_hundredths: mark.weight,
                })
                .collect(),
            entries: lesson
                .works
                .iter()
                .enumerate()
                .map(|(place, work)| EntryView {
                    work: work.id,
                    entry: shown(&cell.value, work, place == 0),
                })
                .collect(),
            average: average.map(|average| average.to_string()),
        }
    }
}

/// A pupil's row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowView {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя».
    pub(crate) name: String,
    /// The cells that were ever set.
    pub(crate) cells: Vec<CellView>,
    /// The average so far: `4,67`.
    pub(crate) average: Option<String>,
}

/// A period of a journal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalView {
    /// The teaching group.
    #[schema(value_type = String)]
    pub(crate) id: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
    /// The period.
    #[schema(value_type = String)]
    pub(crate) period: PeriodId,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    pub(crate) start: Date,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    pub(crate) end: Date,
    /// The lessons by time.
    pub(crate) lessons: Vec<LessonView>,
    /// The pupils by name.
    pub(crate) rows: Vec<RowView>,
}

impl JournalView {
    /// The journal as the API shows it.
    pub(crate) fn of(journal: &Journal, period: &AcademicPeriod) -> Self {
        let cells = |row: &crate::journal::Row| {
            journal
                .lessons
                .iter()
                .filter_map(|lesson| {
                    let cell = row.cells.cells.get(&lesson.record.lesson)?;
                    Some(CellView::of(cell, &lesson.record, None))
                })
                .collect()
        };
        Self {
            id: journal.roster.group.group,
            subject: journal.roster.group.subject.clone().unwrap_or_default(),
            title: journal.roster.group.title.clone(),
            period: period.id.clone(),
            start: period.start,
            end: period.end,
            lessons: journal.lessons.iter().map(LessonView::of).collect(),
            rows: journal
                .rows
                .iter()
                .map(|row| RowView {
                    pupil: row.member.person,
                    name: row.member.name.short(),
                    cells: cells(row),
                    average: row.average().map(|average| average.to_string()),
                })
                .collect(),
        }
    }
}

/// What shall stand in a cell for one work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetCell {
    /// For which work of the lesson.
    #[schema(value_type = u8)]
    pub(crate) work: WorkId,
    /// As a teacher types it: marks `1`–`5`, `зач`, `нез`, `н/а`, and for the first work one of `н`, `б`, `у`, `нп`, `о`,
    /// `осв`, separated by spaces. Empty text clears.
    pub(crate) entry: String,
}

/// A work to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWork {
    /// What it is.
    pub(crate) kind: String,
    /// Its weight, `1,5` or `1.5`; the one proposed for its kind if left out.
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
    /// Works to be added to those that the lesson has.
    #[serde(default)]
    pub(crate) add_works: Vec<NewWork>,
}

impl PutLesson {
    /// The texts, read.
    pub(crate) fn content(&self) -> Result<LessonContent, &'static str> {
        LessonContent::parse(&self.topic, &self.homework, self.homework_minutes)
    }

    /// The works to be added.
    pub(crate) fn new_works(&self) -> Result<Vec<(WorkKind, Weight)>, Problem> {
        self.add_works
            .iter()
            .map(|work| parse_work(&work.kind, &work.weight).map_err(Problem::invalid))
            .collect()
    }
}

/// One change of a cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeView {
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
    pub(crate) from: String,
    /// What stands since.
    pub(crate) to: String,
}

/// The changes of a cell, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellHistory {
    /// The changes.
    pub(crate) changes: Vec<ChangeView>,
}

impl CellHistory {
    /// The history as the API shows it.
    pub(crate) fn of(changes: &[CellChange]) -> Self {
        let changes = changes
            .iter()
            .map(|change| ChangeView {
                number: change.number,
                at: change.at.to_string(),
                by: change.by,
                by_name: change.by_name.clone(),
                from: crate::entry::shown_whole(&change.from),
                to: crate::entry::shown_whole(&change.to),
            })
            .collect();
        Self { changes }
    }
}
