//! The published week in the terms of the norms. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use model::{Bell, GroupId, InstitutionKind, Weekday};
use rosters::Group;
use timetable_norms::{BellRegime, Class, Cycle, Lesson, Teacher, Week, WeekLength};
use timetables::{Owner, Slot, Timetable, WeekCycle};

/// What the federal plans count as extracurricular though it stands in the timetable (приказы № 286 and 287 of 31.05.2021:
/// внеурочная деятельность).
const EXTRACURRICULAR: [&str; 4] = [
    "разговоры о важном",
    "россия — мои горизонты",
    "классный час",
    "семьеведение",
];

/// When a day of the second shift begins at the earliest.
const SECOND_SHIFT: Time = Time::constant(12, 0, 0, 0);

/// The weeks of the classes of an institution, to be checked as of a date.
pub(crate) fn week(kind: InstitutionKind, date: Date, classes: &[Group], weeks: &[Timetable]) -> Week {
    let by_class: BTreeMap<GroupId, &Timetable> = weeks
        .iter()
        .filter_map(|week| match week.owner {
            Owner::Class(class) => Some((class, week)),
            Owner::Group(_) | Owner::Teacher(_) => None,
        })
        .collect();
    let known: Vec<(&Group, &Timetable)> = classes
        .iter()
        .filter_map(|class| Some((class, *by_class.get(&class.group)?)))
        .collect();
    Week {
        date,
        institution: kind,
        classes: known.iter().map(|(class, week)| of_class(class, week)).collect(),
        teachers: teachers(&known),
        lessons: lessons(&known),
        bells: known.iter().map(|(class, week)| bells(class, week)).collect(),
    }
}

fn of_class(class: &Group, week: &Timetable) -> Class {
    let starts = week.slots.iter().map(|slot| slot.start);
    let has_saturday = week.slots.iter().any(|slot| slot.weekday.number() == 6);
    Class {
        id: class.group.to_string(),
        title: class.title.clone(),
        grade: class.grade.unwrap_or_default(),
        shift: if starts.min().is_some_and(|first| first >= SECOND_SHIFT) {
            2
        } else {
            1
        },
        days: if has_saturday {
            WeekLength::Six
        } else {
            WeekLength::Five
        },
        special_needs: false,
        bells: class.group.to_string(),
        streams: streams(week),
    }
}

/// The sets of groups in which pupils of the class are, as the week itself tells: of each subject a pupil has one of the
/// groups, and the first subgroups are taken to go with the first. Reading the lists of all groups would cost a hundred
/// times more, and tell the same wherever a class is divided into the same halves.
pub(crate) fn streams(week: &Timetable) -> Vec<BTreeSet<String>> {
    let mut groups: BTreeMap<&str, BTreeSet<GroupId>> = BTreeMap::new();
    for slot in &week.slots {
        groups.entry(&slot.subject).or_default().insert(slot.group);
    }
    let parts = groups.values().map(BTreeSet::len).max().unwrap_or(0);
    let stream = |part: usize| {
        let of_subject = |groups: &BTreeSet<GroupId>| groups.iter().nth(part.min(groups.len() - 1)).copied();
        groups
            .values()
            .filter_map(of_subject)
            .map(|group| group.to_string())
            .collect()
    };
    Class::streams_of((0..parts).map(stream))
}

fn teachers(known: &[(&Group, &Timetable)]) -> Vec<Teacher> {
    let named = known.iter().flat_map(|(_, week)| &week.slots).filter_map(|slot| {
        let id = slot.teacher?.to_string();
        Some((id, slot.teacher_name.clone()))
    });
    let named: BTreeMap<String, String> = named.collect();
    let teacher = |(id, name)| Teacher {
        id,
        name,
        asked_for_windows: false,
    };
    named.into_iter().map(teacher).collect()
}

/// Each lesson once: one of several classes stands in the week of each.
fn lessons(known: &[(&Group, &Timetable)]) -> Vec<Lesson> {
    let mut found: BTreeMap<String, Lesson> = BTreeMap::new();
    for (class, week) in known {
        for slot in &week.slots {
            let id = id(slot);
            found
                .entry(id.clone())
                .or_insert_with(|| lesson(id, slot))
                .classes
                .push(class.group.to_string());
        }
    }
    found.into_values().collect()
}

fn lesson(id: String, slot: &Slot) -> Lesson {
    Lesson {
        day: slot.weekday,
        number: slot.number,
        start: slot.start,
        end: slot.end,
        id,
        cycle: match slot.cycle {
            WeekCycle::Every => Cycle::Every,
            WeekCycle::A => Cycle::A,
            WeekCycle::B => Cycle::B,
        },
        subject: slot.subject.clone(),
        group: slot.group.to_string(),
        classes: Vec::new(),
        teacher: slot.teacher.map(|teacher| teacher.to_string()),
        extracurricular: is_extracurricular(&slot.subject),
    }
}

