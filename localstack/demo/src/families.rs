//! Families: children in one or several institutions, and the adults who represent them.

use jiff::civil::Date;
use model::Sex;

use crate::{
    homerooms::Place,
    names::{self, FamilyName},
    people::{PersonIndex, full_name},
    random::Chance,
    world::{Guardianship, Org, World},
};

/// Which adults a family has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adults {
    Both,
    Mother,
    Father,
    /// A grandmother by decision of a court.
    Grandmother,
}

/// How a family that is met as personas is named.
struct Named {
    family: &'static str,
    father: &'static str,
    mother: Option<(&'static str, &'static str)>,
    children: &'static [(&'static str, Sex)],
}

/// A family as it was settled.
struct Family {
    adults: Vec<PersonIndex>,
    children: Vec<PersonIndex>,
}

/// Settles every place with a child of some family. Gives the children who certainly go to the art school.
pub(crate) fn settle(world: &mut World, chance: &mut Chance, mut places: Vec<Place>) -> Vec<PersonIndex> {
    chance.shuffle(&mut places);
    let to_art_school = settle_notable(world, chance, &mut places);
    while let Some(first) = places.pop() {
        let wanted = match chance.below(100) {
            0..52 => 1,
            52..90 => 2,
            _ => 3,
        };
        let siblings = take_siblings(chance, &mut places, first, wanted);
        let adults = match chance.below(100) {
            0..79 => Adults::Both,
            79..96 => Adults::Mother,
            96..99 => Adults::Father,
            _ => Adults::Grandmother,
        };
        settle_family(world, chance, &siblings, adults, None);
    }
    for homeroom in &mut world.homerooms {
        homeroom
            .pupils
            .sort_by_key(|pupil| world.people.get(*pupil).name.sort_text());
    }
    to_art_school
}

/// The families whom visitors meet by name.
fn settle_notable(world: &mut World, chance: &mut Chance, places: &mut Vec<Place>) -> Vec<PersonIndex> {
    let claim = |world: &World, places: &mut Vec<Place>, org, title: &str| {
        let homeroom = world.homeroom(org, title);
        let found = places.iter().position(|place| place.homeroom == homeroom);
        places.swap_remove(found.unwrap_or_else(|| unreachable!("a new class has a place")))
    };
    let seventh = claim(world, places, Org::School, "7А");
    let kindergarten = claim(world, places, Org::Kindergarten, "Старшая «Звёздочки»");
    let sokolovs = Named {
        family: "Соколов",
        father: "Дмитрий",
        mother: Some(("Анна", "Викторовна")),
        children: &[("Михаил", Sex::Male), ("Варвара", Sex::Female)],
    };
    let family = settle_family(
        world,
        chance,
        &[seventh, kindergarten],
        Adults::Both,
        Some(&sokolovs),
    );
    world.notable.parent = family.adults[0];
    world.notable.second_parent = family.adults[1];

    let fourth = claim(world, places, Org::School, "4Б");
    let lebedevs = Named {
        family: "Лебедев",
        father: "Алексей",
        mother: Some(("Ирина", "Сергеевна")),
        children: &[("Полина", Sex::Female)],
    };
    let teachers_own = settle_family(world, chance, &[fourth], Adults::Both, Some(&lebedevs));
    world.notable.teacher = teachers_own.adults[0];

    let third = claim(world, places, Org::School, "3А");
    let zimins = Named {
        family: "Зимин",
        father: "Павел",
        mother: None,
        children: &[("Егор", Sex::Male)],
    };
    let by_court = settle_family(world, chance, &[third], Adults::Grandmother, Some(&zimins));
    world.notable.guardian = by_court.adults[0];
    teachers_own.children
}

/// Places for brothers and sisters: at least a year and a half apart, so not in one class.
fn take_siblings(chance: &mut Chance, places: &mut Vec<Place>, first: Place, wanted: usize) -> Vec<Place> {
    let mut siblings = vec![first];
    for _ in 0..40 {
        if siblings.len() == wanted || places.is_empty() {
            break;
        }
        let at = chance.below(places.len());
        let birth = places[at].birth_date;
        let fits = siblings.iter().all(|other| {
            let months = months_between(other.birth_date, birth);
            (18..=130).contains(&months)
        });
        if fits {
            siblings.push(places.swap_remove(at));
        }
    }
    siblings
}

