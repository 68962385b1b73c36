//! Who belongs where: roles of staff, membership in classes and teaching groups, guardianship.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_map::Entry};

use bundles::{
    Bundle,
    oneroster::{Enrollment, EnrollmentRole, FileKind, Located, RoleHeld, SourcedId},
};
use jiff::civil::Date;
use model::{GroupKind, PersonId, Role};
use rosters::{
    Group, Guardianship, GuardianshipSource, HeldRole, Institution, MemberRole, Membership, Person,
};
use store::{Key, Record};

use super::{
    change::{RowRef, Wanted},
    known::{Known, Place},
    people::{Met, People},
    places::{Places, refused},
    tally::Tally,
};

/// What a bundle wants of belonging.
#[derive(Debug, Default)]
pub(crate) struct Belonging {
    pub(crate) roles: BTreeMap<Key, Wanted<HeldRole>>,
    pub(crate) memberships: BTreeMap<Key, Wanted<Membership>>,
    pub(crate) guardianships: BTreeMap<(PersonId, PersonId), Wanted<Guardianship>>,
    /// Roles that end, if they are held.
    pub(crate) ended_roles: BTreeMap<Key, Vec<RowRef>>,
    /// Memberships that end, if they are held.
    pub(crate) ended_memberships: BTreeMap<Key, Vec<RowRef>>,
}

/// Where rows look up what they name.
pub(crate) struct Lookup<'l> {
    pub(crate) place: &'l Place,
    pub(crate) known: &'l Known,
    pub(crate) places: &'l Places,
    pub(crate) people: &'l People,
}

impl Lookup<'_> {
    /// A person, as the bundle or the registry knows them.
    fn person(&self, id: &SourcedId) -> Option<Met> {
        let stored = |person: &Person| Met {
            person: person.person,
            name: person.name.clone(),
            leaves: false,
        };
        let known = || self.known.people.get(&self.place.person(id)).map(stored);
        self.people.met.get(id).cloned().or_else(known)
    }

    fn institution(&self, id: &SourcedId) -> Option<&Institution> {
        self.places.institution(self.known, self.place.institution(id))
    }
}

impl Belonging {
    pub(crate) fn of(bundle: &Bundle, lookup: &Lookup<'_>, tally: &mut Tally) -> Self {
        let mut belonging = Self::default();
        for held in bundle.roles_held() {
            belonging.want_role(&held, lookup, tally);
        }
        for enrollment in &bundle.enrollments {
            belonging.want_membership(enrollment, lookup, tally);
        }
        belonging.want_guardianships(bundle, lookup, tally);
        // A row may take out of use what another row of the same bundle brings in: what comes in stays.
        belonging
            .ended_roles
            .retain(|key, _| !belonging.roles.contains_key(key));
        belonging
            .ended_memberships
            .retain(|key, _| !belonging.memberships.contains_key(key));
        belonging
    }

    /// Pupils have their role by belonging to a class and parents by having a child; staff are given theirs.
    fn want_role(&mut self, held: &RoleHeld<'_>, lookup: &Lookup<'_>, tally: &mut Tally) {
        let row = RowRef {
            file: held.file,
            line: held.line,
        };
        let Some(met) = lookup.person(held.user) else {
            return tally.refuse(row, Some("userSourcedId"), refused(FileKind::Users, held.user));
        };
        let given = held
            .role
            .role()
            .filter(|role| !matches!(role, Role::Pupil | Role::Parent));
        let Some(role) = given else { return };
        let Some(institution) = lookup.institution(held.org) else {
            // In 1.1 the row is the person's own, who stays even if a department gives no role.
            if held.file == FileKind::Roles {
                tally.refuse(row, Some("orgSourcedId"), refused(FileKind::Orgs, held.org));
            }
            return;
        };
        let record = HeldRole {
            person: met.person,
            role,
            institution: Some(institution.institution),
            region: None,
            place_name: institution.name.clone(),
            from: held.begin,
            until: held.end,
        };
        if !held.active || met.leaves {
            return self.ended_roles.entry(record.key()).or_default().push(row);
        }
        want(&mut self.roles, record, row, |role| {
            (&mut role.from, &mut role.until)
        });
    }

