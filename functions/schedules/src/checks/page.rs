//! The page of what was found.

use askama::Template;
use jiff::civil::Date;
use timetable_norms::{Argument, Finding, Message, Severity, Words};
use ui::{DateStyle, Frame, Locale};

use super::handlers::{Checked, Lapsing};

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
    count: usize,
    norms: Vec<Broken>,
}

/// A norm that is not kept: what it is said in once, and where it is not kept.
struct Broken {
    citation: String,
    unsure: Option<String>,
    findings: Vec<Line>,
}

/// A finding in words.
struct Line {
    message: String,
    /// The classes that it names, each with its week's address.
    classes: Vec<String>,
}

impl<'a> ChecksPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, checked: Checked) -> Self {
        let words = Speech { frame: &frame };
        let groups = [Severity::Forbids, Severity::Warns, Severity::Informs]
            .into_iter()
            .map(|severity| words.group(severity, &checked.report.findings))
            .filter(|group| group.count > 0)
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
struct Speech<'f, 'a> {
    frame: &'f Frame<'a>,
}

impl Speech<'_, '_> {
    fn group(&self, severity: Severity, findings: &[Finding]) -> Group {
        let name = match severity {
            Severity::Forbids => "forbids",
            Severity::Warns => "warns",
            Severity::Informs => "informs",
        };
        let mut norms: Vec<Broken> = Vec::new();
        let of_severity = findings.iter().filter(|finding| finding.severity == severity);
        for finding in of_severity {
            let (citation, unsure) = (self.citation(finding), self.unsure(finding));
            let known = norms
                .iter_mut()
                .find(|norm| norm.citation == citation && norm.unsure == unsure);
            match known {
                Some(norm) => norm.findings.push(self.line(finding)),
                None => norms.push(Broken {
                    citation,
                    unsure,
                    findings: vec![self.line(finding)],
                }),
            }
        }
        Group {
            heading: self.frame.texts.get(&format!("norm-severity-{name}")),
            severity: name,
            count: norms.iter().map(|norm| norm.findings.len()).sum(),
            norms,
        }
    }

    fn line(&self, finding: &Finding) -> Line {
        Line {
            message: self.message(&finding.message),
            classes: finding.place.classes.clone(),
        }
    }

    fn unsure(&self, finding: &Finding) -> Option<String> {
        let words = finding.unsure.as_ref()?;
        Some(self.frame.texts.of("norm-unsure", self.said(words)))
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
        self.frame.texts.with(message.key, &arguments)
    }

    fn citation(&self, finding: &Finding) -> String {
        let mut arguments = vec![
            ("document", self.said(&finding.document).to_owned().into()),
            ("clause", self.said(&finding.clause).to_owned().into()),
            ("from", date(finding.from).into()),
        ];
        let message = match finding.until {
            Some(until) => {
                arguments.push(("until", date(until).into()));
                "norm-citation-until"
            }
            None => "norm-citation",
        };
        self.frame.texts.with(message, &arguments)
    }

    fn lapsing(&self, norm: &Lapsing) -> String {
        let arguments = [
            ("document", self.said(&norm.document).to_owned().into()),
            ("clause", self.said(&norm.clause).to_owned().into()),
            ("until", date(norm.until).into()),
        ];
        self.frame.texts.with("norm-lapsing", &arguments)
    }

    fn said<'w>(&self, words: &'w Words) -> &'w str {
        match self.frame.texts.locale {
            Locale::Ru => &words.ru,
            Locale::En => &words.en,
        }
    }
}

fn date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}
