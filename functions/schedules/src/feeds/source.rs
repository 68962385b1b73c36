//! What a link shows, if its owner may see it now.

use std::collections::HashMap;

use access::{Access, Resource};
use model::{AcademicPeriod, Actor, GroupId, GroupKind, InstitutionId, PersonId};
use rosters::{LearnsIn, Membership, PersonCard};
use timetables::Owner;
use web::Problem;

use super::item::FeedOf;
use crate::{App, days::Place, handlers::workplaces};

/// Whose week is read, and how.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) owner: Owner,
    pub(crate) at: Vec<InstitutionId>,
    /// The groups in which a pupil learns; empty where all lessons are shown.
    pub(crate) learns_in: Vec<LearnsIn>,
    /// Where a teacher of several institutions teaches which group.
    pub(crate) places: HashMap<GroupId, Place>,
    pub(crate) periods: Vec<AcademicPeriod>,
    /// The class's title.
    pub(crate) title: String,
}

/// What there is to show.
#[derive(Debug)]
pub(crate) enum Shown {
    /// Weeks of classes or of a teacher.
    Weeks(Vec<Source>),
    /// A room's.
    Room(InstitutionId, String),
}

/// What the link shows to its owner with these roles.
///
/// # Errors
/// Not found, if there is nothing that they may see.
pub(crate) async fn shown(
    app: &App,
    actor: &Actor,
    card: &PersonCard,
    of: &FeedOf,
) -> Result<Shown, Problem> {
    match of {
        FeedOf::Teacher => Ok(Shown::Weeks(vec![teacher(app, actor).await?])),
        FeedOf::Pupil => learner(app, actor, card, &[]),
        FeedOf::Child { child } => {
            if !card.children_in_force().any(|held| held.child == *child) {
                return Err(Problem::not_found());
            }
            let found = app.feeds.card(*child).await?.ok_or_else(Problem::not_found)?;
            // Both sides of a guardianship say that it holds; either may have been taken back.
            if !found.is_represented_by(actor.person) {
                return Err(Problem::not_found());
            }
            learner(app, actor, &found, &[actor.person])
        }
        FeedOf::Class { class } => Ok(Shown::Weeks(vec![class_of(app, actor, *class).await?])),
        FeedOf::Room { institution, room } => {
            let resource = Resource::Institution { id: *institution };
            if app.access.allows(actor, "see_institution", &resource) {
                Ok(Shown::Room(*institution, room.clone()))
            } else {
                Err(Problem::not_found())
            }
        }
    }
}

async fn teacher(app: &App, actor: &Actor) -> Result<Source, Problem> {
    let at = workplaces(app, actor);
    if at.is_empty() {
        return Err(Problem::not_found());
    }
    let places = app.feeds.places(actor.person).await?;
    let group = places.keys().min().copied();
    let periods = match group {
        Some(group) => app.feeds.groups(&[group]).await?.into_iter().next(),
        None => None,
    };
    Ok(Source {
        owner: Owner::Teacher(actor.person),
        places: if at.len() > 1 { places } else { HashMap::new() },
        at,
        learns_in: vec![],
        periods: periods.map(|group| group.periods).unwrap_or_default(),
        title: String::new(),
    })
}

/// The classes to which the person on the card belongs today, each if the actor may see it.
fn learner(app: &App, actor: &Actor, card: &PersonCard, guardians: &[PersonId]) -> Result<Shown, Problem> {
    let today = |held: &&Membership| held.holds_on(app.clock.today(&held.zone()));
    let may_see = |held: &&Membership| {
        let resource = Resource::Group {
            id: held.group,
            institution: held.institution,
            members: vec![card.person.person],
            teachers: vec![],
            guardians: guardians.to_vec(),
        };
        app.access.decide(actor, "see_group", "see_group", &resource) == Access::Granted
    };
    let classes = card.classes.iter().filter(today).filter(may_see);
    let sources: Vec<Source> = classes
        .map(|held| Source {
            owner: Owner::Class(held.group),
            at: vec![held.institution],
            learns_in: held.learns_in.clone(),
            places: HashMap::new(),
            periods: held.periods.clone(),
            title: held.title.clone(),
        })
        .collect();
    if sources.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(Shown::Weeks(sources))
}

async fn class_of(app: &App, actor: &Actor, class: GroupId) -> Result<Source, Problem> {
    let group = app.feeds.groups(&[class]).await?.into_iter().next();
    let group = group
        .filter(|group| group.kind == GroupKind::Class)
        .ok_or_else(Problem::not_found)?;
    let resource = Resource::Group {
        id: class,
        institution: group.institution,
        members: vec![],
        teachers: vec![],
        guardians: vec![],
    };
    if !app.access.allows(actor, "see_group", &resource) {
        return Err(Problem::not_found());
    }
    Ok(Source {
        owner: Owner::Class(class),
        at: vec![group.institution],
        learns_in: vec![],
        places: HashMap::new(),
        periods: group.periods,
        title: group.title,
    })
}
