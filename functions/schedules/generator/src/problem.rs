//! What a timetable is made from.

mod fault;
mod validate;

use serde::{Deserialize, Serialize};

use crate::hour::{Cycle, Hour};
use crate::index::{
    ActivityIndex, BuildingIndex, ClassIndex, CohortIndex, FeatureIndex, GroupIndex, RoomIndex, SubjectIndex,
    TeacherIndex,
};
use crate::weights::Weights;

pub use fault::Fault;

/// A school's week to be arranged. Lists refer to each other by position.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Problem {
    /// Working days of the week, 1–7; schools have 5 or 6.
    pub days: u8,
    /// Lessons a day at most, 1–16, both shifts in one row.
    pub slots: u8,
    /// The classes.
    pub classes: Vec<Class>,
    /// The cohorts of the classes, see [`Cohort`].
    pub cohorts: Vec<Cohort>,
    /// The teaching groups.
    pub groups: Vec<Group>,
    /// The teachers.
    pub teachers: Vec<Teacher>,
    /// The rooms.
    pub rooms: Vec<Room>,
    /// What must be taught.
    pub activities: Vec<Activity>,
    /// Activities that are always held at the same hours: «обе подгруппы английского одновременно». An activity is
    /// in one block at most; those of a block have equal numbers of lessons and of doubles.
    #[serde(default)]
    pub blocks: Vec<Vec<ActivityIndex>>,
    /// The way between buildings, when there are several.
    #[serde(default)]
    pub travel: Option<Travel>,
    /// The shape of the week's difficulty.
    #[serde(default)]
    pub curve: Curve,
    /// Subjects the second of which should not follow directly after the first for the same pupils.
    #[serde(default)]
    pub apart: Vec<(SubjectIndex, SubjectIndex)>,
    /// What the soft criteria weigh.
    #[serde(default)]
    pub weights: Weights,
}

/// A class and the rules of its pupils' days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// The first lesson's number of its shift.
    pub first: u8,
    /// The last lesson's number of its shift.
    pub last: u8,
    /// The latest lesson a pupil's day may begin with; equal to `first` when the day begins with the shift.
    pub latest_start: u8,
    /// Hours at which the class is not taught. Such an hour between lessons is no window.
    #[serde(default)]
    pub closed: Vec<Hour>,
    /// Whether pupils may have free hours between lessons. General schools allow none in grades 1–11; colleges may.
    #[serde(default)]
    pub windows_allowed: bool,
    /// Lessons a day at most (by grade: the caller's table of norms, which names the source).
    pub max_per_day: u8,
    /// Days that may be longer than `max_per_day`: «один раз в неделю 5 уроков за счёт урока физической культуры».
    #[serde(default)]
    pub longer_days: Option<LongerDays>,
    /// Difficulty points from which a lesson is hard for this class; none switches the criterion off.
    #[serde(default)]
    pub hard_from: Option<u8>,
    /// The lessons' numbers, both included, at which hard lessons should be; grades 5–11: the second to the fourth.
    #[serde(default)]
    pub best_slots: Option<(u8, u8)>,
}

/// Days on which a class may have more lessons than on others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongerDays {
    /// How many days a week.
    pub days: u8,
    /// How many lessons more.
    pub extra: u8,
    /// The subject that such a day must contain, if any.
    #[serde(default)]
    pub with: Option<SubjectIndex>,
}

/// Pupils of a class who are in exactly the same groups, so that they always have the same lessons.
///
/// Groups are sets of cohorts; two groups clash when they share one. [`cohorts`](crate::cohorts) derives them from
/// rosters or from divisions into subgroups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// Their class.
    pub class: ClassIndex,
}

/// A teaching group: a class, a subgroup, or a metagroup across classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Whose pupils it takes.
    pub cohorts: Vec<CohortIndex>,
    /// The number of pupils, compared with rooms' capacities; 0 when unknown.
    #[serde(default)]
    pub size: u16,
}

/// A teacher and when they can teach.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Teacher {
    /// Hours at which they cannot.
    #[serde(default)]
    pub unavailable: Vec<Hour>,
    /// Hours at which they would rather not.
    #[serde(default)]
    pub undesired: Vec<Hour>,
    /// Lessons a day at most.
    #[serde(default)]
    pub max_per_day: Option<u8>,
    /// Days without lessons that are wished: the «методический день».
    #[serde(default)]
    pub free_days: u8,
    /// The teacher's own room.
    #[serde(default)]
    pub home: Option<RoomIndex>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The number of pupils, none when it does not matter.
    #[serde(default)]
    pub capacity: Option<u16>,
    /// What it is and has.
    #[serde(default)]
    pub features: Vec<FeatureIndex>,
    /// Where it is, when there are several buildings.
    #[serde(default)]
    pub building: Option<BuildingIndex>,
    /// Lessons at the same time: a large gymnasium holds two or three.
    pub places: u8,
    /// Hours at which it cannot be used.
    #[serde(default)]
    pub closed: Vec<Hour>,
}

