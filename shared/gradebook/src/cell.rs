//! A cell of the journal: one pupil at one lesson.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use model::{Attendance, Mark, ParseError, Publication, Reader, Weight, WorkId, WorkKind};
use serde::{Deserialize, Serialize};

/// A mark in a cell. It carries the kind and weight of its work, so that a diary needs no journal to explain an average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellMark {
    /// For which of the lesson's works.
    #[serde(rename = "w")]
    pub work: WorkId,
    /// The mark.
    #[serde(rename = "m")]
    pub mark: Mark,
    /// What the work was.
    #[serde(rename = "k")]
    pub kind: WorkKind,
    /// What it weighs.
    #[serde(rename = "x")]
    pub weight: Weight,
    /// From when it is shown to the family: as its work says.
    #[serde(rename = "d", default, skip_serializing_if = "Publication::is_at_once")]
    pub publication: Publication,
}

/// Who looks at cells, and on which day: what is not published to them by then is not there for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Who.
    pub reader: Reader,
    /// Today, where the institution is.
    pub today: Date,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellValue {
    /// How the pupil was at the lesson; nothing means present.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// The marks, by work; several for one work are possible.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<CellMark>,
    /// What the teacher says to the family: one line.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl CellValue {
    /// How many marks one cell can hold.
    pub const MOST_MARKS: usize = 6;
    /// The longest comment, in characters: a thousand of them still fit into a row.
    pub const LONGEST_COMMENT: usize = 200;

    /// Whether nothing stands in it.
    pub const fn is_empty(&self) -> bool {
        self.attendance.is_none() && self.marks.is_empty() && self.comment.is_none()
    }

    /// What a reader may see of it. The comment waits for the last of the marks: it may well speak of it.
    pub(crate) fn seen(&mut self, sight: Sight) {
        let all = self.marks.len();
        self.marks
            .retain(|mark| mark.publication.shows_to(sight.reader, sight.today));
        if self.marks.len() < all {
            self.comment = None;
        }
    }
}

/// A cell with the number of its last change. A cell that was emptied keeps counting.
///
/// A period holds a hundred cells for every pupil, so a cell is kept as a short text: its version and a space, then by
/// spaces the attendance and each mark as `work:mark:kind:weight`, with the dates of publication to pupils and to parents
/// where there are any, and at the end the comment after a `#`. `3 ill`, `1 1:5:answer:100 2:4:test:300::2026-12-01`,
/// `2 1:•2026-12-07:homework:100 #Принести тетрадь`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Counts the changes, from 1.
    pub version: u64,
    /// What stands in it.
    pub value: CellValue,
}

/// What begins a comment. Nothing before it has this sign.
const COMMENT: char = '#';

impl Cell {
    /// How the kept text of a cell of that version begins, and of no other: the condition of a write.
    pub(crate) fn beginning(version: u64) -> String {
        format!("{version} ")
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CellValue {
            attendance,
            marks,
            comment,
        } = &self.value;
        let attendance = attendance.iter().map(|attendance| attendance.as_str().to_owned());
        let comment = comment.iter().map(|comment| format!("{COMMENT}{comment}"));
        let parts: Vec<String> = attendance.chain(marks.iter().map(kept)).chain(comment).collect();
        write!(f, "{} {}", self.version, parts.join(" "))
    }
}

impl FromStr for Cell {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (version, parts) = text.split_once(' ').ok_or(ParseError("cell"))?;
        let (parts, comment) = match parts.split_once(COMMENT) {
            Some((parts, comment)) => (parts, Some(comment.to_owned())),
            None => (parts, None),
        };
        let mut value = CellValue {
            comment,
            ..CellValue::default()
        };
        for part in parts.split(' ').filter(|part| !part.is_empty()) {
            if part.contains(':') {
                value.marks.push(mark(part)?);
            } else {
                value.attendance = Some(part.parse()?);
            }
        }
        Ok(Self {
            version: version.parse().map_err(|_| ParseError("version of a cell"))?,
            value,
        })
    }
}

fn kept(mark: &CellMark) -> String {
    let (work, weight) = (mark.work.number(), mark.weight.hundredths());
    let mut text = format!("{work}:{}:{}:{weight}", mark.mark, mark.kind.as_str());
    let Publication {
        pupils_from,
        parents_from,
    } = mark.publication;
    if !mark.publication.is_at_once() {
        text.push(':');
        text.extend(pupils_from.map(|date| date.to_string()));
    }
    if let Some(date) = parents_from {
        text.push(':');
        text.push_str(&date.to_string());
    }
    text
}

