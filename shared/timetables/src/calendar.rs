//! The days of an institution.

use jiff::civil::Date;
use model::{DayOff, DayOffKind, InstitutionCalendar, InstitutionId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// The calendar of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KeptDays", into = "KeptDays")]
pub struct InstitutionDays {
    /// Whose.
    pub institution: InstitutionId,
    /// What it says.
    pub calendar: InstitutionCalendar,
}

/// A calendar as it is kept: a break stands as one span and not day by day, so that a year is 2 KB and not 10.
#[derive(Serialize, Deserialize)]
struct KeptDays {
    institution: InstitutionId,
    time_zone: String,
    days_off: Vec<Span>,
}

/// Days in a row for one reason: first, last, title, kind.
#[derive(Serialize, Deserialize)]
struct Span(Date, Date, String, DayOffKind);

impl Span {
    fn of(day: DayOff) -> Self {
        Self(day.date, day.date, day.title, day.kind)
    }

    /// Whether the day goes on with the span: the next date, off for the same reason.
    fn goes_on(&self, day: &DayOff) -> bool {
        let Self(_, last, title, kind) = self;
        last.tomorrow().is_ok_and(|next| next == day.date) && *title == day.title && *kind == day.kind
    }

    fn days(self) -> impl Iterator<Item = DayOff> {
        let Self(first, last, title, kind) = self;
        std::iter::successors(Some(first), |date| date.tomorrow().ok())
            .take_while(move |date| *date <= last)
            .map(move |date| DayOff {
                date,
                title: title.clone(),
                kind,
            })
    }
}

impl From<InstitutionDays> for KeptDays {
    fn from(days: InstitutionDays) -> Self {
        let InstitutionCalendar { time_zone, days_off } = days.calendar;
        let mut spans: Vec<Span> = Vec::new();
        for day in days_off {
            match spans.last_mut() {
                Some(span) if span.goes_on(&day) => span.1 = day.date,
                _ => spans.push(Span::of(day)),
            }
        }
        Self {
            institution: days.institution,
            time_zone,
            days_off: spans,
        }
    }
}

impl From<KeptDays> for InstitutionDays {
    fn from(kept: KeptDays) -> Self {
        Self {
            institution: kept.institution,
            calendar: InstitutionCalendar {
                time_zone: kept.time_zone,
                days_off: kept.days_off.into_iter().flat_map(Span::days).collect(),
            },
        }
    }
}

impl InstitutionDays {
    /// Where the calendar of an institution is kept.
    pub fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "CALENDAR".to_owned(),
        }
    }
}

impl Record for InstitutionDays {
    const ENTITY: &'static str = "calendar";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn of(days_off: Vec<DayOff>) -> InstitutionDays {
        InstitutionDays {
            institution: InstitutionId::from_bits(1),
            calendar: InstitutionCalendar {
                time_zone: "Europe/Moscow".to_owned(),
                days_off,
            },
        }
    }

    proptest! {
        #[test]
        fn a_calendar_reads_back_as_it_was_written(
            days in proptest::collection::btree_map(0i32..60, (0usize..2, prop::bool::ANY), 0..40)
        ) {
            let days = days.into_iter().map(|(day, (title, is_break))| DayOff {
                date: date(2026, 12, 1).saturating_add(jiff::Span::new().days(day)),
                title: ["Каникулы", "Карантин"][title].to_owned(),
                kind: if is_break { DayOffKind::Break } else { DayOffKind::Closed },
            });
            let days = of(days.collect());
            prop_assert_eq!(InstitutionDays::from(KeptDays::from(days.clone())), days);
        }
    }

    #[test]
    fn days_in_a_row_for_one_reason_are_kept_as_one() {
        let day = |number, title: &str| DayOff {
            date: date(2026, 12, number),
            title: title.to_owned(),
            kind: DayOffKind::Break,
        };
        let days = vec![day(1, "А"), day(2, "А"), day(3, "Б"), day(5, "Б")];
        assert_eq!(KeptDays::from(of(days)).days_off.len(), 3);
    }
}
