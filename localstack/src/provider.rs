//! The user pool's provider Gosuslugi, made by API: the emulator's CloudFormation does not know the resource that
//! `infra/federation.yaml` declares for AWS. The settings are the same.

use serde_json::{Value, json};

use crate::{aws::Aws, options::Options};

const NAME: &str = "Gosuslugi";

/// Makes the provider, or brings the one there is up to date.
pub(crate) async fn ensure(
    aws: &Aws,
    options: &Options,
    pool: &str,
    client_secret: &str,
) -> anyhow::Result<()> {
    let settings = settings(options, pool, client_secret);
    let named = json!({ "UserPoolId": pool, "ProviderName": NAME });
    let existing = call(aws, "DescribeIdentityProvider", &named).await;
    match existing {
        Err(error) if error.to_string().contains("ResourceNotFoundException") => {
            call(aws, "CreateIdentityProvider", &settings).await?;
        }
        Err(error) => return Err(error),
        Ok(answer) if answer["IdentityProvider"]["ProviderDetails"] == settings["ProviderDetails"] => {}
        Ok(_) => {
            let mut update = settings;
            if let Some(fields) = update.as_object_mut() {
                fields.remove("ProviderType");
            }
            call(aws, "UpdateIdentityProvider", &update).await?;
        }
    }
    Ok(())
}

async fn call(aws: &Aws, action: &str, body: &Value) -> anyhow::Result<Value> {
    aws.call(
        "cognito-idp",
        &format!("AWSCognitoIdentityProviderService.{action}"),
        body,
    )
    .await
}

fn settings(options: &Options, pool: &str, client_secret: &str) -> Value {
    let browser = format!("{}/gosuslugi", options.public_origin());
    // The user pool itself asks by number: it need not look up the name.
    let server = format!("http://127.0.0.1:{}/gosuslugi", options.ports.edge);
    json!({
        "UserPoolId": pool,
        "ProviderName": NAME,
        "ProviderType": "OIDC",
        "ProviderDetails": {
            "client_id": "cognito",
            "client_secret": client_secret,
            "attributes_request_method": "GET",
            "authorize_scopes": "openid",
            "oidc_issuer": browser,
            "authorize_url": format!("{browser}/authorize"),
            "token_url": format!("{server}/token"),
            "attributes_url": format!("{server}/userinfo"),
            "jwks_uri": format!("{server}/jwks.json"),
        },
        "AttributeMapping": { "username": "sub" },
    })
}
