//! What goes wrong, as people and programs are told of it (RFC 9457).
//!
//! A handler returns a [`Problem`]; the layer in [`render`] turns it into `application/problem+json` or a page in the
//! reader's language, or sends a visitor without a session to sign in. Causes are logged there, once, and never sent.

use std::{borrow::Cow, sync::Arc};

use axum::{
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::StoreError;
use ui::{Frame, Locale, ProblemPage, Resend, Translations};

/// The name of the problem that a new sign-in solves, as in `problem-<code>`.
const FRESH_SIGN_IN: &str = "fresh_sign_in_needed";
/// Where a person signs in anew; `return_to` names the page to come back to.
const SIGN_IN: &str = "/identity/sign-in?anew=1";

/// Something that went wrong with a request. Boxed: it travels in every `Result` of every handler.
#[derive(Debug, Clone)]
pub struct Problem(Box<Details>);

#[derive(Debug, Clone)]
struct Details {
    status: StatusCode,
    code: Cow<'static, str>,
    fields: Vec<FieldProblem>,
    extra: Map<String, Value>,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name in the request.
    pub field: Cow<'static, str>,
    /// What is wrong: the message `problem-field-<code>` says it in words.
    pub code: Cow<'static, str>,
}

impl Problem {
    fn new(status: StatusCode, code: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Details {
            status,
            code: code.into(),
            fields: vec![],
            extra: Map::new(),
            cause: None,
        }))
    }

    /// No session, or one that has ended.
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated")
    }

    /// The thing is known to the actor, the action is not theirs.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    /// The action is theirs, but not with a session that may have been left open: a new sign-in is asked for, as a second
    /// factor. What was sent can be sent again after it.
    pub fn fresh_sign_in_needed() -> Self {
        Self::new(StatusCode::FORBIDDEN, FRESH_SIGN_IN).with("sign_in", SIGN_IN)
    }

    /// The change was asked for by a page of another site.
    pub fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "cross_site")
    }

    /// No such thing, or none that the actor may know of.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// The route exists for other methods.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
    }

    /// Somebody else was first. `code` names the conflict, as in `problem-<code>`.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }

    /// A change without a version to base it on.
    pub fn precondition_required() -> Self {
        Self::new(StatusCode::PRECONDITION_REQUIRED, "precondition_required")
    }

    /// The body is larger than the route takes.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    }

    /// A request that cannot be read at all: `invalid_json`, `invalid_form`.
    pub fn unreadable(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// A request that was read and whose value is not acceptable; `code` says which, as in `problem-<code>`.
    pub fn unacceptable(code: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
    }

    /// A field whose value is not acceptable.
    pub fn invalid(field: impl Into<Cow<'static, str>>) -> Self {
        let field = field.into();
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_field(field.clone(), field)
    }

    /// A failure that is ours.
    pub fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
        problem.0.cause = Some(Arc::from(cause.into()));
        problem
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn with_field(
        mut self,
        field: impl Into<Cow<'static, str>>,
        code: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.0.fields.push(FieldProblem {
            field: field.into(),
            code: code.into(),
        });
        self
    }

    /// Adds a member to the problem's JSON: for example what stands now, at a conflict.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.0.extra.insert(
            name.to_owned(),
            serde_json::to_value(value).unwrap_or(Value::Null),
        );
        self
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable name of the problem.
    pub fn code(&self) -> &str {
        &self.0.code
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(_) => Self::conflict("conflict"),
            error => Self::unavailable(error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What rendering a problem needs to know of the request.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) wants_page: bool,
    pub(crate) locale: Locale,
    pub(crate) request_id: &'a str,
    pub(crate) form: Vec<(String, String)>,
}

/// The answer that tells of a problem.
pub(crate) fn render(
    problem: &Problem,
    asked: Asked<'_>,
    translations: &Translations,
    assets: &str,
) -> Response {
    if let Some(cause) = &problem.0.cause {
        let cause = crate::causes(cause.as_ref());
        tracing::error!(request_id = asked.request_id, code = %problem.0.code, cause, "request failed");
    }
    let signs_in = problem.0.status == StatusCode::UNAUTHORIZED;
    if !asked.wants_page {
        return as_json(problem, &asked, translations);
    }
    if signs_in && matches!(*asked.method, Method::GET | Method::HEAD) {
        return crate::see_other(&format!(
            "/identity/refresh?return_to={}",
            percent_encoded(asked.path)
        ));
    }
    as_page(problem, asked, translations, assets)
}

fn words(problem: &Problem, locale: Locale, translations: &Translations) -> (String, String) {
    let texts = translations.of(locale);
    let kind = match problem.0.status {
        StatusCode::CONFLICT => "conflict",
        StatusCode::UNPROCESSABLE_ENTITY => "invalid",
        _ => "unavailable",
    };
    let find = |suffix: &str| {
        texts
            .find(&format!("problem-{}{suffix}", problem.0.code), &[])
            .unwrap_or_else(|| texts.get(&format!("problem-{kind}{suffix}")))
    };
    (find("-title"), find(""))
}

fn as_json(problem: &Problem, asked: &Asked<'_>, translations: &Translations) -> Response {
    let (title, detail) = words(problem, asked.locale, translations);
    let mut body = problem.0.extra.clone();
    body.insert("type".to_owned(), json!(format!("/problems/{}", problem.0.code)));
    body.insert("title".to_owned(), json!(title));
    body.insert("status".to_owned(), json!(problem.0.status.as_u16()));
    body.insert("detail".to_owned(), json!(detail));
    body.insert("code".to_owned(), json!(problem.0.code));
    body.insert("request_id".to_owned(), json!(asked.request_id));
    if !problem.0.fields.is_empty() {
        body.insert("fields".to_owned(), json!(problem.0.fields));
    }
    let kind = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (problem.0.status, kind, Value::Object(body).to_string()).into_response()
}

fn as_page(problem: &Problem, asked: Asked<'_>, translations: &Translations, assets: &str) -> Response {
    let texts = translations.of(asked.locale);
    let (title, detail) = words(problem, asked.locale, translations);
    let fields = problem
        .0
        .fields
        .iter()
        .filter_map(|field| texts.find(&format!("problem-field-{}", field.code), &[]))
        .collect();
    let is_anew = problem.code() == FRESH_SIGN_IN;
    let signs_in = problem.0.status == StatusCode::UNAUTHORIZED || is_anew;
    let page = ProblemPage {
        frame: Frame {
            texts,
            title: title.clone(),
            path: asked.path.to_owned(),
            assets,
            viewer: None,
            notice: None,
        },
        title,
        detail,
        fields,
        request_id: asked.request_id.to_owned(),
        way_out: ("/".to_owned(), texts.get("problem-way-home")),
        resend: signs_in.then(|| Resend {
            action: asked.path.to_owned(),
            fields: asked.form,
            is_anew,
        }),
    };
    match crate::html(&page) {
        Ok(response) => (problem.0.status, response).into_response(),
        Err(_) => problem.0.status.into_response(),
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
