//! Drafts as pages.

mod cell;
mod editor;

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use model::{GroupId, PersonId, Weekday};
use rosters::Institution;
use ui::{DateStyle, Frame};

use super::{
    diff::LessonCounts,
    draft::{Bells, Draft, DraftLesson},
    item::{DraftHead, DraftState},
    store::Loaded,
    view::View,
    views::{LessonConflicts, PublicationView},
    words::{Words, hours},
};

pub(crate) use cell::CellPage;
pub(crate) use editor::EditorPage;

/// A draft with all that the editor needs of it; of a class's view it has that class only.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) head: DraftHead,
    pub(crate) draft: Draft,
    pub(crate) bells: Bells,
    pub(crate) view: View,
}

/// The last number that a grid has.
pub(crate) fn last_number(draft: &Draft, bells: &Bells) -> u8 {
    let used = draft.classes.values().flat_map(|class| class.lessons.iter());
    let used = used.map(|lesson| lesson.number).max();
    bells.last().max(used.unwrap_or(1))
}

/// The drafts of an institution.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) institution: Institution,
    pub(crate) drafts: Vec<DraftHead>,
    pub(crate) today: Date,
    pub(crate) next_monday: Date,
}

/// The drafts of the actor's institutions.
#[derive(Template)]
#[template(path = "drafts.html")]
pub(crate) struct ListPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) places: Vec<Place>,
    pub(crate) names: BTreeMap<PersonId, String>,
}

impl ListPage<'_> {
    fn from(&self, draft: &DraftHead) -> String {
        let texts = self.frame.texts;
        texts.of("drafts-from", &texts.date(draft.from, DateStyle::Full))
    }

    fn changed(&self, draft: &DraftHead) -> String {
        let texts = self.frame.texts;
        let zone = model::time_zone(&draft.time_zone);
        let moment = zone.to_datetime(draft.changed_at);
        let when = format!(
            "{}, {}",
            texts.date(moment.date(), DateStyle::Short),
            texts.time(moment.time())
        );
        match self.names.get(&draft.changed_by) {
            Some(who) => texts.with(
                "drafts-changed-by",
                &[("when", when.into()), ("who", who.clone().into())],
            ),
            None => texts.with("drafts-changed", &[("when", when.into())]),
        }
    }

    fn state(&self, draft: &DraftHead) -> String {
        self.frame
            .texts
            .get(&format!("drafts-state-{}", draft.state.as_str()))
    }
}

/// Something was not done, and why.
#[derive(Template)]
#[template(path = "draft-refused.html")]
pub(crate) struct RefusedPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) intro: String,
    pub(crate) lines: Vec<String>,
    pub(crate) back: String,
}

/// What publishing would change in a class.
#[derive(Debug)]
pub(crate) struct ClassChange {
    pub(crate) class: GroupId,
    pub(crate) title: String,
    pub(crate) counts: LessonCounts,
    /// Hours of the curriculum that do not stand in the week, in halves.
    pub(crate) unplaced: usize,
}

/// What publishing would change, what is in its way, and how far it is.
#[derive(Template)]
#[template(path = "draft-publication.html")]
pub(crate) struct PublicationPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) progress: PublicationView,
    pub(crate) loaded: &'a Loaded,
    pub(crate) changes: Vec<ClassChange>,
    pub(crate) conflicts: Vec<LessonConflicts>,
    /// Ways between buildings for which the break is too short: told, and in nobody's way.
    pub(crate) ways: Vec<String>,
}

impl PublicationPage<'_> {
    fn is(&self, state: &str) -> bool {
        self.loaded.head.state.as_str() == state
    }

    fn address(&self) -> String {
        format!("/schedules/drafts/{}", self.loaded.head.draft)
    }

    fn changed(&self) -> impl Iterator<Item = &ClassChange> {
        self.changes.iter().filter(|change| !change.counts.is_none())
    }

    fn unchanged(&self) -> usize {
        self.changes.len() - self.changed().count()
    }

    fn unplaced(&self) -> Option<String> {
        let halves: usize = self.changes.iter().map(|change| change.unplaced).sum();
        let words = |halves: usize| {
            let sum = if halves.is_multiple_of(2) {
                (halves / 2).to_string()
            } else {
                format!("{},5", halves / 2)
            };
            self.frame.texts.of("drafts-unplaced-in-all", &sum)
        };
        (halves > 0).then(|| words(halves))
    }

    fn words(&self) -> Words<'_> {
        Words {
            texts: self.frame.texts,
            head: &self.loaded.head,
            draft: &self.loaded.draft,
        }
    }

    /// Where a lesson stands, what it is, and the way to it.
    fn place(&self, lesson: &DraftLesson) -> (String, String) {
        let words = self.words();
        let title = format!(
            "{}, {}",
            words.lesson(lesson),
            words.place(lesson.day, lesson.number)
        );
        let draft = &self.loaded.draft;
        let class = draft
            .course(lesson.group)
            .and_then(|course| draft.first_class(course));
        let view = class.map(|class| View::Class(class).query()).unwrap_or_default();
        let cell = cell_id(lesson.day, lesson.number);
        (title, format!("{}?{view}#{cell}", self.address()))
    }

    fn from(&self) -> String {
        let from = self.progress.from().unwrap_or(self.loaded.head.from);
        self.frame.texts.date(from, DateStyle::Full)
    }
}

/// The element of a cell, so that an address can lead to it.
pub(crate) fn cell_id(day: Weekday, number: u8) -> String {
    format!("c{}-{number}", day.number())
}

impl Opened {
    pub(crate) const fn words<'a>(&'a self, texts: ui::Texts<'a>) -> Words<'a> {
        Words {
            texts,
            head: &self.head,
            draft: &self.draft,
        }
    }

    /// The address of the draft's editor.
    pub(crate) fn address(&self) -> String {
        format!("/schedules/drafts/{}", self.head.draft)
    }

    /// What is shown, by its name.
    pub(crate) fn title(&self) -> String {
        match &self.view {
            View::Class(class) => self.head.title_of(*class).unwrap_or_default().to_owned(),
            View::Teacher(teacher) => self.draft.person(*teacher).unwrap_or_default().to_owned(),
            View::Room(room) => room.clone(),
        }
    }

    /// The times of a number, as most of those in view have them.
    pub(crate) fn times(&self, number: u8) -> Option<String> {
        let grade = match &self.view {
            View::Class(class) => {
                let class = self.draft.classes.get(class)?;
                class.courses.iter().find_map(|course| course.grade)
            }
            View::Teacher(_) | View::Room(_) => None,
        };
        let times = self.bells.times(number, grade)?;
        let text = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Some(format!("{}\u{2013}{}", text(times.start), text(times.end)))
    }

    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.head.state, DraftState::Draft)
    }
}

/// Hours as pages show them.
pub(crate) fn shown_hours(halves: u8) -> String {
    hours(halves)
}
