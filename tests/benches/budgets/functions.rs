//! What a function costs before and between its requests: its size, the time to the first answer, its memory.
//!
//! Measured are the binaries of the last `cargo lambda build --release --workspace`, as operators deploy them.

use std::{
    fmt::Write as _,
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use end_to_end::repository;
use serde_json::{Value, json};
use tokio::{
    process::{Child, Command},
    time::timeout,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{measure::median, runtime::Runtime};

/// Cold starts, of which the middle one counts.
const STARTS: usize = 15;
/// Requests after which memory is looked at.
const REQUESTS: usize = 200;
/// How long an answer may take before something is broken.
const PATIENCE: Duration = Duration::from_secs(10);
const MEGABYTE: f64 = 1_000_000.0;

const ZIP_BUDGET: f64 = 5.0;
const START_BUDGET: f64 = 40.0;
const MEMORY_BUDGET: f64 = 40.0;

/// The functions by their binaries, with an event that each answers without the network.
fn functions() -> [(&'static str, Value); 11] {
    let no_messages = json!({ "Records": [] });
    [
        ("identity", request("/")),
        ("identity-claims", json!({ "userName": "nobody of ours" })),
        ("gosuslugi", request("/gosuslugi/nowhere")),
        ("registry", request("/registry/classes")),
        ("registry-jobs", no_messages.clone()),
        ("schedules", request("/schedules")),
        ("schedules-jobs", no_messages.clone()),
        ("journals", request("/journals")),
        ("diary", request("/diary")),
        ("reports", request("/reports")),
        ("reports-jobs", no_messages),
    ]
}

/// A visitor without a session asks for a page, as the gateway says it.
fn request(path: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "isBase64Encoded": false,
        "headers": { "accept": "text/html", "accept-encoding": "gzip", "host": "school.example.ru" },
        "requestContext": {
            "accountId": "123456789012", "apiId": "gateway", "domainName": "school.example.ru",
            "domainPrefix": "school", "requestId": "request", "routeKey": "$default", "stage": "$default",
            "time": "23/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_428_000_000_u64,
            "http": {
                "method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "browser",
            },
        },
    })
}

/// What `template.yaml` tells the functions; nobody listens at the addresses.
const SETTINGS: &[(&str, &str)] = &[
    ("PUBLIC_ORIGIN", "https://school.example.ru"),
    ("ASSETS_BASE", "/assets/measured"),
    ("TOKEN_ISSUER", "https://issuer.example.ru/pool"),
    ("TOKEN_JWKS_URL", "http://127.0.0.1:9/"),
    ("TOKEN_CLIENT_ID", "client"),
    ("REGISTRY_TABLE", "registry"),
    ("SCHEDULES_TABLE", "schedules"),
    ("JOURNALS_TABLE", "journals"),
    ("DIARY_TABLE", "diary"),
    ("REPORTS_TABLE", "reports"),
    ("GOSUSLUGI_TABLE", "gosuslugi"),
    ("IMPORTS_BUCKET", "imports"),
    ("REGISTRY_JOBS_QUEUE_URL", "http://127.0.0.1:9/registry"),
    ("SCHEDULES_JOBS_QUEUE_URL", "http://127.0.0.1:9/schedules"),
    ("REPORTS_JOBS_QUEUE_URL", "http://127.0.0.1:9/reports"),
    ("PERSON_HASH_KEY", "a key that ties nobody to anything"),
    ("COGNITO_AUTHORIZE_URL", "https://issuer.example.ru/authorize"),
    ("COGNITO_TOKEN_URL", "https://issuer.example.ru/token"),
    ("COGNITO_LOGOUT_URL", "https://issuer.example.ru/logout"),
    ("BRIDGE_ISSUER", "https://school.example.ru/gosuslugi"),
    ("BRIDGE_CLIENT_ID", "pool"),
    ("BRIDGE_CLIENT_SECRET", "a secret of nobody, but long enough"),
    ("BRIDGE_KEYS_SECRET", "another of nobody, but long enough too"),
    ("BRIDGE_REDIRECT_URI", "https://issuer.example.ru/back"),
    ("ESIA_SCOPES", "openid"),
    ("GATEWAY_AUTHORIZE_URL", "https://gateway.example.ru/authorize"),
    ("GATEWAY_TOKEN_URL", "https://gateway.example.ru/token"),
    ("GATEWAY_USERINFO_URL", "https://gateway.example.ru/userinfo"),
    ("GATEWAY_LOGOUT_URL", "https://gateway.example.ru/logout"),
    ("GATEWAY_CLIENT_ID", "school"),
    ("GATEWAY_CLIENT_SECRET", "a secret of nobody at the gateway"),
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("AWS_LAMBDA_FUNCTION_NAME", "measured"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
    ("AWS_LAMBDA_LOG_GROUP_NAME", "group"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
];

/// Measures every function; the table, and whether every budget holds.
pub(crate) async fn table() -> (String, bool) {
    let mut table = format!(
        "function          binary       zip  of {ZIP_BUDGET} MB   start  of {START_BUDGET} ms   memory  of {MEMORY_BUDGET} MB\n"
    );
    let mut holds = true;
    for (name, event) in functions() {
        let binary = repository().join("target/lambda").join(name).join("bootstrap");
        let program = fs::read(&binary).unwrap_or_else(|error| {
            panic!(
                "{}: {error}; first: cargo lambda build --release --workspace",
                binary.display()
            )
        });
        let size = to_megabytes(program.len());
        let zip = to_megabytes(zipped(&program));
        let event = Bytes::from(event.to_string());
        let mut starts = Vec::new();
        for _ in 0..STARTS {
            starts.push(start(&binary, &event).await);
        }
        let start = median(starts);
        let memory = memory(&binary, &event).await;
        let function_holds = zip <= ZIP_BUDGET && start <= START_BUDGET && memory <= MEMORY_BUDGET;
        holds &= function_holds;
        writeln!(
            table,
            "{name:16}{size:6.1} MB{zip:7.2} MB{start:18.1} ms{memory:18.1} MB{}",
            if function_holds { "" } else { "  over" },
        )
        .expect("memory takes any text");
    }
    (table, holds)
}

/// Milliseconds from the start of the process to its first answer.
async fn start(binary: &Path, event: &Bytes) -> f64 {
    let mut runtime = Runtime::start(event.clone(), 1).await;
    let started = Instant::now();
    let mut process = spawn(binary, &runtime);
    let answered = answered(&mut runtime, binary).await;
    process.kill().await.expect("the function is stopped");
    (answered - started).as_secs_f64() * 1_000.0
}

/// Resident megabytes after the requests.
async fn memory(binary: &Path, event: &Bytes) -> f64 {
    let mut runtime = Runtime::start(event.clone(), REQUESTS).await;
    let mut process = spawn(binary, &runtime);
    for _ in 0..REQUESTS {
        answered(&mut runtime, binary).await;
    }
    let id = process.id().expect("the function is running");
    let status = PathBuf::from(format!("/proc/{id}/status"));
    let status = fs::read_to_string(status).expect("Linux tells of the process");
    process.kill().await.expect("the function is stopped");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = resident.and_then(|text| text.trim().strip_suffix(" kB"));
    let kibibytes: f64 = kibibytes
        .and_then(|text| text.parse().ok())
        .expect("a number of kB");
    kibibytes * 1_024.0 / MEGABYTE
}

fn spawn(binary: &Path, runtime: &Runtime) -> Child {
    Command::new(binary)
        .env_clear()
        .envs(SETTINGS.iter().copied())
        .env("AWS_LAMBDA_RUNTIME_API", runtime.address())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the function starts")
}

async fn answered(runtime: &mut Runtime, binary: &Path) -> Instant {
    let answer = timeout(PATIENCE, runtime.answer()).await;
    let answer = answer.unwrap_or_else(|_| panic!("{} does not answer", binary.display()));
    let body: Value = serde_json::from_slice(&answer.body).expect("an answer in JSON");
    let failed = body["statusCode"].as_u64().is_some_and(|status| status >= 500);
    assert!(answer.is_response && !failed, "{}: {body}", binary.display());
    answer.at
}

/// The size of the archive that a deployment uploads.
fn zipped(program: &[u8]) -> usize {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("bootstrap", SimpleFileOptions::default())
        .expect("a file");
    writer.write_all(program).expect("memory takes any program");
    writer.finish().expect("an archive").into_inner().len()
}

fn to_megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).expect("less than 4 GB")) / MEGABYTE
}
