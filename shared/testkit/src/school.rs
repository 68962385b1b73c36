//! A small school in the registry and schedules tables: enough for every role to have something to do.

mod actors;

use jiff::civil::{Date, date, time};
use model::{
    AcademicPeriod, GroupId, GroupKind, InstitutionCalendar, InstitutionId, InstitutionKind, PersonId,
    PersonName, RegionId, Role, Weekday,
};
use rosters::{
    ClassTeaching, Group, Guardianship, GuardianshipSource, HeldRole, Institution, LearnsIn, MemberRole,
    Membership, Person, Region,
};
use serde::Serialize;
use store::{Record, Stored, Table, Write};
use timetables::{InstitutionDays, Owner, Slot, Timetable, WeekCycle};

/// Ids of the school's people and things. Another school of the same region has nothing but a head and a teacher.
#[derive(Debug, Clone)]
pub struct School {
    /// The region of both schools.
    pub region: RegionId,
    /// The school.
    pub institution: InstitutionId,
    /// The other school.
    pub other_institution: InstitutionId,
    /// The class «7А».
    pub class: GroupId,
    /// The teaching group «7А, Алгебра»; its journal.
    pub algebra: GroupId,
    /// The teaching group «7А, История», which the algebra teacher does not teach.
    pub history: GroupId,
    /// The pupils of 7А by name.
    pub pupils: Vec<PersonId>,
    /// Who teaches algebra; also the parent of the second pupil.
    pub teacher: PersonId,
    /// Who teaches history.
    pub history_teacher: PersonId,
    /// The parent of the first pupil.
    pub parent: PersonId,
}

/// The current period of the school's groups.
pub const PERIOD: &str = "2026-q2";
/// A Monday within it, on which algebra is the second lesson and history the third.
pub const MONDAY: Date = date(2026, 11, 23);

impl School {
    /// A school of so many pupils in its one class.
    pub fn new(pupils: u128) -> Self {
        Self {
            region: RegionId::from_bits(1),
            institution: InstitutionId::from_bits(1),
            other_institution: InstitutionId::from_bits(2),
            class: GroupId::from_bits(7),
            algebra: GroupId::from_bits(71),
            history: GroupId::from_bits(72),
            pupils: (0..pupils)
                .map(|number| PersonId::from_bits(1_000 + number))
                .collect(),
            teacher: PersonId::from_bits(1),
            history_teacher: PersonId::from_bits(2),
            parent: PersonId::from_bits(3),
        }
    }

    /// Writes the school into the registry and schedules tables.
    pub async fn write(&self, registry: &Table, schedules: &Table) {
        self.write_places(registry).await;
        for (number, pupil) in self.pupils.iter().enumerate() {
            let name = pupil_name(number);
            put(registry, person(*pupil, &name)).await;
            for group in [self.class, self.algebra, self.history] {
                put(registry, self.membership(*pupil, &name, group, MemberRole::Pupil)).await;
            }
        }
        self.write_adults(registry).await;
        self.write_week(schedules).await;
    }

    async fn write_places(&self, registry: &Table) {
        put(
            registry,
            Region {
                region: self.region,
                code: "north".to_owned(),
                name: "Северный край".to_owned(),
            },
        )
        .await;
        for (institution, name) in [
            (self.institution, "Школа № 12"),
            (self.other_institution, "Школа № 13"),
        ] {
            put(
                registry,
                Institution {
                    institution,
                    region: self.region,
                    kind: InstitutionKind::General,
                    name: name.to_owned(),
                    time_zone: "Europe/Moscow".to_owned(),
                },
            )
            .await;
        }
        for group in [self.class, self.algebra, self.history] {
            put(registry, self.group(group)).await;
        }
        for (group, subject, (person, name)) in [
            (self.algebra, "Алгебра", (self.teacher, algebra_teacher_name())),
            (
                self.history,
                "История",
                (self.history_teacher, history_teacher_name()),
            ),
        ] {
            let (subject, title) = (subject.to_owned(), "7А".to_owned());
            let teacher = self.membership(person, &name, group, MemberRole::Teacher);
            put(
                registry,
                ClassTeaching {
                    class: self.class,
                    group,
                    subject,
                    title,
                    teachers: vec![teacher.member()],
                },
            )
            .await;
        }
    }

    async fn write_adults(&self, registry: &Table) {
        let adults = [
            (self.teacher, algebra_teacher_name()),
            (self.history_teacher, history_teacher_name()),
            (self.parent, name("Андреева", "Мария", "Олеговна")),
        ];
        for (id, name) in &adults {
            put(registry, person(*id, name)).await;
        }
        for (id, group, name) in [
            (self.teacher, self.algebra, &adults[0].1),
            (self.history_teacher, self.history, &adults[1].1),
        ] {
            put(registry, self.membership(id, name, group, MemberRole::Teacher)).await;
            put(registry, self.role(id, Role::Teacher)).await;
        }
        for (guardian, name, child) in [(self.parent, &adults[2].1, 0), (self.teacher, &adults[0].1, 1)] {
            let Some(pupil) = self.pupils.get(child) else {
                continue;
            };
            let guardianship = Guardianship {
                guardian,
                guardian_name: name.clone(),
                child: *pupil,
                child_name: pupil_name(child),
                source: GuardianshipSource::School,
                revoked_at: None,
            };
            registry
                .write(guardianship.create().expect("items").into())
                .await
                .expect("written");
        }
    }

