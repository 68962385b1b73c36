//! What the trigger puts into tokens.

use crate::support::{account, card, person, subject};
use identity::ClaimsIssuer;
use model::{GroupId, GroupKind, InstitutionId, InstitutionKind, RegionId, Role, Snils};
use rosters::{HeldRole, Institution, MemberRole, Membership};
use serde_json::{Value, json};
use store::Table;
use testkit::{TestDatabase, moment};
use web::{Clock, Environment};

const SCHOOL: InstitutionId = InstitutionId::from_bits(1);

struct Registry {
    database: TestDatabase,
    table: Table,
}

impl Registry {
    async fn start() -> Self {
        let database = TestDatabase::start().await;
        let table = database.table("registry").await;
        Self { database, table }
    }

    async fn put<T: store::Record + serde::Serialize>(&self, record: T) {
        let write = store::Write::create(&store::Stored::new(record)).expect("an item");
        self.table.write(vec![write]).await.expect("written");
    }

    fn issuer(&self, operators: &str, now: &str) -> ClaimsIssuer {
        let environment = Environment::of(&[("REGISTRY_TABLE", "registry"), ("OPERATORS", operators)]);
        ClaimsIssuer::new(&environment, self.database.client(), Clock::Fixed(moment(now)))
            .expect("all settings")
    }
}

