//! A class of a draft as it is kept: courses and teachers stand once, lessons point to them, and all of it is one text. So a
//! class of 35 lessons and 16 courses is about 3 KB, and a school of 30 classes is read with one query.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId, Weekday};
use serde::{Deserialize, Serialize};
use timetables::WeekCycle;

use super::draft::{Audience, Course, DraftClass, DraftLesson};

#[derive(Serialize, Deserialize)]
struct KeptClass {
    #[serde(rename = "p")]
    people: Vec<(PersonId, String)>,
    #[serde(rename = "c")]
    courses: Vec<KeptCourse>,
    #[serde(rename = "l")]
    lessons: Vec<KeptLesson>,
}

/// Group, subject, title, other classes, year of study, audience, places of the teachers, hours in halves, rooms if any are
/// chosen.
#[derive(Serialize, Deserialize)]
struct KeptCourse(
    GroupId,
    String,
    String,
    Vec<GroupId>,
    Option<u8>,
    String,
    Vec<usize>,
    Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")] Vec<String>,
);

/// Day, number, cycle (0 every, 1 A, 2 B), place of the course, room, pinned (0 or 1), places of the teachers if they are not
/// the course's.
#[derive(Serialize, Deserialize)]
struct KeptLesson(
    Weekday,
    u8,
    u8,
    usize,
    String,
    u8,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<Vec<usize>>,
);

const CYCLES: [WeekCycle; 3] = [WeekCycle::Every, WeekCycle::A, WeekCycle::B];

/// The text of a class.
///
/// # Errors
/// None in practice: nothing in a class is such that JSON has no form for it.
pub(crate) fn text_of(class: &DraftClass) -> Result<String, serde_json::Error> {
    let named = class.people.keys().copied();
    let of_courses = class.courses.iter().flat_map(|course| course.teachers.clone());
    let of_lessons = class.lessons.iter().flat_map(|lesson| lesson.teachers.clone());
    let people: BTreeSet<PersonId> = named.chain(of_courses).chain(of_lessons).collect();
    let places: BTreeMap<PersonId, usize> = people.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let places_of = |teachers: &[PersonId]| -> Vec<usize> {
        teachers.iter().filter_map(|id| places.get(id).copied()).collect()
    };
    let courses = class.courses.iter().map(|course| {
        let others = course.classes.iter().copied().filter(|id| *id != class.class);
        KeptCourse(
            course.group,
            course.subject.clone(),
            course.title.clone(),
            others.collect(),
            course.grade,
            audience_text(course.audience),
            places_of(&course.teachers),
            course.hours,
            course.rooms.clone(),
        )
    });
    let lesson = |lesson: &DraftLesson| {
        let course = class
            .courses
            .iter()
            .position(|course| course.group == lesson.group)?;
        let own = class.courses[course].teachers == lesson.teachers;
        let cycle = CYCLES.iter().position(|cycle| *cycle == lesson.cycle)?;
        Some(KeptLesson(
            lesson.day,
            lesson.number,
            u8::try_from(cycle).unwrap_or_default(),
            course,
            lesson.room.clone(),
            lesson.pinned.into(),
            (!own).then(|| places_of(&lesson.teachers)),
        ))
    };
    let name = |id: PersonId| (id, class.people.get(&id).cloned().unwrap_or_default());
    serde_json::to_string(&KeptClass {
        people: people.into_iter().map(name).collect(),
        courses: courses.collect(),
        lessons: class.lessons.iter().filter_map(lesson).collect(),
    })
}

