//! What a page needs of the request, and how it is sent.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use model::{Actor, Role};
use ui::{Frame, Locale, Texts, Viewer};

use crate::{Problem, cookies, function::Shared};

/// The reader's language, chosen role and address: what the frame is made of.
#[derive(Debug, Clone)]
pub struct PageContext {
    /// The language.
    pub locale: Locale,
    /// Path and query.
    pub path: String,
    role: Option<Role>,
    name: String,
    shared: Option<Arc<Shared>>,
}

impl PageContext {
    /// The frame of a page of that title.
    pub fn frame<'a>(
        &'a self,
        texts: Texts<'a>,
        title: impl Into<String>,
        actor: Option<&Actor>,
    ) -> Frame<'a> {
        Frame {
            texts,
            title: title.into(),
            path: self.path.clone(),
            assets: self.shared.as_ref().map_or("", |shared| &shared.settings.assets),
            viewer: actor.and_then(|actor| Viewer::new(self.name.clone(), &actor.roles, self.role)),
            notice: None,
        }
    }

    /// The role as which the reader looks at pages.
    pub fn role(&self, actor: &Actor) -> Option<Role> {
        Viewer::new(String::new(), &actor.roles, self.role).map(|viewer| viewer.role)
    }
}

impl<S: Sync> FromRequestParts<S> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self {
            locale: locale(parts),
            path: parts
                .uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            role: cookies::read(&parts.headers, cookies::ROLE).and_then(|role| role.parse().ok()),
            name: cookies::read(&parts.headers, cookies::NAME).unwrap_or_default(),
            shared: parts.extensions.get::<Arc<Shared>>().cloned(),
        })
    }
}

/// The language that the reader chose, or else the one that the browser asks for.
pub(crate) fn locale(parts: &Parts) -> Locale {
    cookies::read(&parts.headers, cookies::LANGUAGE)
        .and_then(|language| language.parse().ok())
        .or_else(|| {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Some(Locale::accepted(header))
        })
        .unwrap_or_default()
}

/// A page.
pub fn html<T: askama::Template>(page: &T) -> Result<Response, Problem> {
    let text = page.render().map_err(Problem::unavailable)?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// A file that the browser keeps. Its name is of Latin letters, digits, dots and hyphens, which every browser takes.
pub fn download(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// "See there": after a form was taken, or on the way to sign in.
pub fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)], ()).into_response()
}
