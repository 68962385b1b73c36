//! The wrapped router over an embedded database.

use std::sync::Arc;

use axum::Router;
use model::Actor;
use serde_json::{Value, json};
use store::Table;
use testkit::{Answer, Call, PERIOD, School, Sessions, TestDatabase, moment};
use web::Environment;

/// A school, its journals function, and a clock that stands at a Monday noon.
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
    pub(crate) async fn new(pupils: u128) -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        // Three of them are somebody in the list of those who knock.
        let school = School::new(pupils.max(3));
        school.write(&registry, &schedules).await;
        let sessions = Sessions::new(moment("2026-11-23T10:00:00Z"));
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "registry"),
            ("SCHEDULES_TABLE", "schedules"),
            ("JOURNALS_TABLE", "journals"),
        ]);
        let app = journals::App::new(&environment, database.client(), sessions.clock()).expect("an app");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(journals::router(app), translations);
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

    pub(crate) fn base(&self) -> String {
        format!("/api/journals/{}/{PERIOD}", self.school.algebra)
    }

    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    pub(crate) async fn put(&self, actor: &Actor, path: &str, version: u64, body: &Value) -> Answer {
        Call::new("PUT", path)
            .bearer(&self.sessions, actor)
            .header("if-match", &format!("\"{version}\""))
            .json(body)
            .send(&self.service)
            .await
    }

    /// The same by somebody who has signed in this very moment.
    pub(crate) async fn put_fresh(&self, actor: &Actor, path: &str, version: u64, body: &Value) -> Answer {
        let token = self.sessions.fresh_token(actor);
        Call::new("PUT", path)
            .header("authorization", &format!("Bearer {token}"))
            .header("if-match", &format!("\"{version}\""))
            .json(body)
            .send(&self.service)
            .await
    }

    /// A page as its reader sees it.
    pub(crate) async fn page(&self, actor: &str, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, &self.school.actor(actor))
            .send(&self.service)
            .await
    }

    /// The page of a path of the API's base.
    pub(crate) fn journal(&self) -> String {
        format!("/journals/{}/{PERIOD}", self.school.algebra)
    }

    /// Opens algebra lessons on the first days of the period and gives a pupil these marks, one at each.
    pub(crate) async fn mark_all(&self, pupil: usize, marks: &[&str]) {
        let teacher = self.school.teacher_actor();
        for (day, mark) in (9..).zip(marks) {
            let lesson = format!("2026-11-{day:02}-02");
            self.open(&lesson).await;
            let cell = self.cell(&lesson, pupil);
            let set = self
                .put(&teacher, &cell, 0, &json!({ "work": 1, "entry": mark }))
                .await;
            assert_eq!(set.status.as_u16(), 200, "{}", set.text);
        }
    }

    pub(crate) async fn open(&self, lesson: &str) -> Answer {
        let path = format!("{}/lessons/{lesson}", self.base());
        self.put(
            &self.school.teacher_actor(),
            &path,
            0,
            &json!({ "topic": "Дроби", "homework": "№ 5" }),
        )
        .await
    }

    pub(crate) fn cell(&self, lesson: &str, pupil: usize) -> String {
        format!(
            "{}/lessons/{lesson}/cells/{}",
            self.base(),
            self.school.pupils[pupil]
        )
    }

    pub(crate) async fn set(&self, pupil: usize, version: u64, entry: &str) -> Answer {
        let path = self.cell(LESSON, pupil);
        self.put(
            &self.school.teacher_actor(),
            &path,
            version,
            &json!({ "work": 1, "entry": entry }),
        )
        .await
    }

    pub(crate) async fn form(&self, actor: &Actor, path: &str, body: &str) -> Answer {
        Call::new("POST", path)
            .session(&self.sessions, actor)
            .form(body)
            .send(&self.service)
            .await
    }

    pub(crate) async fn entry(&self, pupil: usize) -> String {
        let journal = self.get(&self.school.teacher_actor(), &self.base()).await.json();
        journal["rows"][pupil]["cells"][0]["entries"][0]["entry"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Monday's algebra.
pub(crate) const LESSON: &str = "2026-11-23-02";
