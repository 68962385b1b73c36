//! How evenly the lessons of a course lie in the week.

/// The days by which lessons are closer together, or farther apart, than an even spread. `counts` has the lessons of
/// each day.
///
/// With `n` lessons in `d` days an even spread has from ⌊d/n⌋ to ⌈d/n⌉ days between neighbours (one lesson: nothing
/// to compare). Closer pairs count by what they lack; wider gaps, also that from the last lesson to the first of the
/// next week, by what they exceed. Days off between weeks are not days.
pub(crate) fn uneven(counts: &[u8]) -> i64 {
    let lessons: i64 = counts.iter().map(|count| i64::from(*count)).sum();
    if lessons < 2 {
        return 0;
    }
    let days = counts.len() as i64;
    let (closest, widest) = (days / lessons, (days + lessons - 1) / lessons);
    let mut total = 0;
    let (mut first, mut last) = (-1, -1);
    for (day, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let day = day as i64;
        if last >= 0 {
            let gap = day - last;
            total += (closest - gap).max(0) + (gap - widest).max(0);
        } else {
            first = day;
        }
        total += closest.max(1) * i64::from(*count - 1);
        last = day;
    }
    total + (days - last + first - widest).max(0)
}

/// Lessons of a course by day, one byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CourseDays(u64);

impl CourseDays {
    pub(crate) fn add(&mut self, day: usize) {
        self.0 += 1 << (8 * day);
    }

    pub(crate) fn take(&mut self, day: usize) {
        self.0 -= 1 << (8 * day);
    }
}

/// [`uneven`] looked up for courses with a lesson a day at most, which most are.
#[derive(Debug)]
pub(crate) struct Spread {
    days: usize,
    simple: Vec<i64>,
}

impl Spread {
    pub(crate) fn new(days: usize) -> Self {
        let counts = |mask: usize| (0..days).map(|day| (mask >> day & 1) as u8).collect::<Vec<_>>();
        Self {
            days,
            simple: (0..1 << days).map(|mask| uneven(&counts(mask))).collect(),
        }
    }

    pub(crate) fn uneven(&self, days: CourseDays) -> i64 {
        let lowest_bits = 0x0101_0101_0101_0101;
        if days.0 & !lowest_bits != 0 {
            return uneven(&days.0.to_le_bytes()[..self.days]);
        }
        // Multiplication brings the lowest bit of byte i to bit 56 + i.
        self.simple[(days.0.wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lessons_in_five_days_lie_best_two_or_three_days_apart() {
        assert_eq!(
            [
                uneven(&[1, 0, 1, 0, 0]),
                uneven(&[1, 0, 0, 1, 0]),
                uneven(&[0, 1, 0, 0, 1])
            ],
            [0; 3]
        );
        assert_eq!(uneven(&[1, 1, 0, 0, 0]), 2, "too close, and a long pause after");
        assert_eq!(uneven(&[2, 0, 0, 0, 0]), 4);
    }

    #[test]
    fn three_days_in_a_row_are_worse_than_every_other_day() {
        assert_eq!(uneven(&[1, 0, 1, 0, 1]), 0);
        assert_eq!(uneven(&[1, 1, 1, 0, 0]), 1);
        assert_eq!(uneven(&[1, 1, 1, 1, 1]), 0);
        assert_eq!(uneven(&[1, 0, 0, 0, 0]), 0);
    }

    #[test]
    fn what_is_looked_up_is_what_is_computed() {
        let spread = Spread::new(6);
        for mask in 0_usize..64 {
            let mut days = CourseDays::default();
            let counts: Vec<u8> = (0..6).map(|day| (mask >> day & 1) as u8).collect();
            (0..6)
                .filter(|day| counts[*day] > 0)
                .for_each(|day| days.add(day));
            assert_eq!(spread.uneven(days), uneven(&counts));
        }
        let mut days = CourseDays::default();
        days.add(2);
        days.add(2);
        assert_eq!(spread.uneven(days), uneven(&[0, 0, 2, 0, 0, 0]));
    }
}