    fn want_membership(&mut self, located: &Located<Enrollment>, lookup: &Lookup<'_>, tally: &mut Tally) {
        let row = RowRef {
            file: FileKind::Enrollments,
            line: located.line,
        };
        let enrollment = &located.row;
        let Some(met) = lookup.person(&enrollment.user) else {
            return tally.refuse(
                row,
                Some("userSourcedId"),
                refused(FileKind::Users, &enrollment.user),
            );
        };
        let role = match enrollment.role {
            EnrollmentRole::Student => MemberRole::Pupil,
            EnrollmentRole::Teacher => MemberRole::Teacher,
            EnrollmentRole::Other => return,
        };
        let id = lookup.place.group(&enrollment.class);
        if lookup.places.closed.contains_key(&id) {
            // The class is taken out of use as a whole.
            return;
        }
        let group = lookup.places.group(lookup.known, id);
        let found = group
            .and_then(|group| Some((group, lookup.places.institution(lookup.known, group.institution)?)));
        let Some((group, institution)) = found else {
            return tally.refuse(
                row,
                Some("classSourcedId"),
                refused(FileKind::Classes, &enrollment.class),
            );
        };
        let leaves = met.leaves;
        let record = membership(enrollment, met, role, group, institution);
        if !enrollment.base.is_active() || leaves {
            return self.ended_memberships.entry(record.key()).or_default().push(row);
        }
        want(&mut self.memberships, record, row, |held| {
            (&mut held.from, &mut held.until)
        });
    }

    /// Agents are whoever the source ties to a person. Only those who represent children by their role, and only of pupils,
    /// are guardians.
    fn want_guardianships(&mut self, bundle: &Bundle, lookup: &Lookup<'_>, tally: &mut Tally) {
        let representatives: HashSet<&SourcedId> = bundle
            .roles_held()
            .filter(|held| held.active && held.role.represents_children())
            .map(|held| held.user)
            .collect();
        let by_role = bundle
            .roles_held()
            .filter(|held| held.active && held.role.role() == Some(Role::Pupil));
        let enrolled = bundle
            .enrollments
            .iter()
            .filter(|row| row.row.role == EnrollmentRole::Student);
        let pupils: BTreeSet<&SourcedId> = by_role
            .map(|held| held.user)
            .chain(enrolled.map(|row| &row.row.user))
            .collect();
        for user in bundle.users.iter().filter(|user| user.row.base.is_active()) {
            let row = RowRef {
                file: FileKind::Users,
                line: user.line,
            };
            if !pupils.contains(&user.row.base.sourced_id) {
                continue;
            }
            for agent in user
                .row
                .agents
                .iter()
                .filter(|agent| representatives.contains(agent))
            {
                let Some(adult) = lookup.person(agent) else {
                    tally.refuse(row, Some("agentSourcedIds"), refused(FileKind::Users, agent));
                    continue;
                };
                let Some(child) = lookup.person(&user.row.base.sourced_id) else {
                    continue;
                };
                if child.person == adult.person || adult.leaves {
                    continue;
                }
                let record = Guardianship {
                    guardian: adult.person,
                    guardian_name: adult.name,
                    child: child.person,
                    child_name: child.name,
                    source: GuardianshipSource::School,
                    revoked_at: None,
                };
                self.guardianships.insert(
                    (adult.person, child.person),
                    Wanted {
                        record,
                        rows: vec![row],
                    },
                );
            }
        }
    }
}

/// The membership that a row asks for, with what lists show of the person, the group and the institution.
fn membership(
    enrollment: &Enrollment,
    met: Met,
    role: MemberRole,
    group: &Group,
    institution: &Institution,
) -> Membership {
    let is_class = group.kind == GroupKind::Class;
    Membership {
        person: met.person,
        group: group.group,
        group_kind: group.kind,
        role,
        name: met.name,
        institution: institution.institution,
        institution_name: institution.name.clone(),
        title: group.title.clone(),
        subject: group.subject.clone(),
        grade: group.grade,
        periods: if is_class {
            group.periods.clone()
        } else {
            Vec::new()
        },
        time_zone: if is_class {
            institution.time_zone.clone()
        } else {
            String::new()
        },
        from: enrollment.begin,
        until: enrollment.end,
        learns_in: Vec::new(),
    }
}

/// The first and the last day of a record.
type Days<'r> = (&'r mut Option<Date>, &'r mut Option<Date>);

/// Adds what a row wants. Two rows that say the same of other times hold from the first beginning to the last end.
fn want<T: Record>(
    wanted: &mut BTreeMap<Key, Wanted<T>>,
    mut record: T,
    row: RowRef,
    days: impl Fn(&mut T) -> Days<'_>,
) {
    match wanted.entry(record.key()) {
        Entry::Vacant(place) => {
            let rows = vec![row];
            place.insert(Wanted { record, rows });
        }
        Entry::Occupied(mut same) => {
            let same = same.get_mut();
            let (from, until) = days(&mut same.record);
            let (other_from, other_until) = days(&mut record);
            *from = from.zip(*other_from).map(|(one, two)| one.min(two));
            *until = until.zip(*other_until).map(|(one, two)| one.max(two));
            same.rows.push(row);
        }
    }
}
