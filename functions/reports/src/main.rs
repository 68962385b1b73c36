//! The reports as a function: see the library for what it does.

use std::sync::Arc;

use reports::{App, router};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve(async |environment, clock| {
        let database = store::connect(&store::sdk_config().await);
        let app = App::new(environment, &database, clock)?;
        Ok((Arc::clone(&app.translations), router(app)))
    })
    .await
}
