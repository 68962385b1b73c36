//! What the API takes and gives.

pub(crate) mod alerts;
pub(crate) mod answers;
pub(crate) mod assessments;
mod body;
pub(crate) mod class_register;
pub(crate) mod marking;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod results;

use gradebook::{Cell, CellChange, Lesson, Openness};
use jiff::civil::Date;
use model::{
    Attendance, Average, GroupId, LessonKey, PeriodId, PersonId, Publication, Weight, WorkId, WorkKind,
};
use serde::Serialize;
use store::Stored;
use utoipa::{OpenApi, ToSchema};

use crate::{
    entry::shown,
    handlers::{self, Sheet},
};

pub(crate) use body::{PutLesson, PutPublication, SetCell};

/// The description of the journals' API.
#[derive(OpenApi)]
#[openapi(paths(
    handlers::list::json,
    handlers::grid::json,
    handlers::lesson::put,
    handlers::cell::put,
    handlers::history::json,
    handlers::publication::put,
    handlers::results::json,
    handlers::results::put,
    handlers::result_history::history,
    handlers::year::json,
    handlers::year::put,
    handlers::plan::json,
    handlers::plan::put,
    handlers::alerts::json,
    handlers::alerts::post,
    handlers::marking::json,
    handlers::marking::put,
    handlers::assessments::json,
    handlers::class_results::json,
    handlers::class_register::json,
    handlers::absences::post,
    handlers::answers::json,
    handlers::answers::post,
    handlers::answers::list,
    handlers::notices::json,
    handlers::notices::post,
    handlers::notices::post_change
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
    /// From when its marks are shown.
    #[serde(flatten)]
    pub(crate) publication: PublicationView,
}

/// From when marks are shown to the family; at once where no date is given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationView {
    /// The first day on which the pupil sees them.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pupils_from: Option<Date>,
    /// The first day on which the parents see them.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parents_from: Option<Date>,
}

impl From<Publication> for PublicationView {
    fn from(publication: Publication) -> Self {
        Self {
            pupils_from: publication.pupils_from,
            parents_from: publication.parents_from,
        }
    }
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
    /// For whom the homework is, if not for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub(crate) homework_pupils: Vec<PersonId>,
    /// For which lesson the homework is due, if not for the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) homework_due: Option<LessonKey>,
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
            homework_pupils: homework.pupils,
            homework_due: homework.due,
            works: lesson
                .works
                .iter()
                .map(|work| WorkView {
                    id: work.id,
                    kind: work.kind,
                    weight_hundredths: work.weight,
                    publication: work.publication.into(),
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
    /// The mark: `5`, `зач`, `н/а`; a work owed by a day `•2026-12-07`.
    pub(crate) mark: String,
    /// What the work was.
    #[schema(value_type = String)]
    pub(crate) kind: WorkKind,
    /// Its weight in hundredths.
    #[schema(value_type = u16)]
    pub(crate) weight_hundredths: Weight,
    /// From when it is shown.
    #[serde(flatten)]
    pub(crate) publication: PublicationView,
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
    /// What is said to the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comment: Option<String>,
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
                    publication: mark.publication.into(),
                })
                .collect(),
            comment: cell.value.comment.clone(),
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
    /// The result of the period, once the teacher has set it: `5`, `зач`, `н/а`, `осв`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<String>,
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
    /// Whether it takes changes: `open`, `reopened` (each with a reason), `locked`.
    pub(crate) state: &'static str,
    /// Until when it is open again, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reopened_until: Option<String>,
    /// The lessons by time.
    pub(crate) lessons: Vec<LessonView>,
    /// The pupils by name.
    pub(crate) rows: Vec<RowView>,
    /// The absences that were told, as far as they touch this week or the last: none of a period that is over.
    pub(crate) notices: Vec<notices::JournalNoticeView>,
}

impl JournalView {
    /// The journal as the API shows it.
    pub(crate) fn of(sheet: &Sheet, notices: &[gradebook::ClassNotice]) -> Self {
        let Sheet { journal, period, .. } = sheet;
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
            state: match sheet.openness {
                Openness::Open => "open",
                Openness::Reopened(_) => "reopened",
                Openness::Locked => "locked",
            },
            reopened_until: sheet.reopening().map(|reopening| reopening.until.to_string()),
            lessons: journal.lessons.iter().map(LessonView::of).collect(),
            rows: journal
                .rows
                .iter()
                .map(|row| RowView {
                    pupil: row.member.person,
                    name: row.member.name.short(),
                    cells: cells(row),
                    average: row.average().map(|average| average.to_string()),
                    result: row.result().map(|mark| mark.to_string()),
                })
                .collect(),
            notices: notices.iter().map(notices::JournalNoticeView::of).collect(),
        }
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
    /// Why, where a locked period had been opened for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
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
                reason: change.reason.clone(),
            })
            .collect();
        Self { changes }
    }
}
