//! The class teacher's report: results, averages, absences and debts of a class in a period. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, LessonKey, Mark, PeriodId, PersonId, ResultMark};
use rosters::Membership;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    absence::Absences,
    source::{ClassSource, JournalSource},
    standing::{Standing, Standings, Tally, only},
};

/// A result as a report counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Outcome {
    /// `1`–`5`, `зач`, `нез`, `н/а`, `осв`.
    #[schema(value_type = String)]
    pub(crate) mark: ResultMark,
    /// Whether the teacher has not decided yet, and this is what the average proposes.
    pub(crate) proposed: bool,
}

/// What a pupil owes in a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum DebtKind {
    /// A work is owed: «точка».
    Owed {
        /// At which lesson it was set.
        #[schema(value_type = String)]
        lesson: LessonKey,
        /// The last day on which it can be handed in.
        #[schema(value_type = String, format = Date)]
        by: Date,
        /// Whether that day has passed.
        overdue: bool,
    },
    /// Н/а as a mark for a work.
    NotAssessed {
        /// At which lesson.
        #[schema(value_type = String)]
        lesson: LessonKey,
    },
    /// Not one mark in the period, while others have some.
    NoMarks,
}

/// What a pupil owes, and in what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Debt {
    /// The journal.
    #[schema(value_type = String)]
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// What is owed.
    #[serde(flatten)]
    pub(crate) kind: DebtKind,
}

/// A subject of the class; subgroups of one subject are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SubjectReport {
    /// What is taught.
    pub(crate) subject: String,
    /// How many results of which kind.
    pub(crate) results: Tally,
    /// Results that the teachers have not set yet.
    pub(crate) not_set: usize,
}

/// A pupil's part of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PupilReport {
    /// The pupil.
    #[schema(value_type = String)]
    pub(crate) pupil: PersonId,
    /// «Фамилия Имя».
    pub(crate) name: String,
    /// The results in the order of the subjects; nothing where there is neither a result nor an average to propose one.
    pub(crate) results: Vec<Option<Outcome>>,
    /// The averages of the marks of the period in the order of the subjects: `4,67`.
    pub(crate) averages: Vec<Option<String>>,
    /// How the pupil stands; nothing in a report of some of the subjects.
    pub(crate) standing: Option<Standing>,
    /// In which subject the one result is that keeps the pupil from nothing but «5», or from «4» and «5».
    pub(crate) only: Option<usize>,
    /// What the pupil missed; in a report of some of the subjects without full days.
    pub(crate) absences: Absences,
    /// What the pupil owes.
    pub(crate) debts: Vec<Debt>,
}

/// The report of a class in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ClassReport {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// «7А».
    pub(crate) title: String,
    /// The period.
    #[schema(value_type = String)]
    pub(crate) period: PeriodId,
    /// Up to which day it counts.
    #[schema(value_type = String, format = Date)]
    pub(crate) until: Date,
    /// Whether it is of all subjects; a teacher of the class gets the own ones.
    pub(crate) whole: bool,
    /// Results that teachers have not set yet: while there are any, the report is a preliminary one.
    pub(crate) not_set: usize,
    /// The subjects.
    pub(crate) subjects: Vec<SubjectReport>,
    /// The pupils by name.
    pub(crate) pupils: Vec<PupilReport>,
    /// How many stand in which way; nothing in a report of some of the subjects.
    pub(crate) standings: Option<Standings>,
    /// What the class missed in all.
    pub(crate) absences: Absences,
}

/// The result of a pupil in a subject, and how it stands among those of several subgroups.
#[derive(Debug, Clone)]
struct Chosen {
    /// Whether it is only proposed.
    is_second: bool,
    /// Whether the pupil has left the subgroup.
    is_left: bool,
    outcome: Outcome,
}

impl ClassReport {
    /// The report of a class; `whole` says whether all of its journals are there.
    pub(crate) fn new(source: &ClassSource, whole: bool) -> Self {
        let mut subjects: Vec<SubjectReport> = Vec::new();
        for journal in &source.journals {
            if subjects
                .last()
                .is_none_or(|last| last.subject != journal.taught.subject)
            {
                subjects.push(SubjectReport {
                    subject: journal.taught.subject.clone(),
                    results: Tally::default(),
                    not_set: 0,
                });
            }
        }
        let mut report = Self {
            class: source.class.group.group,
            title: source.class.group.title.clone(),
            period: source.period.id.clone(),
            until: source.period.end.min(source.today),
            whole,
            not_set: 0,
            subjects,
            pupils: Vec::new(),
            standings: whole.then(Standings::default),
            absences: Absences::default(),
        };
        for pupil in source.pupils() {
            report.add(source, pupil);
        }
        report
    }

