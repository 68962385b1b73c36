//! The homework of a day against its ceiling.

use jiff::civil::Date;
use model::InstitutionKind;

use crate::{Finding, HomeworkLimit, Measure, NormTable, Place, Rule};

/// The homework of a class or of one pupil for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeworkDay {
    /// The day for which it is due.
    pub date: Date,
    /// The kind of the institution.
    pub institution: InstitutionKind,
    /// The year of education.
    pub grade: u8,
    /// The class, by the caller's id.
    pub class: String,
    /// What people call the class.
    pub title: String,
    /// What was set, in all subjects.
    pub items: Vec<HomeworkItem>,
}

/// A homework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeworkItem {
    /// The caller's id; findings give it back.
    pub id: String,
    /// How long the teacher expects it to take; none if they did not say.
    pub minutes: Option<u16>,
}

impl HomeworkDay {
    /// The minutes of all homework whose duration is known.
    pub fn minutes(&self) -> u32 {
        self.items
            .iter()
            .filter_map(|item| item.minutes)
            .map(u32::from)
            .sum()
    }
}

/// The minutes of homework a pupil may have for a date: the least of the norms in force, none if there is none.
pub fn homework_ceiling(
    table: &NormTable,
    date: Date,
    institution: InstitutionKind,
    grade: u8,
) -> Option<u16> {
    table
        .in_force(date, institution)
        .filter(|norm| norm.grades.contains(&grade))
        .filter_map(|norm| match &norm.rule {
            Rule::Homework { limits } => limit_of(limits, grade),
            _ => None,
        })
        .min()
}

/// Checks the homework of a day. What has no duration is not counted, but the message tells how much of that there is.
pub fn check_homework(day: &HomeworkDay, table: &NormTable) -> Vec<Finding> {
    let minutes = day.minutes();
    let unknown = day.items.iter().filter(|item| item.minutes.is_none()).count();
    let mut findings = Vec::new();
    for cite in table.citations(day.date, day.institution) {
        let Rule::Homework { limits } = &cite.norm.rule else {
            continue;
        };
        let concerned = cite.norm.grades.contains(&day.grade);
        let Some(limit) = limit_of(limits, day.grade).filter(|_| concerned) else {
            continue;
        };
        if minutes <= u32::from(limit) {
            continue;
        }
        let place = Place {
            classes: vec![day.class.clone()],
            date: Some(day.date),
            homework: day.items.iter().map(|item| item.id.clone()).collect(),
            ..Place::nowhere()
        };
        findings.push(cite.finding(
            place,
            (Measure::Minutes(minutes), Measure::Minutes(limit.into())),
            "norm-homework",
            vec![
                ("class", day.title.as_str().into()),
                ("measured", minutes.into()),
                ("limit", limit.into()),
                ("unknown", u32::try_from(unknown).unwrap_or(u32::MAX).into()),
            ],
        ));
    }
    findings
}

fn limit_of(limits: &[HomeworkLimit], grade: u8) -> Option<u16> {
    let limit = limits.iter().find(|limit| limit.grades.contains(&grade))?;
    Some(limit.minutes)
}
