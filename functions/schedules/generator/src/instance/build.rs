//! From a problem to its compiled form.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::compact_week;
use super::{
    ClassRule, Instance, Load, Part, RoomRule, Stream, Tally, TeacherRule, TravelRule, Unit, event, standing,
};
use crate::hour::Hour;
use crate::index::ActivityIndex;
use crate::problem::{Activity, Problem, RoomNeed, Travel};
use crate::solution::Placement;
use crate::spread::Spread;

/// A cohort's units and subjects with the weeks in which it takes part and the limit a day.
type Attendance = Vec<(usize, u32, u8, u8)>;
/// The units that teach a subject to a stream, with their weeks.
type Lessons = Vec<(usize, u8)>;

fn travel_rule(travel: &Travel) -> TravelRule {
    let bits = travel.long_breaks.iter().filter(|slot| (1..=16).contains(*slot));
    TravelRule {
        slots: usize::from(travel.slots),
        hard: travel.hard,
        long_breaks: bits.fold(0, |bits, slot| bits | 1 << (slot - 1)),
    }
}

impl Instance {
    /// Compiles a problem without faults. `previous` is the timetable a repair starts from.
    pub(crate) fn new(problem: &Problem, previous: &[Placement]) -> Self {
        let cycles = problem
            .activities
            .iter()
            .any(|activity| activity.cycle != Default::default());
        let days = |days: &[u8]| days.iter().fold(0, |bits, day| bits | 1 << day);
        let mut instance = Self {
            days: usize::from(problem.days),
            slots: usize::from(problem.slots),
            weeks: if cycles { 2 } else { 1 },
            events: Vec::new(),
            units: Vec::new(),
            seats: Vec::new(),
            streams: Vec::new(),
            classes: Vec::new(),
            teachers: Vec::new(),
            rooms: Vec::new(),
            tallies: Vec::new(),
            courses: 0,
            spread: Spread::new(usize::from(problem.days)),
            travel: problem.travel.as_ref().map(travel_rule),
            peak: days(&problem.curve.peak),
            light: days(&problem.curve.light),
            apart: problem
                .apart
                .iter()
                .map(|(first, second)| (first.0, second.0))
                .collect(),
            weights: problem.weights,
        };
        instance.add_resources(problem);
        let members = unit_members(problem);
        let streams = instance.add_streams(problem, &members);
        instance.add_units(problem, &members, &streams);
        instance.add_tallies(problem);
        event::add_events(&mut instance, problem, previous);
        instance.add_grids();
        let standings: Vec<_> = instance
            .events
            .iter()
            .map(|event| standing::of(&instance, event))
            .collect();
        for (event, standing) in instance.events.iter_mut().zip(standings) {
            event.standing = standing;
        }
        instance
    }

    pub(super) fn masks(&self, hours: &[Hour]) -> Vec<u16> {
        let mut masks = vec![0; self.days];
        for hour in hours {
            masks[usize::from(hour.day)] |= 1 << (hour.slot - 1);
        }
        masks
    }

    fn add_resources(&mut self, problem: &Problem) {
        for class in &problem.classes {
            let shift = ((1_u32 << class.last) - (1_u32 << (class.first - 1))) as u16;
            let closed = self.masks(&class.closed);
            let extra = class.longer_days.map_or(0, |longer| longer.extra);
            let longest = u32::from(class.max_per_day) + u32::from(extra);
            let usable = |closed: u16| {
                let open = shift & !closed;
                if class.windows_allowed {
                    open
                } else {
                    reachable(open, class.latest_start - 1, longest)
                }
            };
            self.classes.push(ClassRule {
                open: closed.into_iter().map(usable).collect(),
                latest: u32::from(class.latest_start - 1),
                windows_allowed: class.windows_allowed,
                max: u32::from(class.max_per_day),
                longer: class.longer_days.map(|longer| {
                    let with = longer.with.map(|subject| subject.0);
                    (u32::from(longer.days), u32::from(longer.extra), with)
                }),
                cohorts: 0,
                grid: Vec::new(),
            });
        }
        for cohort in &problem.cohorts {
            self.classes[cohort.class.at()].cohorts += 1;
        }
        for teacher in &problem.teachers {
            self.teachers.push(TeacherRule {
                unavailable: self.masks(&teacher.unavailable),
                undesired: self.masks(&teacher.undesired),
                max: teacher.max_per_day.map_or(u32::MAX, u32::from),
                free_days: i64::from(teacher.free_days),
                home: teacher.home.map(|room| room.0 as u16),
            });
        }
        for room in &problem.rooms {
            let closed = room.closed.iter();
            let slots = self.slots;
            self.rooms.push(RoomRule {
                places: room.places,
                closed: closed.fold(0, |bits, hour| {
                    bits | 1_u128 << (usize::from(hour.day) * slots + usize::from(hour.slot) - 1)
                }),
                building: room.building.map(|building| building.0),
            });
        }
    }

