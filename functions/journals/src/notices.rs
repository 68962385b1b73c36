//! Notices of absence: what may be told, and how it may be changed. Pure.

use gradebook::{AbsenceReason, ClassNotice, Notice, NoticeChange, NoticeSender, PupilNotices, Signed};
use jiff::{ToSpan, civil::Date};
use model::{AcademicYear, GroupId, PersonId};

/// The longest notice, in days: whoever is away longer tells it anew.
const MOST_DAYS: i64 = 31;
/// So many days ahead an absence can be told: a term with the holidays after it.
const AHEAD: i64 = 92;
/// So many notices a pupil can have in a year: far more than anybody sends, and still one short item.
const MOST_A_YEAR: usize = 100;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 200;

/// Why a notice is not taken. The code names the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoticeError {
    /// The first or last day is not a date, or no such reason is known.
    Unreadable,
    /// The text is too long.
    Text,
    /// It ends before it begins.
    Order,
    /// It is longer than a month.
    TooLong,
    /// It begins too long ago.
    TooEarly,
    /// It begins too far ahead.
    TooLate,
    /// There are too many already.
    TooMany,
    /// Its days are over: what was told of them stays told.
    Over,
    /// A notice becomes shorter only; for more days a new one is sent.
    NotShorter,
}

impl NoticeError {
    /// The name of the message that explains it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "notice_unreadable",
            Self::Text => "notice_text",
            Self::Order => "notice_order",
            Self::TooLong => "notice_too_long",
            Self::TooEarly => "notice_too_early",
            Self::TooLate => "notice_too_late",
            Self::TooMany => "notice_too_many",
            Self::Over => "notice_over",
            Self::NotShorter => "notice_not_shorter",
        }
    }
}

/// How long ago an absence may have begun, in days: a family tells it at once, a school writes down what it was told.
pub(crate) const fn days_back(sender: NoticeSender) -> i64 {
    match sender {
        NoticeSender::Family => 3,
        NoticeSender::School => 7,
    }
}

/// An absence to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewNotice {
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) until: Date,
    /// Why.
    pub(crate) reason: AbsenceReason,
    /// What is said besides.
    pub(crate) text: String,
}

impl NewNotice {
    /// Reads what a form or a program sent, by the calendar of `today`. Without a last day it is the first day alone.
    pub(crate) fn parse(
        (from, until): (&str, &str),
        reason: &str,
        text: &str,
        sender: NoticeSender,
        today: Date,
    ) -> Result<Self, NoticeError> {
        let date = |text: &str| text.trim().parse::<Date>().map_err(|_| NoticeError::Unreadable);
        let from = date(from)?;
        let until = if until.trim().is_empty() {
            from
        } else {
            date(until)?
        };
        let reason = reason.parse().map_err(|_| NoticeError::Unreadable)?;
        if until < from {
            return Err(NoticeError::Order);
        }
        if from < today.saturating_sub(days_back(sender).days()) {
            return Err(NoticeError::TooEarly);
        }
        if from > today.saturating_add(AHEAD.days()) {
            return Err(NoticeError::TooLate);
        }
        if until >= from.saturating_add(MOST_DAYS.days()) {
            return Err(NoticeError::TooLong);
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control) {
            return Err(NoticeError::Text);
        }
        Ok(Self {
            from,
            until,
            reason,
            text,
        })
    }

    fn is_told_by(&self, notice: &Notice, person: PersonId) -> bool {
        let same = (notice.from, notice.until, notice.reason) == (self.from, self.until, self.reason);
        same && notice.text == self.text && !notice.is_withdrawn && notice.sent.by == person
    }
}

/// What came of sending a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It is the last one of the list now.
    New(Notice),
    /// The same person has told the same already, and it is in force: a double click, or an answer lost on the way.
    Repeated(Notice),
}

/// Adds a notice to those of the year, sent to the class in which the pupil is now.
pub(crate) fn send(
    list: &mut PupilNotices,
    new: NewNotice,
    (sender, class): (NoticeSender, GroupId),
    signed: Signed,
) -> Result<Sent, NoticeError> {
    let known = list
        .notices
        .iter()
        .find(|notice| new.is_told_by(notice, signed.by));
    if let Some(known) = known {
        return Ok(Sent::Repeated(known.clone()));
    }
    let last = list.notices.iter().map(|notice| notice.number).max().unwrap_or(0);
    if list.notices.len() >= MOST_A_YEAR {
        return Err(NoticeError::TooMany);
    }
    let notice = Notice {
        number: last + 1,
        from: new.from,
        until: new.until,
        reason: new.reason,
        text: new.text,
        sender,
        sent: signed,
        class,
        is_withdrawn: false,
        document: None,
        changes: vec![],
    };
    list.notices.push(notice.clone());
    Ok(Sent::New(notice))
}

