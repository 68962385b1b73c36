//! What a request costs: processor time of the function and of the database, calls, capacity units, bytes sent.

use std::{
    fmt::Write as _,
    io::{self, Write},
    sync::Mutex,
};

use axum::{Router, body::Body, extract::Request};
use http_body_util::BodyExt;
use model::Actor;
use serde_json::Value;
use testkit::{ORIGIN, TestDatabase};
use tower::ServiceExt;
use tracing::Level;

use crate::{
    bundle::PERIOD,
    measure::{Used, median},
    school::{GRIDS, LAST_MONDAY, School, id, parent, person, teacher},
};

/// Requests before the first measured one: connections are open and memory is warm.
const WARM_UP: u32 = 100;
/// Requests of a round.
const REQUESTS: u32 = 200;
/// Rounds, of which the middle one counts.
const ROUNDS: u32 = 7;

/// A request with what it may cost.
struct Case {
    name: &'static str,
    service: Router,
    path: String,
    actor: Actor,
    milliseconds: f64,
    units: f64,
}

/// What it costs.
struct Cost {
    function: f64,
    database: f64,
    calls: u64,
    units: f64,
    bytes: usize,
}

/// The log of the functions, which is written as in production and says what a request cost the database.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Writes the log.
struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().expect("nobody panics with the log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Measures every case; the table, and whether every budget holds.
pub(crate) fn table() -> (String, bool) {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_target(false)
        .with_max_level(Level::INFO)
        .with_writer(|| LogWriter)
        .init();
    // The database has threads of its own, so that this one's processor time is the function's.
    let of_database = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let of_function = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let database = of_database.block_on(TestDatabase::start());
    of_function.block_on(measure(&database))
}

async fn measure(database: &TestDatabase) -> (String, bool) {
    let school = School::open(database).await;
    let mut table =
        "request                       function  database  together  budget   calls  units  budget   bytes\n"
            .to_owned();
    let mut holds = true;
    for case in cases(&school) {
        let cost = cost(&school, &case).await;
        let together = cost.function + cost.database;
        let case_holds = together <= case.milliseconds && cost.units <= case.units;
        holds &= case_holds;
        writeln!(
            table,
            "{:28}{:7.2} ms{:7.2} ms{:7.2} ms{:5.1} ms{:8}{:7.1}{:8.1}{:8}{}",
            case.name,
            cost.function,
            cost.database,
            together,
            case.milliseconds,
            cost.calls,
            cost.units,
            case.units,
            cost.bytes,
            if case_holds { "" } else { "  over" },
        )
        .expect("memory takes any text");
    }
    (table, holds)
}

fn cases(school: &School) -> Vec<Case> {
    let diary = |name, prefix: &str| Case {
        name,
        service: school.diary.clone(),
        path: format!("{prefix}/diary/{}?date={LAST_MONDAY}", person("7a-p0")),
        actor: parent(),
        milliseconds: 1.2,
        units: 4.0,
    };
    let grid = |name, prefix: &str, group, milliseconds| Case {
        name,
        service: school.journals.clone(),
        path: format!("{prefix}/journals/{}/{PERIOD}", id(group)),
        actor: teacher(group),
        milliseconds,
        units: 12.0,
    };
    let [(small, _), (large, _)] = GRIDS;
    vec![
        diary("diary week, JSON", "/api"),
        diary("diary week, page", ""),
        grid("grid 27 × 12, JSON", "/api", small, 0.8),
        grid("grid 27 × 12, page", "", small, 0.8),
        grid("grid 30 × 40, JSON", "/api", large, 4.0),
        grid("grid 30 × 40, page", "", large, 4.0),
    ]
}

async fn cost(school: &School, case: &Case) -> Cost {
    let token = school.sessions.token(&case.actor);
    let mut bytes = 0;
    for _ in 0..WARM_UP {
        bytes = send(case, &token).await;
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        LOG.lock().expect("nobody panics with the log").clear();
        let before = Used::now();
        for _ in 0..REQUESTS {
            send(case, &token).await;
        }
        rounds.push(before.milliseconds_each(REQUESTS));
    }
    let together = median(rounds.iter().map(|(process, _)| *process).collect());
    let function = median(rounds.iter().map(|(_, thread)| *thread).collect());
    let line = last_line();
    Cost {
        function,
        database: together - function,
        calls: line["database_calls"].as_u64().expect("the calls of a request"),
        units: line["capacity_units"].as_f64().expect("the units of a request"),
        bytes,
    }
}

/// Sends the request as a browser does, which takes gzip; returns the bytes of the answer.
async fn send(case: &Case, token: &str) -> usize {
    let request = Request::get(&case.path).header("accept-encoding", "gzip");
    let request = if case.path.starts_with("/api/") {
        request.header("authorization", format!("Bearer {token}"))
    } else {
        request
            .header("cookie", format!("__Host-session={token}"))
            .header("origin", ORIGIN)
            .header("accept", "text/html")
    };
    let request = request.body(Body::empty()).expect("a complete request");
    let answer = case
        .service
        .clone()
        .oneshot(request)
        .await
        .expect("a router answers");
    assert_eq!(answer.status().as_u16(), 200, "{}", case.path);
    let body = answer.into_body().collect().await.expect("the body is read");
    body.to_bytes().len()
}

fn last_line() -> Value {
    let log = LOG.lock().expect("nobody panics with the log");
    let lines = std::str::from_utf8(&log).expect("lines of text");
    let line = lines.lines().last().expect("a line for every request");
    serde_json::from_str(line).expect("a line of JSON")
}
