//! The same problem in the format of FET 6, its solver, and its answer as placements.
//!
//! Only what the format can say exactly is written; schools of the comparison need no more. FET has no soft criteria
//! of ours: its constraints are on or off, so that a limit of teachers' gaps is given to it as a hard constraint.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;
use timetable_generator::{Hour, Placement, Problem, RoomNeed};

/// A lesson as FET numbers it: its activity and its length.
pub(crate) struct Lesson {
    activity: usize,
    length: u8,
}

/// The file and the lessons by their ids, which begin at 1.
pub(crate) fn write(problem: &Problem, teacher_gaps: Option<u8>) -> (String, Vec<Lesson>) {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<fet version=\"6.8.5\">\n");
    xml += "<Institution_Name>School</Institution_Name>\n<Comments></Comments>\n";
    let names = |prefix: &str, count: usize| (0..count).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>();
    list(&mut xml, "Days", "Day", &names("D", problem.days.into()));
    list(&mut xml, "Hours", "Hour", &names("H", problem.slots.into()));
    let subjects = problem
        .activities
        .iter()
        .map(|activity| activity.subject.at() + 1)
        .max()
        .unwrap_or(0);
    xml += "<Subjects_List>\n";
    for name in names("S", subjects) {
        let _ = writeln!(xml, "<Subject><Name>{name}</Name><Comments></Comments></Subject>");
    }
    xml += "</Subjects_List>\n<Activity_Tags_List>\n</Activity_Tags_List>\n<Teachers_List>\n";
    for name in names("T", problem.teachers.len()) {
        let _ = writeln!(
            xml,
            "<Teacher><Name>{name}</Name><Target_Number_of_Hours>0</Target_Number_of_Hours>\
             <Qualified_Subjects></Qualified_Subjects><Comments></Comments></Teacher>"
        );
    }
    xml += "</Teachers_List>\n";
    write_students(&mut xml, problem);
    let lessons = write_activities(&mut xml, problem);
    xml += "<Buildings_List>\n</Buildings_List>\n<Rooms_List>\n";
    for name in names("R", problem.rooms.len()) {
        let _ = writeln!(
            xml,
            "<Room><Name>{name}</Name><Building></Building><Capacity>30000</Capacity>\
             <Virtual>false</Virtual><Comments></Comments></Room>"
        );
    }
    xml += "</Rooms_List>\n<Time_Constraints_List>\n";
    write_times(&mut xml, problem, &lessons, teacher_gaps);
    xml += "</Time_Constraints_List>\n<Space_Constraints_List>\n";
    constraint(&mut xml, "ConstraintBasicCompulsorySpace", "");
    for (at, lesson) in lessons.iter().enumerate() {
        let activity = &problem.activities[lesson.activity];
        if activity.rooms == RoomNeed::None {
            continue;
        }
        let rooms: Vec<usize> = (0..problem.rooms.len())
            .filter(|room| problem.is_suitable(activity, (*room).into()))
            .collect();
        let mut body = format!(
            "<Activity_Id>{}</Activity_Id><Number_of_Preferred_Rooms>{}</Number_of_Preferred_Rooms>",
            at + 1,
            rooms.len()
        );
        for room in rooms {
            let _ = write!(body, "<Preferred_Room>R{room}</Preferred_Room>");
        }
        constraint(&mut xml, "ConstraintActivityPreferredRooms", &body);
    }
    xml += "</Space_Constraints_List>\n</fet>\n";
    (xml, lessons)
}

fn list(xml: &mut String, plural: &str, single: &str, names: &[String]) {
    let _ = writeln!(
        xml,
        "<{plural}_List>\n<Number_of_{plural}>{}</Number_of_{plural}>",
        names.len()
    );
    for name in names {
        let _ = writeln!(xml, "<{single}><Name>{name}</Name></{single}>");
    }
    let _ = writeln!(xml, "</{plural}_List>");
}

fn constraint(xml: &mut String, name: &str, body: &str) {
    let _ = writeln!(
        xml,
        "<{name}><Weight_Percentage>100</Weight_Percentage>{body}<Active>true</Active>\
         <Comments></Comments></{name}>"
    );
}

/// The cohorts of a class.
fn cohorts_of(problem: &Problem, class: usize) -> Vec<usize> {
    (0..problem.cohorts.len())
        .filter(|cohort| problem.cohorts[*cohort].class.at() == class)
        .collect()
}

/// The parts of a group by class, with the cohorts of each.
fn parts(problem: &Problem, group: usize) -> Vec<(usize, Vec<usize>)> {
    let cohorts = &problem.groups[group].cohorts;
    (0..problem.classes.len())
        .map(|class| {
            let of_class = cohorts
                .iter()
                .filter(|cohort| problem.cohorts[cohort.at()].class.at() == class);
            (class, of_class.map(|cohort| cohort.at()).collect())
        })
        .filter(|(_, cohorts): &(usize, Vec<usize>)| !cohorts.is_empty())
        .collect()
}

