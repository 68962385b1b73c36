//! A CSV table as it is found in the wild: any of the usual encodings, separators and line ends; headers in any case.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use crate::{
    fields::Fields,
    header::{Columns, Header},
    report::{FileReport, Reason, ReasonCode, Refusal, Warning, WarningCode},
};

/// A table read from a CSV file. Cells of secret columns (passwords) are not in it.
#[derive(Debug, Clone)]
pub struct Table {
    header: Header,
    /// Each record with the line on which it begins.
    records: Vec<(u64, StringRecord)>,
}

impl Table {
    /// Reads a table. Oddities that could be understood go to the file's report as warnings; rows that cannot be read at all
    /// go there as refusals.
    ///
    /// # Errors
    /// A reason that refuses the file as a whole: it is empty, is not text, or lacks required columns.
    pub fn read(bytes: &[u8], columns: &Columns, report: &mut FileReport) -> Result<Self, Reason> {
        let text = decode(bytes, report)?;
        let separator = separator_of(&text);
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut names = StringRecord::new();
        let found = reader.read_record(&mut names).map_err(unreadable)?;
        if !found || names.iter().all(|name| name.trim().is_empty()) {
            return Err(Reason::new(ReasonCode::FileEmpty));
        }
        let header = Header::read(&names, columns, report)?;
        let mut table = Self {
            header,
            records: Vec::new(),
        };
        table.read_records(&mut reader, &text, report);
        Ok(table)
    }

    fn read_records(&mut self, reader: &mut csv::Reader<&[u8]>, text: &str, report: &mut FileReport) {
        let mut lines = LineCounter::new(text);
        let mut secrets = 0;
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    // After an unreadable record the reader's place is unknown, so the rest of the file is not guessed at.
                    let line = error.position().map_or(0, |place| lines.line_at(place.byte()));
                    report.rows += 1;
                    report.refuse(Refusal {
                        line,
                        sourced_id: None,
                        column: None,
                        reason: unreadable(error),
                    });
                    break;
                }
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            report.rows += 1;
            let line = record.position().map_or(0, |place| lines.line_at(place.byte()));
            if let Some(reason) = self.header.overflow(&record) {
                let sourced_id = self.header.cell(&record, "sourcedId").map(str::to_owned);
                report.refuse(Refusal {
                    line,
                    sourced_id,
                    column: None,
                    reason,
                });
                continue;
            }
            secrets += u64::from(self.header.has_secret(&record));
            self.records.push((line, self.header.without_secrets(&record)));
        }
        if let Some(column) = self.header.secret_name().filter(|_| secrets > 0) {
            report.warn(
                Warning::new(WarningCode::PasswordsIgnored)
                    .column(column)
                    .with("rows", secrets),
            );
        }
    }

    /// The rows, in the file's order.
    pub fn rows(&self) -> impl Iterator<Item = Fields<'_>> {
        self.records
            .iter()
            .map(|(line, record)| Fields::new(&self.header, *line, record))
    }

    /// How many rows can be read.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

fn unreadable(error: csv::Error) -> Reason {
    Reason::new(ReasonCode::RowUnreadable).with("detail", error)
}

/// The text of a file: by its byte order mark, else UTF-8, else Windows-1251, in which old Russian systems write.
fn decode<'b>(bytes: &'b [u8], report: &mut FileReport) -> Result<Cow<'b, str>, Reason> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or_else(|| Reason::new(ReasonCode::FileNotText))?
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        report.warn(Warning::new(WarningCode::EncodingWindows1251));
        encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0
    };
    // Windows-1251 reads anything; what has control characters was no text to begin with.
    let binary = |symbol: char| symbol.is_ascii_control() && !matches!(symbol, '\t' | '\n' | '\r' | '\u{c}');
    if text.contains(binary) {
        Err(Reason::new(ReasonCode::FileNotText))
    } else {
        Ok(text)
    }
}

/// The separator that the header uses most: a header has no commas of its own, rows may.
fn separator_of(text: &str) -> u8 {
    let header = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or("");
    let count = |separator: &u8| header.bytes().filter(|byte| byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Turns byte offsets that only grow into line numbers as an editor shows them: `\r\n`, `\n` and a lone `\r` end a line.
struct LineCounter<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> LineCounter<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of the first byte at or after `offset` that is not a line end.
    ///
    /// The CSV reader places a record right after the separator it has consumed, which leaves the `\n` of a `\r\n` and blank
    /// lines before the record's first cell.
    fn line_at(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        while self.at < offset || matches!(self.text.get(self.at), Some(b'\r' | b'\n')) {
            match self.text[self.at] {
                b'\r' if self.text.get(self.at + 1) == Some(&b'\n') => {}
                b'\r' | b'\n' => self.line += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.line
    }
}