/// The event as the Cognito developer guide gives it for version 2.
fn event(user_name: &str) -> Value {
    json!({
        "version": "2", "triggerSource": "TokenGeneration_HostedAuth", "region": "eu-central-1",
        "userPoolId": "eu-central-1_pool", "userName": user_name,
        "callerContext": { "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "client" },
        "request": {
            "userAttributes": { "sub": "0", "cognito:user_status": "EXTERNAL_PROVIDER" },
            "groupConfiguration": { "groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": null },
            "scopes": ["openid"],
        },
        "response": { "claimsAndScopeOverrideDetails": null },
    })
}

fn user(bits: u128) -> String {
    format!("Gosuslugi_{}", subject(bits).as_str())
}

fn added(answer: &Value) -> &Value {
    let details = &answer["response"]["claimsAndScopeOverrideDetails"];
    assert_eq!(details["idTokenGeneration"], details["accessTokenGeneration"]);
    &details["accessTokenGeneration"]["claimsToAddOrOverride"]
}

async fn teacher_who_is_a_pupil() -> Registry {
    let registry = Registry::start().await;
    registry.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    registry.put(account(7)).await;
    registry
        .put(Institution {
            institution: SCHOOL,
            region: RegionId::from_bits(1),
            kind: InstitutionKind::Vocational,
            name: "Колледж связи".to_owned(),
            time_zone: "Asia/Vladivostok".to_owned(),
        })
        .await;
    registry
        .put(HeldRole {
            person: person(7),
            role: Role::Teacher,
            institution: Some(SCHOOL),
            region: None,
            place_name: "Колледж связи".to_owned(),
            from: Some("2026-09-01".parse().expect("a date")),
            until: None,
        })
        .await;
    registry
        .put(Membership {
            person: person(7),
            group: GroupId::from_bits(1),
            group_kind: GroupKind::Class,
            role: MemberRole::Pupil,
            name: card(7, "Иванова", "Ирина", "Сергеевна").name,
            institution: SCHOOL,
            institution_name: "Колледж связи".to_owned(),
            time_zone: String::new(),
            title: "С-21".to_owned(),
            subject: None,
            grade: None,
            periods: vec![],
            from: None,
            until: Some("2026-08-31".parse().expect("a date")),
            learns_in: vec![],
        })
        .await;
    registry
}

#[tokio::test]
async fn a_known_account_gets_the_person_and_the_roles_of_the_day_at_the_place() {
    let registry = teacher_who_is_a_pupil().await;
    // The first of September has begun in Vladivostok and not in Moscow.
    let issuer = registry.issuer("", "2026-08-31T15:00:00Z");
    let answer = issuer.answer(event(&user(7))).await.expect("an answer");
    let expected = json!({
        "person": person(7), "roles": format!("teacher:{SCHOOL}"),
        "gosuslugi_auth_time": testkit::moment("2026-11-23T08:55:00Z").as_second().to_string(),
    });
    assert_eq!(added(&answer), &expected);
    assert_eq!(answer["userName"], user(7), "the event comes back whole");
    let issuer = registry.issuer("", "2026-08-31T13:00:00Z");
    let answer = issuer.answer(event(&user(7))).await.expect("an answer");
    assert_eq!(added(&answer)["roles"], format!("pupil:{SCHOOL}"));
}

#[tokio::test]
async fn a_renewed_token_does_not_take_over_when_somebody_has_signed_in_elsewhere() {
    let registry = teacher_who_is_a_pupil().await;
    let issuer = registry.issuer("", "2026-11-23T09:00:00Z");
    let mut renewal = event(&user(7));
    renewal["triggerSource"] = json!("TokenGeneration_RefreshTokens");
    let answer = issuer.answer(renewal).await.expect("an answer");
    assert_eq!(added(&answer)["person"], json!(person(7)));
    assert_eq!(added(&answer)["gosuslugi_auth_time"], Value::Null);
}

#[tokio::test]
async fn an_unknown_account_gets_no_claims() {
    let registry = teacher_who_is_a_pupil().await;
    let issuer = registry.issuer("", crate::support::NOW);
    for name in [
        user(8),
        "Gosuslugi_".to_owned(),
        "admin".to_owned(),
        String::new(),
    ] {
        let answer = issuer.answer(event(&name)).await.expect("an answer");
        assert_eq!(added(&answer), &Value::Null, "{name}");
    }
    let answer = issuer.answer(json!({})).await.expect("an answer");
    assert_eq!(added(&answer), &Value::Null);
}

#[tokio::test]
async fn an_operator_named_in_the_settings_becomes_one_with_a_confirmed_account() {
    let registry = Registry::start().await;
    let hash = Snils::from_number(112_233_445).hash(b"key");
    for (bits, trusted) in [(7, true), (8, false)] {
        let mut person = card(bits, "Иванова", "Ирина", "Сергеевна");
        person.snils_hash = Some(hash.clone());
        person.trusted = trusted;
        registry.put(person).await;
        registry.put(account(bits)).await;
    }
    let operators = format!(" {} , {}", "ab".repeat(32), hash.as_str());
    let issuer = registry.issuer(&operators, crate::support::NOW);
    let answer = issuer.answer(event(&user(7))).await.expect("an answer");
    assert_eq!(added(&answer)["roles"], "federal_operator");
    let answer = issuer.answer(event(&user(8))).await.expect("an answer");
    assert_eq!(added(&answer)["roles"], "");
}

#[tokio::test]
async fn operators_that_are_no_hashes_stop_the_start() {
    let registry = Registry::start().await;
    let environment = Environment::of(&[("REGISTRY_TABLE", "registry"), ("OPERATORS", "112-233-445 95")]);
    assert!(ClaimsIssuer::new(&environment, registry.database.client(), Clock::System).is_err());
}

#[tokio::test]
async fn claims_cost_three_calls_and_two_units() {
    let registry = teacher_who_is_a_pupil().await;
    let issuer = registry.issuer("", crate::support::NOW);
    let (answer, used) = store::metered(issuer.answer(event(&user(7)))).await;
    assert!(answer.is_ok());
    assert!(used.calls == 3 && used.units <= 2.5, "{used:?}");
}

#[tokio::test]
async fn a_registry_that_cannot_be_read_gives_no_token_at_all() {
    let registry = Registry::start().await;
    let environment = Environment::of(&[("REGISTRY_TABLE", "elsewhere")]);
    let issuer =
        ClaimsIssuer::new(&environment, registry.database.client(), Clock::System).expect("all settings");
    assert!(issuer.answer(event(&user(7))).await.is_err());
}
