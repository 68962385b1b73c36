//! What binds the lessons of a draft besides bells and curriculum.

use std::collections::{BTreeMap, BTreeSet};

use model::{PersonId, Weekday};
use serde::{Deserialize, Serialize};

/// A place of the week: day and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hour(
    /// The day.
    pub Weekday,
    /// The number in the day.
    pub u8,
);

/// When teachers cannot teach, and which rooms hold more than one lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The hours at which a teacher cannot teach.
    #[serde(rename = "u", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unavailable: BTreeMap<PersonId, BTreeSet<Hour>>,
    /// How many lessons a room holds at a time, where it is not one: a gymnasium holds two or three.
    #[serde(rename = "p", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, u8>,
}

impl Terms {
    /// The most lessons that a room can be said to hold.
    pub const MOST_PLACES: u8 = 9;

    /// Whether a teacher can teach at an hour.
    pub fn is_available(&self, teacher: PersonId, day: Weekday, number: u8) -> bool {
        let hour = Hour(day, number);
        !self
            .unavailable
            .get(&teacher)
            .is_some_and(|hours| hours.contains(&hour))
    }

    /// How many lessons a room holds at a time.
    pub fn places_of(&self, room: &str) -> u8 {
        self.places.get(room).copied().unwrap_or(1)
    }

    /// Says whether a teacher can teach at an hour.
    pub fn set_available(&mut self, teacher: PersonId, hour: Hour, available: bool) {
        let hours = self.unavailable.entry(teacher).or_default();
        if available {
            hours.remove(&hour);
        } else {
            hours.insert(hour);
        }
        if hours.is_empty() {
            self.unavailable.remove(&teacher);
        }
    }

    /// Says how many lessons a room holds at a time.
    pub fn set_places(&mut self, room: &str, places: u8) {
        if places == 1 {
            self.places.remove(room);
        } else {
            self.places.insert(room.to_owned(), places);
        }
    }
}
