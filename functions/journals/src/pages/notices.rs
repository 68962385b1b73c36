//! Notices of absence: the form, and what was sent.

use askama::Template;
use gradebook::{AbsenceReason, ClassNotice, NoticeChange, NoticeSender, Signed};
use jiff::{ToSpan, civil::Date};
use ui::{Frame, Texts};

use super::moment;
use crate::{
    api::notices::SendNotice,
    handlers::notices::Board,
    notices::{Listed, NoticeError, days_back},
};

/// What is shown of a notice beside a journal: «Семья сообщила: болеет 24–28 ноября».
pub(crate) fn told(texts: Texts<'_>, notice: &ClassNotice) -> String {
    let args = [
        ("sender", notice.sender.as_str().into()),
        ("reason", reason(texts, notice.reason).into()),
        ("days", texts.span(notice.from, notice.until).into()),
        ("document", u8::from(notice.has_document).into()),
    ];
    texts.with("notice-told", &args)
}

/// «болеет».
pub(crate) fn reason(texts: Texts<'_>, reason: AbsenceReason) -> String {
    texts.get(&format!("notice-reason-{}", reason.as_str()))
}

/// What the form holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    from: String,
    until: String,
    reason: String,
    text: String,
    refusal: Option<NoticeError>,
}

impl Told {
    /// A form that begins with a day.
    pub(crate) fn from_day(date: Date) -> Self {
        Self {
            from: date.to_string(),
            until: date.to_string(),
            ..Self::default()
        }
    }

    /// What was sent and is not taken.
    pub(crate) fn refused(body: SendNotice, refusal: NoticeError) -> Self {
        Self {
            from: body.from,
            until: body.until,
            reason: body.reason,
            text: body.text,
            refusal: Some(refusal),
        }
    }
}

/// The notices of a child at one institution.
#[derive(Template)]
#[template(path = "notices.html")]
pub(crate) struct NoticesPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The child, and what the reader may do.
    pub(crate) board: Board,
    /// What was sent, the last first.
    pub(crate) listed: Vec<Listed>,
    /// What the form holds.
    pub(crate) told: Told,
}

impl NoticesPage<'_> {
    fn is_family(&self) -> bool {
        self.board.sender == NoticeSender::Family || !self.board.may_send
    }

    fn refusal(&self) -> Option<String> {
        let error = self.told.refusal?;
        Some(self.frame.texts.get(&format!("problem-{}", error.code())))
    }

    fn earliest(&self) -> Date {
        self.board
            .today
            .saturating_sub(days_back(self.board.sender).days())
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        AbsenceReason::ALL
            .into_iter()
            .map(|of| {
                let name = self.frame.texts.get(&format!("notice-choice-{}", of.as_str()));
                (of.as_str(), name)
            })
            .collect()
    }

    fn is_chosen(&self, reason: &str) -> bool {
        self.told.reason == reason
    }

    fn reason_of(&self, listed: &Listed) -> String {
        reason(self.frame.texts, listed.notice.reason)
    }

    fn days(&self, listed: &Listed) -> String {
        self.frame.texts.span(listed.notice.from, listed.notice.until)
    }

    fn state(&self, listed: &Listed) -> String {
        self.frame.texts.get(if listed.shown.is_none() {
            "notice-withdrawn"
        } else if listed.is_to_come(self.board.today) {
            "notice-in-force"
        } else {
            "notice-over"
        })
    }

    fn is_to_come(&self, listed: &Listed) -> bool {
        listed.is_to_come(self.board.today)
    }

    /// Whether there is a day less that it could have: until yesterday at the earliest.
    fn can_be_shortened(&self, listed: &Listed) -> bool {
        self.is_to_come(listed) && self.shortest(listed) < listed.notice.until
    }

    fn shortest(&self, listed: &Listed) -> Date {
        let yesterday = self.board.today.saturating_sub(1.days());
        yesterday.max(listed.notice.from)
    }

    /// What the button says that takes back the days to come: of an absence that has begun the pupil comes back.
    fn withdraw(&self, listed: &Listed) -> String {
        let has_begun = listed.notice.from < self.board.today;
        self.frame.texts.get(if has_begun {
            "notice-come-back"
        } else {
            "notice-withdraw"
        })
    }

    /// Whether the reader can say that a document was received.
    fn can_be_documented(&self, listed: &Listed) -> bool {
        self.board.may_confirm && listed.shown.is_some() && listed.notice.document.is_none()
    }

    /// «Андреева М. О., понедельник, 23 ноября, 13:00».
    fn signature(&self, signed: &Signed) -> String {
        let at = moment(self.frame.texts, &self.board.class.zone(), signed.at);
        match signed.by_name.as_str() {
            "" => at,
            name => format!("{name}, {at}"),
        }
    }

    fn change(&self, change: &NoticeChange) -> String {
        let texts = self.frame.texts;
        let args = [
            ("who", self.signature(&change.signed).into()),
            ("before", texts.span(change.before, change.before).into()),
        ];
        match change.until {
            None => texts.with("notice-change-withdrawn", &args),
            Some(until) => {
                let [who, before] = args;
                let until = ("until", texts.span(until, until).into());
                texts.with("notice-change-shortened", &[who, before, until])
            }
        }
    }

    /// The days on which a later notice holds: «25 ноября, 27–28 ноября».
    fn superseded(&self, listed: &Listed) -> Option<String> {
        let runs = listed.superseded.iter();
        let runs: Vec<String> = runs
            .map(|(first, last)| self.frame.texts.span(*first, *last))
            .collect();
        (!runs.is_empty()).then(|| self.frame.texts.of("notice-superseded", &runs.join(", ")))
    }

    fn action(&self, listed: &Listed) -> String {
        let (child, institution) = (self.board.child.person.person, self.board.class.institution);
        format!(
            "/journals/notices/{child}/{}?institution={institution}",
            listed.id
        )
    }
}
