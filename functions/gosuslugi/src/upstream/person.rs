//! A person's data as ESIA writes it, and what we keep of it.

use jiff::{Timestamp, civil::Date, fmt::strtime};
use model::{PersonName, Snils};
use serde::Deserialize;

use super::UpstreamError;

/// A person and their declared children, parsed.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// The account's id at ESIA.
    pub(crate) oid: String,
    /// The name.
    pub(crate) name: PersonName,
    /// Date of birth.
    pub(crate) birth_date: Date,
    /// СНИЛС.
    pub(crate) snils: Snils,
    /// Whether the account is confirmed.
    pub(crate) trusted: bool,
    /// When the person signed in at Gosuslugi, if it tells: before now where the browser was signed in there.
    pub(crate) signed_in_at: Option<Timestamp>,
    /// Children whose СНИЛС and date of birth are known; others cannot be matched with anybody.
    pub(crate) kids: Vec<Kid>,
}

/// A declared child, as far as it serves matching.
#[derive(Debug, Clone)]
pub(crate) struct Kid {
    /// СНИЛС.
    pub(crate) snils: Snils,
    /// Date of birth.
    pub(crate) birth_date: Date,
}

/// `/rs/prns/{oid}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonData {
    last_name: Option<String>,
    first_name: Option<String>,
    middle_name: Option<String>,
    birth_date: Option<String>,
    snils: Option<String>,
    #[serde(default)]
    trusted: bool,
}

/// `/rs/prns/{oid}/kids?embed=(elements)`.
#[derive(Deserialize, Default)]
pub(crate) struct KidsData {
    #[serde(default)]
    elements: Vec<KidData>,
}

/// A child in `/kids`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KidData {
    birth_date: Option<String>,
    snils: Option<String>,
}

impl KidsData {
    /// The children of a gateway's answer.
    pub(crate) fn of(elements: Vec<KidData>) -> Self {
        Self { elements }
    }
}

impl PersonData {
    /// Whether the data themselves call the account confirmed.
    pub(crate) fn trusted(&self) -> bool {
        self.trusted
    }

    /// The parsed account. A simplified account has neither СНИЛС nor date of birth: it cannot be anybody's for us.
    pub(crate) fn account(
        self,
        oid: String,
        trusted: bool,
        kids: KidsData,
    ) -> Result<Account, UpstreamError> {
        let (Some(snils), Some(birth_date)) = (self.snils, self.birth_date) else {
            return Err(UpstreamError::Unconfirmed);
        };
        let odd = UpstreamError::Untrusted("the person's data cannot be read");
        let family = self.last_name.unwrap_or_default();
        let given = self.first_name.unwrap_or_default();
        let Ok(name) = PersonName::parse(&family, &given, self.middle_name.as_deref()) else {
            return Err(odd);
        };
        let (Ok(snils), Some(birth_date)) = (snils.parse(), dotted(&birth_date)) else {
            return Err(odd);
        };
        let kids = kids.elements.into_iter().filter_map(KidData::kid).collect();
        Ok(Account {
            oid,
            name,
            birth_date,
            snils,
            trusted,
            signed_in_at: None,
            kids,
        })
    }
}

impl KidData {
    fn kid(self) -> Option<Kid> {
        Some(Kid {
            snils: self.snils?.parse().ok()?,
            birth_date: dotted(&self.birth_date?)?,
        })
    }
}

/// `dd.MM.yyyy`.
fn dotted(text: &str) -> Option<Date> {
    strtime::parse("%d.%m.%Y", text).ok()?.to_date().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn person(change: impl FnOnce(&mut serde_json::Value)) -> PersonData {
        let mut data = json!({
            "stateFacts": ["Identifiable"], "lastName": "Орлова", "firstName": "Анна", "middleName": "Сергеевна",
            "birthDate": "02.07.1985", "snils": "112-233-445 95", "trusted": true, "status": "REGISTERED",
        });
        change(&mut data);
        serde_json::from_value(data).expect("data")
    }

    #[test]
    fn a_confirmed_account_is_read_with_the_children_that_can_be_matched() {
        let kids: KidsData = serde_json::from_value(json!({ "size": 3, "elements": [
            { "id": 1, "birthDate": "09.03.2014", "snils": "112-233-445 95" },
            { "id": 2, "birthDate": "09.03.2024" },
            { "id": 3, "birthDate": "09.03.2014", "snils": "112-233-445 96" },
        ]}))
        .expect("kids");
        let account = person(|_| {})
            .account("1000".to_owned(), true, kids)
            .expect("an account");
        assert_eq!(account.name.full(), "Орлова Анна Сергеевна");
        assert_eq!(account.birth_date, jiff::civil::date(1985, 7, 2));
        assert_eq!(account.kids.len(), 1);
    }

    #[test]
    fn an_account_without_snils_is_an_unconfirmed_one() {
        let data = person(|data| data["snils"] = serde_json::Value::Null);
        assert!(matches!(
            data.account("1000".to_owned(), false, KidsData::default()),
            Err(UpstreamError::Unconfirmed)
        ));
    }

    #[test]
    fn data_that_break_the_rules_are_refused() {
        for (name, value) in [
            ("snils", "112-233-445 96"),
            ("birthDate", "1985-07-02"),
            ("lastName", ""),
        ] {
            let data = person(|data| data[name] = json!(value));
            let answer = data.account("1000".to_owned(), true, KidsData::default());
            assert!(matches!(answer, Err(UpstreamError::Untrusted(_))), "{name}");
        }
    }
}
