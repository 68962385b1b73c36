//! The registry function.

use std::sync::Arc;

use registry::{App, Clients};
use web::{Clock, Environment, Function, Settings, StartError, TokenVerifier};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let environment = Environment::of_process();
    let settings = Settings::read(&environment)?;
    let config = store::sdk_config().await;
    let clients = Clients {
        database: store::connect(&config),
        objects: aws_sdk_s3::Client::new(&config),
        queues: aws_sdk_sqs::Client::new(&config),
    };
    let app = App::new(&environment, &clients, Clock::System)?;
    let verifier = TokenVerifier::new(settings.session.clone(), Clock::System);
    let translations = Arc::clone(&app.translations);
    web::run(Function::new(settings, verifier, translations).wrap(registry::router(app))).await
}
