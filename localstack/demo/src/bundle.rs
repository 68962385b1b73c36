//! The region written down as a OneRoster 1.2 bundle with this platform's files beside it.

use std::io::{Cursor, Write};

use model::Sex;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    calendar::{
        self, ART_BELLS, Bells, COLLEGE_BELLS, FEBRUARY_BREAK, FIRST_DAY, FIRST_GRADE_BELLS, LAST_DAY,
        SCHOOL_BELLS, SESSIONS, YEAR,
    },
    people::{People, PersonIndex},
    world::{Homeroom, Org, World},
};

/// The zone in which the whole region lives.
pub(crate) const TIME_ZONE: &str = "Europe/Moscow";

/// The bytes of the archive. The same world gives the same bytes.
pub(crate) fn write(world: &World) -> Vec<u8> {
    let files = [
        ("manifest.csv", manifest()),
        ("orgs.csv", orgs()),
        ("academicSessions.csv", sessions()),
        ("courses.csv", courses(world)),
        ("classes.csv", classes(world)),
        ("users.csv", users(world)),
        ("roles.csv", roles(world)),
        ("enrollments.csv", enrollments(world)),
        ("demographics.csv", demographics(world)),
        ("timetable.csv", timetable(world)),
        ("bells.csv", bells()),
        ("daysOff.csv", days_off()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The archive bears the day before the school year, not the day on which it was made: it must not change by itself.
    let made = DateTime::from_date_and_time(2026, 8, 31, 12, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(made);
    let written = files.iter().try_for_each(|(name, table)| {
        archive.start_file(*name, options)?;
        archive.write_all(&table.bytes())?;
        Ok::<_, zip::result::ZipError>(())
    });
    match written.and_then(|()| archive.finish()) {
        Ok(bytes) => bytes.into_inner(),
        Err(error) => unreachable!("memory takes any archive: {error}"),
    }
}

/// A table in the making.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new<const N: usize>(columns: [&str; N]) -> Self {
        let mut table = Self(
            csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(Vec::new()),
        );
        table.row(columns);
        table
    }

    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        // Memory takes any row, and the array's length makes all rows equally long.
        self.0
            .write_record(cells)
            .unwrap_or_else(|error| unreachable!("a row of a table in memory: {error}"));
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.get_ref().clone()
    }

    fn done(mut self) -> Self {
        self.0
            .flush()
            .unwrap_or_else(|error| unreachable!("a table in memory: {error}"));
        self
    }
}

fn manifest() -> Table {
    let mut table = Table::new(["propertyName", "value"]);
    table.row(["manifest.version", "1.0"]);
    table.row(["oneroster.version", "1.2"]);
    for file in [
        "academicSessions",
        "classes",
        "courses",
        "demographics",
        "enrollments",
        "orgs",
        "roles",
        "users",
    ] {
        table.row([&format!("file.{file}"), "bulk"]);
    }
    for file in [
        "categories",
        "classResources",
        "courseResources",
        "lineItemLearningObjectiveIds",
        "lineItemScoreScales",
        "lineItems",
        "resources",
        "resultLearningObjectiveIds",
        "resultScoreScales",
        "results",
        "scoreScales",
        "userProfiles",
        "userResources",
    ] {
        table.row([&format!("file.{file}"), "absent"]);
    }
    table.row(["source.systemName", "Верхнереченская область"]);
    table.row(["source.systemCode", "demo"]);
    table.done()
}

fn orgs() -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "name",
        "type",
        "identifier",
        "parentSourcedId",
        "metadata.institutionKind",
        "metadata.timezone",
    ]);
    for org in Org::ALL {
        table.row([
            org.id(),
            "",
            "",
            org.name(),
            "school",
            "",
            "",
            org.kind(),
            TIME_ZONE,
        ]);
    }
    table.done()
}

