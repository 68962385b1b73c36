//! Imports into an embedded database.

mod bundles_of_others;
mod changes;
mod copies;
mod demo_region;
mod people;
mod queue;

use std::io::{Cursor, Write};

use bundles::{FileReport, ImportMessage, Report};
use jiff::Timestamp;
use model::{GroupId, ImportId, PersonId, RegionId};
use registry::{
    import::{ImportStore, Importer},
    import_item::{Import, ImportState},
};
use rosters::Rosters;
use store::Table;
use testkit::TestDatabase;
use web::Clock;
use zip::{ZipWriter, write::SimpleFileOptions};

const REGION: RegionId = RegionId::from_bits(7);
const CODE: &str = "north";
const HASH_KEY: &[u8] = b"a key of the test's own";

/// A registry with an importer.
struct Registry {
    database: TestDatabase,
    table: Table,
    importer: Importer,
    imports: ImportStore,
    rosters: Rosters,
}

impl Registry {
    async fn start() -> Self {
        let database = TestDatabase::start().await;
        let table = database.table("registry").await;
        let clock = Clock::Fixed(now());
        Self {
            importer: Importer::new(table.clone(), clock, HASH_KEY.to_vec()),
            imports: ImportStore::new(table.clone()),
            rosters: Rosters::new(table.clone()),
            table,
            database,
        }
    }

    /// Records an import as the pages do and says what the queue would.
    async fn queued(&self, number: u128) -> ImportMessage {
        let import = Import::new(
            ImportId::from_bits(number),
            REGION,
            CODE.to_owned(),
            PersonId::from_bits(1),
            now(),
        );
        let message = ImportMessage {
            import: import.import,
            region: REGION,
            region_code: CODE.to_owned(),
            key: import.key.clone(),
        };
        let stored = self.imports.create(import).await.expect("an import");
        self.imports
            .put_into(&stored, ImportState::Queued, now())
            .await
            .expect("a queued import");
        message
    }

    async fn import(&self, number: u128, bundle: &[u8]) -> (Import, Report) {
        let message = self.queued(number).await;
        let import = self
            .importer
            .carry_out(&message, bundle)
            .await
            .expect("the database works");
        let import = import.expect("the import is recorded");
        let (_, report) = self
            .imports
            .with_report(import.import)
            .await
            .expect("a report")
            .expect("the import");
        (import, report)
    }
}

fn now() -> Timestamp {
    "2026-11-23T06:00:00Z".parse().expect("a moment")
}

fn person(sourced_id: &str) -> PersonId {
    PersonId::derived(CODE, sourced_id)
}

fn group(sourced_id: &str) -> GroupId {
    GroupId::derived(CODE, sourced_id)
}

/// Created, changed, kept, refused.
fn counts(report: &Report, file: &str) -> [u64; 4] {
    let nothing = FileReport::default();
    let file = report.find(file).unwrap_or(&nothing);
    [file.created, file.changed, file.kept, file.refused]
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a file");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

const MANIFEST: &str = "propertyName,value\noneroster.version,1.2\n";
const ORGS: &str = "sourcedId,name,type\ns1,Школа № 1,school\n";
const SESSIONS: &str = "sourcedId,title,type,startDate,endDate\nq1,1 четверть,term,2026-09-01,2026-10-25\n";
const COURSES: &str = "sourcedId,title,orgSourcedId\nhome,Классный час,s1\nalg,Алгебра,s1\n";
const CLASSES: &str = "sourcedId,title,classType,grades,courseSourcedId,schoolSourcedId,termSourcedIds,\
    metadata.homeroomSourcedIds\n7a,7А,homeroom,7,home,s1,q1,\n7a-alg,7А,scheduled,7,alg,s1,q1,7a\n";
const USERS: &str = "sourcedId,enabledUser,familyName,givenName,middleName,agentSourcedIds,metadata.snils\n\
    kid,true,Соколов,Михаил,Дмитриевич,mum,112-233-445 95\nmum,true,Соколова,Анна,Викторовна,,\n\
    teacher,true,Лебедева,Ирина,Сергеевна,,\n";
const ROLES: &str = "sourcedId,userSourcedId,roleType,role,orgSourcedId\n\
    r1,kid,primary,student,s1\nr2,mum,primary,parent,s1\nr3,teacher,primary,teacher,s1\n";
const ENROLLMENTS: &str = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\n\
    e1,7a,s1,kid,student\ne2,7a-alg,s1,kid,student\ne3,7a-alg,s1,teacher,teacher\n";
const DEMOGRAPHICS: &str = "sourcedId,birthDate,sex\nkid,2013-07-12,male\n";

/// One class, one pupil, one parent, one teacher; some files replaced.
fn small(replaced: &[(&str, &str)]) -> Vec<u8> {
    let mut files = vec![
        ("manifest.csv", MANIFEST),
        ("orgs.csv", ORGS),
        ("academicSessions.csv", SESSIONS),
        ("courses.csv", COURSES),
        ("classes.csv", CLASSES),
        ("users.csv", USERS),
        ("roles.csv", ROLES),
        ("enrollments.csv", ENROLLMENTS),
        ("demographics.csv", DEMOGRAPHICS),
    ];
    for (name, text) in replaced {
        match files.iter_mut().find(|(known, _)| known == name) {
            Some(file) => file.1 = text,
            None => files.push((name, text)),
        }
    }
    zip(&files)
}
