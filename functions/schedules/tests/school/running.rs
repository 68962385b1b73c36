//! The function over the small school, with a meter at its database.

use std::sync::{Arc, Mutex};

use axum::Router;
use model::{Actor, ImportId, InstitutionId, PersonId, Role, RoleAt, RolesClaim};
use schedules::{App, import::carry_out, router, translations};
use store::{Capacity, Stored, Write, metered};
use testkit::{Call, Sessions, moment};
use timetables::{InstitutionDays, Owner, Slot, Timetable, Timetables, WeekCycle};
use web::Environment;

use super::{School, TIMETABLE, art_school, group, message, person, with_timetable};

// A Monday, 09:25 in Moscow.
const NOW: &str = "2026-11-23T06:25:00Z";

pub struct Running {
    pub school: School,
    pub sessions: Sessions,
    pub service: Router,
    /// What the handlers have asked of the database since somebody looked.
    used: Arc<Mutex<Capacity>>,
}

impl Running {
    pub async fn start() -> Self {
        let school = School::open().await;
        let sessions = Sessions::new(moment(NOW));
        let bytes = with_timetable(TIMETABLE);
        carry_out(&school.stores(), sessions.clock(), &message(1), &bytes)
            .await
            .expect("the import");
        Self::over(school, sessions, None)
    }

    /// The same school with the queue of its jobs.
    pub fn with_queue(self, queues: aws_sdk_sqs::Client) -> Self {
        Self::over(self.school, self.sessions, Some(queues))
    }

    fn over(school: School, sessions: Sessions, queues: Option<aws_sdk_sqs::Client>) -> Self {
        let environment = Environment::of(&[
            ("PUBLIC_ORIGIN", testkit::ORIGIN),
            ("SCHEDULES_TABLE", "schedules"),
            ("REGISTRY_TABLE", "registry"),
            (
                "SCHEDULES_JOBS_QUEUE_URL",
                "http://127.0.0.1:9/000000000000/schedules-jobs",
            ),
        ]);
        let app = App::new(&environment, school.database.client(), sessions.clock()).expect("an app");
        let app = match queues {
            Some(queues) => app.with_queue(&environment, queues).expect("an app with a queue"),
            None => app,
        };
        let words = Arc::new(translations().expect("the words"));
        let used = Arc::new(Mutex::new(Capacity::default()));
        let meter = Arc::clone(&used);
        let measured = router(app).layer(axum::middleware::from_fn(
            move |request: axum::extract::Request, next: axum::middleware::Next| {
                let meter = Arc::clone(&meter);
                async move {
                    let (answer, cost) = metered(next.run(request)).await;
                    *meter.lock().expect("nobody panicked") = cost;
                    answer
                }
            },
        ));
        let service = sessions.serve(measured, words);
        Self {
            school,
            sessions,
            service,
            used,
        }
    }

    pub async fn api(&self, actor: &Actor, path: &str) -> testkit::Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    pub async fn page(&self, actor: &Actor, path: &str) -> testkit::Answer {
        Call::get(path)
            .session(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    /// What the database is asked for a page.
    pub async fn cost(&self, actor: &Actor, path: &str) -> Capacity {
        assert_eq!(self.page(actor, path).await.status, 200, "{path}");
        *self.used.lock().expect("nobody panicked")
    }

    /// What the last request asked of the database.
    pub fn last_cost(&self) -> Capacity {
        *self.used.lock().expect("nobody panicked")
    }

    /// Puts weeks of realistic size in place: 35 lessons of a class, 25 of a teacher, a calendar of 45 days off.
    pub async fn fill(&self) {
        let weeks = [
            Timetable::new(Owner::Class(group("7a")), super::school(), lessons(35)),
            Timetable::new(Owner::Teacher(person("t1")), super::school(), lessons(25)),
            Timetable::new(Owner::Teacher(person("t3")), super::school(), lessons(25)),
        ];
        for week in weeks {
            self.replace(week).await;
        }
        let timetables = Timetables::new(self.school.schedules.clone());
        let calendar = timetables
            .calendar(super::school())
            .await
            .expect("a read")
            .expect("a calendar");
        let day = |number: i64| model::DayOff {
            date: jiff::civil::date(2027, 6, 1).saturating_add(jiff::ToSpan::days(number)),
            title: "Летние каникулы".to_owned(),
            kind: model::DayOffKind::Break,
        };
        let days_off = (0..45).map(day).collect();
        let calendar = model::InstitutionCalendar { days_off, ..calendar };
        self.replace(InstitutionDays {
            institution: super::school(),
            calendar,
        })
        .await;
    }

    async fn replace<T: store::Record + serde::Serialize>(&self, record: T) {
        let write = Write::replace(&Stored::following(record, 1), 1).expect("a write");
        self.school
            .schedules
            .write(vec![write])
            .await
            .expect("it is written");
    }
}

/// Lessons as a school names them, seven a day.
fn lessons(count: u8) -> Vec<Slot> {
    let lesson = |index: u8| Slot {
        weekday: model::Weekday::try_from(index / 7 + 1).expect("a weekday"),
        number: index % 7 + 1,
        start: jiff::civil::time(8, 30, 0, 0),
        end: jiff::civil::time(9, 10, 0, 0),
        cycle: WeekCycle::Every,
        group: group("7a-alg"),
        subject: "Вероятность и статистика".to_owned(),
        title: "7А, 1-я подгруппа".to_owned(),
        teacher: Some(person("t1")),
        teacher_name: "Константинопольская\u{a0}А.\u{a0}П.".to_owned(),
        room: "214".to_owned(),
    };
    (0..count).map(lesson).collect()
}

pub fn actor(person: PersonId, roles: &[RoleAt]) -> Actor {
    Actor {
        person,
        roles: RolesClaim(roles.to_vec()),
    }
}

pub fn at(role: Role, institution: InstitutionId) -> RoleAt {
    RoleAt::in_institution(role, institution)
}

pub fn teacher() -> Actor {
    actor(
        person("t1"),
        &[
            at(Role::Teacher, super::school()),
            at(Role::Teacher, art_school()),
        ],
    )
}

pub fn pupil() -> Actor {
    actor(person("p1"), &[at(Role::Pupil, super::school())])
}

pub fn parent() -> Actor {
    actor(person("m1"), &[RoleAt::anywhere(Role::Parent)])
}

pub fn of_school(role: Role) -> Actor {
    actor(PersonId::from_bits(500), &[at(role, super::school())])
}

pub fn import_path() -> String {
    format!("/api/schedules/imports/{}", ImportId::from_bits(1))
}

pub fn class_path(class: &str) -> String {
    format!("/api/schedules/classes/{}", group(class))
}
