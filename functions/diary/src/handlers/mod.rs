//! One file a view; here what they share: a child is loaded, access to the diary is asked, one institution is chosen.

pub(crate) mod marks;
pub(crate) mod week;

use access::{Access, Resource};
use jiff::civil::Date;
use model::{AcademicPeriod, Actor, GroupId, InstitutionId, PersonId, Role};
use rosters::{MemberRole, Membership, PersonCard};
use serde::Deserialize;
use ui::Child;
use web::{Clock, Problem};

use crate::App;

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
    /// The reader's own card, when a page shows a switch between children.
    pub(crate) reader: Option<PersonCard>,
    pub(crate) class: Membership,
    pub(crate) others: Vec<Membership>,
    pub(crate) today: Date,
}

impl App {
    /// Loads a child and lets the reader at the diary; whoever may not read it is not told that the child exists.
    pub(crate) async fn reading(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
        with_switch: bool,
    ) -> Result<Reading, Problem> {
        let reader = async {
            if with_switch && actor.person != child && actor.roles.holds(Role::Parent) {
                self.rosters.card(actor.person).await
            } else {
                Ok(None)
            }
        };
        let (card, reader) = tokio::try_join!(self.rosters.card_with_teaching(child), reader)?;
        let card = card.ok_or_else(Problem::not_found)?;
        let classes = self.classes_now(&card);
        match self
            .access
            .decide(actor, "see_diary", "see_diary", &resource(&card, &classes))
        {
            Access::Granted => {}
            Access::Forbidden | Access::Hidden => return Err(Problem::not_found()),
        }
        let (class, others) = choose(classes, institution).ok_or_else(|| no_class(institution))?;
        let today = self.clock.today(&class.zone());
        Ok(Reading {
            child: card,
            reader,
            class,
            others,
            today,
        })
    }

    /// The classes to which the child belongs on this day, which begins for each where its institution is.
    fn classes_now(&self, card: &PersonCard) -> Vec<Membership> {
        let now = |class: &&Membership| class.holds_on(self.clock.today(&class.zone()));
        card.classes.iter().filter(now).cloned().collect()
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

fn resource(card: &PersonCard, classes: &[Membership]) -> Resource {
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

    /// The groups in which the child learns at this institution.
    pub(crate) fn groups(&self) -> Vec<GroupId> {
        self.child
            .teaching
            .iter()
            .filter(|held| held.role == MemberRole::Pupil && held.institution == self.class.institution)
            .map(|held| held.group)
            .collect()
    }

    /// The children of the reader, to switch between.
    pub(crate) fn children(&self) -> Vec<Child> {
        let Some(reader) = &self.reader else { return vec![] };
        reader
            .children_in_force()
            .map(|held| Child {
                name: held.child_name.given.clone(),
                href: format!("/diary/{}", held.child),
                current: held.child == self.child.person.person,
            })
            .collect()
    }

    /// The moment at the school, for "now" on the page.
    pub(crate) fn now(&self, clock: Clock, zone: &jiff::tz::TimeZone) -> jiff::civil::DateTime {
        zone.to_datetime(clock.now())
    }
}
