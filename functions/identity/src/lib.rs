//! Who is it: sign-in with Gosuslugi, the session, the profile, the choice of role and language, and the claims in tokens.
//!
//! 1. `/` shows the button; `/identity/sign-in` remembers state, nonce and PKCE verifier in the browser and goes to
//!    Cognito, which goes through the bridge to Gosuslugi. With `anew=1` it asks for a new sign-in (`prompt=login`), and the way
//!    back takes none that is older than the request: see `Attempt::is_met_by`.
//! 2. `/identity/callback` exchanges the code, holds the tokens against what was remembered and sets the cookies: the
//!    session (the access token, an hour), the refresh token (only `/identity` gets it, a school day), the name to show.
//! 3. A page that meets an expired session sends the browser to `/identity/refresh`, which comes back with a new one.
//! 4. `/identity/sign-out` ends the session here and leads on to end it at Cognito and at Gosuslugi: see
//!    `handlers/sign_out.rs`.
//! 5. The second binary, `identity-claims`, is Cognito's trigger that puts the person and the roles into tokens: see
//!    [`ClaimsIssuer`]. An access token that has been issued opens pages until it expires, after a sign-out elsewhere too.
//!
//! There are no access policies here: every route is either for anybody or about the person of the session, and no request
//! can name another person.
//!
//! | access pattern | key condition | round trips | capacity |
//! |---|---|---|---|
//! | first page, begin, renew, sign out, choices | none | 0 | 0 |
//! | end of a sign-in: the name | registry: `PERSON#per` / `CARD` | 1 batch get | 0.5 RCU |
//! | profile, children (parent of two) | registry: card, then children's cards, then institutions | 3 | 3 RCU |
//! | claims of a token | registry: `SUBJECT#sub`, then card, then institutions | 3 | 2 RCU |

mod api;
mod attempts;
mod claims;
mod handlers;
mod landing;
mod pkce;
mod profile;
mod provider;
mod return_to;
mod session;
mod today;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use rosters::Rosters;
use store::Table;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, Route, StartError};

pub use claims::ClaimsIssuer;

/// The words of this feature's pages.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Every route.
pub const ROUTES: &[Route] = &[
    Route::public("GET", "/"),
    Route::public("GET", "/identity/sign-in"),
    Route::public("GET", "/identity/callback"),
    Route::public("GET", "/identity/refresh"),
    // Its own credential is the refresh token: it answers 401 without one.
    Route::public("POST", "/identity/refresh"),
    Route::public("GET", "/identity/sign-out"),
    Route::public("POST", "/identity/sign-out"),
    Route::public("GET", "/identity/signed-out"),
    Route::public("POST", "/identity/language"),
    Route::signed_in("GET", "/identity/signed-in"),
    Route::signed_in("GET", "/identity/profile"),
    Route::signed_in("POST", "/identity/role"),
    Route::signed_in("GET", "/api/identity/profile"),
    Route::signed_in("GET", "/api/identity/children"),
];

#[derive(OpenApi)]
#[openapi(paths(handlers::profile::read, handlers::profile::list_children))]
struct Description;

/// The description of the API routes.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The layout's words and this feature's.
///
/// # Errors
/// A message that Fluent cannot read, or one that exists twice.
pub fn translations() -> Result<Translations, TranslationsError> {
    Translations::new(MESSAGES)
}

/// All that the handlers need.
#[derive(Debug)]
pub struct App {
    rosters: Rosters,
    provider: provider::Provider,
    clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// The feature by its environment: `REGISTRY_TABLE`, `PUBLIC_ORIGIN`, `TOKEN_*` and `COGNITO_*`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        Ok(Self {
            rosters: Rosters::new(Table::new(
                database.clone(),
                environment.required("REGISTRY_TABLE")?,
            )),
            provider: provider::Provider::read(environment)?,
            clock,
            translations: Arc::new(translations()?),
        })
    }
}

/// The feature's routes, without what surrounds every function.
pub fn router(app: App) -> Router {
    use handlers::{callback, choices, home, profile, refresh, sign_in, sign_out};
    Router::new()
        .route("/", get(home::home))
        .route("/identity/sign-in", get(sign_in::begin))
        .route("/identity/callback", get(callback::callback))
        .route(
            "/identity/refresh",
            get(refresh::renew_and_return).post(refresh::renew),
        )
        .route(
            "/identity/sign-out",
            get(sign_out::confirm).post(sign_out::sign_out),
        )
        .route("/identity/signed-out", get(sign_out::signed_out))
        .route("/identity/language", post(choices::choose_language))
        .route("/identity/signed-in", get(sign_in::signed_in))
        .route("/identity/profile", get(profile::show))
        .route("/identity/role", post(choices::choose_role))
        .route("/api/identity/profile", get(profile::read))
        .route("/api/identity/children", get(profile::list_children))
        .with_state(Arc::new(app))
}