/// What shall become of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Its last day is an earlier one.
    Shorter(Date),
    /// None of the days that are still to come is left of it, today among them.
    Withdrawn,
    /// A document was received for it.
    Documented,
}

/// The notice as it shall be; nothing if it is so already. Days that are over stay as they were told.
pub(crate) fn changed(
    notice: &Notice,
    wanted: Wanted,
    signed: &Signed,
    today: Date,
) -> Result<Option<Notice>, NoticeError> {
    let yesterday = today.saturating_sub(1.days());
    match wanted {
        Wanted::Documented if notice.document.is_some() => Ok(None),
        Wanted::Documented if notice.is_withdrawn => Err(NoticeError::Over),
        Wanted::Documented => Ok(Some(Notice {
            document: Some(signed.clone()),
            ..notice.clone()
        })),
        Wanted::Withdrawn if notice.from <= yesterday => shortened(notice, Some(yesterday), signed, today),
        Wanted::Withdrawn => shortened(notice, None, signed, today),
        Wanted::Shorter(until) if until < notice.from => Err(NoticeError::Order),
        Wanted::Shorter(until) if until < yesterday => Err(NoticeError::Over),
        Wanted::Shorter(until) => shortened(notice, Some(until), signed, today),
    }
}

fn shortened(
    notice: &Notice,
    until: Option<Date>,
    signed: &Signed,
    today: Date,
) -> Result<Option<Notice>, NoticeError> {
    let now = (!notice.is_withdrawn).then_some(notice.until);
    if until == now {
        return Ok(None);
    }
    if notice.is_withdrawn || notice.until < today {
        return Err(NoticeError::Over);
    }
    if until > now {
        return Err(NoticeError::NotShorter);
    }
    let mut after = notice.clone();
    after.changes.push(NoticeChange {
        signed: signed.clone(),
        before: notice.until,
        until,
    });
    match until {
        Some(until) => after.until = until,
        None => after.is_withdrawn = true,
    }
    Ok(Some(after))
}

/// A notice on a page, with the year that its id needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// How the weeks of the class show it; nothing if it is withdrawn.
    pub(crate) shown: Option<ClassNotice>,
    /// Its id: `2026-3`.
    pub(crate) id: gradebook::NoticeId,
    /// The notice.
    pub(crate) notice: Notice,
    /// The runs of its days for which a later notice holds.
    pub(crate) superseded: Vec<(Date, Date)>,
}

impl Listed {
    /// Whether days of it are still to come, today among them.
    pub(crate) fn is_to_come(&self, today: Date) -> bool {
        self.shown.is_some() && self.notice.until >= today
    }
}

/// The notices of some years, the last first. Of several for one day the last one holds.
pub(crate) fn listed(lists: &[(AcademicYear, PupilNotices)]) -> Vec<Listed> {
    let shown: Vec<ClassNotice> = lists
        .iter()
        .flat_map(|(year, list)| {
            let of = |notice| ClassNotice::of(list.pupil, *year, notice);
            list.notices.iter().filter_map(of)
        })
        .collect();
    let mut all: Vec<Listed> = lists
        .iter()
        .flat_map(|(year, list)| list.notices.iter().map(|notice| (*year, list.pupil, notice)))
        .map(|(year, pupil, notice)| {
            let own = ClassNotice::of(pupil, year, notice);
            Listed {
                shown: own,
                id: gradebook::NoticeId {
                    year,
                    number: notice.number,
                },
                notice: notice.clone(),
                superseded: own.map(|own| superseded(&own, &shown)).unwrap_or_default(),
            }
        })
        .collect();
    all.sort_by_key(|listed| std::cmp::Reverse(listed.id));
    all
}

/// The runs of a notice's days for which another one holds.
fn superseded(own: &ClassNotice, all: &[ClassNotice]) -> Vec<(Date, Date)> {
    let mut runs: Vec<(Date, Date)> = vec![];
    for date in own.from.series(1.day()).take_while(|date| *date <= own.until) {
        if ClassNotice::on(all, own.pupil, date).is_none_or(|held| held.id == own.id) {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1.day()) == date => *last = date,
            _ => runs.push((date, date)),
        }
    }
    runs
}

#[cfg(test)]
mod tests;
