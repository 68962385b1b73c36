//! A proposed assessment against those already planned.

use jiff::civil::Date;
use model::InstitutionKind;

use crate::{Argument, Finding, Measure, NormTable, Place, Rule, finding::Citation};

/// An assessment (оценочная процедура) of one class: a test, a check or a diagnostic work that all pupils of the class
/// write at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The caller's id; findings give it back.
    pub id: String,
    /// The procedure it belongs to: the same work written by several classes of the parallel is one. An assessment on
    /// its own has its own id here.
    pub procedure: String,
    /// The class, by the caller's id.
    pub class: String,
    /// The parallel.
    pub grade: u8,
    /// The subject; compared as names of subjects are.
    pub subject: String,
    /// The day.
    pub date: Date,
    /// How long it lasts, minutes.
    pub minutes: u16,
    /// How many hours of the subject it takes, 1 as a rule.
    pub hours: u16,
}

/// What is known around the proposed assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentContext {
    /// The kind of the institution.
    pub institution: InstitutionKind,
    /// What people call the class.
    pub title: String,
    /// The lesson's number on that day.
    pub lesson: Option<u8>,
    /// The first and the last lesson of the class on that day.
    pub day: Option<(u8, u8)>,
    /// How many lessons a week the class has in the subject.
    pub weekly_lessons: Option<u8>,
    /// How many hours a year the class has in the subject.
    pub yearly_hours: Option<u16>,
}

/// Checks a proposed assessment. `planned` holds those of the class in all subjects and those of the parallel in the
/// subject, in the academic year; the proposed one may be among them, then it is passed over.
///
/// What is not known (none in the context) is not checked.
pub fn check_assessment(
    proposed: &Assessment,
    planned: &[Assessment],
    context: &AssessmentContext,
    table: &NormTable,
) -> Vec<Finding> {
    let others: Vec<&Assessment> = planned.iter().filter(|known| known.id != proposed.id).collect();
    let mut findings = Vec::new();
    for cite in table.citations(proposed.date, context.institution) {
        if !cite.norm.grades.contains(&proposed.grade) {
            continue;
        }
        let case = Case {
            cite,
            table,
            proposed,
            others: &others,
            context,
        };
        findings.extend(match &cite.norm.rule {
            Rule::AssessmentsADay {
                procedure_minutes,
                limit,
            } => case
                .counting(*procedure_minutes)
                .and_then(|case| case.a_day(*procedure_minutes, *limit)),
            Rule::AssessmentInterval {
                procedure_minutes,
                days,
            } => case
                .counting(*procedure_minutes)
                .and_then(|case| case.interval(*procedure_minutes, *days)),
            Rule::AssessmentShare {
                procedure_minutes,
                percent,
            } => case
                .counting(*procedure_minutes)
                .and_then(|case| case.share(*procedure_minutes, *percent)),
            Rule::AssessmentLesson {
                procedure_minutes,
                exempt_weekly_lessons,
            } => case
                .counting(*procedure_minutes)
                .and_then(|case| case.lesson(*exempt_weekly_lessons)),
            _ => None,
        });
    }
    findings
}

#[derive(Clone, Copy)]
struct Case<'a> {
    cite: Citation<'a>,
    table: &'a NormTable,
    proposed: &'a Assessment,
    others: &'a [&'a Assessment],
    context: &'a AssessmentContext,
}

impl<'a> Case<'a> {
    /// The case if the work is long enough to be an assessment in the norm's sense.
    fn counting(self, least: u16) -> Option<Self> {
        (self.proposed.minutes >= least).then_some(self)
    }

