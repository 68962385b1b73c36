//! Who works where: heads, teachers with their loads, class teachers; and the teaching groups that follow from it.

use std::collections::BTreeMap;

use model::Sex;

use crate::{
    curriculum::{self, Area, Subject},
    names::FamilyName,
    people::PersonIndex,
    random::Chance,
    world::{Org, TeachingGroup, World},
};

/// The lessons a week that teachers are hired for. Groups of the college and of the art school learn at the same few hours
/// of the day, so one teacher cannot serve many of them.
const fn usual_lessons(org: Org) -> usize {
    match org {
        Org::School | Org::Kindergarten => 22,
        Org::College => 10,
        Org::ArtSchool => 9,
    }
}

/// Classes from this size are halved in some subjects.
const HALVED_FROM: usize = 25;

/// Hires everybody and makes the teaching groups of an institution.
pub(crate) fn employ(world: &mut World, chance: &mut Chance, org: Org) {
    let head = hire(world, chance, org, Area::History, 48);
    world.give(head, "principal", org);
    let administrator = hire(world, chance, org, Area::Informatics, 36);
    world.give(administrator, "siteAdministrator", org);
    let deputy = hire(world, chance, org, Area::History, 44);
    world.give(deputy, "ext:deputyHead", org);
    if org == Org::School {
        world.notable.head = head;
        world.notable.deputy = deputy;
        world.notable.administrator = administrator;
    }
    if org == Org::Kindergarten {
        return employ_educators(world, chance);
    }
    let mut staff = Staff {
        org,
        deputy,
        rooms: Rooms::default(),
        areas: BTreeMap::new(),
    };
    staff.gather(world);
    staff.appoint(world, chance);
    appoint_class_teachers(world, org);
}

/// Two educators for each group of the kindergarten.
fn employ_educators(world: &mut World, chance: &mut Chance) {
    let groups: Vec<usize> = world
        .homerooms_of(Org::Kindergarten)
        .map(|(place, _)| place)
        .collect();
    for group in groups {
        for _ in 0..2 {
            let age = chance.between(24, 58);
            let educator = hire(world, chance, Org::Kindergarten, Area::Primary, age);
            world.give(educator, "teacher", Org::Kindergarten);
            world.homerooms[group].leaders.push(educator);
        }
    }
}

/// What one teacher takes as a whole: the mathematics of a class, half of its English.
#[derive(Debug, Clone)]
struct Unit {
    homeroom: usize,
    subjects: Vec<Subject>,
    /// Which half of the class, if it is halved.
    half: Option<usize>,
}

impl Unit {
    fn hours(&self) -> usize {
        self.subjects.iter().map(|subject| subject.hours).sum()
    }
}

struct Staff {
    org: Org,
    deputy: PersonIndex,
    rooms: Rooms,
    areas: BTreeMap<Area, Vec<Unit>>,
}

impl Staff {
    /// Sorts what has to be taught by who can teach it.
    fn gather(&mut self, world: &World) {
        for (homeroom, class) in world.homerooms_of(self.org) {
            let plan = plan_of(self.org, class.grade.unwrap_or(1));
            let mut bundles: BTreeMap<Area, Vec<Subject>> = BTreeMap::new();
            for subject in plan {
                if subject.halved && class.pupils.len() >= HALVED_FROM {
                    let halves = (0..2).map(|half| Unit {
                        homeroom,
                        subjects: vec![subject],
                        half: Some(half),
                    });
                    self.areas.entry(subject.area).or_default().extend(halves);
                } else {
                    bundles.entry(subject.area).or_default().push(subject);
                }
            }
            for (area, subjects) in bundles {
                self.areas.entry(area).or_default().push(Unit {
                    homeroom,
                    subjects,
                    half: None,
                });
            }
        }
    }

    /// Hires teachers for each area and shares the units out, the largest first, each to who has least.
    fn appoint(&mut self, world: &mut World, chance: &mut Chance) {
        for (area, mut units) in std::mem::take(&mut self.areas) {
            let seventh = (self.org == Org::School).then(|| world.homeroom(self.org, "7А"));
            let hours: usize = units.iter().map(Unit::hours).sum();
            let count = match area {
                Area::Primary => units.len(),
                Area::Project => 1,
                _ => {
                    let halved = units.iter().any(|unit| unit.half.is_some());
                    hours
                        .div_ceil(usual_lessons(self.org))
                        .max(if halved { 2 } else { 1 })
                }
            };
            let mut teachers: Vec<Teacher> = (0..count)
                .map(|number| {
                    let person = self.person_for(world, chance, area, number);
                    world.give(person, "teacher", self.org);
                    Teacher {
                        person,
                        hours: 0,
                        room: self.rooms.of(area, number),
                        halves: Vec::new(),
                    }
                })
                .collect();
            // Ирина Сергеевна is the first of the mathematicians and begins with 7А.
            units.sort_by_key(|unit| (Some(unit.homeroom) != seventh, std::cmp::Reverse(unit.hours())));
            for unit in units {
                let free = |teacher: &&mut Teacher| {
                    !teacher.halves.contains(&(unit.homeroom, unit.subjects[0].code))
                };
                let least = teachers
                    .iter_mut()
                    .filter(free)
                    .min_by_key(|teacher| teacher.hours);
                let teacher = least.unwrap_or_else(|| unreachable!("halves have two teachers"));
                teacher.hours += unit.hours();
                teacher.halves.push((unit.homeroom, unit.subjects[0].code));
                for subject in &unit.subjects {
                    add_group(world, self.org, &unit, subject, teacher);
                }
            }
        }
    }

