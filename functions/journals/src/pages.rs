//! The pages: what the templates are given.

use askama::Template;
use gradebook::{CellChange, Explanation, Lesson};
use jiff::{civil::Date, tz::TimeZone};
use model::{AcademicPeriod, Attendance, LessonKey, PeriodId, Weight, Work, WorkKind};
use rosters::{Group, Member};
use store::Stored;
use ui::{DateStyle, Frame};
use web::Problem;

use crate::{
    api::JournalEntry,
    entry::shown_whole,
    journal::{Column, Journal, Row},
    lesson_form::{LessonDraft, Refused},
};

/// The list of journals.
#[derive(Template)]
#[template(path = "journals.html")]
pub(crate) struct JournalsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The journals.
    pub(crate) journals: Vec<JournalEntry>,
}

/// The grid of a period.
#[derive(Template)]
#[template(path = "grid.html")]
pub(crate) struct GridPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The journal.
    pub(crate) journal: Journal,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// Whether the reader keeps this journal.
    pub(crate) may_write: bool,
    /// Today at the school.
    pub(crate) today: Date,
    /// The lesson that is proposed to be opened.
    pub(crate) draft: Option<LessonDraft>,
}

impl GridPage<'_> {
    fn group(&self) -> &Group {
        &self.journal.roster.group
    }

    /// Whether the proposed lesson is one to be opened now; else its form stays folded and leaves the room to the grid.
    fn is_due(&self, draft: &LessonDraft) -> bool {
        draft.date <= self.today || self.journal.lessons.is_empty()
    }

    fn short_date(&self, date: Date) -> String {
        self.frame.texts.date(date, DateStyle::Short)
    }

    /// What a screen reader says of a column, and the strip above the grid.
    fn column_name(&self, column: &Column<'_>) -> String {
        let texts = self.frame.texts;
        let lesson = column.lesson;
        let mut name = format!(
            "{}, {}",
            texts.date(lesson.lesson.date, DateStyle::Day),
            texts.count("lesson-number", lesson.lesson.number.into())
        );
        name.push_str(&format!(" · {}", work_name(self.frame.texts, column.work)));
        if !lesson.topic.is_empty() {
            name.push_str(&format!(" · {}", lesson.topic));
        }
        if let Some(homework) = &lesson.homework {
            name.push_str(&format!(" · {}", texts.of("homework-is", &homework.text)));
        }
        name
    }

    /// The column in which a teacher most probably wants to write: today's lesson, else the last one held.
    fn is_current(&self, column: &Column<'_>) -> bool {
        let last = self
            .journal
            .lessons
            .iter()
            .rev()
            .find(|lesson| lesson.record.lesson.date <= self.today);
        last.is_some_and(|lesson| lesson.record.lesson == column.lesson.lesson)
    }

    fn is_writable(&self, row: &Row, column: &Column<'_>) -> bool {
        self.may_write && column.lesson.lesson.date <= self.today && row.was_member(column.lesson.lesson.date)
    }
}

fn work_name(texts: ui::Texts<'_>, work: &Work) -> String {
    let kind = texts.get(&format!("work-{}", work.kind.as_str()));
    if work.weight == Weight::ONE {
        kind
    } else {
        format!("{kind} ×{}", work.weight)
    }
}

/// One lesson: topic, homework, works, and the column of each work as a form.
#[derive(Template)]
#[template(path = "lesson.html")]
pub(crate) struct LessonPage<'a> {
    frame: Frame<'a>,
    journal: Journal,
    period: AcademicPeriod,
    lesson: Stored<Lesson>,
    may_write: bool,
    refused: Vec<Refused>,
}

impl<'a> LessonPage<'a> {
    /// The page of a lesson of the journal, with the entries that were just refused.
    pub(crate) fn new(
        frame: Frame<'a>,
        journal: Journal,
        period: AcademicPeriod,
        key: LessonKey,
        may_write: bool,
        refused: Vec<Refused>,
    ) -> Result<Self, Problem> {
        let lesson = journal.lesson(key).cloned().ok_or_else(Problem::not_found)?;
        Ok(Self {
            frame,
            journal,
            period,
            lesson,
            may_write,
            refused,
        })
    }

    fn address(&self) -> String {
        let lesson = &self.lesson.record;
        format!(
            "/journals/{}/{}/lessons/{}",
            lesson.journal, lesson.period, lesson.lesson
        )
    }

    fn heading(&self) -> String {
        let texts = self.frame.texts;
        let key = self.lesson.record.lesson;
        format!(
            "{}, {}",
            texts.date(key.date, DateStyle::Day),
            texts.count("lesson-number", key.number.into())
        )
    }

    fn columns(&self) -> Vec<Column<'_>> {
        self.journal
            .columns()
            .into_iter()
            .filter(|column| column.lesson.lesson == self.lesson.record.lesson)
            .collect()
    }

    fn pupils(&self) -> Vec<&Row> {
        let date = self.lesson.record.lesson.date;
        self.journal
            .rows
            .iter()
            .filter(|row| row.was_member(date))
            .collect()
    }

    fn work_name(&self, work: &Work) -> String {
        work_name(self.frame.texts, work)
    }

    fn work_kinds(&self) -> [WorkKind; 7] {
        WorkKind::ALL
    }

    fn can_add_work(&self) -> bool {
        self.lesson.record.works.len() < usize::from(model::WorkId::MOST)
    }

    fn homework(&self) -> String {
        self.lesson
            .record
            .homework
            .as_ref()
            .map(|homework| homework.text.clone())
            .unwrap_or_default()
    }

    fn minutes(&self) -> String {
        let minutes = self
            .lesson
            .record
            .homework
            .as_ref()
            .and_then(|homework| homework.minutes);
        minutes.map(|minutes| minutes.to_string()).unwrap_or_default()
    }

    fn refusal(&self, row: &Row) -> Option<&Refused> {
        self.refused
            .iter()
            .find(|refused| refused.pupil == row.member.person)
    }

    fn refusal_text(&self, refused: &Refused) -> String {
        self.frame.texts.get(&format!("problem-{}", refused.code))
    }

    fn letters(&self) -> [Attendance; 6] {
        Attendance::ALL
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
}

impl HistoryPage<'_> {
    fn when(&self, change: &CellChange) -> String {
        let local = self.zone.to_datetime(change.at);
        let texts = self.frame.texts;
        format!(
            "{}, {}",
            texts.date(local.date(), DateStyle::Day),
            texts.time(local.time())
        )
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
