//! `/idp/ext/Logout`: the person leaves Gosuslugi itself.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};

use crate::{ErrorCode, SharedSimulator, authorize::forget, page, parameters::Parameters};

/// Ends the browser's session and goes to `redirect_url`, which must be registered for the system.
pub(crate) async fn logout(
    State(simulator): State<SharedSimulator>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let target = Parameters::collect(pairs).and_then(|parameters| {
        let known = simulator.system_of(&parameters)?;
        match parameters.optional("redirect_url") {
            None => Ok(None),
            Some(url) if known.system.logout_urls.iter().any(|allowed| allowed == url) => {
                Ok(Some(url.to_owned()))
            }
            Some(_) => Err(ErrorCode::WrongRedirect),
        }
    });
    let mut answer = match target {
        Ok(Some(url)) => Redirect::to(&url).into_response(),
        Ok(None) => page::message(
            StatusCode::OK,
            "Вы вышли",
            "Вы вышли из Госуслуг. Страницу можно закрыть.",
        ),
        Err(code) => return page::refusal(StatusCode::BAD_REQUEST, code.description()),
    };
    forget(&simulator, &headers, &mut answer);
    answer
}
