//! Downloads from a bucket.

use aws_sdk_s3::{
    Client,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
};
use store::{Bucket, DownloadError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

fn bucket(endpoint: &str) -> Bucket {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(endpoint)
        .build();
    Bucket::new(&Client::from_conf(config), "files")
}

async fn storage(answer: ResponseTemplate) -> MockServer {
    let storage = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/files/a/key"))
        .respond_with(answer)
        .mount(&storage)
        .await;
    storage
}

#[tokio::test]
async fn an_object_is_given_whole_or_not_at_all() {
    let storage = storage(ResponseTemplate::new(200).set_body_string("0123456789")).await;
    let bucket = bucket(&storage.uri());
    assert_eq!(
        bucket.download("a/key", 10).await.expect("the object"),
        b"0123456789"
    );
    let found = bucket.download("a/key", 9).await;
    assert!(matches!(found, Err(DownloadError::TooLarge)), "{found:?}");
}

#[tokio::test]
async fn what_is_not_there_is_told_from_what_cannot_be_had_now() {
    let body = "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>";
    let gone = storage(ResponseTemplate::new(404).set_body_string(body)).await;
    let found = bucket(&gone.uri()).download("a/key", 10).await;
    assert!(matches!(found, Err(DownloadError::Missing)), "{found:?}");
    let broken = storage(ResponseTemplate::new(500)).await;
    let found = bucket(&broken.uri()).download("a/key", 10).await;
    assert!(matches!(found, Err(DownloadError::Unavailable(_))), "{found:?}");
}

#[tokio::test]
async fn a_store_that_does_not_say_the_size_cannot_fill_the_memory() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.expect("a request");
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).await.expect("a head");
        // Without an end: only a reader who stops by itself comes to an answer.
        while stream.write_all(b"5\r\nhello\r\n").await.is_ok() {}
    });
    let found = bucket(&endpoint).download("a/key", 10).await;
    assert!(matches!(found, Err(DownloadError::TooLarge)), "{found:?}");
    server.await.expect("the reader hung up");
}