fn mark(text: &str) -> Result<CellMark, ParseError> {
    let error = ParseError("mark of a cell");
    let mut parts = text.split(':');
    let mut next = || parts.next().ok_or(error);
    let (work, mark, kind, weight) = (next()?, next()?, next()?, next()?);
    let date = |text: Option<&str>| match text {
        None | Some("") => Ok(None),
        Some(text) => text.parse::<Date>().map(Some).map_err(|_| error),
    };
    Ok(CellMark {
        work: work.parse::<u8>().map_err(|_| error)?.try_into()?,
        mark: mark.parse()?,
        kind: kind.parse()?,
        weight: weight.parse::<u16>().map_err(|_| error)?.try_into()?,
        publication: Publication {
            pupils_from: date(parts.next())?,
            parents_from: date(parts.next())?,
        },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn any_date() -> impl Strategy<Value = Date> {
        (1i8..=12, 1i8..=28).prop_map(|(month, day)| date(2026, month, day))
    }

    fn any_mark() -> impl Strategy<Value = CellMark> {
        let grades = (1u8..=5).prop_map(Mark::Grade);
        let marks = prop_oneof![
            grades,
            Just(Mark::Pass),
            Just(Mark::Fail),
            Just(Mark::NotAssessed),
            any_date().prop_map(|by| Mark::Owed { by }),
        ];
        let kinds = prop::sample::select(&WorkKind::ALL[..]);
        let dates = (prop::option::of(any_date()), prop::option::of(any_date()));
        (1u8..=6, marks, kinds, 1u16..=1_000, dates).prop_map(|(work, mark, kind, weight, dates)| CellMark {
            work: work.try_into().expect("a work"),
            mark,
            kind,
            weight: weight.try_into().expect("a weight"),
            publication: Publication {
                pupils_from: dates.0,
                parents_from: dates.1,
            },
        })
    }

    fn any_value() -> impl Strategy<Value = CellValue> {
        let attendance = prop::option::of(prop::sample::select(&Attendance::ALL[..]));
        let comment = prop::option::of("[а-яa-z0-9 :#•!]{1,40}");
        let marks = prop::collection::vec(any_mark(), 0..6);
        (attendance, marks, comment).prop_map(|(attendance, marks, comment)| CellValue {
            attendance,
            marks,
            comment,
        })
    }

    proptest! {
        #[test]
        fn a_cell_reads_back_as_it_was_kept(version in 1u64..10_000, value in any_value()) {
            let cell = Cell { version, value };
            prop_assert_eq!(cell.to_string().parse(), Ok(cell));
        }

        #[test]
        fn nobody_sees_more_than_the_staff_and_nothing_before_its_date(value in any_value(), today in any_date()) {
            let seen = |reader| {
                let mut seen = value.clone();
                seen.seen(Sight { reader, today });
                seen
            };
            prop_assert_eq!(&seen(Reader::Staff), &value);
            for (reader, from) in [
                (Reader::Pupil, (|mark: &CellMark| mark.publication.pupils_from) as fn(&CellMark) -> _),
                (Reader::Guardian, |mark: &CellMark| mark.publication.parents_from),
            ] {
                let shown = seen(reader);
                let due = value.marks.iter().filter(|mark| from(mark).is_none_or(|from| from <= today));
                prop_assert_eq!(&shown.marks, &due.copied().collect::<Vec<_>>());
                let hidden = shown.marks.len() < value.marks.len();
                prop_assert_eq!(&shown.comment, if hidden { &None } else { &value.comment });
                prop_assert_eq!(shown.attendance, value.attendance);
            }
        }

        #[test]
        fn the_beginning_of_a_version_is_of_no_other(version in 1u64..500, other in 1u64..500) {
            let cell = Cell { version, value: CellValue::default() };
            prop_assert_eq!(cell.to_string().starts_with(&Cell::beginning(other)), version == other);
        }
    }

    #[test]
    fn a_cell_is_kept_as_a_short_text() {
        let mark = |work, mark, kind: WorkKind| CellMark {
            work: WorkId::try_from(work).expect("a work"),
            mark,
            kind,
            weight: kind.proposed_weight(),
            publication: Publication::AT_ONCE,
        };
        let marks = vec![
            mark(1, Mark::Grade(5), WorkKind::Answer),
            mark(2, Mark::Pass, WorkKind::Test),
        ];
        let mut cell = Cell {
            version: 12,
            value: CellValue {
                attendance: Some(Attendance::Late),
                marks,
                comment: None,
            },
        };
        assert_eq!(cell.to_string(), "12 late 1:5:answer:100 2:зач:test:300");
        cell.value.marks[0].mark = Mark::Owed {
            by: date(2026, 12, 7),
        };
        cell.value.marks[1].publication.parents_from = Some(date(2026, 12, 1));
        cell.value.comment = Some("Принести тетрадь".to_owned());
        assert_eq!(
            cell.to_string(),
            "12 late 1:•2026-12-07:answer:100 2:зач:test:300::2026-12-01 #Принести тетрадь"
        );
    }

    #[test]
    fn a_text_that_is_no_cell_is_refused() {
        for wrong in [
            "",
            "1",
            "x ",
            "1 asleep",
            "1 1:6:answer:100",
            "1 1:5:answer",
            "1 9:5:answer:100",
            "1 1:5:answer:100:soon",
        ] {
            assert!(wrong.parse::<Cell>().is_err(), "{wrong}");
        }
    }
}
