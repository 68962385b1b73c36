//! Cohorts from what a school knows: rosters of its groups, or divisions of classes into subgroups.

use std::collections::BTreeMap;

use crate::index::{ClassIndex, CohortIndex};
use crate::problem::{Cohort, Group};

/// Groups by their rosters. `pupils` holds each pupil's class and the positions of the groups the pupil is in;
/// `groups` is the number of groups. Pupils with equal groups become one cohort, so that groups clash exactly when a
/// pupil is in both.
///
/// A group without pupils gets no cohorts, which [`Problem::faults`](crate::Problem::faults) reports.
pub fn from_rosters(groups: usize, pupils: &[(ClassIndex, Vec<usize>)]) -> (Vec<Cohort>, Vec<Group>) {
    let mut kinds: BTreeMap<(ClassIndex, Vec<usize>), u16> = BTreeMap::new();
    for (class, of) in pupils {
        let mut of = of.clone();
        of.sort_unstable();
        of.dedup();
        let count = kinds.entry((*class, of)).or_default();
        *count = count.saturating_add(1);
    }
    let mut made = vec![
        Group {
            cohorts: Vec::new(),
            size: 0,
        };
        groups
    ];
    let mut cohorts = Vec::new();
    for ((class, of), pupils) in kinds {
        let index = CohortIndex::from(cohorts.len());
        cohorts.push(Cohort { class });
        for group in of.into_iter().filter(|group| *group < groups) {
            made[group].cohorts.push(index);
            made[group].size = made[group].size.saturating_add(pupils);
        }
    }
    (cohorts, made)
}

/// The cohorts of classes that are divided in several independent ways: by language, by technology, by informatics.
/// For a timetable made before rosters exist: every combination of subgroups may have pupils.
#[derive(Debug, Clone, Default)]
pub struct Divisions {
    /// The class of each cohort and its subgroup in each division of the class.
    kinds: Vec<(ClassIndex, Vec<u8>)>,
}

impl Divisions {
    /// Adds a class that is divided into the given numbers of subgroups, division by division. Each must be at
    /// least 1 (a division into one subgroup does not divide).
    pub fn add(&mut self, class: ClassIndex, divisions: &[u8]) {
        let mut kinds: Vec<Vec<u8>> = vec![Vec::new()];
        for parts in divisions {
            kinds = kinds
                .iter()
                .flat_map(|kind| {
                    (0..(*parts).max(1)).map(|part| kind.iter().copied().chain([part]).collect())
                })
                .collect();
        }
        self.kinds.extend(kinds.into_iter().map(|kind| (class, kind)));
    }

    /// All cohorts, for [`Problem::cohorts`](crate::Problem::cohorts).
    pub fn cohorts(&self) -> Vec<Cohort> {
        let classes = self.kinds.iter().map(|(class, _)| *class);
        classes.map(|class| Cohort { class }).collect()
    }

    /// The cohorts of a whole class.
    pub fn class(&self, class: ClassIndex) -> Vec<CohortIndex> {
        self.matching(|of, _| of == class)
    }

    /// The cohorts of a subgroup (from 0) of a division (from 0) of a class.
    pub fn subgroup(&self, class: ClassIndex, division: usize, part: u8) -> Vec<CohortIndex> {
        self.matching(|of, kind| of == class && kind.get(division) == Some(&part))
    }

    fn matching(&self, keep: impl Fn(ClassIndex, &[u8]) -> bool) -> Vec<CohortIndex> {
        let all = self.kinds.iter().enumerate();
        all.filter(|(_, (class, kind))| keep(*class, kind))
            .map(|(at, _)| CohortIndex::from(at))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_divisions_make_every_combination_a_cohort() {
        let mut divisions = Divisions::default();
        divisions.add(ClassIndex(0), &[2, 2]);
        divisions.add(ClassIndex(1), &[]);
        assert_eq!(divisions.cohorts().len(), 5);
        let (english, boys) = (
            divisions.subgroup(ClassIndex(0), 0, 0),
            divisions.subgroup(ClassIndex(0), 1, 1),
        );
        assert_eq!(english.iter().filter(|cohort| boys.contains(cohort)).count(), 1);
        assert_eq!(divisions.class(ClassIndex(1)), [CohortIndex(4)]);
    }

    #[test]
    fn groups_of_rosters_share_a_cohort_exactly_when_a_pupil_is_in_both() {
        let class = ClassIndex(0);
        let pupils = [(class, vec![0, 1]), (class, vec![1, 0]), (class, vec![0, 2])];
        let (cohorts, groups) = from_rosters(3, &pupils);
        assert_eq!(cohorts.len(), 2);
        assert_eq!([groups[0].size, groups[1].size, groups[2].size], [3, 2, 1]);
        let shared = |a: usize, b: usize| groups[a].cohorts.iter().any(|c| groups[b].cohorts.contains(c));
        assert!(shared(0, 1) && shared(0, 2) && !shared(1, 2));
    }
}
