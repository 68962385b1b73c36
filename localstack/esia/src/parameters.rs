//! Parameters of a request and the checks that both signed requests share.

use std::collections::HashMap;

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use jiff::{Timestamp, fmt::strtime};
use subtle::ConstantTimeEq;

use crate::{ErrorCode, Simulator, clock::now, config::Registered};

/// Clients write the signature with and without padding; ESIA takes both.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Parameters by name, each given once.
#[derive(Debug)]
pub(crate) struct Parameters(HashMap<String, String>);

impl Parameters {
    /// Refuses a parameter given twice.
    pub(crate) fn collect(pairs: Vec<(String, String)>) -> Result<Self, ErrorCode> {
        let mut parameters = HashMap::with_capacity(pairs.len());
        for (name, value) in pairs {
            if parameters.insert(name, value).is_some() {
                return Err(ErrorCode::InvalidParameter);
            }
        }
        Ok(Self(parameters))
    }

    /// A parameter, or nothing where it is absent or empty.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// A mandatory parameter.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ErrorCode> {
        self.optional(name).ok_or(ErrorCode::MissingParameter)
    }

    /// A mandatory parameter that must have this value.
    pub(crate) fn fixed(&self, name: &str, value: &str, otherwise: ErrorCode) -> Result<(), ErrorCode> {
        if self.required(name)? == value {
            Ok(())
        } else {
            Err(otherwise)
        }
    }
}

impl Simulator {
    /// The system that the request names.
    pub(crate) fn system_of(&self, parameters: &Parameters) -> Result<&Registered, ErrorCode> {
        let client_id = parameters.required("client_id")?;
        self.systems
            .iter()
            .find(|known| known.system.client_id == client_id)
            .ok_or(ErrorCode::UnknownSystem)
    }

    /// Checks what both signed requests carry: redirect address, scope, state, time, certificate hash and signature. The
    /// signed text ends with `tail`: empty for authorization, the code for the exchange.
    pub(crate) async fn check_signed(
        &self,
        known: &Registered,
        parameters: &Parameters,
        tail: &str,
    ) -> Result<(), ErrorCode> {
        let redirect_uri = parameters.required("redirect_uri")?;
        if !known
            .system
            .redirect_uris
            .iter()
            .any(|allowed| allowed == redirect_uri)
        {
            return Err(ErrorCode::WrongRedirect);
        }
        let scope = parameters.optional("scope").ok_or(ErrorCode::MissingScope)?;
        check_scope(&known.system.scopes, scope)?;
        let state = parameters.required("state")?;
        if uuid::Uuid::try_parse(state).is_err() || state.len() != 36 {
            return Err(ErrorCode::InvalidParameter);
        }
        let timestamp = parameters.required("timestamp")?;
        let made_at = parse_timestamp(timestamp).ok_or(ErrorCode::WrongTime)?;
        if now().duration_since(made_at).abs() > self.config.lifetimes.timestamp {
            return Err(ErrorCode::WrongTime);
        }
        let hash = parameters
            .required("client_certificate_hash")?
            .to_ascii_lowercase();
        if !bool::from(hash.as_bytes().ct_eq(known.certificate_hash.as_bytes())) {
            return Err(ErrorCode::WrongSecret);
        }
        let client_id = &known.system.client_id;
        let scope_org = parameters.optional("scope_org").unwrap_or_default();
        let text = format!("{client_id}{scope}{scope_org}{timestamp}{state}{redirect_uri}{tail}");
        let signature = BASE64URL
            .decode(parameters.required("client_secret")?)
            .map_err(|_| ErrorCode::WrongSecret)?;
        let openssl = &self.config.openssl;
        match openssl
            .verify(
                known.system.signature,
                &known.public_key,
                text.as_bytes(),
                &signature,
            )
            .await
        {
            Ok(true) => Ok(()),
            Ok(false) => Err(ErrorCode::WrongSecret),
            Err(_) => Err(ErrorCode::Unexpected),
        }
    }
}

/// Every scope asked for must be granted to the system; `openid` is not obligatory.
fn check_scope(granted: &[String], scope: &str) -> Result<(), ErrorCode> {
    let known = scope
        .split(' ')
        .all(|asked| granted.iter().any(|allowed| allowed == asked));
    if known {
        Ok(())
    } else {
        Err(ErrorCode::InvalidScope)
    }
}

/// `yyyy.MM.dd HH:mm:ss Z`, as in `2026.11.23 13:05:26 +0000`.
fn parse_timestamp(text: &str) -> Option<Timestamp> {
    strtime::parse("%Y.%m.%d %H:%M:%S %z", text)
        .ok()?
        .to_timestamp()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Result<Parameters, ErrorCode> {
        Parameters::collect(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        assert_eq!(
            parameters(&[("scope", "openid"), ("scope", "snils")]).err(),
            Some(ErrorCode::InvalidParameter)
        );
    }

    #[test]
    fn an_empty_parameter_is_a_missing_one() {
        let parameters = parameters(&[("state", "")]).expect("parameters");
        assert_eq!(parameters.required("state"), Err(ErrorCode::MissingParameter));
    }

    #[test]
    fn the_timestamp_is_read_with_its_offset() {
        let moscow = parse_timestamp("2026.11.23 16:05:26 +0300");
        assert_eq!(moscow, parse_timestamp("2026.11.23 13:05:26 +0000"));
        assert!(moscow.is_some());
        assert_eq!(parse_timestamp("2026-11-23T13:05:26Z"), None);
    }

    #[test]
    fn a_scope_that_was_not_granted_is_refused() {
        let granted = ["openid".to_owned(), "snils".to_owned()];
        assert_eq!(check_scope(&granted, "openid snils"), Ok(()));
        assert_eq!(check_scope(&granted, "openid inn"), Err(ErrorCode::InvalidScope));
        assert_eq!(
            check_scope(&granted, "openid  snils"),
            Err(ErrorCode::InvalidScope)
        );
    }
}
