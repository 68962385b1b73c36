//! A cell of the journal: one pupil at one lesson.

use std::{fmt, str::FromStr};

use model::{Attendance, Average, Mark, ParseError, Weight, WorkId, WorkKind, average};
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
}

impl CellValue {
    /// How many marks one cell can hold.
    pub const MOST_MARKS: usize = 6;

    /// Whether nothing stands in it.
    pub const fn is_empty(&self) -> bool {
        self.attendance.is_none() && self.marks.is_empty()
    }
}

/// A cell with the number of its last change. A cell that was emptied keeps counting.
///
/// A period holds a hundred cells for every pupil, so a cell is kept as a short text: its version and a space, then by
/// spaces the attendance and each mark as `work:mark:kind:weight`. `3 ill`, `1 1:5:answer:100 2:4:test:300`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Counts the changes, from 1.
    pub version: u64,
    /// What stands in it.
    pub value: CellValue,
}

impl Cell {
    /// How the kept text of a cell of that version begins, and of no other: the condition of a write.
    pub(crate) fn beginning(version: u64) -> String {
        format!("{version} ")
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CellValue { attendance, marks } = &self.value;
        let attendance = attendance.iter().map(|attendance| attendance.as_str().to_owned());
        let parts: Vec<String> = attendance.chain(marks.iter().map(kept)).collect();
        write!(f, "{} {}", self.version, parts.join(" "))
    }
}

impl FromStr for Cell {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (version, parts) = text.split_once(' ').ok_or(ParseError("cell"))?;
        let mut value = CellValue::default();
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
    format!("{work}:{}:{}:{weight}", mark.mark, mark.kind.as_str())
}

fn mark(text: &str) -> Result<CellMark, ParseError> {
    let error = ParseError("mark of a cell");
    let mut parts = text.split(':');
    let mut next = || parts.next().ok_or(error);
    Ok(CellMark {
        work: next()?.parse::<u8>().map_err(|_| error)?.try_into()?,
        mark: next()?.parse()?,
        kind: next()?.parse()?,
        weight: next()?.parse::<u16>().map_err(|_| error)?.try_into()?,
    })
}

/// The average of some cells' marks.
pub(crate) fn average_of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Average> {
    average(cells.flat_map(|cell| cell.value.marks.iter().map(|mark| (mark.mark, mark.weight))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_mark() -> impl Strategy<Value = CellMark> {
        let grades = (1u8..=5).prop_map(Mark::Grade);
        let marks = prop_oneof![
            grades,
            Just(Mark::Pass),
            Just(Mark::Fail),
            Just(Mark::NotAssessed)
        ];
        (
            1u8..=6,
            marks,
            prop::sample::select(&WorkKind::ALL[..]),
            1u16..=1_000,
        )
            .prop_map(|(work, mark, kind, weight)| CellMark {
                work: work.try_into().expect("a work"),
                mark,
                kind,
                weight: weight.try_into().expect("a weight"),
            })
    }

    proptest! {
        #[test]
        fn a_cell_reads_back_as_it_was_kept(
            version in 1u64..10_000,
            attendance in prop::option::of(prop::sample::select(&Attendance::ALL[..])),
            marks in prop::collection::vec(any_mark(), 0..6)
        ) {
            let cell = Cell { version, value: CellValue { attendance, marks } };
            prop_assert_eq!(cell.to_string().parse(), Ok(cell));
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
        };
        let marks = vec![
            mark(1, Mark::Grade(5), WorkKind::Answer),
            mark(2, Mark::Pass, WorkKind::Test),
        ];
        let cell = Cell {
            version: 12,
            value: CellValue {
                attendance: Some(Attendance::Late),
                marks,
            },
        };
        assert_eq!(cell.to_string(), "12 late 1:5:answer:100 2:зач:test:300");
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
        ] {
            assert!(wrong.parse::<Cell>().is_err(), "{wrong}");
        }
    }
}
