//! `/logout`: the last link of signing out. Cognito sends the browser here; we send it through Gosuslugi and home.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{App, oauth::NO_STORE};

/// Goes to Gosuslugi's own sign-out. Where people end up is a setting: no parameter can lead them elsewhere.
pub(crate) async fn logout(State(app): State<Arc<App>>) -> Response {
    (
        [NO_STORE],
        web::see_other(&app.upstream.logout_url(&app.settings.home)),
    )
        .into_response()
}