/// A class is a year, a subgroup's part of a class a group, a cohort a subgroup.
fn write_students(xml: &mut String, problem: &Problem) {
    let number = "<Number_of_Students>0</Number_of_Students><Comments></Comments>";
    xml.push_str("<Students_List>\n");
    for class in 0..problem.classes.len() {
        let _ = writeln!(xml, "<Year><Name>C{class}</Name>{number}");
        let all = cohorts_of(problem, class).len();
        for group in 0..problem.groups.len() {
            let of_class = parts(problem, group).into_iter().filter(|(of, _)| *of == class);
            for (_, cohorts) in of_class.filter(|(_, cohorts)| cohorts.len() < all) {
                let _ = writeln!(xml, "<Group><Name>G{group}C{class}</Name>{number}");
                for cohort in cohorts {
                    let _ = writeln!(xml, "<Subgroup><Name>Q{cohort}</Name>{number}</Subgroup>");
                }
                xml.push_str("</Group>\n");
            }
        }
        xml.push_str("</Year>\n");
    }
    xml.push_str("</Students_List>\n");
}

fn write_activities(xml: &mut String, problem: &Problem) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    xml.push_str("<Activities_List>\n");
    for (at, activity) in problem.activities.iter().enumerate() {
        let first = lessons.len() + 1;
        let mut lengths = vec![2; activity.doubles.into()];
        lengths.resize(usize::from(activity.lessons - activity.doubles), 1);
        for length in &lengths {
            lessons.push(Lesson {
                activity: at,
                length: *length,
            });
            xml.push_str("<Activity>");
            for teacher in &activity.teachers {
                let _ = write!(xml, "<Teacher>T{}</Teacher>", teacher.0);
            }
            let _ = write!(xml, "<Subject>S{}</Subject>", activity.subject.0);
            for group in &activity.groups {
                for (class, cohorts) in parts(problem, group.at()) {
                    let is_whole = cohorts.len() == cohorts_of(problem, class).len();
                    let _ = match is_whole {
                        true => write!(xml, "<Students>C{class}</Students>"),
                        false => write!(xml, "<Students>G{}C{class}</Students>", group.0),
                    };
                }
            }
            let _ = writeln!(
                xml,
                "<Duration>{length}</Duration><Total_Duration>{}</Total_Duration><Id>{}</Id>\
                 <Activity_Group_Id>{}</Activity_Group_Id><Active>true</Active><Comments></Comments></Activity>",
                activity.lessons,
                lessons.len(),
                if lengths.len() > 1 { first } else { 0 },
            );
        }
    }
    xml.push_str("</Activities_List>\n");
    lessons
}

fn write_times(xml: &mut String, problem: &Problem, lessons: &[Lesson], teacher_gaps: Option<u8>) {
    constraint(xml, "ConstraintBasicCompulsoryTime", "");
    constraint(xml, "ConstraintStudentsMaxGapsPerWeek", "<Max_Gaps>0</Max_Gaps>");
    constraint(
        xml,
        "ConstraintStudentsEarlyMaxBeginningsAtSecondHour",
        "<Max_Beginnings_At_Second_Hour>0</Max_Beginnings_At_Second_Hour>",
    );
    if let Some(gaps) = teacher_gaps {
        constraint(
            xml,
            "ConstraintTeachersMaxGapsPerWeek",
            &format!("<Max_Gaps>{gaps}</Max_Gaps>"),
        );
    }
    let hour = |hour: &Hour| {
        format!(
            "<Not_Available_Time><Day>D{}</Day><Hour>H{}</Hour></Not_Available_Time>",
            hour.day,
            hour.slot - 1
        )
    };
    for (at, teacher) in problem
        .teachers
        .iter()
        .enumerate()
        .filter(|(_, data)| !data.unavailable.is_empty())
    {
        let hours: String = teacher.unavailable.iter().map(hour).collect();
        let body = format!(
            "<Teacher>T{at}</Teacher><Number_of_Not_Available_Times>{}</Number_of_Not_Available_Times>{hours}",
            teacher.unavailable.len()
        );
        constraint(xml, "ConstraintTeacherNotAvailableTimes", &body);
    }
    for (at, class) in problem.classes.iter().enumerate() {
        let body = format!(
            "<Maximum_Hours_Daily>{}</Maximum_Hours_Daily><Students>C{at}</Students>",
            class.max_per_day
        );
        constraint(xml, "ConstraintStudentsSetMaxHoursDaily", &body);
        let week =
            (0..problem.days).flat_map(|day| (1..=problem.slots).map(move |slot| Hour::new(day, slot)));
        let closed: Vec<Hour> = week
            .filter(|hour| !(class.first..=class.last).contains(&hour.slot) || class.closed.contains(hour))
            .collect();
        if !closed.is_empty() {
            let hours: String = closed.iter().map(hour).collect();
            let body = format!(
                "<Students>C{at}</Students>\
                 <Number_of_Not_Available_Times>{}</Number_of_Not_Available_Times>{hours}",
                closed.len()
            );
            constraint(xml, "ConstraintStudentsSetNotAvailableTimes", &body);
        }
    }
    write_relations(xml, problem, lessons);
}

