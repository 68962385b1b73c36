//! What a pupil missed: lessons, and full days. Pure.
//!
//! A full day counts as missed only if every lesson of the pupil's class or subgroup was missed. A lesson that the timetable
//! has and no journal was not registered as missed, so its day is not a full one until its teacher has filled it in.
//!
//! Where a class was imported without its subgroups a day counts by what is certain: the pupil was absent from every lesson of
//! that day that the class as a whole had, and from those of the subgroups that have ever said anything of the pupil in the
//! period; where no subgroup of a subject has, its lessons keep the day from being full.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::Attendance;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a pupil was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Ill.
    Ill,
    /// With a good reason.
    Excused,
    /// The reason is still open.
    Open,
    /// Without a good reason.
    Unexcused,
}

impl Reason {
    /// Every reason, the gravest last.
    pub(crate) const ALL: [Self; 4] = [Self::Ill, Self::Excused, Self::Open, Self::Unexcused];

    const fn of(attendance: Attendance) -> Option<Self> {
        match attendance {
            Attendance::Ill => Some(Self::Ill),
            Attendance::Excused => Some(Self::Excused),
            Attendance::Absent => Some(Self::Open),
            Attendance::Unexcused => Some(Self::Unexcused),
            Attendance::Late | Attendance::Exempt | Attendance::DayOff => None,
        }
    }

    /// The name in translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Ill => "ill",
            Self::Excused => "excused",
            Self::Open => "open",
            Self::Unexcused => "unexcused",
        }
    }
}

/// How many for which reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ByReason {
    /// Ill.
    pub(crate) ill: usize,
    /// With a good reason.
    pub(crate) excused: usize,
    /// The reason is still open.
    pub(crate) open: usize,
    /// Without a good reason.
    pub(crate) unexcused: usize,
}

impl ByReason {
    const fn place(&mut self, reason: Reason) -> &mut usize {
        match reason {
            Reason::Ill => &mut self.ill,
            Reason::Excused => &mut self.excused,
            Reason::Open => &mut self.open,
            Reason::Unexcused => &mut self.unexcused,
        }
    }

    /// For that reason.
    pub(crate) const fn of(&self, reason: Reason) -> usize {
        match reason {
            Reason::Ill => self.ill,
            Reason::Excused => self.excused,
            Reason::Open => self.open,
            Reason::Unexcused => self.unexcused,
        }
    }

    /// For any reason.
    pub(crate) const fn total(&self) -> usize {
        self.ill + self.excused + self.open + self.unexcused
    }

    fn add(&mut self, other: &Self) {
        for reason in Reason::ALL {
            *self.place(reason) += other.of(reason);
        }
    }
}

/// A day of a pupil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Day {
    /// What the journals say of each lesson of the pupil's groups; nothing means present.
    pub(crate) lessons: Vec<Option<Attendance>>,
    /// Lessons of the timetable that no journal has.
    pub(crate) unrecorded: usize,
}

impl Day {
    /// For which reason the full day was missed, if it was: the one of most of its lessons, of equals the gravest.
    pub(crate) fn missed(&self) -> Option<Reason> {
        if self.lessons.is_empty() || self.unrecorded > 0 {
            return None;
        }
        let mut reasons = ByReason::default();
        for attendance in &self.lessons {
            *reasons.place(attendance.and_then(Reason::of)?) += 1;
        }
        Reason::ALL.into_iter().max_by_key(|reason| reasons.of(*reason))
    }

    /// Whether the day was off for the child: in a register by days it is no day at all.
    fn is_off(&self) -> bool {
        !self.lessons.is_empty()
            && self
                .lessons
                .iter()
                .all(|lesson| *lesson == Some(Attendance::DayOff))
    }
}

/// All that a pupil, or a class, missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Absences {
    /// Lessons missed.
    pub(crate) lessons: ByReason,
    /// Full days missed.
    pub(crate) days: ByReason,
    /// Lessons to which the pupil came late.
    pub(crate) late: usize,
    /// Lessons that were held.
    pub(crate) lessons_held: usize,
    /// Days on which there were lessons.
    pub(crate) days_held: usize,
    /// The most full days missed in a row; of a class: of any of its pupils.
    pub(crate) in_a_row: usize,
}

