//! The lesson plan of a journal's year (КТП).

use model::{AcademicYear, GroupId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// A row of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KeptRow", into = "KeptRow")]
pub struct PlanRow {
    /// Its number in the programme, as people count: not every program starts at 1.
    pub number: u16,
    /// What the lessons are about.
    pub topic: String,
    /// How many lessons it takes; none where it is given together with the row before.
    pub hours: u8,
    /// How it is assessed: «контрольная работа»; may be empty.
    pub control: String,
    /// What is set; may be empty.
    pub homework: String,
}

/// Number, topic, hours, control, homework. Two hundred of them stand in one item.
#[derive(Serialize, Deserialize)]
struct KeptRow(u16, String, u8, String, String);

impl From<KeptRow> for PlanRow {
    fn from(KeptRow(number, topic, hours, control, homework): KeptRow) -> Self {
        Self {
            number,
            topic,
            hours,
            control,
            homework,
        }
    }
}

impl From<PlanRow> for KeptRow {
    fn from(row: PlanRow) -> Self {
        Self(row.number, row.topic, row.hours, row.control, row.homework)
    }
}

/// The plan of a journal's year: one item, since it is written, bound to dates and read as one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonPlan {
    /// The journal.
    pub journal: GroupId,
    /// The year: a text, as in its key.
    pub year: String,
    /// The rows in their order.
    pub rows: Vec<PlanRow>,
}

impl LessonPlan {
    /// The most rows: a lesson on each of six days a week is 204.
    pub const MOST_ROWS: usize = 300;
    /// The most that all rows may take as text, in bytes: an item holds 400 KB, a reader pays by 4.
    pub const MOST_BYTES: usize = 96 * 1024;

    /// Where a plan is kept. A period's sort keys begin with its name, which has no capital letters.
    pub fn key_of(journal: GroupId, year: AcademicYear) -> Key {
        Self::key_in(journal, &year.to_string())
    }

    fn key_in(journal: GroupId, year: &str) -> Key {
        Key {
            pk: crate::lesson::partition(journal),
            sk: format!("PLAN#{year}"),
        }
    }

    /// Whether the rows are not too much for one item.
    pub fn fits(rows: &[PlanRow]) -> bool {
        let bytes = |row: &PlanRow| row.topic.len() + row.control.len() + row.homework.len() + 16;
        rows.len() <= Self::MOST_ROWS && rows.iter().map(bytes).sum::<usize>() <= Self::MOST_BYTES
    }
}

impl Record for LessonPlan {
    const ENTITY: &'static str = "lesson_plan";

    fn key(&self) -> Key {
        Self::key_in(self.journal, &self.year)
    }
}
