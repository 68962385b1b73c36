//! The stand-in for the CDN that `infra/edge.yaml` describes: one public URL. Static files and the description of the API
//! come from S3, everything else from the gateway.
//!
//! Like the CDN it turns the session cookie into an `Authorization` header on `/api/*`, where the gateway's authorizer
//! looks for it, adds security headers that an answer does not have, and compresses static files. Like the gateway it
//! refuses bodies over 10 MB, which the emulator does not.

use std::sync::Arc;

use anyhow::Context;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri,
        header::{self, AUTHORIZATION, COOKIE, HOST},
    },
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tower_http::compression::{
    CompressionLayer,
    predicate::{DefaultPredicate, NotForContentType, Predicate},
};

use crate::options::Options;

/// What API Gateway takes at most.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// The cookie that `functions/identity` keeps the access token in.
const SESSION_COOKIE: &str = "__Host-session";

/// The same as the response headers policy of `infra/edge.yaml`; what an answer has already is left as it is.
const SECURITY_HEADERS: [(&str, &str); 4] = [
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains; preload",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
];

/// Headers that belong to one connection and are not passed on.
const HOP_BY_HOP: [&str; 7] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Where answers come from.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    /// Id of the API at the gateway.
    pub(crate) gateway: String,
    /// Bucket of the static files.
    pub(crate) assets: String,
}

struct Edge {
    client: Client<HttpConnector, Body>,
    emulator: u16,
    gateway_host: HeaderValue,
    assets: String,
}

/// Serves the public URL.
pub(crate) async fn serve(options: &Options, origins: &Origins) -> anyhow::Result<JoinHandle<()>> {
    let port = options.ports.emulator;
    let edge = Arc::new(Edge {
        client: Client::builder(TokioExecutor::new()).build_http(),
        emulator: port,
        gateway_host: HeaderValue::from_str(&format!("{}.execute-api.localhost:{port}", origins.gateway))
            .context("the gateway's id is no host name")?,
        assets: origins.assets.clone(),
    });
    let listener = TcpListener::bind(("127.0.0.1", options.ports.edge)).await?;
    Ok(tokio::spawn(async move {
        // It ends only with an error of the listener, which the next request to it shows.
        let _ = axum::serve(listener, router(edge)).await;
    }))
}

fn router(edge: Arc<Edge>) -> Router {
    let worth = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    Router::new()
        .route("/assets/{*path}", get(file))
        .route("/api/openapi.json", get(file))
        .layer(CompressionLayer::new().gzip(true).compress_when(worth))
        .fallback(gateway)
        .layer(from_fn(add_security_headers))
        .with_state(edge)
}

/// A static file.
async fn file(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let path = format!("/{}{}", edge.assets, request.uri().path());
    let mut headers = HeaderMap::new();
    for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE, header::RANGE] {
        if let Some(value) = request.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    edge.send(request.method().clone(), &path, headers, Body::empty())
        .await
}

/// Everything else.
async fn gateway(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return too_large();
    };
    if parts.uri.path().starts_with("/api/") {
        authorize(&mut parts.headers);
    }
    parts.headers.insert(HOST, edge.gateway_host.clone());
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    edge.send(parts.method, path, parts.headers, Body::from(body))
        .await
}

impl Edge {
    async fn send(&self, method: Method, path: &str, mut headers: HeaderMap, body: Body) -> Response {
        for name in HOP_BY_HOP {
            headers.remove(name);
        }
        headers.remove(header::CONTENT_LENGTH);
        let Ok(uri) = Uri::try_from(format!("http://127.0.0.1:{}{path}", self.emulator)) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        match self.client.request(request).await {
            Ok(answer) => {
                let mut answer = answer.map(Body::new);
                for name in HOP_BY_HOP {
                    answer.headers_mut().remove(name);
                }
                answer
            }
            Err(_) => (StatusCode::BAD_GATEWAY, "the emulator does not answer\n").into_response(),
        }
    }
}

/// As API Gateway words it.
fn too_large() -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        json,
        r#"{"message":"Request Entity Too Large"}"#,
    )
        .into_response()
}

/// The session cookie as `Authorization`, unless the request has one.
fn authorize(headers: &mut HeaderMap) {
    if headers.contains_key(AUTHORIZATION) {
        return;
    }
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let token = pairs
        .filter(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, token)| token.to_owned())
        .next();
    if let Some(value) = token.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok()) {
        headers.insert(AUTHORIZATION, value);
    }
}

async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    for (name, value) in SECURITY_HEADERS {
        let name = HeaderName::from_static(name);
        answer
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn the_session_cookie_becomes_a_bearer_token() {
        let mut headers = headers(&[("cookie", "theme=dark; __Host-session=abc.def; x=1")]);
        authorize(&mut headers);
        assert_eq!(headers[AUTHORIZATION], "Bearer abc.def");
    }

    #[test]
    fn a_token_of_the_request_itself_wins() {
        let mut headers = headers(&[
            ("cookie", "__Host-session=cookie"),
            ("authorization", "Bearer own"),
        ]);
        authorize(&mut headers);
        assert_eq!(headers[AUTHORIZATION], "Bearer own");
    }

    #[test]
    fn a_cookie_whose_name_only_ends_alike_is_not_taken() {
        let mut headers = headers(&[("cookie", "x__Host-session=abc")]);
        authorize(&mut headers);
        assert!(!headers.contains_key(AUTHORIZATION));
    }
}