/// Whether a subject stands in the timetable outside the curriculum.
pub(crate) fn is_extracurricular(subject: &str) -> bool {
    EXTRACURRICULAR.contains(&subject.to_lowercase().as_str())
}

/// The id of a lesson among those that are checked.
fn id(slot: &Slot) -> String {
    format!(
        "{}-{}-{}-{:?}",
        slot.group,
        slot.weekday.number(),
        slot.number,
        slot.cycle
    )
}

/// Day and number of a lesson that is named by such an id.
pub(crate) fn place(id: &str) -> Option<(Weekday, u8)> {
    let mut parts = id.split('-').skip(1);
    let day: u8 = parts.next()?.parse().ok()?;
    Some((day.try_into().ok()?, parts.next()?.parse().ok()?))
}

/// The bells by which a class has its lessons.
fn bells(class: &Group, week: &Timetable) -> BellRegime {
    let mut days: BTreeMap<Weekday, BTreeMap<u8, Bell>> = BTreeMap::new();
    for slot in &week.slots {
        let bell = Bell {
            number: slot.number,
            start: slot.start,
            end: slot.end,
        };
        days.entry(slot.weekday).or_default().insert(slot.number, bell);
    }
    BellRegime {
        id: class.group.to_string(),
        days: days
            .into_iter()
            .map(|(day, bells)| (day, bells.into_values().collect()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use model::{GroupKind, InstitutionId, PersonId};
    use timetable_norms::{NormTable, Severity, check};

    use super::*;

    fn class(number: u128, grade: u8) -> Group {
        Group {
            group: GroupId::from_bits(number),
            institution: InstitutionId::from_bits(1),
            kind: GroupKind::Class,
            title: format!("{grade}А"),
            subject: None,
            grade: Some(grade),
            classes: vec![],
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
        }
    }

    fn slot(day: u8, number: u8, group: u128, subject: &str) -> Slot {
        let start = time(8, 30, 0, 0).saturating_add(jiff::ToSpan::minutes(55 * (i64::from(number) - 1)));
        Slot {
            weekday: day.try_into().expect("a weekday"),
            number,
            start,
            end: start.saturating_add(jiff::ToSpan::minutes(40)),
            cycle: WeekCycle::Every,
            group: GroupId::from_bits(group),
            subject: subject.to_owned(),
            title: "7А".to_owned(),
            teacher: Some(PersonId::from_bits(group)),
            teacher_name: "Иванова А. П.".to_owned(),
            room: String::new(),
        }
    }

    fn of(class: &Group, slots: Vec<Slot>) -> Timetable {
        Timetable::new(Owner::Class(class.group), class.institution, slots)
    }

    #[test]
    fn subgroups_side_by_side_are_one_lesson_for_each_pupil() {
        let seventh = class(1, 7);
        let slots = vec![
            slot(1, 1, 10, "Алгебра"),
            slot(1, 2, 21, "Английский язык"),
            slot(1, 2, 22, "Английский язык"),
        ];
        let weeks = [of(&seventh, slots)];
        let week = week(InstitutionKind::General, date(2026, 11, 23), &[seventh], &weeks);
        assert_eq!((week.lessons.len(), week.classes[0].streams.len()), (3, 2));
        assert!(week.classes[0].streams.iter().all(|groups| groups.len() == 2));
    }

    #[test]
    fn the_id_of_a_lesson_tells_its_place() {
        let tuesday = 2u8.try_into().expect("a weekday");
        assert_eq!(place(&id(&slot(2, 11, 10, "Алгебра"))), Some((tuesday, 11)));
        assert_eq!(place("grp"), None);
    }

    #[test]
    fn a_lesson_of_two_classes_stands_once_and_names_both() {
        let (one, other) = (class(1, 10), class(2, 10));
        let shared = slot(1, 1, 30, "Физика");
        let weeks = [of(&one, vec![shared.clone()]), of(&other, vec![shared])];
        let week = week(
            InstitutionKind::General,
            date(2026, 11, 23),
            &[one, other],
            &weeks,
        );
        assert_eq!((week.lessons.len(), week.lessons[0].classes.len()), (1, 2));
    }

    #[test]
    fn a_day_of_nine_lessons_is_found_and_a_day_of_six_is_not() {
        let table = NormTable::shipped().expect("the shipped norms");
        let subjects = [
            "Алгебра",
            "Русский язык",
            "История",
            "Физика",
            "Литература",
            "География",
        ];
        let found = |lessons: u8| {
            let seventh = class(1, 7);
            let slots = (1..=lessons).map(|number| {
                let place = usize::from(number - 1) % subjects.len();
                slot(2, number, 10 + place as u128, subjects[place])
            });
            let weeks = [of(&seventh, slots.collect())];
            let week = week(InstitutionKind::General, date(2026, 11, 23), &[seventh], &weeks);
            let report = check(&week, &table);
            report.findings.iter().any(|finding| {
                finding.message.key.starts_with("norm-day-load") && finding.severity >= Severity::Warns
            })
        };
        assert_eq!((found(9), found(6)), (true, false));
    }
}
