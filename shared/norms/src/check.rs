//! The checks of a week.

mod breaks;
mod curve;
mod load;
mod shape;
mod teachers;
mod times;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    Argument, Class, Cycle, Finding, Lesson, NormTable, Place, Rule, Week,
    finding::Citation,
    pupils::{PupilWeek, lessons_of, pupil_weeks},
};

/// What a check of a week found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// What is not kept, the weightiest first.
    pub findings: Vec<Finding>,
    /// The subjects whose difficulty is not known: with them the curve of the week is a guess.
    pub unmatched: Vec<UnmatchedSubject>,
}

impl Report {
    /// Whether the week must not be published so.
    pub fn forbids(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == crate::Severity::Forbids)
    }
}

/// A subject without points of difficulty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct UnmatchedSubject {
    /// As the school writes it.
    pub subject: String,
    /// Why it has none.
    pub reason: UnmatchedReason,
    /// In which grades.
    pub grades: BTreeSet<u8>,
    /// Its lessons.
    pub lessons: BTreeSet<String>,
}

/// Why a subject has no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnmatchedReason {
    /// The table of norms does not know the name.
    UnknownName,
    /// The scale has no points for it in this grade.
    NoPointsInGrade,
}

/// Checks a week against the norms that hold on its date.
///
/// The order of classes, teachers and lessons in the input makes no difference.
pub fn check(week: &Week, table: &NormTable) -> Report {
    let pupils = pupil_weeks(week);
    let mut findings: Vec<Finding> = table
        .citations(week.date, week.institution)
        .flat_map(|cite| {
            Scope {
                week,
                table,
                cite,
                pupils: &pupils,
            }
            .findings()
        })
        .collect();
    findings = whole_weeks(findings);
    findings.sort_by(|a, b| {
        Reverse(a.severity)
            .cmp(&Reverse(b.severity))
            .then_with(|| a.cmp(b))
    });
    Report {
        findings,
        unmatched: unmatched(week, table),
    }
}

/// One norm and what it is held against.
#[derive(Clone, Copy)]
struct Scope<'a> {
    week: &'a Week,
    table: &'a NormTable,
    cite: Citation<'a>,
    pupils: &'a [PupilWeek<'a>],
}

impl<'a> Scope<'a> {
    fn findings(self) -> Vec<Finding> {
        match &self.cite.norm.rule {
            Rule::WeekLoad { limits } => load::week(self, limits),
            Rule::DayLoad { lessons, once } => load::day(self, *lessons, once.as_ref()),
            Rule::WeekDays { days } => load::days(self, *days),
            Rule::LessonLength { minutes } => times::length(self, *minutes),
            Rule::DayBounds { earliest, latest } => times::bounds(self, *earliest, *latest),
            Rule::FirstNumber { number } => times::first_number(self, *number),
            Rule::Shift { last } => shape::shift(self, *last),
            Rule::BreakLength { minutes } => breaks::shortest(self, *minutes),
            Rule::LongBreak {
                after,
                at_least,
                at_most,
                pair,
            } => breaks::long(
                self,
                &breaks::Long {
                    after,
                    at_least: *at_least,
                    at_most: *at_most,
                    pair: *pair,
                },
            ),
            Rule::PupilWindows { lessons } => shape::windows(self, *lessons),
            Rule::TeacherWindows { in_a_row } => teachers::windows(self, *in_a_row),
            Rule::HardestDays {
                days,
                scale,
                coverage,
            } => curve::hardest_days(self, days, scale, *coverage),
            Rule::HardLessons {
                scale,
                thresholds,
                first,
                last,
                lessons_at_least,
            } => curve::hard_lessons(
                self,
                &curve::Edges {
                    scale,
                    thresholds,
                    first: *first,
                    last: *last,
                    lessons_at_least: *lessons_at_least,
                },
            ),
            Rule::DoubleLessons { except } => shape::doubles(self, except),
            // What is checked when homework is given and assessments are planned.
            Rule::Homework { .. }
            | Rule::AssessmentsADay { .. }
            | Rule::AssessmentInterval { .. }
            | Rule::AssessmentShare { .. }
            | Rule::AssessmentLesson { .. } => Vec::new(),
        }
    }