impl Absences {
    /// What a pupil missed on these days.
    pub(crate) fn of(days: &BTreeMap<Date, Day>) -> Self {
        let (mut absences, mut row) = (Self::default(), 0);
        for day in days.values().filter(|day| !day.is_off()) {
            for attendance in day.lessons.iter().flatten() {
                if let Some(reason) = Reason::of(*attendance) {
                    *absences.lessons.place(reason) += 1;
                }
                absences.late += usize::from(*attendance == Attendance::Late);
            }
            absences.lessons_held += day.lessons.len();
            absences.days_held += usize::from(!day.lessons.is_empty());
            match day.missed() {
                Some(reason) => {
                    *absences.days.place(reason) += 1;
                    row += 1;
                }
                None => row = 0,
            }
            absences.in_a_row = absences.in_a_row.max(row);
        }
        absences
    }

    /// Adds what another missed.
    pub(crate) fn add(&mut self, other: &Self) {
        self.lessons.add(&other.lessons);
        self.days.add(&other.days);
        self.late += other.late;
        self.lessons_held += other.lessons_held;
        self.days_held += other.days_held;
        self.in_a_row = self.in_a_row.max(other.in_a_row);
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn day(lessons: &[&str], unrecorded: usize) -> Day {
        Day {
            lessons: lessons.iter().map(|text| text.parse().ok()).collect(),
            unrecorded,
        }
    }

    #[test]
    fn a_day_is_missed_only_if_every_lesson_of_it_was() {
        assert_eq!(day(&["б", "б"], 0).missed(), Some(Reason::Ill));
        assert_eq!(day(&["б", "", "б"], 0).missed(), None);
        assert_eq!(day(&["б", "о"], 0).missed(), None, "late is there");
        assert_eq!(
            day(&["б", "б"], 1).missed(),
            None,
            "one lesson is not filled in yet"
        );
        assert_eq!(day(&[], 0).missed(), None);
        assert_eq!(
            day(&["б", "нп"], 0).missed(),
            Some(Reason::Unexcused),
            "of equals the gravest"
        );
        assert_eq!(day(&["у", "у", "нп"], 0).missed(), Some(Reason::Excused));
    }

    #[test]
    fn days_in_a_row_are_days_with_lessons() {
        let days = [
            (2, day(&["б", "б"], 0)),
            (3, day(&["б"], 0)),
            (9, day(&["б"], 0)),
            (10, day(&["", "о"], 0)),
            (11, day(&["н"], 0)),
        ];
        let days = days
            .into_iter()
            .map(|(number, day)| (date(2026, 12, number), day))
            .collect();
        let absences = Absences::of(&days);
        assert_eq!((absences.in_a_row, absences.late), (3, 1));
        assert_eq!((absences.days.ill, absences.days.open), (3, 1));
        assert_eq!(
            (
                absences.lessons.total(),
                absences.lessons_held,
                absences.days_held
            ),
            (5, 7, 5)
        );
    }

    #[test]
    fn a_day_off_in_a_register_is_no_day() {
        let days = BTreeMap::from([
            (date(2026, 12, 1), day(&["в"], 0)),
            (date(2026, 12, 2), day(&["б"], 0)),
        ]);
        let absences = Absences::of(&days);
        assert_eq!((absences.days_held, absences.days.total()), (1, 1));
    }

    fn any_day() -> impl Strategy<Value = Day> {
        let attendance = prop::option::of(prop::sample::select(&Attendance::OF_LESSONS[..]));
        (prop::collection::vec(attendance, 0..8), 0usize..2)
            .prop_map(|(lessons, unrecorded)| Day { lessons, unrecorded })
    }

    proptest! {
        #[test]
        fn the_reasons_sum_up_and_no_more_is_missed_than_was_held(days in prop::collection::vec(any_day(), 0..30)) {
            let days: BTreeMap<Date, Day> = (0i64..)
                .map(|number| date(2026, 9, 1).saturating_add(number.days()))
                .zip(days)
                .collect();
            let absences = Absences::of(&days);
            let missed = days.values().flat_map(|day| &day.lessons).flatten().filter(|it| it.is_missed());
            prop_assert_eq!(absences.lessons.total(), missed.count());
            let full = days.values().filter(|day| {
                !day.lessons.is_empty()
                    && day.unrecorded == 0
                    && day.lessons.iter().all(|it| it.is_some_and(Attendance::is_missed))
            });
            prop_assert_eq!(absences.days.total(), full.count());
            prop_assert!(absences.lessons.total() + absences.late <= absences.lessons_held);
            prop_assert!(absences.in_a_row <= absences.days.total() && absences.days.total() <= absences.days_held);
        }

        #[test]
        fn one_lesson_attended_or_not_filled_in_saves_the_day(mut day in any_day()) {
            day.unrecorded = 0;
            day.lessons.push(None);
            prop_assert_eq!(day.missed(), None);
        }
    }
}
