//! Runs and reasons in the reader's language.

use model::GroupId;
use ui::Texts;

use super::{
    item::{Run, RunState},
    outcome::{Left, Why},
};
use crate::drafts::{Draft, item::DraftHead, words::Words};

/// How a generation is said. Names come from the draft, if the whole of it was read.
#[derive(Clone, Copy)]
pub(crate) struct Speech<'a> {
    pub(crate) texts: Texts<'a>,
    pub(crate) head: &'a DraftHead,
    pub(crate) draft: &'a Draft,
}

impl Speech<'_> {
    const fn words(&self) -> Words<'_> {
        Words {
            texts: self.texts,
            head: self.head,
            draft: self.draft,
        }
    }

    /// Where a run stands, in a sentence or two.
    pub(crate) fn state(&self, run: Option<&Run>) -> String {
        let Some(run) = run else {
            return self.texts.get("generation-none");
        };
        match run.state {
            RunState::Queued => self.texts.get("generation-queued"),
            RunState::Running if run.reached.lessons == 0 => self.texts.get("generation-begun"),
            RunState::Running => self.reached(run),
            RunState::Done if run.reached.placed == run.reached.lessons => {
                self.done(run, "generation-complete")
            }
            RunState::Done => self.done(run, "generation-incomplete"),
            RunState::Cancelled => self.texts.get("generation-cancelled"),
            RunState::Failed => {
                let failure = run.failure.map(super::item::Failure::as_str).unwrap_or("broken");
                self.texts.get(&format!("generation-failed-{failure}"))
            }
        }
    }

    fn reached(&self, run: &Run) -> String {
        let placed = self.counts(run, "generation-placed");
        let defects = usize::try_from(run.reached.defects).unwrap_or(0);
        let defects = (defects > 0).then(|| self.texts.count("generation-defects", defects));
        let time = self
            .texts
            .of("generation-time", &self.duration(run.reached.seconds));
        [Some(placed), defects, Some(time)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn done(&self, run: &Run, key: &str) -> String {
        let time = self
            .texts
            .of("generation-took", &self.duration(run.reached.seconds));
        format!("{} {time}", self.counts(run, key))
    }

    fn counts(&self, run: &Run, key: &str) -> String {
        let missing = run.reached.lessons - run.reached.placed.min(run.reached.lessons);
        self.texts.with(
            key,
            &[
                ("placed", run.reached.placed.into()),
                ("lessons", run.reached.lessons.into()),
                ("missing", missing.into()),
            ],
        )
    }

    /// «1 мин 20 с».
    pub(crate) fn duration(&self, seconds: u32) -> String {
        let parts = [
            ("minutes", (seconds / 60).into()),
            ("seconds", (seconds % 60).into()),
        ];
        let key = if seconds < 60 {
            "generation-seconds"
        } else {
            "generation-minutes-seconds"
        };
        self.texts.with(key, &parts)
    }

    /// The first class of a group that is in the draft.
    pub(crate) fn class_of(&self, group: GroupId) -> Option<GroupId> {
        let course = self.draft.course(group)?;
        self.draft.first_class(course)
    }

    /// «Алгебра, 7А (неделя А)».
    pub(crate) fn title(&self, left: &Left) -> String {
        let cycle = self.words().cycle(left.cycle);
        let cycle = cycle.map(|cycle| format!(" ({cycle})")).unwrap_or_default();
        format!("{}{cycle}", self.group(left.group))
    }

    fn group(&self, group: GroupId) -> String {
        let course = self.draft.course(group);
        course.map_or_else(String::new, |course| {
            format!("{}, {}", course.subject, course.title)
        })
    }

    fn classes(&self, classes: &[GroupId]) -> String {
        let names = classes.iter().filter_map(|class| self.head.title_of(*class));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Why a lesson has no place, in one sentence.
    pub(crate) fn why(&self, why: &Why) -> String {
        let people = |people: &[model::PersonId]| {
            let names = people.iter().filter_map(|person| self.draft.person(*person));
            names.collect::<Vec<_>>().join(", ")
        };
        let place = |day: u8, number: u8| {
            let day = day.try_into().ok();
            day.map(|day| self.words().place(day, number)).unwrap_or_default()
        };
        let (who, with) = match why {
            Why::TeacherOverloaded { teacher, .. } => (people(&[*teacher]), String::new()),
            Why::ClassOverloaded { class, .. } => (self.classes(&[*class]), String::new()),
            Why::RoomsOverloaded { rooms, .. } => (rooms.join(", "), String::new()),
            Why::NoCommonHour { teachers, classes } => (people(teachers), self.classes(classes)),
            Why::PinForbidden { day, number } => (place(*day, *number), String::new()),
            Why::PinClash { day, number, with } => (place(*day, *number), self.group(*with)),
            Why::Occupied { causes, .. } => (String::new(), self.causes(causes)),
            Why::NoSuchRoom | Why::TooManyForDays { .. } | Why::Bells | Why::GaveWay => {
                (String::new(), String::new())
            }
        };
        let (lessons, places) = match why {
            Why::TeacherOverloaded { lessons, hours, .. }
            | Why::ClassOverloaded { lessons, hours, .. }
            | Why::RoomsOverloaded { lessons, hours, .. } => (*lessons, *hours),
            Why::TooManyForDays { lessons, places } => (*lessons, *places),
            Why::Occupied { hours, .. } => (0, *hours),
            _ => (0, 0),
        };
        self.texts.with(
            &format!("generation-why-{}", why.code()),
            &[
                ("who", who.into()),
                ("with", with.into()),
                ("lessons", lessons.into()),
                ("hours", places.into()),
            ],
        )
    }

    /// «учитель ведёт другой урок — 12, у учеников другой урок — 9».
    fn causes(&self, causes: &[(super::outcome::Cause, u16)]) -> String {
        let said = causes.iter().map(|(cause, hours)| {
            let key = format!("generation-cause-{}", cause.as_str());
            self.texts.count(&key, usize::from(*hours))
        });
        said.collect::<Vec<_>>().join(", ")
    }
}
