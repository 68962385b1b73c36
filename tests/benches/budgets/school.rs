//! The measured school: a bundle imported as regions are, then a period of journals kept through the API.

use std::sync::Arc;

use axum::Router;
use bundles::ImportMessage;
use jiff::{ToSpan, civil::Date};
use model::{Actor, GroupId, ImportId, InstitutionId, PersonId, RegionId, Role, RoleAt, RolesClaim};
use registry::{
    ImportStore,
    import::Importer,
    import_item::{Import, ImportState},
};
use schedules::import::ImportStores;
use serde_json::{Value, json};
use testkit::{Call, Sessions, TestDatabase, moment};
use web::Environment;

use crate::bundle::{self, PERIOD, REGION, SCHOOL};

/// The first Monday of the period.
const FIRST_MONDAY: Date = jiff::civil::date(2026, 11, 9);
/// Full school weeks of the period.
const WEEKS: i64 = 7;
/// The last Monday: the diary is measured on the fullest week of the fullest period.
pub(crate) const LAST_MONDAY: Date = jiff::civil::date(2026, 12, 21);
/// Friday noon of that week.
const NOW: &str = "2026-12-25T10:00:00Z";
/// Columns of the smaller and the larger grid.
pub(crate) const GRIDS: [(&str, usize); 2] = [("7b-algebra", 12), ("8a-algebra", 40)];
const TOPICS: [&str; 4] = [
    "Сложение и вычитание алгебраических дробей с разными знаменателями",
    "Повторение пройденного: подготовка к контрольной работе",
    "Разбор ошибок контрольной работы",
    "Решение задач по теме урока",
];
const HOMEWORK: [&str; 3] = [
    "§ 12, пересказ; № 245–250 на с. 87, № 253 по желанию",
    "Прочитать главу, ответить на вопросы 1–5 письменно в тетради",
    "Выучить правила на с. 64, упражнение 118",
];

/// The functions over one database in which the school's period is kept.
pub(crate) struct School {
    pub(crate) sessions: Sessions,
    pub(crate) diary: Router,
    pub(crate) journals: Router,
}

impl School {
    /// Imports the school and keeps its journals: 245 lessons of 7А with a mark at every second one for every pupil, and
    /// the two grids, full of marks.
    pub(crate) async fn open(database: &TestDatabase) -> Self {
        import(database).await;
        database.table("journals").await;
        let sessions = Sessions::new(moment(NOW));
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "registry"),
            ("SCHEDULES_TABLE", "schedules"),
            ("JOURNALS_TABLE", "journals"),
        ]);
        let client = database.client();
        let diary = diary::App::new(&environment, client, sessions.clock()).expect("a diary");
        let journals = journals::App::new(&environment, client, sessions.clock()).expect("journals");
        let (of_diary, of_journals) = (
            Arc::clone(&diary.translations),
            Arc::clone(&journals.translations),
        );
        let school = Self {
            diary: sessions.serve(diary::router(diary), of_diary),
            journals: sessions.serve(journals::router(journals), of_journals),
            sessions,
        };
        school.keep_journals_of_the_class().await;
        for (group, columns) in GRIDS {
            school.fill_grid(group, columns).await;
        }
        school
    }

    async fn keep_journals_of_the_class(&self) {
        let mut count = 0;
        for week in 0..WEEKS {
            for (subject, weekday, number) in bundle::lessons() {
                let date = FIRST_MONDAY + (7 * week + i64::from(weekday) - 1).days();
                let group = format!("7a-{subject}");
                let lesson = self.lesson(&group, date, number, count).await;
                count += 1;
                if count % 2 == 0 {
                    self.mark_everybody(&group, &lesson).await;
                }
            }
        }
    }

    async fn fill_grid(&self, group: &str, columns: usize) {
        let days = (0..7 * WEEKS)
            .map(|days| FIRST_MONDAY + days.days())
            .filter(|date| date.weekday().to_monday_zero_offset() < 5);
        for (count, date) in days.flat_map(|date| [date, date]).take(columns).enumerate() {
            let number = if count % 2 == 0 { 1 } else { 2 };
            let lesson = self.lesson(group, date, number, count).await;
            self.mark_everybody(group, &lesson).await;
        }
    }

    /// Opens a lesson with topic and homework; returns its name.
    async fn lesson(&self, group: &str, date: Date, number: u8, count: usize) -> String {
        let lesson = format!("{date}-{number:02}");
        let body =
            json!({ "topic": TOPICS[count % TOPICS.len()], "homework": HOMEWORK[count % HOMEWORK.len()] });
        let path = format!("/api/journals/{}/{PERIOD}/lessons/{lesson}", id(group));
        self.put(group, &path, &body).await;
        lesson
    }

    async fn mark_everybody(&self, group: &str, lesson: &str) {
        let found = bundle::groups().into_iter().find(|known| known.id == group);
        let found = found.expect("a group of the school");
        for number in 0..found.size {
            let pupil = person(&bundle::pupil(found.class, number));
            let path = format!(
                "/api/journals/{}/{PERIOD}/lessons/{lesson}/cells/{pupil}",
                id(group)
            );
            let entry = ["5", "4", "3", "4"][number % 4];
            self.put(group, &path, &json!({ "work": 1, "entry": entry }))
                .await;
        }
    }

    async fn put(&self, group: &str, path: &str, body: &Value) {
        let answer = Call::new("PUT", path)
            .bearer(&self.sessions, &teacher(group))
            .header("if-match", "\"0\"")
            .json(body)
            .send(&self.journals)
            .await;
        assert!(
            answer.status.is_success(),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
    }
}

