//! What the API gives.

mod family;
mod pass_book;
mod subject;

use gradebook::{ClassNotice, Explanation, PupilRow};
use jiff::civil::{Date, Time};
use model::{Attendance, GroupId, LessonKey, PeriodId, ResultMark, RoomName, WorkKind};
use serde::Serialize;
use timetables::LessonState;
use utoipa::{OpenApi, ToSchema};

use crate::{
    handlers,
    handlers::{marks::Marks, week::LoadedWeek},
    week::{Day, DayLesson},
};

pub(crate) use family::{ClassReadersView, FamilyView, HomeworkView, NewsView, ReadersView, TaskView};
pub(crate) use pass_book::PassBookView;
pub(crate) use subject::SubjectLessonsView;

/// The description of the diary's API.
#[derive(OpenApi)]
#[openapi(paths(
    handlers::family::json,
    handlers::week::json,
    handlers::homework::json,
    handlers::homework::put_tick,
    handlers::marks::json,
    handlers::pass_book::json,
    handlers::subject::json,
    handlers::news::json,
    handlers::news::put,
    handlers::readers::json,
    handlers::class_readers::json,
    handlers::readers::put
))]
pub(crate) struct Description;

/// A lesson of the diary.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LessonView {
    /// The number in the day.
    number: u8,
    /// The beginning, local time.
    #[schema(value_type = Option<String>)]
    start: Option<Time>,
    /// The end, local time.
    #[schema(value_type = Option<String>)]
    end: Option<Time>,
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught.
    subject: String,
    /// Where: the number or name of the room.
    room: String,
    /// The short name of its building, where the institution has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    building: Option<String>,
    /// Who teaches.
    teacher: String,
    /// What it was about.
    topic: String,
    /// What was set for the next time.
    homework: String,
    /// How long the homework is expected to take.
    homework_minutes: Option<u16>,
    /// For which lesson the homework is due, where the teacher has chosen one; else it is the next one.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    homework_due: Option<LessonKey>,
    /// The marks.
    marks: Vec<String>,
    /// What the teacher says to the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// How the pupil was at the lesson, if not simply present.
    #[schema(value_type = Option<String>)]
    attendance: Option<Attendance>,
    /// Whether the lesson stands in the journal and not in the timetable.
    is_extra: bool,
    /// How the lesson differs on this date from the published week.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeView>,
}

/// How a lesson differs from the published week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeView {
    /// `replaced`, `moved_here`, `additional`, `moved_away` or `cancelled`.
    kind: &'static str,
    /// From which or to which lesson it was moved: date and number.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<LessonKey>,
    /// Why; may be empty.
    note: String,
}

impl ChangeView {
    fn of(state: &LessonState, note: &str) -> Option<Self> {
        Some(Self {
            kind: state.change()?,
            lesson: state.other_lesson(),
            note: note.to_owned(),
        })
    }
}

impl LessonView {
    fn of(lesson: &DayLesson) -> Self {
        let room = RoomName::of(&lesson.room);
        Self {
            number: lesson.number,
            start: lesson.time.map(|time| time.0),
            end: lesson.time.map(|time| time.1),
            journal: lesson.journal,
            subject: lesson.subject.clone(),
            room: room.room.to_owned(),
            building: room.building.map(str::to_owned),
            teacher: lesson.teacher.clone(),
            topic: lesson.topic.clone(),
            homework: lesson.homework.clone(),
            homework_minutes: lesson.homework_minutes,
            homework_due: lesson.homework_due,
            marks: lesson.marks.clone(),
            comment: lesson.comment.clone(),
            attendance: lesson.attendance,
            is_extra: lesson.is_extra,
            change: ChangeView::of(&lesson.state, &lesson.note),
        }
    }
}

/// A day of the diary.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayView {
    /// The date.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Why there are no lessons, on a day off.
    day_off: Option<String>,
    /// The lessons by number.
    lessons: Vec<LessonView>,
}

/// A day of a week with what was told for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WeekDayView {
    /// The day.
    #[serde(flatten)]
    day: DayView,
    /// The absence that was told for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    absence: Option<AbsenceView>,
    /// The homework that is due on it at a lesson that the teacher has chosen, set in whichever week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    due: Vec<TaskView>,
}

/// An absence that was told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AbsenceView {
    /// Its name among the notices of the child: `2026-3`.
    notice: String,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why: `illness`, `family`, `event`, `other`.
    reason: &'static str,
    /// On whose behalf: `family` or `school`.
    sender: &'static str,
}

impl AbsenceView {
    fn of(notice: &ClassNotice) -> Self {
        Self {
            notice: notice.id.to_string(),
            from: notice.from,
            until: notice.until,
            reason: notice.reason.as_str(),
            sender: notice.sender.as_str(),
        }
    }
}

