//! The people of the region: names, dates of birth, СНИЛС.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use model::{PersonName, Sex, Snils};

use crate::{
    names::{self, FamilyName},
    random::Chance,
};

/// A person by place in [`People`].
pub(crate) type PersonIndex = usize;

/// A person of the region.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: PersonName,
    pub(crate) sex: Sex,
    pub(crate) birth_date: Date,
    pub(crate) snils: Snils,
}

/// Everybody in the region.
#[derive(Debug, Default)]
pub(crate) struct People(Vec<Person>);

impl People {
    /// Adds a person; numbers of СНИЛС are given in a way that keeps them unique and scattered.
    pub(crate) fn add(&mut self, name: PersonName, sex: Sex, birth_date: Date) -> PersonIndex {
        let place = self.0.len();
        self.0.push(Person {
            name,
            sex,
            birth_date,
            snils: scattered(place),
        });
        place
    }

    /// Adds somebody grown up: `age` in full years on 1 September 2026.
    pub(crate) fn add_adult(
        &mut self,
        chance: &mut Chance,
        family: &FamilyName,
        sex: Sex,
        age: usize,
    ) -> PersonIndex {
        let given = names::adult(chance, sex);
        self.add_adult_named(chance, family, given, sex, age)
    }

    /// The same with a chosen given name.
    pub(crate) fn add_adult_named(
        &mut self,
        chance: &mut Chance,
        family: &FamilyName,
        given: &str,
        sex: Sex,
        age: usize,
    ) -> PersonIndex {
        let father = names::father(chance);
        let birth = born(chance, age);
        self.add(full_name(family, given, father, sex), sex, birth)
    }

    /// Gives a person another patronymic, for those who are met by name.
    pub(crate) fn rename(&mut self, person: PersonIndex, patronymic: &str) {
        self.0[person].name.patronymic = Some(patronymic.to_owned());
    }

    pub(crate) fn get(&self, person: PersonIndex) -> &Person {
        &self.0[person]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (PersonIndex, &Person)> {
        self.0.iter().enumerate()
    }

    /// The id under which a person stands in the bundle.
    pub(crate) fn sourced_id(person: PersonIndex) -> String {
        format!("p{:05}", person + 1)
    }
}

/// A name whose parts agree by sex.
pub(crate) fn full_name(family: &FamilyName, given: &str, father: &str, sex: Sex) -> PersonName {
    PersonName {
        family: family.of(sex).to_owned(),
        given: given.to_owned(),
        patronymic: names::patronymic(father, sex).map(str::to_owned),
    }
}

/// A date of birth of somebody who is `age` on 1 September 2026.
fn born(chance: &mut Chance, age: usize) -> Date {
    let years = i64::try_from(age).unwrap_or(0);
    let days = i64::try_from(chance.below(365)).unwrap_or(0);
    date(2026, 9, 1)
        .saturating_sub(years.years())
        .saturating_sub(days.days())
}

/// СНИЛС of the person at a place. Multiplying by a number without common factors with the range visits each value once.
fn scattered(place: usize) -> Snils {
    const FIRST: u64 = 100_000_000;
    const RANGE: u64 = 899_999_981;
    let step = (place as u64 + 1).wrapping_mul(387_420_489) % RANGE;
    Snils::from_number(u32::try_from(FIRST + step).unwrap_or(u32::MAX))
}