/// Reads the class `class` of that title from its text.
///
/// # Errors
/// The text is not one of a class.
pub(crate) fn class_of(class: GroupId, title: String, text: &str) -> Result<DraftClass, serde_json::Error> {
    let malformed = || serde::de::Error::custom("a course, teacher or cycle that is not there");
    let kept: KeptClass = serde_json::from_str(text)?;
    let teachers = |places: Vec<usize>| -> Option<Vec<PersonId>> {
        let person = |at: usize| kept.people.get(at).map(|(id, _)| *id);
        places.into_iter().map(person).collect()
    };
    let courses = kept.courses.into_iter().map(|course| {
        let KeptCourse(group, subject, title, mut classes, grade, audience, places, hours, rooms) = course;
        classes.push(class);
        classes.sort_unstable();
        Some(Course {
            group,
            subject,
            title,
            classes,
            grade,
            audience: audience_of(&audience)?,
            teachers: teachers(places)?,
            hours,
            rooms,
        })
    });
    let courses: Vec<Course> = courses.collect::<Option<_>>().ok_or_else(malformed)?;
    let lesson = |KeptLesson(day, number, cycle, course, room, pinned, others)| {
        let course: &Course = courses.get(course)?;
        Some(DraftLesson {
            group: course.group,
            day,
            number,
            cycle: *CYCLES.get(usize::from(cycle))?,
            room,
            teachers: match others {
                Some(places) => teachers(places)?,
                None => course.teachers.clone(),
            },
            pinned: pinned != 0,
        })
    };
    let lessons = kept.lessons.into_iter().map(lesson).collect::<Option<_>>();
    Ok(DraftClass {
        class,
        title,
        lessons: lessons.ok_or_else(malformed)?,
        courses,
        people: kept.people.into_iter().collect(),
    })
}

/// `w` for the whole class, `p` for a part of it, else the cohorts as a hexadecimal number.
fn audience_text(audience: Audience) -> String {
    match audience {
        Audience::Whole => "w".to_owned(),
        Audience::Part => "p".to_owned(),
        Audience::Cohorts(cohorts) => format!("{cohorts:x}"),
    }
}

fn audience_of(text: &str) -> Option<Audience> {
    match text {
        "w" => Some(Audience::Whole),
        "p" => Some(Audience::Part),
        cohorts => u128::from_str_radix(cohorts, 16).ok().map(Audience::Cohorts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class() -> DraftClass {
        let (class, other) = (GroupId::from_bits(5), GroupId::from_bits(3));
        let course = |group: u128, audience, hours| Course {
            group: GroupId::from_bits(group),
            subject: "Алгебра".to_owned(),
            title: "7А".to_owned(),
            classes: if group == 2 {
                vec![other, class]
            } else {
                vec![class]
            },
            grade: Some(7),
            audience,
            teachers: vec![PersonId::from_bits(group)],
            hours,
            rooms: if group == 4 {
                vec!["Спортзал".to_owned()]
            } else {
                vec![]
            },
        };
        let lesson = |group: u128, cycle, teacher: u128| DraftLesson {
            group: GroupId::from_bits(group),
            day: 2u8.try_into().expect("a weekday"),
            number: 3,
            cycle,
            room: "214".to_owned(),
            teachers: vec![PersonId::from_bits(teacher)],
            pinned: group == 2,
        };
        DraftClass {
            class,
            title: "7А".to_owned(),
            courses: vec![
                course(1, Audience::Whole, Some(7)),
                course(2, Audience::Cohorts(u128::MAX - 6), None),
                course(4, Audience::Part, Some(0)),
            ],
            people: [1, 2, 4, 9]
                .map(|person| (PersonId::from_bits(person), format!("Учитель {person}")))
                .into(),
            lessons: [
                lesson(1, WeekCycle::A, 9),
                lesson(2, WeekCycle::B, 2),
                lesson(4, WeekCycle::Every, 4),
            ]
            .into(),
        }
    }

    #[test]
    fn a_class_reads_back_as_it_was_written() {
        let class = class();
        let text = text_of(&class).expect("a text");
        let read = class_of(class.class, class.title.clone(), &text).expect("a class");
        assert_eq!(read, class);
    }

    #[test]
    fn a_text_that_points_to_nothing_is_refused() {
        let text = r#"{"p":[],"c":[],"l":[[1,1,0,0,"",0,null]]}"#;
        assert!(class_of(GroupId::from_bits(1), String::new(), text).is_err());
    }
}
