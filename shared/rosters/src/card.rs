//! All that is known of a person at one reading.

use jiff::civil::Date;
use model::{PersonId, Role, RoleAt, RolesClaim};
use store::{StoreError, Untyped};

use crate::{Guardianship, GuardianshipSide, HeldRole, Membership, Person};

/// A person with their classes, children, guardians and roles; what they teach or learn only where it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// The person.
    pub person: Person,
    /// The classes to which they belong as a pupil, past ones too.
    pub classes: Vec<Membership>,
    /// The groups in which they learn or teach; empty unless read by [`crate::Rosters::card_with_teaching`].
    pub teaching: Vec<Membership>,
    /// The children whom they represent.
    pub children: Vec<Guardianship>,
    /// Who represents them.
    pub guardians: Vec<Guardianship>,
    /// The roles they hold.
    pub roles: Vec<HeldRole>,
}

impl PersonCard {
    /// Puts a card together from the items of a person's partition.
    pub(crate) fn of(items: &[Untyped]) -> Result<Option<Self>, StoreError> {
        let mut person = None;
        let (mut classes, mut teaching, mut children, mut guardians, mut roles) =
            (vec![], vec![], vec![], vec![], vec![]);
        for item in items {
            if let Some(found) = item.as_record::<Person>() {
                person = Some(found?);
            } else if let Some(membership) = item.as_record::<Membership>() {
                let membership = membership?;
                let list = if membership.is_of_class() {
                    &mut classes
                } else {
                    &mut teaching
                };
                list.push(membership);
            } else if let Some(role) = item.as_record::<HeldRole>() {
                roles.push(role?);
            } else if let Some(side) = item.as_record::<GuardianshipSide>() {
                let side = side?;
                let list = if side.of_child {
                    &mut guardians
                } else {
                    &mut children
                };
                list.push(side.guardianship);
            }
        }
        Ok(person.map(|person| Self {
            person,
            classes,
            teaching,
            children,
            guardians,
            roles,
        }))
    }

    /// The classes to which the person belongs on the date, one for each institution.
    pub fn classes_on(&self, date: Date) -> impl Iterator<Item = &Membership> {
        self.classes.iter().filter(move |class| class.holds_on(date))
    }

    /// The children whom the person represents now.
    pub fn children_in_force(&self) -> impl Iterator<Item = &Guardianship> {
        self.children.iter().filter(|child| child.is_in_force())
    }

    /// Whether `guardian` represents the person now.
    pub fn is_represented_by(&self, guardian: PersonId) -> bool {
        self.guardians
            .iter()
            .any(|held| held.guardian == guardian && held.is_in_force())
    }

    /// The roles that the person holds on the date: those given, pupil by belonging to a class, parent by having a child.
    pub fn roles_on(&self, date: Date) -> RolesClaim {
        let given = self
            .roles
            .iter()
            .filter(|role| {
                role.from.is_none_or(|from| from <= date) && role.until.is_none_or(|until| date <= until)
            })
            .map(HeldRole::role_at);
        let learns = self
            .classes_on(date)
            .map(|class| RoleAt::in_institution(Role::Pupil, class.institution));
        let represents = self
            .children_in_force()
            .take(1)
            .map(|_| RoleAt::anywhere(Role::Parent));
        let mut roles: Vec<RoleAt> = given.chain(learns).chain(represents).collect();
        roles.sort_unstable();
        roles.dedup();
        RolesClaim(roles)
    }
}
