//! What a teacher types into a cell.

use gradebook::{CellMark, CellValue};
use jiff::{ToSpan, civil::Date};
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
    /// A work is owed by a day that does not exist.
    NoSuchDay,
}

impl EntryError {
    /// The name of the message that explains it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "entry_unknown",
            Self::TwoAttendances => "entry_two_attendances",
            Self::TooMany => "entry_too_many",
            Self::NoSuchDay => "entry_no_such_day",
        }
    }
}

/// A mark as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypedMark {
    /// One that says all of itself.
    Mark(Mark),
    /// A point: the work is owed, by a day and month or by the usual time.
    Owed(Option<(i8, i8)>),
}

/// What a point without its full date needs to be understood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwedTerms {
    /// The day of the lesson: works are owed later.
    pub(crate) lesson: Date,
    /// Today.
    pub(crate) today: Date,
    /// So many days from today, where no day was typed.
    pub(crate) days: u8,
}

impl TypedMark {
    /// Reads a point: «.», «.07.12», and as cells show it «•07.12». On a Russian keyboard the key of the full stop gives «ю».
    fn point(text: &str) -> Option<Result<Self, EntryError>> {
        let rest = text.strip_prefix(['.', Mark::POINT, 'ю'])?;
        if rest.is_empty() {
            return Some(Ok(Self::Owed(None)));
        }
        let date = || {
            let (day, month) = rest.split_once('.')?;
            Some((day.parse().ok()?, month.trim_end_matches('.').parse().ok()?))
        };
        Some(
            date()
                .map(|date| Self::Owed(Some(date)))
                .ok_or(EntryError::Unknown),
        )
    }

    /// The mark that is meant: a day without a year is the first such day from the lesson on.
    fn meant(self, terms: OwedTerms) -> Result<Mark, EntryError> {
        let by = match self {
            Self::Mark(mark) => return Ok(mark),
            Self::Owed(None) => terms.today.saturating_add(i64::from(terms.days).days()),
            Self::Owed(Some((day, month))) => {
                let year = terms.lesson.year();
                [year, year + 1]
                    .into_iter()
                    .filter_map(|year| Date::new(year, month, day).ok())
                    .find(|date| *date >= terms.lesson)
                    .ok_or(EntryError::NoSuchDay)?
            }
        };
        Ok(Mark::Owed { by })
    }
}

/// An entry for one work of a lesson: marks for it, and how the pupil was at the lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The marks, as typed.
    pub(crate) marks: Vec<TypedMark>,
    /// The attendance letter, if one was typed.
    pub(crate) attendance: Option<Attendance>,
}

