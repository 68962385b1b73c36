use aws_lc_rs::{encoding::AsDer, rsa, signature::KeyPair};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

use super::*;
use crate::pem::pem;

const ISSUER: &str = "http://esia.gosuslugi.ru/";

struct Key {
    private: EncodingKey,
    public: String,
}

fn key() -> Key {
    let pair = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).expect("a key");
    let private = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair).expect("der");
    let public = AsDer::<aws_lc_rs::encoding::PublicKeyX509Der<'_>>::as_der(pair.public_key()).expect("der");
    Key {
        private: EncodingKey::from_rsa_pem(pem("PRIVATE KEY", private.as_ref()).as_bytes()).expect("a key"),
        public: pem("PUBLIC KEY", public.as_ref()),
    }
}

fn now() -> Timestamp {
    "2026-11-23T13:05:26Z".parse().expect("a time")
}

fn id_claims() -> Value {
    let second = now().as_second();
    json!({
        "iss": ISSUER, "aud": "MYSCHOOL", "sub": 1000, "iat": second, "nbf": second, "exp": second + 3600,
        "auth_time": second - 10,
        "urn:esia:sbj": { "urn:esia:sbj:oid": 1000, "urn:esia:sbj:is_tru": true },
    })
}

fn access_claims() -> Value {
    let second = now().as_second();
    json!({
        "iss": ISSUER, "client_id": "MYSCHOOL", "iat": second, "nbf": second, "exp": second + 3600,
        "scope": "openid", "urn:esia:sbj_id": 1000,
    })
}

fn signed(key: &Key, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(Algorithm::RS256), claims, &key.private).expect("a token")
}

fn changed(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[test]
fn right_tokens_prove_the_account() {
    let key = key();
    let checks = TokenChecks::new(&key.public, ISSUER, "MYSCHOOL").expect("checks");
    let proven = checks
        .check(
            &signed(&key, &id_claims()),
            &signed(&key, &access_claims()),
            now(),
        )
        .expect("an account");
    let signed_in_at = now() - SignedDuration::from_secs(10);
    assert_eq!(
        proven,
        ProvenAccount {
            oid: "1000".to_owned(),
            trusted: true,
            signed_in_at: Some(signed_in_at)
        }
    );
}

#[test]
fn each_wrong_claim_is_refused() {
    let key = key();
    let checks = TokenChecks::new(&key.public, ISSUER, "MYSCHOOL").expect("checks");
    let second = now().as_second();
    let (id, access) = (id_claims(), access_claims());
    let foreign = json!({ "urn:esia:sbj:oid": 1001, "urn:esia:sbj:is_tru": true });
    let pairs = [
        (
            changed(id.clone(), "iss", json!("https://esia.gosuslugi.ru/")),
            access.clone(),
        ),
        (changed(id.clone(), "aud", json!("OTHER")), access.clone()),
        (changed(id.clone(), "exp", json!(second)), access.clone()),
        (changed(id.clone(), "nbf", json!(second + 120)), access.clone()),
        (changed(id.clone(), "iat", json!(second - 301)), access.clone()),
        (changed(id.clone(), "iat", json!(second + 120)), access.clone()),
        (changed(id.clone(), "sub", json!(1001)), access.clone()),
        (changed(id.clone(), "urn:esia:sbj", foreign), access.clone()),
        (changed(id.clone(), "urn:esia:sbj", Value::Null), access.clone()),
        (
            id.clone(),
            changed(access.clone(), "urn:esia:sbj_id", json!(1001)),
        ),
        (id.clone(), changed(access.clone(), "client_id", json!("OTHER"))),
        (id.clone(), changed(access.clone(), "exp", json!(second - 1))),
        (
            id.clone(),
            changed(access.clone(), "iss", json!("http://esia.example/")),
        ),
    ];
    for (id, access) in pairs {
        let answer = checks.check(&signed(&key, &id), &signed(&key, &access), now());
        assert!(
            matches!(answer, Err(UpstreamError::Untrusted(_))),
            "{id} {access}"
        );
    }
}

#[test]
fn a_token_of_another_key_or_another_algorithm_is_refused() {
    let (key, stranger) = (key(), key());
    let checks = TokenChecks::new(&key.public, ISSUER, "MYSCHOOL").expect("checks");
    let access = signed(&key, &access_claims());
    assert!(
        checks
            .check(&signed(&stranger, &id_claims()), &access, now())
            .is_err()
    );
    assert!(
        checks
            .check(
                &signed(&key, &id_claims()),
                &signed(&stranger, &access_claims()),
                now()
            )
            .is_err()
    );
    let by_secret = EncodingKey::from_secret(key.public.as_bytes());
    let forged =
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &id_claims(), &by_secret).expect("a token");
    assert!(checks.check(&forged, &access, now()).is_err());
    assert!(checks.check("not.a.token", &access, now()).is_err());
}

#[test]
fn both_keys_count_while_esia_changes_its_key() {
    let (old, new) = (key(), key());
    let checks = TokenChecks::new(&(old.public.clone() + &new.public), ISSUER, "MYSCHOOL").expect("checks");
    for key in [old, new] {
        assert!(
            checks
                .check(
                    &signed(&key, &id_claims()),
                    &signed(&key, &access_claims()),
                    now()
                )
                .is_ok()
        );
    }
    assert!(TokenChecks::new("", ISSUER, "MYSCHOOL").is_err());
}
