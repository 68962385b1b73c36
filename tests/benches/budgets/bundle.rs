//! The bundle of the measured school, in the format of `shared/bundles/FORMAT.md`.
//!
//! 7А is the class of the diary: 27 pupils, 13 subjects, 35 lessons a week. 7Б and 8А have one journal each, for the grids.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

/// The region's short name, from which ids are derived.
pub(crate) const REGION: &str = "north";
/// The school's id in the bundle.
pub(crate) const SCHOOL: &str = "school";
/// The measured period.
pub(crate) const PERIOD: &str = "2026-q2";
/// Subjects of 7А with their lessons in a week, 35 together.
pub(crate) const SUBJECTS: [(&str, &str, u8); 13] = [
    ("algebra", "Алгебра", 4),
    ("geometry", "Геометрия", 2),
    ("statistics", "Вероятность и статистика", 1),
    ("russian", "Русский язык", 4),
    ("literature", "Литература", 3),
    ("english", "Английский язык", 3),
    ("history", "История", 3),
    ("geography", "География", 2),
    ("biology", "Биология", 2),
    ("physics", "Физика", 3),
    ("computing", "Информатика", 2),
    ("technology", "Труд (технология)", 3),
    ("sport", "Физическая культура", 3),
];
/// Id, title and size of the classes.
const CLASSES: [(&str, &str, usize); 3] = [("7a", "7А", 27), ("7b", "7Б", 27), ("8a", "8А", 30)];
/// Lessons of a day, Monday to Friday.
const LESSONS_A_DAY: u8 = 7;
const BELLS: [(&str, &str); 7] = [
    ("08:30", "09:15"),
    ("09:25", "10:10"),
    ("10:25", "11:10"),
    ("11:25", "12:10"),
    ("12:20", "13:05"),
    ("13:15", "14:00"),
    ("14:10", "14:55"),
];
const FAMILY_NAMES: [&str; 30] = [
    "Абрамова",
    "Белоусова",
    "Васильева",
    "Григорьева",
    "Дмитриева",
    "Егорова",
    "Журавлёва",
    "Захарова",
    "Иванова",
    "Кузнецова",
    "Лебедева",
    "Михайлова",
    "Новикова",
    "Орлова",
    "Павлова",
    "Романова",
    "Семёнова",
    "Тихонова",
    "Ушакова",
    "Фёдорова",
    "Харитонова",
    "Цветкова",
    "Чернышёва",
    "Шевченко",
    "Щербакова",
    "Юдина",
    "Яковлева",
    "Аксёнова",
    "Быкова",
    "Воробьёва",
];

/// A teaching group: its id and its subject's name.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) class: &'static str,
    pub(crate) title: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) size: usize,
}

/// The teaching groups: all subjects of 7А, algebra of the others.
pub(crate) fn groups() -> Vec<Group> {
    let of = |(class, title, size): (&'static str, &'static str, usize),
              (id, subject, _): (&str, &'static str, u8)| Group {
        id: format!("{class}-{id}"),
        class,
        title,
        subject,
        size,
    };
    let [diary, small, large] = CLASSES;
    SUBJECTS
        .iter()
        .map(|subject| of(diary, *subject))
        .chain([of(small, SUBJECTS[0]), of(large, SUBJECTS[0])])
        .collect()
}

/// The lessons of 7А: subject, weekday from 1, number.
///
/// Each subject's lessons are spread over the week: the n-th lesson of the week goes to the day n modulo 5.
pub(crate) fn lessons() -> Vec<(&'static str, u8, u8)> {
    let of_week = SUBJECTS
        .iter()
        .flat_map(|(id, _, lessons)| std::iter::repeat_n(*id, usize::from(*lessons)));
    let place = |(count, id): (u8, &'static str)| (id, count % 5 + 1, count / 5 + 1);
    let lessons: Vec<_> = (0u8..).zip(of_week).map(place).collect();
    assert_eq!(lessons.len(), 5 * usize::from(LESSONS_A_DAY), "a full week");
    lessons
}

/// Id of a pupil in the bundle.
pub(crate) fn pupil(class: &str, number: usize) -> String {
    format!("{class}-p{number}")
}

/// Id of the parent of a class's first pupil.
pub(crate) const PARENT: &str = "parent";

/// Id of a subject's teacher, who teaches it in every class.
pub(crate) fn teacher(subject: &str) -> String {
    let known = SUBJECTS.iter().find(|(_, name, _)| *name == subject);
    format!("t-{}", known.expect("a subject of the school").0)
}

/// The archive.
pub(crate) fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("manifest.csv", manifest()),
        ("orgs.csv", orgs()),
        ("academicSessions.csv", sessions()),
        ("courses.csv", courses()),
        ("classes.csv", classes()),
        ("users.csv", users()),
        ("roles.csv", roles()),
        ("enrollments.csv", enrollments()),
        ("timetable.csv", timetable()),
        ("bells.csv", bells()),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("a file");
        writer.write_all(text.as_bytes()).expect("memory takes any text");
    }
    writer.finish().expect("an archive").into_inner()
}