    fn add(&mut self, source: &ClassSource, pupil: &Membership) {
        let width = self.subjects.len();
        let (mut averages, mut debts) = (vec![None; width], vec![]);
        let mut chosen: Vec<Option<Chosen>> = vec![None; width];
        // Whoever has left is missed in the absences and judged by nobody any more.
        let stays = pupil.holds_on(self.until);
        for journal in source
            .journals
            .iter()
            .filter(|journal| stays && journal.had(pupil, &source.period))
        {
            let place = self
                .subjects
                .iter()
                .position(|it| it.subject == journal.taught.subject);
            let Some(place) = place else { continue };
            let is_left = !journal.has(pupil, self.until);
            if !is_left {
                debts.extend(debts_in(journal, pupil.person, source.today));
            }
            let Some(row) = journal.rows.get(&pupil.person) else {
                continue;
            };
            let average = row.average().map(|average| average.to_string());
            let Some(outcome) = outcome(row) else {
                averages[place] = averages[place].take().or(average);
                continue;
            };
            let found = Chosen {
                is_second: outcome.proposed,
                is_left,
                outcome,
            };
            // Of two subgroups in which the pupil was, the one counts that has said the result, else where the pupil is.
            let is_better = chosen[place]
                .as_ref()
                .is_none_or(|known| (found.is_second, found.is_left) < (known.is_second, known.is_left));
            if is_better {
                averages[place] = average;
                chosen[place] = Some(found);
            }
        }
        let results: Vec<Option<Outcome>> = chosen.into_iter().map(|found| Some(found?.outcome)).collect();
        for (subject, outcome) in self.subjects.iter_mut().zip(&results) {
            let Some(outcome) = outcome else { continue };
            subject.results.count(outcome.mark);
            subject.not_set += usize::from(outcome.proposed);
            self.not_set += usize::from(outcome.proposed);
        }
        let marks: Vec<_> = results
            .iter()
            .map(|found| found.as_ref().map(|outcome| outcome.mark))
            .collect();
        if let Some(standings) = self.standings.as_mut().filter(|_| stays) {
            standings.count(&marks);
        }
        let mut absences = Absences::of(&source.days(pupil));
        if !self.whole {
            // Of some of the lessons of a day nobody can tell whether all were missed.
            (absences.days, absences.days_held, absences.in_a_row) = Default::default();
        }
        self.absences.add(&absences);
        self.pupils.push(PupilReport {
            pupil: pupil.person,
            name: pupil.name.short(),
            standing: (self.whole && stays).then(|| Standing::of(&marks)),
            only: only(4, &marks).or_else(|| only(3, &marks)).filter(|_| self.whole),
            results,
            averages,
            absences,
            debts,
        });
    }

    /// The pupils who stand so.
    pub(crate) fn standing(&self, standing: Standing) -> impl Iterator<Item = &PupilReport> {
        self.pupils
            .iter()
            .filter(move |pupil| pupil.standing == Some(standing))
    }

    /// The pupils whom one result of that grade keeps from a better standing, each with its subject.
    pub(crate) fn only(&self, grade: u8) -> Vec<(&PupilReport, &str)> {
        let one = |pupil: &&PupilReport| {
            let result = pupil.only.and_then(|place| pupil.results[place].as_ref());
            result.is_some_and(|outcome| outcome.mark == ResultMark::Grade(grade))
        };
        let named = |pupil| -> Option<_> {
            let pupil: &PupilReport = pupil;
            Some((pupil, self.subjects.get(pupil.only?)?.subject.as_str()))
        };
        self.pupils.iter().filter(one).filter_map(named).collect()
    }
}

/// The result of a pupil in a journal as a report counts it: what the teacher has set, or else what the average proposes.
pub(crate) fn outcome(row: &gradebook::PupilRow) -> Option<Outcome> {
    let set = row.result.as_ref().and_then(|result| result.mark);
    let proposed = || row.rule.proposal(row.average()).map(ResultMark::Grade);
    Some(Outcome {
        mark: set.or_else(proposed)?,
        proposed: set.is_none(),
    })
}

/// What a pupil owes in a journal.
fn debts_in(journal: &JournalSource, pupil: PersonId, today: Date) -> Vec<Debt> {
    let debt = |kind| Debt {
        journal: journal.taught.group,
        subject: journal.taught.subject.clone(),
        kind,
    };
    let row = journal.rows.get(&pupil);
    let mut debts: Vec<Debt> = Vec::new();
    for (lesson, cell) in row.iter().flat_map(|row| &row.cells) {
        for mark in &cell.value.marks {
            match mark.mark {
                Mark::Owed { by } => debts.push(debt(DebtKind::Owed {
                    lesson: *lesson,
                    by,
                    overdue: by < today,
                })),
                Mark::NotAssessed => debts.push(debt(DebtKind::NotAssessed { lesson: *lesson })),
                _ => {}
            }
        }
    }
    let has_mark = |row: &gradebook::PupilRow| {
        let mut marks = row.cells.values().flat_map(|cell| &cell.value.marks);
        marks.any(|mark| !matches!(mark.mark, Mark::Owed { .. } | Mark::NotAssessed))
    };
    let is_exempt = |row: &gradebook::PupilRow| {
        let result = row.result.as_ref().and_then(|result| result.mark);
        result == Some(ResultMark::Exempt)
    };
    if journal.rows.values().any(has_mark) && !row.is_some_and(|row| has_mark(row) || is_exempt(row)) {
        debts.push(debt(DebtKind::NoMarks));
    }
    debts
}

/// The period of that name.
pub(crate) fn period_of(periods: &[AcademicPeriod], id: &PeriodId) -> Option<AcademicPeriod> {
    periods.iter().find(|period| period.id == *id).cloned()
}

/// The periods of some classes, each once, by their first day and then the longer one.
pub(crate) fn periods_of<'a>(classes: impl Iterator<Item = &'a [AcademicPeriod]>) -> Vec<AcademicPeriod> {
    let all: BTreeMap<&PeriodId, &AcademicPeriod> =
        classes.flatten().map(|period| (&period.id, period)).collect();
    let mut periods: Vec<AcademicPeriod> = all.into_values().cloned().collect();
    periods.sort_by_key(|period| (period.start, std::cmp::Reverse(period.end)));
    periods
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
