//! `/rs/prns/{oid}`: a person's data for the holder of an access token.
//!
//! The bodies of refusals here are OAuth's: ESIA's own could not be confirmed.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{PersonName, Sex};
use serde_json::{Map, Value, json};

use crate::{
    ContactKind, Document, DocumentKind, Persona, SharedSimulator, Simulator,
    persona::{Contact, Employment, Kid},
    token::AccessClaims,
};

/// Why a request for data is refused.
enum Refusal {
    /// No token, or one that is forged or expired, or another person's.
    Token,
    /// The token does not open this scope.
    Scope,
    /// There is no such record.
    Missing,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Token => {
                let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
                (
                    StatusCode::UNAUTHORIZED,
                    challenge,
                    Json(json!({ "error": "invalid_token" })),
                )
                    .into_response()
            }
            Self::Scope => (
                StatusCode::FORBIDDEN,
                Json(json!({ "error": "insufficient_scope" })),
            )
                .into_response(),
            Self::Missing => (StatusCode::NOT_FOUND, Json(json!({ "error": "not_found" }))).into_response(),
        }
    }
}

/// The person's own data, as far as the scopes open it.
pub(crate) async fn person(
    State(simulator): State<SharedSimulator>,
    Path(oid): Path<u64>,
    headers: HeaderMap,
) -> Response {
    simulator
        .bearer(oid, &headers)
        .map(|(persona, token)| Json(main_data(persona, &token)))
        .into_response()
}

/// A collection of the person's data, as links or, with `embed=(elements)`, as data.
pub(crate) async fn collection(
    State(simulator): State<SharedSimulator>,
    Path((oid, name)): Path<(u64, String)>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let elements = simulator
        .bearer(oid, &headers)
        .and_then(|(persona, token)| elements(persona, &token, &name));
    let prefix = format!("{}/rs/prns/{oid}/{name}", simulator.config.origin);
    elements
        .map(|elements| Json(shown(elements, &prefix, embeds(&query))))
        .into_response()
}

/// The documents of one declared child.
pub(crate) async fn kid_documents(
    State(simulator): State<SharedSimulator>,
    Path((oid, id)): Path<(u64, u64)>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let elements = simulator.bearer(oid, &headers).and_then(|(persona, token)| {
        let kid = persona
            .kids
            .iter()
            .find(|kid| kid.id == id)
            .ok_or(Refusal::Missing)?;
        open(&token, &["kid_birth_cert_doc"])?;
        Ok(kid
            .documents
            .iter()
            .map(|document| document_data(document, "RF_BRTH_CERT"))
            .collect())
    });
    let prefix = format!("{}/rs/prns/{oid}/kids/{id}/docs", simulator.config.origin);
    elements
        .map(|elements| Json(shown(elements, &prefix, embeds(&query))))
        .into_response()
}

impl Simulator {
    /// The persona whose token the request carries, if it is the one it asks for.
    fn bearer(&self, oid: u64, headers: &HeaderMap) -> Result<(&Persona, AccessClaims), Refusal> {
        let value = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = value
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Refusal::Token)?;
        let claims: AccessClaims = self.config.token_key.check(token).ok_or(Refusal::Token)?;
        let known = self
            .systems
            .iter()
            .any(|known| known.system.client_id == claims.client_id);
        if claims.subject != oid || !known {
            return Err(Refusal::Token);
        }
        self.persona(oid)
            .map(|persona| (persona, claims))
            .ok_or(Refusal::Missing)
    }
}

fn embeds(query: &[(String, String)]) -> bool {
    query
        .iter()
        .any(|(name, value)| name == "embed" && value == "(elements)")
}

fn shown(elements: Vec<Value>, prefix: &str, embedded: bool) -> Value {
    let size = elements.len();
    let elements: Vec<Value> = match embedded {
        true => elements,
        false => elements
            .iter()
            .map(|element| json!(format!("{prefix}/{}", element["id"])))
            .collect(),
    };
    json!({ "stateFacts": ["hasSize"], "size": size, "elements": elements })
}

fn open(token: &AccessClaims, scopes: &[&str]) -> Result<(), Refusal> {
    if scopes.iter().any(|scope| token.opens(scope)) {
        Ok(())
    } else {
        Err(Refusal::Scope)
    }
}

