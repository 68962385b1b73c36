//! Arithmetic of a day's lessons as bits.

/// Bits `from..=to`.
fn range(from: u32, to: u32) -> u16 {
    let high = (2_u32 << to) - 1;
    let low = (1_u32 << from) - 1;
    (high & !low) as u16
}

/// Free slots between the first and the last lesson.
pub(crate) fn windows(day: u16) -> i64 {
    if day == 0 {
        return 0;
    }
    let span = u16::BITS - day.leading_zeros() - day.trailing_zeros();
    i64::from(span - day.count_ones())
}

/// By how many hours windows exceed two in a row.
pub(crate) fn long_windows(day: u16) -> i64 {
    if windows(day) < 3 {
        return 0;
    }
    let mut rest = day >> day.trailing_zeros();
    let mut excess = 0;
    loop {
        rest >>= rest.trailing_ones();
        if rest == 0 {
            return excess;
        }
        let gap = rest.trailing_zeros();
        excess += i64::from(gap.saturating_sub(2));
        rest >>= gap;
    }
}

/// Open slots without a lesson before the last lesson, from the first lesson or the latest start on.
pub(crate) fn holes(day: u16, open: u16, latest: u32) -> i64 {
    if day == 0 {
        return 0;
    }
    let last = u16::BITS - 1 - day.leading_zeros();
    let from = day.trailing_zeros().min(latest);
    i64::from((range(from, last) & open & !day).count_ones())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_free_slots_between_lessons() {
        assert_eq!(
            [windows(0), windows(0b1), windows(0b1100), windows(0b10_0101)],
            [0, 0, 0, 3]
        );
        assert_eq!(windows(0b1000_0000_0000_0001), 14);
    }

    #[test]
    fn only_what_exceeds_two_windows_in_a_row_is_long() {
        assert_eq!(
            [
                long_windows(0b1001),
                long_windows(0b1_0001),
                long_windows(0b1_0001_0001)
            ],
            [0, 1, 2]
        );
        assert_eq!(long_windows(0b1001_0100), 0);
        assert_eq!(long_windows(0b1000_0000_0000_0001), 12);
    }

    #[test]
    fn a_day_that_begins_after_the_latest_start_has_holes_from_there() {
        let open = 0b111_1111;
        assert_eq!(holes(0b0110, open, 0), 1);
        assert_eq!(holes(0b0110, open, 1), 0);
        assert_eq!(holes(0b1_0110, open, 1), 1);
        assert_eq!(holes(0b1000, open, 1), 2);
        assert_eq!(holes(0b1_0011, 0b1_1011, 0), 1, "a closed hour is no hole");
    }
}
