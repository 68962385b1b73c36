//! The schedule of assessments (график оценочных процедур) of a class: what is held and what the plans say, against the
//! norms. Pure.
//!
//! An assessment is a control work of an opened lesson, or a row of a plan whose form of control says so. Subgroups that
//! write on one day in one subject write one assessment.

use std::collections::BTreeMap;

use gradebook::{Lesson, LessonPlan};
use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, InstitutionCalendar, InstitutionKind, LessonKey, MarkingSettings};
use rosters::{ClassTeaching, Group};
use timetable_norms::{Assessment, AssessmentContext, Finding, NormTable, check_assessment};
use timetables::OwnerPlan;

use crate::plan::{binding::Binding, dated};

/// A lesson where no timetable says how long it lasts, in minutes.
const USUAL_MINUTES: u16 = 40;

/// What is known of one journal of the class.
#[derive(Debug)]
pub(crate) struct JournalYear {
    /// The journal and its subject.
    pub(crate) taught: ClassTeaching,
    /// The lessons of the period that were opened.
    pub(crate) opened: Vec<Lesson>,
    /// The plan of the year, if there is one.
    pub(crate) plan: Option<LessonPlan>,
}

/// What the schedule is read from.
#[derive(Debug)]
pub(crate) struct ClassYear {
    /// The class.
    pub(crate) class: Group,
    /// The kind of its institution.
    pub(crate) institution: InstitutionKind,
    /// The period that is shown.
    pub(crate) period: AcademicPeriod,
    /// The periods of its year.
    pub(crate) terms: Vec<AcademicPeriod>,
    /// The timetable of the class.
    pub(crate) timetable: OwnerPlan,
    /// The days off.
    pub(crate) calendar: Option<InstitutionCalendar>,
    /// What counts as a control work.
    pub(crate) settings: MarkingSettings,
    /// The journals.
    pub(crate) journals: Vec<JournalYear>,
}

/// An assessment of the class on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    /// The lesson: the first one, if subgroups write in different ones.
    pub(crate) lesson: LessonKey,
    /// The subject.
    pub(crate) subject: String,
    /// The journals.
    pub(crate) journals: Vec<GroupId>,
    /// What the plan calls it; empty for a work that was opened.
    pub(crate) form: String,
    /// Whether its lesson was opened with it.
    pub(crate) is_held: bool,
    /// What the norms say against it.
    pub(crate) findings: Vec<Finding>,
}

/// Whether a form of control is an assessment of the whole class: «контрольная работа» is, «устный опрос» is not.
pub(crate) fn is_assessment(form: &str) -> bool {
    const ROOTS: [&str; 9] = [
        "контрольн",
        "провероч",
        "диагност",
        "диктант",
        "изложени",
        "сочинени",
        "тест",
        "впр",
        "зачёт",
    ];
    let form = form.to_lowercase().replace("зачет", "зачёт");
    ROOTS.iter().any(|root| form.contains(root))
}

/// The assessments of the period by time, each with what the norms say against it.
pub(crate) fn schedule(year: &ClassYear, norms: &NormTable) -> Vec<Planned> {
    let mut found: BTreeMap<(Date, String), Planned> = BTreeMap::new();
    for journal in &year.journals {
        for (lesson, form) in of_journal(year, journal) {
            let subject = journal.taught.subject.clone();
            let planned = found
                .entry((lesson.date, subject.clone()))
                .or_insert_with(|| Planned {
                    lesson,
                    subject,
                    journals: vec![],
                    form: form.clone().unwrap_or_default(),
                    is_held: false,
                    findings: vec![],
                });
            planned.lesson = planned.lesson.min(lesson);
            planned.is_held |= form.is_none();
            if !planned.journals.contains(&journal.taught.group) {
                planned.journals.push(journal.taught.group);
            }
        }
    }
    let mut planned: Vec<Planned> = found.into_values().collect();
    planned.sort_by(|a, b| (a.lesson, &a.subject).cmp(&(b.lesson, &b.subject)));
    let assessments: Vec<Assessment> = planned.iter().map(|planned| assessment(year, planned)).collect();
    for (planned, assessment) in planned.iter_mut().zip(&assessments) {
        let context = context(year, planned);
        planned.findings = check_assessment(assessment, &assessments, &context, norms);
    }
    planned
}

/// The control works of a journal in the period, and the rows of its plan that stand at lessons without one.
fn of_journal(year: &ClassYear, journal: &JournalYear) -> Vec<(LessonKey, Option<String>)> {
    let is_control = |lesson: &&Lesson| {
        lesson
            .works
            .iter()
            .any(|work| year.settings.is_control(work.kind))
    };
    let held = journal.opened.iter().filter(is_control);
    let mut found: Vec<(LessonKey, Option<String>)> = held.map(|lesson| (lesson.lesson, None)).collect();
    let Some(plan) = &journal.plan else {
        return found;
    };
    let dated = dated(
        &year.timetable,
        year.calendar.as_ref(),
        journal.taught.group,
        &year.terms,
    );
    let binding = Binding::new(&plan.rows, &dated);
    for (row, keys) in plan.rows.iter().zip(&binding.rows) {
        // A row of several lessons is assessed at its last one.
        let Some(key) = keys.last().filter(|key| year.period.contains(key.date)) else {
            continue;
        };
        let is_open = journal.opened.iter().any(|lesson| lesson.lesson == *key);
        if is_assessment(&row.control) && !is_open {
            found.push((*key, Some(row.control.clone())));
        }
    }
    found
}

fn assessment(year: &ClassYear, planned: &Planned) -> Assessment {
    let lessons = year.timetable.on(planned.lesson.date, year.calendar.as_ref());
    let slot = lessons.iter().find(|lesson| {
        lesson.slot.number == planned.lesson.number && planned.journals.contains(&lesson.slot.group)
    });
    let minutes =
        slot.and_then(|lesson| u16::try_from((lesson.slot.end - lesson.slot.start).get_minutes()).ok());
    Assessment {
        id: format!("{}-{}", planned.lesson, planned.subject),
        procedure: format!("{}-{}", planned.lesson.date, planned.subject),
        class: year.class.group.to_string(),
        grade: year.class.grade.unwrap_or_default(),
        subject: planned.subject.clone(),
        date: planned.lesson.date,
        minutes: minutes.filter(|minutes| *minutes > 0).unwrap_or(USUAL_MINUTES),
        hours: 1,
    }
}

fn context(year: &ClassYear, planned: &Planned) -> AssessmentContext {
    let calendar = year.calendar.as_ref();
    let held = |date: Date| {
        let lessons = year.timetable.on(date, calendar).into_iter();
        lessons
            .filter(|lesson| lesson.state.is_held())
            .map(|lesson| lesson.slot)
    };
    let numbers: Vec<u8> = held(planned.lesson.date).map(|slot| slot.number).collect();
    let day = numbers.iter().min().copied().zip(numbers.iter().max().copied());
    let journal = planned.journals.first();
    let yearly = journal.map(|journal| dated(&year.timetable, calendar, *journal, &year.terms).held.len());
    let week = model::Week::of(planned.lesson.date);
    let weekly = week
        .school_days()
        .flat_map(held)
        .filter(|slot| journal == Some(&slot.group))
        .count();
    AssessmentContext {
        institution: year.institution,
        title: year.class.title.clone(),
        lesson: Some(planned.lesson.number),
        day,
        weekly_lessons: u8::try_from(weekly).ok().filter(|lessons| *lessons > 0),
        yearly_hours: yearly.and_then(|hours| u16::try_from(hours).ok()),
    }
}

#[cfg(test)]
mod tests;
