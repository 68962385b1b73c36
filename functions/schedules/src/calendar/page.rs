//! The page of the academic year.

use std::collections::BTreeSet;

use askama::Template;
use jiff::civil::Date;
use model::{AcademicPeriod, DayOffKind, InstitutionId};
use rosters::Group;
use ui::{DateStyle, Frame};

use super::{
    bells::{BellTime, Regime, written_grades},
    days::{Span, breaks_between},
    production::AcademicYear,
    store::Year,
};

/// So many lessons the form of bells offers.
const OFFERED: u8 = 10;

/// Periods, days off and bells of an institution.
#[derive(Template)]
#[template(path = "calendar.html")]
pub(crate) struct CalendarPage<'a> {
    frame: Frame<'a>,
    institution: InstitutionId,
    name: String,
    today: Date,
    days_version: u64,
    bells_version: u64,
    /// Periods, with the classes that have them.
    periods: Vec<(Vec<AcademicPeriod>, Vec<String>)>,
    spans: Vec<Span>,
    /// Gaps between periods that are not off.
    breaks: Vec<(Date, Date)>,
    /// The year whose holidays can be put in.
    holidays: Option<AcademicYear>,
    regimes: Vec<Regime>,
}

impl<'a> CalendarPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, year: Year, classes: &[Group], today: Date) -> Self {
        let now = AcademicYear::of(today);
        let calendar = &year.days.record.calendar;
        let mut spans = Span::of(&calendar.days_off);
        // What is over long ago is kept and not shown.
        spans.retain(|span| now.contains(span.last) || span.last >= today);
        let periods = by_classes(classes);
        let mut breaks: Vec<(Date, Date)> = periods
            .iter()
            .flat_map(|(periods, _)| breaks_between(periods, calendar))
            .collect();
        breaks.sort_unstable();
        breaks.dedup();
        let holidays = AcademicYear::known(now.first());
        Self {
            institution: year.institution.institution,
            today,
            days_version: year.days.version,
            bells_version: year.rules.version,
            periods,
            breaks,
            holidays,
            regimes: Regime::all(&year.rules.record),
            spans,
            name: year.institution.name,
            frame,
        }
    }

    fn kinds() -> [(&'static str, DayOffKind); 4] {
        [
            ("break", DayOffKind::Break),
            ("closed", DayOffKind::Closed),
            ("holiday", DayOffKind::Holiday),
            ("moved", DayOffKind::Moved),
        ]
    }

    fn kind(&self, span: &Span) -> String {
        let name = Self::kinds().into_iter().find(|(_, kind)| *kind == span.kind);
        self.frame.texts.get(&format!(
            "calendar-kind-{}",
            name.map_or("closed", |(name, _)| name)
        ))
    }

    fn span(&self, first: &Date, last: &Date) -> String {
        if first == last {
            self.frame.texts.date(*first, DateStyle::Day)
        } else {
            self.frame.texts.span(*first, *last)
        }
    }

    /// Whose bells they are: «1 класс», «со 2 ноября», «2-я смена».
    fn of(&self, regime: &Regime) -> String {
        let texts = self.frame.texts;
        let mut parts = vec![match regime.grades.as_slice() {
            [] => texts.get("calendar-bells-all"),
            grades => texts.of("calendar-bells-grades", &written_grades(grades)),
        }];
        if regime.shift > 1 {
            parts.push(texts.of("calendar-bells-shift", &regime.shift.to_string()));
        }
        if let Some(from) = regime.from {
            parts.push(texts.of("calendar-bells-since", &texts.date(from, DateStyle::Full)));
        }
        parts.join(", ")
    }

    fn grades(regime: &Regime) -> String {
        written_grades(&regime.grades)
    }

    /// The lessons of a form: those of the regime, and empty ones up to as many as are offered.
    fn offered(regime: &Regime) -> Vec<(u8, String, String)> {
        let last = regime.lessons.iter().map(|lesson| lesson.number).max();
        (1..=last.unwrap_or(0).max(OFFERED))
            .map(|number| {
                let found = regime.lessons.iter().find(|lesson| lesson.number == number);
                let time = |of: fn(&BellTime) -> jiff::civil::Time| {
                    found
                        .map(|lesson| of(lesson).strftime("%H:%M").to_string())
                        .unwrap_or_default()
                };
                (number, time(|lesson| lesson.start), time(|lesson| lesson.end))
            })
            .collect()
    }

    /// The first regime's lessons as the beginning of a new one.
    fn fresh(&self) -> Regime {
        Regime {
            shift: 1,
            grades: vec![],
            from: None,
            lessons: self
                .regimes
                .first()
                .map(|first| first.lessons.clone())
                .unwrap_or_default(),
        }
    }
}

/// The periods of classes, the same ones once, with the years of study that have them.
fn by_classes(classes: &[Group]) -> Vec<(Vec<AcademicPeriod>, Vec<String>)> {
    let mut found: Vec<(Vec<AcademicPeriod>, BTreeSet<u8>, Vec<String>)> = Vec::new();
    for class in classes.iter().filter(|class| !class.periods.is_empty()) {
        let at = match found.iter().position(|(periods, ..)| *periods == class.periods) {
            Some(at) => at,
            None => {
                found.push((class.periods.clone(), BTreeSet::new(), vec![]));
                found.len() - 1
            }
        };
        match class.grade {
            Some(grade) => {
                found[at].1.insert(grade);
            }
            None => found[at].2.push(class.title.clone()),
        }
    }
    found
        .into_iter()
        .map(|(periods, grades, mut titles)| {
            let grades: Vec<u8> = grades.into_iter().collect();
            if !grades.is_empty() {
                titles.insert(0, written_grades(&grades));
            }
            (periods, titles)
        })
        .collect()
}
