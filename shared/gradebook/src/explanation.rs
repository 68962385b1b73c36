//! Why an average is what it is, and what it would become.

use model::{Average, LessonKey, Mark, MarkingRule, Weight, WorkKind};
use serde::Serialize;

use crate::PupilRow;

/// A mark that entered the average.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// At which lesson.
    pub lesson: LessonKey,
    /// For what kind of work.
    pub kind: WorkKind,
    /// The mark.
    pub mark: Mark,
    /// What it counts for: its work's weight, or one where the journal keeps no weights.
    pub weight: Weight,
}

/// An average with all that led to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The marks by time. Marks without a figure stand there too and count for nothing.
    pub reasons: Vec<Reason>,
    /// The average, when any mark has a figure.
    pub average: Option<Average>,
    /// By which rule.
    pub rule: MarkingRule,
}

impl Explanation {
    /// The explanation of a pupil's row.
    pub fn of(row: &PupilRow) -> Self {
        let reasons = row
            .cells
            .iter()
            .flat_map(|(lesson, cell)| {
                cell.value.marks.iter().map(|mark| Reason {
                    lesson: *lesson,
                    kind: mark.kind,
                    mark: mark.mark,
                    weight: row.rule.weight(mark.weight),
                })
            })
            .collect();
        Self {
            reasons,
            average: row.average(),
            rule: row.rule,
        }
    }

    /// «(5×1 + 4×3) / 4»: only marks with a figure.
    pub fn formula(&self) -> String {
        let counted: Vec<String> = self
            .reasons
            .iter()
            .filter_map(|reason| Some(format!("{}×{}", reason.mark.grade()?, reason.weight)))
            .collect();
        let weight = self.average.map_or(0, Average::weight_hundredths);
        let weight = match (weight / 100, weight % 100) {
            (units, 0) => units.to_string(),
            (units, rest) => format!("{units},{rest:02}"),
        };
        format!("({}) / {weight}", counted.join(" + "))
    }

    /// The mark that the rule proposes for the period; nothing where there are too few marks.
    pub fn proposal(&self) -> Option<u8> {
        self.rule.proposal(self.average)
    }

    /// From which part of a mark on the average rounds up: «0,60».
    pub fn threshold(&self) -> String {
        format!("0,{:02}", self.rule.threshold.hundredths())
    }

    /// How many marks with a figure are missing before a result is proposed.
    pub fn missing(&self) -> usize {
        let marks = self.average.map_or(0, |average| average.marks() as usize);
        usize::from(self.rule.least_marks).saturating_sub(marks)
    }

    /// What the average becomes with one mark more, for the marks 5, 4, 3 and 2 of a weight.
    pub fn what_if(&self, weight: Weight) -> Vec<(Mark, Average)> {
        [5, 4, 3, 2]
            .map(Mark::Grade)
            .into_iter()
            .filter_map(|mark| Some((mark, self.rule.average_if(self.average, mark, weight)?)))
            .collect()
    }
}
