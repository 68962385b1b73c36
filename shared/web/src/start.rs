//! How programs start: what all functions do before they answer, and what only a feature knows.

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use axum::Router;
use lambda_runtime::{LambdaEvent, service_fn};
use ui::Translations;

use crate::{Clock, Environment, Function, Settings, StartError, TokenVerifier, start_telemetry};

/// A feature that is ready to answer: its words for problems, and its routes.
pub type Feature = (Arc<Translations>, Router);

/// Runs a function behind the gateway until its environment ends. `feature` connects to what the feature needs, by the
/// environment's variables; the settings that every function has are read here.
///
/// # Errors
/// A setting is missing or cannot be right.
pub async fn serve(
    feature: impl AsyncFnOnce(&Environment, Clock) -> Result<Feature, StartError>,
) -> Result<(), StartError> {
    start_telemetry();
    let environment = Environment::of_process();
    let settings = Settings::read(&environment)?;
    let verifier = TokenVerifier::new(settings.session.clone(), Clock::System);
    let (translations, routes) = feature(&environment, Clock::System).await?;
    lambda_http::run(Function::new(settings, verifier, translations).wrap(routes)).await
}

/// Runs a function that a queue feeds until its environment ends: `jobs` connects to what the jobs need, `answer` does those
/// of a batch of messages.
///
/// # Errors
/// A setting is missing or cannot be right.
pub async fn serve_queue<J>(
    jobs: impl AsyncFnOnce(&Environment, Clock) -> Result<J, StartError>,
    answer: impl AsyncFn(&J, SqsEvent) -> SqsBatchResponse,
) -> Result<(), StartError> {
    start_telemetry();
    let jobs = jobs(&Environment::of_process(), Clock::System).await?;
    let (jobs, answer) = (&jobs, &answer);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| {
        // In a box, since the jobs of a feature are nested deeper than the compiler follows in one piece.
        Box::pin(async move { Ok::<_, StartError>(answer(jobs, event.payload).await) })
    }))
    .await
}
