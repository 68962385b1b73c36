//! A small school in the registry, and bundles for it.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part")]

pub mod changes;
pub mod links;
pub mod running;

use std::io::{Cursor, Write as _};

use bundles::ImportMessage;
use jiff::civil::{Date, date};
use model::{GroupId, GroupKind, ImportId, InstitutionId, InstitutionKind, PersonId, PersonName, RegionId};
use rosters::{Alias, Group, Guardianship, GuardianshipSource, Institution, MemberRole, Membership, Person};
use schedules::import::ImportStores;
use serde::Serialize;
use store::{Record, Stored, Table, Write};
use testkit::TestDatabase;
use zip::{ZipWriter, write::SimpleFileOptions};

pub const CODE: &str = "north";
pub const REGION: RegionId = RegionId::from_bits(1);

pub fn school() -> InstitutionId {
    InstitutionId::derived(CODE, "s1")
}

pub fn art_school() -> InstitutionId {
    InstitutionId::derived(CODE, "art")
}

pub fn group(id: &str) -> GroupId {
    GroupId::derived(CODE, id)
}

pub fn person(id: &str) -> PersonId {
    PersonId::derived(CODE, id)
}

/// The person whom the bundle calls `t2` and who was known before under another id.
pub fn known_before() -> PersonId {
    PersonId::from_bits(77)
}

fn name(family: &str) -> PersonName {
    PersonName::parse(family, "Анна", Some("Петровна")).expect("a name")
}

/// The tables of one test.
pub struct School {
    pub database: TestDatabase,
    pub registry: Table,
    pub schedules: Table,
}

impl School {
    /// Two classes with four teaching groups, three teachers, two children with one mother; an art school beside it.
    pub async fn open() -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let school = Self {
            database,
            registry,
            schedules,
        };
        school.institutions().await;
        school.groups().await;
        school.people().await;
        school
    }

    pub fn stores(&self) -> ImportStores {
        ImportStores::new(self.schedules.clone(), self.registry.clone())
    }

    pub async fn put<T: Record + Serialize>(&self, record: T) {
        let write = Write::create(&Stored::new(record)).expect("an item");
        self.registry
            .write(vec![write])
            .await
            .expect("the item is written");
    }

    async fn institutions(&self) {
        for (institution, kind, name) in [
            (school(), InstitutionKind::General, "Школа № 12"),
            (art_school(), InstitutionKind::Additional, "Школа искусств"),
        ] {
            let (name, time_zone) = (name.to_owned(), "Europe/Moscow".to_owned());
            self.put(Institution {
                institution,
                region: REGION,
                kind,
                name,
                time_zone,
            })
            .await;
        }
    }

    async fn groups(&self) {
        let class = |id: &str, title: &str, grade| Group {
            group: group(id),
            institution: school(),
            kind: GroupKind::Class,
            title: title.to_owned(),
            subject: None,
            grade: Some(grade),
            classes: vec![],
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
        };
        let teaching = |id: &str, title: &str, subject: &str, of: Option<&str>| Group {
            kind: GroupKind::Teaching,
            subject: Some(subject.to_owned()),
            grade: None,
            classes: of.map(group).into_iter().collect(),
            institution: if of.is_some() { school() } else { art_school() },
            ..class(id, title, 1)
        };
        self.put(class("1a", "1А", 1)).await;
        self.put(class("7a", "7А", 7)).await;
        self.put(teaching("1a-read", "1А", "Чтение", Some("1a"))).await;
        self.put(teaching("7a-alg", "7А", "Алгебра", Some("7a"))).await;
        self.put(teaching(
            "7a-eng1",
            "7А, 1-я подгруппа",
            "Английский язык",
            Some("7a"),
        ))
        .await;
        self.put(teaching(
            "7a-eng2",
            "7А, 2-я подгруппа",
            "Английский язык",
            Some("7a"),
        ))
        .await;
        self.put(teaching("art-paint", "Живопись", "Живопись", None))
            .await;
    }

    async fn people(&self) {
        for (id, family) in [
            ("t1", "Алгебрина"),
            ("t3", "Инглишева"),
            ("p1", "Ёлкин"),
            ("p2", "Ёлкина"),
            ("m1", "Ёлкина"),
        ] {
            self.put(card(person(id), family)).await;
        }
        self.put(card(known_before(), "Давняя")).await;
        self.put(Alias {
            alias: person("t2"),
            person: known_before(),
        })
        .await;
        self.put(teaches(person("t1"), "Алгебрина", "7a-alg", None)).await;
        let art = teaches(person("t1"), "Алгебрина", "art-paint", None);
        let institution_name = "Школа искусств".to_owned();
        self.put(Membership {
            institution: art_school(),
            institution_name,
            ..art
        })
        .await;
        self.put(teaches(known_before(), "Давняя", "1a-read", None)).await;
        self.put(teaches(
            person("t3"),
            "Инглишева",
            "1a-read",
            Some(date(2026, 9, 30)),
        ))
        .await;
        self.put(learns(person("p1"), "Ёлкин", "7a", "7А")).await;
        self.put(learns(person("p2"), "Ёлкина", "1a", "1А")).await;
        for (child, given) in [("p1", "Пётр"), ("p2", "Вера")] {
            let guardianship = Guardianship {
                guardian: person("m1"),
                guardian_name: name("Ёлкина"),
                child: person(child),
                child_name: PersonName::parse("Ёлкины", given, None).expect("a name"),
                source: GuardianshipSource::School,
                revoked_at: None,
            };
            let writes = guardianship.create().expect("items").to_vec();
            self.registry
                .write(writes)
                .await
                .expect("the guardianship is written");
        }
    }
}

