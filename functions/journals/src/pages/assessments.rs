//! The schedule of assessments.

use askama::Template;
use model::AcademicPeriod;
use rosters::Group;
use timetable_norms::Speech;
use ui::{DateStyle, Frame};

use crate::assessments::Planned;

/// Assessments of a class by date, each with what the norms say against it.
#[derive(Template)]
#[template(path = "assessments.html")]
pub(crate) struct AssessmentsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The class.
    pub(crate) class: Group,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// The assessments.
    pub(crate) planned: Vec<Planned>,
    /// Whether the reader leads the institution and so may open every journal.
    pub(crate) leads: bool,
}

impl AssessmentsPage<'_> {
    fn day(&self, planned: &Planned) -> String {
        self.frame.texts.date(planned.lesson.date, DateStyle::Day)
    }

    fn lesson(&self, planned: &Planned) -> String {
        self.frame
            .texts
            .count("lesson-number", planned.lesson.number.into())
    }

    /// Each finding in words, and by what document.
    fn findings(&self, planned: &Planned) -> Vec<(String, String)> {
        let speech = Speech {
            texts: self.frame.texts,
        };
        let said = |finding| (speech.message(finding), speech.citation(finding));
        planned.findings.iter().map(said).collect()
    }

    fn problems(&self) -> usize {
        self.planned
            .iter()
            .filter(|planned| !planned.findings.is_empty())
            .count()
    }
}
