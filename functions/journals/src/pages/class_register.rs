//! A class on a day.

use askama::Template;
use gradebook::NoticeSender;
use jiff::{ToSpan, civil::Date};
use model::{Attendance, Week};
use ui::{DateStyle, Frame};

use super::notices;
use crate::{
    class_register::{DayState, Presence, RegisterLesson, RegisterPupil, Totals},
    handlers::class_register::RegisterDay,
    notices::days_back,
};

/// Pupils by the lessons of a day.
#[derive(Template)]
#[template(path = "class_register.html")]
pub(crate) struct ClassRegisterPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The counts.
    pub(crate) totals: Totals,
    /// The day.
    pub(crate) day: RegisterDay,
}

impl ClassRegisterPage<'_> {
    fn heading(&self) -> String {
        self.frame.texts.date(self.day.date, DateStyle::Day)
    }

    /// The day of lessons so many days away: Sundays are passed over.
    fn other(&self, days: i64) -> Date {
        let step = |date: Date| date.saturating_add(days.days());
        let next = step(self.day.date);
        if next == Week::of(next).sunday() {
            step(next)
        } else {
            next
        }
    }

    /// «отсутствуют 3: болел — 2, …».
    fn counts(&self) -> Vec<(String, usize)> {
        let texts = self.frame.texts;
        let totals = &self.totals;
        let all = [
            ("pupils", totals.pupils),
            ("present", totals.present),
            ("partly", totals.partly),
            ("absent", totals.absent),
            ("whole-day", totals.whole_day),
            ("untold", totals.untold),
            ("late", totals.late),
            ("unknown", totals.unknown),
        ];
        let is_shown =
            |(name, count): &(&str, usize)| *count > 0 || ["pupils", "present", "absent"].contains(name);
        let shown = all.into_iter().filter(is_shown);
        shown
            .map(|(name, count)| (texts.get(&format!("class-register-{name}")), count))
            .collect()
    }

    fn reasons(&self) -> Vec<(String, usize)> {
        let reasons = self.totals.reasons.iter();
        reasons
            .map(|(reason, count)| (self.attendance(*reason), *count))
            .collect()
    }

    fn attendance(&self, attendance: Attendance) -> String {
        self.frame
            .texts
            .get(&format!("attendance-{}", attendance.as_str()))
    }

    fn absent(&self) -> Vec<&RegisterPupil> {
        let pupils = self.day.register.pupils.iter();
        pupils.filter(|pupil| pupil.absence().is_some()).collect()
    }

    /// «весь день», or that only the lessons so far were missed.
    fn extent(&self, pupil: &RegisterPupil) -> String {
        let is_whole = pupil.absence().is_some_and(|(_, whole)| whole);
        self.frame.texts.get(if is_whole {
            "class-register-all-day"
        } else {
            "class-register-so-far"
        })
    }

    fn reason_of(&self, pupil: &RegisterPupil) -> String {
        pupil
            .absence()
            .map_or_else(String::new, |(reason, _)| self.attendance(reason))
    }

    fn told(&self, pupil: &RegisterPupil) -> Option<String> {
        let notice = pupil.notice.as_ref()?;
        Some(notices::told(self.frame.texts, notice))
    }

    /// What stands in a cell, and what a screen reader says of it.
    fn shown(&self, presence: &Presence) -> (String, String) {
        let texts = self.frame.texts;
        match presence {
            Presence::NotTheirs => ("—".to_owned(), texts.get("class-register-not-theirs")),
            Presence::NotOpened => ("?".to_owned(), texts.get("class-register-not-opened")),
            Presence::Present => ("·".to_owned(), texts.get("class-register-there")),
            Presence::Noted(attendance) => (attendance.short().to_owned(), self.attendance(*attendance)),
            Presence::Told(attendance) => (
                format!("({})", attendance.short()),
                texts.get("class-register-told"),
            ),
        }
    }

    fn day_of(&self, pupil: &RegisterPupil) -> String {
        let texts = self.frame.texts;
        match pupil.day {
            DayState::Unknown => texts.get("class-register-state-unknown"),
            DayState::Present => texts.get("class-register-state-present"),
            DayState::Partly => texts.get("class-register-state-partly"),
            DayState::Absent { .. } => self.extent(pupil),
        }
    }

    /// The journals of a lesson for who may open them, each with the lesson where it is opened.
    fn links(&self, lesson: &RegisterLesson) -> Vec<String> {
        let Some(period) = self.day.period.as_ref().filter(|_| self.day.leads) else {
            return vec![];
        };
        let opened = lesson.journals.iter().filter(|(_, is_opened)| **is_opened);
        opened
            .map(|(journal, _)| {
                let key = format!("{}-{:02}", self.day.date, lesson.number);
                format!("/journals/{journal}/{period}/lessons/{key}")
            })
            .collect()
    }

    /// Whether the school can still write down what it was told of the day.
    fn can_be_told(&self) -> bool {
        let earliest = self
            .day
            .today
            .saturating_sub(days_back(NoticeSender::School).days());
        self.day.date >= earliest
    }

    fn notices_address(&self, pupil: &RegisterPupil) -> String {
        format!(
            "/journals/notices/{}?institution={}&date={}",
            pupil.member.person, self.day.class.institution, self.day.date
        )
    }
}
