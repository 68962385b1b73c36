//! What the region consists of, before it is written down as a bundle.

use crate::people::{People, PersonIndex};

/// An institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Org {
    School,
    Kindergarten,
    College,
    ArtSchool,
}

impl Org {
    pub(crate) const ALL: [Self; 4] = [Self::School, Self::Kindergarten, Self::College, Self::ArtSchool];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::School => "school-12",
            Self::Kindergarten => "kindergarten-5",
            Self::College => "college-1",
            Self::ArtSchool => "art-school-1",
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::School => "Школа № 12",
            Self::Kindergarten => "Детский сад № 5 «Солнышко»",
            Self::College => "Верхнереченский колледж информационных технологий",
            Self::ArtSchool => "Детская художественная школа № 1",
        }
    }

    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::School => "general",
            Self::Kindergarten => "preschool",
            Self::College => "vocational",
            Self::ArtSchool => "additional",
        }
    }
}

/// A class in the Russian sense: the unit to which a child belongs.
#[derive(Debug)]
pub(crate) struct Homeroom {
    pub(crate) org: Org,
    pub(crate) id: String,
    pub(crate) title: String,
    /// The year of study; kindergartens have none.
    pub(crate) grade: Option<u8>,
    pub(crate) pupils: Vec<PersonIndex>,
    /// The class teacher first; a kindergarten group has two educators.
    pub(crate) leaders: Vec<PersonIndex>,
    pub(crate) terms: &'static [&'static str],
}

/// Those of a class who are taught one subject together.
#[derive(Debug)]
pub(crate) struct TeachingGroup {
    pub(crate) homeroom: usize,
    pub(crate) id: String,
    /// Id of the course: subject and year of study in an institution.
    pub(crate) course: String,
    pub(crate) title: String,
    pub(crate) subject: &'static str,
    /// Lessons a week.
    pub(crate) hours: usize,
    pub(crate) pupils: Vec<PersonIndex>,
    pub(crate) teacher: PersonIndex,
    pub(crate) room: String,
}

/// A lesson of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lesson {
    /// Place in [`World::groups`].
    pub(crate) group: usize,
    /// 1 for Monday.
    pub(crate) weekday: u8,
    /// From 1.
    pub(crate) number: u8,
}

/// A role that somebody holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    pub(crate) person: PersonIndex,
    /// OneRoster's word.
    pub(crate) word: &'static str,
    pub(crate) org: Org,
}

/// That an adult represents a child.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guardianship {
    pub(crate) child: PersonIndex,
    pub(crate) adult: PersonIndex,
    /// By court, not by birth.
    pub(crate) by_court: bool,
}

/// People who are met as personas.
#[derive(Debug, Default)]
pub(crate) struct Notable {
    pub(crate) parent: PersonIndex,
    pub(crate) second_parent: PersonIndex,
    pub(crate) guardian: PersonIndex,
    pub(crate) teacher: PersonIndex,
    pub(crate) deputy: PersonIndex,
    pub(crate) head: PersonIndex,
    pub(crate) administrator: PersonIndex,
}

/// The region.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) people: People,
    pub(crate) homerooms: Vec<Homeroom>,
    pub(crate) groups: Vec<TeachingGroup>,
    pub(crate) lessons: Vec<Lesson>,
    pub(crate) roles: Vec<Role>,
    pub(crate) guardianships: Vec<Guardianship>,
    pub(crate) notable: Notable,
}

impl World {
    /// The homeroom of a title in an institution.
    pub(crate) fn homeroom(&self, org: Org, title: &str) -> usize {
        let found = self
            .homerooms
            .iter()
            .position(|homeroom| homeroom.org == org && homeroom.title == title);
        found.unwrap_or_else(|| unreachable!("the region has a class {title}"))
    }

    /// Homerooms of an institution with their places.
    pub(crate) fn homerooms_of(&self, org: Org) -> impl Iterator<Item = (usize, &Homeroom)> {
        self.homerooms
            .iter()
            .enumerate()
            .filter(move |(_, homeroom)| homeroom.org == org)
    }

    /// Gives a role once.
    pub(crate) fn give(&mut self, person: PersonIndex, word: &'static str, org: Org) {
        let held = self
            .roles
            .iter()
            .any(|role| (role.person, role.word, role.org) == (person, word, org));
        if !held {
            self.roles.push(Role { person, word, org });
        }
    }
}
