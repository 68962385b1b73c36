//! The grid of a period: which columns and rows it has and what stands in them. Pure.

use gradebook::{Cell, Explanation, JournalPeriod, Lesson, PeriodState, PupilRow, RowKey};
use jiff::civil::Date;
use model::{Attendance, Average, GroupKind, LessonKey, MarkingRule, PersonId, ResultMark, Work};
use rosters::{Group, GroupRoster, Member};
use store::Stored;

use crate::entry::shown;

/// What a journal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Lessons with marks and attendance.
    Marks,
    /// Lessons with attendance alone: grade 1 is taught without marks for lessons and homework (СП 2.4.3648-20, item 3.4.16,
    /// in force from 01.01.2021 to 01.01.2027).
    Attendance,
    /// Days with attendance alone: the register of a kindergarten's group.
    Days,
}

impl Format {
    /// What the journal of a group holds. A class keeps one itself only in a kindergarten.
    pub(crate) fn of(group: &Group) -> Self {
        match (group.kind, group.grade) {
            (GroupKind::Class, _) => Self::Days,
            (GroupKind::Teaching, Some(1)) => Self::Attendance,
            (GroupKind::Teaching, _) => Self::Marks,
        }
    }

    /// Whether marks are given, and so averages and results.
    pub(crate) const fn has_marks(self) -> bool {
        matches!(self, Self::Marks)
    }

    /// The letters of attendance that it takes.
    pub(crate) const fn letters(self) -> &'static [Attendance] {
        match self {
            Self::Days => &Attendance::OF_DAYS,
            Self::Marks | Self::Attendance => &Attendance::OF_LESSONS,
        }
    }

    /// What touch keys type: what is set most, first.
    pub(crate) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Marks => &["5", "4", "3", "2", "н", "б", "у", "о", "•", "зач"],
            Self::Attendance => &["н", "б", "у", "о", "осв"],
            Self::Days => &["н", "б", "у", "в"],
        }
    }
}

/// A period of a journal as a grid.
#[derive(Debug)]
pub(crate) struct Journal {
    /// Group, pupils and teachers.
    pub(crate) roster: GroupRoster,
    /// The lessons by time.
    pub(crate) lessons: Vec<Stored<Lesson>>,
    /// The pupils who are in the group at some time of the period, by name.
    pub(crate) rows: Vec<Row>,
    /// How the period stands; nothing before its first lesson.
    pub(crate) state: Option<Stored<PeriodState>>,
    /// What it holds.
    pub(crate) format: Format,
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

    /// The result of the period, if it stands.
    pub(crate) fn result(&self) -> Option<ResultMark> {
        self.cells.result.as_ref()?.mark
    }

    /// The result that the rule proposes.
    pub(crate) fn proposal(&self) -> Option<ResultMark> {
        self.cells.rule.proposal(self.average()).map(ResultMark::Grade)
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

/// How a period counts marks.
pub(crate) fn rule_of(state: Option<&Stored<PeriodState>>) -> MarkingRule {
    state.map_or(MarkingRule::USUAL, |state| state.record.marking.rule)
}

impl Journal {
    /// Puts the grid together. A row without a member (the pupil has left the list altogether) is not lost from the
    /// database, only from the grid.
    pub(crate) fn new(roster: GroupRoster, period: &model::AcademicPeriod, found: JournalPeriod) -> Self {
        let JournalPeriod {
            lessons,
            mut rows,
            state,
        } = found;
        let journal = roster.group.group;
        let subject = roster.group.subject.clone().unwrap_or_default();
        let rule = rule_of(state.as_ref());
        let rows = roster
            .pupils
            .iter()
            .filter(|member| {
                member.from.is_none_or(|from| from <= period.end)
                    && member.until.is_none_or(|until| period.start <= until)
            })
            .map(|member| {
                let place = rows.iter().position(|row| row.key.pupil == member.person);
                let cells = place.map(|place| rows.swap_remove(place)).unwrap_or_else(|| {
                    let key = RowKey {
                        journal,
                        period: period.id.clone(),
                        pupil: member.person,
                    };
                    PupilRow::empty(key, &subject, rule)
                });
                Row {
                    member: member.clone(),
                    cells,
                }
            })
            .collect();
        Self {
            format: Format::of(&roster.group),
            roster,
            lessons,
            rows,
            state,
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
