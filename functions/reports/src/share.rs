//! A part of a whole, exact: it is rounded only when it is shown.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Share {
    /// So many.
    pub(crate) part: usize,
    /// Of so many.
    pub(crate) of: usize,
}

impl Share {
    pub(crate) const fn new(part: usize, of: usize) -> Self {
        Self { part, of }
    }

    /// The share in tenths of a percent, half rounded up: 2 of 3 is 667. Nothing of nothing has none.
    pub(crate) const fn per_mille(self) -> Option<u64> {
        if self.of == 0 {
            return None;
        }
        Some((self.part as u64 * 2_000 + self.of as u64) / (self.of as u64 * 2))
    }
}

impl fmt::Display for Share {
    /// One decimal with a decimal comma: `66,7 %`; a dash where there is none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.per_mille() {
            Some(tenths) => write!(f, "{},{}\u{a0}%", tenths / 10, tenths % 10),
            None => f.write_str("—"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_has_one_decimal_and_half_rounds_up() {
        assert_eq!(Share::new(2, 3).to_string(), "66,7\u{a0}%");
        assert_eq!(Share::new(1, 2_000).to_string(), "0,1\u{a0}%");
        assert_eq!(Share::new(27, 27).to_string(), "100,0\u{a0}%");
        assert_eq!(Share::default().to_string(), "—");
    }

    proptest! {
        #[test]
        fn a_part_and_the_rest_are_the_whole_but_for_the_rounding(part in 0usize..5_000, rest in 0usize..5_000) {
            let of = part + rest;
            prop_assume!(of > 0);
            let sum = Share::new(part, of).per_mille().unwrap_or(0) + Share::new(rest, of).per_mille().unwrap_or(0);
            prop_assert!((1_000..=1_001).contains(&sum));
        }
    }
}
