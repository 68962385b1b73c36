//! From what the generator answers back to a draft: its lessons, and what has no place with the reasons.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};
use serde::{Deserialize, Serialize};
use timetable_generator::{Causes, ClassIndex, Hour, Placement, Reason, RoomIndex, TeacherIndex, Unplaced};
use timetables::WeekCycle;

use super::plan::Plan;
use crate::drafts::{Bells, Board, Draft, DraftLesson};

/// A generated timetable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The draft with its lessons.
    pub(crate) draft: Draft,
    /// What has no place.
    pub(crate) left: Vec<Left>,
}

/// Lessons of a group that have no place, for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Left {
    pub(crate) group: GroupId,
    pub(crate) cycle: WeekCycle,
    pub(crate) count: u8,
    pub(crate) reasons: Vec<Why>,
}

/// Why a lesson has no place: [`Reason`] with ids and names in the place of positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub(crate) enum Why {
    TeacherOverloaded {
        teacher: PersonId,
        lessons: u16,
        hours: u16,
    },
    ClassOverloaded {
        class: GroupId,
        lessons: u16,
        hours: u16,
    },
    RoomsOverloaded {
        rooms: Vec<String>,
        lessons: u16,
        hours: u16,
    },
    NoSuchRoom,
    NoCommonHour {
        teachers: Vec<PersonId>,
        classes: Vec<GroupId>,
    },
    PinForbidden {
        day: u8,
        number: u8,
    },
    PinClash {
        day: u8,
        number: u8,
        with: GroupId,
    },
    TooManyForDays {
        lessons: u16,
        places: u16,
    },
    /// How many of the week's hours each cause closes, the most frequent first.
    Occupied {
        hours: u16,
        causes: Vec<(Cause, u16)>,
    },
    /// The bells of the years of study overlap so that the lesson would meet another one.
    Bells,
    /// It stood where a lesson must stay that the generator had left out.
    GaveWay,
}

impl Why {
    /// Its name in the API and in the words of the page.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::TeacherOverloaded { .. } => "teacher_overloaded",
            Self::ClassOverloaded { .. } => "class_overloaded",
            Self::RoomsOverloaded { .. } => "rooms_overloaded",
            Self::NoSuchRoom => "no_such_room",
            Self::NoCommonHour { .. } => "no_common_hour",
            Self::PinForbidden { .. } => "pin_forbidden",
            Self::PinClash { .. } => "pin_clash",
            Self::TooManyForDays { .. } => "too_many_for_days",
            Self::Occupied { .. } => "occupied",
            Self::Bells => "bells",
            Self::GaveWay => "gave_way",
        }
    }
}

/// What closes an hour to a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    ClassClosed,
    TeacherUnavailable,
    TeacherBusy,
    PupilsBusy,
    DayFull,
    SubjectOnDay,
    NoRoom,
    Window,
}

impl Cause {
    /// Its name in the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::ClassClosed => "class_closed",
            Self::TeacherUnavailable => "teacher_unavailable",
            Self::TeacherBusy => "teacher_busy",
            Self::PupilsBusy => "pupils_busy",
            Self::DayFull => "day_full",
            Self::SubjectOnDay => "subject_on_day",
            Self::NoRoom => "no_room",
            Self::Window => "window",
        }
    }
}

impl Outcome {
    /// The draft with the lessons of a solution in the place of its own. What stood and was to stay is put back where the
    /// draft's own rules allow it, though the generator's would not: a lesson that leaves a window, or stands beside a
    /// subgroup of which nobody knows the pupils.
    pub(crate) fn of(
        plan: &Plan,
        before: &Draft,
        bells: &Bells,
        placements: &[Placement],
        unplaced: &[Unplaced],
    ) -> Self {
        let mut left: Vec<Loose> = unplaced
            .iter()
            .map(|of| Loose {
                task: of.activity.at(),
                reasons: of.reasons.iter().filter_map(|reason| why(plan, reason)).collect(),
            })
            .collect();
        let mut placed: BTreeMap<DraftLesson, usize> = BTreeMap::new();
        for placement in placements {
            match plan.lesson(placement) {
                Some(lesson) => drop(placed.insert(lesson, placement.activity.at())),
                None => left.push(Loose::of(placement.activity.at(), Why::Bells)),
            }
        }
        let mut draft = with_lessons(before, placed.keys());
        left.extend(take_out(&mut draft, bells, &placed));
        put_back(plan, &mut draft, bells, &placed, &mut left);
        Self {
            draft,
            left: counted(plan, left),
        }
    }

