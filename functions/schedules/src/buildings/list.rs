//! The buildings of an institution with their rooms, and how rooms are named. Pure.

use std::{borrow::Cow, collections::BTreeMap};

use model::RoomName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Building {
    /// What stands before the number of a room: «2», «Б», «Мастерские»; up to 12 characters. It is part of the rooms' names.
    pub(crate) short: String,
    /// What people call it, up to 100 characters.
    pub(crate) name: String,
    /// Where it is, up to 200 characters; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) address: String,
}

impl Building {
    const LONGEST_SHORT: usize = 12;
    const LONGEST_NAME: usize = 100;
    const LONGEST_ADDRESS: usize = 200;

    /// Checks a building as it was sent; without a name it is called by its short one. The error names the field.
    pub(crate) fn parse(self) -> Result<Self, &'static str> {
        let short = line(&self.short, Self::LONGEST_SHORT).ok_or("short")?;
        // Rooms are written with a stroke after the building, several of them with commas.
        if short.is_empty() || short.contains(['/', ',', ';']) {
            return Err("short");
        }
        let name = line(&self.name, Self::LONGEST_NAME).ok_or("name")?;
        Ok(Self {
            name: if name.is_empty() { short.clone() } else { name },
            address: line(&self.address, Self::LONGEST_ADDRESS).ok_or("address")?,
            short,
        })
    }
}

/// A text on one line with its white space folded; nothing if it is too long.
fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (text.chars().count() <= longest && !text.contains(char::is_control)).then_some(text)
}

/// Where the lessons of an institution are held. Its first building is the main one: a room of which nothing else is said is
/// there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Buildings {
    #[serde(rename = "b", default)]
    list: Vec<Building>,
    /// Minutes between two buildings; 0 while nobody has said.
    #[serde(rename = "m", default)]
    passage: u8,
    /// The rooms that people have put in, with how many pupils they hold, if that is known.
    #[serde(rename = "r", default, skip_serializing_if = "BTreeMap::is_empty")]
    rooms: BTreeMap<String, Option<u16>>,
}

impl Buildings {
    /// The most buildings of an institution.
    pub(crate) const MOST: usize = 20;
    /// The longest way between buildings, in minutes.
    pub(crate) const LONGEST_PASSAGE: u8 = 60;
    /// The most rooms that are kept with what they hold.
    const MOST_ROOMS: usize = 400;
    /// The most pupils of a room: an assembly hall.
    const LARGEST_ROOM: u16 = 2_000;

    pub(crate) const fn none() -> Self {
        Self {
            list: Vec::new(),
            passage: 0,
            rooms: BTreeMap::new(),
        }
    }

    pub(crate) fn is_none(&self) -> bool {
        *self == Self::none()
    }

    /// The buildings, the main one first.
    pub(crate) fn list(&self) -> &[Building] {
        &self.list
    }

    /// Minutes between two buildings; 0 while nobody has said.
    pub(crate) const fn passage(&self) -> u8 {
        self.passage
    }

    /// The rooms that people have put in, with how many pupils they hold.
    pub(crate) const fn rooms(&self) -> &BTreeMap<String, Option<u16>> {
        &self.rooms
    }

    /// How many pupils a room holds, if that is known.
    pub(crate) fn capacity(&self, room: &str) -> Option<u16> {
        self.rooms.get(self.canonical(room).as_ref()).copied().flatten()
    }

    /// Whether rooms are named with their buildings.
    pub(crate) const fn is_several(&self) -> bool {
        self.list.len() > 1
    }

    fn find(&self, short: &str) -> Option<usize> {
        let short = short.trim().to_lowercase();
        self.list
            .iter()
            .position(|known| known.short.to_lowercase() == short)
    }

