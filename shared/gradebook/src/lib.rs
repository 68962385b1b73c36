//! Lessons, works, marks and attendance as the journals table keeps them.
//!
//! Journals writes them; the diary reads them.
//!
//! | partition | sort key | what | also shown by |
//! |---|---|---|---|
//! | `JOURNAL#grp` | `period#LESSON#date-number` | a lesson: topic, homework, works | |
//! | | `period#ROW#per` | all cells of a pupil in the period, and its result | gsi1 `PUPIL#per` / `period#grp` |
//! | | `period#STATE` | by which settings the period counts, whether it is locked | |
//! | | `Y2026#ROW#per` | a pupil's results of the year and its periods | gsi1 `PUPIL#per` / `Y2026#grp` |
//! | | `PLAN#2026` | the lesson plan of the year | |
//! | `HISTORY#grp#date-number#per` | version | one change of a cell; never changed or removed | if notable: gsi1 `CHANGES#grp` / moment `#date-number#per` |
//! | `HISTORY#grp#RESULT#period#per` | version | one change of a result, of a period or (`Y2026`) of the year | if notable: gsi1 `CHANGES#grp` / moment `#RESULT#per` |
//! | | | … and of both kinds, if unusual | gsi2 `ALERTS#ins` / moment `#grp#…` |
//! | `ALERTS#ins` | `day.kind.grp.per` | who has seen the unusual changes of a person in a journal on a day | gsi2 `ALERTS#ins` / day `#SEEN#…` |
//! | `CLASS#grp` | `WEEK#monday` | the lessons of a week as the diaries of the class show them, the homework of other weeks that is due in it, the notices of absence of its pupils | |
//! | `NOTICES#per` | `ins#2026` | the notices of absence of a pupil at an institution in a year | |
//! | `HISTORY#grp#STATE#period` | version | a lock or a reopening | |
//! | `ANSWERS#grp#date-number` | `per` | how a pupil's work on the homework of a lesson stands | gsi1 `PUPIL#per` / `ANSWER#date-number#grp` |
//! | `ANSWERS#grp#date-number#per` | number | one thing that pupil or teacher said of it; never changed or removed | |
//! | `INSTITUTION#ins` | `MARKING` | the settings for marks | |
//! | | `MARKING#version` | the settings as they were set once | |
//!
//! A pupil's cells of a period are attributes of one item, each with its own version: setting one touches nobody else's,
//! a grid of 30 × 40 reads as 70 items and not as 1,240, and a diary reads one item for a subject. The lessons of a class's
//! week are attributes of one item too: every diary of the class reads all of them.
//!
//! From when a mark is shown, to pupils and to parents, stands in the mark, as its work says; [`Gradebook::rows_of`] leaves out
//! what its reader may not see yet. The rule of averages and results stands in each row: it is the one of the journal's
//! period, so all rows of a period have the same, a diary needs no further reading to explain an average, and what the
//! institution settles later holds for the periods that begin later.
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | journal grid, 27 × 12 / 30 × 40 | 1 query | 3 / 8 |
//! | a pupil's marks of a period in all subjects (16) | 1 query | 1 |
//! | the lessons of a class in a week (36) with what is due in it and the notices of its pupils | 1 get | 1 |
//! | the lessons of a class in two weeks, and the homework that is due up to a term ahead (20 tasks) | 1 query | 3 |
//! | the notices of the pupils of a class in two weeks | 1 batch of gets | 2, and 0.5 for each pupil who came in the course of the year |
//! | the notices of a pupil in this year and the last (8 each) | 1 query | 1–2 |
//! | send or change a notice of a week | 1 transaction of 2; one more for each further week | 4, and 2 for each KB of the class's weeks, written |
//! | the cells of a journal's period (27 × 12), without lessons | 1 query | 2 |
//! | the lessons of a class in a period (8 weeks) | 1 query | 8 |
//! | the results of a journal's year (27 pupils) | 1 query | 1.5 |
//! | a pupil's results of the year in all subjects (16) | 1 query | 0.5–1 |
//! | a pupil's results of four years in all subjects (60) | 1 query | 3 |
//! | a pupil's rows of two periods in all subjects (16) | 1 query | 2 |
//! | set one cell | 1 transaction of 4 | 10–14 written; 1 more where the change is notable, and 1 more where it is unusual |
//! | the unusual changes at an institution in 30 days with who has seen them (20) | 1 query of gsi2 | 2 |
//! | say that unusual changes were seen | 1 write | 3 written |
//! | set one result | 1 transaction of 4 | 12–16 written |
//! | history of a cell, of a result, of a period's state | 1 query | 0.5 |
//! | the notable changes of a journal from day to day (20) | 1 query of gsi1 | 1.5 |
//! | how a group's work on a homework stands (27 pupils) | 1 query | 1–2 |
//! | how a pupil's work of three weeks stands (40) | 1 query | 1–2 |
//! | what was said of a pupil's work | 1 query | 1–2 |
//! | say something of it | 1 transaction of 3 | 8–10 written |
//! | settings for marks | 1 get | 0.5 |
//! | the lesson plan of a year (102 rows of 150 bytes) | 1 get | 2 |
//! | the lessons of a journal's period (30), without cells | 1 query | 2 |

mod alert;
mod answer;
mod cell;
mod class_notice;
mod class_week;
mod explanation;
mod history;
mod later_task;
mod lesson;
mod marking;
mod newcomers;
mod notice;
mod period_state;
mod plan;
mod result;
mod row;
mod store;

pub use alert::{Alert, AlertId, AlertSeen, UnusualChanges, UnusualKind};
pub use answer::{AnswerEntry, AnswerKey, AnswerSide, AnswerState, AnswerThread};
pub use cell::{Cell, CellMark, CellValue, Sight};
pub use class_notice::ClassNotice;
pub use class_week::ClassLesson;
pub use explanation::{Explanation, Reason};
pub use history::{CellChange, ChangePlace, NotableChange};
pub use later_task::LaterTask;
pub use lesson::{Homework, Lesson};
pub use marking::{InstitutionMarking, MarkingChange};
pub use newcomers::Newcomers;
pub use notice::{AbsenceReason, Notice, NoticeChange, NoticeId, NoticeSender, PupilNotices};
pub use period_state::{Openness, PeriodState, Reopening, Signed, StateChange};
pub use plan::{LessonPlan, PlanRow};
pub use result::{PeriodResult, ResultChange, Term, YearResults};
pub use row::{PupilRow, RowHead, RowKey};

pub use self::store::{Gradebook, JournalPeriod, WeekOfClass};
