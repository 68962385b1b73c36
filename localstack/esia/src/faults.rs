//! Faults that tests order: the simulator then misbehaves as a real service or an attacker would.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::SharedSimulator;

/// At which step of a sign-in a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Authorization and the sign-in page.
    Authorize,
    /// Exchange of the code.
    Token,
    /// Requests for a person's data.
    Person,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Fault {
    /// The answer comes late.
    Slow {
        /// By how many milliseconds.
        millis: u64,
    },
    /// The answer is 500 with an HTML page.
    ServerError,
    /// The person is sent back with a code that was used before.
    ReplayedCode,
    /// The id_token is signed by a key that is not ESIA's.
    WrongSignature,
    /// The id_token names another issuer.
    WrongIssuer,
    /// The id_token is for another system.
    WrongAudience,
    /// The tokens expired yesterday.
    ExpiredToken,
    /// The id_token is another person's than the access token.
    ForeignSubject,
}

/// An order for faults: the body of `POST /control/faults`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct FaultOrder {
    /// Where.
    pub at: Step,
    /// What.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many times.
    pub times: u32,
}

/// The orders that are still to strike.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<FaultOrder>>);

impl Faults {
    /// Whether this fault strikes now; it is used up by one.
    pub(crate) fn strikes(&self, at: Step, fault: Fault) -> bool {
        self.take(|order| order.at == at && order.fault == fault)
            .is_some()
    }

    fn take(&self, wanted: impl Fn(&FaultOrder) -> bool) -> Option<Fault> {
        let mut orders = self.lock();
        let order = orders.iter_mut().find(|order| order.times > 0 && wanted(order))?;
        order.times -= 1;
        let fault = order.fault;
        orders.retain(|order| order.times > 0);
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<FaultOrder>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `POST /control/faults`: adds an order.
pub(crate) async fn order(
    State(simulator): State<SharedSimulator>,
    Json(order): Json<FaultOrder>,
) -> StatusCode {
    simulator.faults.lock().push(order);
    StatusCode::NO_CONTENT
}

/// `DELETE /control/faults`: forgets all orders.
pub(crate) async fn clear(State(simulator): State<SharedSimulator>) -> StatusCode {
    simulator.faults.lock().clear();
    StatusCode::NO_CONTENT
}

/// Delays or breaks any answer of ESIA's own paths, as ordered.
pub(crate) async fn strike(
    State(simulator): State<SharedSimulator>,
    request: Request,
    next: Next,
) -> Response {
    let step = match request.uri().path() {
        "/aas/oauth2/v3/te" => Step::Token,
        path if path.starts_with("/rs/") => Step::Person,
        path if path.starts_with("/aas/") || path.starts_with("/login") => Step::Authorize,
        _ => return next.run(request).await,
    };
    let general = |order: &FaultOrder| {
        order.at == step && matches!(order.fault, Fault::Slow { .. } | Fault::ServerError)
    };
    match simulator.faults.take(general) {
        Some(Fault::Slow { millis }) => {
            tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
            next.run(request).await
        }
        Some(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            axum::response::Html("<h1>500</h1>"),
        )
            .into_response(),
        None => next.run(request).await,
    }
}
