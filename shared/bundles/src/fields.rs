//! The cells of one row, read as what they mean. A value that is not what its column holds is a [`Fault`] with its column.

use std::cell::RefCell;

use csv::StringRecord;
use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use crate::{
    header::Header,
    report::{Reason, ReasonCode, Refusal, Warning, WarningCode},
};

/// Why a row is refused, and for which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column by its standard name, where one is at fault.
    pub column: Option<&'static str>,
    /// Why.
    pub reason: Reason,
}

impl Fault {
    /// A fault of a column.
    pub const fn new(column: &'static str, reason: Reason) -> Self {
        Self {
            column: Some(column),
            reason,
        }
    }
}

/// One row of a table.
#[derive(Debug)]
pub struct Fields<'t> {
    header: &'t Header,
    line: u64,
    record: &'t StringRecord,
    /// What was left out while the row was read.
    warnings: RefCell<Vec<Warning>>,
}

impl<'t> Fields<'t> {
    pub(crate) const fn new(header: &'t Header, line: u64, record: &'t StringRecord) -> Self {
        Self {
            header,
            line,
            record,
            warnings: RefCell::new(Vec::new()),
        }
    }

    /// The line on which the row begins.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The warnings gathered so far.
    pub fn take_warnings(&self) -> Vec<Warning> {
        self.warnings.take()
    }

    /// The row's refusal for a fault.
    pub fn refusal(&self, fault: Fault) -> Refusal {
        Refusal {
            line: self.line,
            sourced_id: self.optional("sourcedId").map(crate::report::shortened),
            column: fault.column.map(str::to_owned),
            reason: fault.reason,
        }
    }

    /// The cell, trimmed, if it is filled.
    pub fn optional(&self, column: &str) -> Option<&'t str> {
        self.header.cell(self.record, column)
    }

    /// The cell, which must be filled.
    ///
    /// # Errors
    /// `value-missing`.
    pub fn required(&self, column: &'static str) -> Result<&'t str, Fault> {
        self.optional(column)
            .ok_or_else(|| Fault::new(column, Reason::new(ReasonCode::ValueMissing)))
    }

    /// A text of at most `longest` characters without control characters, if the cell is filled.
    ///
    /// # Errors
    /// `text-invalid`.
    pub fn text(&self, column: &'static str, longest: usize) -> Result<Option<String>, Fault> {
        self.optional(column)
            .map(|text| checked_text(column, text, longest))
            .transpose()
    }

    /// The same for a cell that must be filled.
    ///
    /// # Errors
    /// `value-missing`, `text-invalid`.
    pub fn required_text(&self, column: &'static str, longest: usize) -> Result<String, Fault> {
        checked_text(column, self.required(column)?, longest)
    }

    /// The parts of a list: OneRoster separates them by commas inside one quoted cell.
    pub fn list(&self, column: &str) -> Vec<&'t str> {
        split_list(self.optional(column).unwrap_or(""))
    }

    /// A date, if the cell is filled.
    ///
    /// # Errors
    /// `date-invalid`.
    pub fn date(&self, column: &'static str) -> Result<Option<Date>, Fault> {
        self.optional(column)
            .map(|text| parse_date(text).map_err(|reason| Fault::new(column, reason)))
            .transpose()
    }

    /// A date that must be there.
    ///
    /// # Errors
    /// `value-missing`, `date-invalid`.
    pub fn required_date(&self, column: &'static str) -> Result<Date, Fault> {
        parse_date(self.required(column)?).map_err(|reason| Fault::new(column, reason))
    }

    /// A beginning and an end; either may be open.
    ///
    /// # Errors
    /// `date-invalid`, `dates-reversed`.
    pub fn period(
        &self,
        begin: &'static str,
        end: &'static str,
    ) -> Result<(Option<Date>, Option<Date>), Fault> {
        let (first, last) = (self.date(begin)?, self.date(end)?);
        match (first, last) {
            (Some(first), Some(last)) if last < first => Err(Fault::new(
                end,
                Reason::new(ReasonCode::DatesReversed)
                    .with("begin", first)
                    .with("end", last),
            )),
            period => Ok(period),
        }
    }

    /// A moment, if the cell is filled. A date alone is its first moment in UTC.
    ///
    /// # Errors
    /// `date-invalid`.
    pub fn moment(&self, column: &'static str) -> Result<Option<Timestamp>, Fault> {
        self.optional(column)
            .map(|text| parse_moment(text).map_err(|reason| Fault::new(column, reason)))
            .transpose()
    }

    /// A moment that says nothing the row cannot do without: what is not one is left out with a warning.
    pub fn moment_if_readable(&self, column: &'static str) -> Option<Timestamp> {
        let text = self.optional(column)?;
        parse_moment(text)
            .inspect_err(|_| self.leave_out(WarningCode::DateLeftOut, column, text))
            .ok()
    }

    /// A time of day, which must be there.
    ///
    /// # Errors
    /// `value-missing`, `time-invalid`.
    pub fn required_time(&self, column: &'static str) -> Result<Time, Fault> {
        let text = self.required(column)?;
        parse_time(text)
            .ok_or_else(|| Fault::new(column, Reason::new(ReasonCode::TimeInvalid).with("value", text)))
    }

    /// A whole number between `from` and `to`, which must be there.
    ///
    /// # Errors
    /// `value-missing`, `number-invalid`.
    pub fn required_number(&self, column: &'static str, from: i16, to: i16) -> Result<i16, Fault> {
        let text = self.required(column)?;
        text.parse()
            .ok()
            .filter(|number| (from..=to).contains(number))
            .ok_or_else(|| {
                let reason = Reason::new(ReasonCode::NumberInvalid);
                Fault::new(
                    column,
                    reason.with("value", text).with("from", from).with("to", to),
                )
            })
    }

    /// One of the words of `T`, if the cell is filled.
    ///
    /// # Errors
    /// `word-unknown`.
    pub fn word<T: Word>(&self, column: &'static str) -> Result<Option<T>, Fault> {
        self.optional(column)
            .map(|text| parse_word(column, text))
            .transpose()
    }

    /// One of the words of `T`, which must be there.
    ///
    /// # Errors
    /// `value-missing`, `word-unknown`.
    pub fn required_word<T: Word>(&self, column: &'static str) -> Result<T, Fault> {
        parse_word(column, self.required(column)?)
    }

    /// One of the words of `T` that the row can do without: another word is left out with a warning.
    pub fn word_if_known<T: Word>(&self, column: &'static str) -> Option<T> {
        let text = self.optional(column)?;
        let word = T::read(text);
        if word.is_none() {
            self.leave_out(WarningCode::WordLeftOut, column, text);
        }
        word
    }

    /// The filled `metadata.*` cells: the rest of the column's name and the value.
    pub fn metadata(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.header.metadata(self.record)
    }

    fn leave_out(&self, code: WarningCode, column: &str, value: &str) {
        self.warnings.borrow_mut().push(
            Warning::new(code)
                .at(self.line)
                .column(column)
                .with("value", value),
        );
    }
}

