//! A school of thirty classes, from hours to a complete timetable.

#[path = "../../../generator/tests/school/mod.rs"]
#[allow(dead_code, reason = "only the school itself is used here")]
mod made;

use std::{collections::BTreeSet, fmt::Write as _};

use model::{GroupId, GroupKind, PersonId, PersonName};
use rosters::{ClassTeaching, Group, LearnsIn, Member, MemberRole, Membership};
use schedules::import::carry_out;
use timetable_generator::{Problem, RoomNeed};

use super::{ask, state, with_queue};
use crate::{
    queued::{deliver, jobs, sent},
    school::{self, message, running::Running},
    world::{deputy, form},
};

fn class(at: usize) -> GroupId {
    GroupId::from_bits(10_000 + at as u128)
}

fn group(at: usize) -> GroupId {
    GroupId::from_bits(100_000 + at as u128)
}

/// Three parallel classes in each grade up to the ninth, two in the tenth, one in the eleventh.
fn grade(at: usize) -> u8 {
    u8::try_from(if at < 27 { at / 3 + 1 } else { 10 + (at - 27) / 2 }).expect("a grade")
}

fn title(at: usize) -> String {
    format!("{}{}", grade(at), ["А", "Б", "В"][at % 3])
}

fn classes_of(problem: &Problem, activity: usize) -> BTreeSet<usize> {
    let groups = problem.activities[activity].groups.iter();
    let cohorts = groups.flat_map(|group| &problem.groups[group.at()].cohorts);
    cohorts
        .map(|cohort| problem.cohorts[cohort.at()].class.at())
        .collect()
}

/// The school in the registry: classes, who teaches which group, and a pupil of each kind.
async fn register(running: &Running, problem: &Problem) {
    for at in 0..problem.classes.len() {
        let class = Group {
            group: class(at),
            institution: school::school(),
            kind: GroupKind::Class,
            title: title(at),
            subject: None,
            grade: Some(grade(at)),
            classes: vec![],
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
        };
        running.school.put(class).await;
    }
    for (at, activity) in problem.activities.iter().enumerate() {
        for of in classes_of(problem, at) {
            let teacher = |index: u32| Member {
                person: PersonId::from_bits(30_000 + u128::from(index)),
                name: PersonName::parse("Константинопольская", "Анна", Some("Петровна")).expect("a name"),
                from: None,
                until: None,
            };
            let taught = ClassTeaching {
                class: class(of),
                group: group(at),
                subject: made::SUBJECTS[activity.subject.at()].title.to_owned(),
                title: format!("{}, группа {at}", title(of)),
                teachers: activity.teachers.iter().map(|index| teacher(index.0)).collect(),
            };
            running.school.put(taught).await;
        }
    }
    for (kind, cohort) in problem.cohorts.iter().enumerate() {
        let learns = problem.activities.iter().enumerate().filter(|(_, activity)| {
            let mut groups = activity.groups.iter();
            groups.any(|group| {
                let cohorts = &problem.groups[group.at()].cohorts;
                cohorts.iter().any(|of| of.at() == kind)
            })
        });
        let learns_in = learns.map(|(at, _)| LearnsIn {
            group: group(at),
            from: None,
            until: None,
        });
        let membership = Membership {
            person: PersonId::from_bits(50_000 + kind as u128),
            group: class(cohort.class.at()),
            group_kind: GroupKind::Class,
            role: MemberRole::Pupil,
            name: PersonName::parse("Учеников", "Пётр", None).expect("a name"),
            institution: school::school(),
            institution_name: "Школа № 12".to_owned(),
            title: title(cohort.class.at()),
            subject: None,
            grade: Some(grade(cohort.class.at())),
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
            from: None,
            until: None,
            learns_in: learns_in.collect(),
        };
        running.school.put(membership).await;
    }
}

/// Bells for seven lessons of every grade.
async fn ring(running: &Running) {
    let rows: String = (1..=7)
        .map(|number| format!("s1,1,,{number},{:02}:30,{:02}:15\n", 7 + number, 8 + number))
        .collect();
    let bells = format!("orgSourcedId,shift,grades,lessonNumber,startTime,endTime\n{rows}");
    let files = [
        ("manifest.csv", school::MANIFEST),
        ("bells.csv", &bells),
        ("timetable.csv", school::TIMETABLE),
    ];
    let bundle = school::bundle(&files);
    let stores = running.school.stores();
    let done = carry_out(&stores, running.sessions.clock(), &message(77), &bundle).await;
    done.expect("an import");
}