fn months_between(one: Date, other: Date) -> u16 {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    u16::try_from(months(one).abs_diff(months(other))).unwrap_or(u16::MAX)
}

fn settle_family(
    world: &mut World,
    chance: &mut Chance,
    places: &[Place],
    adults: Adults,
    named: Option<&Named>,
) -> Family {
    let name = named.map_or_else(
        || FamilyName::any(chance),
        |named| FamilyName::regular(named.family),
    );
    let father = named.map_or_else(|| names::father(chance), |named| named.father);
    let children = add_children(world, chance, places, &name, father, named);
    let eldest = places
        .iter()
        .map(|place| place.birth_date.year())
        .min()
        .unwrap_or(2015);
    let adults = add_adults(
        world,
        chance,
        &name,
        father,
        adults,
        named,
        usize::try_from(2026 - eldest).unwrap_or(0),
    );
    for child in &children {
        for (adult, by_court) in &adults {
            world.guardianships.push(Guardianship {
                child: *child,
                adult: *adult,
                by_court: *by_court,
            });
        }
    }
    for (adult, by_court) in &adults {
        for place in places {
            let org = world.homerooms[place.homeroom].org;
            world.give(*adult, if *by_court { "guardian" } else { "parent" }, org);
        }
    }
    Family {
        adults: adults.into_iter().map(|(adult, _)| adult).collect(),
        children,
    }
}

/// The children of a family, each in their place.
fn add_children(
    world: &mut World,
    chance: &mut Chance,
    places: &[Place],
    name: &FamilyName,
    father: &str,
    named: Option<&Named>,
) -> Vec<PersonIndex> {
    let mut children = Vec::new();
    let mut given_names: Vec<&str> = Vec::new();
    for (order, place) in places.iter().enumerate() {
        let chosen = named.map(|named| named.children[order]);
        let any_sex = |chance: &mut Chance| {
            if chance.percent(50) {
                Sex::Female
            } else {
                Sex::Male
            }
        };
        let sex = chosen.map_or_else(|| any_sex(chance), |(_, sex)| sex);
        let mut given = chosen.map_or_else(|| names::child(chance, sex), |(given, _)| given);
        while given_names.contains(&given) {
            given = names::child(chance, sex);
        }
        given_names.push(given);
        let child = world
            .people
            .add(full_name(name, given, father, sex), sex, place.birth_date);
        let homeroom = &mut world.homerooms[place.homeroom];
        homeroom.pupils.push(child);
        let org = homeroom.org;
        world.give(child, "student", org);
        children.push(child);
    }
    children
}

/// The adults of a family, the mother first, each with whether a court appointed them.
fn add_adults(
    world: &mut World,
    chance: &mut Chance,
    name: &FamilyName,
    father: &str,
    adults: Adults,
    named: Option<&Named>,
    eldest_age: usize,
) -> Vec<(PersonIndex, bool)> {
    let mut added = Vec::new();
    let mothers_age = eldest_age + chance.between(19, 34);
    if matches!(adults, Adults::Both | Adults::Mother) {
        let own_name = FamilyName::any(chance);
        let keeps_own = named.is_none() && chance.percent(12);
        let family = if keeps_own { &own_name } else { name };
        let mother = match named.and_then(|named| named.mother) {
            Some((given, patronymic)) => {
                let mother = world
                    .people
                    .add_adult_named(chance, family, given, Sex::Female, mothers_age);
                world.people.rename(mother, patronymic);
                mother
            }
            None => world.people.add_adult(chance, family, Sex::Female, mothers_age),
        };
        added.push((mother, false));
    }
    if matches!(adults, Adults::Both | Adults::Father) {
        let age = mothers_age + chance.between(0, 5);
        added.push((
            world.people.add_adult_named(chance, name, father, Sex::Male, age),
            false,
        ));
    }
    if adults == Adults::Grandmother {
        let age = mothers_age + chance.between(20, 26);
        added.push((world.people.add_adult(chance, name, Sex::Female, age), true));
    }
    added
}
