//! Days off as people set them: spans put in and taken out, holidays of a year, breaks between periods. Pure.

use jiff::{ToSpan, civil::Date};
use model::{AcademicPeriod, DayOff, DayOffKind, InstitutionCalendar};

use super::production::{AcademicYear, SchoolWeek};

/// The longest title of a day off, in characters.
const LONGEST_TITLE: usize = 100;
/// The longest span that is set at once: the summer.
const LONGEST_SPAN: i64 = 120;
/// So many days off an institution keeps: the summers and breaks of three years.
pub(crate) const MOST_DAYS: usize = 600;

/// Days in a row, off for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) title: String,
    pub(crate) kind: DayOffKind,
}

impl Span {
    /// Checks a span as it was sent. The error names the field.
    pub(crate) fn parse(
        first: Date,
        last: Date,
        title: &str,
        kind: DayOffKind,
    ) -> Result<Self, &'static str> {
        dates(first, last)?;
        // A no-break space is meant: «Выходной за 4 января».
        let is_space = |symbol: char| symbol.is_whitespace() && symbol != '\u{a0}';
        let words = title.split(is_space).filter(|word| !word.is_empty());
        let title = words.collect::<Vec<_>>().join(" ");
        if title.trim().is_empty()
            || title.chars().count() > LONGEST_TITLE
            || title.contains(char::is_control)
        {
            return Err("title");
        }
        Ok(Self {
            first,
            last,
            title,
            kind,
        })
    }

    fn days(&self) -> impl Iterator<Item = DayOff> {
        let days = self.first.series(1.day()).take_while(|date| *date <= self.last);
        days.map(|date| DayOff {
            date,
            title: self.title.clone(),
            kind: self.kind,
        })
    }

    /// Days off as spans, by date.
    pub(crate) fn of(days: &[DayOff]) -> Vec<Self> {
        let mut spans: Vec<Self> = Vec::new();
        for day in days {
            match spans.last_mut() {
                Some(span) if span.goes_on(day) => span.last = day.date,
                _ => spans.push(Self {
                    first: day.date,
                    last: day.date,
                    title: day.title.clone(),
                    kind: day.kind,
                }),
            }
        }
        spans
    }

    fn goes_on(&self, day: &DayOff) -> bool {
        let is_next = self.last.tomorrow().is_ok_and(|next| next == day.date);
        is_next && (&self.title, self.kind) == (&day.title, day.kind)
    }
}

/// The bounds of a span: a school's lifetime, and not turned around.
fn dates(first: Date, last: Date) -> Result<(), &'static str> {
    if !(2000..=2100).contains(&first.year()) {
        return Err("from");
    }
    let is_short = last < first.saturating_add(LONGEST_SPAN.days());
    if last >= first && is_short {
        Ok(())
    } else {
        Err("until")
    }
}

/// What is done to the days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DaysEdit {
    /// These are off; whatever they were off for before.
    Add(Span),
    /// These are not.
    Remove(Date, Date),
    /// The holidays of a year are off; days that are off already stay what they are.
    Holidays(AcademicYear, SchoolWeek),
}

impl DaysEdit {
    /// Takes days out of the list. The error names the field.
    pub(crate) fn remove(first: Date, last: Date) -> Result<Self, &'static str> {
        dates(first, last)?;
        Ok(Self::Remove(first, last))
    }

    /// Makes the edit. What has been so already stays so: sent twice it does the same.
    pub(crate) fn apply(&self, calendar: &mut InstitutionCalendar) -> Result<(), &'static str> {
        let days = &mut calendar.days_off;
        match self {
            Self::Add(span) => {
                days.retain(|day| !(span.first..=span.last).contains(&day.date));
                days.extend(span.days());
            }
            Self::Remove(first, last) => days.retain(|day| !(*first..=*last).contains(&day.date)),
            Self::Holidays(year, week) => {
                let mut holidays = year.days_off(*week);
                holidays.retain(|holiday| days.iter().all(|day| day.date != holiday.date));
                days.append(&mut holidays);
            }
        }
        days.sort_by_key(|day| day.date);
        if days.len() > MOST_DAYS {
            Err("until")
        } else {
            Ok(())
        }
    }
}

/// Days off as a program sends them: by date, none twice. The error names the field.
pub(crate) fn parse_all(days: Vec<DayOff>) -> Result<Vec<DayOff>, &'static str> {
    let mut parsed = Vec::with_capacity(days.len());
    for day in days {
        let span = Span::parse(day.date, day.date, &day.title, day.kind)?;
        parsed.extend(span.days());
    }
    parsed.sort_by_key(|day| day.date);
    let is_twice = parsed.windows(2).any(|pair| pair[0].date == pair[1].date);
    if is_twice || parsed.len() > MOST_DAYS {
        Err("days_off")
    } else {
        Ok(parsed)
    }
}

