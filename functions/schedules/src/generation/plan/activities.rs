//! The activities: rooms, pins, places of before, how often a day, what is held at the same hours.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};
use timetable_generator::{
    Activity, ActivityIndex, CohortIndex, Cycle, Group, GroupIndex, Hour, Pin, Placement, Problem, RoomIndex,
    RoomNeed, SubjectIndex, TeacherIndex,
};
use timetables::WeekCycle;

use super::{Mode, maker::Maker};
use crate::{
    drafts::{Audience, Course, DraftLesson},
    generation::tasks::Task,
};

impl Maker<'_> {
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

    pub(super) fn activity(
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
    pub(super) fn previous(&self, task: &Task, activity: ActivityIndex, data: &Activity) -> Vec<Placement> {
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
    pub(super) fn limit_subjects(&self, problem: &mut Problem, previous: &[Placement]) {
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
    pub(super) fn blocks(&self, problem: &Problem) -> Vec<Vec<ActivityIndex>> {
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
