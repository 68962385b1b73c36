//! The simulator's pages: plain HTML that works without JavaScript.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::Persona;

/// The pages load their own style sheet and nothing else. There is no `form-action`: browsers apply it to every redirect
/// after the form, and the way back leads through other origins.
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

#[derive(Template)]
#[template(path = "choice.html")]
struct ChoicePage<'a> {
    request: &'a str,
    personas: &'a [Persona],
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    heading: &'a str,
    text: &'a str,
}

/// The sign-in page with everyone who can sign in.
pub(crate) fn choice(request: &str, personas: &[Persona]) -> Response {
    html(StatusCode::OK, ChoicePage { request, personas }.render())
}

/// A page that says one thing.
pub(crate) fn message(status: StatusCode, heading: &str, text: &str) -> Response {
    html(status, MessagePage { heading, text }.render())
}

/// The page of a refusal that must not be sent back to the system.
pub(crate) fn refusal(status: StatusCode, text: &str) -> Response {
    message(status, "Войти не удалось", text)
}

/// The style sheet of the pages.
pub(crate) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, include_str!("../templates/style.css")).into_response()
}

fn html(status: StatusCode, page: askama::Result<String>) -> Response {
    match page {
        Ok(page) => {
            let headers = [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, "no-store"),
                (header::REFERRER_POLICY, "no-referrer"),
            ];
            (status, headers, Html(page)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
