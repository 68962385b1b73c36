//! Asking for a timetable, looking how far it is, stopping.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::Actor;
use serde::Deserialize;
use store::StoreError;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, html, see_other};

use super::{
    item::{Failure, Reached, Run, RunState, Stop},
    page::{Counts, GenerationPage, Proposed},
    plan::Mode,
    run::GenerateMessage,
    store::Held,
    tasks::tasks,
    views::{Generate, GenerationView, StopGeneration},
    words::Speech,
};
use crate::{
    App,
    drafts::{Draft, DraftId, closed, store::Loaded},
};

/// The most minutes of a search: reading, writing and a late start stay within the quarter of an hour of the function.
const MOST_MINUTES: u8 = 12;
/// Minutes of a search of which nobody has said how long it may last.
const MINUTES: u8 = 10;
/// How often a stop is tried when the search tells of itself in between.
const ATTEMPTS: u32 = 6;
/// The longest title of a draft, in characters.
const LONGEST_TITLE: usize = 100;

/// The page: the form, or how far it is, and what came of the last one.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let run = app.generations.run(draft).await?.map(|held| held.run);
    let is_alive = run.as_ref().is_some_and(|run| run.is_alive(app.clock.now()));
    let texts = app.texts(&page);
    let frame = page.frame(texts, texts.of("generation-of", &loaded.head.title), Some(&actor));
    let form = (counts(&loaded.draft), proposed(&loaded));
    html(&GenerationPage::new(frame, &loaded, run.as_ref(), is_alive, form))
}

/// How far the generation of a draft's timetable is, and what came of the last one.
#[utoipa::path(get, path = "/api/schedules/drafts/{draft}/generation", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")),
    responses((status = 200, body = GenerationView), (status = 404, description = "No such draft for the actor.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    app.generation(&actor, &page, draft).await
}

/// Asks for a timetable: the search is a job, of which a draft has one at a time.
#[utoipa::path(post, path = "/api/schedules/drafts/{draft}/generation", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")), request_body = Generate,
    responses((status = 200, body = GenerationView), (status = 404, description = "No such draft for the actor."),
        (status = 409, description = "The draft was edited or is published, or a search is under way."),
        (status = 422, description = "A field is not acceptable, there are no bells, or nothing is to be placed.")))]
pub(crate) async fn begin(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Json(wish): Json<Generate>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    app.begin_generation(&actor, &page, &loaded, &wish).await?;
    app.generation(&actor, &page, draft).await
}

/// The form: an empty seed is the proposed one.
#[derive(Debug, Deserialize)]
pub(crate) struct GenerateForm {
    revision: u64,
    mode: Mode,
    days: u8,
    minutes: u8,
    #[serde(default)]
    seed: String,
}

/// Asks for a timetable and shows how far it is.
pub(crate) async fn begin_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Form(form): Form<GenerateForm>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let seed = match form.seed.trim() {
        "" => None,
        seed => Some(seed.parse().map_err(|_| Problem::invalid("generation_seed"))?),
    };
    let wish = Generate {
        revision: form.revision,
        mode: form.mode,
        days: Some(form.days),
        minutes: Some(form.minutes),
        seed,
    };
    app.begin_generation(&actor, &page, &loaded, &wish).await?;
    Ok(see_other(&format!("/schedules/drafts/{draft}/generation")))
}

/// Stops a search, with the best timetable so far or with nothing. One that is over stays as it is.
#[utoipa::path(post, path = "/api/schedules/drafts/{draft}/generation/stop", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")), request_body = StopGeneration,
    responses((status = 200, body = GenerationView), (status = 404, description = "No such draft for the actor.")))]
pub(crate) async fn stop(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Json(body): Json<StopGeneration>,
) -> Result<Response, Problem> {
    app.draft_head(&actor, draft).await?;
    app.stop_generation(draft, body.how).await?;
    app.generation(&actor, &page, draft).await
}

/// Stops a search and shows how far it is.
pub(crate) async fn stop_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(draft): Path<DraftId>,
    Form(form): Form<StopGeneration>,
) -> Result<Response, Problem> {
    app.draft_head(&actor, draft).await?;
    app.stop_generation(draft, form.how).await?;
    Ok(see_other(&format!("/schedules/drafts/{draft}/generation")))
}

/// What stands and what is missing.
fn counts(draft: &Draft) -> Counts {
    let tasks = tasks(draft);
    let standing = || tasks.iter().flat_map(|task| &task.standing);
    Counts {
        lessons: tasks.iter().map(|task| usize::from(task.lessons)).sum(),
        standing: standing().count(),
        pinned: standing().filter(|lesson| lesson.pinned).count(),
    }
}

fn proposed(loaded: &Loaded) -> Proposed {
    let counts = counts(&loaded.draft);
    Proposed {
        mode: if counts.standing == 0 {
            Mode::Anew
        } else {
            Mode::Complete
        },
        days: days(&loaded.draft),
        minutes: MINUTES,
        seed: seed(loaded),
    }
}

/// As many days as the draft's lessons have, at least five.
fn days(draft: &Draft) -> u8 {
    let last = draft.lessons().map(|(_, lesson)| lesson.day.number()).max();
    last.unwrap_or(5).clamp(5, 6)
}

