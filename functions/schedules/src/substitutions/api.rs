//! What the API of substitutions takes and answers.

use jiff::{Timestamp, civil::Date};
use model::{GroupId, InstitutionId, LessonKey, PersonId};
use serde::{Deserialize, Serialize};
use timetables::{DatedLesson, VersionedChange};
use utoipa::ToSchema;
use web::Problem;

use super::{
    clash::Clash,
    name::LessonName,
    offers::{RoomOffer, TeacherOffer},
    order::{Refusal, Wish},
    plan::Lesson,
};

/// What is to be done with a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    /// `teacher` holds it, with `subject` and in `room` if they are given.
    Assign,
    /// It is held in `room`.
    Room,
    /// It is not held.
    Cancel,
    /// It is held on `date` as lesson `number`, in `room` if it is given.
    Move,
    /// It and the lesson `with` take each other's place; `with_version` is the version of the other one's change.
    Swap,
    /// The teacher of the lesson `with` of the same hour takes this group too.
    Merge,
    /// It is held as published.
    TakeBack,
}

/// A change of a lesson that somebody asks for.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub(crate) struct ChangeRequest {
    /// What is to be done.
    pub(crate) action: Option<Action>,
    /// Who holds the lesson.
    #[schema(value_type = Option<String>)]
    pub(crate) teacher: Option<PersonId>,
    /// What is taught, if it is something else.
    pub(crate) subject: Option<String>,
    /// Where, if it is elsewhere.
    pub(crate) room: Option<String>,
    /// To which day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) date: Option<Date>,
    /// To which number in the day's bells.
    pub(crate) number: Option<u8>,
    /// The other lesson, by its id.
    #[schema(value_type = Option<String>)]
    pub(crate) with: Option<LessonName>,
    /// The version of the other lesson's change, 0 if it has none.
    pub(crate) with_version: Option<u64>,
    /// Why, as people will read it: at most 200 characters.
    pub(crate) note: Option<String>,
}

/// A field whose value is not acceptable.
pub(crate) fn wrong(field: &'static str) -> Problem {
    Problem::unacceptable("invalid").with_field(field, format!("substitutions_{field}"))
}

impl ChangeRequest {
    const LONGEST_SUBJECT: usize = 100;
    /// With its building.
    const LONGEST_ROOM: usize = 55;
    const LONGEST_NOTE: usize = 200;

    /// What is wanted.
    ///
    /// # Errors
    /// Names the field that is missing or not acceptable.
    pub(crate) fn wish(&self) -> Result<Wish, Problem> {
        let room = text(self.room.as_deref(), Self::LONGEST_ROOM).ok_or_else(|| wrong("room"))?;
        match self.action.ok_or_else(|| wrong("action"))? {
            Action::Assign => Ok(Wish::Assign {
                teacher: self.teacher.ok_or_else(|| wrong("teacher"))?,
                subject: text(self.subject.as_deref(), Self::LONGEST_SUBJECT)
                    .ok_or_else(|| wrong("subject"))?,
                room,
            }),
            Action::Room => room.map(Wish::Room).ok_or_else(|| wrong("room")),
            Action::Cancel => Ok(Wish::Cancel),
            Action::Move => {
                let number = self
                    .number
                    .filter(|number| (1..=LessonKey::MOST_A_DAY).contains(number));
                let to = LessonKey {
                    date: self.date.filter(in_bounds).ok_or_else(|| wrong("date"))?,
                    number: number.ok_or_else(|| wrong("number"))?,
                };
                Ok(Wish::Move { to, room })
            }
            Action::Swap => Ok(Wish::Swap {
                with: self.with.ok_or_else(|| wrong("with"))?,
                seen: self.with_version.unwrap_or(0),
            }),
            Action::Merge => Ok(Wish::Merge {
                with: self.with.ok_or_else(|| wrong("with"))?,
            }),
            Action::TakeBack => Ok(Wish::TakeBack),
        }
    }

    /// The reason, empty if none is given.
    pub(crate) fn reason(&self) -> Result<String, Problem> {
        let note = text(self.note.as_deref(), Self::LONGEST_NOTE).ok_or_else(|| wrong("note"))?;
        Ok(note.unwrap_or_default())
    }
}

/// Whether a date has a week around it that can be named.
pub(crate) fn in_bounds(date: &Date) -> bool {
    date.to_string().parse::<model::Week>().is_ok()
}

/// A text without the spaces around it: nothing if it is empty, an outer nothing if it is not acceptable.
#[expect(clippy::option_option, reason = "not given and not acceptable are two things")]
fn text(given: Option<&str>, longest: usize) -> Option<Option<String>> {
    let text = given.map(str::trim).filter(|text| !text.is_empty());
    let fits = |text: &str| text.chars().count() <= longest && !text.chars().any(char::is_control);
    match text {
        Some(text) if !fits(text) => None,
        text => Some(text.map(str::to_owned)),
    }
}

/// A lesson on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DatedLessonView {
    /// The date.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// The number in the day's bells.
    number: u8,
    /// The beginning, local time: `08:30`.
    start: String,
    /// The end, local time.
    end: String,
    /// The teaching group.
    #[schema(value_type = String)]
    group: GroupId,
    /// The group's title.
    title: String,
    /// What is taught.
    subject: String,
    /// Who teaches, if it is one person.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    teacher: Option<PersonId>,
    /// Who teaches, as written beside a lesson.
    teacher_name: String,
    /// Where; may be empty.
    room: String,
}

