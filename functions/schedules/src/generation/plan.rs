//! From a draft to the generator's problem.
//!
//! Positions stand for ids: the plan keeps what they mean. Which lessons may move is the wish's: pinned ones never, those that
//! stand without a conflict not either if only the missing ones are wanted, and in a repair each moved lesson costs.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};
use serde::{Deserialize, Serialize};
use timetable_generator::{
    Activity, ActivityIndex, Class, CohortIndex, Curve, Cycle, Group, GroupIndex, Hour, LongerDays, Pin,
    Placement, Problem, Room, RoomIndex, RoomNeed, SubjectIndex, Teacher, TeacherIndex,
};
use timetables::WeekCycle;
use utoipa::ToSchema;

use super::{
    limits::Limits,
    pupils::Pupils,
    slots::Slots,
    tasks::{Task, courses, tasks},
};
use crate::{
    checks::week::is_extracurricular,
    drafts::{Audience, Bells, Board, Course, Draft, DraftClass, DraftLesson},
};

/// Which lessons may move. Pinned ones never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// Only those that have no place yet, and those in conflict.
    Complete,
    /// All, but as few as possible.
    Repair,
    /// All.
    Anew,
}

impl Mode {
    /// Every mode, the gentlest first.
    pub(crate) const ALL: [Self; 3] = [Self::Complete, Self::Repair, Self::Anew];

    /// Its name in the API and in the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Repair => "repair",
            Self::Anew => "anew",
        }
    }
}

/// What is wanted of a timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) mode: Mode,
    /// Days of the school's week.
    pub(crate) days: u8,
}

/// The problem of a draft, with what its positions stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) problem: Problem,
    /// Where lessons stand that may move.
    pub(crate) previous: Vec<Placement>,
    /// What each activity is.
    pub(crate) tasks: Vec<Task>,
    pub(crate) classes: Vec<GroupId>,
    pub(crate) teachers: Vec<PersonId>,
    pub(crate) rooms: Vec<String>,
    pub(crate) slots: Slots,
    /// The lessons that must stay where they stand.
    pub(crate) fixed: BTreeSet<DraftLesson>,
}

impl Plan {
    /// The problem of a draft whose lessons are held by these bells.
    pub(crate) fn of(draft: &Draft, bells: &Bells, limits: &Limits<'_>, wish: Wish) -> Self {
        let grades: BTreeSet<Option<u8>> = courses(draft).map(|(_, course)| course.grade).collect();
        let tasks = tasks(draft);
        let teachers: BTreeSet<PersonId> = tasks.iter().flat_map(|task| task.teachers.clone()).collect();
        let subjects: BTreeSet<&str> = courses(draft)
            .map(|(_, course)| course.subject.as_str())
            .collect();
        let maker = Maker {
            draft,
            limits,
            wish,
            slots: Slots::of(bells, &grades),
            pupils: Pupils::of(draft.classes.values()),
            teachers: teachers.into_iter().collect(),
            subjects: subjects.into_iter().collect(),
            rooms: draft.rooms().into_iter().map(str::to_owned).collect(),
            fixed: fixed(draft, bells, wish.mode),
            tasks,
        };
        maker.plan()
    }

    /// The lessons of the week that are to be arranged.
    pub(crate) fn lessons(&self) -> usize {
        self.tasks.iter().map(|task| usize::from(task.lessons)).sum()
    }

    /// The lesson of a placement; none if no bell rings for it in its year of study.
    pub(crate) fn lesson(&self, placement: &Placement) -> Option<DraftLesson> {
        let task = self.tasks.get(placement.activity.at())?;
        let day = (placement.hour.day + 1).try_into().ok()?;
        let number = self.slots.number(task.grade, placement.hour.slot)?;
        let stood = task
            .standing
            .iter()
            .find(|lesson| (lesson.day, lesson.number) == (day, number));
        if let Some(stood) = stood.filter(|lesson| self.fixed.contains(*lesson)) {
            return Some(stood.clone());
        }
        let room = placement.room.and_then(|room| self.rooms.get(room.at()));
        Some(DraftLesson {
            group: task.group,
            day,
            number,
            cycle: task.cycle,
            room: room.cloned().unwrap_or_default(),
            teachers: task.teachers.clone(),
            pinned: false,
        })
    }
}