    async fn write_week(&self, schedules: &Table) {
        let calendar = InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off: vec![],
        };
        put(
            schedules,
            InstitutionDays {
                institution: self.institution,
                calendar,
            },
        )
        .await;
        let algebra = self.slot(2, self.algebra, "Алгебра", self.teacher);
        let history = self.slot(3, self.history, "История", self.history_teacher);
        let weeks = [
            (Owner::Class(self.class), vec![algebra.clone(), history.clone()]),
            (Owner::Group(self.algebra), vec![algebra.clone()]),
            (Owner::Group(self.history), vec![history.clone()]),
            (Owner::Teacher(self.teacher), vec![algebra]),
            (Owner::Teacher(self.history_teacher), vec![history]),
        ];
        for (owner, slots) in weeks {
            put(schedules, Timetable::new(owner, self.institution, slots)).await;
        }
    }

    fn group(&self, id: GroupId) -> Group {
        let subject = if id == self.algebra {
            Some("Алгебра")
        } else if id == self.history {
            Some("История")
        } else {
            None
        };
        Group {
            group: id,
            institution: self.institution,
            kind: if subject.is_some() {
                GroupKind::Teaching
            } else {
                GroupKind::Class
            },
            title: "7А".to_owned(),
            subject: subject.map(str::to_owned),
            grade: Some(7),
            classes: if subject.is_some() {
                vec![self.class]
            } else {
                vec![]
            },
            periods: periods(),
            time_zone: "Europe/Moscow".to_owned(),
        }
    }

    /// A membership as an import writes it.
    pub fn membership(
        &self,
        person: PersonId,
        name: &PersonName,
        group: GroupId,
        role: MemberRole,
    ) -> Membership {
        let of = self.group(group);
        Membership {
            person,
            group,
            group_kind: of.kind,
            role,
            name: name.clone(),
            institution: self.institution,
            institution_name: "Школа № 12".to_owned(),
            time_zone: if of.kind == GroupKind::Class {
                of.time_zone
            } else {
                String::new()
            },
            title: of.title,
            subject: of.subject,
            grade: of.grade,
            periods: if of.kind == GroupKind::Class {
                of.periods
            } else {
                vec![]
            },
            from: Some(date(2026, 9, 1)),
            until: None,
            learns_in: if of.kind == GroupKind::Class && role == MemberRole::Pupil {
                vec![Self::learns_in(self.algebra), Self::learns_in(self.history)]
            } else {
                vec![]
            },
        }
    }

    /// A teaching group as the class membership of its pupils carries it.
    const fn learns_in(group: GroupId) -> LearnsIn {
        LearnsIn {
            group,
            from: Some(date(2026, 9, 1)),
            until: None,
        }
    }

    fn role(&self, person: PersonId, role: Role) -> HeldRole {
        HeldRole {
            person,
            role,
            institution: Some(self.institution),
            region: None,
            place_name: "Школа № 12".to_owned(),
            from: None,
            until: None,
        }
    }

    fn slot(&self, number: u8, group: GroupId, subject: &str, teacher: PersonId) -> Slot {
        Slot {
            weekday: Weekday::of(MONDAY),
            number,
            start: time(8, 30, 0, 0) + jiff::ToSpan::minutes(55 * (i64::from(number) - 1)),
            end: time(9, 15, 0, 0) + jiff::ToSpan::minutes(55 * (i64::from(number) - 1)),
            cycle: WeekCycle::Every,
            group,
            subject: subject.to_owned(),
            title: "7А".to_owned(),
            teacher: Some(teacher),
            teacher_name: "Соколова\u{a0}И.\u{a0}С.".to_owned(),
            room: "214".to_owned(),
        }
    }
}

/// Puts a record that must be new.
pub async fn put<T: Record + Serialize>(table: &Table, record: T) {
    let write = Write::create(&Stored::new(record)).expect("an item");
    table.write(vec![write]).await.expect("the item is written");
}

fn person(person: PersonId, name: &PersonName) -> Person {
    Person {
        person,
        name: name.clone(),
        birth_date: None,
        sex: None,
        snils_hash: None,
        subject: None,
        trusted: false,
    }
}

fn name(family: &str, given: &str, patronymic: &str) -> PersonName {
    PersonName::parse(family, given, Some(patronymic)).expect("a name")
}

fn algebra_teacher_name() -> PersonName {
    name("Соколова", "Ирина", "Сергеевна")
}

fn history_teacher_name() -> PersonName {
    name("Лебедев", "Пётр", "Ильич")
}

fn pupil_name(number: usize) -> PersonName {
    let letters: Vec<char> = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ".chars().collect();
    let family = format!(
        "{}ндреев{}",
        letters[number % letters.len()],
        "а".repeat(number / letters.len())
    );
    name(&family, "Саша", "Олегович")
}

fn periods() -> Vec<AcademicPeriod> {
    let period = |id: &str, title: &str, start, end| AcademicPeriod {
        id: id.parse().expect("a period"),
        title: title.to_owned(),
        start,
        end,
    };
    vec![
        period("2026-q1", "1 четверть", date(2026, 9, 1), date(2026, 10, 25)),
        period(PERIOD, "2 четверть", date(2026, 11, 9), date(2026, 12, 29)),
    ]
}
