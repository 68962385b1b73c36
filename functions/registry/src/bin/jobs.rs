//! The registry's jobs: carries out imports of bundles from its queue.

use registry::import::{Clients, Jobs, answer};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve_queue(
        async |environment, clock| Jobs::new(environment, Clients::connect().await, clock),
        answer,
    )
    .await
}
