//! The pass book as the API gives it.

use model::{AttestationForm, GroupId, PeriodId, ResultMark};
use serde::Serialize;
use utoipa::ToSchema;

use crate::pass_book::{Course, Debt, Entry, Owed, PassBook, Semester};

/// The pass book of a student, opened at a year of study.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassBookView {
    /// The years of study that have anything, and the present one.
    courses: Vec<CourseView>,
    /// The calendar year in which the open one begins: `2026`.
    year: String,
    /// Its semesters.
    semesters: Vec<SemesterView>,
    /// What is owed: results of any year that are not sufficient, and none in a semester of the present year that is over.
    debts: Vec<PassBookDebtView>,
}

/// A year of study.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CourseView {
    /// The calendar year in which it begins: `2026`.
    year: String,
    /// Its number, where the student's group has one.
    number: Option<u8>,
}

/// A semester of a pass book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SemesterView {
    /// The period.
    #[schema(value_type = String)]
    period: PeriodId,
    /// Its number in the student's studies, in the year where the course is not known; nothing where it cannot be told.
    number: Option<usize>,
    /// By section and discipline.
    entries: Vec<EntryView>,
}

/// A line of a pass book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// `exams`, `passes`, `course-works`, `practices`.
    section: &'static str,
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// The discipline.
    subject: String,
    /// Hours by the plan; nothing where no plan was known.
    hours: Option<u16>,
    /// `exam`, `pass`, `differentiated_pass`, `course_work`, `practice`.
    #[schema(value_type = String)]
    form: AttestationForm,
    /// `1`–`5`, `зач`, `нез`, `н/а`, `осв`.
    #[schema(value_type = String)]
    mark: ResultMark,
    /// The day: `2026-12-25`.
    date: String,
    /// How often it was taken again.
    retakes: u8,
    /// Who gave it, as they were named then; empty where that was not said.
    teacher: String,
    /// Whether it is an academic debt.
    is_debt: bool,
}

/// An academic debt.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassBookDebtView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// The discipline.
    subject: String,
    /// The calendar year in which its year of study begins.
    year: String,
    /// The semester.
    #[schema(value_type = String)]
    period: PeriodId,
    /// Its number: see the semesters.
    number: Option<usize>,
    /// The result that is not sufficient; nothing where there is none though the semester is over.
    #[schema(value_type = Option<String>)]
    mark: Option<ResultMark>,
}

impl PassBookView {
    /// The book as the API shows it.
    pub(crate) fn of(book: &PassBook) -> Self {
        Self {
            courses: book.courses.iter().map(CourseView::of).collect(),
            year: book.open.year.to_string(),
            semesters: book.semesters.iter().map(SemesterView::of).collect(),
            debts: book.debts.iter().map(PassBookDebtView::of).collect(),
        }
    }
}

impl CourseView {
    fn of(course: &Course) -> Self {
        Self {
            year: course.year.to_string(),
            number: course.number,
        }
    }
}

impl SemesterView {
    fn of(semester: &Semester) -> Self {
        let sections = semester.sections.iter();
        let entries = sections.flat_map(|section| {
            let kind = section.kind.as_str();
            section
                .entries
                .iter()
                .map(move |entry| EntryView::of(kind, entry))
        });
        Self {
            period: semester.period.clone(),
            number: semester.number,
            entries: entries.collect(),
        }
    }
}

impl EntryView {
    fn of(section: &'static str, entry: &Entry) -> Self {
        let given = &entry.given;
        Self {
            section,
            journal: entry.journal,
            subject: entry.subject.clone(),
            hours: given.hours,
            form: given.form,
            mark: entry.mark,
            date: given.date.to_string(),
            retakes: given.retakes,
            teacher: given.teacher.clone(),
            is_debt: !entry.mark.is_sufficient(),
        }
    }
}

impl PassBookDebtView {
    fn of(debt: &Debt) -> Self {
        Self {
            journal: debt.journal,
            subject: debt.subject.clone(),
            year: debt.year.to_string(),
            period: debt.period.clone(),
            number: debt.number,
            mark: match debt.why {
                Owed::Insufficient(mark) => Some(mark),
                Owed::NoResult => None,
            },
        }
    }
}
