//! An information system that talks to the simulator, right by default and wrong where a test changes a parameter.

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use esia::{Config, Credentials, Kid, OpenSsl, Persona, SignatureKind, System, TokenKey, certificate_hash};
use http_body_util::BodyExt;
use jiff::civil::date;
use model::{PersonName, Sex, Snils};
use tower::ServiceExt;

pub(crate) const CLIENT_ID: &str = "MYSCHOOL";
pub(crate) const REDIRECT: &str = "http://localhost:8080/gosuslugi/callback";
pub(crate) const AFTER_LOGOUT: &str = "http://localhost:8080/";
pub(crate) const SCOPE: &str = "openid fullname birthdate snils kid_fullname kid_birthdate kid_snils";
pub(crate) const PARENT: u64 = 1_000_000_001;
pub(crate) const NEWCOMER: u64 = 1_000_000_002;

/// The simulator in-process and the credentials of its one system.
pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) credentials: Credentials,
    _folder: tempfile::TempDir,
}

/// Parameters of a request; signed when sent.
pub(crate) struct Parameters(pub(crate) Vec<(&'static str, String)>);

pub(crate) fn personas() -> Vec<Persona> {
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
    let parent = Persona::new(
        PARENT,
        name("Орлова", "Анна", "Сергеевна"),
        date(1985, 7, 2),
        Sex::Female,
        Snils::from_number(112_233_445),
        "Родитель",
    );
    let newcomer = Persona::new(
        NEWCOMER,
        name("Новиков", "Пётр", "Львович"),
        date(1990, 1, 31),
        Sex::Male,
        Snils::from_number(112_233_446),
        "Не подтвердил учётную запись",
    );
    vec![parent.with_kids(vec![kid]), newcomer.unconfirmed()]
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
        let system = System {
            client_id: CLIENT_ID.to_owned(),
            certificate: credentials.certificate().to_vec(),
            signature: kind,
            redirect_uris: vec![REDIRECT.to_owned()],
            logout_urls: vec![AFTER_LOGOUT.to_owned()],
            scopes: SCOPE.split(' ').map(str::to_owned).collect(),
            confirmed_only: false,
        };
        let key = TokenKey::generate().expect("a key");
        let mut config = Config::new("http://localhost:8091", key, vec![system], personas());
        config.development = kind == SignatureKind::RsaStandIn;
        config.fault_injection = true;
        change(&mut config);
        let router = esia::router(config).await.expect("a router");
        Self {
            router,
            credentials,
            _folder: folder,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    pub(crate) async fn get(&self, uri: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::get(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&self, uri: &str, pairs: &[(&str, String)]) -> Response<Body> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let request = Request::post(uri).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    pub(crate) async fn order(&self, json: &str) {
        let request = Request::post("/control/faults").header(header::CONTENT_TYPE, "application/json");
        let answer = self
            .send(request.body(Body::from(json.to_owned())).expect("a request"))
            .await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }

    fn common(&self) -> Vec<(&'static str, String)> {
        vec![
            ("client_id", CLIENT_ID.to_owned()),
            ("scope", SCOPE.to_owned()),
            ("timestamp", timestamp(jiff::Timestamp::now())),
            ("state", uuid::Uuid::new_v4().to_string()),
            ("redirect_uri", REDIRECT.to_owned()),
            (
                "client_certificate_hash",
                certificate_hash(self.credentials.certificate()),
            ),
        ]
    }

    pub(crate) fn authorize_parameters(&self) -> Parameters {
        let mut parameters = self.common();
        parameters.extend([
            ("response_type", "code".to_owned()),
            ("access_type", "online".to_owned()),
        ]);
        Parameters(parameters)
    }

    pub(crate) fn token_parameters(&self, code: &str) -> Parameters {
        let mut parameters = self.common();
        parameters.extend([
            ("grant_type", "authorization_code".to_owned()),
            ("token_type", "Bearer".to_owned()),
            ("code", code.to_owned()),
        ]);
        Parameters(parameters)
    }

    /// Adds `client_secret` for the parameters as they are now.
    pub(crate) async fn signed(&self, mut parameters: Parameters) -> Parameters {
        use base64::Engine;
        let value = |name: &str| parameters.get(name);
        let text: String = ["client_id", "scope", "timestamp", "state", "redirect_uri", "code"]
            .into_iter()
            .map(value)
            .collect();
        let signature = self.credentials.sign(text.as_bytes()).await.expect("a signature");
        let secret = base64::engine::general_purpose::URL_SAFE.encode(signature);
        parameters.0.push(("client_secret", secret));
        parameters
    }

    pub(crate) async fn authorize(&self, parameters: &Parameters) -> Response<Body> {
        self.get(&format!("/aas/oauth2/v2/ac?{}", parameters.query()), &[])
            .await
    }

    /// The code that a persona's choice on the sign-in page brings back.
    pub(crate) async fn code_of(&self, oid: u64) -> String {
        let page = self
            .authorize(&self.signed(self.authorize_parameters()).await)
            .await;
        let back = self.choose(page, Some(oid)).await;
        query_of(&back, "code").expect("a code")
    }

    pub(crate) async fn choose(&self, page: Response<Body>, oid: Option<u64>) -> Response<Body> {
        assert_eq!(page.status(), StatusCode::OK);
        let html = text(page).await;
        let request = html
            .split("name=\"request\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let mut pairs = vec![("request", request.expect("a request id").to_owned())];
        pairs.extend(oid.map(|oid| ("oid", oid.to_string())));
        self.post("/login", &pairs).await
    }

    pub(crate) async fn exchange(&self, parameters: Parameters) -> (StatusCode, serde_json::Value) {
        let parameters = self.signed(parameters).await;
        let answer = self.post("/aas/oauth2/v3/te", &parameters.0).await;
        let status = answer.status();
        (
            status,
            serde_json::from_str(&text(answer).await).unwrap_or_default(),
        )
    }

    pub(crate) async fn access_token(&self, oid: u64) -> String {
        let code = self.code_of(oid).await;
        let (_, tokens) = self.exchange(self.token_parameters(&code)).await;
        tokens["access_token"].as_str().expect("a token").to_owned()
    }
}

impl Parameters {
    pub(crate) fn get(&self, name: &str) -> String {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }

    pub(crate) fn change(mut self, name: &'static str, value: &str) -> Self {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value.to_owned()));
        self
    }

    pub(crate) fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

pub(crate) fn timestamp(at: jiff::Timestamp) -> String {
    at.strftime("%Y.%m.%d %H:%M:%S +0000").to_string()
}

pub(crate) async fn text(answer: Response<Body>) -> String {
    let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// A parameter of the address to which the answer redirects.
pub(crate) fn query_of(answer: &Response<Body>, name: &str) -> Option<String> {
    let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    let (_, query) = location.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}
