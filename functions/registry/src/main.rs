//! The registry function.

use std::sync::Arc;

use registry::{App, Clients, router};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve(async |environment, clock| {
        let app = App::new(environment, &Clients::connect().await, clock)?;
        Ok((Arc::clone(&app.translations), router(app)))
    })
    .await
}