    /// The lessons that have no place.
    pub(crate) fn missing(&self) -> usize {
        self.left.iter().map(|left| usize::from(left.count)).sum()
    }

    /// The classes whose lessons differ from those of before.
    pub(crate) fn touched(&self, before: &Draft) -> BTreeSet<GroupId> {
        let classes = self.draft.classes.iter();
        let differs = classes.filter(|(id, class)| before.classes.get(id) != Some(*class));
        differs.map(|(id, _)| *id).collect()
    }
}

/// A lesson without a place.
struct Loose {
    task: usize,
    reasons: Vec<Why>,
}

impl Loose {
    fn of(task: usize, why: Why) -> Self {
        Self {
            task,
            reasons: vec![why],
        }
    }
}

/// The draft with these lessons only.
fn with_lessons<'l>(before: &Draft, lessons: impl Iterator<Item = &'l DraftLesson> + Clone) -> Draft {
    let mut draft = before.clone();
    for class in draft.classes.values_mut() {
        let own: BTreeSet<GroupId> = class.courses.iter().map(|course| course.group).collect();
        let stays = lessons.clone().filter(|lesson| own.contains(&lesson.group));
        class.lessons = stays.cloned().collect();
    }
    draft
}

fn edit(draft: &mut Draft, lesson: &DraftLesson, stands: bool) {
    for class in draft.classes.values_mut() {
        if class.course(lesson.group).is_some() {
            if stands {
                class.lessons.insert(lesson.clone());
            } else {
                class.lessons.remove(lesson);
            }
        }
    }
}

/// Takes out what the draft's own rules do not allow, one lesson after the other, those that are not pinned first. There is
/// nothing of the kind but where bells overlap so that no row of slots can say it.
fn take_out(draft: &mut Draft, bells: &Bells, placed: &BTreeMap<DraftLesson, usize>) -> Vec<Loose> {
    let mut out = Vec::new();
    loop {
        let found = Board { draft, bells }.all_conflicts();
        let worst = found
            .into_iter()
            .max_by_key(|(lesson, conflicts)| (!lesson.pinned, conflicts.len()));
        let Some((lesson, _)) = worst else {
            return out;
        };
        edit(draft, &lesson, false);
        out.extend(placed.get(&lesson).map(|task| Loose::of(*task, Why::Bells)));
    }
}

/// Puts lessons that were to stay back where they stood, if the draft's own rules allow it beside the others that were to
/// stay. What stands in their way gives way.
fn put_back(
    plan: &Plan,
    draft: &mut Draft,
    bells: &Bells,
    placed: &BTreeMap<DraftLesson, usize>,
    left: &mut Vec<Loose>,
) {
    let mut gave_way = Vec::new();
    left.retain(|loose| {
        let task = &plan.tasks[loose.task];
        let fixed = task.standing.iter().filter(|lesson| plan.fixed.contains(*lesson));
        let mut missing = fixed.filter(|lesson| !stands(draft, lesson));
        let Some((made, out)) = missing.find_map(|lesson| make_way(plan, draft, bells, lesson)) else {
            return true;
        };
        *draft = made;
        let tasks = out.iter().filter_map(|lesson| placed.get(lesson));
        gave_way.extend(tasks.map(|task| Loose::of(*task, Why::GaveWay)));
        false
    });
    left.extend(gave_way);
}

/// The draft with a lesson that is to stay where it stood, and the lessons that had to give way; none if others that are to
/// stay are in its way.
fn make_way(
    plan: &Plan,
    draft: &Draft,
    bells: &Bells,
    lesson: &DraftLesson,
) -> Option<(Draft, Vec<DraftLesson>)> {
    let (mut made, mut out) = (draft.clone(), Vec::new());
    loop {
        let board = Board { draft: &made, bells };
        let Some(conflict) = board.conflicts(lesson, None).into_iter().next() else {
            edit(&mut made, lesson, true);
            return Some((made, out));
        };
        let mut others = conflict.with().iter();
        let other = others.find(|other| !plan.fixed.contains(*other))?.clone();
        edit(&mut made, &other, false);
        out.push(other);
    }
}

