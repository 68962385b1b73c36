//! Carrying an order out: read what stands, decide, write; and anew, if somebody else was quicker.

use std::collections::BTreeSet;

use model::{InstitutionId, PersonId, Week};
use store::StoreError;
use timetables::ChangeEdit;
use web::Problem;

use super::{
    clash::doubtful,
    concerned::TeacherRevisions,
    order::{Order, Refusal, Wish, changed},
    plan::{Lesson, Plan},
    store::{SubstitutionStore, transaction},
};

/// How often an order is decided anew because something else was changed at the institution in between.
const ATTEMPTS: u32 = 5;

/// What became of an order.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It is done; the lesson as it is now, unless the week that is published now has none such.
    Done(Option<Box<Lesson>>),
    /// It cannot be done, and nothing has changed; what was seen when that was found.
    Refused(Refusal, Box<Plan>),
}

/// Carries an order out.
///
/// # Errors
/// The database; or a conflict after many attempts, which means that many people act at once.
pub(crate) async fn carry_out(
    store: &SubstitutionStore,
    institution: InstitutionId,
    order: &Order,
) -> Result<Outcome, Problem> {
    let mut attempt = 1;
    loop {
        match once(store, institution, order).await {
            Err(StoreError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
            Ok(outcome) => return Ok(outcome),
        }
    }
}

async fn once(
    store: &SubstitutionStore,
    institution: InstitutionId,
    order: &Order,
) -> Result<Outcome, StoreError> {
    let mut plan = read(store, institution, order).await?;
    let holders = teachers(&plan, order);
    let teachers = store.look_again(&mut plan, &holders).await?;
    match decide(store, &plan, order, &teachers).await? {
        Ok(edits) => {
            let lesson = plan.with(&edits).lesson(order.lesson);
            Ok(Outcome::Done(lesson.map(Box::new)))
        }
        Err(refusal) => Ok(Outcome::Refused(refusal, Box::new(plan))),
    }
}

async fn decide(
    store: &SubstitutionStore,
    plan: &Plan,
    order: &Order,
    teachers: &TeacherRevisions,
) -> Result<Result<Vec<ChangeEdit>, Refusal>, StoreError> {
    let wanted = match order.wanted(plan) {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let after = plan.with(&wanted);
    let lessons: Vec<_> = changed(&wanted).filter_map(|name| after.lesson(name)).collect();
    let asked: BTreeSet<_> = lessons
        .iter()
        .filter(|lesson| lesson.is_held)
        .filter_map(|lesson| Some(doubtful(after.week_of(lesson.now.lesson.date)?, &lesson.now)))
        .flatten()
        .collect();
    let pupils = if asked.is_empty() {
        super::clash::Pupils::new()
    } else {
        store.pupils(&asked, order.lesson.key.date).await?
    };
    let edits = match order.edits(plan, &pupils) {
        Ok(edits) => edits,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let groups = changed(&wanted).map(|name| name.group).collect();
    let classes = store.classes_of_groups(&groups).await?;
    let Some(writes) = transaction(plan, &edits, &classes, teachers)? else {
        return Ok(Err(Refusal::TooMany));
    };
    store.write(writes).await?;
    Ok(Ok(edits))
}

/// The weeks in which the order's lessons stand and will stand.
async fn read(
    store: &SubstitutionStore,
    institution: InstitutionId,
    order: &Order,
) -> Result<Plan, StoreError> {
    let mut weeks: BTreeSet<Week> = order
        .lessons()
        .iter()
        .map(|name| Week::of(name.key.date))
        .collect();
    match &order.wish {
        Wish::Move { to, .. } => weeks.insert(Week::of(to.date)),
        Wish::Merge { with } => weeks.insert(Week::of(with.key.date)),
        _ => false,
    };
    let plan = store.plan(institution, &weeks).await?;
    let moved = order
        .lessons()
        .into_iter()
        .filter_map(|name| plan.lesson(name))
        .flat_map(|lesson| lesson.weeks());
    let all: BTreeSet<Week> = moved.chain(weeks.iter().copied()).collect();
    if all == weeks {
        Ok(plan)
    } else {
        store.plan(institution, &all).await
    }
}

/// The teachers who will hold the order's lessons.
fn teachers(plan: &Plan, order: &Order) -> BTreeSet<PersonId> {
    let host = match &order.wish {
        Wish::Merge { with } => Some(*with),
        _ => None,
    };
    let held = order.lessons().into_iter().chain(host);
    let mut found: BTreeSet<PersonId> = held
        .filter_map(|name| plan.lesson(name))
        .flat_map(|lesson| lesson.now.teachers.into_iter().chain(lesson.published_teachers))
        .collect();
    if let Wish::Assign { teacher, .. } = &order.wish {
        found.insert(*teacher);
    }
    found
}
