//! The time, as a seam: tests set it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Where the time comes from.
#[derive(Debug, Clone, Copy, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still: for tests.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment.
    pub fn now(self) -> Timestamp {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that reads the clock"
            )]
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => moment,
        }
    }

    /// The date on the calendar of a time zone.
    pub fn today(self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.now()).date()
    }
}
