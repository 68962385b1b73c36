//! `/aas/oauth2/v3/te`: a system exchanges its code for tokens.

use axum::{
    Form, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    ErrorCode, SharedSimulator, Simulator, TokenKey,
    clock::now,
    faults::{Fault, Step},
    memory::{Grant, random_name},
    parameters::Parameters,
};

/// Claims of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AccessClaims {
    nbf: i64,
    exp: i64,
    iat: i64,
    iss: String,
    pub(crate) client_id: String,
    /// Scopes by single spaces; each of a person's own scopes carries `?oid=`, as at ESIA.
    pub(crate) scope: String,
    #[serde(rename = "urn:esia:sid")]
    pub(crate) sid: String,
    #[serde(rename = "urn:esia:sbj_id")]
    pub(crate) subject: u64,
}

impl AccessClaims {
    /// Whether the token opens a scope.
    pub(crate) fn opens(&self, scope: &str) -> bool {
        self.scope
            .split(' ')
            .any(|granted| granted.split('?').next() == Some(scope))
    }
}

/// Checks the request and answers tokens or an OAuth error.
pub(crate) async fn exchange(
    State(simulator): State<SharedSimulator>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let answer = match Parameters::collect(pairs) {
        Ok(parameters) => simulator.exchange(&parameters).await,
        Err(code) => Err(code),
    };
    match answer {
        Ok(tokens) => Json(tokens).into_response(),
        Err(code) => {
            let status = match code {
                ErrorCode::Unexpected => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            (
                status,
                Json(json!({ "error": code.error(), "error_description": code.description() })),
            )
                .into_response()
        }
    }
}

impl Simulator {
    async fn exchange(&self, parameters: &Parameters) -> Result<serde_json::Value, ErrorCode> {
        let known = self.system_of(parameters)?;
        parameters.fixed(
            "grant_type",
            "authorization_code",
            ErrorCode::UnsupportedGrantType,
        )?;
        parameters.fixed("token_type", "Bearer", ErrorCode::InvalidParameter)?;
        let code = parameters.required("code")?;
        self.check_signed(known, parameters, code).await?;
        let grant = self.codes.take(code).ok_or(ErrorCode::InvalidCode)?;
        let same_system = grant.request.client_id == known.system.client_id;
        let same_address = grant.request.redirect_uri == parameters.required("redirect_uri")?;
        if !same_system || !same_address {
            return Err(ErrorCode::InvalidCode);
        }
        if grant.request.scope != parameters.required("scope")? {
            return Err(ErrorCode::InvalidScope);
        }
        self.tokens(&grant, parameters.required("state")?)
            .map_err(|_| ErrorCode::Unexpected)
    }

    fn tokens(&self, grant: &Grant, state: &str) -> Result<serde_json::Value, jsonwebtoken::errors::Error> {
        let expired = self.faults.strikes(Step::Token, Fault::ExpiredToken);
        let issued_at = if expired {
            now() - SignedDuration::from_hours(24)
        } else {
            now()
        };
        let access = self.sign("access", &self.access_claims(grant, issued_at))?;
        let id = self.sign("id", &self.id_claims(grant, issued_at))?;
        Ok(json!({
            "access_token": access,
            "id_token": id,
            "refresh_token": uuid::Uuid::new_v4().to_string(),
            "expires_in": self.config.lifetimes.token.as_secs(),
            "token_type": "Bearer",
            "state": state,
        }))
    }

    fn sign(&self, sbt: &str, claims: &impl Serialize) -> Result<String, jsonwebtoken::errors::Error> {
        if sbt == "id" && self.faults.strikes(Step::Token, Fault::WrongSignature) {
            let stranger = TokenKey::generate()
                .map_err(|_| jsonwebtoken::errors::ErrorKind::InvalidRsaKey("stranger".into()))?;
            return stranger.sign(sbt, claims);
        }
        self.config.token_key.sign(sbt, claims)
    }

    fn access_claims(&self, grant: &Grant, issued_at: Timestamp) -> AccessClaims {
        let oid = grant.session.oid;
        let scopes: Vec<String> = grant
            .request
            .scope
            .split(' ')
            .map(|scope| own_scope(scope, oid))
            .collect();
        AccessClaims {
            nbf: issued_at.as_second(),
            exp: (issued_at + self.config.lifetimes.token).as_second(),
            iat: issued_at.as_second(),
            iss: self.config.issuer.clone(),
            client_id: grant.request.client_id.clone(),
            scope: scopes.join(" "),
            sid: grant.session.sid.clone(),
            subject: oid,
        }
    }

    fn id_claims(&self, grant: &Grant, issued_at: Timestamp) -> serde_json::Value {
        let oid = match self.faults.strikes(Step::Token, Fault::ForeignSubject) {
            true => grant.session.oid + 1,
            false => grant.session.oid,
        };
        let issuer = match self.faults.strikes(Step::Token, Fault::WrongIssuer) {
            true => "http://esia.example/",
            false => &self.config.issuer,
        };
        let audience = match self.faults.strikes(Step::Token, Fault::WrongAudience) {
            true => random_name(),
            false => grant.request.client_id.clone(),
        };
        json!({
            "iss": issuer,
            "aud": audience,
            "sub": oid,
            "iat": issued_at.as_second(),
            "nbf": issued_at.as_second(),
            "exp": (issued_at + self.config.lifetimes.token).as_second(),
            "auth_time": grant.session.signed_in_at.as_second(),
            "amr": "PWD",
            "urn:esia:amd": "PWD",
            "urn:esia:sid": grant.session.sid,
            "urn:esia:sbj": {
                "urn:esia:sbj:typ": "P",
                "urn:esia:sbj:oid": oid,
                "urn:esia:sbj:nam": format!("OID.{oid}"),
                "urn:esia:sbj:is_tru": self.persona(oid).is_some_and(|persona| persona.trusted),
            },
        })
    }
}

/// ESIA ties each scope to the person: `snils?oid=1000`; `openid` stays bare.
fn own_scope(scope: &str, oid: u64) -> String {
    if scope == "openid" {
        scope.to_owned()
    } else {
        format!("{scope}?oid={oid}")
    }
}
