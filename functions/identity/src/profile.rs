//! Who am I: put together from what the registry knows and what the session holds.

use futures_util::future::try_join_all;
use model::{Actor, Role, RoleAt};
use rosters::PersonCard;
use store::StoreError;

use crate::{
    App,
    api::{ChildView, ClassView, ProfileView, RoleView},
    today::{Today, institutions_of},
};

/// A person with the children whom they represent, and the dates at the places of all of them.
#[derive(Debug)]
pub(crate) struct Family {
    card: PersonCard,
    children: Vec<PersonCard>,
    today: Today,
}

impl Family {
    /// Reads the actor's own family: the card, then the children's cards together, then the institutions.
    pub(crate) async fn load(app: &App, actor: &Actor) -> Result<Option<Self>, StoreError> {
        let Some(card) = app.rosters.card(actor.person).await? else {
            return Ok(None);
        };
        let cards = card.children_in_force().map(|held| app.rosters.card(held.child));
        let children: Vec<PersonCard> = try_join_all(cards).await?.into_iter().flatten().collect();
        let institutions: Vec<_> = children.iter().chain([&card]).flat_map(institutions_of).collect();
        let today = Today::at(&app.rosters.institutions(&institutions).await?, app.clock);
        Ok(Some(Self {
            card,
            children,
            today,
        }))
    }

    /// The profile of the person whose session holds the roles.
    pub(crate) fn profile(&self, actor: &Actor) -> ProfileView {
        ProfileView {
            person: self.card.person.person,
            name: (&self.card.person.name).into(),
            confirmed: self.card.person.trusted,
            roles: actor.roles.0.iter().map(|held| self.role(held)).collect(),
            children: self.children(),
        }
    }

    /// The children by name. A guardianship counts only where the child's side says the same.
    pub(crate) fn children(&self) -> Vec<ChildView> {
        let mut children: Vec<(String, ChildView)> = self
            .card
            .children_in_force()
            .filter_map(|held| {
                let child = self
                    .children
                    .iter()
                    .find(|child| child.person.person == held.child)?;
                child.is_represented_by(self.card.person.person).then(|| {
                    let view = ChildView {
                        person: held.child,
                        name: (&child.person.name).into(),
                        classes: self.classes(child),
                        known_from: held.source.into(),
                    };
                    (child.person.name.sort_text(), view)
                })
            })
            .collect();
        children.sort_by(|one, other| one.0.cmp(&other.0));
        children.into_iter().map(|(_, child)| child).collect()
    }

    fn classes(&self, card: &PersonCard) -> Vec<ClassView> {
        let today = card
            .classes
            .iter()
            .filter(|class| class.holds_on(self.today.of(Some(class.institution))));
        today
            .map(|class| ClassView {
                group: class.group,
                title: class.title.clone(),
                institution: class.institution,
                institution_name: class.institution_name.clone(),
            })
            .collect()
    }

    fn role(&self, held: &RoleAt) -> RoleView {
        let class = (held.role == Role::Pupil)
            .then(|| {
                self.classes(&self.card)
                    .into_iter()
                    .find(|class| Some(class.institution) == held.institution)
            })
            .flatten();
        let given = self.card.roles.iter().find(|role| role.role_at() == *held);
        let (place, class) = match (class, given) {
            (Some(class), _) => (Some(class.institution_name), Some(class.title)),
            (None, given) => (
                given
                    .map(|role| role.place_name.clone())
                    .filter(|name| !name.is_empty()),
                None,
            ),
        };
        RoleView {
            role: held.role,
            institution: held.institution,
            region: held.region,
            place,
            class,
        }
    }
}
