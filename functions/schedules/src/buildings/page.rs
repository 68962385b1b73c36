//! The page of buildings and rooms.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use model::{InstitutionId, RoomName};
use timetables::Timetable;
use ui::Frame;

use super::{Building, Buildings};

/// Buildings with their rooms, what these hold and what is taught in them.
#[derive(Template)]
#[template(path = "buildings.html")]
pub(crate) struct BuildingsPage<'a> {
    frame: Frame<'a>,
    institution: InstitutionId,
    name: String,
    version: u64,
    buildings: Buildings,
    parts: Vec<Part>,
}

/// A building with its rooms; all rooms while there is one building, and those of an unknown one.
struct Part {
    building: Option<Building>,
    is_main: bool,
    rooms: Vec<Room>,
}

struct Room {
    /// As it is kept.
    room: String,
    /// As it is shown within its building.
    shown: String,
    capacity: Option<u16>,
    /// What is taught in it, by name.
    subjects: String,
    /// Whether lessons stand in it.
    is_used: bool,
}

/// The rooms of the published weeks with the subjects taught in them.
pub(crate) fn taught_in(buildings: &Buildings, weeks: &[Timetable]) -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for slot in weeks.iter().flat_map(|week| &week.slots) {
        if !slot.room.is_empty() {
            let room = buildings.canonical(&slot.room).into_owned();
            rooms.entry(room).or_default().insert(slot.subject.clone());
        }
    }
    rooms
}

impl<'a> BuildingsPage<'a> {
    pub(crate) fn new(
        frame: Frame<'a>,
        (institution, name): (InstitutionId, String),
        (version, buildings): (u64, Buildings),
        weeks: &[Timetable],
    ) -> Self {
        let taught = taught_in(&buildings, weeks);
        let all: BTreeSet<&String> = taught.keys().chain(buildings.rooms().keys()).collect();
        let mut of_place: BTreeMap<Option<usize>, Vec<Room>> = BTreeMap::new();
        for room in all {
            let subjects = taught.get(room);
            let place = buildings.place(room);
            let shown = place.map_or(room.as_str(), |_| RoomName::of(room).room);
            of_place.entry(place).or_default().push(Room {
                room: room.clone(),
                shown: frame.texts.room(shown),
                capacity: buildings.capacity(room),
                subjects: subjects
                    .map(|subjects| subjects.iter().cloned().collect::<Vec<_>>().join(", "))
                    .unwrap_or_default(),
                is_used: subjects.is_some(),
            });
        }
        let mut parts: Vec<Part> = buildings
            .list()
            .iter()
            .enumerate()
            .map(|(at, building)| Part {
                building: Some(building.clone()),
                is_main: at == 0 && buildings.is_several(),
                rooms: of_place.remove(&Some(at)).unwrap_or_default(),
            })
            .collect();
        let rest = of_place.remove(&None).unwrap_or_default();
        match parts.as_mut_slice() {
            [only] => only.rooms = rest,
            _ if rest.is_empty() => {}
            _ => parts.push(Part {
                building: None,
                is_main: false,
                rooms: rest,
            }),
        }
        Self {
            frame,
            institution,
            name,
            version,
            buildings,
            parts,
        }
    }

    fn action(&self) -> String {
        format!("/schedules/buildings/{}", self.institution)
    }

    /// What stands over the rooms of a part.
    fn heading(&self, part: &Part) -> String {
        let texts = self.frame.texts;
        match &part.building {
            Some(building) if building.name == building.short => texts.building(&building.short),
            Some(building) => building.name.clone(),
            None if self.buildings.is_several() => texts.get("buildings-unknown"),
            None => texts.get("buildings-rooms"),
        }
    }
}
