//! The key pair of a system, the signer before it, and which of its kinds the simulator takes.

use axum::http::StatusCode;
use esia::{Config, ConfigError, Credentials, OpenSsl, SignatureKind, System, TokenKey};

use crate::client::{CLIENT_ID, REDIRECT, World};

#[tokio::test]
async fn the_rsa_stand_in_is_taken_in_development_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let kind = SignatureKind::RsaStandIn;
    let credentials = Credentials::load_or_create(OpenSsl::default(), kind, folder.path())
        .await
        .expect("credentials");
    let system = System {
        client_id: CLIENT_ID.to_owned(),
        certificate: credentials.certificate().to_vec(),
        signature: kind,
        redirect_uris: vec![REDIRECT.to_owned()],
        logout_urls: Vec::new(),
        scopes: vec!["openid".to_owned()],
        confirmed_only: false,
    };
    let key = TokenKey::generate().expect("a key");
    let mut config = Config::new("http://localhost:8091", key, vec![system], Vec::new());
    assert!(matches!(
        esia::router(config.clone()).await,
        Err(ConfigError::StandIn(_))
    ));
    config.development = true;
    assert!(esia::router(config).await.is_ok());
    let signature = credentials.sign(b"text").await.expect("a signature");
    let openssl = OpenSsl::default();
    let public = openssl
        .public_key(kind, credentials.certificate())
        .await
        .expect("a key");
    assert!(
        openssl
            .verify(kind, &public, b"text", &signature)
            .await
            .expect("an answer")
    );
    assert!(
        !openssl
            .verify(kind, &public, b"other", &signature)
            .await
            .expect("an answer")
    );
}

#[tokio::test]
async fn the_local_signer_answers_raw_signature_bytes() {
    use axum::{body::Body, http::Request};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let world = World::new().await;
    let request = Request::post("/sign")
        .body(Body::from("text"))
        .expect("a request");
    let answer = esia::signer(world.credentials.clone())
        .oneshot(request)
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let signature = answer.into_body().collect().await.expect("a body").to_bytes();
    let kind = world.credentials.kind();
    let openssl = OpenSsl::default();
    let public = openssl
        .public_key(kind, world.credentials.certificate())
        .await
        .expect("a key");
    assert!(
        openssl
            .verify(kind, &public, b"text", &signature)
            .await
            .expect("an answer")
    );
}
