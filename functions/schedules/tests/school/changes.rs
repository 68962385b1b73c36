//! Changes of lessons as the deputy head makes them.

use model::{Actor, PersonId, Role};
use serde_json::{Value, json};
use testkit::{Answer, Call};

use super::{
    group, person,
    running::{Running, actor, at, of_school},
};

/// The first lesson of algebra on Monday.
pub fn algebra() -> String {
    format!("2026-11-23-01-{}", group("7a-alg"))
}

pub fn english(number: u8) -> String {
    format!("2026-11-23-02-{}", group(&format!("7a-eng{number}")))
}

pub fn change_path(lesson: &str) -> String {
    format!("/api/schedules/institutions/{}/changes/{lesson}", super::school())
}

pub fn page_path(lesson: &str) -> String {
    format!("/schedules/substitutions/{}/{lesson}", super::school())
}

pub fn deputy() -> Actor {
    of_school(Role::Deputy)
}

pub fn third_teacher() -> Actor {
    actor(person("t3"), &[at(Role::Teacher, super::school())])
}

pub async fn put(running: &Running, lesson: &str, version: u64, body: &Value) -> Answer {
    Call::new("PUT", &change_path(lesson))
        .header("if-match", &format!("\"{version}\""))
        .json(body)
        .bearer(&running.sessions, &deputy())
        .send(&running.service)
        .await
}

pub async fn post(running: &Running, actor: &Actor, lesson: &str, form: &str) -> Answer {
    Call::new("POST", &page_path(lesson))
        .form(form)
        .session(&running.sessions, actor)
        .send(&running.service)
        .await
}

pub fn assign(teacher: PersonId) -> Value {
    json!({ "action": "assign", "teacher": teacher, "note": "болезнь" })
}