fn manifest() -> String {
    let mut text = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n".to_owned();
    for file in [
        "academicSessions",
        "classes",
        "courses",
        "enrollments",
        "orgs",
        "roles",
        "users",
    ] {
        line(&mut text, format_args!("file.{file},bulk"));
    }
    text
}

fn orgs() -> String {
    format!("sourcedId,name,type,metadata.institutionKind\n{SCHOOL},Школа № 12,school,general\n")
}

fn sessions() -> String {
    format!(
        "sourcedId,title,type,startDate,endDate\n\
         2026-q1,1 четверть,gradingPeriod,2026-09-01,2026-10-25\n\
         {PERIOD},2 четверть,gradingPeriod,2026-11-09,2026-12-29\n"
    )
}

fn courses() -> String {
    let mut text = format!("sourcedId,title,orgSourcedId\nhomeroom,Классный час,{SCHOOL}\n");
    for (id, title, _) in SUBJECTS {
        line(&mut text, format_args!("{id},{title},{SCHOOL}"));
    }
    text
}

fn classes() -> String {
    let terms = format!("\"2026-q1,{PERIOD}\"");
    let mut text =
        "sourcedId,title,grades,courseSourcedId,classType,schoolSourcedId,termSourcedIds,subjects,\
                    metadata.homeroomSourcedIds\n"
            .to_owned();
    for (id, title, _) in CLASSES {
        let grade = &id[..1];
        line(
            &mut text,
            format_args!("{id},{title},{grade},homeroom,homeroom,{SCHOOL},{terms},,"),
        );
    }
    for group in groups() {
        let Group {
            id,
            class,
            title,
            subject,
            ..
        } = &group;
        let (grade, course) = (&class[..1], id.split_once('-').expect("class and subject").1);
        line(
            &mut text,
            format_args!("{id},{title},{grade},{course},scheduled,{SCHOOL},{terms},{subject},{class}"),
        );
    }
    text
}

fn users() -> String {
    let mut text = "sourcedId,enabledUser,givenName,familyName,middleName,agentSourcedIds\n".to_owned();
    for (class, _, size) in CLASSES {
        for (number, family) in FAMILY_NAMES.iter().enumerate().take(size) {
            let (id, agent) = (pupil(class, number), if number == 0 { PARENT } else { "" });
            line(
                &mut text,
                format_args!("{id},true,Александра,{family},Владимировна,{agent}"),
            );
        }
    }
    line(
        &mut text,
        format_args!("{PARENT},true,Екатерина,Абрамова,Андреевна,"),
    );
    for ((_, subject, _), family) in SUBJECTS.iter().zip(FAMILY_NAMES.iter().rev()) {
        let id = teacher(subject);
        line(&mut text, format_args!("{id},true,Ирина,{family},Сергеевна,"));
    }
    text
}

fn roles() -> String {
    let mut text = "sourcedId,userSourcedId,role,orgSourcedId\n".to_owned();
    let mut role = |user: &str, role: &str| line(&mut text, format_args!("r-{user},{user},{role},{SCHOOL}"));
    for (class, _, size) in CLASSES {
        for number in 0..size {
            role(&pupil(class, number), "student");
        }
    }
    role(PARENT, "parent");
    for (_, subject, _) in SUBJECTS {
        role(&teacher(subject), "teacher");
    }
    text
}

fn enrollments() -> String {
    let mut text = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\n".to_owned();
    let mut enrol = |class: &str, user: &str, role: &str| {
        line(
            &mut text,
            format_args!("{class}/{user},{class},{SCHOOL},{user},{role}"),
        );
    };
    for (class, _, size) in CLASSES {
        for number in 0..size {
            enrol(class, &pupil(class, number), "student");
        }
    }
    for group in groups() {
        for number in 0..group.size {
            enrol(&group.id, &pupil(group.class, number), "student");
        }
        enrol(&group.id, &teacher(group.subject), "teacher");
    }
    text
}

fn timetable() -> String {
    let mut text = "classSourcedId,weekday,lessonNumber,room\n".to_owned();
    for (subject, weekday, number) in lessons() {
        line(
            &mut text,
            format_args!("7a-{subject},{weekday},{number},2{number}4"),
        );
    }
    text
}

fn bells() -> String {
    let mut text = "orgSourcedId,lessonNumber,startTime,endTime\n".to_owned();
    for (number, (start, end)) in (1..).zip(BELLS) {
        line(&mut text, format_args!("{SCHOOL},{number},{start},{end}"));
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("memory takes any text");
}
