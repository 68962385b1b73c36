//! The bridge as a function: see the library for what it does.

use gosuslugi::{App, service};
use web::{Clock, Environment, StartError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::start_telemetry();
    let environment = Environment::of_process();
    let database = store::connect(&store::sdk_config().await);
    let app = App::new(&environment, database, Clock::System)?;
    web::run(service(&environment, app)?).await
}
