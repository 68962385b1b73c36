//! Who asks.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use model::{Actor, PersonId};

use crate::{Problem, Session, TokenError, TokenVerifier, cookies, function::Shared};

/// The person whose session or token came with the request. A route that takes it is closed to everybody else.
#[derive(Debug, Clone)]
pub struct CurrentUser(pub Actor);

/// Where the extractor leaves the person for the access line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen(pub(crate) Arc<OnceLock<PersonId>>);

/// The same person, with the session: for what asks how long ago they signed in.
#[derive(Debug, Clone)]
pub struct CurrentSession(pub Session);

impl<S: Sync> FromRequestParts<S> for CurrentUser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let CurrentSession(session) = CurrentSession::from_request_parts(parts, state).await?;
        Ok(Self(session.actor))
    }
}

impl<S: Sync> FromRequestParts<S> for CurrentSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let token = bearer(parts).or_else(|| cookies::read(&parts.headers, cookies::SESSION));
        let token = token.ok_or_else(Problem::unauthenticated)?;
        let shared = parts
            .extensions
            .get::<Arc<Shared>>()
            .cloned()
            .ok_or_else(|| Problem::unavailable("the router is not wrapped by web::Function"))?;
        match shared.verifier.verify_session(&token).await {
            Ok(session) => {
                if let Some(seen) = parts.extensions.get::<Seen>() {
                    // A second extraction in one request sees the same person.
                    let _ = seen.0.set(session.actor.person);
                }
                Ok(Self(session))
            }
            Err(TokenError::Invalid) => Err(Problem::unauthenticated()),
            Err(error @ TokenError::Keys(_)) => Err(Problem::unavailable(error)),
        }
    }
}

/// The function's verifier, for the routes that get new tokens from the identity provider.
#[derive(Debug, Clone)]
pub struct NewTokens(Arc<Shared>);

impl NewTokens {
    /// What decides whether a token is good.
    pub fn verifier(&self) -> &TokenVerifier {
        &self.0.verifier
    }
}

impl<S: Sync> FromRequestParts<S> for NewTokens {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let shared = parts.extensions.get::<Arc<Shared>>().cloned();
        shared
            .map(Self)
            .ok_or_else(|| Problem::unavailable("the router is not wrapped by web::Function"))
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}
