//! `/aas/oauth2/v2/ac`: a system sends a person here to sign in; and the page where the person chooses who to be.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    ErrorCode, Persona, SharedSimulator, Simulator,
    clock::now,
    faults::{Fault, Step},
    memory::{Grant, Request, Session, random_name},
    page,
    parameters::Parameters,
};

/// Name of the cookie by which ESIA knows a signed-in browser.
const SESSION_COOKIE: &str = "esia_session";

/// Checks a system's request and shows the sign-in page, or goes straight back where the browser is signed in already.
///
/// A system or an address that ESIA does not know gets a page: nobody is sent to an address that was not registered. All
/// other refusals go back to the system.
pub(crate) async fn authorize(
    State(simulator): State<SharedSimulator>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let parameters = match Parameters::collect(pairs) {
        Ok(parameters) => parameters,
        Err(code) => return page::refusal(StatusCode::BAD_REQUEST, code.description()),
    };
    let request = match simulator.known_address(&parameters) {
        Ok(request) => request,
        Err(code) => return page::refusal(StatusCode::BAD_REQUEST, code.description()),
    };
    if let Err(code) = simulator.check_authorize(&parameters).await {
        return back_with_error(&request, code);
    }
    match session_of(&headers).and_then(|name| simulator.sessions.get(name)) {
        Some(session) => simulator.grant(request, session),
        None => {
            let id = simulator.requests.keep(request, simulator.config.lifetimes.page);
            page::choice(&id, &simulator.config.personas)
        }
    }
}

/// The choice made on the sign-in page.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    /// Name of the kept request.
    request: String,
    /// The chosen persona; absent where the person refused.
    oid: Option<u64>,
}

/// Signs the chosen person in and sends them back to the system.
pub(crate) async fn choose(State(simulator): State<SharedSimulator>, Form(choice): Form<Choice>) -> Response {
    let Some(request) = simulator.requests.take(&choice.request) else {
        return page::refusal(
            StatusCode::BAD_REQUEST,
            "Страница входа устарела. Вернитесь в систему и войдите заново.",
        );
    };
    let Some(oid) = choice.oid else {
        return back_with_error(&request, ErrorCode::Denied);
    };
    let Some(persona) = simulator.persona(oid) else {
        return page::refusal(StatusCode::BAD_REQUEST, "Такой учётной записи нет.");
    };
    if !simulator.admits(&request, persona) {
        return back_with_error(&request, ErrorCode::Unconfirmed);
    }
    let session = Session {
        oid,
        sid: random_name(),
        signed_in_at: now(),
    };
    let name = simulator
        .sessions
        .keep(session.clone(), simulator.config.lifetimes.session);
    let mut answer = simulator.grant(request, session);
    // Lax, not Strict: the browser comes here by a link from another site.
    set_cookie(
        &mut answer,
        &format!("{SESSION_COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax"),
    );
    answer
}

impl Simulator {
    /// The request, if its system and address are registered.
    fn known_address(&self, parameters: &Parameters) -> Result<Request, ErrorCode> {
        let known = self.system_of(parameters)?;
        let redirect_uri = parameters.required("redirect_uri")?;
        if !known
            .system
            .redirect_uris
            .iter()
            .any(|allowed| allowed == redirect_uri)
        {
            return Err(ErrorCode::WrongRedirect);
        }
        Ok(Request {
            client_id: known.system.client_id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scope: parameters.optional("scope").unwrap_or_default().to_owned(),
            state: parameters.optional("state").unwrap_or_default().to_owned(),
        })
    }

    async fn check_authorize(&self, parameters: &Parameters) -> Result<(), ErrorCode> {
        let known = self.system_of(parameters)?;
        parameters.fixed("response_type", "code", ErrorCode::UnsupportedResponseType)?;
        if !matches!(
            parameters.optional("access_type"),
            None | Some("online" | "offline")
        ) {
            return Err(ErrorCode::InvalidParameter);
        }
        self.check_signed(known, parameters, "").await
    }

    /// Whether the account is of a kind that the system takes.
    fn admits(&self, request: &Request, persona: &Persona) -> bool {
        let confirmed_only = self
            .systems
            .iter()
            .any(|known| known.system.client_id == request.client_id && known.system.confirmed_only);
        persona.trusted || !confirmed_only
    }

    /// Sends a signed-in person back with a fresh code.
    fn grant(&self, request: Request, session: Session) -> Response {
        match self.persona(session.oid) {
            Some(persona) if !self.admits(&request, persona) => {
                return back_with_error(&request, ErrorCode::Unconfirmed);
            }
            Some(_) => {}
            None => return back_with_error(&request, ErrorCode::Denied),
        }
        let (redirect_uri, state) = (request.redirect_uri.clone(), request.state.clone());
        let code = self
            .codes
            .keep(Grant { request, session }, self.config.lifetimes.code);
        if self.faults.strikes(Step::Authorize, Fault::ReplayedCode) {
            self.codes.take(&code);
        }
        back(&redirect_uri, &[("code", &code), ("state", &state)])
    }
}

/// Forgets the browser's session.
pub(crate) fn forget(simulator: &Simulator, headers: &HeaderMap, answer: &mut Response) {
    if let Some(name) = session_of(headers) {
        simulator.sessions.take(name);
    }
    set_cookie(
        answer,
        &format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"),
    );
}

fn session_of(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split("; "))
        .find_map(|pair| pair.strip_prefix(SESSION_COOKIE)?.strip_prefix('='))
}

fn set_cookie(answer: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn back_with_error(request: &Request, code: ErrorCode) -> Response {
    back(
        &request.redirect_uri,
        &[
            ("error", code.error()),
            ("error_description", code.description()),
            ("state", &request.state),
        ],
    )
}

fn back(redirect_uri: &str, parameters: &[(&str, &str)]) -> Response {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{redirect_uri}{joint}{query}")).into_response()
}
