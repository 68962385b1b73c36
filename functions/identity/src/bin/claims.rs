//! The trigger that adds claims to tokens, as a function: see `identity::ClaimsIssuer`.

use std::sync::Arc;

use identity::ClaimsIssuer;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;
use web::{Clock, Environment, StartError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let database = store::connect(&store::sdk_config().await);
    let issuer = Arc::new(ClaimsIssuer::new(
        &Environment::of_process(),
        &database,
        Clock::System,
    )?);
    let answer = service_fn(move |event: LambdaEvent<Value>| {
        let issuer = Arc::clone(&issuer);
        async move {
            issuer.answer(event.payload).await.map_err(|error| {
                tracing::error!(cause = ?error, "no claims");
                StartError::from(error)
            })
        }
    });
    lambda_runtime::run(answer).await
}