    /// Makes the streams; the answer is each cohort's.
    fn add_streams(&mut self, problem: &Problem, members: &[Vec<ActivityIndex>]) -> Vec<Option<u16>> {
        let mut attendance: Vec<Attendance> = vec![Vec::new(); problem.cohorts.len()];
        let weeks = (1 << self.weeks) - 1;
        for (unit, members) in members.iter().enumerate() {
            for activity in members.iter().map(|index| &problem.activities[index.at()]) {
                for cohort in problem.cohorts_of(activity) {
                    let held = activity.cycle.weeks() & weeks;
                    attendance[cohort.at()].push((unit, activity.subject.0, held, activity.max_per_day));
                }
            }
        }
        // The order of a block's members does not matter to its pupils.
        attendance.iter_mut().for_each(|units| units.sort_unstable());
        let mut known: BTreeMap<(u32, &Attendance), u16> = BTreeMap::new();
        let mut streams = Vec::new();
        for (cohort, attendance) in problem.cohorts.iter().zip(&attendance) {
            if attendance.is_empty() {
                streams.push(None);
                continue;
            }
            let next = self.streams.len() as u16;
            let stream = *known.entry((cohort.class.0, attendance)).or_insert(next);
            if stream == next {
                self.streams.push(Stream {
                    class: cohort.class.0 as u16,
                    cohorts: 0,
                    longer_tally: None,
                });
            }
            self.streams[usize::from(stream)].cohorts += 1;
            streams.push(Some(stream));
        }
        streams
    }

    fn add_units(&mut self, problem: &Problem, members: &[Vec<ActivityIndex>], streams: &[Option<u16>]) {
        let mut courses = BTreeMap::new();
        for members in members {
            let activities: Vec<&Activity> = members
                .iter()
                .map(|index| &problem.activities[index.at()])
                .collect();
            let parts: Vec<Part> = members
                .iter()
                .map(|index| self.part_of(problem, *index, streams))
                .collect();
            let next = courses.len();
            let key = (activities[0].subject, activities[0].groups.clone());
            let course = *courses.entry(key).or_insert(next);
            let loads = self.loads(problem, &activities);
            let hard = parts.iter().filter_map(|part| {
                let (first, last) = problem.best_slots(&problem.activities[part.activity])?;
                Some((first - 1, last.saturating_sub(1), part.weeks))
            });
            let hard = hard.collect();
            let subjects: BTreeSet<u32> = parts.iter().map(|part| part.subject).collect();
            let unit = Unit {
                streams: merged(
                    parts
                        .iter()
                        .flat_map(|part| part.streams.iter().map(|s| (*s, part.weeks))),
                ),
                teachers: merged(
                    parts
                        .iter()
                        .flat_map(|part| part.teachers.iter().map(|t| (*t, part.weeks))),
                ),
                tallies: Vec::new(),
                course,
                weeks: parts.iter().fold(0, |bits, part| bits | part.weeks),
                classes: loads
                    .iter()
                    .map(|load| load.class)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
                loads,
                hard,
                is_apart: self
                    .apart
                    .iter()
                    .any(|(first, second)| subjects.contains(first) || subjects.contains(second)),
                parts,
            };
            self.units.push(unit);
        }
        self.courses = courses.len();
    }

    fn part_of(&self, problem: &Problem, index: ActivityIndex, streams: &[Option<u16>]) -> Part {
        let activity = &problem.activities[index.at()];
        let cohorts = problem.cohorts_of(activity);
        let taught: BTreeSet<u16> = cohorts.iter().filter_map(|cohort| streams[cohort.at()]).collect();
        Part {
            activity: index.at(),
            weeks: activity.cycle.weeks() & ((1 << self.weeks) - 1),
            subject: activity.subject.0,
            streams: taught.into_iter().collect(),
            cohorts: cohorts.iter().map(|cohort| cohort.0).collect(),
            teachers: activity.teachers.iter().map(|teacher| teacher.0 as u16).collect(),
            rooms: (activity.rooms != RoomNeed::None).then(|| preferred_rooms(problem, activity)),
        }
    }

