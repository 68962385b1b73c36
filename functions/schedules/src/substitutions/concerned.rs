//! In whose weeks a change is written.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId, Week};
use store::{StoreError, Write};
use timetables::{ChangeEdit, Concerned, LessonChange, Owner, WeekChanges};

use super::plan::Plan;

/// The revisions of teachers' weeks that a decision was made on.
pub(crate) type TeacherRevisions = BTreeMap<(PersonId, Week), u64>;

/// The writes of one action: one for each of those concerned and each week. `classes` are those from which the registry says
/// that the groups draw.
pub(crate) fn writes(
    plan: &Plan,
    edits: &[ChangeEdit],
    classes: &BTreeMap<GroupId, BTreeSet<GroupId>>,
    teachers: &TeacherRevisions,
) -> Result<Vec<Write>, StoreError> {
    let all = grouped(plan, edits, classes);
    let write = |((of, week), edits): (&(Concerned, Week), &Vec<ChangeEdit>)| {
        let seen = match of {
            Concerned::Institution(_) => Some(plan.weeks.get(week).map_or(0, |week| week.revision)),
            Concerned::Week(Owner::Teacher(teacher)) => teachers.get(&(*teacher, *week)).copied(),
            Concerned::Week(_) => None,
        };
        WeekChanges::edit(*of, *week, edits, seen)
    };
    all.iter().map(write).collect()
}

/// What is written into whose week.
pub(crate) fn grouped(
    plan: &Plan,
    edits: &[ChangeEdit],
    classes: &BTreeMap<GroupId, BTreeSet<GroupId>>,
) -> BTreeMap<(Concerned, Week), Vec<ChangeEdit>> {
    let mut all: BTreeMap<(Concerned, Week), Vec<ChangeEdit>> = BTreeMap::new();
    for edit in edits {
        let stands = stands(plan, edit);
        let (old, new) = (stands.as_ref(), (!edit.is_removed).then_some(&edit.change));
        let weeks: BTreeSet<Week> = [old, new]
            .into_iter()
            .flatten()
            .flat_map(LessonChange::weeks)
            .collect();
        for week in weeks {
            let before = owners(plan, week, old, classes);
            let after = owners(plan, week, new, classes);
            for of in before.union(&after) {
                let edit = ChangeEdit {
                    is_removed: !after.contains(of),
                    ..edit.clone()
                };
                all.entry((*of, week)).or_default().push(edit);
            }
        }
    }
    all
}

/// The change that an edit replaces.
fn stands(plan: &Plan, edit: &ChangeEdit) -> Option<LessonChange> {
    let first = edit.change.weeks().next()?;
    let week = plan.weeks.get(&first)?;
    week.change(&edit.change.id()).map(|found| found.change.clone())
}

/// In whose weeks a change stands in a week.
fn owners(
    plan: &Plan,
    week: Week,
    change: Option<&LessonChange>,
    classes: &BTreeMap<GroupId, BTreeSet<GroupId>>,
) -> BTreeSet<Concerned> {
    let Some(change) = change.filter(|change| change.weeks().any(|of| of == week)) else {
        return BTreeSet::new();
    };
    let groups: BTreeSet<GroupId> = [&change.before, &change.after]
        .into_iter()
        .flatten()
        .map(|lesson| lesson.slot.group)
        .collect();
    let mut found = BTreeSet::from([Concerned::Institution(plan.institution)]);
    for group in groups {
        found.insert(Concerned::Week(Owner::Group(group)));
        let registered = classes.get(&group).cloned().unwrap_or_default();
        let shown = plan.weeks.values().flat_map(|week| week.classes_of(group));
        found.extend(
            registered
                .into_iter()
                .chain(shown)
                .map(|class| Concerned::Week(Owner::Class(class))),
        );
    }
    let published = change.before.iter().flat_map(|before| {
        let week = plan.week_of(before.date);
        let due = week.and_then(|week| week.due(before.date, before.slot.number, before.slot.group));
        due.map(|taught| taught.teachers.clone()).unwrap_or_default()
    });
    let teachers = change.teachers().chain(published);
    found.extend(teachers.map(|teacher| Concerned::Week(Owner::Teacher(teacher))));
    found
}
