//! What a teacher types into a cell.

use gradebook::{CellMark, CellValue};
use model::{Attendance, Mark, Work};

/// Why a typed entry is not taken. The code names the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryError {
    /// A part is neither a mark nor an attendance letter.
    Unknown,
    /// Two attendance letters at once.
    TwoAttendances,
    /// More marks than a cell holds.
    TooMany,
}

impl EntryError {
    /// The name of the message that explains it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "entry_unknown",
            Self::TwoAttendances => "entry_two_attendances",
            Self::TooMany => "entry_too_many",
        }
    }
}

/// An entry for one work of a lesson: marks for it, and how the pupil was at the lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The marks, as typed.
    pub(crate) marks: Vec<Mark>,
    /// The attendance letter, if one was typed.
    pub(crate) attendance: Option<Attendance>,
}

impl Entry {
    /// Reads `5`, `5 4`, `5/4`, `н`, `о 4`, or nothing. Capital letters and the Latin look-alikes of «н», «о», «у»
    /// are taken too: a teacher does not watch the keyboard's layout.
    pub(crate) fn parse(text: &str) -> Result<Self, EntryError> {
        let mut entry = Self::default();
        // «н/а» is one mark and not two parts.
        let text = text.to_lowercase().replace("н/а", "н\u{2044}а");
        for part in text.split(|symbol: char| symbol.is_whitespace() || matches!(symbol, '/' | ',' | ';')) {
            if part.is_empty() {
                continue;
            }
            let part = part.replace('\u{2044}', "/");
            if let Ok(mark) = part.parse() {
                entry.marks.push(mark);
            } else {
                let attendance = look_alike(&part).parse().map_err(|_| EntryError::Unknown)?;
                if entry.attendance.replace(attendance).is_some() {
                    return Err(EntryError::TwoAttendances);
                }
            }
        }
        if entry.marks.len() > CellValue::MOST_MARKS {
            Err(EntryError::TooMany)
        } else {
            Ok(entry)
        }
    }

    /// The cell's value once this entry for `work` has been made: marks for other works stay. `sets_attendance` says
    /// whether the entry speaks of attendance at all: only the column of a lesson's first work does.
    pub(crate) fn applied(
        &self,
        before: &CellValue,
        work: &Work,
        sets_attendance: bool,
    ) -> Result<CellValue, EntryError> {
        let mut marks: Vec<CellMark> = before
            .marks
            .iter()
            .filter(|mark| mark.work != work.id)
            .copied()
            .collect();
        marks.extend(self.marks.iter().map(|mark| CellMark {
            work: work.id,
            mark: *mark,
            kind: work.kind,
            weight: work.weight,
        }));
        if marks.len() > CellValue::MOST_MARKS {
            return Err(EntryError::TooMany);
        }
        marks.sort_by_key(|mark| mark.work);
        let attendance = if sets_attendance {
            self.attendance
        } else {
            self.attendance.or(before.attendance)
        };
        Ok(CellValue { attendance, marks })
    }
}

/// What stands in the column of a work, as it would be typed. The letter of attendance stands in the first column.
pub(crate) fn shown(value: &CellValue, work: &Work, is_first: bool) -> String {
    let attendance = value
        .attendance
        .filter(|_| is_first)
        .map(|attendance| attendance.short().to_owned());
    let marks = value
        .marks
        .iter()
        .filter(|mark| mark.work == work.id)
        .map(|mark| mark.mark.to_string());
    attendance.into_iter().chain(marks).collect::<Vec<_>>().join(" ")
}

/// All that stands in a cell, for the history.
pub(crate) fn shown_whole(value: &CellValue) -> String {
    let attendance = value.attendance.map(|attendance| attendance.short().to_owned());
    let marks = value.marks.iter().map(|mark| mark.mark.to_string());
    attendance.into_iter().chain(marks).collect::<Vec<_>>().join(" ")
}

/// Latin letters that look like the Russian ones.
fn look_alike(part: &str) -> &str {
    match part {
        "h" => "н",
        "y" => "у",
        "o" => "о",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use model::{Weight, WorkId, WorkKind};
    use proptest::prelude::*;

    use super::*;

    fn test_work() -> Work {
        Work {
            id: WorkId::try_from(2).expect("an id"),
            kind: WorkKind::Test,
            weight: Weight::whole(3),
        }
    }

    #[test]
    fn a_teacher_types_marks_and_letters_as_on_paper() {
        let parse = |text| Entry::parse(text).expect("an entry");
        assert_eq!(parse("5 4").marks, [Mark::Grade(5), Mark::Grade(4)]);
        assert_eq!(parse("5/4"), parse("5 4"));
        assert_eq!(parse("Н").attendance, Some(Attendance::Absent));
        assert_eq!(
            parse("о 4"),
            Entry {
                marks: vec![Mark::Grade(4)],
                attendance: Some(Attendance::Late)
            }
        );
        assert_eq!(parse("н/а").marks, [Mark::NotAssessed]);
        assert_eq!(parse("  "), Entry::default());
        assert_eq!(parse("h"), parse("н"));
    }

    #[test]
    fn what_is_no_mark_is_refused() {
        for wrong in ["6", "0", "55", "x", "5+", "пять", "10"] {
            assert_eq!(Entry::parse(wrong), Err(EntryError::Unknown), "{wrong}");
        }
        assert_eq!(Entry::parse("н б"), Err(EntryError::TwoAttendances));
        assert_eq!(Entry::parse("5 5 5 5 5 5 5"), Err(EntryError::TooMany));
    }

    #[test]
    fn an_entry_for_one_work_leaves_the_other_works_and_the_attendance_alone() {
        let first = Work::answers();
        let before = Entry::parse("о 4")
            .and_then(|e| e.applied(&CellValue::default(), &first, true))
            .expect("a value");
        let after = Entry::parse("5")
            .and_then(|e| e.applied(&before, &test_work(), false))
            .expect("a value");
        assert_eq!(shown(&after, &first, true), "о 4");
        assert_eq!(shown(&after, &test_work(), false), "5");
        let cleared = Entry::default().applied(&after, &first, true).expect("a value");
        assert_eq!(
            (
                shown(&cleared, &first, true).as_str(),
                shown(&cleared, &test_work(), false).as_str()
            ),
            ("", "5")
        );
    }

    proptest! {
        #[test]
        fn what_a_column_shows_can_be_typed_again(grades in proptest::collection::vec(1u8..=5, 0..4), attendance in 0usize..7) {
            let entry = Entry {
                marks: grades.into_iter().map(Mark::Grade).collect(),
                attendance: Attendance::ALL.get(attendance).copied(),
            };
            let work = Work::answers();
            let value = entry.applied(&CellValue::default(), &work, true).expect("a value");
            prop_assert_eq!(Entry::parse(&shown(&value, &work, true)), Ok(entry));
        }

        #[test]
        fn no_text_makes_the_parser_stumble(text: String) {
            let _ = Entry::parse(&text);
        }
    }
}
