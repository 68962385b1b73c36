//! The bridge, the simulator of Gosuslugi and the local signer, joined as in the local cloud.

use std::sync::Arc;

use axum::Router;
use base64::{Engine, engine::general_purpose::STANDARD};
use esia::{Config, Credentials, Kid, OpenSsl, Persona, SignatureKind, System, TokenKey};
use gosuslugi::{App, MESSAGES, router};
use jiff::{SignedDuration, Timestamp, civil::date};
use model::{PersonName, Sex, Snils};
use rosters::Rosters;
use testkit::{Answer, Call, TestDatabase};
use tokio::{net::TcpListener, task::JoinHandle};
use ui::Translations;
use web::{Clock, Environment, Function, Settings, TokenVerifier};

pub(crate) const COGNITO: &str = "https://auth.test/oauth2/idpresponse";
pub(crate) const SECRET: &str = "cognito-at-the-bridge-0123456789abcdef";
pub(crate) const HASH_KEY: &str = "person-hash-key-0123456789abcdef0123";
pub(crate) const NONCE: &str = "nonce-of-cognito";
pub(crate) const PARENT: u64 = 1_000_000_001;
pub(crate) const NEWCOMER: u64 = 1_000_000_002;
const ISSUER: &str = "http://localhost:8080/gosuslugi";
const SCOPES: &str = "openid fullname birthdate gender snils kid_fullname kid_birthdate kid_snils";

pub(crate) struct World {
    pub(crate) database: TestDatabase,
    pub(crate) rosters: Rosters,
    pub(crate) esia: Router,
    pub(crate) settings: Vec<(String, String)>,
    servers: Vec<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

/// A sign-in under way: where the browser was sent, and its cookie.
pub(crate) struct Begun {
    pub(crate) location: String,
    pub(crate) cookie: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let openssl = OpenSsl::default();
        let kind = openssl.best_kind().await;
        let credentials = Credentials::load_or_create(openssl, kind, folder.path())
            .await
            .expect("credentials");
        let key = TokenKey::generate().expect("a key");
        let token_key = STANDARD.encode(key.public_pem());
        let mut config = Config::new("http://esia.test", key, vec![system(&credentials)], personas());
        config.development = kind == SignatureKind::RsaStandIn;
        config.fault_injection = true;
        change(&mut config);
        let esia = esia::router(config).await.expect("a router");
        let (esia_port, esia_server) = served(esia.clone()).await;
        let (signer_port, signer_server) = served(esia::signer(credentials.clone())).await;
        let database = TestDatabase::start().await;
        database.table("gosuslugi").await;
        let rosters = Rosters::new(database.table("registry").await);
        let settings = [
            ("PUBLIC_ORIGIN", "http://localhost:8080".to_owned()),
            ("ASSETS_BASE", "/assets/test".to_owned()),
            ("TOKEN_ISSUER", "https://issuer.test/pool".to_owned()),
            ("TOKEN_JWKS_URL", "http://127.0.0.1:9/".to_owned()),
            ("TOKEN_CLIENT_ID", "client".to_owned()),
            ("GOSUSLUGI_TABLE", "gosuslugi".to_owned()),
            ("REGISTRY_TABLE", "registry".to_owned()),
            ("PERSON_HASH_KEY", HASH_KEY.to_owned()),
            ("BRIDGE_ISSUER", ISSUER.to_owned()),
            ("BRIDGE_CLIENT_ID", "cognito".to_owned()),
            ("BRIDGE_CLIENT_SECRET", SECRET.to_owned()),
            ("BRIDGE_REDIRECT_URI", COGNITO.to_owned()),
            (
                "BRIDGE_KEYS_SECRET",
                "keys-secret-0123456789abcdef0123456789".to_owned(),
            ),
            ("ESIA_AUTHORIZE_ORIGIN", "http://esia.test".to_owned()),
            ("ESIA_ORIGIN", format!("http://127.0.0.1:{esia_port}")),
            ("ESIA_CLIENT_ID", "MYSCHOOL".to_owned()),
            ("ESIA_CERTIFICATE", STANDARD.encode(credentials.certificate())),
            ("ESIA_TOKEN_KEY", token_key),
            ("ESIA_SIGNER_URL", format!("http://127.0.0.1:{signer_port}/sign")),
            ("ESIA_SCOPES", SCOPES.to_owned()),
        ];
        Self {
            database,
            rosters,
            esia,
            settings: settings.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            servers: vec![esia_server, signer_server],
            _folder: folder,
        }
    }

