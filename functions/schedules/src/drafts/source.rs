//! From what the registry knows of a school, and from what is published, to a draft.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{GroupId, PersonId};
use rosters::{ClassTeaching, Group, Member};
use timetables::{Slot, Timetable};

use super::draft::{Audience, Course, Draft, DraftClass, DraftLesson};

/// A class, or a teaching group that draws from none, as the registry knows it.
#[derive(Debug, Clone)]
pub(crate) struct SchoolClass {
    pub(crate) group: Group,
    /// The teaching groups that draw from it; a group without classes is its own.
    pub(crate) teaching: Vec<ClassTeaching>,
    /// The groups in which each of its pupils learns.
    pub(crate) pupils: Vec<BTreeSet<GroupId>>,
}

/// The draft of a school without any lesson: courses with those who teach them on the date or later, and with the pupils whom
/// they take.
pub(crate) fn empty(school: &[SchoolClass], from: Date) -> Draft {
    let mut classes: BTreeMap<GroupId, Vec<GroupId>> = BTreeMap::new();
    let mut grades: BTreeMap<GroupId, u8> = BTreeMap::new();
    for class in school {
        for taught in &class.teaching {
            classes.entry(taught.group).or_default().push(class.group.group);
            if let Some(grade) = class.group.grade {
                grades.entry(taught.group).or_insert(grade);
            }
        }
    }
    classes.values_mut().for_each(|of| of.sort_unstable());
    let made = school.iter().map(|class| {
        let mut people = BTreeMap::new();
        let mut courses: Vec<Course> = class
            .teaching
            .iter()
            .map(|taught| {
                let teachers = teachers(taught, from);
                people.extend(teachers.iter().map(|held| (held.person, held.name.initials())));
                let mut teachers: Vec<PersonId> = teachers.iter().map(|held| held.person).collect();
                teachers.sort_unstable();
                Course {
                    group: taught.group,
                    subject: taught.subject.clone(),
                    title: taught.title.clone(),
                    classes: classes.get(&taught.group).cloned().unwrap_or_default(),
                    grade: grades.get(&taught.group).copied(),
                    audience: audience(class, taught),
                    teachers,
                    hours: None,
                    rooms: Vec::new(),
                }
            })
            .collect();
        courses.sort_by(|one, other| {
            (&one.subject, &one.title, one.group).cmp(&(&other.subject, &other.title, other.group))
        });
        let made = DraftClass {
            class: class.group.group,
            title: class.group.title.clone(),
            courses,
            people,
            lessons: BTreeSet::new(),
        };
        (made.class, made)
    });
    Draft {
        classes: made.collect(),
        ..Draft::default()
    }
}

/// Who teaches a group on a date or will later.
fn teachers(taught: &ClassTeaching, from: Date) -> Vec<&Member> {
    let stays = |held: &&Member| held.until.is_none_or(|until| from <= until);
    taught.teachers.iter().filter(stays).collect()
}

/// Which pupils of a class a group takes: by their lists, and where there are none by whether the class has other groups of
/// the subject.
fn audience(class: &SchoolClass, taught: &ClassTeaching) -> Audience {
    const MOST: usize = 127;
    let group = taught.group;
    let is_listed = class.pupils.iter().any(|pupil| pupil.contains(&group));
    if !is_listed {
        let same_subject = class
            .teaching
            .iter()
            .filter(|other| other.subject == taught.subject);
        return if same_subject.count() > 1 {
            Audience::Part
        } else {
            Audience::Whole
        };
    }
    let known: BTreeSet<GroupId> = class.teaching.iter().map(|taught| taught.group).collect();
    let kinds: BTreeSet<BTreeSet<GroupId>> = class
        .pupils
        .iter()
        .map(|pupil| pupil.intersection(&known).copied().collect())
        .filter(|kind: &BTreeSet<GroupId>| !kind.is_empty())
        .collect();
    if kinds.iter().all(|kind| kind.contains(&group)) {
        return Audience::Whole;
    }
    let taken = kinds.iter().enumerate().filter(|(_, kind)| kind.contains(&group));
    Audience::Cohorts(taken.fold(0, |bits, (at, _)| bits | (1 << at.min(MOST))))
}

