//! The measured schools, at the size that the tests of cost have, each over an embedded database of its own.

use std::sync::Arc;

use axum::Router;
use testkit::{BusyClass, School, Sessions, TestDatabase, fill_journal, moment};
use web::Environment;

/// A school with the functions that read it.
pub(crate) struct Served {
    pub(crate) school: School,
    pub(crate) sessions: Sessions,
    pub(crate) diary: Router,
    pub(crate) journals: Router,
}

impl Served {
    /// A class of so many pupils in the thick of a term, whose algebra journal has so many lessons, all full of marks.
    pub(crate) async fn open(database: &TestDatabase, pupils: u128, lessons: usize) -> Self {
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        database.table("diary").await;
        let school = School::new(pupils);
        school.write(&registry, &schedules).await;
        BusyClass::of(&school)
            .write(&registry, &schedules, &journals)
            .await;
        fill_journal(&school, &journals, lessons).await;

        let sessions = Sessions::new(moment("2026-11-23T06:40:00Z"));
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "registry"),
            ("SCHEDULES_TABLE", "schedules"),
            ("JOURNALS_TABLE", "journals"),
            ("DIARY_TABLE", "diary"),
        ]);
        let client = database.client();
        let diary = diary::App::new(&environment, client, sessions.clock()).expect("a diary");
        let journals = journals::App::new(&environment, client, sessions.clock()).expect("journals");
        let (of_diary, of_journals) = (
            Arc::clone(&diary.translations),
            Arc::clone(&journals.translations),
        );
        Self {
            diary: sessions.serve(diary::router(diary), of_diary),
            journals: sessions.serve(journals::router(journals), of_journals),
            school,
            sessions,
        }
    }
}