/// The rooms of an activity: its teacher's own, else those that have what it needs.
fn rooms(problem: &Problem, activity: usize) -> Vec<String> {
    let data = &problem.activities[activity];
    let RoomNeed::Features(needed) = &data.rooms else {
        return Vec::new();
    };
    let suits = |at: usize| {
        let has = &problem.rooms[at].features;
        needed.iter().all(|feature| has.contains(feature))
    };
    let own = data
        .teachers
        .iter()
        .filter_map(|teacher| problem.teachers[teacher.at()].home);
    let own: Vec<usize> = own.map(|room| room.at()).filter(|at| suits(*at)).collect();
    let all = (0..problem.rooms.len()).filter(|at| suits(*at));
    let chosen: Vec<usize> = if own.is_empty() {
        all.take(8).collect()
    } else {
        own
    };
    chosen.iter().map(|room| format!("к{room}")).collect()
}

/// A draft with the hours and rooms of the school.
async fn draft(running: &Running, problem: &Problem) -> String {
    let id = crate::world::draft(running, "empty", "2026-11-30").await;
    for at in 0..problem.classes.len() {
        let mut body = format!("view=class%3D{}", class(at));
        for (activity, data) in problem.activities.iter().enumerate() {
            if classes_of(problem, activity).first() == Some(&at) {
                let rooms = rooms(problem, activity).join("%2C").replace('к', "%D0%BA");
                write!(
                    body,
                    "&hours-{0}={1}&rooms-{0}={rooms}",
                    group(activity),
                    data.lessons
                )
                .expect("a text");
            }
        }
        let path = format!("/schedules/drafts/{id}/hours");
        let answer = form(running, &deputy(), &path, &body).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }
    id
}

/// Every course of every class has its hours, every lesson a room.
async fn assert_complete(running: &Running, problem: &Problem, draft: &str) {
    let mut found = BTreeSet::new();
    for at in 0..problem.classes.len() {
        let path = format!("/api/schedules/drafts/{draft}/classes/{}", class(at));
        let week = running.api(&deputy(), &path).await.json();
        for course in week["courses"].as_array().expect("courses") {
            assert_eq!(course["hours"], course["placed"], "{course}");
        }
        for lesson in week["lessons"].as_array().expect("lessons") {
            let room = lesson["room"].as_str().expect("a room");
            assert!(room.starts_with('к'), "{lesson}");
            found.insert(lesson.to_string());
        }
    }
    let activities = problem.activities.iter();
    let lessons: usize = activities.map(|activity| usize::from(activity.lessons)).sum();
    assert_eq!(found.len(), lessons);
    let path = format!("/schedules/drafts/{draft}/publication");
    let preview = running.page(&deputy(), &path).await.text;
    assert!(
        !preview.contains("conflicts-title"),
        "the generated timetable can be published"
    );
}

#[tokio::test]
async fn a_school_of_thirty_classes_goes_from_hours_to_a_complete_draft() {
    let problem = made::school(made::Size {
        classes: 30,
        days: 5,
        two_shifts: false,
        fine_points: false,
        tight: false,
        seed: 2,
    });
    let running = crate::world::start().await;
    register(&running, &problem).await;
    ring(&running).await;
    let (running, storage) = with_queue(running).await;
    let id = draft(&running, &problem).await;

    let asked = ask(&running, &id, "anew").await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    let cost = running.last_cost();
    assert!(cost.calls == 6 && cost.units <= 18.0, "asking: {cost:?}");
    let worker = jobs(&running).with_steps_per_lesson(60);
    assert_eq!(deliver(&worker, &sent(&storage).await[0]).await, 0);

    let done = state(&running, &id).await;
    let look = running.last_cost();
    assert!(look.calls == 2 && look.units <= 2.5, "looking: {look:?}");
    let run = &done["run"];
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(
        (&run["placed"], run["unplaced"].as_array().map(Vec::len)),
        (&run["lessons"], Some(0))
    );
    let into = run["into"].as_str().expect("a draft").to_owned();
    assert_ne!(into, id, "thirty classes do not fit into one transaction");
    assert_complete(&running, &problem, &into).await;
    let page = format!("/schedules/drafts/{id}/generation");
    let page = running.cost(&deputy(), &page).await;
    assert!(page.calls == 2 && page.units <= 14.0, "the page: {page:?}");
}
