//! The wrapped router over an embedded database.

use std::sync::Arc;

use axum::{Router, body::Body, http::Request};
use gradebook::{Cell, CellMark, CellValue, Lesson, PeriodState, RowHead, RowKey};
use model::{
    Actor, Attendance, GroupId, LessonKey, Mark, MarkingRule, MarkingSettings, PersonId, PersonName,
    Publication, Role, RoleAt, RolesClaim, Work, WorkId, WorkKind,
};
use rosters::MemberRole;
use store::Table;
use testkit::{Answer, Call, PERIOD, School, Sessions, TestDatabase, moment, put};
use tower::ServiceExt;
use web::Environment;

/// The class teacher of 7А.
pub(crate) const CLASS_TEACHER: PersonId = PersonId::from_bits(70);

/// A school with a class teacher, its reports function, and a clock that stands at a Monday noon.
pub(crate) struct World {
    pub(crate) school: School,
    pub(crate) sessions: Sessions,
    pub(crate) service: Router,
    pub(crate) registry: Table,
    pub(crate) journals: Table,
    pub(crate) database: TestDatabase,
}

pub(crate) fn environment() -> Environment {
    Environment::of(&[
        ("REGISTRY_TABLE", "registry"),
        ("SCHEDULES_TABLE", "schedules"),
        ("JOURNALS_TABLE", "journals"),
    ])
}

impl World {
    pub(crate) async fn new(pupils: u128) -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        let school = School::new(pupils.max(3));
        school.write(&registry, &schedules).await;
        let name = PersonName::parse("Орлова", "Анна", Some("Львовна")).expect("a name");
        let class = school.membership(CLASS_TEACHER, &name, school.class, MemberRole::Teacher);
        put(&registry, class).await;
        let sessions = Sessions::new(moment("2026-11-23T10:00:00Z"));
        let app = reports::App::new(&environment(), database.client(), sessions.clock()).expect("an app");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(reports::router(app), translations);
        Self {
            school,
            sessions,
            service,
            registry,
            journals,
            database,
        }
    }

    pub(crate) fn class_teacher(&self) -> Actor {
        Actor {
            person: CLASS_TEACHER,
            roles: RolesClaim(vec![RoleAt::in_institution(
                Role::Teacher,
                self.school.institution,
            )]),
        }
    }

    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    pub(crate) async fn page(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    /// The bytes of a file.
    pub(crate) async fn file(&self, actor: &Actor, path: &str) -> Vec<u8> {
        let token = self.sessions.token(actor);
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        let answer = self
            .service
            .clone()
            .oneshot(request.body(Body::empty()).expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await;
        bytes.expect("a body").to_vec()
    }

    pub(crate) fn report(&self) -> String {
        format!("/reports/classes/{}/{PERIOD}", self.school.class)
    }

    /// Opens a lesson; `topic` may be empty.
    pub(crate) async fn open(&self, journal: GroupId, lesson: &str, topic: &str) {
        let lesson = Lesson {
            journal,
            period: PERIOD.parse().expect("a period"),
            lesson: lesson.parse().expect("a lesson"),
            subject: "Алгебра".to_owned(),
            classes: vec![self.school.class],
            topic: topic.to_owned(),
            homework: None,
            works: vec![Work::answers()],
            opened_by: self.school.teacher,
        };
        put(&self.journals, lesson).await;
    }

    /// Sets a cell that was empty.
    pub(crate) async fn set(
        &self,
        journal: GroupId,
        pupil: usize,
        lesson: &str,
        attendance: Option<Attendance>,
        mark: Option<Mark>,
    ) {
        let lesson: LessonKey = lesson.parse().expect("a lesson");
        let row = RowKey {
            journal,
            period: PERIOD.parse().expect("a period"),
            pupil: self.school.pupils[pupil],
        };
        let marks = mark.map(|mark| CellMark {
            work: WorkId::FIRST,
            mark,
            kind: WorkKind::Answer,
            weight: WorkKind::Answer.proposed_weight(),
            publication: Publication::AT_ONCE,
        });
        let value = CellValue {
            attendance,
            marks: marks.into_iter().collect(),
            comment: None,
        };
        let head = RowHead {
            key: &row,
            subject: "Алгебра",
            rule: MarkingRule::USUAL,
        };
        let write = head.set_cell(lesson, &Cell { version: 1, value });
        self.journals.write(vec![write]).await.expect("the cell is set");
    }

    /// The state that every journal has from its first lesson on.
    pub(crate) async fn begin(&self, journal: GroupId) {
        let period = PERIOD.parse().expect("a period");
        put(
            &self.journals,
            PeriodState::new(journal, period, MarkingSettings::default()),
        )
        .await;
    }
}
