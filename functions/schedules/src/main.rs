//! The schedules as a function: see the library for what it does.

use std::sync::Arc;

use schedules::{App, router, translations};
use web::{Clock, Environment, Function, Settings, StartError, TokenVerifier};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let environment = Environment::of_process();
    let settings = Settings::read(&environment)?;
    let verifier = TokenVerifier::new(settings.session.clone(), Clock::System);
    let database = store::connect(&store::sdk_config().await);
    let app = App::new(&environment, &database, Clock::System)?;
    let function = Function::new(settings, verifier, Arc::new(translations()?));
    web::run(function.wrap(router(app))).await
}
