//! The page of what was found.

use std::collections::BTreeSet;

use askama::Template;
use model::{GroupId, Weekday};
use timetable_norms::{Finding, Severity, Speech};
use ui::{DateStyle, Frame, Texts};

use super::{handlers::Checked, week::place};

/// Findings by severity, each norm with its document once, and with a way to the weeks in which it is not kept.
#[derive(Template)]
#[template(path = "checks.html")]
pub(crate) struct ChecksPage<'a> {
    frame: Frame<'a>,
    institution: String,
    as_of: String,
    groups: Vec<Group>,
    lapsing: Vec<String>,
    unmatched: Vec<String>,
    /// Ways for which breaks are too short, with the class whose week shows it.
    ways: Vec<(String, Option<GroupId>)>,
    /// Classes with lessons without a bell.
    without_bells: Vec<(String, GroupId)>,
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

impl Line {
    pub(crate) fn new(texts: Texts<'_>, finding: &Finding) -> Self {
        let speech = Speech { texts };
        let lessons = finding.place.lessons.iter();
        let places: BTreeSet<(Weekday, u8)> = lessons.filter_map(|id| place(id)).collect();
        Self {
            severity: finding.severity.as_str(),
            message: speech.message(finding),
            citation: speech.citation(finding),
            unsure: speech.unsure(finding),
            classes: finding.place.classes.clone(),
            places: places.into_iter().collect(),
        }
    }
}

impl Group {
    fn new(texts: Texts<'_>, severity: Severity, findings: &[Finding]) -> Self {
        let mut norms: Vec<Broken> = Vec::new();
        let of_severity = findings.iter().filter(|finding| finding.severity == severity);
        for line in of_severity.map(|finding| Line::new(texts, finding)) {
            let known = norms
                .iter_mut()
                .find(|norm| (&norm.citation, &norm.unsure) == (&line.citation, &line.unsure));
            match known {
                Some(norm) => norm.findings.push(line),
                None => norms.push(Broken {
                    citation: line.citation.clone(),
                    unsure: line.unsure.clone(),
                    findings: vec![line],
                }),
            }
        }
        Self {
            heading: Speech { texts }.severity(severity),
            severity: severity.as_str(),
            count: norms.iter().map(|norm| norm.findings.len()).sum(),
            norms,
        }
    }
}

impl<'a> ChecksPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, checked: Checked) -> Self {
        let speech = Speech { texts: frame.texts };
        let groups = [Severity::Forbids, Severity::Warns, Severity::Informs]
            .into_iter()
            .map(|severity| Group::new(frame.texts, severity, &checked.report.findings))
            .filter(|group| group.count > 0)
            .collect();
        let ending = checked.lapsing.iter();
        let lapsing = ending.map(|norm| speech.lapsing(&norm.document, &norm.clause, norm.until));
        let unmatched = checked.report.unmatched.iter();
        Self {
            ways: checked.ways(frame.texts),
            without_bells: checked.without_bells(frame.texts),
            as_of: frame.texts.date(checked.date, DateStyle::Day),
            institution: checked.institution.name,
            groups,
            lapsing: lapsing.collect(),
            unmatched: unmatched.map(|subject| subject.subject.clone()).collect(),
            frame,
        }
    }
}
