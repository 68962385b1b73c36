//! How an average went over a period, and where its points stand in the chart. Pure.

use gradebook::PupilRow;
use model::{Average, LessonKey, Mark};

/// The average after one more mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// At which lesson the mark was given.
    pub(crate) lesson: LessonKey,
    /// The mark.
    pub(crate) mark: Mark,
    /// The average with it.
    pub(crate) average: Average,
}

/// The way of an average through a period: a step for each mark with a figure, by time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Trend {
    /// The steps.
    pub(crate) steps: Vec<Step>,
}

impl Trend {
    /// The way that the marks of a row went, by the rule of its journal.
    pub(crate) fn of(row: &PupilRow) -> Self {
        let marks = row.cells.iter().flat_map(|(lesson, cell)| {
            let marks = cell.value.marks.iter();
            marks.map(|mark| (*lesson, mark.mark, mark.weight))
        });
        let mut now = None;
        let mut steps = vec![];
        for (lesson, mark, weight) in marks.filter(|(_, mark, _)| mark.grade().is_some()) {
            now = row.rule.average_if(now, mark, weight);
            steps.extend(now.map(|average| Step {
                lesson,
                mark,
                average,
            }));
        }
        Self { steps }
    }

    /// Whether there is a way to draw: one point is none.
    pub(crate) const fn is_drawn(&self) -> bool {
        self.steps.len() > 1
    }

    /// The least mark on the scale of the chart: 2, which is the least in practice, or 1 where an average needs it.
    fn least(&self) -> u64 {
        let least = self.steps.iter().map(|step| step.average.hundredths()).min();
        if least.is_some_and(|least| least < 200) {
            1
        } else {
            2
        }
    }

    /// The lines of the scale: each mark with its height.
    pub(crate) fn scale(&self) -> Vec<(u64, u64)> {
        (self.least()..=GREATEST)
            .rev()
            .map(|mark| (mark, self.height(mark * 100)))
            .collect()
    }

    /// The points, each with its step: right and down from the upper left corner, in the chart's own units.
    pub(crate) fn points(&self) -> Vec<(u64, u64, Step)> {
        let between = self.steps.len().saturating_sub(1).max(1) as u64;
        let place = |number: usize| LEFT + (RIGHT - LEFT) * number as u64 / between;
        self.steps
            .iter()
            .enumerate()
            .map(|(number, step)| (place(number), self.height(step.average.hundredths()), *step))
            .collect()
    }

    /// The points as the line that goes through them.
    pub(crate) fn line(&self) -> String {
        let points = self.points();
        let points = points.iter().map(|(x, y, _)| format!("{x},{y}"));
        points.collect::<Vec<_>>().join(" ")
    }

    fn height(&self, hundredths: u64) -> u64 {
        let least = self.least() * 100;
        let above = GREATEST * 100 - hundredths.clamp(least, GREATEST * 100);
        TOP + (BOTTOM - TOP) * above / (GREATEST * 100 - least)
    }
}

const GREATEST: u64 = 5;
/// The part of the chart in which points stand; the figures of the scale are to the left of it. The whole is
/// [`WIDTH`] × [`HEIGHT`].
const LEFT: u64 = 24;
const RIGHT: u64 = 312;
const TOP: u64 = 10;
const BOTTOM: u64 = 118;
/// The width of the chart in its own units.
pub(crate) const WIDTH: u64 = 320;
/// The height of the chart in its own units.
pub(crate) const HEIGHT: u64 = 128;

#[cfg(test)]
mod tests {
    use gradebook::{Cell, CellMark, CellValue, RowKey};
    use jiff::{ToSpan, civil::date};
    use model::{GroupId, MarkingRule, PersonId, Publication, Weight, WorkId, WorkKind};
    use proptest::prelude::*;

    use super::*;

    fn row(marks: &[(Mark, u16)]) -> PupilRow {
        let key = RowKey {
            journal: GroupId::from_bits(1),
            period: "2026-q2".parse().expect("a period"),
            pupil: PersonId::from_bits(1),
        };
        let mut row = PupilRow::empty(key, "Алгебра", MarkingRule::USUAL);
        for (day, (mark, weight)) in marks.iter().enumerate() {
            let lesson = LessonKey {
                date: date(2026, 9, 1).saturating_add((day as i64).days()),
                number: 1,
            };
            let mark = CellMark {
                work: WorkId::FIRST,
                mark: *mark,
                kind: WorkKind::Answer,
                weight: Weight::try_from(*weight).expect("a weight"),
                publication: Publication::AT_ONCE,
            };
            let value = CellValue {
                marks: vec![mark],
                ..CellValue::default()
            };
            row.cells.insert(lesson, Cell { version: 1, value });
        }
        row
    }

    #[test]
    fn each_step_is_the_average_after_its_mark_and_what_has_no_figure_is_none() {
        let marks = [(Mark::Grade(5), 100), (Mark::Pass, 100), (Mark::Grade(3), 300)];
        let trend = Trend::of(&row(&marks));
        let averages: Vec<_> = trend.steps.iter().map(|step| step.average.to_string()).collect();
        assert_eq!(averages, ["5,00", "3,50"]);
        assert_eq!(trend.line(), "24,10 312,64");
        assert_eq!(trend.scale(), [(5, 10), (4, 46), (3, 82), (2, 118)]);
        assert!(trend.is_drawn() && !Trend::of(&row(&marks[..2])).is_drawn());
    }

    #[test]
    fn an_average_below_two_makes_the_scale_longer() {
        let trend = Trend::of(&row(&[(Mark::Grade(1), 100), (Mark::Grade(2), 100)]));
        assert_eq!(trend.scale().last(), Some(&(1, 118)));
    }

    proptest! {
        #[test]
        fn the_last_step_is_the_average_of_the_row_and_all_points_are_inside(
            marks in prop::collection::vec((1u8..=5, 1u16..=1_000), 1..60)
        ) {
            let marks: Vec<_> = marks.into_iter().map(|(grade, weight)| (Mark::Grade(grade), weight)).collect();
            let row = row(&marks);
            let trend = Trend::of(&row);
            prop_assert_eq!(trend.steps.last().map(|step| step.average), row.average());
            let points = trend.points();
            prop_assert!(points.iter().all(|(x, y, _)| (LEFT..=RIGHT).contains(x) && (TOP..=BOTTOM).contains(y)));
            prop_assert!(points.windows(2).all(|pair| pair[0].0 < pair[1].0));
            // What is better stands higher.
            let higher = |a: &(u64, u64, Step), b: &(u64, u64, Step)| a.2.average.hundredths() < b.2.average.hundredths() || a.1 <= b.1;
            prop_assert!(points.windows(2).all(|pair| higher(&pair[0], &pair[1])));
        }
    }
}
