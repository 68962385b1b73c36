//! What has to be arranged: the hours of the curriculum as lessons, with those that stand already.

use std::collections::BTreeMap;

use model::{GroupId, PersonId};
use timetables::WeekCycle;

use crate::drafts::{Course, Draft, DraftClass, DraftLesson};

/// Lessons of one group, of the same weeks and by the same teachers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) group: GroupId,
    /// The year of study by whose bells it is taught.
    pub(crate) grade: Option<u8>,
    pub(crate) cycle: WeekCycle,
    pub(crate) teachers: Vec<PersonId>,
    /// Lessons a week in which it is held.
    pub(crate) lessons: u8,
    /// Those that stand in the draft, in order; never more than `lessons`.
    pub(crate) standing: Vec<DraftLesson>,
}

/// Every course once, with the class that has it first.
pub(crate) fn courses(draft: &Draft) -> impl Iterator<Item = (&DraftClass, &Course)> {
    draft.classes.values().flat_map(move |class| {
        let first = move |course: &&Course| draft.first_class(course) == Some(class.class);
        class
            .courses
            .iter()
            .filter(first)
            .map(move |course| (class, course))
    })
}

/// All tasks of a draft. Lessons that stand beyond the hours of the curriculum are left out, those that are not pinned first;
/// of a course of which nobody has said the hours these are what stands.
pub(crate) fn tasks(draft: &Draft) -> Vec<Task> {
    let mut tasks = Vec::new();
    // Lessons of every other week that nobody has placed take turns, so that a class can have two of them at one hour.
    let mut turns: BTreeMap<GroupId, Vec<&str>> = BTreeMap::new();
    for (class, course) in courses(draft) {
        let mut standing: Vec<&DraftLesson> = class.lessons_of(course.group).collect();
        standing.sort_by_key(|lesson| (!lesson.pinned, lesson.order()));
        let placed = class.placed(course.group);
        let mut left = course.hours.unwrap_or(placed);
        let mut of: BTreeMap<(WeekCycle, &[PersonId]), Vec<DraftLesson>> = BTreeMap::new();
        for lesson in standing {
            if lesson.halves() <= left {
                left -= lesson.halves();
                let entry = of.entry((lesson.cycle, lesson.teachers.as_slice())).or_default();
                entry.push(lesson.clone());
            }
        }
        let mut counts: BTreeMap<(WeekCycle, &[PersonId]), u8> = of
            .iter()
            .map(|(key, lessons)| (*key, u8::try_from(lessons.len()).unwrap_or(u8::MAX)))
            .collect();
        let own = course.teachers.as_slice();
        if left >= 2 {
            *counts.entry((WeekCycle::Every, own)).or_default() += left / 2;
        }
        if left % 2 == 1 {
            let seen = turns.entry(class.class).or_default();
            if !seen.contains(&course.subject.as_str()) {
                seen.push(&course.subject);
            }
            let turn = seen.iter().position(|subject| *subject == course.subject);
            *counts.entry((half(&of, turn.unwrap_or(0)), own)).or_default() += 1;
        }
        tasks.extend(counts.into_iter().map(|((cycle, teachers), lessons)| Task {
            group: course.group,
            grade: course.grade,
            cycle,
            teachers: teachers.to_vec(),
            lessons,
            standing: of.remove(&(cycle, teachers)).unwrap_or_default(),
        }));
    }
    tasks
}

/// In which weeks a lesson of every other week comes: in those with fewer of the course's own, else by turns.
fn half(standing: &BTreeMap<(WeekCycle, &[PersonId]), Vec<DraftLesson>>, turn: usize) -> WeekCycle {
    let count = |cycle: WeekCycle| -> usize {
        let own = standing.iter().filter(|((of, _), _)| *of == cycle);
        own.map(|(_, lessons)| lessons.len()).sum()
    };
    match count(WeekCycle::A).cmp(&count(WeekCycle::B)) {
        std::cmp::Ordering::Greater => WeekCycle::B,
        std::cmp::Ordering::Less => WeekCycle::A,
        std::cmp::Ordering::Equal if turn.is_multiple_of(2) => WeekCycle::A,
        std::cmp::Ordering::Equal => WeekCycle::B,
    }
}