/// Lessons of one subject that a teacher gives to a group each week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Who is taught; several groups together are one audience.
    pub groups: Vec<GroupIndex>,
    /// Who teaches; none while the post is vacant.
    pub teachers: Vec<TeacherIndex>,
    /// What.
    pub subject: SubjectIndex,
    /// Lessons a week (of a week in which it is held).
    pub lessons: u8,
    /// How many pairs of these lessons are held as doubles: two in a row, in one room.
    #[serde(default)]
    pub doubles: u8,
    /// In which weeks. One and a half hours a week are two activities: one every week, one in week A.
    #[serde(default)]
    pub cycle: Cycle,
    /// Where.
    pub rooms: RoomNeed,
    /// How often a day at most; a double counts once. For pupils who have several activities of one subject the
    /// largest of their limits holds for all together.
    pub max_per_day: u8,
    /// Points on the scale of difficulty (СанПиН 1.2.3685-21, tables 6.9–6.11: the caller's data).
    #[serde(default)]
    pub difficulty: u8,
    /// Lessons whose hour the school has fixed.
    #[serde(default)]
    pub pins: Vec<Pin>,
}

/// Which rooms an activity needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomNeed {
    /// None: the timetable does not assign a room.
    None,
    /// One of these, whatever their features; the capacity is still compared.
    OneOf(Vec<RoomIndex>),
    /// Any that has all of these features and holds the groups.
    Features(Vec<FeatureIndex>),
}

/// A lesson whose hour is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pin {
    /// Its (first) hour.
    pub hour: Hour,
    /// Whether it is one of the doubles.
    #[serde(default)]
    pub double: bool,
    /// Its room, when that is fixed too.
    #[serde(default)]
    pub room: Option<RoomIndex>,
}

/// The way between buildings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel {
    /// Free slots that a teacher or a pupil needs between lessons in different buildings.
    pub slots: u8,
    /// The slots after which the break is long enough for the way, so that no free slot is needed.
    #[serde(default)]
    pub long_breaks: Vec<u8>,
    /// Whether the timetable must respect it; otherwise it is a soft criterion.
    pub hard: bool,
}

/// How difficulty points should be spread over the week.
///
/// The load should be highest on Tuesday and (or) Wednesday; that a day after them be lighter is schools' practice. The
/// scale of points is in СанПиН 1.2.3685-21, tables 6.9–6.11; the caller's table of norms verifies and dates both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Curve {
    /// The days (0 is Monday) one of which should be the hardest; empty switches the criterion off.
    #[serde(default)]
    pub peak: Vec<u8>,
    /// The days one of which should be the lightest; empty switches the criterion off.
    #[serde(default)]
    pub light: Vec<u8>,
}

impl Travel {
    /// Whether the time between two lessons is too short for the way. The second begins at a slot after the last one of the
    /// first.
    pub(crate) fn is_short(&self, last: u8, next: u8) -> bool {
        next.saturating_sub(last + 1) < self.slots
            && !self.long_breaks.iter().any(|slot| (last..next).contains(slot))
    }
}

impl Problem {
    /// Whether the room has what the activity needs and holds its groups. Never when it needs no room.
    pub fn is_suitable(&self, activity: &Activity, room: RoomIndex) -> bool {
        let Some(data) = self.rooms.get(room.at()) else {
            return false;
        };
        let pupils: u32 = activity
            .groups
            .iter()
            .map(|group| u32::from(self.groups[group.at()].size))
            .sum();
        let holds = data.capacity.is_none_or(|capacity| u32::from(capacity) >= pupils);
        holds
            && match &activity.rooms {
                RoomNeed::None => false,
                RoomNeed::OneOf(rooms) => rooms.contains(&room),
                RoomNeed::Features(features) => {
                    features.iter().all(|feature| data.features.contains(feature))
                }
            }
    }

    /// The slots (both included) at which the activity should be, when it is hard for the class of its first cohort.
    pub(crate) fn best_slots(&self, activity: &Activity) -> Option<(u8, u8)> {
        let cohort: CohortIndex = self.cohorts_of(activity).first().copied()?;
        let class = &self.classes[self.cohorts[cohort.at()].class.at()];
        let best = class.best_slots.filter(|(first, _)| *first >= 1)?;
        class
            .hard_from
            .filter(|from| activity.difficulty >= *from)
            .map(|_| best)
    }
}
