//! The jobs of the schedules: imports of timetables, fed by their queue.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, service_fn};
use schedules::import::{Jobs, answer};
use web::{Clock, Environment, StartError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let config = store::sdk_config().await;
    // Names of buckets in paths: every S3-compatible service takes them, not every one has names in its domain.
    let bundles = aws_sdk_s3::config::Builder::from(&config)
        .force_path_style(true)
        .build();
    let bundles = aws_sdk_s3::Client::from_conf(bundles);
    let jobs = Jobs::new(
        &Environment::of_process(),
        &store::connect(&config),
        bundles,
        Clock::System,
    )?;
    let jobs = &jobs;
    lambda_runtime::run(service_fn(|event: LambdaEvent<SqsEvent>| async move {
        Ok::<_, StartError>(answer(jobs, event.payload).await)
    }))
    .await
}
