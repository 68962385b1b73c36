//! Keys and items of generations.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `GENERATION#dft` | `RUN` | what is asked of the generator for a draft, how far it is, what came of it |
//! | `GENERATION#dft` | `BEST` | the best timetable so far of the run that is under way |
//!
//! A draft has one run at a time, since it has one item; the next one takes the place of one that has ended. The run is
//! replaced over its version by whoever changes it: the worker that tells how far it is, and people who stop it. A worker
//! tells so every few seconds; one that has been silent for [`Run::SILENCE`] is taken for dead, and the next message of the
//! queue, or the next request, takes the run over. The best so far has its own item, so that telling costs one unit.

use jiff::{SignedDuration, Timestamp};
use model::{InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};
use timetable_generator::{Hour, Phase, Placement};

use super::{outcome::Left, plan::Mode};
use crate::drafts::DraftId;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunState {
    /// No worker has begun.
    Queued,
    /// A worker searches.
    Running,
    /// The timetable stands in a draft.
    Done,
    /// It could not be made; see [`Run::failure`].
    Failed,
    /// Somebody did not want it any more.
    Cancelled,
}

impl RunState {
    /// Its name in the API, the items and the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more comes.
    pub(crate) const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// How somebody has asked a run to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stop {
    /// With the best timetable so far.
    Finish,
    /// With nothing.
    Cancel,
}

/// Why a run has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Failure {
    /// The draft is published, or there is none any more.
    DraftClosed,
    /// Nobody has said how many hours there are.
    NothingToPlace,
    /// The draft's data contradict each other.
    Contradiction,
    /// The search broke off again and again.
    Broken,
}

impl Failure {
    /// Its name in the API and in the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::DraftClosed => "draft_closed",
            Self::NothingToPlace => "nothing_to_place",
            Self::Contradiction => "contradiction",
            Self::Broken => "broken",
        }
    }
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reached {
    pub(crate) phase: Phase,
    /// Lessons of the week, and those that have a place in the best timetable so far.
    pub(crate) lessons: u32,
    pub(crate) placed: u32,
    /// Windows of pupils that are still to be closed, and days that are too long.
    pub(crate) defects: i64,
    /// The weighted sum of what a good timetable has little of.
    pub(crate) penalty: i64,
    /// Steps of the search, and those after which it ends.
    pub(crate) step: u64,
    pub(crate) steps: u64,
    /// Seconds of searching, those of workers that have died included.
    pub(crate) seconds: u32,
}

impl Default for Reached {
    fn default() -> Self {
        Self {
            phase: Phase::Placing,
            lessons: 0,
            placed: 0,
            defects: 0,
            penalty: 0,
            step: 0,
            steps: 0,
            seconds: 0,
        }
    }
}

/// A run of the generator over a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) draft: DraftId,
    pub(crate) institution: InstitutionId,
    /// Which run of the draft it is: a number chosen when it is asked for.
    pub(crate) run: u64,
    pub(crate) state: RunState,
    /// The draft's revision as it was seen by who asked.
    pub(crate) revision: u64,
    pub(crate) mode: Mode,
    pub(crate) days: u8,
    pub(crate) minutes: u8,
    pub(crate) seed: u32,
    /// What a new draft is called, if the timetable does not fit into the old one.
    pub(crate) title: String,
    pub(crate) by: PersonId,
    pub(crate) asked_at: Timestamp,
    /// When it was last known to go on.
    pub(crate) touched_at: Timestamp,
    /// Which worker has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) worker: Option<u64>,
    /// How many workers have begun it.
    #[serde(default)]
    pub(crate) attempts: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stop: Option<Stop>,
    #[serde(default)]
    pub(crate) reached: Reached,
    /// Whether the time was over before the search was: another run with the same seed may then end otherwise.
    #[serde(default)]
    pub(crate) out_of_time: bool,
    /// The draft that has the timetable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) into: Option<DraftId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<Failure>,
    /// What has no place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) left: Vec<Left>,
    /// Kinds of lessons without a place that did not fit into the list.
    #[serde(default)]
    pub(crate) more_left: u32,
}

impl Run {
    /// After so long without a word a worker is taken for dead.
    pub(crate) const SILENCE: SignedDuration = SignedDuration::from_secs(90);
    /// After so long in the queue its message is taken for lost.
    pub(crate) const QUEUED: SignedDuration = SignedDuration::from_mins(5);
    /// How long the item is kept after its last change.
    const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
    /// Kinds of lessons without a place that are kept: 200 with four reasons each are some 60 KB.
    pub(crate) const LISTED: usize = 200;

    pub(crate) fn key_of(draft: DraftId) -> Key {
        Key {
            pk: partition(draft),
            sk: "RUN".to_owned(),
        }
    }

    /// Whether a worker may begin with it: nobody has, or who has is dead.
    pub(crate) fn is_free(&self, now: Timestamp) -> bool {
        match self.state {
            RunState::Queued => true,
            RunState::Running => self.touched_at.duration_until(now) > Self::SILENCE,
            RunState::Done | RunState::Failed | RunState::Cancelled => false,
        }
    }

    /// Whether it goes on, as far as one can know: another one cannot be begun.
    pub(crate) fn is_alive(&self, now: Timestamp) -> bool {
        let silent = self.touched_at.duration_until(now);
        match self.state {
            RunState::Queued => silent <= Self::QUEUED,
            RunState::Running => silent <= Self::SILENCE,
            RunState::Done | RunState::Failed | RunState::Cancelled => false,
        }
    }
}

