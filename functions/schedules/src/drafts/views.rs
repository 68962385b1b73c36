//! What the API of drafts takes and answers.

use jiff::civil::Date;
use model::{GroupId, InstitutionId, PersonId, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    conflict::Conflict,
    draft::{Draft, DraftClass, DraftLesson},
    edit::Edit,
    id::DraftId,
    item::{DraftHead, DraftState, Publication},
    table::resolve::RowRefusal,
    words::Words,
};

/// A draft without its lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DraftView {
    /// The draft.
    #[schema(value_type = String)]
    draft: DraftId,
    /// Whose timetable it is.
    #[schema(value_type = String)]
    institution: InstitutionId,
    /// What people call it.
    title: String,
    /// The Monday from which it should hold.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// `draft`, `publishing` or `published`.
    #[schema(value_type = String)]
    state: DraftState,
    /// Counts the changes.
    revision: u64,
    /// Its classes.
    classes: Vec<ClassName>,
    /// Published lessons that a new draft could not take over, since their groups are gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<usize>,
}

/// A class of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ClassName {
    /// The class.
    #[schema(value_type = String)]
    class: GroupId,
    /// What people call it.
    title: String,
}

impl From<DraftHead> for DraftView {
    fn from(head: DraftHead) -> Self {
        let class = |(class, title)| ClassName { class, title };
        Self {
            draft: head.draft,
            institution: head.institution,
            title: head.title,
            from: head.from,
            state: head.state,
            revision: head.revision,
            classes: head.classes.into_iter().map(class).collect(),
            left_out: None,
        }
    }
}

impl DraftView {
    /// The draft as it is answered to who has made it.
    pub(crate) fn made(head: DraftHead, left_out: usize) -> Self {
        Self {
            left_out: Some(left_out),
            ..head.into()
        }
    }
}

/// The drafts of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DraftList {
    /// The last made first.
    pub(crate) drafts: Vec<DraftView>,
}

/// What a class learns in one teaching group.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CourseView {
    /// The teaching group.
    #[schema(value_type = String)]
    group: GroupId,
    /// What is taught.
    subject: String,
    /// The group's title.
    title: String,
    /// Who teaches it.
    teachers: Vec<PersonName>,
    /// Hours a week of the curriculum, if somebody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<f64>,
    /// Hours that stand in the week.
    placed: f64,
}

/// A teacher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PersonName {
    /// Who.
    #[schema(value_type = String)]
    person: PersonId,
    /// As written beside a lesson.
    name: String,
}

/// A class of a draft with its courses and lessons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DraftClassView {
    /// The class.
    #[schema(value_type = String)]
    class: GroupId,
    /// What people call it.
    title: String,
    /// What it learns.
    courses: Vec<CourseView>,
    /// Its lessons.
    lessons: Vec<DraftLesson>,
}

impl From<&DraftClass> for DraftClassView {
    fn from(class: &DraftClass) -> Self {
        let person = |id: &PersonId| PersonName {
            person: *id,
            name: class.people.get(id).cloned().unwrap_or_default(),
        };
        let courses = class.courses.iter().map(|course| CourseView {
            group: course.group,
            subject: course.subject.clone(),
            title: course.title.clone(),
            teachers: course.teachers.iter().map(person).collect(),
            hours: course.hours.map(|halves| f64::from(halves) / 2.0),
            placed: f64::from(class.placed(course.group)) / 2.0,
        });
        Self {
            class: class.class,
            title: class.title.clone(),
            courses: courses.collect(),
            lessons: class.lessons.iter().cloned().collect(),
        }
    }
}

/// From what a draft is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SourceKind {
    /// Without lessons.
    Empty,
    /// From the week that held on `date`.
    Published,
    /// From another draft, `draft`.
    Copy,
}

/// A draft to be made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) struct NewDraft {
    /// Whose timetable.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// What people call it, up to 100 characters.
    pub(crate) title: String,
    /// Any day of the first week in which it should hold.
    pub(crate) from: String,
    /// From what it is made.
    pub(crate) source: SourceKind,
    /// Any day of the published week; today by default.
    #[serde(default)]
    pub(crate) date: Option<String>,
    /// The draft to be copied.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub(crate) draft: Option<DraftId>,
}

