//! The demo region: a OneRoster bundle with realistic Russian data, and the people one can sign in as.
//!
//! A school of 30 classes, a kindergarten, a college and an art school; families with children in several of them; teachers
//! who are parents; a timetable without clashes for every teaching group. Everything follows from one seed, so the region is
//! the same on every machine. Nobody in it exists: names are drawn from lists, numbers of СНИЛС are made.

mod bundle;
mod calendar;
mod curriculum;
mod families;
mod homerooms;
mod names;
mod people;
mod personas;
mod random;
mod staff;
mod timetable;
mod world;

use esia::Persona;

pub use calendar::TODAY;
pub use personas::Part;
use random::Chance;
use world::{Org, World};

/// Chosen once; another seed is another region.
const SEED: u64 = 20_260_901;

/// The region: what is imported and who can sign in.
#[derive(Debug)]
pub struct DemoRegion {
    /// The region's short name in addresses and in the ids of what is imported for it.
    pub code: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The bundle: a zip archive as `bundles` reads it.
    pub bundle: Vec<u8>,
    /// The personas, in the order of [`Part::ALL`].
    pub personas: Vec<Persona>,
}

impl DemoRegion {
    /// The persona of a part.
    pub fn persona(&self, part: Part) -> &Persona {
        let place = Part::ALL.iter().position(|other| *other == part).unwrap_or(0);
        &self.personas[place]
    }
}

/// Makes the region. Takes about a second in a debug build; the result is always the same.
pub fn region() -> DemoRegion {
    let world = build();
    DemoRegion {
        code: "verkhnerechye",
        name: "Верхнереченская область",
        bundle: bundle::write(&world),
        personas: personas::all(&world),
    }
}

fn build() -> World {
    let mut chance = Chance::seeded(SEED);
    let mut world = World::default();
    let places = homerooms::add(&mut world, &mut chance);
    let to_art_school = families::settle(&mut world, &mut chance, places);
    homerooms::add_art_school(&mut world, &mut chance, &to_art_school);
    enrol_in_art_school(&mut world);
    for org in Org::ALL {
        staff::employ(&mut world, &mut chance, org);
        if org != Org::Kindergarten {
            timetable::add(&mut world, &mut chance, org);
        }
    }
    world
}

/// Pupils of the art school and those who represent them have their roles there too.
fn enrol_in_art_school(world: &mut World) {
    let pupils: Vec<_> = world
        .homerooms_of(Org::ArtSchool)
        .flat_map(|(_, class)| class.pupils.clone())
        .collect();
    for pupil in pupils {
        world.give(pupil, "student", Org::ArtSchool);
        let adults: Vec<_> = world
            .guardianships
            .iter()
            .filter(|guardianship| guardianship.child == pupil)
            .copied()
            .collect();
        for guardianship in adults {
            let word = if guardianship.by_court {
                "guardian"
            } else {
                "parent"
            };
            world.give(guardianship.adult, word, Org::ArtSchool);
        }
    }
}
