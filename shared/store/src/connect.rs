//! One client per environment, configured by the environment's own variables.

use aws_config::{BehaviorVersion, SdkConfig};

/// The SDK's configuration: region, credentials and endpoint overrides come from the standard `AWS_*` variables, so that
/// another cloud's DynamoDB- or S3-compatible service is a matter of deployment.
pub async fn sdk_config() -> SdkConfig {
    aws_config::load_defaults(BehaviorVersion::latest()).await
}

/// A database client.
pub fn connect(config: &SdkConfig) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(config)
}
