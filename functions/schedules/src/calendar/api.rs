//! What the API says of an academic year.

use jiff::civil::Date;
use model::{DayOff, DayOffKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{bells::Regime, days, production::AcademicYear, store::Year};

/// A day without lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct DayOffBody {
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// What people call it, up to 100 characters.
    title: String,
    /// `holiday`, `break`, `moved` or `closed`.
    #[schema(value_type = String)]
    kind: DayOffKind,
}

impl From<&DayOff> for DayOffBody {
    fn from(day: &DayOff) -> Self {
        Self {
            date: day.date,
            title: day.title.clone(),
            kind: day.kind,
        }
    }
}

/// The days off of an institution, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) struct DaysBody {
    /// In any order, no date twice.
    days_off: Vec<DayOffBody>,
}

impl DaysBody {
    /// The days by date. The error names the field.
    pub(crate) fn parse(self) -> Result<Vec<DayOff>, &'static str> {
        if self.days_off.len() > days::MOST_DAYS {
            return Err("days_off");
        }
        let day = |body: DayOffBody| DayOff {
            date: body.date,
            title: body.title,
            kind: body.kind,
        };
        days::parse_all(self.days_off.into_iter().map(day).collect())
    }
}

/// The academic year of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct YearView {
    /// The IANA time zone of its clocks.
    time_zone: String,
    /// Days without lessons, by date.
    days_off: Vec<DayOffBody>,
    /// Based on which an edit of the days off is sent as `If-Match`.
    days_version: u64,
    /// By shift, years of study and date.
    bells: Vec<Regime>,
    /// Based on which an edit of the bells is sent as `If-Match`.
    bells_version: u64,
    /// Working days that are an hour shorter, as far as the production calendar is known.
    #[schema(value_type = Vec<String>)]
    shortened: Vec<Date>,
}

impl YearView {
    pub(crate) fn of(year: &Year, today: Date) -> Self {
        let calendar = &year.days.record.calendar;
        let known = AcademicYear::known(AcademicYear::of(today).first());
        Self {
            time_zone: year.institution.time_zone.clone(),
            days_off: calendar.days_off.iter().map(DayOffBody::from).collect(),
            days_version: year.days.version,
            bells: Regime::all(&year.rules.record),
            bells_version: year.rules.version,
            shortened: known.map(AcademicYear::shortened).unwrap_or_default(),
        }
    }
}