fn sessions() -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "type",
        "startDate",
        "endDate",
        "parentSourcedId",
        "schoolYear",
    ]);
    for session in SESSIONS {
        let parent = if session.id == YEAR { "" } else { YEAR };
        let (start, end) = (session.start.to_string(), session.end.to_string());
        table.row([
            session.id,
            "",
            "",
            session.title,
            session.kind,
            &start,
            &end,
            parent,
            "2027",
        ]);
    }
    table.done()
}

/// The course under which a class as such stands: OneRoster gives every class one.
fn homeroom_course(org: Org) -> String {
    format!("{}-homeroom", org.id())
}

fn courses(world: &World) -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "schoolYearSourcedId",
        "title",
        "courseCode",
        "grades",
        "orgSourcedId",
        "subjects",
        "subjectCodes",
    ]);
    for org in Org::ALL {
        let title = if org == Org::Kindergarten {
            "Группа"
        } else {
            "Классный час"
        };
        table.row([
            &homeroom_course(org),
            "",
            "",
            YEAR,
            title,
            "",
            "",
            org.id(),
            title,
            "",
        ]);
    }
    let mut written = std::collections::BTreeSet::new();
    for group in &world.groups {
        if written.insert(&group.course) {
            let class = &world.homerooms[group.homeroom];
            let grade = grade_of(class);
            table.row([
                &group.course,
                "",
                "",
                YEAR,
                group.subject,
                "",
                &grade,
                class.org.id(),
                group.subject,
                "",
            ]);
        }
    }
    table.done()
}

fn grade_of(class: &Homeroom) -> String {
    class.grade.map(|grade| grade.to_string()).unwrap_or_default()
}

fn classes(world: &World) -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
        "metadata.homeroomSourcedIds",
    ]);
    for class in &world.homerooms {
        let (course, terms) = (homeroom_course(class.org), class.terms.join(","));
        let grade = grade_of(class);
        let org = class.org.id();
        table.row([
            &class.id,
            "",
            "",
            &class.title,
            &grade,
            &course,
            "",
            "homeroom",
            "",
            org,
            &terms,
            "",
            "",
            "",
            "",
        ]);
    }
    for group in &world.groups {
        let class = &world.homerooms[group.homeroom];
        let (grade, terms) = (grade_of(class), class.terms.join(","));
        let org = class.org.id();
        table.row([
            &group.id,
            "",
            "",
            &group.title,
            &grade,
            &group.course,
            "",
            "scheduled",
            &group.room,
            org,
            &terms,
            group.subject,
            "",
            "",
            &class.id,
        ]);
    }
    table.done()
}

fn users(world: &World) -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "userMasterIdentifier",
        "primaryOrgSourcedId",
        "metadata.snils",
    ]);
    let mut agents = vec![Vec::new(); world.people.iter().count()];
    for guardianship in &world.guardianships {
        agents[guardianship.child].push(People::sourced_id(guardianship.adult));
    }
    let mut home: Vec<&str> = vec![""; agents.len()];
    for role in world.roles.iter().rev() {
        home[role.person] = role.org.id();
    }
    for (index, person) in world.people.iter() {
        let name = &person.name;
        let patronymic = name.patronymic.as_deref().unwrap_or("");
        let digits = person.snils.digits();
        let snils = format!(
            "{}-{}-{} {}",
            &digits[..3],
            &digits[3..6],
            &digits[6..9],
            &digits[9..]
        );
        let (id, agents) = (People::sourced_id(index), agents[index].join(","));
        table.row([
            &id,
            "",
            "",
            "true",
            &id,
            "",
            &name.given,
            &name.family,
            patronymic,
            "",
            "",
            "",
            "",
            &agents,
            "",
            "",
            home[index],
            &snils,
        ]);
    }
    table.done()
}

fn roles(world: &World) -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
        "userProfileSourcedId",
    ]);
    let mut seen = std::collections::BTreeSet::new();
    for (number, role) in world.roles.iter().enumerate() {
        let kind = if seen.insert(role.person) {
            "primary"
        } else {
            "secondary"
        };
        let (id, user) = (format!("r{:05}", number + 1), People::sourced_id(role.person));
        table.row([&id, "", "", &user, kind, role.word, "", "", role.org.id(), ""]);
    }
    table.done()
}