fn partition(draft: DraftId) -> String {
    format!("GENERATION#{draft}")
}

impl Record for Run {
    const ENTITY: &'static str = "generation";

    fn key(&self) -> Key {
        Self::key_of(self.draft)
    }

    fn expires_at(&self) -> Option<i64> {
        Some((self.touched_at + Self::KEPT).as_second())
    }
}

/// The best timetable so far of a run, for the worker that takes it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Best {
    pub(crate) draft: DraftId,
    pub(crate) run: u64,
    /// The draft's revision from which it was made: with another one positions mean other things.
    pub(crate) revision: u64,
    /// Hours without a lesson and the cost: the less the better.
    pub(crate) missing: u32,
    pub(crate) penalty: i64,
    pub(crate) at: Timestamp,
    /// [`Placement`]s as JSON of activity, day, slot, room (0 for none, else from 1): 1000 lessons are 12 KB.
    placements: String,
}

impl Best {
    pub(crate) fn new(run: &Run, revision: u64, placements: &[Placement]) -> Result<Self, serde_json::Error> {
        let short = |of: &Placement| {
            let room = of.room.map_or(0, |room| room.0 + 1);
            (of.activity.0, of.hour.day, of.hour.slot, room)
        };
        let placements: Vec<(u32, u8, u8, u32)> = placements.iter().map(short).collect();
        Ok(Self {
            draft: run.draft,
            run: run.run,
            revision,
            missing: run.reached.lessons.saturating_sub(run.reached.placed),
            penalty: run.reached.penalty,
            at: run.touched_at,
            placements: serde_json::to_string(&placements)?,
        })
    }

    pub(crate) fn placements(&self) -> Result<Vec<Placement>, serde_json::Error> {
        let short: Vec<(usize, u8, u8, usize)> = serde_json::from_str(&self.placements)?;
        let long = |(activity, day, slot, room): (usize, u8, u8, usize)| Placement {
            activity: activity.into(),
            hour: Hour::new(day, slot),
            length: 1,
            room: room.checked_sub(1).map(Into::into),
        };
        Ok(short.into_iter().map(long).collect())
    }

    pub(crate) fn key_of(draft: DraftId) -> Key {
        Key {
            pk: partition(draft),
            sk: "BEST".to_owned(),
        }
    }
}

impl Record for Best {
    const ENTITY: &'static str = "generation_best";

    fn key(&self) -> Key {
        Self::key_of(self.draft)
    }

    fn expires_at(&self) -> Option<i64> {
        Some((self.at + Run::KEPT).as_second())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A run as tests have it.
    pub(crate) fn run(state: RunState, touched_at: &str) -> Run {
        let at: Timestamp = touched_at.parse().expect("a moment");
        Run {
            draft: DraftId::from_bits(1),
            institution: InstitutionId::from_bits(2),
            run: 3,
            state,
            revision: 4,
            mode: Mode::Anew,
            days: 5,
            minutes: 10,
            seed: 5,
            title: String::new(),
            by: PersonId::from_bits(6),
            asked_at: at,
            touched_at: at,
            worker: None,
            attempts: 0,
            stop: None,
            reached: Reached::default(),
            out_of_time: false,
            into: None,
            failure: None,
            left: Vec::new(),
            more_left: 0,
        }
    }

    #[test]
    fn keys_are_formatted_as_written_down() {
        let draft = DraftId::from_bits(1);
        assert_eq!(Run::key_of(draft).pk, format!("GENERATION#{draft}"));
        assert_eq!(
            (Run::key_of(draft).sk, Best::key_of(draft).sk),
            ("RUN".to_owned(), "BEST".to_owned())
        );
    }

    #[test]
    fn a_silent_worker_loses_its_run_and_a_lost_message_can_be_sent_again() {
        let now: Timestamp = "2026-11-23T10:02:00Z".parse().expect("a moment");
        let (fresh, silent) = ("2026-11-23T10:01:00Z", "2026-11-23T10:00:00Z");
        let free = |state, at| run(state, at).is_free(now);
        assert_eq!(
            (free(RunState::Running, fresh), free(RunState::Running, silent)),
            (false, true)
        );
        assert!(free(RunState::Queued, fresh) && !free(RunState::Done, silent));
        let alive = |state, at| run(state, at).is_alive(now);
        assert_eq!(
            (alive(RunState::Running, fresh), alive(RunState::Running, silent)),
            (true, false)
        );
        assert!(alive(RunState::Queued, silent) && !alive(RunState::Queued, "2026-11-23T09:56:00Z"));
        assert!(!alive(RunState::Cancelled, fresh));
    }

    #[test]
    fn the_best_timetable_reads_back_as_it_was_written() {
        let placement = |activity: usize, room: Option<usize>| Placement {
            activity: activity.into(),
            hour: Hour::new(4, 7),
            length: 1,
            room: room.map(Into::into),
        };
        let placements = [placement(0, None), placement(900, Some(0))];
        let best =
            Best::new(&run(RunState::Running, "2026-11-23T10:01:00Z"), 4, &placements).expect("a text");
        assert_eq!(best.placements().expect("placements"), placements);
    }
}
