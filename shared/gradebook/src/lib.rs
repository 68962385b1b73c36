//! Lessons, works, marks and attendance as the journals table keeps them.
//!
//! Journals writes them; the diary reads them.
//!
//! | partition | sort key | what | also shown by |
//! |---|---|---|---|
//! | `JOURNAL#grp` | `period#LESSON#date-number` | a lesson: topic, homework, works | |
//! | | `period#ROW#per` | all cells of a pupil in the period | gsi1 `PUPIL#per` / `period#grp` |
//! | `CLASS#grp` | `WEEK#monday` | the lessons of a week as the diaries of the class show them | |
//! | `HISTORY#grp#date-number#per` | version | one change of a cell; never changed or removed | |
//!
//! A pupil's cells of a period are attributes of one item, each with its own version: setting one touches nobody else's,
//! a grid of 30 × 40 reads as 70 items and not as 1,240, and a diary reads one item for a subject. The lessons of a class's
//! week are attributes of one item too: every diary of the class reads all of them.
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | journal grid, 27 × 12 / 30 × 40 | 1 query | 3 / 8 |
//! | a pupil's marks of a period in all subjects (16) | 1 query | 1 |
//! | the lessons of a class in a week (36) | 1 get | 1 |
//! | set one cell | 1 transaction of 3 | 8–10 written |
//! | history of a cell | 1 query | 0.5 |

mod cell;
mod class_week;
mod explanation;
mod history;
mod lesson;
mod row;
mod store;

pub use cell::{Cell, CellMark, CellValue};
pub use class_week::ClassLesson;
pub use explanation::{Explanation, Reason};
pub use history::CellChange;
pub use lesson::{Homework, Lesson};
pub use row::{PupilRow, RowKey};

pub use self::store::{Gradebook, JournalPeriod};