impl Entry {
    /// Reads `5`, `5 4`, `5/4`, `н`, `о 4`, `.`, `.07.12`, or nothing. Capital letters are taken too, and Latin
    /// letters that stand on the keys of «н», «о», «у» or look like them: a teacher does not watch the keyboard's layout.
    pub(crate) fn parse(text: &str) -> Result<Self, EntryError> {
        let mut entry = Self::default();
        // «н/а» is one mark and not two parts.
        let text = text.to_lowercase().replace("н/а", "н\u{2044}а");
        for part in text.split(|symbol: char| symbol.is_whitespace() || matches!(symbol, '/' | ',' | ';')) {
            if part.is_empty() {
                continue;
            }
            let part = part.replace('\u{2044}', "/");
            if let Some(point) = TypedMark::point(&part) {
                entry.marks.push(point?);
            } else if let Ok(mark) = part.parse() {
                entry.marks.push(TypedMark::Mark(mark));
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

    /// The cell's value once this entry for `work` has been made: marks for other works stay, and so does the comment.
    /// `sets_attendance` says whether the entry speaks of attendance at all: only the column of a lesson's first work does.
    pub(crate) fn applied(
        &self,
        before: &CellValue,
        work: &Work,
        sets_attendance: bool,
        terms: OwedTerms,
    ) -> Result<CellValue, EntryError> {
        let mut marks: Vec<CellMark> = before
            .marks
            .iter()
            .filter(|mark| mark.work != work.id)
            .copied()
            .collect();
        for typed in &self.marks {
            marks.push(CellMark {
                work: work.id,
                mark: typed.meant(terms)?,
                kind: work.kind,
                weight: work.weight,
                publication: work.publication,
            });
        }
        if marks.len() > CellValue::MOST_MARKS {
            return Err(EntryError::TooMany);
        }
        marks.sort_by_key(|mark| mark.work);
        let attendance = if sets_attendance {
            self.attendance
        } else {
            self.attendance.or(before.attendance)
        };
        Ok(CellValue {
            attendance,
            marks,
            comment: before.comment.clone(),
        })
    }
}

/// A comment for the family as a form or a program sent it: one line of bounded length; none if it is empty.
pub(crate) fn parse_comment(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > CellValue::LONGEST_COMMENT || text.chars().any(char::is_control) {
        return Err("comment");
    }
    Ok((!text.is_empty()).then_some(text))
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
        .map(|mark| mark.mark.short());
    attendance.into_iter().chain(marks).collect::<Vec<_>>().join(" ")
}

/// All that stands in a cell, for the history; the comment in quotes.
pub(crate) fn shown_whole(value: &CellValue) -> String {
    let attendance = value.attendance.map(|attendance| attendance.short().to_owned());
    let marks = value.marks.iter().map(|mark| mark.mark.short());
    let comment = value.comment.as_ref().map(|comment| format!("«{comment}»"));
    let parts = attendance.into_iter().chain(marks).chain(comment);
    parts.collect::<Vec<_>>().join(" ")
}

/// Latin letters that look like the Russian ones.
fn look_alike(part: &str) -> &str {
    match part {
        // By the key, where the layout was left in Latin, and by the look.
        "y" | "h" => "н",
        "e" => "у",
        "j" | "o" => "о",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{Publication, Weight, WorkId, WorkKind};
    use proptest::prelude::*;

    use super::*;

    const TERMS: OwedTerms = OwedTerms {
        lesson: date(2026, 11, 20),
        today: date(2026, 11, 23),
        days: 14,
    };

    fn test_work() -> Work {
        Work {
            id: WorkId::try_from(2).expect("an id"),
            kind: WorkKind::Test,
            weight: Weight::whole(3),
            publication: Publication {
                pupils_from: Some(date(2026, 11, 25)),
                parents_from: None,
            },
        }
    }

    fn applied(
        entry: &str,
        before: &CellValue,
        work: &Work,
        is_first: bool,
    ) -> Result<CellValue, EntryError> {
        Entry::parse(entry)?.applied(before, work, is_first, TERMS)
    }

    #[test]
    fn a_teacher_types_marks_and_letters_as_on_paper() {
        let parse = |text| Entry::parse(text).expect("an entry");
        let marks = |text| parse(text).marks;
        let typed = TypedMark::Mark;
        assert_eq!(marks("5 4"), [typed(Mark::Grade(5)), typed(Mark::Grade(4))]);
        assert_eq!(parse("5/4"), parse("5 4"));
        assert_eq!(parse("Н").attendance, Some(Attendance::Absent));
        assert_eq!(
            parse("о 4"),
            Entry {
                marks: vec![typed(Mark::Grade(4))],
                attendance: Some(Attendance::Late)
            }
        );
        assert_eq!(marks("н/а"), [typed(Mark::NotAssessed)]);
        assert_eq!(parse("  "), Entry::default());
        for (latin, russian) in [("h", "н"), ("y", "н"), ("e", "у"), ("j", "о"), ("o", "о")] {
            assert_eq!(parse(latin), parse(russian), "{latin}");
        }
        assert_eq!(marks("."), [TypedMark::Owed(None)]);
        assert_eq!((marks("ю"), marks("•")), (marks("."), marks(".")));
        assert_eq!(
            marks("4 .07.12"),
            [typed(Mark::Grade(4)), TypedMark::Owed(Some((7, 12)))]
        );
    }

    #[test]
    fn what_is_no_mark_is_refused() {
        for wrong in ["6", "0", "55", "x", "5+", "пять", "10", ".5", ".x.12", "..", "5."] {
            assert_eq!(Entry::parse(wrong), Err(EntryError::Unknown), "{wrong}");
        }
        assert_eq!(Entry::parse("н б"), Err(EntryError::TwoAttendances));
        assert_eq!(Entry::parse("5 5 5 5 5 5 5"), Err(EntryError::TooMany));
        let first = Work::answers();
        let nowhere = applied(".31.11", &CellValue::default(), &first, true);
        assert_eq!(nowhere, Err(EntryError::NoSuchDay));
    }

    #[test]
    fn a_point_means_the_usual_time_or_the_first_such_day_from_the_lesson_on() {
        let owed = |entry| {
            let value = applied(entry, &CellValue::default(), &Work::answers(), true).expect("a value");
            value.marks[0].mark.owed_by()
        };
        assert_eq!(owed("."), Some(date(2026, 12, 7)), "14 days from today");
        assert_eq!(owed(".20.11"), Some(date(2026, 11, 20)));
        assert_eq!(owed(".19.11"), Some(date(2027, 11, 19)));
        assert_eq!(owed("•15.01"), Some(date(2027, 1, 15)));
    }

    #[test]
    fn an_entry_for_one_work_leaves_the_other_works_the_attendance_and_the_comment_alone() {
        let first = Work::answers();
        let mut before = applied("о 4", &CellValue::default(), &first, true).expect("a value");
        before.comment = Some("Молодец".to_owned());
        let after = applied("5", &before, &test_work(), false).expect("a value");
        assert_eq!(shown(&after, &first, true), "о 4");
        assert_eq!(shown(&after, &test_work(), false), "5");
        assert_eq!(shown_whole(&after), "о 4 5 «Молодец»");
        assert_eq!(
            after.marks[1].publication,
            test_work().publication,
            "as the work says"
        );
        let cleared = applied("", &after, &first, true).expect("a value");
        assert_eq!(
            (
                shown(&cleared, &first, true).as_str(),
                shown(&cleared, &test_work(), false).as_str(),
                cleared.comment.as_deref()
            ),
            ("", "5", Some("Молодец"))
        );
    }

    #[test]
    fn a_comment_is_one_line_of_bounded_length() {
        assert_eq!(
            parse_comment("  Молодец,\r\n так держать "),
            Ok(Some("Молодец, так держать".to_owned()))
        );
        assert_eq!(parse_comment(" \n "), Ok(None));
        assert!(parse_comment(&"я".repeat(201)).is_err() && parse_comment("a\u{0}b").is_err());
    }

    proptest! {
        #[test]
        fn what_a_column_shows_can_be_typed_again(
            grades in proptest::collection::vec(1u8..=5, 0..4), attendance in 0usize..8, days in prop::option::of(0i64..365)
        ) {
            let owed = days.map(|days| Mark::Owed { by: TERMS.lesson.saturating_add(days.days()) });
            let marks = grades.into_iter().map(Mark::Grade).chain(owed);
            let entry = Entry {
                marks: marks.map(TypedMark::Mark).collect(),
                attendance: Attendance::ALL.get(attendance).copied(),
            };
            let work = Work::answers();
            let value = entry.applied(&CellValue::default(), &work, true, TERMS).expect("a value");
            prop_assert_eq!(applied(&shown(&value, &work, true), &CellValue::default(), &work, true), Ok(value));
        }

        #[test]
        fn no_text_makes_the_parser_stumble(text: String) {
            let _ = applied(&text, &CellValue::default(), &Work::answers(), true);
        }
    }
}
