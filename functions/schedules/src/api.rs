//! What the API answers; the pages show the same.

use jiff::{Timestamp, civil::Date};
use model::{GroupId, ImportId, LessonKey, RoomName};
use serde::Serialize;
use timetables::LessonState;
use utoipa::{OpenApi, ToSchema};

use crate::{TimetableImport, handlers};

/// Where a lesson of today stands by the institution's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Moment {
    /// It is over.
    Past,
    /// It is going on.
    Now,
    /// It is the first of those to come.
    Next,
    /// It comes after others.
    Later,
}

/// A lesson of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LessonView {
    /// The number in the day's bells.
    pub(crate) number: u8,
    /// The beginning, local time: `08:30`.
    pub(crate) start: String,
    /// The end, local time.
    pub(crate) end: String,
    /// The teaching group; its journal has the same id.
    #[schema(value_type = String)]
    pub(crate) group: GroupId,
    /// The group's title.
    pub(crate) title: String,
    /// What is taught.
    pub(crate) subject: String,
    /// Who teaches, as written beside a lesson.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) teacher: Option<String>,
    /// Where: the number or name of the room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<String>,
    /// The short name of its building, where the institution has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) building: Option<String>,
    /// At which institution, where the reader works at several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) institution: Option<String>,
    /// Where it stands now; only today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) moment: Option<Moment>,
    /// How it differs on this date from the published week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<LessonChangeView>,
}

impl LessonView {
    /// The room with its building, as the words for it take it.
    pub(crate) fn place(&self) -> Option<String> {
        let room = RoomName {
            building: self.building.as_deref(),
            room: self.room.as_deref()?,
        };
        Some(room.to_string())
    }

    /// Whether it is held, by the one in whose week it stands.
    pub(crate) fn is_held(&self) -> bool {
        self.change.as_ref().is_none_or(|change| change.is_held)
    }
}

/// How a lesson differs from the published week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LessonChangeView {
    /// `replaced`, `moved_here`, `additional`, `moved_away`, `cancelled`, or in a teacher's week `covered`: by somebody else.
    pub(crate) kind: &'static str,
    /// From which or to which lesson it was moved: date and number.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lesson: Option<LessonKey>,
    /// Who holds it instead, in a teacher's week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) covered_by: Option<String>,
    /// Whether it is held, by the one in whose week it stands.
    pub(crate) is_held: bool,
    /// Why; may be empty.
    pub(crate) note: String,
}

impl LessonChangeView {
    pub(crate) fn of(state: &LessonState, note: &str) -> Option<Self> {
        let covered_by = match state {
            LessonState::Covered(name) => Some(name.clone()),
            _ => None,
        };
        Some(Self {
            kind: state.change()?,
            lesson: state.other_lesson(),
            covered_by,
            is_held: state.is_held(),
            note: note.to_owned(),
        })
    }
}

/// A date with its lessons, by time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DayView {
    /// The date.
    #[schema(value_type = String, format = Date)]
    pub(crate) date: Date,
    /// What people call the day, if it is one without lessons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) day_off: Option<String>,
    /// The lessons.
    pub(crate) lessons: Vec<LessonView>,
}

/// A teacher's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TodayView {
    /// The day.
    #[serde(flatten)]
    pub(crate) day: DayView,
    /// The day before.
    #[schema(value_type = String, format = Date)]
    pub(crate) previous: Date,
    /// The day after.
    #[schema(value_type = String, format = Date)]
    pub(crate) next: Date,
    /// Today by the institution's clock.
    #[schema(value_type = String, format = Date)]
    pub(crate) today: Date,
    /// The first later day with lessons, within four weeks.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_with_lessons: Option<Date>,
}

/// A week, Monday to Friday and further while there are lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct WeekView {
    /// The Monday.
    #[schema(value_type = String, format = Date)]
    pub(crate) monday: Date,
    /// The Monday of the week before.
    #[schema(value_type = String, format = Date)]
    pub(crate) previous: Date,
    /// The Monday of the week after.
    #[schema(value_type = String, format = Date)]
    pub(crate) next: Date,
    /// Today by the institution's clock.
    #[schema(value_type = String, format = Date)]
    pub(crate) today: Date,
    /// The days.
    pub(crate) days: Vec<DayView>,
}

/// The week of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ClassWeekView {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// What people call it.
    pub(crate) title: String,
    /// Its week.
    #[serde(flatten)]
    pub(crate) week: WeekView,
}

/// What an import of timetables did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// The import.
    #[schema(value_type = String)]
    pub(crate) import: ImportId,
    /// When it was done.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) finished_at: Timestamp,
    /// Why the bundle as a whole was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    /// Weeks that had not been there.
    pub(crate) weeks_created: u64,
    /// Weeks that differ now.
    pub(crate) weeks_changed: u64,
    /// Weeks that stayed as they were.
    pub(crate) weeks_kept: u64,
    /// What became of the rows, file by file: sums are exact, the lists of refused rows and warnings end after 150.
    #[schema(value_type = Vec<Object>)]
    pub(crate) files: Vec<bundles::FileReport>,
}

impl From<TimetableImport> for ImportView {
    fn from(done: TimetableImport) -> Self {
        Self {
            import: done.import,
            finished_at: done.finished_at,
            failure: done.failure,
            weeks_created: done.weeks.created,
            weeks_changed: done.weeks.changed,
            weeks_kept: done.weeks.kept,
            files: done.report.files,
        }
    }
}

/// The API's description.
#[derive(Debug, OpenApi)]
#[openapi(paths(
    handlers::today::show,
    handlers::own::show,
    handlers::class::show,
    handlers::imports::show,
    crate::drafts::handlers::list::list,
    crate::drafts::handlers::list::create,
    crate::drafts::handlers::tables::create,
    crate::drafts::handlers::editor::show,
    crate::drafts::handlers::editor::show_class,
    crate::drafts::handlers::cell::show,
    crate::drafts::handlers::lessons::edit,
    crate::drafts::handlers::publication::show,
    crate::drafts::handlers::publication::publish,
    crate::generation::handlers::show,
    crate::generation::handlers::begin,
    crate::generation::handlers::stop,
    crate::feeds::handlers::list,
    crate::feeds::handlers::create,
    crate::feeds::handlers::renew,
    crate::feeds::handlers::revoke,
    crate::substitutions::handlers::list,
    crate::substitutions::handlers::absences,
    crate::substitutions::handlers::change,
    crate::substitutions::handlers::take_back,
    crate::checks::show,
    crate::calendar::handlers::show,
    crate::calendar::handlers::put_days,
    crate::calendar::handlers::put_bells,
    crate::buildings::handlers::show,
    crate::buildings::handlers::put,
))]
pub struct Description;
