//! What the API says of buildings and rooms.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Building, Buildings};

/// A room that people have put in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct RoomBody {
    /// With its building where there are several: `2 / 214`.
    room: String,
    /// How many pupils it holds, 1–2000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<u16>,
}

/// The buildings of an institution, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct BuildingsBody {
    /// The main one first: a room of which nothing else is said is there.
    buildings: Vec<Building>,
    /// Minutes between two buildings, up to 60; 0 while nobody has said.
    #[serde(default)]
    passage: u8,
    /// The rooms that people have put in.
    #[serde(default)]
    rooms: Vec<RoomBody>,
}

impl BuildingsBody {
    /// The buildings in the place of those that stand. The error names the field.
    pub(crate) fn over(self, stood: &Buildings, used: &[String]) -> Result<Buildings, &'static str> {
        let mut new = Buildings::none();
        for building in self.buildings {
            new.put(None, building.parse()?, &[])?;
        }
        new.set_passage(self.passage)?;
        for RoomBody { room, capacity } in &self.rooms {
            new.put_room(room, *capacity)?;
        }
        if stood.loses_rooms_to(&new, used) {
            return Err("building_used");
        }
        Ok(new)
    }
}

/// The buildings of an institution, and where its lessons are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct BuildingsView {
    #[serde(flatten)]
    all: BuildingsBody,
    /// The rooms in which published lessons stand.
    used: Vec<String>,
    /// Based on which an edit is sent as `If-Match`. Bells are part of the same version.
    version: u64,
}

impl BuildingsView {
    pub(crate) fn of(buildings: &Buildings, used: Vec<String>, version: u64) -> Self {
        let room = |(room, capacity): (&String, &Option<u16>)| RoomBody {
            room: room.clone(),
            capacity: *capacity,
        };
        Self {
            all: BuildingsBody {
                buildings: buildings.list().to_vec(),
                passage: buildings.passage(),
                rooms: buildings.rooms().iter().map(room).collect(),
            },
            used,
            version,
        }
    }
}