/// Imports the bundle into the registry and the schedules as their jobs do.
async fn import(database: &TestDatabase) {
    let (registry, schedules) = (
        database.table("registry").await,
        database.table("schedules").await,
    );
    let clock = web::Clock::Fixed(moment(NOW));
    let bytes = bundle::archive();
    let region = RegionId::from_bits(1);
    let import = Import::new(
        ImportId::from_bits(1),
        region,
        REGION.to_owned(),
        PersonId::from_bits(1),
        clock.now(),
    );
    let message = ImportMessage {
        import: import.import,
        region,
        region_code: REGION.to_owned(),
        key: import.key.clone(),
    };
    let imports = ImportStore::new(registry.clone());
    let stored = imports.create(import).await.expect("an import");
    imports
        .put_into(&stored, ImportState::Queued, clock.now())
        .await
        .expect("a queued import");
    let importer = Importer::new(registry.clone(), clock, b"a key of the bench's own".to_vec());
    let done = importer.carry_out(&message, &bytes).await;
    let done = done.expect("the database works").expect("the import is recorded");
    assert_eq!(
        (done.state, done.totals.refused, done.totals.warned),
        (ImportState::Done, 0, 0)
    );
    let stores = ImportStores::new(schedules, registry);
    let weeks = schedules::import::carry_out(&stores, clock, &message, &bytes).await;
    assert_eq!(
        weeks.expect("the import is carried out").report.totals().refused,
        0
    );
}

/// A teaching group of the school.
pub(crate) fn id(group: &str) -> GroupId {
    GroupId::derived(REGION, group)
}

/// A person of the school.
pub(crate) fn person(sourced_id: &str) -> PersonId {
    PersonId::derived(REGION, sourced_id)
}

/// The parent of the first pupil of 7А.
pub(crate) fn parent() -> Actor {
    Actor {
        person: person(bundle::PARENT),
        roles: RolesClaim(vec![RoleAt::anywhere(Role::Parent)]),
    }
}

/// The teacher of a group.
pub(crate) fn teacher(group: &str) -> Actor {
    let found = bundle::groups().into_iter().find(|known| known.id == group);
    let subject = found.expect("a group of the school").subject;
    let institution = InstitutionId::derived(REGION, SCHOOL);
    Actor {
        person: person(&bundle::teacher(subject)),
        roles: RolesClaim(vec![RoleAt::in_institution(Role::Teacher, institution)]),
    }
}
