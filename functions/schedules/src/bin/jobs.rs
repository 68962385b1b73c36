//! The jobs of the schedules: imports, publications and generations of timetables, fed by their queue.

use schedules::import::{Jobs, answer};
use web::StartError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    web::serve_queue(
        async |environment, clock| {
            let config = store::sdk_config().await;
            let (database, objects) = (store::connect(&config), aws_sdk_s3::Client::new(&config));
            Jobs::new(environment, &database, &objects, clock)
        },
        answer,
    )
    .await
}