    /// Adds a building, or changes the one called `was`. Its short name changes only while no room is named by it: `used` are
    /// the rooms in which lessons stand. The error names the field.
    pub(crate) fn put(
        &mut self,
        was: Option<&str>,
        building: Building,
        used: &[String],
    ) -> Result<(), &'static str> {
        let at = was.map(|was| self.find(was).ok_or("building")).transpose()?;
        let other = self.find(&building.short);
        if other.is_some() && other != at {
            return Err("short_taken");
        }
        match at {
            None if self.list.len() >= Self::MOST => return Err("building"),
            None => self.list.push(building),
            Some(at) => {
                let is_renamed = self.list[at].short != building.short;
                if is_renamed && self.is_used(at, used) {
                    return Err("short_used");
                }
                self.list[at] = building;
            }
        }
        Ok(())
    }

    /// Takes a building away in which there is no room. The error names the field.
    pub(crate) fn remove(&mut self, short: &str, used: &[String]) -> Result<(), &'static str> {
        let at = self.find(short).ok_or("building")?;
        // The rooms of an only building are those of the institution: they stay when nobody speaks of buildings any more.
        if self.is_several() && self.is_used(at, used) {
            return Err("building_used");
        }
        self.list.remove(at);
        let rooms = std::mem::take(&mut self.rooms).into_iter();
        self.rooms = rooms
            .map(|(room, holds)| (self.canonical(&room).into_owned(), holds))
            .collect();
        Ok(())
    }

    fn is_used(&self, at: usize, used: &[String]) -> bool {
        let mut rooms = self.rooms.keys().chain(used);
        rooms.any(|room| self.place(room) == Some(at))
    }

    /// Whether one of the buildings has rooms and is not among others that should stand in their place.
    pub(crate) fn loses_rooms_to(&self, others: &Self, used: &[String]) -> bool {
        let is_gone = |building: &Building| others.list.iter().all(|other| other.short != building.short);
        let mut gone = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, building)| is_gone(building));
        let stays = |room: &&String| others.rooms.contains_key(*room) || used.contains(room);
        gone.any(|(at, _)| {
            let mut rooms = self.rooms.keys().chain(used).filter(stays);
            rooms.any(|room| self.place(room) == Some(at))
        })
    }

    /// Sets the minutes between two buildings. The error names the field.
    pub(crate) fn set_passage(&mut self, minutes: u8) -> Result<(), &'static str> {
        if minutes > Self::LONGEST_PASSAGE {
            return Err("passage");
        }
        self.passage = minutes;
        Ok(())
    }

    /// Puts a room in, or says how many pupils it holds. The error names the field.
    pub(crate) fn put_room(&mut self, room: &str, capacity: Option<u16>) -> Result<(), &'static str> {
        if capacity.is_some_and(|pupils| pupils == 0 || pupils > Self::LARGEST_ROOM) {
            return Err("capacity");
        }
        let room = crate::drafts::room_name(room)
            .filter(|room| !room.is_empty())
            .ok_or("room")?;
        self.rooms.insert(self.canonical(&room).into_owned(), capacity);
        if self.rooms.len() > Self::MOST_ROOMS {
            return Err("room");
        }
        Ok(())
    }

    /// Takes a room out of those that people have put in.
    pub(crate) fn remove_room(&mut self, room: &str) {
        let room = self.canonical(room).into_owned();
        self.rooms.remove(&room);
    }

    /// A room under the one name by which the institution knows it: with its building if there are several, else without.
    /// People may write «2/214» and «2 / 214».
    pub(crate) fn canonical<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = text.trim();
        if text.is_empty() || self.list.is_empty() {
            return Cow::Borrowed(text);
        }
        let written = text.split_once('/').map(|(short, room)| (short, room.trim()));
        let named = written
            .filter(|(_, room)| !room.is_empty())
            .and_then(|(short, room)| Some((&self.list[self.find(short)?], room)));
        match named {
            Some((_, room)) if !self.is_several() && text.contains(RoomName::BETWEEN) => {
                Cow::Owned(room.to_owned())
            }
            Some((building, room)) if self.is_several() => Cow::Owned(name_of(building, room)),
            None if self.is_several() && RoomName::of(text).building.is_none() => {
                Cow::Owned(name_of(&self.list[0], text))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// The name of a room of a building that a file names; if it names none, as [`canonical`](Self::canonical). Nothing if there
    /// is no such building.
    pub(crate) fn name_in(&self, building: Option<&str>, room: &str) -> Option<String> {
        let Some(building) = building.filter(|_| !room.is_empty()) else {
            return Some(self.canonical(room).into_owned());
        };
        let building = &self.list[self.find(building)?];
        Some(if self.is_several() {
            name_of(building, room)
        } else {
            room.to_owned()
        })
    }

    /// In which of several buildings a room is; nothing if there is only one, or the building is not known.
    pub(crate) fn place(&self, room: &str) -> Option<usize> {
        if !self.is_several() {
            return None;
        }
        let room = self.canonical(room);
        self.find(RoomName::of(&room).building?)
    }
}

fn name_of(building: &Building, room: &str) -> String {
    RoomName {
        building: Some(&building.short),
        room,
    }
    .to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn building(short: &str) -> Building {
        Building {
            short: short.to_owned(),
            name: String::new(),
            address: String::new(),
        }
        .parse()
        .expect("a building")
    }

    fn of(shorts: &[&str]) -> Buildings {
        let mut buildings = Buildings::none();
        for short in shorts {
            buildings.put(None, building(short), &[]).expect("another one");
        }
        buildings
    }

    #[test]
    fn rooms_are_named_with_their_building_only_where_there_are_several() {
        for (buildings, text, expected) in [
            (of(&[]), "2 / 214", "2 / 214"),
            (of(&["1"]), "214", "214"),
            (of(&["1"]), "1 / 214", "214"),
            (of(&["1"]), "1/2", "1/2"),
            (of(&["1", "2"]), "214", "1 / 214"),
            (of(&["1", "2"]), "2/214", "2 / 214"),
            (of(&["1", "Б"]), "б / 214", "Б / 214"),
            (of(&["1", "2"]), "3 / 214", "3 / 214"),
            (of(&["1", "2"]), "", ""),
        ] {
            assert_eq!(buildings.canonical(text), expected, "{text}");
        }
    }

    #[test]
    fn a_file_names_only_buildings_that_are_known() {
        let buildings = of(&["1", "2"]);
        let name = |building, room| buildings.name_in(building, room);
        assert_eq!(name(Some("2"), "214").as_deref(), Some("2 / 214"));
        assert_eq!(name(None, "214").as_deref(), Some("1 / 214"));
        assert_eq!(name(Some("3"), "214"), None);
        assert_eq!(name(Some("2/3"), "7"), None, "nothing is read into a name");
        assert_eq!(name(Some("3"), "").as_deref(), Some(""), "no room is nowhere");
        assert_eq!(of(&["1"]).name_in(Some("1"), "214").as_deref(), Some("214"));
        assert_eq!(of(&[]).name_in(Some("1"), "214"), None);
    }

    #[test]
    fn a_building_goes_and_is_renamed_only_while_it_is_empty() {
        let mut buildings = of(&["1", "2"]);
        let used = vec!["2 / 12".to_owned()];
        assert_eq!(buildings.remove("2", &used), Err("building_used"));
        assert_eq!(buildings.put(Some("2"), building("Б"), &used), Err("short_used"));
        let named = Building {
            name: "Начальная школа".to_owned(),
            ..building("2")
        };
        assert_eq!(
            buildings.put(Some("2"), named, &used),
            Ok(()),
            "its name is nobody's key"
        );
        assert_eq!(buildings.put(Some("2"), building("1"), &[]), Err("short_taken"));
        assert_eq!(buildings.put(Some("2"), building("Б"), &[]), Ok(()));
        assert_eq!(
            buildings.remove("Б", &["305".to_owned()]),
            Ok(()),
            "305 is in the main one"
        );
        assert_eq!(
            buildings.remove("1", &["305".to_owned()]),
            Ok(()),
            "the only one may always go"
        );
        assert!(buildings.is_none());
    }

    #[test]
    fn a_room_put_in_keeps_its_building_in_use_and_follows_when_the_other_goes() {
        let mut buildings = of(&["1", "2"]);
        buildings.put_room("2/7", Some(30)).expect("a room");
        assert_eq!(buildings.capacity("2 / 7"), Some(30));
        assert_eq!(buildings.remove("2", &[]), Err("building_used"));
        assert_eq!(buildings.remove("1", &[]), Ok(()));
        assert_eq!(
            buildings.capacity("7"),
            Some(30),
            "one building is left, and names none"
        );
        assert_eq!(buildings.put_room("7", Some(0)), Err("capacity"));
        buildings.remove_room("7");
        assert!(buildings.rooms().is_empty());
    }

    #[test]
    fn short_names_that_would_be_misread_are_refused() {
        for short in ["", "1/2", "1, 2", "очень длинное имя"] {
            let wrong = Building {
                short: short.to_owned(),
                ..building("1")
            };
            assert_eq!(wrong.parse(), Err("short"), "{short}");
        }
    }

    proptest! {
        #[test]
        fn the_name_of_a_room_is_its_own_name(text in "[12]?( / |/)?[а-я0-9]{1,4}", several in prop::bool::ANY) {
            let buildings = if several { of(&["1", "2"]) } else { of(&["1"]) };
            let once = buildings.canonical(&text).into_owned();
            prop_assert_eq!(buildings.canonical(&once), once.as_str());
        }
    }
}