/// The lessons that must stay where they are: the pinned ones, and if only the missing ones are wanted all that stand
/// without a conflict.
fn fixed(draft: &Draft, bells: &Bells, mode: Mode) -> BTreeSet<DraftLesson> {
    let all = || draft.lessons().map(|(_, lesson)| lesson);
    if mode != Mode::Complete {
        return all().filter(|lesson| lesson.pinned).cloned().collect();
    }
    let found = Board { draft, bells }.all_conflicts();
    let wrong: BTreeSet<DraftLesson> = found.into_iter().map(|(lesson, _)| lesson).collect();
    let stays = |lesson: &&DraftLesson| lesson.pinned || !wrong.contains(*lesson);
    all().filter(stays).cloned().collect()
}

/// What a plan is made from.
struct Maker<'a> {
    draft: &'a Draft,
    limits: &'a Limits<'a>,
    wish: Wish,
    slots: Slots,
    pupils: Pupils,
    tasks: Vec<Task>,
    teachers: Vec<PersonId>,
    subjects: Vec<&'a str>,
    rooms: Vec<String>,
    fixed: BTreeSet<DraftLesson>,
}

impl Maker<'_> {
    fn plan(self) -> Plan {
        let days = self.days(self.tasks.iter());
        let homes = self.homes();
        let mut problem = Problem {
            days,
            slots: self.slots.count().max(1),
            cohorts: self.pupils.cohorts.clone(),
            ..Problem::default()
        };
        problem.classes = self
            .draft
            .classes
            .values()
            .map(|class| self.class(class, days))
            .collect();
        problem.teachers = self
            .teachers
            .iter()
            .map(|teacher| self.teacher(*teacher, &homes, days))
            .collect();
        problem.rooms = self.rooms.iter().map(|room| self.room(room)).collect();
        let peak: Vec<u8> = self.limits.hardest_days();
        let within = |all: Vec<u8>| all.into_iter().filter(|day| *day < days).collect();
        problem.curve = Curve {
            light: if peak.is_empty() {
                Vec::new()
            } else {
                within(vec![3, 4])
            },
            peak: within(peak),
        };
        let mut previous = Vec::new();
        for (at, task) in self.tasks.iter().enumerate() {
            let index = ActivityIndex::from(at);
            let activity = self.activity(task, &homes, &mut problem.groups);
            previous.extend(self.previous(task, index, &activity));
            problem.activities.push(activity);
        }
        self.limit_subjects(&mut problem, &previous);
        problem.blocks = self.blocks(&problem);
        Plan {
            problem,
            previous,
            classes: self.draft.classes.keys().copied().collect(),
            tasks: self.tasks,
            teachers: self.teachers,
            rooms: self.rooms,
            slots: self.slots,
            fixed: self.fixed,
        }
    }

    /// Whether a lesson that stands counts for where it stands.
    fn counts(&self, lesson: &DraftLesson) -> bool {
        self.wish.mode != Mode::Anew || self.fixed.contains(lesson)
    }

    /// The days of the week: those that are wanted, and more if lessons stand there that count.
    fn days<'t>(&self, tasks: impl Iterator<Item = &'t Task>) -> u8 {
        let standing = tasks.flat_map(|task| &task.standing);
        let last = standing
            .filter(|lesson| self.counts(lesson))
            .map(|lesson| lesson.day.number());
        last.max().unwrap_or(1).max(self.wish.days)
    }

    fn subject(&self, name: &str) -> SubjectIndex {
        SubjectIndex::from(self.subjects.iter().position(|known| *known == name).unwrap_or(0))
    }

    fn class(&self, class: &DraftClass, week: u8) -> Class {
        let grade = class.courses.iter().find_map(|course| course.grade);
        let open: BTreeSet<u8> = class
            .courses
            .iter()
            .flat_map(|course| self.slots.of_grade(course.grade))
            .collect();
        let first = open.first().copied().unwrap_or(1);
        let last = open.last().copied().unwrap_or_else(|| self.slots.count().max(1));
        let groups: BTreeSet<GroupId> = class.courses.iter().map(|course| course.group).collect();
        let own = self.tasks.iter().filter(|task| groups.contains(&task.group));
        let wanted = self.wish.days.min(self.limits.days(grade).unwrap_or(week));
        let stands = own
            .flat_map(|task| &task.standing)
            .filter(|lesson| self.counts(lesson));
        let days = stands.map(|lesson| lesson.day.number()).fold(wanted, u8::max);
        let hours = (0..week).flat_map(|day| (first..=last).map(move |slot| Hour::new(day, slot)));
        let limit = self.limits.day(grade);
        let best = if grade.is_some_and(|grade| grade <= 4) {
            2
        } else {
            3
        };
        let compact = self.limits.is_compact();
        Class {
            first,
            last,
            latest_start: if compact { first } else { last },
            closed: hours
                .filter(|hour| hour.day >= days || !open.contains(&hour.slot))
                .collect(),
            windows_allowed: !compact,
            max_per_day: limit.map_or(last - first + 1, |(lessons, _)| lessons.max(1)),
            longer_days: self.longer_days(class, grade, days),
            hard_from: self.limits.hard_from(grade).filter(|_| last > first),
            best_slots: (last > first).then(|| (first + 1, (first + best).min(last))),
        }
    }

    /// The longer day that the norm allows once a week; where it knows none, days with a lesson outside the curriculum, which
    /// is no load, may be longer by it.
    fn longer_days(&self, class: &DraftClass, grade: Option<u8>, days: u8) -> Option<LongerDays> {
        let (lessons, once) = self.limits.day(grade)?;
        let names = || class.courses.iter().map(|course| course.subject.as_str());
        if let Some(once) = once {
            let with = match &once.subject {
                Some(id) => Some(self.subject(names().find(|name| self.limits.is_subject(name, id))?)),
                None => None,
            };
            let extra = u8::try_from(once.lessons).ok()?.checked_sub(lessons)?;
            return Some(LongerDays { days: 1, extra, with });
        }
        let beyond =
            |course: &&Course| is_extracurricular(&course.subject) && course.audience == Audience::Whole;
        let beyond: Vec<&Course> = class.courses.iter().filter(beyond).collect();
        let hours: u8 = beyond
            .iter()
            .filter_map(|course| course.hours)
            .map(|halves| halves.div_ceil(2))
            .sum();
        (hours > 0).then(|| LongerDays {
            days: hours.min(days),
            extra: 1,
            with: if let [only] = beyond[..] {
                Some(self.subject(&only.subject))
            } else {
                None
            },
        })
    }

    fn teacher(&self, teacher: PersonId, homes: &BTreeMap<PersonId, RoomIndex>, days: u8) -> Teacher {
        let hours = self.draft.terms.unavailable.get(&teacher).into_iter().flatten();
        let closed = hours.flat_map(|hour| {
            let slots = self.slots.of_number(hour.1).into_iter();
            slots.map(|slot| Hour::new(hour.0.number() - 1, slot))
        });
        Teacher {
            unavailable: closed.filter(|hour| hour.day < days).collect(),
            home: homes.get(&teacher).copied(),
            ..Teacher::default()
        }
    }

    fn room(&self, room: &str) -> Room {
        Room {
            capacity: None,
            features: Vec::new(),
            building: None,
            places: self.draft.terms.places_of(room).max(1),
            closed: Vec::new(),
        }
    }

    /// The room that most of a teacher's lessons and courses have.
    fn homes(&self) -> BTreeMap<PersonId, RoomIndex> {
        let mut uses: BTreeMap<PersonId, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut count = |teachers: &[PersonId], room: &str| {
            let Some(known) = self.rooms.iter().find(|known| *known == room) else {
                return;
            };
            for teacher in teachers {
                *uses
                    .entry(*teacher)
                    .or_default()
                    .entry(known.as_str())
                    .or_default() += 1;
            }
        };
        for (_, lesson) in self.draft.lessons() {
            count(&lesson.teachers, &lesson.room);
        }
        for (_, course) in courses(self.draft) {
            if let [only] = course.rooms.as_slice() {
                count(&course.teachers, only);
            }
        }
        let most = |rooms: BTreeMap<&str, usize>| {
            let room = rooms.into_iter().rev().max_by_key(|(_, uses)| *uses)?.0;
            self.room_index(room)
        };
        uses.into_iter()
            .filter_map(|(teacher, rooms)| Some((teacher, most(rooms)?)))
            .collect()
    }

    fn room_index(&self, room: &str) -> Option<RoomIndex> {
        self.rooms
            .iter()
            .position(|known| known == room)
            .map(RoomIndex::from)
    }

    /// The rooms of a course: those that are chosen and those in which its lessons stand; if there are none its teacher's own.
    fn need(&self, task: &Task, course: &Course, homes: &BTreeMap<PersonId, RoomIndex>) -> RoomNeed {
        let stands = |lesson: &&DraftLesson| course.rooms.is_empty() || self.counts(lesson);
        let standing = task.standing.iter().filter(stands).map(|lesson| &lesson.room);
        let usual = self
            .draft
            .first_class(course)
            .and_then(|class| self.draft.classes.get(&class))
            .into_iter()
            .flat_map(|class| class.lessons_of(course.group))
            .filter(|_| course.rooms.is_empty())
            .map(|lesson| &lesson.room);
        let named = course.rooms.iter().chain(standing).chain(usual);
        let mut rooms: BTreeSet<RoomIndex> = named.filter_map(|room| self.room_index(room)).collect();
        if rooms.is_empty() {
            let teachers = task.teachers.iter();
            rooms.extend(teachers.filter_map(|teacher| homes.get(teacher)).take(1).copied());
        }
        if rooms.is_empty() {
            RoomNeed::None
        } else {
            RoomNeed::OneOf(rooms.into_iter().collect())
        }
    }

    fn hour(&self, task: &Task, lesson: &DraftLesson) -> Option<Hour> {
        let slot = self.slots.slot(task.grade, lesson.number)?;
        Some(Hour::new(lesson.day.number() - 1, slot))
    }

    fn activity(
        &self,
        task: &Task,
        homes: &BTreeMap<PersonId, RoomIndex>,
        groups: &mut Vec<Group>,
    ) -> Activity {
        let cohorts = self.pupils.of_group.get(&task.group).cloned().unwrap_or_default();
        groups.push(Group { cohorts, size: 0 });
        let course = self.draft.course(task.group);
        let rooms = course.map_or(RoomNeed::None, |course| self.need(task, course, homes));
        let subject = course.map(|course| course.subject.as_str()).unwrap_or_default();
        let position = |teacher: &PersonId| self.teachers.binary_search(teacher).ok().map(TeacherIndex::from);
        let mut pins: BTreeMap<Hour, Pin> = BTreeMap::new();
        for lesson in task.standing.iter().filter(|lesson| self.fixed.contains(lesson)) {
            if let Some(hour) = self.hour(task, lesson) {
                let room = self.room_index(&lesson.room).filter(|_| rooms != RoomNeed::None);
                pins.entry(hour).or_insert(Pin {
                    hour,
                    double: false,
                    room,
                });
            }
        }
        Activity {
            groups: vec![GroupIndex::from(groups.len() - 1)],
            teachers: task.teachers.iter().filter_map(position).collect(),
            subject: self.subject(subject),
            lessons: task.lessons,
            doubles: 0,
            cycle: match task.cycle {
                WeekCycle::Every => Cycle::Every,
                WeekCycle::A => Cycle::A,
                WeekCycle::B => Cycle::B,
            },
            rooms,
            max_per_day: 1,
            difficulty: self.limits.difficulty(subject, task.grade),
            pins: pins.into_values().collect(),
        }
    }

    /// Where the lessons of a task stand that may move.
    fn previous(&self, task: &Task, activity: ActivityIndex, data: &Activity) -> Vec<Placement> {
        if self.wish.mode == Mode::Anew {
            return Vec::new();
        }
        let free = task.standing.iter().filter(|lesson| !self.fixed.contains(lesson));
        let placement = |lesson: &DraftLesson| {
            Some(Placement {
                activity,
                hour: self.hour(task, lesson)?,
                length: 1,
                room: self
                    .room_index(&lesson.room)
                    .filter(|_| data.rooms != RoomNeed::None),
            })
        };
        free.filter_map(placement).collect()
    }

    /// How often a day pupils have a subject at most: once, unless their week has more lessons of it than days, or more stand
    /// on a day already.
    fn limit_subjects(&self, problem: &mut Problem, previous: &[Placement]) {
        let mut loads: BTreeMap<(CohortIndex, SubjectIndex), [u16; 2]> = BTreeMap::new();
        let mut days: BTreeMap<(GroupId, u8), BTreeSet<Hour>> = BTreeMap::new();
        for (at, activity) in problem.activities.iter().enumerate() {
            for cohort in &problem.groups[at].cohorts {
                let load = loads.entry((*cohort, activity.subject)).or_default();
                let weeks = [activity.cycle != Cycle::B, activity.cycle != Cycle::A];
                for (week, _) in weeks.into_iter().enumerate().filter(|(_, held)| *held) {
                    load[week] += u16::from(activity.lessons);
                }
            }
            let of = |hour: &Hour| (self.tasks[at].group, hour.day);
            let moved = previous.iter().filter(|placement| placement.activity.at() == at);
            for hour in activity
                .pins
                .iter()
                .map(|pin| pin.hour)
                .chain(moved.map(|placement| placement.hour))
            {
                days.entry(of(&hour)).or_default().insert(hour);
            }
        }
        let limits: Vec<u8> = problem
            .activities
            .iter()
            .enumerate()
            .map(|(at, activity)| {
                let spread = problem.groups[at].cohorts.iter().map(|cohort| {
                    let class = &problem.classes[problem.cohorts[cohort.at()].class.at()];
                    let open = (0..problem.days).filter(|day| {
                        let closed = class.closed.iter().filter(|hour| hour.day == *day).count();
                        closed <= usize::from(class.last - class.first)
                    });
                    let load = loads
                        .get(&(*cohort, activity.subject))
                        .copied()
                        .unwrap_or_default();
                    let days = u16::try_from(open.count()).unwrap_or(1).max(1);
                    u8::try_from(load[0].max(load[1]).div_ceil(days)).unwrap_or(u8::MAX)
                });
                let own = days.range((self.tasks[at].group, 0)..=(self.tasks[at].group, u8::MAX));
                let stands = own.map(|(_, hours)| u8::try_from(hours.len()).unwrap_or(u8::MAX));
                spread.chain(stands).max().unwrap_or(1).max(1)
            })
            .collect();
        for (activity, limit) in problem.activities.iter_mut().zip(limits) {
            activity.max_per_day = limit;
        }
    }

    /// The subgroups of a class in one subject, which a timetable made anew holds at the same hours: so nobody waits for
    /// the others.
    fn blocks(&self, problem: &Problem) -> Vec<Vec<ActivityIndex>> {
        if self.wish.mode != Mode::Anew || !self.limits.is_compact() {
            return Vec::new();
        }
        let mut sides: BTreeMap<(&[GroupId], &str, WeekCycle), Vec<usize>> = BTreeMap::new();
        for (at, task) in self.tasks.iter().enumerate() {
            let course = self.draft.course(task.group);
            if let Some(course) = course.filter(|course| course.audience != Audience::Whole) {
                let key = (course.classes.as_slice(), course.subject.as_str(), task.cycle);
                sides.entry(key).or_default().push(at);
            }
        }
        let blocks = sides
            .into_values()
            .filter(|side| side.len() > 1 && is_block(problem, side));
        blocks
            .map(|side| side.into_iter().map(ActivityIndex::from).collect())
            .collect()
    }
}

/// Whether activities can be held at the same hours: as many lessons, nobody in two of them, nothing pinned.
fn is_block(problem: &Problem, side: &[usize]) -> bool {
    let mut cohorts = BTreeSet::new();
    let mut teachers = BTreeSet::new();
    let lessons = problem.activities[side[0]].lessons;
    side.iter().all(|at| {
        let activity = &problem.activities[*at];
        activity.lessons == lessons
            && activity.pins.is_empty()
            && problem.groups[*at]
                .cohorts
                .iter()
                .all(|cohort| cohorts.insert(*cohort))
            && activity.teachers.iter().all(|teacher| teachers.insert(*teacher))
    })
}
