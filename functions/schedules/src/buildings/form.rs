//! The forms of the page.

use super::{Building, Buildings};

/// The fields of a form by name.
pub(crate) struct BuildingsForm<'a>(pub(crate) &'a [(String, String)]);

impl BuildingsForm<'_> {
    fn field(&self, wanted: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// The version over which the form was filled in.
    pub(crate) fn version(&self) -> Result<u64, &'static str> {
        self.field("version").parse().map_err(|_| "version")
    }

    /// Does what the form asks for: `add` a building, `change` or `remove` one; `passage`; `add_room`, `rooms` (what each
    /// holds); a room called `gone` is taken out. `used` are the rooms in which lessons stand. The error names the field.
    pub(crate) fn apply(&self, buildings: &mut Buildings, used: &[String]) -> Result<(), &'static str> {
        let gone = self.field("gone");
        if !gone.is_empty() {
            buildings.remove_room(gone);
            return Ok(());
        }
        match self.field("action") {
            "add" => buildings.put(None, self.building()?, used),
            "change" => buildings.put(Some(self.field("was")), self.building()?, used),
            "remove" => buildings.remove(self.field("was"), used),
            "passage" => {
                let minutes = self.field("minutes").parse().map_err(|_| "passage")?;
                buildings.set_passage(minutes)
            }
            "add_room" => {
                let building = Some(self.field("building")).filter(|building| !building.is_empty());
                let room = buildings
                    .name_in(building, self.field("room"))
                    .ok_or("building")?;
                buildings.put_room(&room, pupils(self.field("capacity"))?)
            }
            "rooms" => self.capacities(buildings),
            _ => Err("action"),
        }
    }

    fn building(&self) -> Result<Building, &'static str> {
        let building = Building {
            short: self.field("short").to_owned(),
            name: self.field("name").to_owned(),
            address: self.field("address").to_owned(),
        };
        building.parse()
    }

    /// Rooms and what they hold stand one after the other.
    fn capacities(&self, buildings: &mut Buildings) -> Result<(), &'static str> {
        let mut of = None;
        for (name, value) in self.0 {
            match name.as_str() {
                "room" => of = Some(value),
                "capacity" => {
                    let room = of.take().ok_or("room")?;
                    let capacity = pupils(value)?;
                    // A room of which nothing is said stays where it is: in the lessons that stand in it.
                    if capacity.is_some() || buildings.rooms().contains_key(room) {
                        buildings.put_room(room, capacity)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn pupils(text: &str) -> Result<Option<u16>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| "capacity"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(buildings: &mut Buildings, fields: &[(&str, &str)]) -> Result<(), &'static str> {
        let fields: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        BuildingsForm(&fields).apply(buildings, &["2 / 12".to_owned()])
    }

    #[test]
    fn each_form_does_what_it_says() {
        let mut all = Buildings::none();
        for short in ["1", "2"] {
            assert_eq!(after(&mut all, &[("action", "add"), ("short", short)]), Ok(()));
        }
        let room = [
            ("action", "add_room"),
            ("building", "2"),
            ("room", "7"),
            ("capacity", "30"),
        ];
        assert_eq!(after(&mut all, &room), Ok(()));
        let rooms = [
            ("action", "rooms"),
            ("room", "2 / 7"),
            ("capacity", ""),
            ("room", "2 / 12"),
            ("capacity", "25"),
            ("room", "2 / 13"),
            ("capacity", ""),
        ];
        assert_eq!(after(&mut all, &rooms), Ok(()));
        let kept: Vec<_> = all
            .rooms()
            .iter()
            .map(|(room, holds)| (room.as_str(), *holds))
            .collect();
        assert_eq!(kept, [("2 / 12", Some(25)), ("2 / 7", None)]);
        assert_eq!(after(&mut all, &[("gone", "2 / 7"), ("action", "rooms")]), Ok(()));
        assert_eq!(all.rooms().len(), 1);
        assert_eq!(
            after(&mut all, &[("action", "passage"), ("minutes", "61")]),
            Err("passage")
        );
        assert_eq!(
            after(&mut all, &[("action", "remove"), ("was", "2")]),
            Err("building_used")
        );
        assert_eq!(after(&mut all, &[("action", "sell")]), Err("action"));
    }
}
