//! A function: a feature's router with all that surrounds it.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderMap, Method, Uri, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use lambda_http::request::RequestContext;
use tower_http::{CompressionLevel, compression::CompressionLayer};
use ui::Translations;

use crate::{
    Problem, Settings, TokenVerifier, headers, origin, page, problem, telemetry::AccessLine, user::Seen,
};

/// The largest body that a function takes: forms and JSON. Files never pass through functions.
const LARGEST_BODY: usize = 256 * 1024;

/// What the layers and extractors of one function share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) verifier: TokenVerifier,
    pub(crate) translations: Arc<Translations>,
}

/// What surrounds a feature's router.
#[derive(Debug)]
pub struct Function {
    shared: Arc<Shared>,
}

impl Function {
    /// The surroundings by the settings, with the feature's words for its problems.
    pub fn new(settings: Settings, verifier: TokenVerifier, translations: Arc<Translations>) -> Self {
        Self {
            shared: Arc::new(Shared {
                settings,
                verifier,
                translations,
            }),
        }
    }

    /// The complete service: what the gateway calls, and what tests call in its place.
    pub fn wrap(self, feature: Router) -> Router {
        feature
            .fallback(|| async { Problem::not_found() })
            .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .layer(from_fn_with_state(self.shared, surround))
            // Here and not at the CDN, which compresses only what it may keep; the gateway compresses nothing.
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
    }
}

/// What must be known of a request after it is gone.
struct Facts {
    method: Method,
    uri: Uri,
    route: String,
    request_id: String,
    wants_page: bool,
    locale: ui::Locale,
    form: Bytes,
}

async fn surround(
    axum::extract::State(shared): axum::extract::State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let started = std::time::Instant::now();
    let (mut parts, body) = request.into_parts();
    let seen = Seen::default();
    parts.extensions.insert(Arc::clone(&shared));
    parts.extensions.insert(seen.clone());
    let mut facts = Facts {
        route: parts
            .extensions
            .get::<MatchedPath>()
            .map_or("none", MatchedPath::as_str)
            .to_owned(),
        request_id: request_id(&parts.extensions),
        wants_page: wants_page(&parts.uri, &parts.headers),
        locale: page::locale(&parts),
        form: Bytes::new(),
        method: parts.method.clone(),
        uri: parts.uri.clone(),
    };
    let cross_site = origin::is_cross_site(&parts.method, &parts.headers, &shared.settings.origin);
    let is_form = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let (response, capacity) = store::metered(async {
        // The runtime has the body in memory already; one byte more than the limit is enough to refuse it.
        let Ok(body) = to_bytes(body, LARGEST_BODY + 1).await else {
            return Problem::too_large().into_response();
        };
        if body.len() > LARGEST_BODY {
            return Problem::too_large().into_response();
        }
        if cross_site {
            return Problem::cross_site().into_response();
        }
        if is_form {
            facts.form = body.clone();
        }
        next.run(Request::from_parts(parts, Body::from(body))).await
    })
    .await;
    let mut response = finished(response, &facts, &shared);
    headers::complete(response.headers_mut());
    AccessLine {
        request_id: &facts.request_id,
        method: facts.method.as_str(),
        route: &facts.route,
        status: response.status().as_u16(),
        actor: seen.0.get().map(ToString::to_string),
        milliseconds: started.elapsed().as_secs_f64() * 1_000.0,
        capacity,
    }
    .write();
    response
}

fn finished(mut response: Response, facts: &Facts, shared: &Shared) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let path = facts.uri.path_and_query().map_or("/", |path| path.as_str());
    let asked = problem::Asked {
        method: &facts.method,
        path,
        wants_page: facts.wants_page,
        locale: facts.locale,
        request_id: &facts.request_id,
        form: form_fields(&facts.form),
    };
    problem::render(&problem, asked, &shared.translations, &shared.settings.assets)
}

fn form_fields(form: &Bytes) -> Vec<(String, String)> {
    std::str::from_utf8(form)
        .ok()
        .and_then(|text| serde_urlencoded::from_str(text).ok())
        .unwrap_or_default()
}

/// The API and programs get JSON; whoever can show a page gets one.
fn wants_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .unwrap_or_default();
    !uri.path().starts_with("/api/") && accepts.contains("text/html")
}

/// The gateway's own number of the request; people are shown it and logs can be searched for it.
fn request_id(extensions: &axum::http::Extensions) -> String {
    match extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone().unwrap_or_default(),
        _ => "none".to_owned(),
    }
}
