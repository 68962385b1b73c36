//! A stand-in for Lambda's Runtime API on loopback: hands one event out again and again and takes the answers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

/// The answer to an invocation.
#[derive(Debug)]
pub(crate) struct Answer {
    /// When it came.
    pub(crate) at: Instant,
    /// Whether it is a response and not the report of a failure.
    pub(crate) is_response: bool,
    /// Its body.
    pub(crate) body: Bytes,
}

/// The Runtime API for one function.
#[derive(Debug)]
pub(crate) struct Runtime {
    address: String,
    answers: mpsc::UnboundedReceiver<Answer>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    event: Bytes,
    invocations: usize,
    given: AtomicUsize,
    answers: mpsc::UnboundedSender<Answer>,
}

impl Runtime {
    /// Serves so many invocations with the event.
    pub(crate) async fn start(event: Bytes, invocations: usize) -> Self {
        let (sender, answers) = mpsc::unbounded_channel();
        let shared = Shared {
            event,
            invocations,
            given: AtomicUsize::new(0),
            answers: sender,
        };
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(answer))
            .with_state(Arc::new(shared));
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let server = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("the stand-in serves");
        });
        Self {
            address: address.to_string(),
            answers,
            server,
        }
    }

    /// Host and port, as `AWS_LAMBDA_RUNTIME_API` has them.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The next answer.
    pub(crate) async fn answer(&mut self) -> Answer {
        self.answers.recv().await.expect("the stand-in keeps its end")
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let number = shared.given.fetch_add(1, Ordering::Relaxed);
    if number >= shared.invocations {
        // As between two requests of a quiet hour.
        std::future::pending::<()>().await;
    }
    let headers = [
        ("lambda-runtime-aws-request-id", number.to_string()),
        (
            "lambda-runtime-deadline-ms",
            u64::from(u32::MAX).to_string() + "000",
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:123456789012:function:measured".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, shared.event.clone())
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((_, outcome)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let answer = Answer {
        at: Instant::now(),
        is_response: outcome == "response",
        body,
    };
    shared.answers.send(answer).expect("somebody waits for answers");
    StatusCode::ACCEPTED
}