fn enrollments(world: &World) -> Table {
    let mut table = Table::new([
        "sourcedId",
        "status",
        "dateLastModified",
        "classSourcedId",
        "schoolSourcedId",
        "userSourcedId",
        "role",
        "primary",
        "beginDate",
        "endDate",
    ]);
    let (begin, end) = (FIRST_DAY.to_string(), LAST_DAY.to_string());
    let mut add = |class: &str, org: Org, person: PersonIndex, role: &str, primary: bool| {
        let user = People::sourced_id(person);
        let primary = if primary { "true" } else { "false" };
        // Named by what it ties, so that it stays the same when others come and go.
        table.row([
            &format!("{class}/{user}"),
            "",
            "",
            class,
            org.id(),
            &user,
            role,
            primary,
            &begin,
            &end,
        ]);
    };
    for class in &world.homerooms {
        class
            .pupils
            .iter()
            .for_each(|pupil| add(&class.id, class.org, *pupil, "student", false));
        let leaders = class.leaders.iter().enumerate();
        leaders.for_each(|(order, leader)| add(&class.id, class.org, *leader, "teacher", order == 0));
    }
    for group in &world.groups {
        let org = world.homerooms[group.homeroom].org;
        group
            .pupils
            .iter()
            .for_each(|pupil| add(&group.id, org, *pupil, "student", false));
        add(&group.id, org, group.teacher, "teacher", true);
    }
    table.done()
}

fn demographics(world: &World) -> Table {
    let mut table = Table::new(["sourcedId", "status", "dateLastModified", "birthDate", "sex"]);
    for (index, person) in world.people.iter() {
        let sex = match person.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        };
        table.row([
            &People::sourced_id(index),
            "",
            "",
            &person.birth_date.to_string(),
            sex,
        ]);
    }
    table.done()
}

fn timetable(world: &World) -> Table {
    let mut table = Table::new([
        "classSourcedId",
        "weekday",
        "lessonNumber",
        "room",
        "week",
        "teacherSourcedId",
    ]);
    for lesson in &world.lessons {
        let group = &world.groups[lesson.group];
        let teacher = People::sourced_id(group.teacher);
        let (weekday, number) = (lesson.weekday.to_string(), lesson.number.to_string());
        table.row([&group.id, &weekday, &number, &group.room, "*", &teacher]);
    }
    table.done()
}

fn bells() -> Table {
    let mut table = Table::new([
        "orgSourcedId",
        "shift",
        "grades",
        "lessonNumber",
        "startTime",
        "endTime",
    ]);
    let regimes: [(Org, &str, Bells); 4] = [
        (Org::School, "1", FIRST_GRADE_BELLS),
        (Org::School, "2-11", SCHOOL_BELLS),
        (Org::College, "", COLLEGE_BELLS),
        (Org::ArtSchool, "", ART_BELLS),
    ];
    for (org, grades, bells) in regimes {
        for (number, (start, end)) in bells.iter().enumerate() {
            table.row([org.id(), "1", grades, &(number + 1).to_string(), start, end]);
        }
    }
    table.done()
}

fn days_off() -> Table {
    let mut table = Table::new(["orgSourcedId", "date", "title", "kind", "grades"]);
    for org in Org::ALL {
        // The kindergarten works through breaks, the college has only those of winter.
        let quarters = matches!(org, Org::School | Org::ArtSchool);
        for (date, (title, kind)) in calendar::days_off(quarters) {
            if org == Org::Kindergarten && kind == "break" {
                continue;
            }
            table.row([org.id(), &date.to_string(), title, kind, ""]);
        }
    }
    let (title, start, end) = FEBRUARY_BREAK;
    for date in calendar::days_between(start, end) {
        table.row([Org::School.id(), &date.to_string(), title, "break", "1"]);
    }
    table.done()
}
