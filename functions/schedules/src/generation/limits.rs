//! What the norms ask of a generated week: the figures are the table's, the generator only takes numbers.

use jiff::civil::Date;
use model::InstitutionKind;
use timetable_norms::{Norm, NormTable, Once, Pupils, Rule};

/// The norms that hold at an institution on the first day of the timetable.
#[derive(Debug)]
pub(crate) struct Limits<'t> {
    table: &'t NormTable,
    date: Date,
    kind: InstitutionKind,
}

impl<'t> Limits<'t> {
    pub(crate) const fn new(table: &'t NormTable, date: Date, kind: InstitutionKind) -> Self {
        Self { table, date, kind }
    }

    fn norms(&self) -> impl Iterator<Item = &'t Norm> {
        self.table.in_force(self.date, self.kind)
    }

    fn of_grade(&self, grade: Option<u8>) -> impl Iterator<Item = &'t Rule> {
        let concerned = move |norm: &&Norm| {
            norm.pupils == Pupils::All && grade.is_some_and(|grade| norm.grades.contains(&grade))
        };
        self.norms().filter(concerned).map(|norm| &norm.rule)
    }

    /// Lessons a day of a year of study at most, and the longer day that it may have once a week.
    pub(crate) fn day(&self, grade: Option<u8>) -> Option<(u8, Option<&'t Once>)> {
        self.of_grade(grade).find_map(|rule| match rule {
            Rule::DayLoad { lessons, once } => Some((u8::try_from(*lessons).ok()?, once.as_ref())),
            _ => None,
        })
    }

    /// Days a week on which a year of study is taught at most.
    pub(crate) fn days(&self, grade: Option<u8>) -> Option<u8> {
        self.of_grade(grade).find_map(|rule| match rule {
            Rule::WeekDays { days } => Some(*days),
            _ => None,
        })
    }

    /// Whether pupils have no free hours between lessons and begin with the shift: so at schools.
    pub(crate) fn is_compact(&self) -> bool {
        self.kind == InstitutionKind::General
    }

    /// The days (0 is Monday) one of which should be the hardest.
    pub(crate) fn hardest_days(&self) -> Vec<u8> {
        let days = self.norms().find_map(|norm| match &norm.rule {
            Rule::HardestDays { days, .. } => Some(days.iter().map(|day| day.number() - 1).collect()),
            _ => None,
        });
        days.unwrap_or_default()
    }

    /// The points of a subject in a year of study; 0 where none are known.
    pub(crate) fn difficulty(&self, subject: &str, grade: Option<u8>) -> u8 {
        let scale = self.norms().find_map(|norm| norm.rule.scale());
        let points = |scale| self.table.points(scale, subject, grade?);
        scale.and_then(points).unwrap_or(0)
    }

    /// From how many points on a subject is hard for a year of study.
    pub(crate) fn hard_from(&self, grade: Option<u8>) -> Option<u8> {
        self.of_grade(grade).find_map(|rule| match rule {
            Rule::HardLessons { thresholds, .. } => {
                let mut own = thresholds.iter();
                let own =
                    own.find(|threshold| grade.is_some_and(|grade| threshold.grades.contains(&grade)))?;
                Some(own.points)
            }
            _ => None,
        })
    }

    /// Whether a name means the subject that a norm names.
    pub(crate) fn is_subject(&self, name: &str, id: &str) -> bool {
        self.table.subject(name) == Some(id)
    }
}
