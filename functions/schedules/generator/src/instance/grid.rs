//! The compact week that construction aims at.

use super::ClassRule;

/// The bits of the slots that a week of `lessons` uses: days as equal as limits allow, the shorter ones among the
/// days to be lightened.
pub(super) fn compact_week(rule: &ClassRule, lessons: u32, peak: u8, light: u8) -> Vec<u16> {
    let days = rule.open.len();
    let mut order: Vec<usize> = (0..days).collect();
    order.sort_by_key(|day| {
        let is = |days: u8| days >> day & 1 == 1;
        (is(light), !is(peak), *day)
    });
    let mut lengths = vec![0_u32; days];
    let mut rest = lessons;
    let mut longer = rule.longer.map_or(0, |(days, _, _)| days);
    while rest > 0 {
        let shortest = |limit: u32| {
            let open = order.iter().copied();
            open.filter(|day| lengths[*day] < limit.min(rule.open[*day].count_ones()))
                .min_by_key(|day| lengths[*day])
        };
        let day = match (shortest(rule.max), rule.longer) {
            (Some(day), _) => day,
            (None, Some((_, extra, _))) if longer > 0 => {
                let Some(day) = shortest(rule.max + extra) else {
                    break;
                };
                longer -= u32::from(lengths[day] == rule.max);
                day
            }
            _ => break,
        };
        lengths[day] += 1;
        rest -= 1;
    }
    let open = rule.open.iter().zip(lengths);
    open.map(|(open, length)| lowest(*open, length)).collect()
}

/// The lowest `count` set bits.
pub(super) fn lowest(bits: u16, count: u32) -> u16 {
    let mut taken = 0;
    let mut rest = bits;
    for _ in 0..count.min(bits.count_ones()) {
        let bit = rest & rest.wrapping_neg();
        taken |= bit;
        rest ^= bit;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(longer: Option<(u32, u32, Option<u32>)>) -> ClassRule {
        ClassRule {
            open: vec![0b111_1111; 5],
            latest: 0,
            windows_allowed: false,
            max: 6,
            longer,
            cohorts: 1,
            grid: Vec::new(),
        }
    }

    #[test]
    fn the_shorter_days_are_those_to_be_lightened() {
        let lengths = |grid: Vec<u16>| grid.into_iter().map(u16::count_ones).collect::<Vec<_>>();
        assert_eq!(
            lengths(compact_week(&rule(None), 28, 0b00110, 0b11000)),
            [6, 6, 6, 5, 5]
        );
        assert_eq!(lengths(compact_week(&rule(None), 99, 0, 0)), [6; 5]);
        assert_eq!(
            lengths(compact_week(&rule(Some((1, 1, None))), 31, 0b10, 0)),
            [6, 7, 6, 6, 6]
        );
    }
}
