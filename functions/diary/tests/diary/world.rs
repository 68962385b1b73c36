//! The wrapped router over an embedded database.

use std::sync::Arc;

use axum::Router;
use gradebook::{Cell, CellMark, CellValue, ClassLesson, Homework, RowHead, RowKey};
use model::{Attendance, GroupId, LessonKey, Mark, MarkingRule, Publication, Weight, WorkId, WorkKind};
use store::Table;
use testkit::{Answer, Call, MONDAY, PERIOD, School, Sessions, TestDatabase, moment};
use web::Environment;

pub(crate) struct World {
    pub(crate) school: School,
    pub(crate) sessions: Sessions,
    pub(crate) service: Router,
    pub(crate) journals: Table,
    pub(crate) registry: Table,
    pub(crate) schedules: Table,
    database: TestDatabase,
}

/// The same school at another moment.
pub(crate) struct Later<'a> {
    world: &'a World,
    sessions: Sessions,
    service: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at("2026-11-23T06:40:00Z").await
    }

    /// With a lesson that was held.
    pub(crate) async fn at(now: &str) -> Self {
        let world = Self::before_lessons(now).await;
        world.hold_lesson().await;
        world
    }

    /// Before anything was held.
    pub(crate) async fn empty() -> Self {
        Self::before_lessons("2026-11-23T06:40:00Z").await
    }

    async fn before_lessons(now: &str) -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        database.table("diary").await;
        let school = School::new(3);
        school.write(&registry, &schedules).await;
        let (sessions, service) = served(&database, now);
        Self {
            school,
            sessions,
            service,
            journals,
            registry,
            schedules,
            database,
        }
    }

    /// The same school, asked at another moment.
    pub(crate) fn later(&self, now: &str) -> Later<'_> {
        let (sessions, service) = served(&self.database, now);
        Later {
            world: self,
            sessions,
            service,
        }
    }

    /// Monday's algebra was held: a topic, homework, a mark for the first pupil, the second was ill.
    async fn hold_lesson(&self) {
        self.set_homework("№ 5", true).await;
        let marks = vec![
            mark(5, WorkKind::Answer, Weight::ONE),
            mark(3, WorkKind::Test, Weight::whole(3)),
        ];
        self.set_cell(0, LESSON, 1, marks).await;
        let value = CellValue {
            attendance: Some(Attendance::Ill),
            ..CellValue::default()
        };
        self.set(1, self.school.algebra, LESSON, Cell { version: 1, value })
            .await;
    }

    /// Writes Monday's algebra into the class's week, with that homework.
    pub(crate) async fn set_homework(&self, text: &str, is_new: bool) {
        let lesson = ClassLesson {
            journal: self.school.algebra,
            lesson: LESSON,
            subject: "Алгебра".to_owned(),
            topic: "Дроби".to_owned(),
            homework: Some(Homework {
                pupils: vec![],
                due: None,
                text: text.to_owned(),
                minutes: Some(21),
            }),
        };
        let shown = lesson.show(self.school.class, is_new).expect("a write");
        self.journals
            .write(vec![shown])
            .await
            .expect("the lesson is shown");
    }

    /// Sets a cell of algebra.
    pub(crate) async fn set_cell(&self, pupil: usize, lesson: LessonKey, version: u64, marks: Vec<CellMark>) {
        let value = CellValue {
            marks,
            ..CellValue::default()
        };
        self.set(pupil, self.school.algebra, lesson, Cell { version, value })
            .await;
    }

    async fn set(&self, pupil: usize, journal: GroupId, lesson: LessonKey, cell: Cell) {
        let key = RowKey {
            journal,
            period: PERIOD.parse().expect("a period"),
            pupil: self.school.pupils[pupil],
        };
        let head = RowHead {
            key: &key,
            subject: "Алгебра",
            rule: MarkingRule::USUAL,
        };
        let write = head.set_cell(lesson, &cell);
        self.journals.write(vec![write]).await.expect("the cell is set");
    }

    pub(crate) async fn api(&self, actor: &str, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, &self.school.actor(actor))
            .send(&self.service)
            .await
    }

    pub(crate) async fn page(&self, actor: &str, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, &self.school.actor(actor))
            .send(&self.service)
            .await
    }

    /// Sends a form of a page.
    pub(crate) async fn form(&self, actor: &str, path: &str, body: &str) -> Answer {
        Call::new("POST", path)
            .session(&self.sessions, &self.school.actor(actor))
            .form(body)
            .send(&self.service)
            .await
    }

    pub(crate) fn child(&self, number: usize) -> String {
        self.school.pupils[number].to_string()
    }
}

impl Later<'_> {
    pub(crate) async fn api(&self, actor: &str, path: &str) -> Answer {
        self.call("GET", actor, path).await
    }

    pub(crate) async fn put(&self, actor: &str, path: &str) -> Answer {
        self.call("PUT", actor, path).await
    }

    async fn call(&self, method: &str, actor: &str, path: &str) -> Answer {
        Call::new(method, path)
            .bearer(&self.sessions, &self.world.school.actor(actor))
            .send(&self.service)
            .await
    }

    pub(crate) async fn page(&self, actor: &str, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, &self.world.school.actor(actor))
            .send(&self.service)
            .await
    }
}

fn served(database: &TestDatabase, now: &str) -> (Sessions, Router) {
    let sessions = Sessions::new(moment(now));
    let environment = Environment::of(&[
        ("REGISTRY_TABLE", "registry"),
        ("SCHEDULES_TABLE", "schedules"),
        ("JOURNALS_TABLE", "journals"),
        ("DIARY_TABLE", "diary"),
    ]);
    let app = diary::App::new(&environment, database.client(), sessions.clock()).expect("an app");
    let translations = Arc::clone(&app.translations);
    let service = sessions.serve(diary::router(app), translations);
    (sessions, service)
}

/// A mark of the lesson's first work.
pub(crate) fn mark(grade: u8, kind: WorkKind, weight: Weight) -> CellMark {
    CellMark {
        work: WorkId::FIRST,
        mark: Mark::Grade(grade),
        kind,
        weight,
        publication: Publication::AT_ONCE,
    }
}

pub(crate) const LESSON: LessonKey = LessonKey {
    date: MONDAY,
    number: 2,
};
