//! The registry's jobs: carries out imports of bundles from its queue.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, service_fn};
use registry::import::{Clients, Jobs, answer};
use web::{Clock, Environment, StartError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let config = store::sdk_config().await;
    // Names of buckets in paths: every S3-compatible service takes them, not every one has names in its domain.
    let objects = aws_sdk_s3::config::Builder::from(&config)
        .force_path_style(true)
        .build();
    let clients = Clients {
        database: store::connect(&config),
        objects: aws_sdk_s3::Client::from_conf(objects),
        queues: aws_sdk_sqs::Client::new(&config),
    };
    let jobs = Jobs::new(&Environment::of_process(), clients, Clock::System)?;
    let jobs = &jobs;
    let handler = service_fn(move |event: LambdaEvent<SqsEvent>| async move {
        Ok::<_, StartError>(answer(jobs, event.payload).await)
    });
    lambda_runtime::run(handler).await
}
