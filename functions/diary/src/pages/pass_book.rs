//! The pass book as a page and as a sheet.

use askama::Template;
use model::{PersonId, ResultMark};
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
        semester_name(self.frame.texts, semester.number)
    }

    fn section(&self, section: &Section) -> String {
        self.frame
            .texts
            .get(&format!("pass-book-{}", section.kind.as_str()))
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
    let first = course.year.first();
    let years = format!("{first}/{:02}", (first + 1) % 100);
    match course.number {
        Some(number) => {
            let args = [("number", usize::from(number).into()), ("years", years.into())];
            texts.with("pass-book-course", &args)
        }
        None => years,
    }
}

fn semester_name(texts: Texts<'_>, number: usize) -> String {
    texts.with("pass-book-semester", &[("number", number.into())])
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
    let first = debt.year.first();
    let years = format!("{first}/{:02}", (first + 1) % 100);
    format!("{}, {years}: {why}", debt.subject)
}

/// The open course as a sheet: a line for each result, the debts behind them.
pub(crate) fn sheet(texts: Texts<'_>, open: &OpenBook) -> Sheet {
    let book = &open.book;
    let column = |key: &str, width: f64| (texts.get(key), width);
    let mut rows = vec![];
    for semester in &book.semesters {
        for section in &semester.sections {
            for entry in &section.entries {
                let given = &entry.given;
                rows.push(vec![
                    Cell::from(semester_name(texts, semester.number)),
                    Cell::from(texts.get(&format!("pass-book-{}", section.kind.as_str()))),
                    Cell::from(entry.subject.as_str()),
                    given
                        .hours
                        .map_or(Cell::Empty, |hours| Cell::Count(u64::from(hours))),
                    Cell::from(form_name(texts, entry)),
                    Cell::from(mark_name(texts, entry.mark)),
                    Cell::from(given.date.strftime("%d.%m.%Y").to_string()),
                    Cell::from(given.teacher.as_str()),
                ]);
            }
        }
    }
    for debt in &book.debts {
        rows.push(vec![
            Cell::Empty,
            Cell::from(texts.get("pass-book-debts")),
            Cell::from(debt_words(texts, debt)),
        ]);
    }
    Sheet {
        name: texts.get("pass-book"),
        columns: vec![
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