fn elements(persona: &Persona, token: &AccessClaims, name: &str) -> Result<Vec<Value>, Refusal> {
    match name {
        "kids" => {
            open(
                token,
                &["kid_fullname", "kid_birthdate", "kid_gender", "kid_snils"],
            )?;
            // Only a confirmed account shows children.
            if !persona.trusted {
                return Err(Refusal::Scope);
            }
            Ok(persona.kids.iter().map(|kid| kid_data(kid, token)).collect())
        }
        "ctts" => {
            open(token, &["email", "mobile"])?;
            let visible = |contact: &&Contact| token.opens(contact_scope(contact.kind));
            Ok(persona
                .contacts
                .iter()
                .filter(visible)
                .map(contact_data)
                .collect())
        }
        "docs" => {
            open(token, &["id_doc", "birth_cert_doc"])?;
            let visible = |document: &&Document| token.opens(document_scope(document.kind));
            Ok(persona
                .documents
                .iter()
                .filter(visible)
                .map(|document| document_data(document, "BRTH_CERT"))
                .collect())
        }
        "roles" => {
            open(token, &["usr_org"])?;
            Ok(persona.roles.iter().map(employment_data).collect())
        }
        _ => Err(Refusal::Missing),
    }
}

fn main_data(persona: &Persona, token: &AccessClaims) -> Value {
    let mut data = Map::new();
    data.insert("stateFacts".to_owned(), json!(["Identifiable"]));
    data.insert("trusted".to_owned(), json!(persona.trusted));
    data.insert("status".to_owned(), json!("REGISTERED"));
    data.insert("citizenship".to_owned(), json!("RUS"));
    if token.opens("fullname") {
        insert_name(&mut data, &persona.name);
    }
    if token.opens("birthdate") {
        data.insert("birthDate".to_owned(), json!(dotted(persona.birth_date)));
    }
    if token.opens("gender") {
        data.insert("gender".to_owned(), json!(letter(persona.sex)));
    }
    if token.opens("snils") {
        data.insert("snils".to_owned(), json!(hyphenated(&persona.snils.digits())));
    }
    Value::Object(data)
}

fn kid_data(kid: &Kid, token: &AccessClaims) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), json!(kid.id));
    data.insert("stateFacts".to_owned(), json!(["EntityRoot"]));
    if token.opens("kid_fullname") {
        insert_name(&mut data, &kid.name);
    }
    if token.opens("kid_birthdate") {
        data.insert("birthDate".to_owned(), json!(dotted(kid.birth_date)));
    }
    if token.opens("kid_gender") {
        data.insert("gender".to_owned(), json!(letter(kid.sex)));
    }
    if let Some(snils) = kid.snils.filter(|_| token.opens("kid_snils")) {
        data.insert("snils".to_owned(), json!(hyphenated(&snils.digits())));
    }
    Value::Object(data)
}

fn contact_scope(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "email",
        ContactKind::Mobile => "mobile",
    }
}

fn contact_data(contact: &Contact) -> Value {
    let kind = match contact.kind {
        ContactKind::Email => "EML",
        ContactKind::Mobile => "MBT",
    };
    json!({ "id": contact.id, "type": kind, "value": contact.value, "vrfStu": verified(contact.verified) })
}

fn document_scope(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Passport => "id_doc",
        DocumentKind::BirthCertificate => "birth_cert_doc",
    }
}

fn document_data(document: &Document, birth_certificate: &str) -> Value {
    let kind = match document.kind {
        DocumentKind::Passport => "RF_PASSPORT",
        DocumentKind::BirthCertificate => birth_certificate,
    };
    json!({
        "id": document.id,
        "type": kind,
        "series": document.series,
        "number": document.number,
        "vrfStu": verified(document.verified),
    })
}

fn employment_data(employment: &Employment) -> Value {
    json!({
        "id": employment.organisation_oid,
        "oid": employment.organisation_oid,
        "type": "LEGAL",
        "fullName": employment.full_name,
        "shortName": employment.short_name,
        "ogrn": employment.ogrn,
        "chief": employment.chief,
        "active": true,
    })
}

fn insert_name(data: &mut Map<String, Value>, name: &PersonName) {
    data.insert("lastName".to_owned(), json!(name.family));
    data.insert("firstName".to_owned(), json!(name.given));
    if let Some(patronymic) = &name.patronymic {
        data.insert("middleName".to_owned(), json!(patronymic));
    }
}

fn verified(verified: bool) -> &'static str {
    if verified { "VERIFIED" } else { "NOT_VERIFIED" }
}

fn letter(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
    }
}

fn dotted(date: jiff::civil::Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// `11223344595` → `112-233-445 95`, as ESIA writes it.
fn hyphenated(digits: &str) -> String {
    format!(
        "{}-{}-{} {}",
        &digits[..3],
        &digits[3..6],
        &digits[6..9],
        &digits[9..]
    )
}
