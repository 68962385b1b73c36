//! The jobs of the reports: those of whole institutions, fed by their queue.

use reports::{Jobs, answer};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve_queue(
        async |environment, clock| {
            let database = store::connect(&store::sdk_config().await);
            Jobs::new(environment, &database, clock)
        },
        answer,
    )
    .await
}