/// The seed of a draft at a revision, if nobody chooses another: the same every time, so that a search can be repeated.
fn seed(loaded: &Loaded) -> u32 {
    let text = format!("{}#{}", loaded.head.draft, loaded.head.revision);
    // FNV-1a: short, and the same on every machine.
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    text.bytes().fold(2_166_136_261, mix)
}

impl App {
    /// How far the generation of a draft is. What has no place is named by the whole draft, which is read only then.
    async fn generation(
        &self,
        actor: &Actor,
        page: &PageContext,
        draft: DraftId,
    ) -> Result<Response, Problem> {
        let mut head = self.draft_head(actor, draft).await?;
        let run = self.generations.run(draft).await?.map(|held| held.run);
        let mut named = Draft::default();
        if run.as_ref().is_some_and(|run| !run.left.is_empty()) {
            let loaded = self.whole_draft(actor, draft).await?;
            (head, named) = (loaded.head, loaded.draft);
        }
        let speech = Speech {
            texts: self.texts(page),
            head: &head,
            draft: &named,
        };
        Ok(axum::Json(GenerationView::of(&speech, draft, run.as_ref())).into_response())
    }

    async fn begin_generation(
        &self,
        actor: &Actor,
        page: &PageContext,
        loaded: &Loaded,
        wish: &Generate,
    ) -> Result<(), Problem> {
        let run = self.new_run(actor, page, loaded, wish)?;
        if self
            .drafts
            .bells(loaded.head.institution, loaded.head.from)
            .await?
            .last()
            == 0
        {
            return Err(Problem::unacceptable("generation_no_bells"));
        }
        let seen = self.generations.run(run.draft).await?;
        if seen.as_ref().is_some_and(|held| held.run.is_alive(run.asked_at)) {
            return Err(Problem::conflict("generation_under_way"));
        }
        let mut held = match self.generations.begin(run, seen.as_ref()).await {
            Err(StoreError::Conflict(_)) => return Err(Problem::conflict("generation_under_way")),
            other => other?,
        };
        if let Err(problem) = self.send_generation(held.run.draft).await {
            held.run.state = RunState::Failed;
            held.run.failure = Some(Failure::Broken);
            self.generations.save(&mut held).await?;
            return Err(problem);
        }
        Ok(())
    }

    /// The run that is asked for.
    fn new_run(
        &self,
        actor: &Actor,
        page: &PageContext,
        loaded: &Loaded,
        wish: &Generate,
    ) -> Result<Run, Problem> {
        let (head, now) = (&loaded.head, self.clock.now());
        if !head.is_open() {
            return Err(closed());
        }
        if wish.revision != head.revision {
            return Err(Problem::conflict("generation_draft_changed"));
        }
        let days = wish.days.unwrap_or_else(|| days(&loaded.draft));
        let minutes = wish.minutes.unwrap_or(MINUTES);
        if !(5..=6).contains(&days) {
            return Err(Problem::invalid("generation_days"));
        }
        if !(1..=MOST_MINUTES).contains(&minutes) {
            return Err(Problem::invalid("generation_minutes"));
        }
        if counts(&loaded.draft).lessons == 0 {
            return Err(Problem::unacceptable("generation_nothing"));
        }
        let title = self.texts(page).of("generation-new-title", &head.title);
        Ok(Run {
            draft: head.draft,
            institution: head.institution,
            run: rand::random(),
            state: RunState::Queued,
            revision: head.revision,
            mode: wish.mode,
            days,
            minutes,
            seed: wish.seed.unwrap_or_else(|| seed(loaded)),
            title: title.chars().take(LONGEST_TITLE).collect(),
            by: actor.person,
            asked_at: now,
            touched_at: now,
            worker: None,
            attempts: 0,
            stop: None,
            reached: Reached::default(),
            out_of_time: false,
            into: None,
            failure: None,
            left: Vec::new(),
            more_left: 0,
        })
    }

    async fn send_generation(&self, draft: DraftId) -> Result<(), Problem> {
        let queue = self
            .queue
            .as_ref()
            .ok_or_else(|| Problem::unavailable("no queue of jobs is configured"))?;
        let message = GenerateMessage { generate: draft };
        queue.send(&message).await.map_err(Problem::unavailable)
    }

    /// Asks a search to end. One that no worker has begun, or whose worker is dead, ends at once if nothing is wanted of it;
    /// else the next worker puts in order what was found.
    async fn stop_generation(&self, draft: DraftId, how: Stop) -> Result<(), Problem> {
        for _ in 0..ATTEMPTS {
            let Some(mut held) = self.generations.run(draft).await? else {
                return Ok(());
            };
            let now = self.clock.now();
            if held.run.state.is_over() {
                return Ok(());
            }
            let is_orphan = held.run.is_free(now);
            let is_for_nothing = how == Stop::Cancel || held.run.state == RunState::Queued;
            if is_orphan && is_for_nothing {
                held.run.state = RunState::Cancelled;
            }
            held.run.stop = Some(how);
            match self.save_stop(&mut held).await? {
                false => {}
                true if is_orphan && !is_for_nothing => return self.send_generation(draft).await,
                true => return Ok(()),
            }
        }
        Err(Problem::unavailable("a run that is changed without a pause"))
    }

    async fn save_stop(&self, held: &mut Held) -> Result<bool, Problem> {
        match self.generations.save(held).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