/// What is wrong with a lesson at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ConflictView {
    /// `group_busy`, `pupils_busy`, `teacher_busy`, `teacher_unavailable`, `room_taken`, `outside_bells`, `hours_exceeded`.
    kind: &'static str,
    /// The same in words.
    text: String,
    /// The teacher, where one is in question.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    teacher: Option<PersonId>,
    /// The class, where its pupils are in question.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<GroupId>,
    /// The other lessons.
    lessons: Vec<DraftLesson>,
}

impl ConflictView {
    pub(crate) fn of(words: &Words<'_>, conflict: &Conflict) -> Self {
        Self {
            kind: conflict.kind(),
            text: words.conflict(conflict),
            teacher: match conflict {
                Conflict::Teacher { teacher, .. } | Conflict::Unavailable { teacher } => Some(*teacher),
                _ => None,
            },
            class: match conflict {
                Conflict::Pupils { class, .. } => Some(*class),
                _ => None,
            },
            lessons: conflict.with().to_vec(),
        }
    }
}

impl ConflictView {
    /// What is wrong in words.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// A lesson with what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LessonConflicts {
    /// The lesson.
    pub(crate) lesson: DraftLesson,
    /// What is wrong.
    pub(crate) conflicts: Vec<ConflictView>,
}

/// An edit that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct EditDone {
    /// What was done, with what the request had left open. Both sides swapped, it is undone.
    pub(crate) done: Edit,
    /// The draft's revision.
    pub(crate) revision: u64,
}

/// A cell of the week for one lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CellView {
    /// The day, Monday = 1.
    #[schema(value_type = u8)]
    pub(crate) day: Weekday,
    /// The number in the day.
    pub(crate) number: u8,
    /// Why the lesson cannot stand there; empty if it can.
    pub(crate) conflicts: Vec<ConflictView>,
}

/// The cells of the week for one lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CellsView {
    /// By day and number.
    pub(crate) cells: Vec<CellView>,
}

/// A row of a table that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RowView {
    /// The row of the sheet, or the line of the file.
    line: u64,
    /// `missing`, `invalid`, `unknown_class`, `unknown_group`, `several_groups`, `unknown_teacher`, `several_teachers`,
    /// `conflict`.
    code: &'static str,
    /// The column at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'static str>,
    /// The same in words.
    text: String,
}

impl RowView {
    pub(crate) fn of(words: &Words<'_>, refusal: &RowRefusal) -> Self {
        Self {
            line: refusal.line,
            code: refusal.fault.code(),
            column: refusal.fault.column(),
            text: words.row(refusal),
        }
    }
}

/// A draft to be published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) struct Publish {
    /// Any day of the first week in which it should hold.
    pub(crate) from: String,
    /// The draft's revision as it was seen: nothing is published that nobody has looked at.
    pub(crate) revision: u64,
}

/// How far the publication of a draft is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PublicationView {
    /// The draft's state: `draft`, `publishing` or `published`.
    #[schema(value_type = String)]
    state: DraftState,
    /// From which Monday it holds.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    /// What is written so far.
    written: u64,
    /// What is to be written, as far as it is known.
    total: u64,
}

impl PublicationView {
    /// From which Monday it holds, once that is decided.
    pub(crate) const fn from(&self) -> Option<Date> {
        self.from
    }

    /// What is written so far, of what is to be written.
    pub(crate) const fn counts(&self) -> (u64, u64) {
        (self.written, self.total)
    }

    pub(crate) fn of(head: &DraftHead, publication: Option<&Publication>) -> Self {
        let own = publication.filter(|publication| publication.draft == head.draft);
        Self {
            state: head.state,
            from: own.map(|own| own.from),
            written: own.map_or(0, |own| own.written),
            total: own.map_or(0, |own| own.total),
        }
    }
}

/// The classes of a draft in the order in which people name them.
pub(crate) fn ordered<'d>(head: &DraftHead, draft: &'d Draft) -> Vec<&'d DraftClass> {
    let known = head.classes.iter();
    known.filter_map(|(id, _)| draft.classes.get(id)).collect()
}
