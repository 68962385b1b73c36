//! From rows to lessons, bells and days off: what names something that is not there is refused, row by row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bundles::{
    FileReport, Outcome, Reason, ReasonCode, Refusal, Report,
    oneroster::{FileKind, Located, SourcedId},
    timetable::{TimetableRow, WeekPattern},
};
use jiff::civil::Date;
use model::{GroupId, GroupKind, InstitutionCalendar, InstitutionId, PersonId, Weekday};
use rosters::{Group, Institution};
use timetables::{Slot, WeekCycle};

use super::rows::Rows;
use crate::item::{BellRule, InstitutionRules};

mod calendar;

/// A teacher as a lesson names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Teacher {
    pub(crate) person: PersonId,
    /// «Иванова А. П.».
    pub(crate) name: String,
}

/// What is known of the things that the rows name.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The region's short name, from which ids are derived.
    pub(crate) region_code: String,
    /// The groups that rows name, and the classes from which they draw.
    pub(crate) groups: HashMap<GroupId, Group>,
    /// The institutions of these groups, and those that rows name.
    pub(crate) institutions: HashMap<InstitutionId, Institution>,
    /// The people whom rows name, by the id that the import derives.
    pub(crate) people: HashMap<PersonId, Teacher>,
    /// Who teaches the groups whose rows name nobody.
    pub(crate) teachers: HashMap<GroupId, Vec<Teacher>>,
    /// The rules of these institutions as they stand.
    pub(crate) rules: HashMap<InstitutionId, InstitutionRules>,
    /// Their calendars as they stand.
    pub(crate) calendars: HashMap<InstitutionId, InstitutionCalendar>,
    /// The date by which bells are chosen: imported weeks hold from now on.
    pub(crate) today: Date,
}

impl Known {
    pub(crate) fn group_id(&self, id: &SourcedId) -> GroupId {
        GroupId::derived(&self.region_code, id.as_str())
    }

    pub(crate) fn institution_id(&self, id: &SourcedId) -> InstitutionId {
        InstitutionId::derived(&self.region_code, id.as_str())
    }

    pub(crate) fn person_id(&self, id: &SourcedId) -> PersonId {
        PersonId::derived(&self.region_code, id.as_str())
    }

    /// The year of study of a group: its own, or that of a class from which it draws.
    pub(crate) fn grade(&self, group: &Group) -> Option<u8> {
        group.grade.or_else(|| {
            group
                .classes
                .iter()
                .find_map(|class| self.groups.get(class)?.grade)
        })
    }
}

/// A lesson and those in whose week it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lesson {
    pub(crate) slot: Slot,
    pub(crate) teachers: Vec<PersonId>,
}

/// When a lesson is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) weekday: Weekday,
    pub(crate) number: u8,
    pub(crate) cycle: WeekCycle,
}

/// Whose lesson it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taught<'a> {
    pub(crate) group: GroupId,
    pub(crate) subject: &'a str,
    pub(crate) title: &'a str,
}

impl Lesson {
    /// The lesson of a group at a place of its week.
    pub(crate) fn new(
        place: Place,
        bell: &BellRule,
        taught: Taught<'_>,
        teachers: &[Teacher],
        room: &str,
    ) -> Self {
        let names: Vec<_> = teachers.iter().map(|teacher| teacher.name.as_str()).collect();
        let slot = Slot {
            weekday: place.weekday,
            number: place.number,
            start: bell.start,
            end: bell.end,
            cycle: place.cycle,
            group: taught.group,
            subject: taught.subject.to_owned(),
            title: taught.title.to_owned(),
            // Of several teachers nobody is the one who answers for the lesson.
            teacher: if let [only] = teachers {
                Some(only.person)
            } else {
                None
            },
            teacher_name: names.join(", "),
            room: room.to_owned(),
        };
        Self {
            slot,
            teachers: teachers.iter().map(|teacher| teacher.person).collect(),
        }
    }
}

/// What the good rows say.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// The whole week of each group, in the order of days and numbers.
    pub(crate) lessons: BTreeMap<GroupId, Vec<Lesson>>,
    /// Every group that a row names, also a refused one.
    pub(crate) named: BTreeSet<GroupId>,
    /// The rules of the institutions in question, as they are from now on.
    pub(crate) rules: BTreeMap<InstitutionId, InstitutionRules>,
    /// The same with the bells that hold today.
    pub(crate) in_force: BTreeMap<InstitutionId, InstitutionRules>,
    /// Their calendars, as they are from now on.
    pub(crate) calendars: BTreeMap<InstitutionId, InstitutionCalendar>,
}

/// Resolves the rows. Refused ones go to the report, bells and days off are counted in it; lessons are counted when they
/// are compared with what is stored.
pub(crate) fn resolve(rows: &mut Rows, known: &Known) -> Resolved {
    let mut resolved = Resolved::default();
    calendar::resolve(rows, known, &mut resolved);
    let mut first_lines = FirstLines::default();
    for located in &rows.timetable {
        let group = known.group_id(&located.row.class);
        if known.groups.contains_key(&group) {
            resolved.named.insert(group);
        }
        match lesson(located, known, &resolved, &mut first_lines) {
            Ok(lesson) => resolved.lessons.entry(group).or_default().push(lesson),
            Err(fault) => refuse(
                &mut rows.report,
                FileKind::Timetable,
                located.line,
                &located.row.class,
                fault,
            ),
        }
    }
    for lessons in resolved.lessons.values_mut() {
        lessons.sort_by_key(|lesson| order(&lesson.slot));
    }
    resolved
}

