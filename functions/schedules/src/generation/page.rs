//! The page of a generation: what it would do, how far it is, what came of it.

use askama::Template;
use ui::Frame;

use super::{
    item::{Run, RunState},
    plan::Mode,
    views::{GenerationView, UnplacedView},
    words::Speech,
};
use crate::drafts::{DraftId, item::DraftHead, store::Loaded, view::View};

/// Ways to try with more or less time, in minutes.
const MINUTES: [u8; 4] = [2, 5, 10, 12];

/// The page.
#[derive(Template)]
#[template(path = "generation.html")]
pub(crate) struct GenerationPage<'a> {
    pub(crate) frame: Frame<'a>,
    head: DraftHead,
    view: GenerationView,
    counts: Counts,
    proposed: Proposed,
    /// Nothing while a search is under way that can be heard of.
    is_form: bool,
    is_over: bool,
    penalty: Option<String>,
}

/// What stands and what is missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) lessons: usize,
    pub(crate) standing: usize,
    pub(crate) pinned: usize,
}

/// What the form proposes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proposed {
    pub(crate) mode: Mode,
    pub(crate) days: u8,
    pub(crate) minutes: u8,
    pub(crate) seed: u32,
}

impl<'a> GenerationPage<'a> {
    pub(crate) fn new(
        frame: Frame<'a>,
        loaded: &Loaded,
        run: Option<&Run>,
        is_alive: bool,
        (counts, proposed): (Counts, Proposed),
    ) -> Self {
        let speech = Speech {
            texts: frame.texts,
            head: &loaded.head,
            draft: &loaded.draft,
        };
        let done = run.filter(|run| run.state == RunState::Done);
        Self {
            view: GenerationView::of(&speech, loaded.head.draft, run),
            penalty: done.map(|run| {
                let seed = run.seed.to_string();
                let penalty = run.reached.penalty.to_string();
                let key = if run.out_of_time {
                    "generation-facts-stopped"
                } else {
                    "generation-facts"
                };
                frame
                    .texts
                    .with(key, &[("seed", seed.into()), ("penalty", penalty.into())])
            }),
            head: loaded.head.clone(),
            is_form: loaded.head.is_open() && !is_alive,
            is_over: run.is_none_or(|run| run.state.is_over()),
            counts,
            proposed,
            frame,
        }
    }

    fn address(&self) -> String {
        format!("/schedules/drafts/{}", self.head.draft)
    }

    fn modes(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let chosen = self.proposed.mode;
        Mode::ALL
            .into_iter()
            .map(move |mode| (mode.as_str(), mode == chosen))
    }

    fn minutes(&self) -> impl Iterator<Item = (u8, bool)> {
        let chosen = self.proposed.minutes;
        MINUTES
            .into_iter()
            .map(move |minutes| (minutes, minutes == chosen))
    }

    fn said(&self) -> String {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX).into();
        self.frame.texts.with(
            "generation-counts",
            &[
                ("lessons", count(self.counts.lessons)),
                ("standing", count(self.counts.standing)),
                ("pinned", count(self.counts.pinned)),
            ],
        )
    }

    /// The draft that has the timetable.
    fn into(&self) -> Option<DraftId> {
        self.view.run.as_ref()?.into
    }

    /// Whether the timetable is in another draft than this one.
    fn is_new(&self) -> bool {
        self.into().is_some_and(|into| into != self.head.draft)
    }

    fn unplaced(&self) -> &[UnplacedView] {
        self.view
            .run
            .as_ref()
            .map(|run| run.unplaced.as_slice())
            .unwrap_or_default()
    }

    fn more(&self) -> usize {
        self.view.run.as_ref().map_or(0, |run| run.unplaced_more as usize)
    }

    /// The way to the grid of the class that lacks the lessons.
    fn grid(&self, lesson: &UnplacedView) -> Option<String> {
        let draft = self.into().unwrap_or(self.head.draft);
        let view = View::Class(lesson.class?).query();
        Some(format!("/schedules/drafts/{draft}?{view}"))
    }
}
