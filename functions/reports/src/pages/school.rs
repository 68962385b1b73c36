//! The reports of an institution.

use askama::Template;
use jiff::tz::TimeZone;
use model::{AcademicPeriod, InstitutionId};
use sheets::Cell;
use ui::Frame;

use crate::{
    api::SchoolReportView,
    chart::Chart,
    run::ReportKind,
    school::{Content, checks::FindingKind},
    table::school::{self as tables, Table, moment, shown},
};

/// Which reports there are, and how each stands.
#[derive(Template)]
#[template(path = "school.html")]
pub(crate) struct SchoolPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) institution: InstitutionId,
    pub(crate) periods: Vec<AcademicPeriod>,
    pub(crate) period: AcademicPeriod,
    pub(crate) reports: Vec<(ReportKind, Standing)>,
}

/// How a report stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    None,
    UnderWay,
    Stopped,
    Done,
}

impl Standing {
    const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::UnderWay => "under-way",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }
}

impl SchoolPage<'_> {
    fn named(&self, kind: &ReportKind) -> String {
        self.frame.texts.get(&format!("reports-kind-{kind}"))
    }

    fn told(&self, kind: &ReportKind) -> String {
        self.frame.texts.get(&format!("reports-kind-{kind}-what"))
    }

    fn standing(&self, standing: &Standing) -> String {
        self.frame
            .texts
            .get(&format!("reports-run-{}", standing.as_str()))
    }
}

/// So many rows of a list the page shows: the next view of a page has 15 KB.
const SHOWN_ROWS: usize = 100;

/// One report: how far it is, and what was made last.
#[derive(Template)]
#[template(path = "made.html")]
pub(crate) struct MadePage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) period: AcademicPeriod,
    pub(crate) zone: TimeZone,
    pub(crate) view: SchoolReportView,
    pub(crate) standing: Standing,
    pub(crate) chosen: Option<FindingKind>,
}

impl MadePage<'_> {
    fn address(&self) -> String {
        format!(
            "/reports/institutions/{}/{}/{}",
            self.view.institution, self.view.period, self.view.kind
        )
    }

    fn told(&self) -> String {
        self.frame
            .texts
            .get(&format!("reports-kind-{}-what", self.view.kind))
    }

    fn progress(&self) -> String {
        let run = self.view.run.as_ref();
        let (done, total) = run.map_or((0, 0), |run| (run.done, run.total));
        if total == 0 {
            return self.frame.texts.get("reports-waiting");
        }
        let args = [("done", done.into()), ("total", total.into())];
        self.frame.texts.with("reports-progress", &args)
    }

    fn finished(&self) -> Option<String> {
        let at = self.view.finished_at?;
        Some(self.frame.texts.of("reports-finished", &moment(at, &self.zone)))
    }

    /// The tables, a long list of findings cut to what a page may weigh.
    fn tables(&self) -> Vec<Table> {
        let mut tables = self.whole_tables();
        if self.is_list() {
            for table in &mut tables {
                table.rows.truncate(SHOWN_ROWS);
            }
        }
        tables
    }

    fn is_list(&self) -> bool {
        matches!(self.view.content, Some(Content::Checks(_) | Content::Changes(_)))
    }

    /// That more is in the workbook than on the page.
    fn first(&self) -> Option<String> {
        let is_cut = self.is_list()
            && self
                .whole_tables()
                .iter()
                .any(|table| table.rows.len() > SHOWN_ROWS);
        is_cut.then(|| self.frame.texts.of("reports-first", &SHOWN_ROWS.to_string()))
    }

    fn whole_tables(&self) -> Vec<Table> {
        let content = self.view.content.as_ref();
        content.map_or_else(Vec::new, |content| {
            tables::tables(
                &self.frame.texts,
                (&self.period.id, &self.zone),
                content,
                self.chosen,
            )
        })
    }

    fn chart(&self) -> Option<Chart> {
        tables::chart(&self.frame.texts, self.view.content.as_ref()?)
    }

    fn shown(&self, cell: &Cell) -> String {
        shown(cell)
    }

    /// The kinds of findings with their counts, to choose from; and those not listed for want of room.
    fn kinds(&self) -> Vec<(FindingKind, String)> {
        let Some(Content::Checks(found)) = &self.view.content else {
            return vec![];
        };
        let name = |kind: FindingKind| {
            self.frame
                .texts
                .get(&format!("reports-finding-{}", kind.as_str()))
        };
        let kinds = found.counts.iter();
        kinds
            .map(|counted| (counted.kind, format!("{}: {}", name(counted.kind), counted.count)))
            .collect()
    }

    fn cut(&self) -> Option<String> {
        let (listed, total) = match self.view.content.as_ref()? {
            Content::Checks(found) => (found.listed.len(), found.total()),
            Content::Changes(found) => (found.listed.len(), found.total),
            _ => return None,
        };
        let args = [("listed", listed.into()), ("total", total.into())];
        (listed < total).then(|| self.frame.texts.with("reports-cut", &args))
    }

    fn is_chosen(&self, kind: &FindingKind) -> bool {
        self.chosen == Some(*kind)
    }

    fn is_clean(&self) -> bool {
        match &self.view.content {
            Some(Content::Checks(found)) => found.listed.is_empty(),
            Some(Content::Changes(found)) => found.listed.is_empty(),
            _ => false,
        }
    }
}