impl DayView {
    fn of(day: &Day) -> Self {
        Self {
            date: day.date,
            day_off: day.day_off.clone(),
            lessons: day.lessons.iter().map(LessonView::of).collect(),
        }
    }
}

/// An average.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AverageView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught.
    subject: String,
    /// The average: `4,67`.
    average: String,
}

/// A week of the diary.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WeekView {
    /// The Monday.
    #[schema(value_type = String, format = Date)]
    monday: Date,
    /// The class: «7А».
    class: String,
    /// The institution's name.
    institution: String,
    /// Monday to Saturday.
    days: Vec<WeekDayView>,
    /// The averages of the period so far.
    averages: Vec<AverageView>,
}

impl WeekView {
    pub(crate) fn of(loaded: &LoadedWeek) -> Self {
        Self {
            monday: loaded.week.monday(),
            class: loaded.reading.class.title.clone(),
            institution: loaded.reading.class.institution_name.clone(),
            days: loaded
                .days
                .iter()
                .map(|day| WeekDayView {
                    day: DayView::of(day),
                    absence: loaded.notice_on(day.date).map(AbsenceView::of),
                    due: day.due.iter().map(|task| TaskView::of(task, None)).collect(),
                })
                .collect(),
            averages: loaded
                .rows
                .iter()
                .filter_map(|row| {
                    Some(AverageView {
                        journal: row.key.journal,
                        subject: row.subject.clone(),
                        average: row.average()?.to_string(),
                    })
                })
                .collect(),
        }
    }
}

/// A mark that entered an average.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// At which lesson: date and number.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// For what kind of work.
    #[schema(value_type = String)]
    kind: WorkKind,
    /// The mark.
    mark: String,
    /// Its weight in hundredths.
    weight_hundredths: u16,
}

/// The marks of a subject.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught.
    subject: String,
    /// The marks by time.
    marks: Vec<ReasonView>,
    /// The average: `4,67`.
    average: Option<String>,
    /// How it was computed: `(5×1 + 4×3) / 4`.
    formula: String,
    /// The works that are owed.
    debts: Vec<DebtView>,
    /// The result of the period, once the teacher has set it.
    #[schema(value_type = Option<String>)]
    result: Option<ResultMark>,
}

/// A work that is owed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DebtView {
    /// At which lesson: date and number.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    by: Date,
    /// Whether it is past.
    is_overdue: bool,
}

/// The results of a subject in the year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultsView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// What is taught.
    subject: String,
    /// Of the periods, in the order of `terms`.
    #[schema(value_type = Vec<Option<String>>)]
    periods: Vec<Option<ResultMark>>,
    /// Of the year.
    #[schema(value_type = Option<String>)]
    year: Option<ResultMark>,
}

impl SubjectView {
    fn of(row: &PupilRow, today: Date) -> Self {
        let debt = |(lesson, by)| DebtView {
            lesson,
            by,
            is_overdue: by < today,
        };
        let explanation = Explanation::of(row);
        Self {
            journal: row.key.journal,
            subject: row.subject.clone(),
            marks: explanation
                .reasons
                .iter()
                .map(|reason| ReasonView {
                    lesson: reason.lesson,
                    kind: reason.kind,
                    mark: reason.mark.to_string(),
                    weight_hundredths: reason.weight.hundredths(),
                })
                .collect(),
            average: explanation.average.map(|average| average.to_string()),
            formula: explanation.formula(),
            debts: row.debts().into_iter().map(debt).collect(),
            result: row.result.as_ref().and_then(|result| result.mark),
        }
    }
}

/// The marks of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarksView {
    /// The period, where the class has periods.
    #[schema(value_type = Option<String>)]
    period: Option<PeriodId>,
    /// By subject.
    subjects: Vec<SubjectView>,
    /// The periods of the year.
    #[schema(value_type = Vec<String>)]
    terms: Vec<PeriodId>,
    /// The results of the year by subject, as far as any stands.
    results: Vec<ResultsView>,
}

impl MarksView {
    pub(crate) fn of(marks: &Marks) -> Self {
        let today = marks.reading.today;
        let results = marks.result_lines().into_iter().map(|line| ResultsView {
            journal: line.journal,
            subject: line.subject,
            periods: line.periods,
            year: line.year,
        });
        Self {
            period: marks.period.as_ref().map(|period| period.id.clone()),
            subjects: marks.rows.iter().map(|row| SubjectView::of(row, today)).collect(),
            terms: marks.terms().map(|term| term.id.clone()).collect(),
            results: results.collect(),
        }
    }
}
