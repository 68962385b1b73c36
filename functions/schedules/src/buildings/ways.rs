//! Ways between buildings for which the break is too short, and lessons for which no bell rings. Pure.
//!
//! Both are told and forbid nothing: a school may know that its halls are joined, or that a class goes early.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId, Weekday};
use rosters::Group;
use timetables::{Owner, Slot, Timetable, WeekCycle};

use super::Buildings;
use crate::{checks::week::streams, drafts::meets, item::InstitutionRules};

/// Who has to go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Walker {
    /// A class, or the pupils of it who are in these lessons.
    Class(GroupId, String),
    /// A teacher.
    Teacher(PersonId, String),
}

impl Walker {
    /// As people call them.
    pub(crate) fn name(&self) -> &str {
        let (Self::Class(_, name) | Self::Teacher(_, name)) = self;
        name
    }
}

/// A way between two lessons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShortWay {
    pub(crate) walker: Walker,
    pub(crate) day: Weekday,
    /// The number of the lesson before, and its room.
    pub(crate) before: (u8, String),
    /// The number of the lesson after, and its room.
    pub(crate) after: (u8, String),
    /// The minutes between them.
    pub(crate) pause: i64,
}

/// The ways that are longer than the breaks for them, in the weeks of classes: of the pupils of each class, and of the
/// teachers of their lessons. Nothing while there is one building, or nobody has said how long the way is.
pub(crate) fn short_ways(buildings: &Buildings, classes: &[(&str, &Timetable)]) -> Vec<ShortWay> {
    if !buildings.is_several() || buildings.passage() == 0 {
        return Vec::new();
    }
    let mut days: Vec<(Walker, Vec<&Slot>)> = Vec::new();
    let mut teachers: BTreeMap<PersonId, Vec<&Slot>> = BTreeMap::new();
    for (title, week) in classes {
        let (Owner::Class(class) | Owner::Group(class)) = week.owner else {
            continue;
        };
        for stream in streams(week) {
            let own = week
                .slots
                .iter()
                .filter(|slot| stream.contains(&slot.group.to_string()));
            days.push((Walker::Class(class, (*title).to_owned()), own.collect()));
        }
        for slot in &week.slots {
            if let Some(teacher) = slot.teacher {
                teachers.entry(teacher).or_default().push(slot);
            }
        }
    }
    days.extend(teachers.into_iter().map(|(teacher, slots)| {
        let name = slots.first().map(|slot| slot.teacher_name.clone());
        (Walker::Teacher(teacher, name.unwrap_or_default()), slots)
    }));
    let mut found = BTreeSet::new();
    for (walker, slots) in &days {
        for week in [WeekCycle::A, WeekCycle::B] {
            found.extend(ways_of(buildings, walker, slots, week));
        }
    }
    found.into_iter().collect()
}

/// The short ways of one walker in one week of the cycle.
fn ways_of(buildings: &Buildings, walker: &Walker, slots: &[&Slot], week: WeekCycle) -> Vec<ShortWay> {
    let then = slots.iter().filter(|slot| meets(slot.cycle, week));
    let mut then: Vec<&Slot> = then.copied().collect();
    then.sort_by_key(|slot| (slot.weekday, slot.start, slot.end));
    let way = |pair: &[&Slot]| {
        let [before, after] = pair else { return None };
        let pause = i64::from(minutes(after)) - i64::from(minutes_of(before.end));
        let is_near = before.weekday == after.weekday && (0..i64::from(buildings.passage())).contains(&pause);
        let places = buildings.place(&before.room).zip(buildings.place(&after.room));
        let is_way = is_near && places.is_some_and(|(here, there)| here != there);
        is_way.then(|| ShortWay {
            walker: walker.clone(),
            day: before.weekday,
            before: (before.number, buildings.canonical(&before.room).into_owned()),
            after: (after.number, buildings.canonical(&after.room).into_owned()),
            pause,
        })
    };
    then.windows(2).filter_map(way).collect()
}

fn minutes(slot: &Slot) -> u16 {
    minutes_of(slot.start)
}

fn minutes_of(time: jiff::civil::Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// A class with lessons for which its year of study has no bell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WithoutBell {
    pub(crate) class: GroupId,
    pub(crate) title: String,
    /// The numbers, in order.
    pub(crate) numbers: Vec<u8>,
}

