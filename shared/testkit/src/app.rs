//! Requests to a router without a network.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use model::Actor;
use serde_json::Value;
use tower::ServiceExt;
use ui::Translations;
use web::{Function, SessionSettings, Settings};

use crate::Sessions;

/// The public origin in tests.
pub const ORIGIN: &str = "http://localhost:8080";
/// The issuer of tokens in tests.
pub const ISSUER: &str = "https://issuer.test/pool";
/// The app client in tests.
pub const CLIENT_ID: &str = "client";

impl Sessions {
    /// The feature's router wrapped as in production.
    pub fn serve(&self, feature: Router, translations: Arc<Translations>) -> Router {
        let settings = Settings {
            origin: ORIGIN.to_owned(),
            assets: "/assets/test".to_owned(),
            session: SessionSettings {
                issuer: ISSUER.to_owned(),
                jwks_url: "http://127.0.0.1:9/".to_owned(),
                client_id: CLIENT_ID.to_owned(),
            },
        };
        Function::new(settings, self.verifier(), translations).wrap(feature)
    }
}

/// A request under construction.
#[derive(Debug)]
pub struct Call {
    request: axum::http::request::Builder,
    body: Body,
}

impl Call {
    /// A request with a method and a path.
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            request: Request::builder().method(method).uri(path),
            body: Body::empty(),
        }
    }

    /// A GET.
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// With the actor's token, as a program sends it.
    #[must_use]
    pub fn bearer(self, sessions: &Sessions, actor: &Actor) -> Self {
        let token = sessions.token(actor);
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// With the actor's session cookie, as a browser on our own page sends it.
    #[must_use]
    pub fn session(self, sessions: &Sessions, actor: &Actor) -> Self {
        let token = sessions.token(actor);
        self.header("cookie", &format!("__Host-session={token}"))
            .header("origin", ORIGIN)
            .page()
    }

    /// With one more cookie, its value as an answer set it.
    #[must_use]
    pub fn cookie(self, name: &str, value: &str) -> Self {
        self.header("cookie", &format!("{name}={value}"))
    }

    /// Asking for a page.
    #[must_use]
    pub fn page(self) -> Self {
        self.header("accept", "text/html,*/*;q=0.8")
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = Body::from(body.to_string());
        self.header("content-type", "application/json")
    }

    /// With a form's body, already encoded.
    #[must_use]
    pub fn form(mut self, body: &str) -> Self {
        self.body = Body::from(body.to_owned());
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// With any body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it.
    pub async fn send(self, service: &Router) -> Answer {
        let request = self.request.body(self.body).expect("a complete request");
        let response = service
            .clone()
            .oneshot(request)
            .await
            .expect("a router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body is read").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("a JSON body")
    }

    /// Where it sends to.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The value of a cookie that it sets, as it stands in the header.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        set.filter_map(|value| value.to_str().ok()?.split_once(';')?.0.split_once('='))
            .find(|(set, _)| *set == name)
            .map(|(_, value)| value.to_owned())
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}