/// The spans between periods that are not off yet: breaks, as they follow from the periods.
pub(crate) fn breaks_between(
    periods: &[AcademicPeriod],
    calendar: &InstitutionCalendar,
) -> Vec<(Date, Date)> {
    let mut by_time: Vec<&AcademicPeriod> = periods.iter().collect();
    by_time.sort_by_key(|period| period.start);
    let gaps = by_time.windows(2).filter_map(|pair| {
        let (first, last) = (pair[0].end.tomorrow().ok()?, pair[1].start.yesterday().ok()?);
        dates(first, last).ok()?;
        let mut days = first.series(1.day()).take_while(|date| *date <= last);
        days.any(|date| calendar.day_off(date).is_none())
            .then_some((first, last))
    });
    gaps.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn empty() -> InstitutionCalendar {
        InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off: vec![],
        }
    }

    fn span(first: Date, last: Date, title: &str) -> Span {
        Span::parse(first, last, title, DayOffKind::Break).expect("a span")
    }

    #[test]
    fn a_span_put_in_and_taken_out_again_in_part_leaves_the_rest() {
        let mut calendar = empty();
        let autumn = span(date(2026, 10, 26), date(2026, 11, 1), "Осенние каникулы");
        DaysEdit::Add(autumn).apply(&mut calendar).expect("added");
        let middle = DaysEdit::remove(date(2026, 10, 28), date(2026, 10, 28)).expect("an edit");
        middle.apply(&mut calendar).expect("removed");
        let left: Vec<_> = Span::of(&calendar.days_off)
            .into_iter()
            .map(|span| (span.first.day(), span.last.day()))
            .collect();
        assert_eq!(left, [(26, 27), (29, 1)]);
    }

    #[test]
    fn holidays_do_not_rename_what_is_off_already() {
        let mut calendar = empty();
        let own = span(date(2026, 11, 4), date(2026, 11, 4), "Каникулы");
        DaysEdit::Add(own).apply(&mut calendar).expect("added");
        let year = AcademicYear::known(2026).expect("shipped");
        let holidays = DaysEdit::Holidays(year, SchoolWeek::SixDays);
        holidays.apply(&mut calendar).expect("added");
        let once = calendar.clone();
        holidays.apply(&mut calendar).expect("added");
        assert_eq!(calendar, once, "the same again changes nothing");
        let day = calendar.day_off(date(2026, 11, 4)).expect("off");
        assert_eq!(day.title, "Каникулы");
        assert!(calendar.day_off(date(2027, 2, 23)).is_some());
    }

    #[test]
    fn wrong_spans_are_refused_by_field() {
        let (first, last) = (date(2026, 10, 26), date(2026, 11, 1));
        let parse = |first, last, title: &str| Span::parse(first, last, title, DayOffKind::Closed).err();
        assert_eq!(parse(last, first, "Карантин"), Some("until"));
        assert_eq!(parse(first, date(2027, 10, 1), "Карантин"), Some("until"));
        assert_eq!(parse(date(1900, 1, 1), last, "Карантин"), Some("from"));
        assert_eq!(parse(first, last, " \u{a0} "), Some("title"));
        assert_eq!(parse(first, last, &"к".repeat(101)), Some("title"));
        assert_eq!(DaysEdit::remove(last, first), Err("until"));
    }

    #[test]
    fn breaks_are_the_gaps_between_periods_that_are_not_off() {
        let period = |id: &str, start, end| AcademicPeriod {
            id: id.parse().expect("an id"),
            title: id.to_owned(),
            start,
            end,
        };
        let periods = [
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
            period("q1", date(2026, 9, 1), date(2026, 10, 30)),
            period("q3", date(2026, 12, 30), date(2027, 3, 26)),
        ];
        let mut calendar = empty();
        let gap = (date(2026, 10, 31), date(2026, 11, 8));
        assert_eq!(breaks_between(&periods, &calendar), [gap]);
        DaysEdit::Add(span(gap.0, gap.1, "Осенние каникулы"))
            .apply(&mut calendar)
            .expect("added");
        assert_eq!(breaks_between(&periods, &calendar), []);
    }

    proptest! {
        #[test]
        fn any_edits_leave_days_by_date_and_none_twice(
            edits in prop::collection::vec((0i64..300, 0i64..30, 0u8..3), 1..30)
        ) {
            let mut calendar = empty();
            for (start, length, what) in edits {
                let first = date(2026, 9, 1).saturating_add(start.days());
                let last = first.saturating_add(length.days());
                let edit = match what {
                    0 => DaysEdit::Add(span(first, last, "Каникулы")),
                    1 => DaysEdit::remove(first, last).expect("an edit"),
                    _ => DaysEdit::Holidays(AcademicYear::known(2026).expect("shipped"), SchoolWeek::FiveDays),
                };
                edit.apply(&mut calendar).expect("applied");
                prop_assert!(calendar.days_off.windows(2).all(|pair| pair[0].date < pair[1].date));
                let whole = Span::of(&calendar.days_off);
                let days: Vec<DayOff> = whole.iter().flat_map(Span::days).collect();
                prop_assert_eq!(&days, &calendar.days_off);
                prop_assert_eq!(parse_all(days), Ok(calendar.days_off.clone()));
            }
        }
    }
}
