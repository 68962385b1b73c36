//! The grid of a period: which columns and rows it has and what stands in them. Pure.

use gradebook::{Cell, Explanation, JournalPeriod, Lesson, PupilRow};
use jiff::civil::Date;
use model::{Average, LessonKey, PersonId, Work};
use rosters::{GroupRoster, Member};
use store::Stored;

use crate::entry::shown;

/// A period of a journal as a grid.
#[derive(Debug)]
pub(crate) struct Journal {
    /// Group, pupils and teachers.
    pub(crate) roster: GroupRoster,
    /// The lessons by time.
    pub(crate) lessons: Vec<Stored<Lesson>>,
    /// The pupils who are in the group at some time of the period, by name.
    pub(crate) rows: Vec<Row>,
}

/// A column: a work of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column<'a> {
    /// The lesson.
    pub(crate) lesson: &'a Lesson,
    /// The work.
    pub(crate) work: &'a Work,
    /// Whether it is the lesson's first work: attendance stands there.
    pub(crate) is_first: bool,
}

/// A pupil's row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The pupil.
    pub(crate) member: Member,
    /// The pupil's cells.
    pub(crate) cells: PupilRow,
}

impl Row {
    /// The cell at a lesson.
    pub(crate) fn cell(&self, lesson: LessonKey) -> Cell {
        self.cells.cells.get(&lesson).cloned().unwrap_or_default()
    }

    /// What stands in a column, as typed.
    pub(crate) fn shown(&self, column: &Column<'_>) -> String {
        self.cells
            .cells
            .get(&column.lesson.lesson)
            .map_or_else(String::new, |cell| {
                shown(&cell.value, column.work, column.is_first)
            })
    }

    /// Whether the pupil was in the group at a lesson.
    pub(crate) fn was_member(&self, date: Date) -> bool {
        was_member(&self.member, date)
    }

    /// The average so far.
    pub(crate) fn average(&self) -> Option<Average> {
        self.cells.average()
    }

    /// Why it is so.
    pub(crate) fn explanation(&self) -> Explanation {
        Explanation::of(&self.cells)
    }
}

/// Whether a member belonged to the group on the date.
pub(crate) fn was_member(member: &Member, date: Date) -> bool {
    member.from.is_none_or(|from| from <= date) && member.until.is_none_or(|until| date <= until)
}

impl Journal {
    /// Puts the grid together. A row without a member (the pupil has left the list altogether) is not lost from the
    /// database, only from the grid.
    pub(crate) fn new(roster: GroupRoster, period: &model::AcademicPeriod, found: JournalPeriod) -> Self {
        let JournalPeriod { lessons, mut rows } = found;
        let journal = roster.group.group;
        let subject = roster.group.subject.clone().unwrap_or_default();
        let rows = roster
            .pupils
            .iter()
            .filter(|member| {
                member.from.is_none_or(|from| from <= period.end)
                    && member.until.is_none_or(|until| period.start <= until)
            })
            .map(|member| {
                let place = rows.iter().position(|row| row.key.pupil == member.person);
                let cells = place
                    .map(|place| rows.swap_remove(place))
                    .unwrap_or_else(|| PupilRow {
                        key: gradebook::RowKey {
                            journal,
                            period: period.id.clone(),
                            pupil: member.person,
                        },
                        subject: subject.clone(),
                        cells: std::collections::BTreeMap::new(),
                    });
                Row {
                    member: member.clone(),
                    cells,
                }
            })
            .collect();
        Self {
            roster,
            lessons,
            rows,
        }
    }

    /// The columns by time: one for each work of each lesson.
    pub(crate) fn columns(&self) -> Vec<Column<'_>> {
        self.lessons
            .iter()
            .flat_map(|lesson| {
                lesson
                    .record
                    .works
                    .iter()
                    .enumerate()
                    .map(|(place, work)| Column {
                        lesson: &lesson.record,
                        work,
                        is_first: place == 0,
                    })
            })
            .collect()
    }

    /// A lesson with its version.
    pub(crate) fn lesson(&self, key: LessonKey) -> Option<&Stored<Lesson>> {
        self.lessons.iter().find(|lesson| lesson.record.lesson == key)
    }

    /// A pupil's row.
    pub(crate) fn row(&self, pupil: PersonId) -> Option<&Row> {
        self.rows.iter().find(|row| row.member.person == pupil)
    }
}
