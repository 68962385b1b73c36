//! The page of what was found.

use std::collections::BTreeSet;

use askama::Template;
use jiff::civil::Date;
use model::Weekday;
use timetable_norms::{Argument, Finding, Message, Severity, Words};
use ui::{DateStyle, Frame, Locale, Texts};

use super::{
    handlers::{Checked, Lapsing},
    week::place,
};

/// Findings by severity, each with its document and a way to the week it is about.
#[derive(Template)]
#[template(path = "checks.html")]
pub(crate) struct ChecksPage<'a> {
    frame: Frame<'a>,
    institution: String,
    as_of: String,
    groups: Vec<Group>,
    lapsing: Vec<String>,
    unmatched: Vec<String>,
}

/// The findings of one severity.
struct Group {
    heading: String,
    severity: &'static str,
    findings: Vec<Line>,
}

/// A finding in words.
pub(crate) struct Line {
    pub(crate) severity: &'static str,
    pub(crate) message: String,
    pub(crate) citation: String,
    pub(crate) unsure: Option<String>,
    /// The classes that it names, each with its week's address.
    pub(crate) classes: Vec<String>,
    /// Where to look: the places of its lessons, each once, in order.
    pub(crate) places: Vec<(Weekday, u8)>,
}

impl<'a> ChecksPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, checked: Checked) -> Self {
        let words = Speech { texts: frame.texts };
        let groups = [Severity::Forbids, Severity::Warns, Severity::Informs]
            .into_iter()
            .map(|severity| words.group(severity, &checked.report.findings))
            .filter(|group| !group.findings.is_empty())
            .collect();
        let lapsing = checked.lapsing.iter().map(|norm| words.lapsing(norm)).collect();
        let unmatched = checked
            .report
            .unmatched
            .iter()
            .map(|subject| subject.subject.clone())
            .collect();
        let as_of = frame.texts.date(checked.date, DateStyle::Day);
        Self {
            institution: checked.institution.name,
            as_of,
            groups,
            lapsing,
            unmatched,
            frame,
        }
    }
}

/// How findings are said in the reader's language.
#[derive(Clone, Copy)]
pub(crate) struct Speech<'a> {
    pub(crate) texts: Texts<'a>,
}

impl Speech<'_> {
    fn group(&self, severity: Severity, findings: &[Finding]) -> Group {
        let name = name(severity);
        let of_severity = findings.iter().filter(|finding| finding.severity == severity);
        Group {
            heading: self.texts.get(&format!("norm-severity-{name}")),
            severity: name,
            findings: of_severity.map(|finding| self.line(finding)).collect(),
        }
    }

    /// A finding in words.
    pub(crate) fn line(&self, finding: &Finding) -> Line {
        let unsure = finding.unsure.as_ref();
        let places: BTreeSet<(Weekday, u8)> =
            finding.place.lessons.iter().filter_map(|id| place(id)).collect();
        Line {
            severity: name(finding.severity),
            places: places.into_iter().collect(),
            message: self.message(&finding.message),
            citation: self.citation(&finding.document, &finding.clause, finding.from, finding.until),
            unsure: unsure.map(|words| self.texts.of("norm-unsure", self.said(words))),
            classes: finding.place.classes.clone(),
        }
    }

    fn message(&self, message: &Message) -> String {
        let arguments: Vec<_> = message
            .arguments
            .iter()
            .map(|(name, value)| match value {
                Argument::Number(number) => (*name, (*number).into()),
                Argument::Text(text) => (*name, text.clone().into()),
            })
            .collect();
        self.texts.with(message.key, &arguments)
    }

    fn citation(&self, document: &Words, clause: &Words, from: Date, until: Option<Date>) -> String {
        let mut arguments = vec![
            ("document", self.said(document).to_owned().into()),
            ("clause", self.said(clause).to_owned().into()),
            ("from", date(from).into()),
        ];
        let message = match until {
            Some(until) => {
                arguments.push(("until", date(until).into()));
                "norm-citation-until"
            }
            None => "norm-citation",
        };
        self.texts.with(message, &arguments)
    }

    fn lapsing(&self, norm: &Lapsing) -> String {
        let arguments = [
            ("document", self.said(&norm.document).to_owned().into()),
            ("clause", self.said(&norm.clause).to_owned().into()),
            ("until", date(norm.until).into()),
        ];
        self.texts.with("norm-lapsing", &arguments)
    }

    fn said<'w>(&self, words: &'w Words) -> &'w str {
        match self.texts.locale {
            Locale::Ru => &words.ru,
            Locale::En => &words.en,
        }
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Forbids => "forbids",
        Severity::Warns => "warns",
        Severity::Informs => "informs",
    }
}

fn date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}
