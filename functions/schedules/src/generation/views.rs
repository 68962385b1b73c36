//! What the API of generations takes and answers.

use model::GroupId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    item::{Run, RunState, Stop},
    plan::Mode,
    words::Speech,
};
use crate::drafts::DraftId;

/// A timetable to be made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) struct Generate {
    /// The draft's revision as it was seen: nothing is moved that nobody has looked at.
    pub(crate) revision: u64,
    /// Which lessons may move: `complete`, none that stands without a conflict; `repair`, as few as possible; `anew`, all.
    /// Pinned ones never do.
    pub(crate) mode: Mode,
    /// Days of the school's week, 5 or 6; by default as many as the draft's lessons have, at least 5.
    #[serde(default)]
    pub(crate) days: Option<u8>,
    /// Minutes after which the search ends with the best it has found, 1–12; 10 by default.
    #[serde(default)]
    pub(crate) minutes: Option<u8>,
    /// Chooses among equally good timetables: the same draft and seed give the same one, if the search ends by itself.
    #[serde(default)]
    pub(crate) seed: Option<u32>,
}

/// How a search is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) struct StopGeneration {
    /// `finish`: with the best timetable so far; `cancel`: with nothing, the draft stays as it is.
    #[schema(value_type = String)]
    pub(crate) how: Stop,
}

/// How far the generation of a timetable is, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct GenerationView {
    /// The draft.
    #[schema(value_type = String)]
    pub(crate) draft: DraftId,
    /// `none`, `queued`, `running`, `done`, `failed` or `cancelled`.
    pub(crate) state: &'static str,
    /// The same in words.
    pub(crate) text: String,
    /// How much of the search is done, in thousandths: by steps or by time, whichever is nearer to its end.
    pub(crate) permille: u32,
    /// What was asked for and how far it is; nothing if nothing was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) run: Option<RunView>,
}

/// What was asked for, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RunView {
    /// Which lessons may move.
    pub(crate) mode: Mode,
    /// The draft's revision as it was seen.
    pub(crate) revision: u64,
    /// Days of the week.
    pub(crate) days: u8,
    /// Minutes after which the search ends.
    pub(crate) minutes: u8,
    /// The seed.
    pub(crate) seed: u32,
    /// Lessons of the week.
    pub(crate) lessons: u32,
    /// Those that have a place in the best timetable so far.
    pub(crate) placed: u32,
    /// Windows of pupils and too long days that are still to be put right; 0 at the end.
    pub(crate) defects: i64,
    /// The weighted sum of what a good timetable has little of.
    pub(crate) penalty: i64,
    /// Seconds of searching.
    pub(crate) seconds: u32,
    /// Whether the time was over before the search was: the same seed may then give another timetable.
    pub(crate) out_of_time: bool,
    /// `draft_closed`, `nothing_to_place`, `contradiction` or `broken`, if there is no result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<&'static str>,
    /// The draft that has the timetable: the same one, or a new one.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) into: Option<DraftId>,
    /// What has no place.
    pub(crate) unplaced: Vec<UnplacedView>,
    /// Further kinds of lessons without a place that are not listed.
    pub(crate) unplaced_more: u32,
}

/// Lessons without a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct UnplacedView {
    /// The teaching group.
    #[schema(value_type = String)]
    pub(crate) group: GroupId,
    /// A class of the group.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) class: Option<GroupId>,
    /// Subject and title of the group.
    pub(crate) title: String,
    /// How many.
    pub(crate) count: u8,
    /// Why.
    pub(crate) reasons: Vec<ReasonView>,
}

/// Why a lesson has no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// `teacher_overloaded`, `class_overloaded`, `rooms_overloaded`, `no_such_room`, `no_common_hour`, `pin_forbidden`,
    /// `pin_clash`, `too_many_for_days`, `occupied`, `bells`, `gave_way`.
    pub(crate) code: &'static str,
    /// The same in words.
    pub(crate) text: String,
}

impl GenerationView {
    /// A run as the API and the page show it.
    pub(crate) fn of(speech: &Speech<'_>, draft: DraftId, run: Option<&Run>) -> Self {
        Self {
            draft,
            state: run.map_or("none", |run| run.state.as_str()),
            text: speech.state(run),
            permille: run.map_or(0, permille),
            run: run.map(|run| RunView::of(speech, run)),
        }
    }
}

impl RunView {
    fn of(speech: &Speech<'_>, run: &Run) -> Self {
        let unplaced = run.left.iter().map(|left| UnplacedView {
            group: left.group,
            class: speech.class_of(left.group),
            title: speech.title(left),
            count: left.count,
            reasons: left
                .reasons
                .iter()
                .map(|why| ReasonView {
                    code: why.code(),
                    text: speech.why(why),
                })
                .collect(),
        });
        Self {
            mode: run.mode,
            revision: run.revision,
            days: run.days,
            minutes: run.minutes,
            seed: run.seed,
            lessons: run.reached.lessons,
            placed: run.reached.placed,
            defects: run.reached.defects,
            penalty: run.reached.penalty,
            seconds: run.reached.seconds,
            out_of_time: run.out_of_time,
            failure: run.failure.map(super::item::Failure::as_str),
            into: run.into.filter(|_| run.state == RunState::Done),
            unplaced: unplaced.collect(),
            unplaced_more: run.more_left,
        }
    }
}

fn permille(run: &Run) -> u32 {
    if run.state.is_over() {
        return 1000;
    }
    let part =
        |done: u64, all: u64| u32::try_from((done * 1000).checked_div(all).unwrap_or(0)).unwrap_or(1000);
    let by_steps = part(run.reached.step, run.reached.steps);
    let by_time = part(run.reached.seconds.into(), 60 * u64::from(run.minutes));
    by_steps.max(by_time).min(1000)
}
