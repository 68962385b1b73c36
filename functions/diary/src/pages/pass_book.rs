//! The pass book as a page and as a sheet.

use askama::Template;
use model::{AcademicYear, PersonId, ResultMark};
use sheets::{Cell, Sheet};
use ui::{Child, DateStyle, Frame, Texts};

use crate::{
    handlers::pass_book::OpenBook,
    pages::{ViewTab, views},
    pass_book::{Course, Debt, Entry, Owed, Section, Semester},
};

/// The pass book.
#[derive(Template)]
#[template(path = "pass_book.html")]
pub(crate) struct PassBookPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) open: OpenBook,
}

impl PassBookPage<'_> {
    fn child(&self) -> PersonId {
        self.open.reading.child.person.person
    }

    /// The views of the diary, for whom they are open.
    fn views(&self) -> Vec<ViewTab> {
        if self.open.is_diary_open {
            views(self.frame.texts, &self.open.reading, "marks", false)
        } else {
            vec![]
        }
    }

    fn course(&self, course: &Course) -> String {
        course_name(self.frame.texts, *course)
    }

    fn is_open(&self, course: &Course) -> bool {
        *course == self.open.book.open
    }

    fn semester(&self, semester: &Semester) -> String {
        semester_name(self.frame.texts, semester.number, self.open.book.open.year)
    }

    fn section(&self, section: &Section) -> String {
        section_name(self.frame.texts, section)
    }

    fn form(&self, entry: &Entry) -> String {
        form_name(self.frame.texts, entry)
    }

    fn mark(&self, entry: &Entry) -> String {
        mark_name(self.frame.texts, entry.mark)
    }

    fn hours(&self, entry: &Entry) -> String {
        let hours = entry.given.hours;
        hours.map_or_else(|| "—".to_owned(), |hours| hours.to_string())
    }

    fn day(&self, entry: &Entry) -> String {
        entry.given.date.strftime("%d.%m.%Y").to_string()
    }

    fn is_debt(&self, entry: &Entry) -> bool {
        !entry.mark.is_sufficient()
    }

    /// «Базы данных, 3-й семестр: неудовлетворительно».
    fn debt(&self, debt: &Debt) -> String {
        debt_words(self.frame.texts, debt)
    }

    fn today(&self) -> String {
        self.frame.texts.date(self.open.reading.today, DateStyle::Full)
    }
}

/// «2-й курс, 2026/27».
fn course_name(texts: Texts<'_>, course: Course) -> String {
    let years = years_name(course.year);
    match course.number {
        Some(number) => {
            let args = [("number", usize::from(number).into()), ("years", years.into())];
            texts.with("pass-book-course", &args)
        }
        None => years,
    }
}

/// «2026/27».
fn years_name(year: AcademicYear) -> String {
    let first = year.first();
    format!("{first}/{:02}", (first + 1) % 100)
}

/// «3-й семестр»; where its number cannot be told, «Семестр 2026/27 года».
fn semester_name(texts: Texts<'_>, number: Option<usize>, year: AcademicYear) -> String {
    match number {
        Some(number) => texts.with("pass-book-semester", &[("number", number.into())]),
        None => texts.of("pass-book-semester-of", &years_name(year)),
    }
}

fn form_name(texts: Texts<'_>, entry: &Entry) -> String {
    let form = entry.given.form.as_str().replace('_', "-");
    let form = texts.get(&format!("pass-book-form-{form}"));
    match entry.given.retakes {
        0 => form,
        _ => format!("{form}, {}", texts.get("pass-book-retake")),
    }
}

/// A result as the book of paper has it: «5 (отлично)», «зачтено».
fn mark_name(texts: Texts<'_>, mark: ResultMark) -> String {
    match mark {
        ResultMark::Grade(grade) => {
            format!(
                "{grade} ({})",
                texts.get(&format!("pass-book-mark-{}", grade.max(2)))
            )
        }
        ResultMark::Pass => texts.get("pass-book-mark-pass"),
        ResultMark::Fail => texts.get("pass-book-mark-fail"),
        ResultMark::NotAssessed => texts.get("pass-book-mark-none"),
        ResultMark::Exempt => texts.get("pass-book-mark-exempt"),
    }
}

fn debt_words(texts: Texts<'_>, debt: &Debt) -> String {
    let why = match debt.why {
        Owed::Insufficient(mark) => mark_name(texts, mark),
        Owed::NoResult => texts.get("pass-book-no-result"),
    };
    let semester = semester_name(texts, debt.number, debt.year);
    format!("{}, {semester}: {why}", debt.subject)
}

/// The open course as a sheet: a line for each result, the debts behind them. Each line says whose it is, so that the sheets of
/// a group can be put together.
pub(crate) fn sheet(texts: Texts<'_>, open: &OpenBook) -> Sheet {
    let book = &open.book;
    let (name, group) = (open.reading.child.person.name.full(), &open.reading.class.title);
    let whose = || vec![Cell::from(name.as_str()), Cell::from(group.as_str())];
    let mut rows = vec![];
    for semester in &book.semesters {
        let title = semester_name(texts, semester.number, book.open.year);
        for section in &semester.sections {
            for entry in &section.entries {
                let mut row = whose();
                row.extend([title.as_str().into(), section_name(texts, section).into()]);
                row.extend(cells(texts, entry));
                rows.push(row);
            }
        }
    }
    for debt in &book.debts {
        let mut row = whose();
        let owed = [texts.get("pass-book-debts"), debt_words(texts, debt)];
        row.push(Cell::Empty);
        row.extend(owed.map(Cell::from));
        rows.push(row);
    }
    let column = |key: &str, width: f64| (texts.get(key), width);
    Sheet {
        name: format!("{}, {}", texts.get("pass-book"), course_name(texts, book.open)),
        columns: vec![
            column("pass-book-student", 30.0),
            column("pass-book-group", 12.0),
            column("pass-book-semester-head", 14.0),
            column("pass-book-section", 28.0),
            column("subject", 40.0),
            column("pass-book-hours", 8.0),
            column("pass-book-form", 28.0),
            column("diary-result", 26.0),
            column("pass-book-date", 12.0),
            column("pass-book-teacher", 24.0),
        ],
        rows,
    }
}

/// What the sheet says of a result, from the discipline on.
fn cells(texts: Texts<'_>, entry: &Entry) -> [Cell; 6] {
    let given = &entry.given;
    [
        Cell::from(entry.subject.as_str()),
        given
            .hours
            .map_or(Cell::Empty, |hours| Cell::Count(u64::from(hours))),
        Cell::from(form_name(texts, entry)),
        Cell::from(mark_name(texts, entry.mark)),
        Cell::from(given.date.strftime("%d.%m.%Y").to_string()),
        Cell::from(given.teacher.as_str()),
    ]
}

fn section_name(texts: Texts<'_>, section: &Section) -> String {
    texts.get(&format!("pass-book-{}", section.kind.as_str()))
}
