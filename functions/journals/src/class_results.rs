//! The results of a class in a period: pupils × subjects, успеваемость and качество, how far the journals are filled. Pure.

use std::collections::BTreeMap;

use gradebook::{ClassLesson, YearResults};
use model::{AcademicPeriod, GroupId, PersonId, ResultMark};
use rosters::{ClassTeaching, GroupRoster, Member};

/// The results of a class.
#[derive(Debug)]
pub(crate) struct ClassResults {
    /// The subjects; subgroups of one subject stand in one column.
    pub(crate) subjects: Vec<String>,
    /// The pupils by name.
    pub(crate) pupils: Vec<ClassPupil>,
    /// The journals by subject and title.
    pub(crate) journals: Vec<Filling>,
}

/// A pupil with the results in the order of the subjects.
#[derive(Debug)]
pub(crate) struct ClassPupil {
    /// The pupil.
    pub(crate) member: Member,
    /// The results.
    pub(crate) results: Vec<Option<ResultMark>>,
}

/// How far a journal is filled in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filling {
    /// The journal.
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А».
    pub(crate) title: String,
    /// Lessons opened.
    pub(crate) lessons: usize,
    /// Of them without a topic.
    pub(crate) without_topic: usize,
    /// Results set for pupils of the class.
    pub(crate) results: usize,
}

/// Of those who have any result: how many cope with everything, how many have nothing but 4 and 5.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Quality {
    /// Pupils with any result.
    pub(crate) assessed: usize,
    /// Успевают: no 2, незачёт or н/а.
    pub(crate) sufficient: usize,
    /// «На 4 и 5».
    pub(crate) good: usize,
}

impl Quality {
    fn of<'a>(pupils: impl Iterator<Item = &'a [Option<ResultMark>]>) -> Self {
        let mut quality = Self::default();
        for results in pupils {
            let mut results = results.iter().flatten().peekable();
            if results.peek().is_none() {
                continue;
            }
            let (mut sufficient, mut good) = (true, true);
            for result in results {
                sufficient &= result.is_sufficient();
                good &= result.is_good();
            }
            quality.assessed += 1;
            quality.sufficient += usize::from(sufficient);
            quality.good += usize::from(good);
        }
        quality
    }

    /// Успеваемость in whole percent, half rounded up; nothing while nobody is assessed.
    pub(crate) fn sufficient_percent(self) -> Option<u32> {
        percent(self.sufficient, self.assessed)
    }

    /// Качество in whole percent.
    pub(crate) fn good_percent(self) -> Option<u32> {
        percent(self.good, self.assessed)
    }
}

fn percent(part: usize, of: usize) -> Option<u32> {
    (of > 0).then(|| u32::try_from((part * 200 + of) / (of * 2)).unwrap_or(100))
}

impl ClassResults {
    /// Puts the table together from the class, its journals, their results of the year, and the lessons of its weeks.
    pub(crate) fn new(
        class: &GroupRoster,
        period: &AcademicPeriod,
        taught: Vec<ClassTeaching>,
        results: &[YearResults],
        lessons: &[ClassLesson],
    ) -> Self {
        let mut by_place: BTreeMap<(PersonId, &str), ResultMark> = BTreeMap::new();
        let subject_of: BTreeMap<GroupId, &str> = taught
            .iter()
            .map(|taught| (taught.group, taught.subject.as_str()))
            .collect();
        for found in results {
            let mark = found.periods.get(&period.id).and_then(|result| result.mark);
            if let (Some(mark), Some(subject)) = (mark, subject_of.get(&found.journal)) {
                by_place.insert((found.pupil, subject), mark);
            }
        }
        let mut subjects: Vec<String> = subject_of.values().map(|subject| (*subject).to_owned()).collect();
        subjects.sort();
        subjects.dedup();
        let within = |member: &&Member| {
            member.from.is_none_or(|from| from <= period.end)
                && member.until.is_none_or(|until| period.start <= until)
        };
        let pupils: Vec<ClassPupil> = class
            .pupils
            .iter()
            .filter(within)
            .map(|member| ClassPupil {
                results: subjects
                    .iter()
                    .map(|subject| by_place.get(&(member.person, subject.as_str())).copied())
                    .collect(),
                member: member.clone(),
            })
            .collect();
        let mut journals: Vec<Filling> = taught
            .iter()
            .map(|taught| filling(taught, period, results, lessons))
            .collect();
        journals.sort_by(|a, b| (&a.subject, &a.title).cmp(&(&b.subject, &b.title)));
        Self {
            subjects,
            pupils,
            journals,
        }
    }

    /// Of the whole class.
    pub(crate) fn quality(&self) -> Quality {
        Quality::of(self.pupils.iter().map(|pupil| pupil.results.as_slice()))
    }

    /// Of one subject, by its place.
    pub(crate) fn quality_of(&self, subject: usize) -> Quality {
        Quality::of(self.pupils.iter().map(|pupil| &pupil.results[subject..=subject]))
    }
}

fn filling(
    taught: &ClassTeaching,
    period: &AcademicPeriod,
    results: &[YearResults],
    lessons: &[ClassLesson],
) -> Filling {
    let held = lessons
        .iter()
        .filter(|lesson| lesson.journal == taught.group && period.contains(lesson.lesson.date));
    let set = results.iter().filter(|found| {
        let result = found.periods.get(&period.id);
        found.journal == taught.group && result.is_some_and(|result| result.mark.is_some())
    });
    Filling {
        journal: taught.group,
        subject: taught.subject.clone(),
        title: taught.title.clone(),
        lessons: held.clone().count(),
        without_topic: held.filter(|lesson| lesson.topic.is_empty()).count(),
        results: set.count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quality(pupils: &[&str]) -> Quality {
        let pupils: Vec<Vec<Option<ResultMark>>> = pupils
            .iter()
            .map(|results| results.split(' ').map(|result| result.parse().ok()).collect())
            .collect();
        Quality::of(pupils.iter().map(Vec::as_slice))
    }

    #[test]
    fn quality_counts_pupils_and_not_marks() {
        let class = quality(&["5 4 зач", "5 5 3", "4 2 5", "5 н/а 5", "осв 4 5", "- - -"]);
        assert_eq!((class.assessed, class.sufficient, class.good), (5, 3, 2));
        assert_eq!(
            (class.sufficient_percent(), class.good_percent()),
            (Some(60), Some(40))
        );
    }

    #[test]
    fn without_results_there_is_no_percentage() {
        assert_eq!(quality(&["- -"]).sufficient_percent(), None);
        assert_eq!(percent(1, 8), Some(13), "12,5 rounds up");
        assert_eq!(percent(27, 27), Some(100));
    }
}