fn stands(draft: &Draft, lesson: &DraftLesson) -> bool {
    let class = draft
        .course(lesson.group)
        .and_then(|course| draft.first_class(course));
    class
        .and_then(|class| draft.classes.get(&class))
        .is_some_and(|class| class.lessons.contains(lesson))
}

/// Lessons of one task with the same reasons together.
fn counted(plan: &Plan, loose: Vec<Loose>) -> Vec<Left> {
    let mut left: Vec<Left> = Vec::new();
    for Loose { task, reasons } in loose {
        let Some(task) = plan.tasks.get(task) else {
            continue;
        };
        let same = left
            .iter_mut()
            .find(|known| (known.group, known.cycle) == (task.group, task.cycle) && known.reasons == reasons);
        match same {
            Some(known) => known.count = known.count.saturating_add(1),
            None => left.push(Left {
                group: task.group,
                cycle: task.cycle,
                count: 1,
                reasons,
            }),
        }
    }
    left
}

/// A reason with what its positions stand for; none if it names what the plan does not have.
fn why(plan: &Plan, reason: &Reason) -> Option<Why> {
    let teacher = |index: &TeacherIndex| plan.teachers.get(index.at()).copied();
    let class = |index: &ClassIndex| plan.classes.get(index.at()).copied();
    let room = |index: &RoomIndex| plan.rooms.get(index.at()).cloned();
    let (lessons, hours) = match reason {
        Reason::TeacherOverloaded { lessons, hours, .. }
        | Reason::ClassOverloaded { lessons, hours, .. }
        | Reason::RoomsOverloaded { lessons, hours, .. } => (*lessons, *hours),
        _ => (0, 0),
    };
    Some(match reason {
        Reason::TeacherOverloaded { teacher: who, .. } => Why::TeacherOverloaded {
            teacher: teacher(who)?,
            lessons,
            hours,
        },
        Reason::ClassOverloaded { class: which, .. } => Why::ClassOverloaded {
            class: class(which)?,
            lessons,
            hours,
        },
        Reason::RoomsOverloaded { rooms, .. } => Why::RoomsOverloaded {
            rooms: rooms.iter().filter_map(room).collect(),
            lessons,
            hours,
        },
        Reason::NoSuchRoom => Why::NoSuchRoom,
        Reason::NoCommonHour { teachers, classes } => Why::NoCommonHour {
            teachers: teachers.iter().filter_map(teacher).collect(),
            classes: classes.iter().filter_map(class).collect(),
        },
        Reason::PinForbidden { hour } => Why::PinForbidden {
            day: hour.day + 1,
            number: number(plan, *hour),
        },
        Reason::PinClash { hour, with } => Why::PinClash {
            day: hour.day + 1,
            number: number(plan, *hour),
            with: plan.tasks.get(with.at())?.group,
        },
        Reason::TooManyForDays { lessons, places } => Why::TooManyForDays {
            lessons: *lessons,
            places: *places,
        },
        Reason::Occupied(causes) => Why::Occupied {
            hours: causes.hours,
            causes: sorted(*causes),
        },
    })
}

/// The number of an hour, by whichever year of study has it.
fn number(plan: &Plan, hour: Hour) -> u8 {
    let grades = plan.tasks.iter().map(|task| task.grade);
    let mut numbers = grades.filter_map(|grade| plan.slots.number(grade, hour.slot));
    numbers.next().unwrap_or(hour.slot)
}

fn sorted(causes: Causes) -> Vec<(Cause, u16)> {
    let mut all = vec![
        (Cause::ClassClosed, causes.class_closed),
        (Cause::TeacherUnavailable, causes.teacher_unavailable),
        (Cause::TeacherBusy, causes.teacher_busy),
        (Cause::PupilsBusy, causes.pupils_busy),
        (Cause::DayFull, causes.day_full),
        (Cause::SubjectOnDay, causes.subject_on_day),
        (Cause::NoRoom, causes.no_room),
        (Cause::Window, causes.window),
    ];
    all.retain(|(_, hours)| *hours > 0);
    all.sort_by_key(|(_, hours)| std::cmp::Reverse(*hours));
    all
}