impl From<&DatedLesson> for DatedLessonView {
    fn from(lesson: &DatedLesson) -> Self {
        let slot = &lesson.slot;
        Self {
            date: lesson.date,
            number: slot.number,
            start: crate::days::clock_text(slot.start),
            end: crate::days::clock_text(slot.end),
            group: slot.group,
            title: slot.title.clone(),
            subject: slot.subject.clone(),
            teacher: slot.teacher,
            teacher_name: slot.teacher_name.clone(),
            room: slot.room.clone(),
        }
    }
}

/// A lesson as it was published and as it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangedLessonView {
    /// Its name, and that of its change: date, number and group as published.
    id: String,
    /// The version of its change, for `If-Match`; 0 if it has none.
    version: u64,
    /// `replaced`, `moved_away` or `cancelled`; `additional` for one that was not published.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// As it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DatedLessonView>,
    /// As it is held, unless it is called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<DatedLessonView>,
    /// Why; may be empty.
    note: String,
    /// When it was changed last.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<Timestamp>,
}

impl ChangedLessonView {
    pub(crate) fn of_change(found: &VersionedChange) -> Self {
        let change = &found.change;
        Self {
            id: change.id(),
            version: found.version,
            kind: Some(super::words::kind(change)),
            published: change.before.as_ref().map(DatedLessonView::from),
            held: change.after.as_ref().map(DatedLessonView::from),
            note: change.note.clone(),
            changed_at: Some(change.at),
        }
    }

    pub(crate) fn of_lesson(lesson: &Lesson) -> Self {
        match &lesson.change {
            Some(found) => Self::of_change(found),
            None => Self {
                id: lesson.name.to_string(),
                version: 0,
                kind: None,
                published: Some(DatedLessonView::from(&lesson.before)),
                held: Some(DatedLessonView::from(&lesson.now.lesson)),
                note: String::new(),
                changed_at: None,
            },
        }
    }
}

/// What is changed in a week at an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangesView {
    /// The institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// The Monday of the week.
    #[schema(value_type = String, format = Date)]
    pub(crate) monday: Date,
    /// The changes, by the time of the published lessons.
    pub(crate) changes: Vec<ChangedLessonView>,
}

/// A teacher who is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TeacherOfferView {
    #[schema(value_type = String)]
    teacher: PersonId,
    /// As written beside a lesson.
    name: String,
    /// `subject`: teaches it; `class`: teaches the class; `free`.
    fit: &'static str,
    /// Whether they have been relieved of a lesson that day, and may be absent themselves.
    is_relieved: bool,
    /// How many lessons they hold that day.
    lessons: usize,
}

/// A room that is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RoomOfferView {
    room: String,
    /// `subject`: it is taught there; `class`: the class has lessons there; `free`.
    fit: &'static str,
}

/// A lesson of an absent teacher with who and what is free then, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AffectedLessonView {
    /// The lesson.
    #[serde(flatten)]
    lesson: ChangedLessonView,
    /// The teachers.
    teachers: Vec<TeacherOfferView>,
    /// The rooms.
    rooms: Vec<RoomOfferView>,
}

impl AffectedLessonView {
    pub(crate) fn new(lesson: &Lesson, teachers: Vec<TeacherOffer>, rooms: Vec<RoomOffer>) -> Self {
        let teacher = |offer: TeacherOffer| TeacherOfferView {
            teacher: offer.teacher,
            name: offer.name,
            fit: offer.fit.as_str(),
            is_relieved: offer.is_relieved,
            lessons: offer.lessons,
        };
        let room = |offer: RoomOffer| RoomOfferView {
            room: offer.room,
            fit: offer.fit.as_str(),
        };
        Self {
            lesson: ChangedLessonView::of_lesson(lesson),
            teachers: teachers.into_iter().map(teacher).collect(),
            rooms: rooms.into_iter().map(room).collect(),
        }
    }
}

/// The lessons of an absent teacher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AbsenceView {
    /// The teacher.
    #[schema(value_type = String)]
    pub(crate) teacher: PersonId,
    /// The lessons, by time.
    pub(crate) lessons: Vec<AffectedLessonView>,
}

/// What is in the way of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ClashView {
    /// `teacher`, `room`, `pupils` or `day_off`.
    what: &'static str,
    /// The other lesson.
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<DatedLessonView>,
    /// What people call the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    day_off: Option<String>,
}

impl From<&Clash> for ClashView {
    fn from(clash: &Clash) -> Self {
        let (what, lesson, day_off) = match clash {
            Clash::Teacher(held) => ("teacher", Some(held), None),
            Clash::Room(held) => ("room", Some(held), None),
            Clash::Pupils(held) => ("pupils", Some(held), None),
            Clash::DayOff(title) => ("day_off", None, Some(title.clone())),
        };
        Self {
            what,
            lesson: lesson.map(|held| DatedLessonView::from(&held.lesson)),
            day_off,
        }
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Unknown => Self::not_found(),
            Refusal::Stale(lesson) => {
                Self::conflict("substitution_stale").with("current", ChangedLessonView::of_lesson(lesson))
            }
            Refusal::Clashes(clashes) => {
                let clashes: Vec<_> = clashes.iter().map(ClashView::from).collect();
                Self::conflict("substitution_clash").with("clashes", clashes)
            }
            Refusal::UnknownTeacher => wrong("teacher"),
            Refusal::NoBell => wrong("number"),
            Refusal::Already => Self::unacceptable("substitution_already"),
            Refusal::NotHeld => Self::unacceptable("substitution_not_held"),
            Refusal::NotTogether => Self::unacceptable("substitution_not_together"),
            Refusal::TooMany => Self::unacceptable("substitution_too_many"),
        }
    }
}
