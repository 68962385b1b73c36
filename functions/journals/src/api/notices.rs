//! What the API takes and gives of notices of absence.

use gradebook::{ClassNotice, NoticeChange, Signed};
use jiff::civil::Date;
use model::{GroupId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::CellView,
    handlers::{absences::Noted, notices::Board},
    notices::Listed,
};

/// An absence to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendNotice {
    /// The first day: `2026-11-24`; not before three days ago, for the school seven.
    pub(crate) from: String,
    /// The last day, at most a month after the first; the first alone if left out.
    #[serde(default)]
    pub(crate) until: String,
    /// Why: `illness`, `family`, `event`, `other`.
    pub(crate) reason: String,
    /// What is said besides, up to 200 characters.
    #[serde(default)]
    pub(crate) text: String,
}

/// What shall become of a notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeNotice {
    /// `shorten` (to `until`), `withdraw` (what is left of it, today included), `document` (one was received).
    pub(crate) action: String,
    /// The new last day.
    #[serde(default)]
    pub(crate) until: String,
}

/// Who did something, and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedView {
    /// When, in UTC.
    pub(crate) at: String,
    /// As they were named then.
    pub(crate) by_name: String,
}

impl SignedView {
    fn of(signed: &Signed) -> Self {
        Self {
            at: signed.at.to_string(),
            by_name: signed.by_name.clone(),
        }
    }
}

/// A change of a notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeChangeView {
    /// Who, and when.
    #[serde(flatten)]
    signed: SignedView,
    /// The last day before.
    #[schema(value_type = String, format = Date)]
    before: Date,
    /// The last day since; nothing where no day was left.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

impl NoticeChangeView {
    fn of(change: &NoticeChange) -> Self {
        Self {
            signed: SignedView::of(&change.signed),
            before: change.before,
            until: change.until,
        }
    }
}

/// A run of days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DaysView {
    /// The first.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last.
    #[schema(value_type = String, format = Date)]
    until: Date,
}

/// A notice of absence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    /// Its name among those of the pupil: `2026-3`.
    pub(crate) id: String,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(crate) from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub(crate) until: Date,
    /// Why.
    pub(crate) reason: &'static str,
    /// What was said besides.
    pub(crate) text: String,
    /// On whose behalf: `family` or `school`.
    pub(crate) sender: &'static str,
    /// Who sent it, and when.
    pub(crate) sent: SignedView,
    /// Whether no day is left of it.
    pub(crate) withdrawn: bool,
    /// Who has received a document for it, and when.
    pub(crate) document: Option<SignedView>,
    /// What was changed, the first first.
    pub(crate) changes: Vec<NoticeChangeView>,
    /// The days on which a later notice holds.
    pub(crate) superseded: Vec<DaysView>,
}

impl NoticeView {
    /// A notice as the API shows it.
    pub(crate) fn of(listed: &Listed) -> Self {
        let notice = &listed.notice;
        let days = |(from, until): &(Date, Date)| DaysView {
            from: *from,
            until: *until,
        };
        Self {
            id: listed.id.to_string(),
            from: notice.from,
            until: notice.until,
            reason: notice.reason.as_str(),
            text: notice.text.clone(),
            sender: notice.sender.as_str(),
            sent: SignedView::of(&notice.sent),
            withdrawn: notice.is_withdrawn,
            document: notice.document.as_ref().map(SignedView::of),
            changes: notice.changes.iter().map(NoticeChangeView::of).collect(),
            superseded: listed.superseded.iter().map(days).collect(),
        }
    }
}

/// The notices of a pupil at one institution.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticesView {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) child: PersonId,
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// The institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// Whether the caller may send and change them.
    pub(crate) may_send: bool,
    /// Whether the caller may say that a document was received.
    pub(crate) may_confirm: bool,
    /// Of this year and the last, the last first. Of several for one day the last one holds.
    pub(crate) notices: Vec<NoticeView>,
}

impl NoticesView {
    /// The list as the API shows it.
    pub(crate) fn of(board: &Board, listed: &[Listed]) -> Self {
        Self {
            child: board.child.person.person,
            class: board.class.group,
            institution: board.class.institution,
            may_send: board.may_send,
            may_confirm: board.may_confirm,
            notices: listed.iter().map(NoticeView::of).collect(),
        }
    }
}

/// A notice as a journal shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalNoticeView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// Its name among those of the pupil; of two for one day that with the greater number holds.
    id: String,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why.
    reason: &'static str,
    /// On whose behalf.
    sender: &'static str,
    /// What a cell that was never set is proposed to say: `ill`, `excused`, `absent`.
    attendance: &'static str,
    /// Whether a document was received for it.
    has_document: bool,
}

impl JournalNoticeView {
    /// A notice as the API shows it beside a journal.
    pub(crate) fn of(notice: &ClassNotice) -> Self {
        Self {
            pupil: notice.pupil,
            id: notice.id.to_string(),
            from: notice.from,
            until: notice.until,
            reason: notice.reason.as_str(),
            sender: notice.sender.as_str(),
            attendance: notice.reason.attendance().as_str(),
            has_document: notice.has_document,
        }
    }
}

/// How the absences of a lesson are to be noted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteAbsences {
    /// Why, up to 300 characters: needed in a period that was locked and is open for a time.
    #[serde(default)]
    pub(crate) reason: String,
}

/// A cell that was set.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotedCellView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// The cell.
    #[serde(flatten)]
    cell: CellView,
}

/// What was noted at a lesson.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AbsencesView {
    /// The cells that were set.
    cells: Vec<NotedCellView>,
    /// How many were left alone, since somebody else had set them meanwhile.
    left: usize,
}

impl AbsencesView {
    /// What was noted, as the API shows it.
    pub(crate) fn of(noted: &Noted) -> Self {
        let cell = |(pupil, cell): &(PersonId, gradebook::Cell)| NotedCellView {
            pupil: *pupil,
            cell: CellView::of(cell, &noted.lesson, None),
        };
        Self {
            cells: noted.cells.iter().map(cell).collect(),
            left: noted.left,
        }
    }
}
