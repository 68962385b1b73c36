//! Results of a period by class, by subject and by teacher.

use std::collections::BTreeMap;

use model::{GroupId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    class_report::{ClassReport, outcome},
    source::ClassSource,
    standing::{Standings, Tally},
};

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ClassLine {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) class: GroupId,
    /// «7А».
    pub(crate) title: String,
    /// How its pupils stand.
    pub(crate) standings: Standings,
    /// Results that are not set yet.
    pub(crate) not_set: usize,
}

/// A subject in the whole institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SubjectLine {
    /// What is taught.
    pub(crate) subject: String,
    /// How many results of which kind.
    pub(crate) results: Tally,
}

/// A subject of a teacher. What two teach together is of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct TeacherLine {
    /// The teacher.
    #[schema(value_type = String)]
    pub(crate) teacher: PersonId,
    /// «Соколова И. С.».
    pub(crate) name: String,
    /// What is taught.
    pub(crate) subject: String,
    /// How many results of which kind.
    pub(crate) results: Tally,
}

/// The results of an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct SchoolResults {
    /// By year and title.
    pub(crate) classes: Vec<ClassLine>,
    /// By name.
    pub(crate) subjects: Vec<SubjectLine>,
    /// By name and subject.
    pub(crate) teachers: Vec<TeacherLine>,
    /// How all pupils stand.
    pub(crate) standings: Standings,
    /// Results that are not set yet.
    pub(crate) not_set: usize,
}

/// The classes so far.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    made: SchoolResults,
    subjects: BTreeMap<String, Tally>,
    teachers: BTreeMap<(String, PersonId, String), Tally>,
}

impl Gathered {
    pub(crate) fn add(&mut self, class: &ClassSource) {
        let report = ClassReport::new(class, true);
        for subject in &report.subjects {
            self.subjects
                .entry(subject.subject.clone())
                .or_default()
                .add(&subject.results);
        }
        for journal in &class.journals {
            let pupils = class.pupils().filter(|pupil| journal.has(pupil, report.until));
            let mut tally = Tally::default();
            pupils
                .filter_map(|pupil| outcome(journal.rows.get(&pupil.person)?))
                .for_each(|outcome| tally.count(outcome.mark));
            let day = report.until;
            for teacher in journal
                .taught
                .teachers
                .iter()
                .filter(|teacher| teacher.holds_on(day))
            {
                let key = (
                    teacher.name.initials(),
                    teacher.person,
                    journal.taught.subject.clone(),
                );
                self.teachers.entry(key).or_default().add(&tally);
            }
        }
        let standings = report.standings.unwrap_or_default();
        self.made.standings.add(&standings);
        self.made.not_set += report.not_set;
        self.made.classes.push(ClassLine {
            class: report.class,
            title: report.title,
            standings,
            not_set: report.not_set,
        });
    }

    pub(crate) fn finish(self) -> SchoolResults {
        let subjects = self.subjects.into_iter();
        let teachers = self.teachers.into_iter();
        SchoolResults {
            subjects: subjects
                .map(|(subject, results)| SubjectLine { subject, results })
                .collect(),
            teachers: teachers
                .map(|((name, teacher, subject), results)| TeacherLine {
                    teacher,
                    name,
                    subject,
                    results,
                })
                .collect(),
            ..self.made
        }
    }
}
