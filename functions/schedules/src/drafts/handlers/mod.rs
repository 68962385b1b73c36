//! Handlers: read the request, load, ask access, apply the rule, answer.

pub(crate) mod cell;
pub(crate) mod editor;
pub(crate) mod lessons;
pub(crate) mod list;
pub(crate) mod publication;
pub(crate) mod settings;
pub(crate) mod tables;

use model::Actor;
use web::Problem;

use super::{
    draft::Bells,
    edit::Refusal,
    id::DraftId,
    store::{Loaded, Touched},
    views::{ConflictView, LessonConflicts},
    words::Words,
};
use crate::App;

/// What came of an edit.
enum Edited<T> {
    /// It was made; the draft as it is now.
    Done(T, Box<Loaded>),
    /// It was not; the draft as it stands.
    Refused(Refusal, Box<Loaded>),
}

impl App {
    /// Edits a draft: reads it, lets the rules judge, writes. If others have edited it in between, all of it again: they
    /// may have taken the place.
    async fn edit_draft<T>(
        &self,
        actor: &Actor,
        draft: DraftId,
        edit: impl Fn(&mut super::Draft, &Bells) -> Result<(T, Touched), Refusal>,
    ) -> Result<Edited<T>, Problem> {
        let mut attempt = 1;
        loop {
            let mut loaded = self.whole_draft(actor, draft).await?;
            if !loaded.head.is_open() {
                return Err(super::closed());
            }
            let bells = self
                .drafts
                .bells(loaded.head.institution, loaded.head.from)
                .await?;
            let before = loaded.draft.clone();
            let (done, touched) = match edit(&mut loaded.draft, &bells) {
                Ok(done) => done,
                Err(refusal) => {
                    loaded.draft = before;
                    return Ok(Edited::Refused(refusal, Box::new(loaded)));
                }
            };
            match self.drafts.save(&loaded, &touched, self.by(actor)).await {
                Ok(()) => {
                    loaded.head.revision += touched.classes.len() as u64 + u64::from(touched.terms);
                    return Ok(Edited::Done(done, Box::new(loaded)));
                }
                Err(::store::StoreError::Conflict(_)) if attempt < super::ATTEMPTS => attempt += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A refusal as the API tells it.
fn problem(words: &Words<'_>, refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::Meaningless(field) => Problem::invalid(*field),
        Refusal::Changed(current) => Problem::conflict("lesson_changed").with("current", current),
        Refusal::Conflicts(lesson, conflicts) => Problem::unacceptable("timetable_conflict")
            .with("lesson", lesson)
            .with("conflicts", views(words, conflicts)),
    }
}

/// A refusal as a page tells it: a sentence for each thing that is wrong.
fn sentences(words: &Words<'_>, refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::Meaningless(field) => vec![words.texts.get(&format!("problem-field-{field}"))],
        Refusal::Changed(_) => vec![words.texts.get("problem-lesson_changed")],
        Refusal::Conflicts(_, conflicts) => conflicts
            .iter()
            .map(|conflict| words.conflict(conflict))
            .collect(),
    }
}

fn views(words: &Words<'_>, conflicts: &[super::Conflict]) -> Vec<ConflictView> {
    conflicts
        .iter()
        .map(|conflict| ConflictView::of(words, conflict))
        .collect()
}

/// Everything that is wrong in a draft, for its publication.
fn all_conflicts(words: &Words<'_>, bells: &Bells) -> Vec<LessonConflicts> {
    let board = super::Board {
        draft: words.draft,
        bells,
    };
    board
        .all_conflicts()
        .into_iter()
        .map(|(lesson, conflicts)| LessonConflicts {
            conflicts: views(words, &conflicts),
            lesson,
        })
        .collect()
}
