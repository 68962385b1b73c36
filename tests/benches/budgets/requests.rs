//! What a request costs: processor time of the function and of the database, calls, capacity units, bytes sent.

use std::{fmt::Write as _, io};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
    response::Response,
};
use http_body_util::BodyExt;
use store::{Capacity, metered};
use testkit::{ORIGIN, PERIOD, TestDatabase};
use tokio::runtime::Builder;
use tower::ServiceExt;
use tracing_subscriber::filter::LevelFilter;

use crate::{
    measure::{Used, median},
    school::Served,
};

/// Requests before the first measured one: connections are open and memory is warm.
const WARM_UP: u32 = 100;
/// Requests of a round.
const REQUESTS: u32 = 200;
/// Rounds, of which the middle one counts.
const ROUNDS: u32 = 9;

/// A request with what it may cost.
struct Case {
    name: &'static str,
    service: Router,
    path: String,
    /// Names and values of headers.
    headers: Vec<(&'static str, String)>,
    milliseconds: f64,
    units: f64,
}

/// What it costs.
struct Cost {
    function: f64,
    together: f64,
    capacity: Capacity,
    bytes: usize,
}

/// Measures every case; the table, and whether every budget holds.
pub(crate) fn table() -> (String, bool) {
    // The log is made as in production, and thrown away.
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_target(false)
        .with_max_level(LevelFilter::INFO)
        .with_writer(io::sink)
        .init();
    // The databases have threads of their own, so that this one's processor time is the function's.
    let of_databases = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let of_databases = of_databases.expect("a runtime");
    let databases = [(); 2].map(|()| of_databases.block_on(TestDatabase::start()));
    let of_function = Builder::new_current_thread().enable_all().build();
    of_function.expect("a runtime").block_on(measure(&databases))
}

async fn measure([small, large]: &[TestDatabase; 2]) -> (String, bool) {
    let small = Served::open(small, 27, 12).await;
    let large = Served::open(large, 30, 40).await;
    let cases = [
        diary("diary week, JSON", "/api", &small),
        diary("diary week, page", "", &small),
        grid("grid 27 × 12, JSON", "/api", &small, 0.8),
        grid("grid 27 × 12, page", "", &small, 0.8),
        grid("grid 30 × 40, JSON", "/api", &large, 4.0),
        grid("grid 30 × 40, page", "", &large, 4.0),
    ];
    let mut table =
        "request               function  database  together        of  calls  units    of   bytes\n"
            .to_owned();
    let mut holds = true;
    for mut case in cases {
        let cost = cost(&mut case).await;
        let case_holds = cost.together <= case.milliseconds && cost.capacity.units <= case.units;
        holds &= case_holds;
        writeln!(
            table,
            "{:20}{:7.2} ms{:7.2} ms{:7.2} ms{:7.1} ms{:7}{:7.1}{:6.1}{:8}{}",
            case.name,
            cost.function,
            cost.together - cost.function,
            cost.together,
            case.milliseconds,
            cost.capacity.calls,
            cost.capacity.units,
            case.units,
            cost.bytes,
            if case_holds { "" } else { "  over" },
        )
        .expect("memory takes any text");
    }
    (table, holds)
}

/// A parent reads the week of a child.
fn diary(name: &'static str, prefix: &str, of: &Served) -> Case {
    Case {
        name,
        service: of.diary.clone(),
        path: format!("{prefix}/diary/{}", of.school.pupils[0]),
        headers: headers(prefix, &of.sessions.token(&of.school.parent_actor())),
        milliseconds: 1.2,
        // The page also reads what only the family keeps: ticks, "I have read", whether something is new.
        units: if prefix.is_empty() { 5.0 } else { 4.0 },
    }
}

/// A teacher reads the period of a journal.
fn grid(name: &'static str, prefix: &str, of: &Served, milliseconds: f64) -> Case {
    Case {
        name,
        service: of.journals.clone(),
        path: format!("{prefix}/journals/{}/{PERIOD}", of.school.algebra),
        headers: headers(prefix, &of.sessions.token(&of.school.teacher_actor())),
        milliseconds,
        units: 12.0,
    }
}

/// As a program sends them, or a browser.
fn headers(prefix: &str, token: &str) -> Vec<(&'static str, String)> {
    let gzip = ("accept-encoding", "gzip".to_owned());
    if prefix == "/api" {
        return vec![gzip, ("authorization", format!("Bearer {token}"))];
    }
    vec![
        gzip,
        ("cookie", format!("__Host-session={token}")),
        ("origin", ORIGIN.to_owned()),
        ("accept", "text/html,*/*;q=0.8".to_owned()),
    ]
}

async fn cost(case: &mut Case) -> Cost {
    // A browser gives back what the first answer told it to keep.
    let first = send(case).await;
    for cookie in first.headers().get_all(header::SET_COOKIE) {
        let pair = cookie.to_str().expect("a cookie of text").split(';').next();
        case.headers.push(("cookie", pair.unwrap_or_default().to_owned()));
    }
    let (answer, capacity) = metered(send(case)).await;
    let bytes = length(answer).await;
    for _ in 0..WARM_UP {
        length(send(case).await).await;
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let before = Used::now();
        for _ in 0..REQUESTS {
            length(send(case).await).await;
        }
        rounds.push(before.milliseconds_each(REQUESTS));
    }
    Cost {
        together: median(rounds.iter().map(|(process, _)| *process).collect()),
        function: median(rounds.iter().map(|(_, thread)| *thread).collect()),
        capacity,
        bytes,
    }
}

async fn send(case: &Case) -> Response {
    let mut request = Request::get(&case.path);
    for (name, value) in &case.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Body::empty()).expect("a complete request");
    let answer = case
        .service
        .clone()
        .oneshot(request)
        .await
        .expect("a router answers");
    assert_eq!(answer.status().as_u16(), 200, "{}", case.path);
    answer
}

/// Bytes of the body, as they travel.
async fn length(answer: Response) -> usize {
    let body = answer.into_body().collect().await.expect("the body is read");
    body.to_bytes().len()
}
