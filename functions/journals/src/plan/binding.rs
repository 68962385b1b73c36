//! Which row of a plan is given at which lesson. Pure.

use gradebook::PlanRow;
use model::LessonKey;

/// The lessons of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dated {
    /// Those that are held, by time.
    pub(crate) held: Vec<LessonKey>,
    /// Those that were called off and not brought to another time, by time.
    pub(crate) cancelled: Vec<LessonKey>,
}

/// The lessons of each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    /// For each row its lessons, by time. A row of no hours is given at the last lesson of the row before.
    pub(crate) rows: Vec<Vec<LessonKey>>,
    /// So many hours have no lesson left: lessons were called off, or the plan is too long.
    pub(crate) missing: usize,
    /// So many lessons have no row.
    pub(crate) spare: usize,
    /// For each lesson that was called off, the row that has been shifted by it: the first that comes after.
    pub(crate) shifted: Vec<(LessonKey, usize)>,
}

impl Binding {
    /// Gives each row as many of the lessons in a row as it has hours. A lesson that is called off is none of them, so that
    /// what follows moves on by itself.
    pub(crate) fn new(rows: &[PlanRow], dated: &Dated) -> Self {
        let mut lessons = dated.held.iter().copied();
        let mut missing = 0;
        let mut bound: Vec<Vec<LessonKey>> = Vec::with_capacity(rows.len());
        for row in rows {
            let keys: Vec<LessonKey> = if row.hours == 0 {
                bound
                    .last()
                    .and_then(|keys| keys.last())
                    .copied()
                    .into_iter()
                    .collect()
            } else {
                lessons.by_ref().take(row.hours.into()).collect()
            };
            missing += usize::from(row.hours).saturating_sub(keys.len());
            bound.push(keys);
        }
        let shifted = dated
            .cancelled
            .iter()
            .filter_map(|key| {
                let after = bound
                    .iter()
                    .position(|keys| keys.last().is_some_and(|last| last > key))?;
                Some((*key, after))
            })
            .collect();
        Self {
            rows: bound,
            missing,
            spare: lessons.count(),
            shifted,
        }
    }

    /// The lessons that have a row.
    pub(crate) fn hours(&self) -> usize {
        let mut keys: Vec<LessonKey> = self.rows.iter().flatten().copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }
}

/// The plan with one lesson less for a row: given in fewer lessons, or together with the row before. Nothing if it has none
/// to give up, or no row before.
pub(crate) fn merged(rows: &[PlanRow], place: usize) -> Option<Vec<PlanRow>> {
    let row = rows.get(place)?;
    if row.hours == 0 || (row.hours == 1 && place == 0) {
        return None;
    }
    let mut rows = rows.to_vec();
    rows[place].hours -= 1;
    Some(rows)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn row(hours: u8) -> PlanRow {
        PlanRow {
            number: 1,
            topic: "Дроби".to_owned(),
            hours,
            control: String::new(),
            homework: String::new(),
        }
    }

    fn rows(hours: &[u8]) -> Vec<PlanRow> {
        hours.iter().copied().map(row).collect()
    }

    fn key(day: i8) -> LessonKey {
        LessonKey {
            date: date(2026, 11, day),
            number: 1,
        }
    }

    fn dated(held: &[i8], cancelled: &[i8]) -> Dated {
        let keys = |days: &[i8]| days.iter().copied().map(key).collect();
        Dated {
            held: keys(held),
            cancelled: keys(cancelled),
        }
    }

    #[test]
    fn rows_take_as_many_lessons_as_they_have_hours() {
        let binding = Binding::new(&rows(&[1, 2, 0, 1]), &dated(&[2, 3, 4, 5, 6], &[]));
        assert_eq!(
            binding.rows,
            [vec![key(2)], vec![key(3), key(4)], vec![key(4)], vec![key(5)]]
        );
        assert_eq!((binding.missing, binding.spare, binding.hours()), (0, 1, 4));
    }

    #[test]
    fn a_cancelled_lesson_shifts_what_follows_and_a_merge_makes_room() {
        let plan = rows(&[1, 1, 1]);
        let dates = dated(&[2, 4], &[3]);
        let shifted = Binding::new(&plan, &dates);
        assert_eq!(shifted.rows, [vec![key(2)], vec![key(4)], vec![]]);
        assert_eq!(
            (shifted.missing, shifted.shifted.as_slice()),
            (1, &[(key(3), 1)][..])
        );
        let merged = merged(&plan, 1).expect("a merge");
        let binding = Binding::new(&merged, &dates);
        assert_eq!(binding.rows, [vec![key(2)], vec![key(2)], vec![key(4)]]);
        assert_eq!(binding.missing, 0);
    }

    #[test]
    fn the_first_row_is_not_merged_away_and_a_merged_one_not_again() {
        assert_eq!(merged(&rows(&[1, 1]), 0), None);
        assert_eq!(merged(&rows(&[1, 0]), 1), None);
        assert_eq!(merged(&rows(&[1]), 7), None);
        assert_eq!(merged(&rows(&[2, 1]), 0), Some(rows(&[1, 1])));
    }

    proptest! {
        #[test]
        fn no_lesson_is_given_to_two_rows_with_hours_and_time_never_runs_back(
            hours in prop::collection::vec(0u8..4, 0..30), lessons in prop::collection::btree_set(1i8..=30, 0..30)
        ) {
            let held: Vec<i8> = lessons.into_iter().collect();
            let plan = rows(&hours);
            let binding = Binding::new(&plan, &dated(&held, &[]));
            let own: Vec<LessonKey> = plan.iter().zip(&binding.rows).filter(|(row, _)| row.hours > 0)
                .flat_map(|(_, keys)| keys.clone()).collect();
            prop_assert!(own.windows(2).all(|pair| pair[0] < pair[1]));
            let all: usize = hours.iter().map(|hours| usize::from(*hours)).sum();
            prop_assert_eq!(own.len() + binding.missing, all);
            prop_assert_eq!(own.len() + binding.spare, held.len());
        }
    }
}
