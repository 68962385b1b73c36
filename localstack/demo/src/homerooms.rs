//! Classes and groups of the four institutions, still empty, and the places in them.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::{
    calendar::{HALVES, QUARTERS, SEMESTERS, YEAR},
    random::Chance,
    world::{Homeroom, Org, World},
};

/// A place for a child in a class, with the date of birth that fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) homeroom: usize,
    pub(crate) birth_date: Date,
}

/// Adds the classes of the school, the kindergarten and the college. The art school draws from children who are there.
pub(crate) fn add(world: &mut World, chance: &mut Chance) -> Vec<Place> {
    let mut places = Vec::new();
    for grade in 1..=11u8 {
        let letters: &[(&str, &str)] = if grade <= 8 { &LETTERS } else { &LETTERS[..2] };
        for (letter, latin) in letters {
            let size = if grade <= 9 {
                chance.between(25, 29)
            } else {
                chance.between(23, 26)
            };
            let terms = if grade <= 9 { QUARTERS } else { HALVES };
            let homeroom = homeroom(
                Org::School,
                &format!("{grade}{latin}"),
                &format!("{grade}{letter}"),
                Some(grade),
                terms,
            );
            // Children start school at 6½ to 7½.
            fill(
                world,
                chance,
                &mut places,
                homeroom,
                size,
                date(2019, 3, 1).saturating_sub(i64::from(grade - 1).years()),
            );
        }
    }
    for (age, (id, title)) in (2i64..).zip(KINDERGARTEN) {
        let homeroom = homeroom(Org::Kindergarten, id, title, None, &[YEAR]);
        let size = chance.between(18, 22);
        fill(
            world,
            chance,
            &mut places,
            homeroom,
            size,
            date(2023, 9, 1).saturating_sub((age - 2).years()),
        );
    }
    for (id, title, year) in COLLEGE {
        let homeroom = homeroom(Org::College, id, title, Some(year), SEMESTERS);
        let size = chance.between(22, 25);
        let birth = date(2010, 3, 1).saturating_sub(i64::from(year - 1).years());
        fill(world, chance, &mut places, homeroom, size, birth);
    }
    places
}

/// Adds the groups of the art school, filled with children of the school's grades 2 to 9.
pub(crate) fn add_art_school(world: &mut World, chance: &mut Chance, must_come: &[usize]) {
    let mut children: Vec<usize> = world
        .homerooms_of(Org::School)
        .filter(|(_, homeroom)| homeroom.grade.is_some_and(|grade| (2..=9).contains(&grade)))
        .flat_map(|(_, homeroom)| homeroom.pupils.iter().copied())
        .filter(|child| !must_come.contains(child))
        .collect();
    chance.shuffle(&mut children);
    children.splice(0..0, must_come.iter().copied());
    for (year, children) in (1..=4u8).zip(children.chunks(14)) {
        let mut homeroom = homeroom(
            Org::ArtSchool,
            &format!("painting-{year}"),
            &format!("Живопись, {year} год"),
            Some(year),
            HALVES,
        );
        homeroom.pupils = children.to_vec();
        world.homerooms.push(homeroom);
    }
}

const LETTERS: [(&str, &str); 3] = [("А", "a"), ("Б", "b"), ("В", "v")];

const KINDERGARTEN: [(&str, &str); 5] = [
    ("drops", "Ясли «Капельки»"),
    ("daisies", "Младшая «Ромашки»"),
    ("bees", "Средняя «Пчёлки»"),
    ("stars", "Старшая «Звёздочки»"),
    ("owls", "Подготовительная «Совята»"),
];

/// Id, title, year of study.
const COLLEGE: [(&str, &str, u8); 4] = [
    ("9is-161", "9ИС-161", 1),
    ("9ks-161", "9КС-161", 1),
    ("9is-151", "9ИС-151", 2),
    ("9is-141", "9ИС-141", 3),
];

fn homeroom(org: Org, id: &str, title: &str, grade: Option<u8>, terms: &'static [&'static str]) -> Homeroom {
    let id = format!("{}-{id}", org.id());
    Homeroom {
        org,
        id,
        title: title.to_owned(),
        grade,
        pupils: Vec::new(),
        leaders: Vec::new(),
        terms,
    }
}

/// Adds a class and its places; children are born within a year from `first_birth`.
fn fill(
    world: &mut World,
    chance: &mut Chance,
    places: &mut Vec<Place>,
    homeroom: Homeroom,
    size: usize,
    first_birth: Date,
) {
    let index = world.homerooms.len();
    world.homerooms.push(homeroom);
    places.extend((0..size).map(|_| {
        let days = i64::try_from(chance.below(365)).unwrap_or(0);
        Place {
            homeroom: index,
            birth_date: first_birth.saturating_add(days.days()),
        }
    }));
}