/// A closed set of words that a column holds; case does not matter.
pub trait Word: Sized + Copy + 'static {
    /// The words with their meaning, in the spelling of the standard.
    const WORDS: &'static [(&'static str, Self)];

    /// The meaning of a word.
    fn read(text: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text))
            .map(|(_, meaning)| *meaning)
    }
}

fn parse_word<T: Word>(column: &'static str, text: &str) -> Result<T, Fault> {
    T::read(text).ok_or_else(|| {
        let allowed: Vec<_> = T::WORDS.iter().map(|(word, _)| *word).collect();
        let reason = Reason::new(ReasonCode::WordUnknown).with("value", text);
        Fault::new(column, reason.with("allowed", allowed.join(", ")))
    })
}

fn checked_text(column: &'static str, text: &str, longest: usize) -> Result<String, Fault> {
    // A line break inside a quoted cell is what people type into titles; it is a space to us.
    let text = text
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if text.chars().count() <= longest && !text.contains(char::is_control) {
        Ok(text)
    } else {
        Err(Fault::new(
            column,
            Reason::new(ReasonCode::TextInvalid).with("longest", longest),
        ))
    }
}

/// The parts of a list, trimmed, without empty ones.
pub(crate) fn split_list(text: &str) -> Vec<&str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// `2026-09-01`, the same with a time of day (which is cut off), or `01.09.2026` as Russian documents write it.
///
/// `1/05/2023` is refused: nothing says whether it is the first of May or the fifth of January.
pub(crate) fn parse_date(text: &str) -> Result<Date, Reason> {
    let iso = |text: &str| {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        shape.then(|| text.parse::<Date>().ok()).flatten()
    };
    let russian = || {
        let (day, rest) = text.split_once('.')?;
        let (month, year) = rest.split_once('.')?;
        let digits = day.len() == 2 && month.len() == 2 && year.len() == 4;
        digits.then(|| iso(&format!("{year}-{month}-{day}"))).flatten()
    };
    let with_time = || text.parse::<Timestamp>().ok().and_then(|_| iso(text.get(..10)?));
    iso(text)
        .or_else(russian)
        .or_else(with_time)
        .filter(|date| (1900..=2100).contains(&date.year()))
        .ok_or_else(|| Reason::new(ReasonCode::DateInvalid).with("value", text))
}

fn parse_moment(text: &str) -> Result<Timestamp, Reason> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let date = parse_date(text)?;
    let midnight = jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0));
    midnight.map_err(|_| Reason::new(ReasonCode::DateInvalid).with("value", text))
}

/// `08:30`, `8:30` or `08:30:00`.
fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let seconds = parts.next().unwrap_or("00");
    let shape =
        (1..=2).contains(&hour.len()) && minute.len() == 2 && seconds == "00" && parts.next().is_none();
    shape
        .then(|| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok())
        .flatten()
}