    fn person_for(&self, world: &mut World, chance: &mut Chance, area: Area, number: usize) -> PersonIndex {
        match (self.org, area, number) {
            (Org::School, Area::Mathematics, 0) => world.notable.teacher,
            (Org::School, Area::Project, _) => self.deputy,
            _ => {
                let age = chance.between(24, 62);
                hire(world, chance, self.org, area, age)
            }
        }
    }
}

#[derive(Debug)]
struct Teacher {
    person: PersonIndex,
    hours: usize,
    room: String,
    halves: Vec<(usize, &'static str)>,
}

fn plan_of(org: Org, grade: u8) -> Vec<Subject> {
    match org {
        Org::School => curriculum::of_grade(grade),
        Org::College => curriculum::of_college(grade),
        Org::ArtSchool => curriculum::of_art_school(),
        Org::Kindergarten => Vec::new(),
    }
}

fn add_group(world: &mut World, org: Org, unit: &Unit, subject: &Subject, teacher: &Teacher) {
    let class = &world.homerooms[unit.homeroom];
    let middle = class.pupils.len().div_ceil(2);
    let (pupils, title, suffix) = match unit.half {
        None => (class.pupils.clone(), class.title.clone(), String::new()),
        Some(0) => (
            class.pupils[..middle].to_vec(),
            format!("{}, 1-я подгруппа", class.title),
            "-1".to_owned(),
        ),
        Some(_) => (
            class.pupils[middle..].to_vec(),
            format!("{}, 2-я подгруппа", class.title),
            "-2".to_owned(),
        ),
    };
    let group = TeachingGroup {
        homeroom: unit.homeroom,
        id: format!("{}-{}{suffix}", class.id, subject.code),
        course: format!("{}-{}-{}", org.id(), subject.code, class.grade.unwrap_or(0)),
        title,
        subject: subject.title,
        hours: subject.hours,
        pupils,
        teacher: teacher.person,
        room: teacher.room.clone(),
    };
    world.groups.push(group);
}

/// Every class gets one of its teachers, nobody two classes while there is a choice.
fn appoint_class_teachers(world: &mut World, org: Org) {
    let homerooms: Vec<usize> = world.homerooms_of(org).map(|(place, _)| place).collect();
    let mut taken: Vec<PersonIndex> = vec![world.notable.deputy];
    // Ирина Сергеевна teaches 7А; its class teacher is somebody else, so that both can be met.
    if org == Org::School {
        taken.push(world.notable.teacher);
    }
    for homeroom in homerooms {
        let mut known: BTreeMap<PersonIndex, usize> = BTreeMap::new();
        for group in world.groups.iter().filter(|group| group.homeroom == homeroom) {
            *known.entry(group.teacher).or_default() += group.pupils.len();
        }
        let free = known.iter().filter(|(teacher, _)| !taken.contains(teacher));
        let chosen = free
            .max_by_key(|(_, weight)| **weight)
            .or_else(|| known.iter().max_by_key(|(_, weight)| **weight));
        if let Some((teacher, _)) = chosen {
            taken.push(*teacher);
            let teacher = *teacher;
            world.homerooms[homeroom].leaders.push(teacher);
        }
    }
}

/// Somebody for a post: now and then a parent from the town, else somebody without children in these institutions.
fn hire(world: &mut World, chance: &mut Chance, org: Org, area: Area, age: usize) -> PersonIndex {
    let man = match area {
        Area::Sport | Area::Safety | Area::Labour => 65,
        Area::Informatics | Area::Physics | Area::Profession => 45,
        Area::Primary => 0,
        _ => 12,
    };
    let sex = if chance.percent(man) {
        Sex::Male
    } else {
        Sex::Female
    };
    if chance.percent(25) && !world.guardianships.is_empty() {
        for _ in 0..20 {
            let adult = chance.pick(&world.guardianships).adult;
            let person = world.people.get(adult);
            let busy = world
                .roles
                .iter()
                .any(|role| role.person == adult && !matches!(role.word, "parent" | "guardian"));
            let notable = [
                world.notable.parent,
                world.notable.second_parent,
                world.notable.teacher,
                world.notable.guardian,
            ];
            let old = person.birth_date.year() < 1970;
            if person.sex == sex && !busy && !old && !notable.contains(&adult) {
                return adult;
            }
        }
    }
    let family = FamilyName::any(chance);
    let extra = if org == Org::College { 4 } else { 0 };
    world.people.add_adult(chance, &family, sex, age + extra)
}

/// Rooms: every teacher has their own, so no two lessons ever want one room.
#[derive(Debug, Default)]
struct Rooms {
    numbered: usize,
}

impl Rooms {
    fn of(&mut self, area: Area, number: usize) -> String {
        const HALLS: [&str; 5] = [
            "Спортзал",
            "Малый спортзал",
            "Стадион",
            "Зал хореографии",
            "Бассейн",
        ];
        match area {
            Area::Sport if number < HALLS.len() => HALLS[number].to_owned(),
            Area::Labour => format!("Мастерская {}", number + 1),
            Area::Painting => format!("Класс живописи {}", number + 1),
            _ => {
                self.numbered += 1;
                // Sixteen rooms on each of the floors.
                format!(
                    "{}{:02}",
                    1 + (self.numbered - 1) / 16,
                    1 + (self.numbered - 1) % 16
                )
            }
        }
    }
}
