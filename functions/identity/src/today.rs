//! The date at each institution: the country has eleven time zones, and a role begins and ends with the local day.

use std::collections::HashMap;

use jiff::{civil::Date, tz::TimeZone};
use model::{InstitutionId, RolesClaim};
use rosters::{Institution, PersonCard};
use web::Clock;

/// The zone of what belongs to no institution.
const CAPITAL: &str = "Europe/Moscow";

/// Today's dates.
#[derive(Debug, Clone)]
pub(crate) struct Today {
    capital: Date,
    by_institution: HashMap<InstitutionId, Date>,
}

impl Today {
    /// The dates at the institutions. An unknown zone counts as the capital's.
    pub(crate) fn at(institutions: &[Institution], clock: Clock) -> Self {
        let date = |zone: &str| TimeZone::get(zone).map(|zone| clock.today(&zone)).ok();
        let capital = date(CAPITAL).unwrap_or_else(|| clock.today(&TimeZone::UTC));
        let by_institution = institutions
            .iter()
            .map(|known| (known.institution, date(&known.time_zone).unwrap_or(capital)))
            .collect();
        Self {
            capital,
            by_institution,
        }
    }

    /// The date at an institution, or else in the capital.
    pub(crate) fn of(&self, institution: Option<InstitutionId>) -> Date {
        institution
            .and_then(|id| self.by_institution.get(&id))
            .copied()
            .unwrap_or(self.capital)
    }

    /// The roles that a person holds now, each by the date of its own place.
    pub(crate) fn roles(&self, card: &PersonCard) -> RolesClaim {
        let mut dates: Vec<Date> = self
            .by_institution
            .values()
            .copied()
            .chain([self.capital])
            .collect();
        dates.sort_unstable();
        dates.dedup();
        let held = dates.into_iter().flat_map(|date| {
            let on_date = card.roles_on(date).0.into_iter();
            on_date.filter(move |role| self.of(role.institution) == date)
        });
        let mut roles: Vec<_> = held.collect();
        roles.sort_unstable();
        roles.dedup();
        RolesClaim(roles)
    }
}

/// The institutions whose dates a card needs.
pub(crate) fn institutions_of(card: &PersonCard) -> impl Iterator<Item = InstitutionId> {
    let of_roles = card.roles.iter().filter_map(|role| role.institution);
    of_roles.chain(card.classes.iter().map(|class| class.institution))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{InstitutionKind, PersonId, PersonName, RegionId, Role, RoleAt};
    use rosters::{HeldRole, Person};

    use super::*;

    fn institution(bits: u128, zone: &str) -> Institution {
        Institution {
            institution: InstitutionId::from_bits(bits),
            region: RegionId::from_bits(1),
            kind: InstitutionKind::General,
            name: "Школа № 1".to_owned(),
            time_zone: zone.to_owned(),
        }
    }

    fn teacher_of(institutions: [u128; 2], from: Date, until: Date) -> PersonCard {
        let person = PersonId::from_bits(7);
        let roles = institutions.map(|bits| HeldRole {
            person,
            role: Role::Teacher,
            institution: Some(InstitutionId::from_bits(bits)),
            region: None,
            place_name: "Школа № 1".to_owned(),
            from: Some(from),
            until: Some(until),
        });
        PersonCard {
            person: Person {
                person,
                name: PersonName::parse("Ли", "Вэй", None).expect("a name"),
                birth_date: None,
                sex: None,
                snils_hash: None,
                subject: None,
                trusted: true,
            },
            classes: vec![],
            teaching: vec![],
            children: vec![],
            guardians: vec![],
            roles: roles.into(),
        }
    }

    #[test]
    fn a_role_begins_and_ends_with_the_day_of_its_own_place() {
        let clock = Clock::Fixed("2026-08-31T13:00:00Z".parse().expect("a moment"));
        let places = [
            institution(1, "Asia/Kamchatka"),
            institution(2, "Europe/Kaliningrad"),
        ];
        let today = Today::at(&places, clock);
        let first_of_september = date(2026, 9, 1);
        let east = RoleAt::in_institution(Role::Teacher, InstitutionId::from_bits(1));
        let west = RoleAt::in_institution(Role::Teacher, InstitutionId::from_bits(2));
        let begins = teacher_of([1, 2], first_of_september, date(2027, 5, 31));
        assert_eq!(today.roles(&begins), RolesClaim(vec![east]));
        let ends = teacher_of([1, 2], date(2025, 9, 1), date(2026, 8, 31));
        assert_eq!(today.roles(&ends), RolesClaim(vec![west]));
    }

    #[test]
    fn an_unknown_place_has_the_date_of_the_capital() {
        let clock = Clock::Fixed("2026-08-31T21:30:00Z".parse().expect("a moment"));
        let today = Today::at(&[institution(1, "Mars/Olympus")], clock);
        assert_eq!(today.of(Some(InstitutionId::from_bits(1))), date(2026, 9, 1));
        assert_eq!(today.of(None), date(2026, 9, 1));
    }
}
