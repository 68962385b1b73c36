//! Which pupils of a draft's classes are in which group: the cohorts by which the generator knows what clashes.

use std::collections::BTreeMap;

use model::GroupId;
use timetable_generator::{ClassIndex, Cohort, CohortIndex};

use crate::drafts::{Audience, DraftClass};

/// The cohorts of all classes, and those of each group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pupils {
    pub(crate) cohorts: Vec<Cohort>,
    pub(crate) of_group: BTreeMap<GroupId, Vec<CohortIndex>>,
}

impl Pupils {
    /// From the audiences of the courses. Where a class has no lists, its first subgroups are taken to go together, its
    /// second ones too: so the norms see it as well (see `checks`), and a pupil of both then has no window.
    pub(crate) fn of<'d>(classes: impl Iterator<Item = &'d DraftClass>) -> Self {
        let mut made = Self::default();
        for (at, class) in classes.enumerate() {
            made.add(ClassIndex::from(at), class);
        }
        made
    }

    fn add(&mut self, index: ClassIndex, class: &DraftClass) {
        let listed = class.courses.iter().filter_map(|course| match course.audience {
            Audience::Cohorts(bits) => Some(128 - bits.leading_zeros() as usize),
            Audience::Whole | Audience::Part => None,
        });
        let kinds = listed.max().unwrap_or(0).max(1);
        let parts = parts(class);
        let streams = parts.values().map(Vec::len).max().unwrap_or(0).max(1);
        let first = self.cohorts.len();
        let cohort = Cohort { class: index };
        self.cohorts.extend(std::iter::repeat_n(cohort, kinds * streams));
        for course in &class.courses {
            let takes = |kind: usize, stream: usize| match course.audience {
                Audience::Whole => true,
                Audience::Cohorts(bits) => bits >> kind & 1 == 1,
                Audience::Part => parts
                    .get(course.subject.as_str())
                    .is_some_and(|groups| groups.get(stream.min(groups.len() - 1)) == Some(&course.group)),
            };
            let all = (0..kinds).flat_map(|kind| (0..streams).map(move |stream| (kind, stream)));
            let index = |(kind, stream): (usize, usize)| CohortIndex::from(first + kind * streams + stream);
            let mut taken: Vec<CohortIndex> = all
                .clone()
                .filter(|(kind, stream)| takes(*kind, *stream))
                .map(index)
                .collect();
            // A group whose list has become empty is everybody's until it is known whose it is.
            if taken.is_empty() {
                taken.extend(all.map(index));
            }
            self.of_group.entry(course.group).or_default().extend(taken);
        }
    }
}

/// The groups of each subject of which nobody knows whom they take, in order.
fn parts(class: &DraftClass) -> BTreeMap<&str, Vec<GroupId>> {
    let mut parts: BTreeMap<&str, Vec<GroupId>> = BTreeMap::new();
    for course in &class.courses {
        if course.audience == Audience::Part {
            parts
                .entry(course.subject.as_str())
                .or_default()
                .push(course.group);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::drafts::Course;

    fn class(courses: &[(u128, &str, Audience)]) -> DraftClass {
        let course = |(group, subject, audience): &(u128, &str, Audience)| Course {
            group: GroupId::from_bits(*group),
            subject: (*subject).to_owned(),
            title: String::new(),
            classes: vec![],
            grade: None,
            audience: *audience,
            teachers: vec![],
            hours: None,
            rooms: vec![],
        };
        DraftClass {
            class: GroupId::from_bits(99),
            title: String::new(),
            courses: courses.iter().map(course).collect(),
            people: BTreeMap::new(),
            lessons: BTreeSet::new(),
        }
    }

    fn shared(pupils: &Pupils, one: u128, other: u128) -> bool {
        let of = |group| &pupils.of_group[&GroupId::from_bits(group)];
        of(one).iter().any(|cohort| of(other).contains(cohort))
    }

    #[test]
    fn subgroups_without_lists_go_together_by_their_order() {
        let class = class(&[
            (1, "Алгебра", Audience::Whole),
            (2, "Английский язык", Audience::Part),
            (3, "Английский язык", Audience::Part),
            (4, "Информатика", Audience::Part),
            (5, "Информатика", Audience::Part),
        ]);
        let pupils = Pupils::of([class].iter());
        assert_eq!(pupils.cohorts.len(), 2);
        assert!(shared(&pupils, 1, 2) && shared(&pupils, 2, 4) && shared(&pupils, 3, 5));
        assert!(!shared(&pupils, 2, 3) && !shared(&pupils, 2, 5));
    }

    #[test]
    fn listed_subgroups_share_exactly_the_pupils_of_their_lists() {
        let class = class(&[
            (1, "Алгебра", Audience::Whole),
            (2, "Английский язык", Audience::Cohorts(0b011)),
            (3, "Английский язык", Audience::Cohorts(0b100)),
            (4, "Труд", Audience::Cohorts(0b101)),
        ]);
        let pupils = Pupils::of([class].iter());
        assert_eq!(pupils.cohorts.len(), 3);
        assert!(shared(&pupils, 2, 4) && shared(&pupils, 3, 4) && shared(&pupils, 1, 3));
        assert!(!shared(&pupils, 2, 3));
    }
}
