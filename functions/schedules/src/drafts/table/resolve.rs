//! From the rows of a table to the lessons of a draft: all of them, or none and a report row by row.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, LessonKey, PersonId, Weekday};
use timetables::WeekCycle;

use super::read::Row;
use crate::drafts::{
    conflict::Conflict,
    draft::{Bells, Course, Draft, DraftClass, DraftLesson},
    edit::{Edit, Refusal, room_name},
};

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowFault {
    /// A cell that must be filled is empty.
    Missing(&'static str),
    /// A cell is not what its column holds.
    Invalid(&'static str),
    /// No such class.
    UnknownClass,
    /// The class has no such subject, or no such group of it.
    UnknownGroup,
    /// Several groups of the class are meant: the row must name one by its title.
    SeveralGroups,
    /// Nobody of that name teaches here.
    UnknownTeacher,
    /// Several people have that name.
    SeveralTeachers,
    /// The lesson cannot stand where it is.
    Conflict(Box<(DraftLesson, Conflict)>),
}

impl RowFault {
    /// Its name in the API and in the words of the page.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Invalid(_) => "invalid",
            Self::UnknownClass => "unknown_class",
            Self::UnknownGroup => "unknown_group",
            Self::SeveralGroups => "several_groups",
            Self::UnknownTeacher => "unknown_teacher",
            Self::SeveralTeachers => "several_teachers",
            Self::Conflict(..) => "conflict",
        }
    }

    /// The column at fault, by its English name.
    pub(crate) const fn column(&self) -> Option<&'static str> {
        match self {
            Self::Missing(column) | Self::Invalid(column) => Some(*column),
            Self::UnknownClass => Some("class"),
            Self::UnknownGroup | Self::SeveralGroups => Some("group"),
            Self::UnknownTeacher | Self::SeveralTeachers => Some("teacher"),
            Self::Conflict(..) => None,
        }
    }
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowRefusal {
    pub(crate) line: u64,
    pub(crate) fault: RowFault,
}

/// Puts the rows into a draft. The rows of a class are its whole week; classes that no row names keep theirs. The hours of
/// the groups named become those that the table gives them, unless the curriculum says more.
///
/// # Errors
/// The refused rows; the draft is of no use then.
pub(crate) fn put(draft: &mut Draft, bells: &Bells, rows: &[Row]) -> Result<(), Vec<RowRefusal>> {
    let mut refused = Vec::new();
    let mut lessons = Vec::new();
    for row in rows {
        match lesson(draft, bells, row) {
            Ok((classes, lesson)) => lessons.push((row.line, classes, lesson)),
            Err(fault) => refused.push(RowRefusal {
                line: row.line,
                fault,
            }),
        }
    }
    let named: BTreeSet<GroupId> = lessons
        .iter()
        .flat_map(|(_, classes, _)| classes.clone())
        .collect();
    let known = clear(draft, &named);
    for (line, _, lesson) in lessons {
        let edit = Edit {
            was: None,
            now: Some(lesson),
        };
        let fault = match edit.apply(draft, bells) {
            Ok(_) => continue,
            Err(Refusal::Conflicts(lesson, conflicts)) => conflicts
                .into_iter()
                .next()
                .map_or(RowFault::UnknownGroup, |first| {
                    RowFault::Conflict(Box::new((lesson, first)))
                }),
            Err(Refusal::Meaningless(field)) => RowFault::Invalid(field),
            Err(Refusal::Changed(_)) => RowFault::UnknownGroup,
        };
        refused.push(RowRefusal { line, fault });
    }
    set_hours(draft, &known);
    if refused.is_empty() {
        Ok(())
    } else {
        refused.sort_by_key(|row| row.line);
        Err(refused)
    }
}

/// Takes the lessons of the classes out, and their hours, which are given back.
fn clear(draft: &mut Draft, classes: &BTreeSet<GroupId>) -> BTreeMap<GroupId, Option<u8>> {
    let groups: BTreeMap<GroupId, Option<u8>> = classes
        .iter()
        .filter_map(|class| draft.classes.get(class))
        .flat_map(|class| class.courses.iter().map(|course| (course.group, course.hours)))
        .collect();
    for class in draft.classes.values_mut() {
        class.lessons.retain(|lesson| !groups.contains_key(&lesson.group));
        for course in class
            .courses
            .iter_mut()
            .filter(|course| groups.contains_key(&course.group))
        {
            course.hours = None;
        }
    }
    groups
}

fn set_hours(draft: &mut Draft, known: &BTreeMap<GroupId, Option<u8>>) {
    for class in draft.classes.values_mut() {
        for at in 0..class.courses.len() {
            let group = class.courses[at].group;
            if let Some(before) = known.get(&group) {
                let placed = class.placed(group);
                class.courses[at].hours = match before {
                    Some(before) => Some(placed.max(*before)),
                    None => (placed > 0).then_some(placed),
                };
            }
        }
    }
}

