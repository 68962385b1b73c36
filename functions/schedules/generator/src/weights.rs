//! What the soft criteria weigh against each other.

use serde::{Deserialize, Serialize};

/// A soft criterion: something a good timetable has little of. Amounts are summed over the weeks of the cycle, so
/// that a timetable with weeks A and B counts both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Free hours between a teacher's lessons of a day («окна»).
    TeacherWindows,
    /// Hours by which a teacher's window exceeds two in a row (приказ Минобрнауки России of 11.05.2016 № 536).
    LongWindows,
    /// Lessons at hours their teacher would rather not teach.
    UndesiredHours,
    /// Wished free days («методические дни») that a teacher does not get.
    FreeDays,
    /// Days by which lessons of one subject are closer together, or farther apart, than an even spread has them.
    Spread,
    /// Difficulty points by which a class's hardest day exceeds its hardest peak day (СанПиН 1.2.3685-21).
    PeakDay,
    /// Difficulty points by which the lightest of the days to be lightened exceeds the class's lightest day.
    LightDay,
    /// Hours of hard lessons outside the best slots of the day.
    HardSlots,
    /// Neighbouring lessons of subjects that should be apart.
    Neighbours,
    /// Lessons by which a class's longest day exceeds its shortest by more than one.
    DayLengths,
    /// Free hours between lessons of pupils who may have them (elsewhere they are forbidden), per cohort.
    PupilWindows,
    /// Changes of room: lessons outside the teacher's own room that would fit in it, or rooms beyond the first of a
    /// teacher without one.
    RoomChanges,
    /// Ways between buildings without the free slots they need, where that is not forbidden.
    Travel,
    /// Lessons that are not at the hour they had before (repair).
    Moved,
    /// Lessons that kept the hour but not the room they had before (repair).
    RoomMoved,
}

impl Criterion {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 15] = [
        Self::TeacherWindows,
        Self::LongWindows,
        Self::UndesiredHours,
        Self::FreeDays,
        Self::Spread,
        Self::PeakDay,
        Self::LightDay,
        Self::HardSlots,
        Self::Neighbours,
        Self::DayLengths,
        Self::PupilWindows,
        Self::RoomChanges,
        Self::Travel,
        Self::Moved,
        Self::RoomMoved,
    ];
}

/// The weight of a unit of each criterion; 0 switches it off. The defaults are the generator's proposal: they are a
/// school's settings, not norms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    /// For [`Criterion::TeacherWindows`], each hour.
    pub teacher_windows: u16,
    /// For [`Criterion::LongWindows`], each hour.
    pub long_windows: u16,
    /// For [`Criterion::UndesiredHours`], each hour.
    pub undesired_hours: u16,
    /// For [`Criterion::FreeDays`], each day.
    pub free_days: u16,
    /// For [`Criterion::Spread`], each day.
    pub spread: u16,
    /// For [`Criterion::PeakDay`], each point.
    pub peak_day: u16,
    /// For [`Criterion::LightDay`], each point.
    pub light_day: u16,
    /// For [`Criterion::HardSlots`], each hour.
    pub hard_slots: u16,
    /// For [`Criterion::Neighbours`], each pair.
    pub neighbours: u16,
    /// For [`Criterion::DayLengths`], each lesson.
    pub day_lengths: u16,
    /// For [`Criterion::PupilWindows`], each hour.
    pub pupil_windows: u16,
    /// For [`Criterion::RoomChanges`], each.
    pub room_changes: u16,
    /// For [`Criterion::Travel`], each way.
    pub travel: u16,
    /// For [`Criterion::Moved`], each lesson.
    pub moved: u16,
    /// For [`Criterion::RoomMoved`], each lesson.
    pub room_moved: u16,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            teacher_windows: 10,
            long_windows: 100,
            undesired_hours: 8,
            free_days: 30,
            spread: 6,
            peak_day: 2,
            light_day: 1,
            hard_slots: 3,
            neighbours: 6,
            day_lengths: 10,
            pupil_windows: 10,
            room_changes: 3,
            travel: 20,
            moved: 60,
            room_moved: 10,
        }
    }
}

impl Weights {
    /// The weight of a criterion.
    pub fn of(&self, criterion: Criterion) -> i64 {
        i64::from(match criterion {
            Criterion::TeacherWindows => self.teacher_windows,
            Criterion::LongWindows => self.long_windows,
            Criterion::UndesiredHours => self.undesired_hours,
            Criterion::FreeDays => self.free_days,
            Criterion::Spread => self.spread,
            Criterion::PeakDay => self.peak_day,
            Criterion::LightDay => self.light_day,
            Criterion::HardSlots => self.hard_slots,
            Criterion::Neighbours => self.neighbours,
            Criterion::DayLengths => self.day_lengths,
            Criterion::PupilWindows => self.pupil_windows,
            Criterion::RoomChanges => self.room_changes,
            Criterion::Travel => self.travel,
            Criterion::Moved => self.moved,
            Criterion::RoomMoved => self.room_moved,
        })
    }
}
