//! The diary function.

use std::sync::Arc;

use web::{Clock, Environment, Function, Settings, StartError, TokenVerifier};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let environment = Environment::of_process();
    let settings = Settings::read(&environment)?;
    let database = store::connect(&store::sdk_config().await);
    let app = diary::App::new(&environment, &database, Clock::System)?;
    let verifier = TokenVerifier::new(settings.session.clone(), Clock::System);
    let translations = Arc::clone(&app.translations);
    web::run(Function::new(settings, verifier, translations).wrap(diary::router(app))).await
}
