//! The cells of one pupil in one period of one journal.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Average, GroupId, LessonKey, MarkingRule, PeriodId, PersonId};
use store::{Key, StoreError, Untyped, Write};

use crate::{Cell, PeriodResult, Sight, result};

const PUPIL: &str = "PUPIL#";

/// Which row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// The journal.
    pub journal: GroupId,
    /// The period.
    pub period: PeriodId,
    /// The pupil.
    pub pupil: PersonId,
}

impl RowKey {
    /// Where the row is kept.
    pub fn key(&self) -> Key {
        Key {
            pk: crate::lesson::partition(self.journal),
            sk: format!("{}#ROW#{}", self.period, self.pupil),
        }
    }

    /// Where the first index shows it: beside the pupil's rows of other subjects.
    pub fn first_index(&self) -> Key {
        Key {
            pk: Self::pupil_partition(self.pupil),
            sk: format!("{}#{}", self.period, self.journal),
        }
    }

    pub(crate) fn pupil_partition(pupil: PersonId) -> String {
        format!("{PUPIL}{pupil}")
    }

    /// The row that stands at a place of the first index.
    fn at(pk: &str, sk: &str) -> Option<Self> {
        let (period, journal) = sk.split_once('#')?;
        Some(Self {
            journal: journal.parse().ok()?,
            period: period.parse().ok()?,
            pupil: pupil_at(pk)?,
        })
    }
}

/// The pupil whose partition of the first index it is.
pub(crate) fn pupil_at(pk: &str) -> Option<PersonId> {
    pk.strip_prefix(PUPIL)?.parse().ok()
}

/// All cells of a pupil in a period, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PupilRow {
    /// Which row.
    pub key: RowKey,
    /// What is taught.
    pub subject: String,
    /// How the journal counts marks in this period. It stands in each row, so that a diary needs no journal for it.
    pub rule: MarkingRule,
    /// The cells that were ever set.
    pub cells: BTreeMap<LessonKey, Cell>,
    /// The result of the period, if one was ever set.
    pub result: Option<PeriodResult>,
}

/// What each write of a row writes anew, so that a row can come into being with any of them.
#[derive(Debug, Clone, Copy)]
pub struct RowHead<'a> {
    /// Which row.
    pub key: &'a RowKey,
    /// What is taught.
    pub subject: &'a str,
    /// How the journal counts marks in this period.
    pub rule: MarkingRule,
}

impl RowHead<'_> {
    fn update(&self, change: &str, condition: &str) -> Write {
        let index = self.key.first_index();
        let head = "gsi1pk = :gsi1pk, gsi1sk = :gsi1sk, #entity = :entity, subject = :subject, #rule = :rule";
        Write::update_if(self.key.key(), format!("SET {change}, {head}"), condition)
            .name("#entity", "entity")
            .name("#rule", "rule")
            .text(":gsi1pk", index.pk)
            .text(":gsi1sk", index.sk)
            .text(":entity", PupilRow::ENTITY)
            .text(":subject", self.subject)
            .text(":rule", self.rule.to_string())
    }

    /// The write that sets a cell of the row if its version is the one before.
    pub fn set_cell(&self, lesson: LessonKey, cell: &Cell) -> Write {
        let is_first = cell.version == 1;
        let condition = if is_first {
            "attribute_not_exists(#cell)"
        } else {
            "begins_with(#cell, :before)"
        };
        let write = self
            .update("#cell = :cell", condition)
            .name("#cell", PupilRow::attribute(lesson))
            .text(":cell", cell.to_string());
        if is_first {
            write
        } else {
            write.text(":before", Cell::beginning(cell.version - 1))
        }
    }

    /// The write that says a cell otherwise without changing what a teacher set: from when its marks are shown. It is no new
    /// version; the cell must stand exactly as it was read.
    pub fn restate_cell(&self, lesson: LessonKey, before: &Cell, after: &Cell) -> Write {
        self.update("#cell = :cell", "#cell = :before")
            .name("#cell", PupilRow::attribute(lesson))
            .text(":before", before.to_string())
            .text(":cell", after.to_string())
    }

    /// The write that sets the result if its version is the one before.
    pub fn set_result(&self, result: &PeriodResult) -> Write {
        let write = self.update("#result = :result", result.condition());
        result.bound(write.name("#result", PupilRow::RESULT))
    }
}

impl PupilRow {
    /// The kind of the item.
    pub const ENTITY: &'static str = "row";
    /// Cells are attributes of this prefix and the lesson's key.
    const CELL: &'static str = "c-";
    const RESULT: &'static str = "result";

    /// A row in which nothing stands yet.
    pub fn empty(key: RowKey, subject: &str, rule: MarkingRule) -> Self {
        Self {
            key,
            subject: subject.to_owned(),
            rule,
            cells: BTreeMap::new(),
            result: None,
        }
    }

    fn attribute(lesson: LessonKey) -> String {
        format!("{}{lesson}", Self::CELL)
    }