fn lesson(draft: &Draft, bells: &Bells, row: &Row) -> Result<(Vec<GroupId>, DraftLesson), RowFault> {
    let [class, group, subject, teacher, room, day, number, cycle, building] = &row.cells;
    let filled = |cell: &str, column| {
        if cell.is_empty() {
            Err(RowFault::Missing(column))
        } else {
            Ok(())
        }
    };
    filled(class, "class")?;
    filled(subject, "subject")?;
    let class = class_of(draft, class)?;
    let course = course_of(class, group, subject)?;
    filled(day, "day")?;
    filled(number, "lesson")?;
    let day = day_of(day).ok_or(RowFault::Invalid("day"))?;
    let number = number
        .parse()
        .ok()
        .filter(|number| (1..=LessonKey::MOST_A_DAY).contains(number))
        .ok_or(RowFault::Invalid("lesson"))?;
    let lesson = DraftLesson {
        group: course.group,
        day,
        number,
        cycle: cycle_of(cycle).ok_or(RowFault::Invalid("week"))?,
        room: room_of(bells, building, room)?,
        teachers: teachers_of(draft, course, teacher)?,
        pinned: false,
    };
    Ok((course.classes.clone(), lesson))
}

/// The room of a row under the name by which the institution knows it. A building must be one of its buildings.
fn room_of(bells: &Bells, building: &str, room: &str) -> Result<String, RowFault> {
    let buildings = bells.buildings();
    let room = room_name(room).ok_or(RowFault::Invalid("room"))?;
    let named = Some(building).filter(|building| !building.is_empty());
    buildings
        .name_in(named, &room)
        .ok_or(RowFault::Invalid("building"))
}

/// The class of a cell; of several titles the first.
fn class_of<'d>(draft: &'d Draft, cell: &str) -> Result<&'d DraftClass, RowFault> {
    let first = cell.split(',').next().unwrap_or_default();
    let title = folded(first);
    draft
        .classes
        .values()
        .find(|class| folded(&class.title) == title)
        .ok_or(RowFault::UnknownClass)
}

fn course_of<'d>(class: &'d DraftClass, title: &str, subject: &str) -> Result<&'d Course, RowFault> {
    let (title, subject) = (folded(title), folded(subject));
    let of_subject = class
        .courses
        .iter()
        .filter(|course| folded(&course.subject) == subject);
    let mut fitting = of_subject.filter(|course| title.is_empty() || folded(&course.title) == title);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(RowFault::SeveralGroups),
        (None, _) => Err(RowFault::UnknownGroup),
    }
}

fn teachers_of(draft: &Draft, course: &Course, cell: &str) -> Result<Vec<PersonId>, RowFault> {
    let people = draft.people();
    let mut found = Vec::new();
    for name in cell.split(',').map(folded).filter(|name| !name.is_empty()) {
        let mut fitting = people
            .iter()
            .filter(|(_, known)| folded(known) == name)
            .map(|(id, _)| *id);
        let person = match (fitting.next(), fitting.next()) {
            (None, _) => return Err(RowFault::UnknownTeacher),
            (Some(only), None) => only,
            // Of namesakes the one who teaches the group is meant.
            (Some(_), Some(_)) => people
                .iter()
                .filter(|(_, known)| folded(known) == name)
                .map(|(id, _)| *id)
                .find(|id| course.teachers.contains(id))
                .ok_or(RowFault::SeveralTeachers)?,
        };
        found.push(person);
    }
    Ok(found)
}

/// A text as it is compared: spaces, case and ё do not matter.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|symbol| !symbol.is_whitespace())
        .flat_map(char::to_lowercase)
        .map(|symbol| if symbol == 'ё' { 'е' } else { symbol })
        .collect()
}

fn day_of(text: &str) -> Option<Weekday> {
    const NAMES: [[&str; 4]; 7] = [
        ["пн", "понедельник", "mon", "monday"],
        ["вт", "вторник", "tue", "tuesday"],
        ["ср", "среда", "wed", "wednesday"],
        ["чт", "четверг", "thu", "thursday"],
        ["пт", "пятница", "fri", "friday"],
        ["сб", "суббота", "sat", "saturday"],
        ["вс", "воскресенье", "sun", "sunday"],
    ];
    let text = text.to_lowercase();
    let named = NAMES.iter().position(|names| names.contains(&text.as_str()));
    let number = named.map(|at| at as u8 + 1).or_else(|| text.parse().ok())?;
    number.try_into().ok()
}

fn cycle_of(text: &str) -> Option<WeekCycle> {
    match text.to_lowercase().as_str() {
        "" | "*" | "каждая" | "every" => Some(WeekCycle::Every),
        "a" | "а" | "1" => Some(WeekCycle::A),
        "b" | "б" | "в" | "2" => Some(WeekCycle::B),
        _ => None,
    }
}
