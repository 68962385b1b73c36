//! The report of a class.

use askama::Template;
use jiff::civil::Date;
use model::AcademicPeriod;
use ui::{DateStyle, Frame};

use crate::{
    absence::Reason,
    chart::Chart,
    class_report::{ClassReport, Debt, DebtKind, Outcome, PupilReport},
    source::ClassSource,
    standing::{Standing, Standings},
};

/// Results, absences and debts of a class, with charts.
#[derive(Template)]
#[template(path = "class.html")]
pub(crate) struct ClassPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) periods: Vec<AcademicPeriod>,
    pub(crate) report: ClassReport,
}

impl<'a> ClassPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, source: &ClassSource, report: ClassReport) -> Self {
        Self {
            frame,
            periods: source.class.group.periods.clone(),
            report,
        }
    }

    fn standings_chart(&self, standings: &Standings) -> Chart {
        let texts = self.frame.texts;
        let value = |standing: Standing| {
            let count = standings.of(standing);
            (self.standing(standing), count as u64, count.to_string())
        };
        let values = Standing::ALL.into_iter().map(value).collect();
        Chart::new(
            "standings",
            texts.get("reports-standings"),
            self.report.pupils.len() as u64,
            values,
        )
    }

    fn quality_chart(&self) -> Chart {
        let subjects = self.report.subjects.iter().filter_map(|subject| {
            let quality = subject.results.quality();
            Some((subject.subject.clone(), quality.per_mille()?, quality.to_string()))
        });
        let title = self.frame.texts.get("reports-quality-by-subject");
        Chart::new("quality", title, 1_000, subjects.collect())
    }

    fn absence_chart(&self) -> Chart {
        let value = |reason: Reason| {
            let count = self.report.absences.lessons.of(reason);
            (self.reason(reason), count as u64, count.to_string())
        };
        let title = self.frame.texts.get("reports-absence-by-reason");
        Chart::new("absence", title, 0, Reason::ALL.into_iter().map(value).collect())
    }

    fn standing(&self, standing: Standing) -> String {
        self.frame
            .texts
            .get(&format!("reports-standing-{}", standing.as_str()))
    }

    fn reason(&self, reason: Reason) -> String {
        self.frame
            .texts
            .get(&format!("reports-reason-{}", reason.as_str()))
    }

    /// The names of those who stand so, separated by commas.
    fn names(&self, standing: &Standing) -> String {
        let names = self.report.standing(*standing).map(|pupil| pupil.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }

    /// «Андреев Саша (алгебра)».
    fn one(&self, grade: u8) -> String {
        let named = self.report.only(grade).into_iter();
        let named = named.map(|(pupil, subject)| format!("{} ({subject})", pupil.name));
        named.collect::<Vec<_>>().join(", ")
    }

    /// «4», and «4*» where the teacher has not decided yet.
    fn shown(&self, outcome: &Option<Outcome>) -> String {
        match outcome {
            Some(Outcome { mark, proposed: true }) => format!("{mark}*"),
            Some(outcome) => outcome.mark.to_string(),
            None => String::new(),
        }
    }

    fn mean(&self, subject: &usize) -> String {
        let mean = self.report.subjects[*subject].results.mean();
        mean.map_or_else(
            || "—".to_owned(),
            |mean| format!("{},{:02}", mean / 100, mean % 100),
        )
    }

    fn owing(&self) -> Vec<&PupilReport> {
        self.report
            .pupils
            .iter()
            .filter(|pupil| !pupil.debts.is_empty())
            .collect()
    }

    /// «до 7 декабря», «просрочена с 7 декабря».
    fn debt(&self, debt: &Debt) -> String {
        let texts = self.frame.texts;
        let day = |date: Date| texts.date(date, DateStyle::Short);
        match &debt.kind {
            DebtKind::Owed {
                by, overdue: true, ..
            } => texts.of("reports-debt-overdue", &day(*by)),
            DebtKind::Owed { by, .. } => texts.of("reports-debt-owed", &day(*by)),
            DebtKind::NotAssessed { lesson } => texts.of("reports-debt-not-assessed", &day(lesson.date)),
            DebtKind::NoMarks => texts.get("reports-debt-no-marks"),
        }
    }

    fn until(&self) -> String {
        self.frame.texts.of(
            "reports-until",
            &self.frame.texts.date(self.report.until, DateStyle::Full),
        )
    }
}