    /// The classes the norm concerns.
    fn classes(self) -> impl Iterator<Item = &'a Class> {
        let norm = self.cite.norm;
        self.week.classes.iter().filter(move |class| norm.concerns(class))
    }

    /// The weeks of the pupils the norm concerns.
    fn pupils(self) -> impl Iterator<Item = &'a PupilWeek<'a>> {
        let norm = self.cite.norm;
        self.pupils.iter().filter(move |pupil| norm.concerns(pupil.class))
    }

    /// The lessons of the curriculum of the classes the norm concerns.
    fn lessons(self) -> impl Iterator<Item = (&'a Class, &'a Lesson)> {
        self.classes().flat_map(move |class| {
            lessons_of(self.week, class)
                .into_iter()
                .filter(|lesson| !lesson.extracurricular)
                .map(move |lesson| (class, lesson))
        })
    }
}

/// What several classes, days and lessons have in common, told once.
#[derive(Default)]
struct Gathered {
    classes: BTreeMap<String, String>,
    days: BTreeSet<model::Weekday>,
    lessons: BTreeSet<String>,
}

impl Gathered {
    fn add(&mut self, class: &Class, day: model::Weekday, lessons: impl IntoIterator<Item = String>) {
        self.classes.insert(class.id.clone(), class.title.clone());
        self.days.insert(day);
        self.lessons.extend(lessons);
    }

    fn titles(&self) -> Argument {
        let mut titles: Vec<&str> = self.classes.values().map(String::as_str).collect();
        titles.sort_by_key(|title| (leading_number(title), *title));
        titles.dedup();
        titles.join(", ").into()
    }

    fn count(&self) -> u32 {
        count(self.lessons.len())
    }

    fn place(self) -> Place {
        Place {
            classes: self.classes.into_keys().collect(),
            days: self.days.into_iter().collect(),
            lessons: self.lessons.into_iter().collect(),
            ..Place::nowhere()
        }
    }
}

/// Classes are listed by number, then by letter: «7А» before «10А».
fn leading_number(title: &str) -> u32 {
    let digits: String = title.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u32::MAX)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Where a pupil's week is found at fault.
fn place_of(pupil: &PupilWeek<'_>) -> Place {
    Place {
        classes: vec![pupil.class.id.clone()],
        cycle: pupil.cycle,
        ..Place::nowhere()
    }
}

/// Of the pupils of a class only the one who fares worst is told of: by place as far as `key` looks at it.
fn worst<K: Ord>(findings: Vec<Finding>, key: impl Fn(&Finding) -> K) -> Vec<Finding> {
    let mut kept: BTreeMap<K, Finding> = BTreeMap::new();
    for finding in findings {
        let key = key(&finding);
        let beaten = kept
            .get(&key)
            .is_some_and(|known| (known.measured, Reverse(known)) >= (finding.measured, Reverse(&finding)));
        if !beaten {
            kept.insert(key, finding);
        }
    }
    kept.into_values().collect()
}

/// What is found alike in weeks A and B is found in every week.
fn whole_weeks(findings: Vec<Finding>) -> Vec<Finding> {
    let mut by_content: BTreeMap<Finding, BTreeSet<Cycle>> = BTreeMap::new();
    for mut finding in findings {
        let cycle = std::mem::replace(&mut finding.place.cycle, Cycle::Every);
        by_content.entry(finding).or_default().insert(cycle);
    }
    let mut all = Vec::new();
    for (finding, cycles) in by_content {
        let both = cycles.contains(&Cycle::A) && cycles.contains(&Cycle::B);
        if both || cycles.contains(&Cycle::Every) {
            all.push(finding);
        } else {
            all.extend(cycles.into_iter().map(|cycle| {
                let mut finding = finding.clone();
                finding.place.cycle = cycle;
                finding
            }));
        }
    }
    all
}

fn unmatched(week: &Week, table: &NormTable) -> Vec<UnmatchedSubject> {
    let mut found: BTreeMap<(String, UnmatchedReason), (BTreeSet<u8>, BTreeSet<String>)> = BTreeMap::new();
    for class in &week.classes {
        for scale in table.scales_in_force(week.date, week.institution, class.grade) {
            for lesson in lessons_of(week, class) {
                if lesson.extracurricular || table.points(scale, &lesson.subject, class.grade).is_some() {
                    continue;
                }
                let reason = match table.subject(&lesson.subject) {
                    Some(_) => UnmatchedReason::NoPointsInGrade,
                    None => UnmatchedReason::UnknownName,
                };
                let (grades, lessons) = found.entry((lesson.subject.clone(), reason)).or_default();
                grades.insert(class.grade);
                lessons.insert(lesson.id.clone());
            }
        }
    }
    found
        .into_iter()
        .map(|((subject, reason), (grades, lessons))| UnmatchedSubject {
            subject,
            reason,
            grades,
            lessons,
        })
        .collect()
}
