//! The wrapped router over an embedded database.

use std::sync::Arc;

use axum::Router;
use gradebook::{Cell, CellMark, CellValue, ClassLesson, Homework, PupilRow, RowKey};
use model::{Attendance, GroupId, LessonKey, Mark, Weight, WorkId, WorkKind};
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
    _database: TestDatabase,
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
        let school = School::new(3);
        school.write(&registry, &schedules).await;
        let sessions = Sessions::new(moment(now));
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "registry"),
            ("SCHEDULES_TABLE", "schedules"),
            ("JOURNALS_TABLE", "journals"),
        ]);
        let app = diary::App::new(&environment, database.client(), sessions.clock()).expect("an app");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(diary::router(app), translations);
        Self {
            school,
            sessions,
            service,
            journals,
            registry,
            schedules,
            _database: database,
        }
    }

    /// Monday's algebra was held: a topic, homework, a mark for the first pupil, the second was ill.
    async fn hold_lesson(&self) {
        let lesson = ClassLesson {
            journal: self.school.algebra,
            lesson: LESSON,
            subject: "Алгебра".to_owned(),
            topic: "Дроби".to_owned(),
            homework: Some(Homework {
                text: "№ 5".to_owned(),
                minutes: Some(21),
            }),
        };
        let shown = lesson.show(self.school.class, true).expect("a write");
        self.journals
            .write(vec![shown])
            .await
            .expect("the lesson is shown");
        let mark = |mark, kind, weight| CellMark {
            work: WorkId::FIRST,
            mark: Mark::Grade(mark),
            kind,
            weight,
        };
        let marks = vec![
            mark(5, WorkKind::Answer, Weight::ONE),
            mark(3, WorkKind::Test, Weight::whole(3)),
        ];
        self.set(
            0,
            self.school.algebra,
            CellValue {
                attendance: None,
                marks,
            },
        )
        .await;
        self.set(
            1,
            self.school.algebra,
            CellValue {
                attendance: Some(Attendance::Ill),
                marks: vec![],
            },
        )
        .await;
    }

    async fn set(&self, pupil: usize, journal: GroupId, value: CellValue) {
        let row = RowKey {
            journal,
            period: PERIOD.parse().expect("a period"),
            pupil: self.school.pupils[pupil],
        };
        let cell = Cell { version: 1, value };
        let write = PupilRow::set(&row, "Алгебра", LESSON, &cell);
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

    pub(crate) fn child(&self, number: usize) -> String {
        self.school.pupils[number].to_string()
    }
}

pub(crate) const LESSON: LessonKey = LessonKey {
    date: MONDAY,
    number: 2,
};