/// By which the lessons of a week stand: day, number, then what tells subgroups apart.
pub(crate) fn order(slot: &Slot) -> (u8, u8, String, GroupId, bool) {
    (
        slot.weekday.number(),
        slot.number,
        slot.title.clone(),
        slot.group,
        slot.cycle == WeekCycle::B,
    )
}

type Fault = (&'static str, Reason);
/// Where each place of a group's week is taken, and on which line of the file.
type FirstLines = HashMap<(GroupId, u8, u8), Vec<(WeekCycle, u64)>>;

fn lesson(
    located: &Located<TimetableRow>,
    known: &Known,
    resolved: &Resolved,
    first_lines: &mut FirstLines,
) -> Result<Lesson, Fault> {
    let row = &located.row;
    let group = known.groups.get(&known.group_id(&row.class));
    let group = group.ok_or_else(|| missing("classSourcedId", FileKind::Classes, &row.class))?;
    if group.kind != GroupKind::Teaching {
        let reason = Reason::new(ReasonCode::WordUnknown)
            .with("value", "homeroom")
            .with("allowed", "scheduled");
        return Err(("classSourcedId", reason));
    }
    let teachers = match &row.teacher {
        None => known.teachers.get(&group.group).cloned().unwrap_or_default(),
        Some(id) => {
            let teacher = known.people.get(&known.person_id(id));
            vec![
                teacher
                    .ok_or_else(|| missing("teacherSourcedId", FileKind::Users, id))?
                    .clone(),
            ]
        }
    };
    let bell = resolved
        .in_force
        .get(&group.institution)
        .and_then(|rules| rules.bell(row.lesson, known.grade(group)))
        .ok_or_else(|| missing("lessonNumber", FileKind::Bells, &row.lesson))?;
    let cycle = match row.week {
        WeekPattern::Every => WeekCycle::Every,
        WeekPattern::A => WeekCycle::A,
        WeekPattern::B => WeekCycle::B,
    };
    take_place(
        first_lines,
        (group.group, row.weekday.number(), row.lesson),
        cycle,
        located.line,
    )?;
    let place = Place {
        weekday: row.weekday,
        number: row.lesson,
        cycle,
    };
    let taught = Taught {
        group: group.group,
        subject: group.subject.as_deref().unwrap_or(&group.title),
        title: &group.title,
    };
    let room = room(located, resolved, group.institution)?;
    Ok(Lesson::new(place, bell, taught, &teachers, &room))
}

/// The room of a row under the name by which its institution knows it.
fn room(
    located: &Located<TimetableRow>,
    resolved: &Resolved,
    institution: InstitutionId,
) -> Result<String, Fault> {
    let row = &located.row;
    let room = row.room.as_deref().unwrap_or_default();
    let Some(rules) = resolved.rules.get(&institution) else {
        return Ok(room.to_owned());
    };
    let building = row.building.as_deref();
    rules.buildings.name_in(building, room).ok_or_else(|| {
        let known = rules.buildings.list().iter();
        let known: Vec<&str> = known.map(|known| known.short.as_str()).collect();
        let reason = Reason::new(ReasonCode::WordUnknown)
            .with("value", building.unwrap_or_default())
            .with("allowed", known.join(", "));
        ("building", reason)
    })
}

/// A group cannot have two lessons at once: `*` meets `a` as well as `b`.
fn take_place(
    first_lines: &mut FirstLines,
    place: (GroupId, u8, u8),
    cycle: WeekCycle,
    line: u64,
) -> Result<(), Fault> {
    let taken = first_lines.entry(place).or_default();
    let meets = |other: WeekCycle| other == cycle || other == WeekCycle::Every || cycle == WeekCycle::Every;
    if let Some((_, first)) = taken.iter().find(|(other, _)| meets(*other)) {
        return Err((
            "lessonNumber",
            Reason::new(ReasonCode::Duplicate).with("firstLine", first),
        ));
    }
    taken.push((cycle, line));
    Ok(())
}

fn missing(column: &'static str, file: FileKind, id: &impl ToString) -> Fault {
    (
        column,
        Reason::new(ReasonCode::ReferenceMissing)
            .with("entity", file.entity())
            .with("id", id.to_string()),
    )
}

fn refuse(report: &mut Report, file: FileKind, line: u64, id: &SourcedId, (column, reason): Fault) {
    let sourced_id = Some(id.as_str().chars().take(80).collect());
    report.file(file.name()).refuse(Refusal {
        line,
        sourced_id,
        column: Some(column.to_owned()),
        reason,
    });
}

/// Counts a row against what is stored: the same, another one in its place, or nothing there yet.
pub(crate) fn count<T: PartialEq>(report: &mut FileReport, stored: Option<&T>, row: &T) {
    report.count(match stored {
        Some(stored) if stored == row => Outcome::Kept,
        Some(_) => Outcome::Changed,
        None => Outcome::Created,
    });
}

#[cfg(test)]
mod tests;
