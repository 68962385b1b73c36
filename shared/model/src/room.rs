//! Rooms as weeks, drafts and changes name them.

use std::fmt;

/// A room by its building and its number or name.
///
/// A room is written as one text, since numbers repeat from building to building: «2 / 214» is room 214 of building 2. Where an
/// institution has one building only, nothing stands before the number.
///
/// ```
/// use model::RoomName;
///
/// let room = RoomName::of("2 / 214");
/// assert_eq!((room.building, room.room), (Some("2"), "214"));
/// assert_eq!(RoomName::of("214").to_string(), "214");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoomName<'a> {
    /// The short name of the building, where the institution has several.
    pub building: Option<&'a str>,
    /// The number or name of the room within the building.
    pub room: &'a str,
}

impl<'a> RoomName<'a> {
    /// What stands between building and room. People who write «2/214» are understood where the buildings are known.
    pub const BETWEEN: &'static str = " / ";

    /// Reads a room as it is kept. A text without a building is a room's name as it stands.
    pub fn of(text: &'a str) -> Self {
        match text.split_once(Self::BETWEEN) {
            Some((building, room)) if !building.is_empty() && !room.is_empty() => Self {
                building: Some(building),
                room,
            },
            _ => Self {
                building: None,
                room: text,
            },
        }
    }
}

impl fmt::Display for RoomName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.building {
            Some(building) => write!(f, "{building}{}{}", Self::BETWEEN, self.room),
            None => f.write_str(self.room),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_reads_back_as_it_is_written() {
        for text in [
            "214",
            "2 / 214",
            "Спортзал",
            "Мастерские / Цех 3",
            "",
            "1/2",
            " / 3",
        ] {
            assert_eq!(RoomName::of(text).to_string(), text);
        }
    }

    #[test]
    fn only_a_whole_separator_divides_building_and_room() {
        assert_eq!(
            RoomName::of("2/214").building,
            None,
            "a number with a stroke is one room"
        );
        assert_eq!(RoomName::of("А / 2/14").room, "2/14");
    }
}
