//! The results of a class.

use askama::Template;
use model::{AcademicPeriod, ResultMark};
use rosters::Group;
use ui::Frame;

use crate::class_results::ClassResults;

/// Pupils by subjects.
#[derive(Template)]
#[template(path = "class_results.html")]
pub(crate) struct ClassResultsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The class.
    pub(crate) class: Group,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// The table.
    pub(crate) results: ClassResults,
    /// Whether the reader leads the institution and so may open every journal.
    pub(crate) leads: bool,
    /// Whether its pupils have pass books: at a vocational institution.
    pub(crate) has_pass_books: bool,
}

impl ClassResultsPage<'_> {
    fn shown(&self, result: &Option<ResultMark>) -> String {
        result.map(|mark| mark.to_string()).unwrap_or_default()
    }

    /// «успеваемость 96 %, качество 60 %».
    fn quality(&self) -> Option<String> {
        let quality = self.results.quality();
        let (sufficient, good) = (quality.sufficient_percent()?, quality.good_percent()?);
        let args = [
            ("assessed", quality.assessed.into()),
            ("sufficient", sufficient.into()),
            ("good", good.into()),
        ];
        Some(self.frame.texts.with("class-results-quality", &args))
    }

    /// Успеваемость and качество of a subject.
    fn of_subject(&self, place: &usize) -> (String, String) {
        let quality = self.results.quality_of(*place);
        let text = |percent: Option<u32>| {
            percent.map_or_else(|| "—".to_owned(), |percent| format!("{percent}\u{a0}%"))
        };
        (text(quality.sufficient_percent()), text(quality.good_percent()))
    }
}
