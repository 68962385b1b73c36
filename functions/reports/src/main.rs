//! The reports as a function: see the library for what it does.

use std::sync::Arc;

use reports::{App, router};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve(async |environment, clock| {
        let config = store::sdk_config().await;
        let app = App::new(environment, &store::connect(&config), clock)?;
        let app = app.with_queue(environment, aws_sdk_sqs::Client::new(&config))?;
        Ok((Arc::clone(&app.translations), router(app)))
    })
    .await
}
