//! The lesson plan with its dates, and the form that changes it.

use askama::Template;
use jiff::civil::Date;
use model::{LessonKey, PeriodId};
use rosters::Group;
use ui::{DateStyle, Frame};

use crate::{
    handlers::plan::PlanSheet,
    plan::{
        BoundPlan, Given,
        binding::merged,
        read::{ReadPlan, RowProblem, written},
    },
};

/// What was sent and is not taken yet: its rows with what is wrong, or why it is refused as a whole with its text.
pub(crate) type Draft = Result<ReadPlan, (&'static str, String)>;

/// A plan.
#[derive(Template)]
#[template(path = "plan.html")]
pub(crate) struct PlanPage<'a> {
    frame: Frame<'a>,
    group: Group,
    period: PeriodId,
    may_write: bool,
    version: u64,
    bound: BoundPlan,
    problems: Vec<RowProblem>,
    refusal: Option<&'static str>,
    /// Whether this is what would be, and not what is.
    is_draft: bool,
    text: String,
}

impl<'a> PlanPage<'a> {
    /// The plan as it stands, or as what was just sent would make it.
    pub(crate) fn new(
        frame: Frame<'a>,
        may_write: bool,
        period: PeriodId,
        sheet: PlanSheet,
        today: Date,
        draft: Option<Draft>,
    ) -> Self {
        let standing = written(&sheet.plan.rows);
        let (is_draft, problems, refusal, text) = match draft {
            None => (false, vec![], None, standing),
            // A row that is not taken must not get lost in the field: then the field is left as the plan stands.
            Some(Ok(read)) => (true, read.problems, None, standing),
            Some(Err((code, text))) => (false, vec![], Some(code), text),
        };
        Self {
            frame,
            group: sheet.roster.group,
            period,
            may_write,
            version: sheet.version,
            bound: BoundPlan::new(sheet.plan, &sheet.dated, &sheet.opened, today),
            problems,
            refusal,
            is_draft,
            text,
        }
    }

    fn address(&self) -> String {
        format!("/journals/{}/{}", self.group.group, self.period)
    }

    fn can_save(&self) -> bool {
        self.is_draft && self.problems.is_empty()
    }

    fn dates(&self, place: &usize) -> String {
        let keys = &self.bound.binding.rows[*place];
        let dates = keys
            .iter()
            .map(|key| self.frame.texts.date(key.date, DateStyle::Short));
        dates.collect::<Vec<_>>().join(", ")
    }

    /// In words how a row stands; nothing for what is still ahead.
    fn given(&self, place: &usize) -> String {
        match self.bound.given[*place] {
            Given::Ahead => String::new(),
            given => self.frame.texts.get(&format!("plan-given-{}", given.as_str())),
        }
    }

    fn problem(&self, problem: &RowProblem) -> String {
        let texts = self.frame.texts;
        let line = usize::try_from(problem.line).unwrap_or_default();
        format!(
            "{} {}",
            texts.count("plan-line", line),
            texts.get(&format!("problem-{}", problem.code))
        )
    }

    fn refusal_text(&self) -> Option<String> {
        Some(self.frame.texts.get(&format!("problem-{}", self.refusal?)))
    }

    /// The lessons that were called off: the day, the row that moved, and whether it can be given with the one before.
    fn cancelled(&self) -> Vec<(String, usize, String, bool)> {
        let line = |(key, row): &(LessonKey, usize)| {
            let day = self.frame.texts.date(key.date, DateStyle::Day);
            let topic = self.bound.plan.rows[*row].topic.clone();
            (day, *row, topic, merged(&self.bound.plan.rows, *row).is_some())
        };
        self.bound.binding.shifted.iter().map(line).collect()
    }

    fn is_missing_hours(&self) -> bool {
        self.bound.binding.missing > 0
    }
}
