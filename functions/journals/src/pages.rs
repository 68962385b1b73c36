//! The pages: what the templates are given.

pub(crate) mod alerts;
pub(crate) mod answers;
pub(crate) mod assessments;
pub(crate) mod class;
pub(crate) mod class_register;
pub(crate) mod lesson;
pub(crate) mod lock;
pub(crate) mod marking;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod results;

use askama::Template;
use gradebook::{Cell, CellChange, ClassNotice, Explanation};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::{AcademicPeriod, InstitutionId, LessonKey, PeriodId, Weight, Work};
use rosters::{Group, Member};
use ui::{DateStyle, Frame};

use crate::{
    absences::{Pending, pending, proposal},
    api::JournalEntry,
    entry::shown_whole,
    handlers::Sheet,
    journal::{Column, Format, Journal, Row},
    lesson_form::LessonDraft,
};

/// The list of journals.
#[derive(Template)]
#[template(path = "journals.html")]
pub(crate) struct JournalsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The journals.
    pub(crate) journals: Vec<JournalEntry>,
    /// The class whose results can be seen.
    pub(crate) class: Option<model::GroupId>,
    /// The classes of which the reader is the class teacher, with their titles.
    pub(crate) led: Vec<(model::GroupId, String)>,
    /// The institutions whose settings for marks can be seen.
    pub(crate) institutions: Vec<InstitutionId>,
}

/// A moment as people read it where the institution is.
pub(crate) fn moment(texts: ui::Texts<'_>, zone: &TimeZone, at: Timestamp) -> String {
    let local = zone.to_datetime(at);
    format!(
        "{}, {}",
        texts.date(local.date(), DateStyle::Day),
        texts.time(local.time())
    )
}

/// The grid of a period.
#[derive(Template)]
#[template(path = "grid.html")]
pub(crate) struct GridPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The period with what the reader can do there.
    pub(crate) sheet: Sheet,
    /// The absences that were told.
    pub(crate) notices: Vec<ClassNotice>,
    /// Today at the school.
    pub(crate) today: Date,
    /// The lesson that is proposed to be opened.
    pub(crate) draft: Option<LessonDraft>,
}

impl GridPage<'_> {
    fn group(&self) -> &Group {
        &self.sheet.journal.roster.group
    }

    fn journal(&self) -> &Journal {
        &self.sheet.journal
    }

    fn period(&self) -> &AcademicPeriod {
        &self.sheet.period
    }

    fn heading(&self) -> String {
        let subject = self.group().subject.clone();
        subject.unwrap_or_else(|| self.frame.texts.get("register-title"))
    }

    fn has_marks(&self) -> bool {
        self.journal().format.has_marks()
    }

    /// Until when the period is open again, and why.
    fn reopened(&self) -> Option<String> {
        let reopening = self.sheet.reopening()?;
        let until = moment(self.frame.texts, &self.group().zone(), reopening.until);
        let args = [
            ("until", until.into()),
            ("reason", reopening.reason.clone().into()),
        ];
        Some(self.frame.texts.with("period-reopened", &args))
    }

    /// What is said of a cell to the family.
    fn comment(&self, row: &Row, column: &Column<'_>) -> Option<String> {
        let cell = row.cells.cells.get(&column.lesson.lesson)?;
        cell.value.comment.clone().filter(|_| column.is_first)
    }

    /// What was told of a pupil for the first column of a lesson: the letter that is proposed, and the sentence.
    fn told(&self, row: &Row, column: &Column<'_>) -> Option<(&'static str, String)> {
        let notice = proposal(row, column.lesson.lesson, &self.notices, self.today)?;
        let letter = notice.reason.attendance().short();
        column
            .is_first
            .then(|| (letter, notices::told(self.frame.texts, notice)))
    }

    /// The lessons at which somebody of whom it was told can be noted as absent.
    fn pending(&self) -> Vec<Pending> {
        match self.sheet.may_write() {
            true => pending(self.journal(), &self.notices, self.today),
            false => vec![],
        }
    }

    /// «понедельник, 23 ноября, 2-й урок: 3 ученика».
    fn pending_name(&self, pending: &Pending) -> String {
        let texts = self.frame.texts;
        let args = [
            (
                "lesson",
                lesson_name(texts, self.journal().format, pending.lesson).into(),
            ),
            ("count", pending.pupils.into()),
        ];
        texts.with("absences-pending", &args)
    }

    /// Whether a column is of a control work.
    fn is_control(&self, column: &Column<'_>) -> bool {
        let state = self.journal().state.as_ref();
        state.is_some_and(|state| state.record.marking.is_control(column.work.kind))
    }

    /// Whether the proposed lesson is one to be opened now; else its form stays folded and leaves the room to the grid.
    fn is_due(&self, draft: &LessonDraft) -> bool {
        draft.date <= self.today || self.journal().lessons.is_empty()
    }

    fn short_date(&self, date: Date) -> String {
        self.frame.texts.date(date, DateStyle::Short)
    }

    /// What a screen reader says of a column, and the strip above the grid.
    fn column_name(&self, column: &Column<'_>) -> String {
        let texts = self.frame.texts;
        let lesson = column.lesson;
        let mut name = lesson_name(texts, self.journal().format, lesson.lesson);
        if self.has_marks() {
            name.push_str(&format!(" · {}", work_name(texts, column.work)));
        }
        if !lesson.topic.is_empty() {
            name.push_str(&format!(" · {}", lesson.topic));
        }
        if let Some(homework) = &lesson.homework {
            name.push_str(&format!(" · {}", texts.of("homework-is", &homework.text)));
            if let Some(due) = homework.due {
                name.push_str(&format!(
                    ", {}",
                    texts.of("homework-due-at", &due_name(texts, due))
                ));
            }
        }
        name
    }

    /// The column in which a teacher most probably wants to write: today's lesson, else the last one held.
    fn is_current(&self, column: &Column<'_>) -> bool {
        let last = self
            .journal()
            .lessons
            .iter()
            .rev()
            .find(|lesson| lesson.record.lesson.date <= self.today);
        last.is_some_and(|lesson| lesson.record.lesson == column.lesson.lesson)
    }

    fn is_writable(&self, row: &Row, column: &Column<'_>) -> bool {
        self.sheet.may_write()
            && column.lesson.lesson.date <= self.today
            && row.was_member(column.lesson.lesson.date)
    }
}