    fn finding(
        self,
        others: &[&Assessment],
        measures: (Measure, Measure),
        key: &'static str,
        arguments: Vec<(&'static str, Argument)>,
    ) -> Finding {
        let ids = others.iter().map(|known| known.id.clone());
        let mut classes: Vec<String> = others.iter().map(|known| known.class.clone()).collect();
        classes.push(self.proposed.class.clone());
        let place = Place {
            classes,
            date: Some(self.proposed.date),
            assessments: ids.chain([self.proposed.id.clone()]).collect(),
            ..Place::nowhere()
        };
        let mut all = vec![
            ("class", self.context.title.as_str().into()),
            ("subject", self.proposed.subject.as_str().into()),
        ];
        all.extend(arguments);
        self.cite.finding(place, measures, key, all)
    }

    fn is_same_subject(self, other: &Assessment) -> bool {
        match (
            self.table.subject(&self.proposed.subject),
            self.table.subject(&other.subject),
        ) {
            (None, None) => {
                crate::subjects::words(&self.proposed.subject) == crate::subjects::words(&other.subject)
            }
            (own, other) => own == other,
        }
    }

    fn a_day(self, least: u16, limit: u16) -> Option<Finding> {
        let same_day: Vec<&Assessment> = self
            .others
            .iter()
            .filter(|other| other.class == self.proposed.class && other.date == self.proposed.date)
            .filter(|other| other.minutes >= least)
            .copied()
            .collect();
        let all = u32::try_from(same_day.len() + 1).unwrap_or(u32::MAX);
        (all > u32::from(limit)).then(|| {
            self.finding(
                &same_day,
                (Measure::Assessments(all), Measure::Assessments(limit.into())),
                "norm-assessments-a-day",
                vec![("measured", all.into()), ("limit", limit.into())],
            )
        })
    }

    fn interval(self, least: u16, days: u16) -> Option<Finding> {
        let distance = |other: &Assessment| {
            let span = (other.date - self.proposed.date).get_days().unsigned_abs();
            (span, other.date)
        };
        let mut near: Vec<&Assessment> = self
            .others
            .iter()
            .filter(|other| other.grade == self.proposed.grade && other.minutes >= least)
            .filter(|other| other.procedure != self.proposed.procedure && self.is_same_subject(other))
            .filter(|other| distance(other).0 < u32::from(days))
            .copied()
            .collect();
        near.sort_by_key(|other| (distance(other), other.id.clone()));
        let nearest = near.first()?;
        let (measured, date) = distance(nearest);
        Some(self.finding(
            &near,
            (Measure::Days(measured), Measure::Days(days.into())),
            "norm-assessment-interval",
            vec![
                ("measured", measured.into()),
                ("limit", days.into()),
                ("date", date.into()),
            ],
        ))
    }

    fn share(self, least: u16, percent: u8) -> Option<Finding> {
        let yearly = self.context.yearly_hours.filter(|hours| *hours > 0)?;
        let counted: Vec<&Assessment> = self
            .others
            .iter()
            .filter(|other| other.class == self.proposed.class && other.minutes >= least)
            .filter(|other| self.is_same_subject(other))
            .copied()
            .collect();
        let hours: u32 =
            counted.iter().map(|other| u32::from(other.hours)).sum::<u32>() + u32::from(self.proposed.hours);
        (hours * 100 > u32::from(yearly) * u32::from(percent)).then(|| {
            self.finding(
                &counted,
                (
                    Measure::Permille(hours * 1000 / u32::from(yearly)),
                    Measure::Permille(u32::from(percent) * 10),
                ),
                "norm-assessment-share",
                vec![
                    ("measured", hours.into()),
                    ("yearly", yearly.into()),
                    ("limit", percent.into()),
                ],
            )
        })
    }

    fn lesson(self, exempt_weekly_lessons: u8) -> Option<Finding> {
        let number = self.context.lesson?;
        let (first, last) = self.context.day?;
        let is_exempt = self
            .context
            .weekly_lessons
            .is_some_and(|lessons| lessons <= exempt_weekly_lessons);
        let key = match number {
            _ if is_exempt => return None,
            _ if number == first => "norm-assessment-first-lesson",
            _ if number == last => "norm-assessment-last-lesson",
            _ => return None,
        };
        let limit = if number == first {
            first.saturating_add(1)
        } else {
            last.saturating_sub(1)
        };
        Some(self.finding(
            &[],
            (Measure::Number(number.into()), Measure::Number(limit.into())),
            key,
            vec![("measured", number.into())],
        ))
    }
}