/// Days between lessons of an activity, and blocks.
fn write_relations(xml: &mut String, problem: &Problem, lessons: &[Lesson]) {
    let ids = |activity: usize| -> Vec<usize> {
        let own = lessons
            .iter()
            .enumerate()
            .filter(|(_, lesson)| lesson.activity == activity);
        own.map(|(at, _)| at + 1).collect()
    };
    for activity in 0..problem.activities.len() {
        // A subject with more lessons than days has one on each day and the rest anywhere: two a day at most.
        let mut own = ids(activity);
        own.truncate(problem.days.into());
        if own.len() > 1 {
            let mut body = format!(
                "<Consecutive_If_Same_Day>false</Consecutive_If_Same_Day>\
                 <Number_of_Activities>{}</Number_of_Activities>",
                own.len()
            );
            own.iter()
                .for_each(|id| body += &format!("<Activity_Id>{id}</Activity_Id>"));
            body += "<MinDays>1</MinDays>";
            constraint(xml, "ConstraintMinDaysBetweenActivities", &body);
        }
    }
    for block in &problem.blocks {
        let members: Vec<Vec<usize>> = block.iter().map(|index| ids(index.at())).collect();
        for lesson in 0..members[0].len() {
            let mut body = format!("<Number_of_Activities>{}</Number_of_Activities>", members.len());
            members
                .iter()
                .for_each(|ids| body += &format!("<Activity_Id>{}</Activity_Id>", ids[lesson]));
            constraint(xml, "ConstraintActivitiesSameStartingTime", &body);
        }
    }
}

/// Runs the solver in a folder for at most so many seconds. The answer is what it placed: all lessons, or the most it
/// had placed at once when the time was over; none without the program.
pub(crate) fn solve(folder: &Path, xml: &str, lessons: &[Lesson], seconds: u64) -> Option<Vec<Placement>> {
    std::fs::write(folder.join("school.fet"), xml).ok()?;
    // The list of activities in XML is written together with the other lists only; the pages are not needed.
    let pages = ["dayshorizontal", "daysvertical", "timehorizontal", "timevertical"];
    let mut command = Command::new("fet-cl");
    command
        .current_dir(folder)
        .args([
            "--inputfile=school.fet",
            "--outputdir=out",
            "--htmllevel=0",
            "--writetimetablesxml=true",
        ])
        .arg(format!("--timelimitseconds={seconds}"))
        .args(["10", "11", "12", "20", "21", "22"].map(|seed| format!("--randomseeds{seed}=1")));
    for page in pages {
        command.arg(format!("--writetimetables{page}=false"));
    }
    command.output().ok()?;
    let timetables = folder.join("out").join("timetables");
    ["school", "school-highest"].into_iter().find_map(|name| {
        let found = std::fs::read_to_string(timetables.join(name).join(format!("{name}_activities.xml")));
        let found =
            found.or_else(|_| std::fs::read_to_string(timetables.join(name).join("school_activities.xml")));
        Some(placements(&found.ok()?, lessons))
    })
}

/// Reads FET's list of activities with their days, hours and rooms; those without an hour are left out.
fn placements(xml: &str, lessons: &[Lesson]) -> Vec<Placement> {
    let (mut reader, mut list) = (Reader::from_str(xml), Vec::new());
    let (mut tag, mut fields) = (String::new(), std::collections::BTreeMap::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                tag = start.name().as_ref().to_owned();
                if tag == "Activity" {
                    fields.clear();
                }
            }
            Event::Text(text) => {
                let text = text.trim().to_owned();
                if !text.is_empty() {
                    fields.insert(tag.clone(), text);
                }
            }
            Event::End(end) if end.name().as_ref() == "Activity" => {
                let number = |field: &str, skip: usize| fields.get(field)?.get(skip..)?.parse::<usize>().ok();
                if let (Some(id), Some(day), Some(hour)) =
                    (number("Id", 0), number("Day", 1), number("Hour", 1))
                {
                    let lesson = &lessons[id - 1];
                    list.push(Placement {
                        activity: lesson.activity.into(),
                        hour: Hour::new(day as u8, hour as u8 + 1),
                        length: lesson.length,
                        room: number("Room", 1).map(Into::into),
                    });
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    list
}