    fn loads(&self, problem: &Problem, activities: &[&Activity]) -> Vec<Load> {
        let weeks = (1 << self.weeks) - 1;
        let mut loads = Vec::new();
        for activity in activities {
            let mut classes: BTreeMap<u32, i32> = BTreeMap::new();
            for cohort in problem.cohorts_of(activity) {
                *classes.entry(problem.cohorts[cohort.at()].class.0).or_default() += 1;
            }
            loads.extend(classes.into_iter().map(|(class, cohorts)| Load {
                class: class as u16,
                weeks: activity.cycle.weeks() & weeks,
                points: cohorts * i32::from(activity.difficulty),
                cohorts,
            }));
        }
        loads
    }

    /// Streams of one class whose lessons of a subject are the same units share a tally.
    fn add_tallies(&mut self, problem: &Problem) {
        let mut attended: BTreeMap<(u16, u32), (Lessons, u8)> = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            for part in &unit.parts {
                let limit = problem.activities[part.activity].max_per_day;
                for stream in &part.streams {
                    let (units, most) = attended.entry((*stream, part.subject)).or_default();
                    *most = limit.max(*most);
                    match units.last_mut() {
                        Some((last, weeks)) if *last == at => *weeks |= part.weeks,
                        _ => units.push((at, part.weeks)),
                    }
                }
            }
        }
        let mut known = BTreeMap::new();
        for ((stream, subject), (units, limit)) in attended {
            let next = self.tallies.len() as u16;
            let tally = *known.entry((subject, limit, units.clone())).or_insert(next);
            if tally == next {
                self.tallies.push(Tally { limit, stream });
                for (unit, weeks) in units {
                    self.units[unit].tallies.push((tally, weeks));
                }
            }
            let data = &mut self.streams[usize::from(stream)];
            let longer = self.classes[usize::from(data.class)].longer;
            if longer.is_some_and(|(_, _, with)| with == Some(subject)) {
                data.longer_tally = Some(tally);
            }
        }
    }

    fn add_grids(&mut self) {
        let mut hours = vec![[0_u32; 2]; self.streams.len()];
        for event in &self.events {
            for (stream, weeks) in &self.units[event.unit].streams {
                for week in super::weeks_of(*weeks) {
                    hours[usize::from(*stream)][week] += event.length as u32;
                }
            }
        }
        for (at, class) in self.classes.iter_mut().enumerate() {
            let of_class = self.streams.iter().zip(&hours);
            let most = of_class
                .filter(|(stream, _)| usize::from(stream.class) == at)
                .flat_map(|(_, hours)| *hours)
                .max();
            class.grid = compact_week(class, most.unwrap_or(0), self.peak, self.light);
        }
    }
}

/// The open slots at which pupils without windows can have lessons: from the latest start on as many as their longest
/// day has.
fn reachable(open: u16, latest: u8, longest: u32) -> u16 {
    let early = open & ((1_u32 << latest) - 1) as u16;
    early | super::grid::lowest(open & !early, longest)
}

/// The activities of each unit: blocks first, then the activities outside blocks.
fn unit_members(problem: &Problem) -> Vec<Vec<ActivityIndex>> {
    let blocked: BTreeSet<ActivityIndex> = problem.blocks.iter().flatten().copied().collect();
    let singles = (0..problem.activities.len()).map(ActivityIndex::from);
    let singles = singles
        .filter(|index| !blocked.contains(index))
        .map(|index| vec![index]);
    problem.blocks.iter().cloned().chain(singles).collect()
}

fn merged(uses: impl Iterator<Item = (u16, u8)>) -> Vec<(u16, u8)> {
    let mut weeks: BTreeMap<u16, u8> = BTreeMap::new();
    for (resource, bits) in uses {
        *weeks.entry(resource).or_default() |= bits;
    }
    weeks.into_iter().collect()
}

/// Suitable rooms: the teachers' own first, then those that nobody calls their own and that have fewest features.
fn preferred_rooms(problem: &Problem, activity: &Activity) -> Vec<u16> {
    let own = |room: usize| {
        let mut teachers = activity.teachers.iter();
        teachers.any(|teacher| {
            problem.teachers[teacher.at()]
                .home
                .is_some_and(|home| home.at() == room)
        })
    };
    let homes: BTreeSet<usize> = problem
        .teachers
        .iter()
        .filter_map(|teacher| Some(teacher.home?.at()))
        .collect();
    let mut rooms: Vec<usize> = (0..problem.rooms.len())
        .filter(|room| problem.is_suitable(activity, (*room).into()))
        .collect();
    rooms.sort_by_key(|room| {
        let data = &problem.rooms[*room];
        (
            !own(*room),
            homes.contains(room),
            data.features.len(),
            data.capacity,
            *room,
        )
    });
    rooms.into_iter().map(|room| room as u16).collect()
}
