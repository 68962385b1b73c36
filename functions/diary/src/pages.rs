//! The pages: what the templates are given.

use askama::Template;
use gradebook::{Explanation, PupilRow};
use jiff::civil::DateTime;
use model::{AcademicPeriod, InstitutionId, PersonId};
use ui::{Child, DateStyle, Frame};

use crate::{
    handlers::{Reading, week::LoadedWeek},
    week::{Day, DayLesson},
};

/// There is nobody's diary to show.
#[derive(Template)]
#[template(path = "none.html")]
pub(crate) struct NoDiaryPage<'a> {
    pub(crate) frame: Frame<'a>,
}

/// A week.
#[derive(Template)]
#[template(path = "week.html")]
pub(crate) struct WeekPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) loaded: LoadedWeek,
    pub(crate) now: DateTime,
}

impl WeekPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn span(&self) -> String {
        let monday = self.loaded.week.monday();
        self.frame
            .texts
            .span(monday, self.loaded.week.school_days().last().unwrap_or(monday))
    }

    fn heading(&self, day: &Day) -> String {
        self.frame.texts.date(day.date, DateStyle::Day)
    }

    fn starts(&self, lesson: &DayLesson) -> String {
        lesson.time.map_or_else(
            || lesson.number.to_string(),
            |(start, _)| self.frame.texts.time(start),
        )
    }

    fn is_today(&self, day: &Day) -> bool {
        day.date == self.now.date()
    }

    fn is_now(&self, day: &Day, lesson: &DayLesson) -> bool {
        lesson.is_now(day.date, self.now)
    }

    /// In words how a lesson differs from the published week.
    fn change(&self, lesson: &DayLesson) -> Option<String> {
        let kind = lesson.state.change()?;
        Some(
            self.frame
                .texts
                .lesson_change(kind, lesson.state.other_lesson().as_ref()),
        )
    }

    /// The averages of the subjects that have any mark.
    fn averages(&self) -> Vec<(&PupilRow, String)> {
        let mut rows: Vec<_> = self
            .loaded
            .rows
            .iter()
            .filter_map(|row| row.average().map(|average| (row, average.to_string())))
            .collect();
        rows.sort_by(|a, b| a.0.subject.cmp(&b.0.subject));
        rows
    }
}

/// The marks of a period.
#[derive(Template)]
#[template(path = "marks.html")]
pub(crate) struct MarksPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) reading: Reading,
    pub(crate) period: Option<AcademicPeriod>,
    pub(crate) rows: Vec<PupilRow>,
}

impl MarksPage<'_> {
    fn child(&self) -> PersonId {
        self.reading.child.person.person
    }

    fn marks(&self, row: &PupilRow) -> Vec<(String, String)> {
        row.cells
            .iter()
            .flat_map(|(lesson, cell)| {
                cell.value.marks.iter().map(|mark| {
                    let day = self.frame.texts.date(lesson.date, DateStyle::Short);
                    (mark.mark.to_string(), day)
                })
            })
            .collect()
    }

    fn average(&self, row: &PupilRow) -> String {
        row.average()
            .map_or_else(|| "—".to_owned(), |average| average.to_string())
    }

    fn missed(&self, row: &PupilRow) -> usize {
        row.cells
            .values()
            .filter(|cell| cell.value.attendance.is_some_and(model::Attendance::is_missed))
            .count()
    }
}

/// The marks of one subject, with the reasons of the average.
#[derive(Template)]
#[template(path = "subject.html")]
pub(crate) struct SubjectPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) child: PersonId,
    pub(crate) institution: InstitutionId,
    pub(crate) period: AcademicPeriod,
    pub(crate) subject: String,
    pub(crate) explanation: Explanation,
}
