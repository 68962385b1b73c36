//! One file a view; here what they share: a child is loaded, access to the diary is asked, one institution is chosen.

pub(crate) mod agenda;
pub(crate) mod class_readers;
pub(crate) mod day;
pub(crate) mod family;
pub(crate) mod homework;
pub(crate) mod marks;
pub(crate) mod news;
pub(crate) mod offline;
pub(crate) mod pass_book;
pub(crate) mod readers;
pub(crate) mod subject;
pub(crate) mod week;

use access::{Access, Resource};
use axum::http::HeaderMap;
use gradebook::{PupilRow, Sight};
use jiff::civil::Date;
use model::{AcademicPeriod, Actor, InstitutionId, PersonId, Reader, Role};
use rosters::{Membership, PersonCard};
use serde::Deserialize;
use web::{Clock, Problem};

use crate::{App, children::Children};

/// Which institution, which date or period, from the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    pub(crate) institution: Option<InstitutionId>,
    pub(crate) date: Option<String>,
    pub(crate) period: Option<String>,
}

/// A child whose diary the reader may see, at one institution.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) child: PersonCard,
    pub(crate) class: Membership,
    pub(crate) others: Vec<Membership>,
    pub(crate) today: Date,
    /// As whom the diary is read: marks are published to pupils and to parents on days of their own.
    pub(crate) reader: Reader,
}

impl App {
    /// Loads a child and lets the reader at the diary; whoever may not read it is not told that the child exists.
    pub(crate) async fn reading(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
    ) -> Result<Reading, Problem> {
        self.reading_for("see_diary", actor, child, institution).await
    }

    /// The same for the family's own part of the diary: who may only read it is refused.
    pub(crate) async fn family_reading(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
    ) -> Result<Reading, Problem> {
        self.reading_for("keep_diary", actor, child, institution).await
    }

    async fn reading_for(
        &self,
        action: &str,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
    ) -> Result<Reading, Problem> {
        let card = self.rosters.card(child).await?.ok_or_else(Problem::not_found)?;
        let classes = self.classes_now(&card);
        match self
            .access
            .decide(actor, "see_diary", action, &resource(&card, &classes))
        {
            Access::Granted => {}
            Access::Forbidden => return Err(Problem::forbidden()),
            Access::Hidden => return Err(Problem::not_found()),
        }
        let (class, others) = choose(classes, institution).ok_or_else(|| no_class(institution))?;
        let today = self.clock.today(&class.zone());
        Ok(Reading {
            reader: reader(&card, actor.person),
            child: card,
            class,
            others,
            today,
        })
    }

    /// The rows of a child in a period, as far as the reader may see them; none where there is no period.
    pub(crate) async fn rows(
        &self,
        reading: &Reading,
        period: Option<&AcademicPeriod>,
    ) -> Result<Vec<PupilRow>, Problem> {
        let Some(period) = period else {
            return Ok(vec![]);
        };
        let child = reading.child.person.person;
        Ok(self.gradebook.rows_of(child, &period.id, reading.sight()).await?)
    }

    /// The children between whom a reader of another's diary switches: as the browser kept them, else as they are.
    pub(crate) async fn children(
        &self,
        actor: &Actor,
        child: PersonId,
        headers: &HeaderMap,
    ) -> Result<Children, Problem> {
        if actor.person == child || !actor.roles.holds(Role::Parent) {
            return Ok(Children::none(actor.person));
        }
        if let Some(kept) = Children::kept(headers, actor.person) {
            return Ok(kept);
        }
        let card = self.rosters.card(actor.person).await?;
        Ok(card.map_or(Children::none(actor.person), |card| Children::of(&card)))
    }

    /// The classes to which the child belongs on this day, which begins for each where its institution is.
    pub(crate) fn classes_now(&self, card: &PersonCard) -> Vec<Membership> {
        let now = |class: &&Membership| class.holds_on(self.clock.today(&class.zone()));
        card.classes.iter().filter(now).cloned().collect()
    }

    /// Who teaches a child's class on this day, into what is asked of the child: 1 query.
    pub(crate) async fn add_teachers(&self, asked: &mut Resource, class: &Membership) -> Result<(), Problem> {
        if let Resource::Child { class_teachers, .. } = asked {
            let today = self.clock.today(&class.zone());
            let teachers = self.rosters.teachers_of(class.group).await?;
            let now = teachers.iter().filter(|teacher| teacher.holds_on(today));
            class_teachers.extend(now.map(|teacher| teacher.person));
        }
        Ok(())
    }
}

fn no_class(institution: Option<InstitutionId>) -> Problem {
    if institution.is_some() {
        Problem::not_found()
    } else {
        Problem::unacceptable("no_class")
    }
}

/// The class at the institution asked for, or else the one with the most to read: where there are periods.
fn choose(
    mut classes: Vec<Membership>,
    institution: Option<InstitutionId>,
) -> Option<(Membership, Vec<Membership>)> {
    classes.sort_by_key(|class| std::cmp::Reverse((class.grade.is_some(), class.periods.len())));
    let place = match institution {
        Some(institution) => classes
            .iter()
            .position(|class| class.institution == institution)?,
        None => 0,
    };
    (!classes.is_empty()).then(|| (classes.remove(place), classes))
}

/// As whom a person reads a child's diary. A head who is a parent reads the own child's as a parent.
fn reader(card: &PersonCard, person: PersonId) -> Reader {
    if card.person.person == person {
        Reader::Pupil
    } else if card.is_represented_by(person) {
        Reader::Guardian
    } else {
        Reader::Staff
    }
}

pub(crate) fn resource(card: &PersonCard, classes: &[Membership]) -> Resource {
    Resource::Child {
        id: card.person.person,
        guardians: card
            .guardians
            .iter()
            .filter(|held| held.is_in_force())
            .map(|held| held.guardian)
            .collect(),
        class_teachers: vec![],
        institutions: classes.iter().map(|class| class.institution).collect(),
    }
}

impl Reading {
    /// The period asked for, or the one that a date falls into.
    pub(crate) fn period(&self, named: Option<&str>, date: Date) -> Result<Option<&AcademicPeriod>, Problem> {
        match named {
            Some(name) => {
                let found = self
                    .class
                    .periods
                    .iter()
                    .find(|period| period.id.as_str() == name);
                found.map(Some).ok_or_else(Problem::not_found)
            }
            None => Ok(AcademicPeriod::current(&self.class.periods, date)),
        }
    }

    /// Who looks, and on which day.
    pub(crate) const fn sight(&self) -> Sight {
        Sight {
            reader: self.reader,
            today: self.today,
        }
    }

    /// Whether it is the family that reads: the child or who represents them.
    pub(crate) fn is_family(&self) -> bool {
        self.reader != Reader::Staff
    }

    /// The moment at the school, for "now" on the page.
    pub(crate) fn now(&self, clock: Clock) -> jiff::civil::DateTime {
        self.class.zone().to_datetime(clock.now())
    }
}
