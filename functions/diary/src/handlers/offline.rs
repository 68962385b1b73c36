//! What lets the last seen week of a child be read without a network: the worker that keeps it in the browser.
//!
//! The worker is asked for by `diary-offline.js`. It keeps one page of each child, under the reader's pseudonym, and shows it
//! only when the network fails. At a sign-out and at a sign-in it forgets all of them, without asking the server. A page that
//! came for another reader makes it forget those of the one before.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use model::PersonId;

/// The worker itself. It stands under the diary and not among the assets, whose path changes with every version and which
/// come without the header that widens its reach.
const WORKER: &str = include_str!("../../assets/worker.js");

/// Tells the worker whose the page is.
const READER: HeaderName = HeaderName::from_static("diary-reader");

/// The header by which the worker knows whose page it keeps.
pub(crate) fn of_reader(reader: PersonId) -> [(HeaderName, HeaderValue); 1] {
    // An id is of letters, digits and an underscore; without a value the worker keeps nothing.
    let value = HeaderValue::try_from(reader.to_string()).unwrap_or(HeaderValue::from_static(""));
    [(READER, value)]
}

pub(crate) async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // It is the same for everybody. Browsers ask for a worker with every page unless it may be kept; a day is the most.
        (header::CACHE_CONTROL, "public, max-age=86400"),
        // Besides the diary it hears of sign-outs and sign-ins, which are under /identity/.
        (HeaderName::from_static("service-worker-allowed"), "/"),
    ];
    (headers, WORKER).into_response()
}