    /// Changes or adds a setting of the bridges made from now on.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn environment(&self) -> Environment {
        let pairs: Vec<(&str, &str)> = self
            .settings
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        Environment::of(&pairs)
    }

    /// The bridge of this moment.
    pub(crate) fn bridge(&self) -> Router {
        self.bridge_at(Clock::System)
    }

    /// The bridge as it will be after some time.
    pub(crate) fn bridge_later(&self, by: SignedDuration) -> Router {
        self.bridge_at(Clock::Fixed(now() + by))
    }

    fn bridge_at(&self, clock: Clock) -> Router {
        let settings = Settings::read(&self.environment()).expect("all settings");
        let verifier = TokenVerifier::new(settings.session.clone(), clock);
        let words = Translations::new(MESSAGES).expect("the bridge's words");
        Function::new(settings, verifier, Arc::new(words)).wrap(router(self.app(clock)))
    }

    pub(crate) fn app(&self, clock: Clock) -> App {
        App::new(&self.environment(), self.database.client().clone(), clock).expect("an app")
    }

    /// Orders a fault of the simulator.
    pub(crate) async fn order(&self, json: serde_json::Value) {
        let answer = Call::new("POST", "/control/faults")
            .json(&json)
            .send(&self.esia)
            .await;
        assert_eq!(answer.status, 204);
    }

    /// Goes to the simulator as the browser does and chooses a persona; answers the path to which it is sent back.
    pub(crate) async fn choose(&self, begun: &Begun, oid: Option<u64>) -> String {
        let path = begun
            .location
            .strip_prefix("http://esia.test")
            .expect("the simulator's address");
        let page = Call::get(path).send(&self.esia).await;
        let back = match page.text.split("name=\"request\" value=\"").nth(1) {
            None => page,
            Some(rest) => {
                let request = rest.split('"').next().unwrap_or_default();
                let oid = oid.map(|oid| format!("&oid={oid}")).unwrap_or_default();
                Call::new("POST", "/login")
                    .form(&format!("request={request}{oid}"))
                    .send(&self.esia)
                    .await
            }
        };
        let location = back.location();
        location
            .strip_prefix("http://localhost:8080")
            .unwrap_or_else(|| panic!("back at the bridge: {location}"))
            .to_owned()
    }

    /// The whole way up to the code that Cognito gets.
    pub(crate) async fn code_of(&self, bridge: &Router, oid: u64) -> String {
        let begun = begin(bridge).await;
        let path = self.choose(&begun, Some(oid)).await;
        let back = callback(bridge, &path, &begun.cookie).await;
        assert_eq!(
            parameter(back.location(), "state").as_deref(),
            Some("state-of-cognito"),
            "{}",
            back.text
        );
        parameter(back.location(), "code").expect("a code")
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.servers.iter().for_each(JoinHandle::abort);
    }
}

#[expect(clippy::disallowed_methods, reason = "the simulator lives in the present")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

pub(crate) async fn served(router: Router) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    (
        port,
        tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") }),
    )
}

pub(crate) fn authorize_query(changes: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("client_id", "cognito"),
        ("redirect_uri", COGNITO),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", "state-of-cognito"),
        ("nonce", NONCE),
    ];
    changed(&mut pairs, changes);
    encoded(&pairs)
}

pub(crate) async fn begin(bridge: &Router) -> Begun {
    let path = format!("/gosuslugi/authorize?{}", authorize_query(&[]));
    let answer = Call::get(&path).page().send(bridge).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    let cookie = answer.header("set-cookie");
    for part in [
        "__Host-gosuslugi=",
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    Begun {
        location: answer.location().to_owned(),
        cookie,
    }
}

pub(crate) async fn callback(bridge: &Router, path: &str, cookie: &str) -> Answer {
    Call::get(path)
        .header("cookie", cookie)
        .header("accept-language", "ru")
        .page()
        .send(bridge)
        .await
}

pub(crate) async fn exchange(bridge: &Router, code: &str, changes: &[(&str, &str)]) -> Answer {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "cognito"),
        ("client_secret", SECRET),
        ("redirect_uri", COGNITO),
        ("code", code),
    ];
    changed(&mut pairs, changes);
    let answer = Call::new("POST", "/gosuslugi/token")
        .form(&encoded(&pairs))
        .send(bridge)
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

/// An empty new value leaves the parameter out.
fn changed<'a>(pairs: &mut Vec<(&'a str, &'a str)>, changes: &[(&'a str, &'a str)]) {
    pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    pairs.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

pub(crate) fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

fn system(credentials: &Credentials) -> System {
    System {
        client_id: "MYSCHOOL".to_owned(),
        certificate: credentials.certificate().to_vec(),
        signature: credentials.kind(),
        redirect_uris: vec![format!("{ISSUER}/callback")],
        logout_urls: vec!["http://localhost:8080/".to_owned(), format!("{ISSUER}/anew")],
        scopes: SCOPES.split(' ').map(str::to_owned).collect(),
        confirmed_only: false,
    }
}

pub(crate) fn parent_snils() -> Snils {
    Snils::from_number(112_233_445)
}

fn personas() -> Vec<Persona> {
    let name =
        |family, given, patronymic| PersonName::parse(family, given, Some(patronymic)).expect("a name");
    let kid = Kid {
        id: 77,
        name: name("Орлова", "Дарья", "Ильинична"),
        birth_date: date(2014, 3, 9),
        sex: Sex::Female,
        snils: Some(Snils::from_number(200_300_401)),
        documents: Vec::new(),
    };
    let (female, male) = (Sex::Female, Sex::Male);
    let orlova = name("Орлова", "Анна", "Сергеевна");
    let parent = Persona::new(
        PARENT,
        orlova,
        date(1985, 7, 2),
        female,
        parent_snils(),
        "Родитель",
    );
    let novikov = name("Новиков", "Пётр", "Львович");
    let newcomer_snils = Snils::from_number(112_233_446);
    let newcomer = Persona::new(
        NEWCOMER,
        novikov,
        date(1990, 1, 31),
        male,
        newcomer_snils,
        "Не подтвердил запись",
    );
    vec![parent.with_kids(vec![kid]), newcomer.unconfirmed()]
}