/// The classes whose weeks have lessons for which no bell rings any more, by the bells of a date: the lessons were published
/// when there were others. Nothing where an institution keeps no bells here.
pub(crate) fn without_bells(
    rules: &InstitutionRules,
    classes: &[Group],
    weeks: &[Timetable],
) -> Vec<WithoutBell> {
    if rules.bells.is_empty() {
        return Vec::new();
    }
    let of_class = |class: &Group| {
        let week = weeks
            .iter()
            .find(|week| week.owner == Owner::Class(class.group))?;
        let silent = |slot: &&Slot| rules.bell(slot.number, class.grade).is_none();
        let numbers: BTreeSet<u8> = week.slots.iter().filter(silent).map(|slot| slot.number).collect();
        (!numbers.is_empty()).then(|| WithoutBell {
            class: class.group,
            title: class.title.clone(),
            numbers: numbers.into_iter().collect(),
        })
    };
    classes.iter().filter_map(of_class).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use model::{GroupKind, InstitutionId};

    use super::*;
    use crate::{buildings::Building, item::BellRule};

    fn buildings(passage: u8) -> Buildings {
        let mut buildings = Buildings::none();
        for short in ["1", "2"] {
            let building = Building {
                short: short.to_owned(),
                name: short.to_owned(),
                address: String::new(),
            };
            buildings.put(None, building, &[]).expect("a building");
        }
        buildings.set_passage(passage).expect("minutes");
        buildings
    }

    /// A lesson of an hour's length less the break after it.
    fn slot(number: u8, group: u128, room: &str, pause: i8, cycle: WeekCycle) -> Slot {
        let hour = 7 + i8::try_from(number).expect("few");
        Slot {
            weekday: 1u8.try_into().expect("a weekday"),
            number,
            start: time(hour, 0, 0, 0),
            end: time(hour, 60 - pause, 0, 0),
            cycle,
            group: GroupId::from_bits(group),
            subject: format!("Предмет {group}"),
            title: "7А".to_owned(),
            teacher: Some(PersonId::from_bits(group)),
            teacher_name: "Иванова А. П.".to_owned(),
            room: room.to_owned(),
        }
    }

    fn week(class: u128, slots: Vec<Slot>) -> Timetable {
        Timetable::new(
            Owner::Class(GroupId::from_bits(class)),
            InstitutionId::from_bits(1),
            slots,
        )
    }

    const EVERY: WeekCycle = WeekCycle::Every;

    #[test]
    fn a_break_shorter_than_the_way_is_named_for_class_and_teacher() {
        let first = week(
            70,
            vec![slot(1, 1, "1 / 12", 10, EVERY), slot(2, 2, "2 / 5", 20, EVERY)],
        );
        let second = week(80, vec![slot(2, 1, "2 / 7", 20, EVERY)]);
        let weeks = [("7А", &first), ("8А", &second)];
        let found = short_ways(&buildings(15), &weeks);
        let names: Vec<_> = found
            .iter()
            .map(|way| (way.walker.name(), way.before.0, way.after.1.as_str(), way.pause))
            .collect();
        assert_eq!(names, [("7А", 1, "2 / 5", 10), ("Иванова А. П.", 1, "2 / 7", 10)]);
        assert_eq!(
            short_ways(&buildings(10), &weeks),
            [],
            "ten minutes are enough for ten"
        );
        assert_eq!(
            short_ways(&buildings(0), &weeks),
            [],
            "nobody has said how far it is"
        );
    }

    #[test]
    fn a_room_without_a_building_is_in_the_main_one_and_an_unknown_room_nowhere() {
        let near = week(
            70,
            vec![slot(1, 1, "12", 5, EVERY), slot(2, 2, "1 / 5", 5, EVERY)],
        );
        let unknown = week(71, vec![slot(1, 3, "12", 5, EVERY), slot(2, 4, "", 5, EVERY)]);
        assert_eq!(short_ways(&buildings(15), &[("7А", &near), ("7Б", &unknown)]), []);
        let far = week(70, vec![slot(1, 1, "12", 5, EVERY), slot(2, 2, "2/5", 5, EVERY)]);
        assert_eq!(short_ways(&buildings(15), &[("7А", &far)]).len(), 1);
    }

    #[test]
    fn lessons_of_different_weeks_and_different_subgroups_are_no_way() {
        let turns = week(
            70,
            vec![
                slot(1, 1, "12", 5, WeekCycle::A),
                slot(2, 2, "2 / 5", 5, WeekCycle::B),
            ],
        );
        assert_eq!(short_ways(&buildings(15), &[("7А", &turns)]), []);
        let of_subject = |slot: Slot| Slot {
            subject: "Английский язык".to_owned(),
            ..slot
        };
        // Each subgroup has one of the two lessons.
        let halves = week(
            71,
            vec![
                of_subject(slot(1, 3, "12", 5, EVERY)),
                of_subject(slot(2, 4, "2 / 5", 5, EVERY)),
            ],
        );
        assert_eq!(short_ways(&buildings(15), &[("7Б", &halves)]), []);
    }

    #[test]
    fn lessons_that_lost_their_bell_are_named_by_class() {
        let bell = |number, grades: &[u8]| BellRule {
            shift: 1,
            number,
            grades: grades.to_vec(),
            from: None,
            start: time(8, 0, 0, 0),
            end: time(8, 40, 0, 0),
        };
        let rules = InstitutionRules {
            bells: vec![bell(1, &[]), bell(2, &[]), bell(1, &[1])],
            ..InstitutionRules::none(InstitutionId::from_bits(1))
        };
        let class = |id: u128, grade| Group {
            group: GroupId::from_bits(id),
            institution: InstitutionId::from_bits(1),
            kind: GroupKind::Class,
            title: format!("{grade}А"),
            subject: None,
            grade: Some(grade),
            classes: vec![],
            periods: vec![],
            time_zone: String::new(),
        };
        let lessons = || vec![slot(1, 1, "12", 5, EVERY), slot(2, 2, "12", 5, EVERY)];
        let weeks = [week(10, lessons()), week(20, lessons())];
        let classes = [class(10, 1), class(20, 2)];
        let found = without_bells(&rules, &classes, &weeks);
        assert_eq!(
            found,
            [WithoutBell {
                class: GroupId::from_bits(10),
                title: "1А".to_owned(),
                numbers: vec![2]
            }]
        );
        let none = InstitutionRules::none(InstitutionId::from_bits(1));
        assert_eq!(without_bells(&none, &classes, &weeks), []);
    }
}