/// Puts published weeks into a draft: their lessons, and their hours as those of the curriculum. Says how many lessons were
/// left out, since the draft has no such group any more.
pub(crate) fn fill(draft: &mut Draft, weeks: &[Timetable]) -> usize {
    let mut lessons: BTreeMap<GroupId, BTreeSet<DraftLesson>> = BTreeMap::new();
    let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
    let mut left_out: BTreeSet<(GroupId, u8, u8)> = BTreeSet::new();
    for slot in weeks.iter().flat_map(|week| &week.slots) {
        let Some(course) = draft.course(slot.group) else {
            left_out.insert((slot.group, slot.weekday.number(), slot.number));
            continue;
        };
        let teachers = teachers_of(draft, course, slot);
        if let Some(only) = slot.teacher.filter(|_| !slot.teacher_name.is_empty()) {
            names.insert(only, slot.teacher_name.clone());
        }
        lessons.entry(slot.group).or_default().insert(DraftLesson {
            group: slot.group,
            day: slot.weekday,
            number: slot.number,
            cycle: slot.cycle,
            room: slot.room.split_whitespace().collect::<Vec<_>>().join(" "),
            teachers,
            pinned: false,
        });
    }
    for class in draft.classes.values_mut() {
        for at in 0..class.courses.len() {
            let Some(of_group) = lessons.get(&class.courses[at].group) else {
                continue;
            };
            let known = of_group.iter().flat_map(|lesson| &lesson.teachers);
            for teacher in known
                .filter(|teacher| !class.people.contains_key(*teacher))
                .copied()
                .collect::<Vec<_>>()
            {
                class
                    .people
                    .insert(teacher, names.get(&teacher).cloned().unwrap_or_default());
            }
            class.lessons.extend(of_group.iter().cloned());
            let placed = class.placed(class.courses[at].group);
            class.courses[at].hours = Some(placed);
        }
    }
    left_out.len()
}

/// Who holds a published lesson. One that has several teachers names only their names: they are found among those who teach
/// the group.
fn teachers_of(draft: &Draft, course: &Course, slot: &Slot) -> Vec<PersonId> {
    if let Some(only) = slot.teacher {
        return vec![only];
    }
    let named = |person: &&PersonId| {
        let name = draft.person(**person).unwrap_or_default();
        slot.teacher_name.split(", ").any(|part| part == name)
    };
    let found: Vec<PersonId> = course.teachers.iter().filter(named).copied().collect();
    if found.is_empty() {
        course.teachers.clone()
    } else {
        found
    }
}

/// A draft with the courses as the registry knows them now: groups that are new come in, those that are gone and have no
/// lesson go, names, teachers and pupils of the others follow. Lessons and hours stay.
pub(crate) fn refreshed(old: &Draft, school: &[SchoolClass], from: Date) -> Draft {
    let mut new = empty(school, from);
    for class in old.classes.values() {
        let kept = |course: &&Course| class.lessons_of(course.group).next().is_some();
        let target = new.classes.entry(class.class).or_insert_with(|| DraftClass {
            courses: Vec::new(),
            people: BTreeMap::new(),
            lessons: BTreeSet::new(),
            ..class.clone()
        });
        for course in class.courses.iter().filter(kept) {
            if target.course(course.group).is_none() {
                target.courses.push(course.clone());
            }
        }
        let held = class.lessons.iter().flat_map(|lesson| &lesson.teachers);
        for teacher in held {
            let name = class.people.get(teacher).cloned().unwrap_or_default();
            target.people.entry(*teacher).or_insert(name);
        }
    }
    for class in new.classes.values_mut() {
        for at in 0..class.courses.len() {
            let group = class.courses[at].group;
            if let Some(course) = old.course(group) {
                class.courses[at].hours = course.hours;
                class.courses[at].rooms.clone_from(&course.rooms);
            }
            let first = old.course(group).and_then(|course| old.first_class(course));
            let Some(before) = first.and_then(|first| old.classes.get(&first)) else {
                continue;
            };
            for lesson in before.lessons_of(group) {
                for teacher in &lesson.teachers {
                    let name = before.people.get(teacher).cloned().unwrap_or_default();
                    class.people.entry(*teacher).or_insert(name);
                }
                class.lessons.insert(lesson.clone());
            }
        }
    }
    new.classes.retain(|_, class| {
        !class.courses.is_empty() || school.iter().any(|known| known.group.group == class.class)
    });
    new.terms.clone_from(&old.terms);
    new
}