    /// What its writes write anew.
    pub fn head(&self) -> RowHead<'_> {
        RowHead {
            key: &self.key,
            subject: &self.subject,
            rule: self.rule,
        }
    }

    /// Reads a row from its item.
    pub(crate) fn of(item: &Untyped) -> Result<Self, StoreError> {
        let key = RowKey::at(item.text("gsi1pk"), item.text("gsi1sk"))
            .ok_or_else(|| StoreError::malformed("a row without its place in the index"))?;
        let mut cells = BTreeMap::new();
        for (lesson, cell) in item.texts(Self::CELL) {
            let lesson = lesson.parse().map_err(StoreError::malformed)?;
            cells.insert(lesson, cell.parse().map_err(StoreError::malformed)?);
        }
        let rule = match item.text("rule") {
            "" => MarkingRule::USUAL,
            text => text.parse().map_err(StoreError::malformed)?,
        };
        Ok(Self {
            key,
            subject: item.text("subject").to_owned(),
            rule,
            cells,
            result: result::read(item.text(Self::RESULT))?,
        })
    }

    /// What a reader may see of it: of marks that are not published to them nothing is left, neither in a cell nor in an
    /// average nor in its reasons. The one place where this is decided.
    #[must_use]
    pub(crate) fn seen(mut self, sight: Sight) -> Self {
        for cell in self.cells.values_mut() {
            cell.value.seen(sight);
        }
        self
    }

    /// The average of the period so far.
    pub fn average(&self) -> Option<Average> {
        let marks = self.cells.values().flat_map(|cell| &cell.value.marks);
        self.rule.average(marks.map(|mark| (mark.mark, mark.weight)))
    }

    /// The works that the pupil owes, by date: at which lesson, and by when.
    pub fn debts(&self) -> Vec<(LessonKey, Date)> {
        let marks = self.cells.iter().flat_map(|(lesson, cell)| {
            let owed = cell.value.marks.iter().filter_map(|mark| mark.mark.owed_by());
            owed.map(|by| (*lesson, by))
        });
        let mut debts: Vec<_> = marks.collect();
        debts.sort_by_key(|(lesson, by)| (*by, *lesson));
        debts
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{Mark, Publication, Reader, Weight, WorkId, WorkKind};

    use super::*;
    use crate::{CellMark, CellValue, Explanation};

    fn row(marks: &[(i8, Mark, Publication)]) -> PupilRow {
        let key = RowKey {
            journal: GroupId::from_bits(1),
            period: "2026-q2".parse().expect("a period"),
            pupil: PersonId::from_bits(1),
        };
        let mut row = PupilRow::empty(key, "Алгебра", MarkingRule::USUAL);
        for (day, mark, publication) in marks {
            let mark = CellMark {
                work: WorkId::FIRST,
                mark: *mark,
                kind: WorkKind::Answer,
                weight: Weight::ONE,
                publication: *publication,
            };
            let lesson = LessonKey {
                date: date(2026, 11, *day),
                number: 1,
            };
            let value = CellValue {
                marks: vec![mark],
                ..CellValue::default()
            };
            row.cells.insert(lesson, Cell { version: 1, value });
        }
        row
    }

    #[test]
    fn a_mark_that_is_not_published_enters_neither_average_nor_reasons() {
        let later = Publication {
            pupils_from: Some(date(2026, 11, 24)),
            parents_from: Some(date(2026, 11, 25)),
        };
        let row = row(&[
            (20, Mark::Grade(5), Publication::AT_ONCE),
            (23, Mark::Grade(2), later),
        ]);
        let seen = |reader, day| {
            let seen = row.clone().seen(Sight {
                reader,
                today: date(2026, 11, day),
            });
            let explained = Explanation::of(&seen);
            (
                explained.average.map(|average| average.to_string()),
                explained.reasons.len(),
            )
        };
        let (hidden, shown) = ((Some("5,00".to_owned()), 1), (Some("3,50".to_owned()), 2));
        assert_eq!(
            (seen(Reader::Pupil, 23), seen(Reader::Pupil, 24)),
            (hidden.clone(), shown.clone())
        );
        assert_eq!(
            (seen(Reader::Guardian, 24), seen(Reader::Guardian, 25)),
            (hidden, shown.clone())
        );
        assert_eq!(seen(Reader::Staff, 20), shown);
    }

    #[test]
    fn what_is_owed_is_no_mark_and_the_debts_stand_by_date() {
        let owed = |day| Mark::Owed {
            by: date(2026, 12, day),
        };
        let row = row(&[
            (20, owed(14), Publication::AT_ONCE),
            (21, Mark::Grade(4), Publication::AT_ONCE),
            (23, owed(7), Publication::AT_ONCE),
        ]);
        assert_eq!(
            row.average().map(|average| average.to_string()).as_deref(),
            Some("4,00")
        );
        let debts: Vec<_> = row
            .debts()
            .iter()
            .map(|(lesson, by)| (lesson.date.day(), by.day()))
            .collect();
        assert_eq!(debts, [(23, 7), (20, 14)]);
    }
}
