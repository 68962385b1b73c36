//! What the API gives of a class on a day.

use jiff::civil::Date;
use model::{GroupId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::notices::JournalNoticeView,
    class_register::{DayState, Presence, RegisterLesson, RegisterPupil, Totals},
    handlers::class_register::RegisterDay,
};

/// A lesson of the day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterLessonView {
    /// The number in the day.
    number: u8,
    /// What is taught.
    subject: String,
    /// The journals of its groups.
    #[schema(value_type = Vec<String>)]
    journals: Vec<GroupId>,
    /// The journals in which it is not opened yet.
    #[schema(value_type = Vec<String>)]
    not_opened: Vec<GroupId>,
}

impl RegisterLessonView {
    fn of(lesson: &RegisterLesson) -> Self {
        let not_opened = lesson.journals.iter().filter(|(_, is_opened)| !**is_opened);
        Self {
            number: lesson.number,
            subject: lesson.subject.clone(),
            journals: lesson.journals.keys().copied().collect(),
            not_opened: not_opened.map(|(journal, _)| *journal).collect(),
        }
    }
}

/// A pupil's day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterPupilView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// «Фамилия Имя».
    name: String,
    /// `unknown`, `present`, `partly`, `absent`.
    day: &'static str,
    /// Why, of who is absent.
    reason: Option<&'static str>,
    /// Whether every lesson of the day was missed.
    is_whole_day: bool,
    /// In the order of the lessons: `not_theirs`, `not_opened`, `present`, `told`, or what the journal says (`ill`, `late` …).
    lessons: Vec<&'static str>,
    /// What was told for the day.
    notice: Option<JournalNoticeView>,
}

impl RegisterPupilView {
    fn of(pupil: &RegisterPupil) -> Self {
        Self {
            pupil: pupil.member.person,
            name: pupil.member.name.short(),
            day: match pupil.day {
                DayState::Unknown => "unknown",
                DayState::Present => "present",
                DayState::Partly => "partly",
                DayState::Absent { .. } => "absent",
            },
            reason: pupil.absence().map(|(reason, _)| reason.as_str()),
            is_whole_day: pupil.absence().is_some_and(|(_, whole)| whole),
            lessons: pupil.lessons.iter().map(|presence| name_of(*presence)).collect(),
            notice: pupil.notice.as_ref().map(JournalNoticeView::of),
        }
    }
}

const fn name_of(presence: Presence) -> &'static str {
    match presence {
        Presence::NotTheirs => "not_theirs",
        Presence::NotOpened => "not_opened",
        Presence::Present => "present",
        Presence::Told(_) => "told",
        Presence::Noted(attendance) => attendance.as_str(),
    }
}

/// So many are absent for a reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonCount {
    /// The reason: `ill`, `excused`, `unexcused`, `absent`.
    reason: &'static str,
    /// How many.
    count: usize,
}

/// The counts of the day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotalsView {
    /// Pupils of the class.
    pupils: usize,
    /// There at every lesson so far.
    present: usize,
    /// There at some lessons only.
    partly: usize,
    /// Absent so far.
    absent: usize,
    /// Of them for the whole day.
    whole_day: usize,
    /// Of them without a notice.
    untold: usize,
    /// Late at any lesson.
    late: usize,
    /// Of whom nothing is known yet.
    unknown: usize,
    /// The absent by reason.
    reasons: Vec<ReasonCount>,
}

impl TotalsView {
    fn of(totals: &Totals) -> Self {
        let reasons = totals.reasons.iter().map(|(reason, count)| ReasonCount {
            reason: reason.as_str(),
            count: *count,
        });
        Self {
            pupils: totals.pupils,
            present: totals.present,
            partly: totals.partly,
            absent: totals.absent,
            whole_day: totals.whole_day,
            untold: totals.untold,
            late: totals.late,
            unknown: totals.unknown,
            reasons: reasons.collect(),
        }
    }
}

/// A class on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassRegisterView {
    /// The class.
    #[schema(value_type = String)]
    class: GroupId,
    /// «7А».
    title: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// The lessons by number.
    lessons: Vec<RegisterLessonView>,
    /// The pupils by name.
    pupils: Vec<RegisterPupilView>,
    /// The counts.
    totals: TotalsView,
}

impl ClassRegisterView {
    /// The register as the API shows it.
    pub(crate) fn of(day: &RegisterDay) -> Self {
        let register = &day.register;
        Self {
            class: day.class.group,
            title: day.class.title.clone(),
            date: day.date,
            lessons: register.lessons.iter().map(RegisterLessonView::of).collect(),
            pupils: register.pupils.iter().map(RegisterPupilView::of).collect(),
            totals: TotalsView::of(&register.totals()),
        }
    }
}