pub fn card(person: PersonId, family: &str) -> Person {
    let name = name(family);
    Person {
        person,
        name,
        birth_date: None,
        sex: None,
        snils_hash: None,
        subject: None,
        trusted: false,
    }
}

fn membership(person: PersonId, family: &str, id: &str, role: MemberRole, until: Option<Date>) -> Membership {
    Membership {
        person,
        group: group(id),
        group_kind: GroupKind::Teaching,
        role,
        name: name(family),
        institution: school(),
        institution_name: "Школа № 12".to_owned(),
        time_zone: String::new(),
        title: "7А".to_owned(),
        subject: None,
        grade: None,
        periods: vec![],
        from: None,
        until,
        learns_in: vec![],
    }
}

fn teaches(person: PersonId, family: &str, id: &str, until: Option<Date>) -> Membership {
    membership(person, family, id, MemberRole::Teacher, until)
}

fn learns(person: PersonId, family: &str, id: &str, title: &str) -> Membership {
    let membership = membership(person, family, id, MemberRole::Pupil, None);
    Membership {
        group_kind: GroupKind::Class,
        title: title.to_owned(),
        ..membership
    }
}

pub const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n";
pub const BELLS: &str = "orgSourcedId,shift,grades,lessonNumber,startTime,endTime\n\
    s1,1,1,1,08:30,09:05\ns1,1,2-11,1,08:30,09:10\ns1,1,2-11,2,09:20,10:00\nart,1,,1,15:30,16:10\n";
pub const DAYS_OFF: &str = "orgSourcedId,date,title,kind,grades\n\
    s1,2026-11-04,День народного единства,holiday,\ns1,2027-02-15,Каникулы первоклассников,break,1\n";
pub const TIMETABLE: &str = "classSourcedId,weekday,lessonNumber,room,week,teacherSourcedId\n\
    1a-read,1,1,101,*,\n7a-alg,1,1,214,*,t1\n7a-eng1,1,2,301,*,t3\n7a-eng2,1,2,302,*,t2\n7a-alg,3,2,214,a,\n\
    art-paint,1,1,,*,t1\n";

/// A bundle's archive.
pub fn bundle(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a file");
        writer.write_all(text.as_bytes()).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The whole bundle with another timetable.
pub fn with_timetable(timetable: &str) -> Vec<u8> {
    let days_off = ("daysOff.csv", DAYS_OFF);
    bundle(&[
        ("manifest.csv", MANIFEST),
        ("bells.csv", BELLS),
        days_off,
        ("timetable.csv", timetable),
    ])
}

pub fn message(import: u128) -> ImportMessage {
    ImportMessage {
        import: ImportId::from_bits(import),
        region: REGION,
        region_code: CODE.to_owned(),
        key: format!("{import}.zip"),
    }
}
