//! A pool of the tests' own: Cognito's endpoints as a mock server, the function in front of it, a browser's cookies.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, http::header};
use identity::{App, router, translations};
use model::{Actor, PersonId, PersonName, RolesClaim, Subject};
use rosters::{AccountOwner, Person};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Record, Stored, Table, Write};
use testkit::{Answer, CLIENT_ID, Call, ISSUER, ORIGIN, Sessions, TestDatabase, moment};
use web::Environment;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

/// The moment at which the tests happen.
pub(crate) const NOW: &str = "2026-11-23T09:00:00Z";
/// Where browsers sign in.
pub(crate) const AUTHORIZE: &str = "https://pool.example/oauth2/authorize";
/// Where browsers sign out.
pub(crate) const LOGOUT: &str = "https://pool.example/logout";

/// The function with all that it talks to.
pub(crate) struct Cloud {
    /// The server dies with it.
    _database: TestDatabase,
    pub(crate) registry: Table,
    pub(crate) pool: MockServer,
    pub(crate) sessions: Sessions,
    pub(crate) service: Router,
}

impl Cloud {
    /// Starts everything, with an empty registry.
    pub(crate) async fn start() -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let pool = MockServer::start().await;
        let sessions = Sessions::new(moment(NOW));
        let app =
            App::new(&environment(&pool.uri()), database.client(), sessions.clock()).expect("all settings");
        let service = sessions.serve(router(app), Arc::new(translations().expect("good messages")));
        Self {
            _database: database,
            registry,
            pool,
            sessions,
            service,
        }
    }

    /// Puts a record into the registry.
    pub(crate) async fn put<T: Record + Serialize>(&self, record: T) {
        let write = Write::create(&Stored::new(record)).expect("an item");
        self.registry.write(vec![write]).await.expect("written");
    }

    /// The pool answers grants so, as often as asked.
    pub(crate) async fn grants(&self, status: u16, body: Value) {
        Mock::given(method("POST"))
            .and(path("/oauth2/token"))
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .mount(&self.pool)
            .await;
    }

    /// A good answer to a code for a sign-in with that nonce.
    pub(crate) fn tokens(&self, actor: &Actor, nonce: &str) -> Value {
        let id_token = self.sessions.signed(&id_claims(&self.sessions, actor, nonce));
        json!({
            "access_token": self.sessions.token(actor), "id_token": id_token,
            "refresh_token": "refresh-1", "token_type": "Bearer", "expires_in": 3_600,
        })
    }

    /// The forms that the pool got, each with its path.
    pub(crate) async fn asked(&self) -> Vec<(String, BTreeMap<String, String>)> {
        let requests = self
            .pool
            .received_requests()
            .await
            .expect("requests are recorded");
        requests
            .into_iter()
            .map(|request| {
                let form = form_urlencoded::parse(&request.body).into_owned().collect();
                (request.url.path().to_owned(), form)
            })
            .collect()
    }
}

/// The function's settings with that pool.
pub(crate) fn environment(pool: &str) -> Environment {
    Environment::of(&[
        ("PUBLIC_ORIGIN", ORIGIN),
        ("ASSETS_BASE", "/assets/test"),
        ("TOKEN_ISSUER", ISSUER),
        ("TOKEN_JWKS_URL", "http://127.0.0.1:9/"),
        ("TOKEN_CLIENT_ID", CLIENT_ID),
        ("REGISTRY_TABLE", "registry"),
        ("COGNITO_AUTHORIZE_URL", AUTHORIZE),
        ("COGNITO_TOKEN_URL", &format!("{pool}/oauth2/token")),
        ("COGNITO_LOGOUT_URL", LOGOUT),
    ])
}

/// The claims of a good id token, to be spoilt.
pub(crate) fn id_claims(sessions: &Sessions, actor: &Actor, nonce: &str) -> Value {
    let mut claims = sessions.claims(actor);
    claims["token_use"] = json!("id");
    claims["aud"] = json!(CLIENT_ID);
    claims["nonce"] = json!(nonce);
    claims.as_object_mut().expect("an object").remove("client_id");
    claims
}

/// A person's id.
pub(crate) fn person(bits: u128) -> PersonId {
    PersonId::from_bits(bits)
}

/// An actor with roles as a token writes them.
pub(crate) fn actor(bits: u128, roles: &str) -> Actor {
    Actor {
        person: person(bits),
        roles: roles.parse::<RolesClaim>().expect("roles"),
    }
}

/// The subject of a person's account.
pub(crate) fn subject(bits: u128) -> Subject {
    Subject::of_account(b"key", &bits.to_string())
}

/// A person's card.
pub(crate) fn card(bits: u128, family: &str, given: &str, patronymic: &str) -> Person {
    Person {
        person: person(bits),
        name: PersonName::parse(family, given, Some(patronymic)).expect("a name"),
        birth_date: None,
        sex: None,
        snils_hash: None,
        subject: Some(subject(bits)),
        trusted: true,
    }
}

/// Whose account it is.
pub(crate) fn account(bits: u128) -> AccountOwner {
    AccountOwner {
        subject: subject(bits),
        person: person(bits),
        signed_in_at: Some(moment("2026-11-23T08:55:00Z")),
    }
}

/// A browser: it keeps cookies by name and follows nothing by itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Browser(pub(crate) BTreeMap<String, String>);

impl Browser {
    /// Asks for a page.
    pub(crate) async fn get(&mut self, cloud: &Cloud, path: &str) -> Answer {
        let call = self.with_cookies(Call::get(path).page());
        self.send(cloud, call).await
    }

    /// Sends a form of our own page.
    pub(crate) async fn post(&mut self, cloud: &Cloud, path: &str, form: &str) -> Answer {
        let call = Call::new("POST", path).page().header("origin", ORIGIN).form(form);
        let call = self.with_cookies(call);
        self.send(cloud, call).await
    }

    fn with_cookies(&self, call: Call) -> Call {
        let cookies: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if cookies.is_empty() {
            call
        } else {
            call.header("cookie", &cookies.join("; "))
        }
    }

    /// Sends a request and keeps what the answer sets.
    pub(crate) async fn send(&mut self, cloud: &Cloud, call: Call) -> Answer {
        let answer = call.send(&cloud.service).await;
        for cookie in set_cookies(&answer) {
            let (name, rest) = cookie.split_once('=').expect("a cookie has a name");
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Presses the button, and gives state and nonce as the pool gets them.
    pub(crate) async fn begin(&mut self, cloud: &Cloud, return_to: &str) -> (String, String) {
        let answer = self
            .get(cloud, &format!("/identity/sign-in?return_to={return_to}"))
            .await;
        let query = answer.location().split_once('?').expect("a query").1.to_owned();
        let find = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
                .expect("a parameter")
        };
        (find("state"), find("nonce"))
    }

    /// Comes back from the pool with a code.
    pub(crate) async fn come_back(&mut self, cloud: &Cloud, state: &str) -> Answer {
        self.get(cloud, &format!("/identity/callback?code=code-1&state={state}"))
            .await
    }

    /// Whether the browser holds a session.
    pub(crate) fn has_session(&self) -> bool {
        self.0.contains_key("__Host-session") || self.0.contains_key("__Secure-refresh")
    }
}

/// The `Set-Cookie` headers.
pub(crate) fn set_cookies(answer: &Answer) -> Vec<String> {
    let headers = answer.headers.get_all(header::SET_COOKIE).into_iter();
    headers
        .filter_map(|value| value.to_str().ok())
        .map(str::to_owned)
        .collect()
}