/// A lesson in words: its day and number; a day of a register has no number.
fn lesson_name(texts: ui::Texts<'_>, format: Format, key: LessonKey) -> String {
    let day = texts.date(key.date, DateStyle::Day);
    match format {
        Format::Days => day,
        Format::Marks | Format::Attendance => {
            format!("{day}, {}", texts.count("lesson-number", key.number.into()))
        }
    }
}

/// A lesson for which homework is due, short: «чт 26.11, 3-й урок».
fn due_name(texts: ui::Texts<'_>, key: LessonKey) -> String {
    format!(
        "{}\u{a0}{}, {}",
        texts.weekday_short(key.date),
        texts.date(key.date, DateStyle::Short),
        texts.count("lesson-number", key.number.into())
    )
}

fn work_name(texts: ui::Texts<'_>, work: &Work) -> String {
    let kind = texts.get(&format!("work-{}", work.kind.as_str()));
    if work.weight == Weight::ONE {
        kind
    } else {
        format!("{kind} ×{}", work.weight)
    }
}

/// The changes of a cell.
#[derive(Template)]
#[template(path = "history.html")]
pub(crate) struct HistoryPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The school's time zone.
    pub(crate) zone: TimeZone,
    /// The group.
    pub(crate) group: Group,
    /// The period.
    pub(crate) period: PeriodId,
    /// The lesson.
    pub(crate) lesson: LessonKey,
    /// The pupil.
    pub(crate) pupil: Member,
    /// The changes, the last first.
    pub(crate) changes: Vec<CellChange>,
    /// The cell as it stands, for whoever may write in it.
    pub(crate) cell: Option<Cell>,
}

impl HistoryPage<'_> {
    fn when(&self, change: &CellChange) -> String {
        moment(self.frame.texts, &self.zone, change.at)
    }

    fn comment(&self) -> &str {
        let cell = self.cell.as_ref();
        cell.and_then(|cell| cell.value.comment.as_deref())
            .unwrap_or_default()
    }

    fn has_reasons(&self) -> bool {
        self.changes.iter().any(|change| change.reason.is_some())
    }

    fn shown(&self, value: &gradebook::CellValue) -> String {
        if value.is_empty() {
            self.frame.texts.get("history-empty")
        } else {
            shown_whole(value)
        }
    }
}

/// Why an average is what it is.
#[derive(Template)]
#[template(path = "average.html")]
pub(crate) struct AveragePage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The group.
    pub(crate) group: Group,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// The pupil's name.
    pub(crate) name: String,
    /// The reasons.
    pub(crate) explanation: Explanation,
}
