//! Results as a form sends them, and what became of each. Pure.

use model::{PersonId, ResultMark};
use web::Problem;

use crate::{
    attestation::{Held, attestation},
    handlers::results::ResultWish,
    journal::Row,
};

/// A result as it was typed; an empty text takes it back. The error names the message.
pub(crate) fn parse_result(text: &str) -> Result<Option<ResultMark>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| "result_unknown"),
    }
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultField {
    /// The pupil.
    pub(crate) pupil: PersonId,
    /// The version of the result that the form showed.
    pub(crate) version: u64,
    /// What stands in the field now.
    pub(crate) mark: String,
}

/// A form with results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultForm {
    /// The changed fields.
    pub(crate) fields: Vec<ResultField>,
    /// Whether all that is proposed and does not stand yet shall be set.
    pub(crate) takes_proposals: bool,
    /// Whether form and day of the attestation shall be set of all results that stand and were not taken again.
    pub(crate) attests: bool,
    /// Form and day of the attestation as they were sent; empty where the form has none.
    pub(crate) attestation: (String, String),
    /// The same, checked; see [`Held`].
    pub(crate) held: Option<Held>,
    /// Why, for a period that was locked.
    pub(crate) reason: String,
}

impl ResultForm {
    /// Reads `reason`, `action`, `form` and `held` of the attestation, and for each pupil `mark-<id>`, `was-<id>` (what the form had shown) and `version-<id>`.
    pub(crate) fn parse(pairs: &[(String, String)]) -> Option<Self> {
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str())
        };
        let mut fields = vec![];
        for (name, mark) in pairs {
            let Some(pupil) = name.strip_prefix("mark-") else {
                continue;
            };
            let was = value(&format!("was-{pupil}"))?;
            let version = value(&format!("version-{pupil}"))?.parse().ok()?;
            if was.trim() != mark.trim() {
                fields.push(ResultField {
                    pupil: pupil.parse().ok()?,
                    version,
                    mark: mark.clone(),
                });
            }
        }
        let text = |name| value(name).unwrap_or_default().to_owned();
        Some(Self {
            fields,
            takes_proposals: value("action") == Some("propose"),
            attests: value("action") == Some("attest"),
            attestation: (text("form"), text("held")),
            held: None,
            reason: text("reason"),
        })
    }

    /// What the form wants for a pupil, given what the rule proposes and what stands; nothing if it leaves the result alone.
    pub(crate) fn wish_for(
        &self,
        pupil: PersonId,
        proposed: Option<ResultMark>,
        (version, stands): (u64, bool),
    ) -> Option<Result<ResultWish<'_>, &'static str>> {
        let wish = |mark, version| ResultWish {
            mark,
            version,
            proposed,
            reason: &self.reason,
            held: self.held,
        };
        match self.fields.iter().find(|field| field.pupil == pupil) {
            Some(field) => Some(parse_result(&field.mark).map(|mark| wish(mark, field.version))),
            None if self.takes_proposals && !stands => proposed.map(|mark| Ok(wish(Some(mark), version))),
            None => None,
        }
    }

    /// What it wants for the pupil of a row.
    pub(crate) fn wish(&self, row: &Row) -> Option<Result<ResultWish<'_>, &'static str>> {
        let stands = row.cells.result.as_ref();
        let version = stands.map_or(0, |result| result.version);
        let wish = self.wish_for(
            row.member.person,
            row.proposal(),
            (version, row.result().is_some()),
        );
        let was_taken_again = attestation(row).is_some_and(|said| said.retakes > 0);
        match row.result() {
            Some(mark) if wish.is_none() && self.attests && !was_taken_again => Some(Ok(ResultWish {
                mark: Some(mark),
                version,
                proposed: row.proposal(),
                reason: &self.reason,
                held: self.held,
            })),
            _ => wish,
        }
    }
}

/// What became of the rows of a form that sets results, one after another.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// So many were written.
    pub(crate) saved: usize,
    /// Those that could not be taken, each with the code of the message that says why.
    pub(crate) refused: Vec<(PersonId, String)>,
}

impl Tally {
    /// Notes what became of a row: written, already so, or refused, which stops no other. Says whether it was written; a
    /// failure that is ours stops.
    pub(crate) fn note<T>(
        &mut self,
        pupil: PersonId,
        set: Result<Option<T>, Problem>,
    ) -> Result<bool, Problem> {
        let written = match set {
            Ok(result) => result.is_some(),
            Err(problem) if problem.status().is_client_error() => {
                self.refused.push((pupil, problem.code().to_owned()));
                false
            }
            Err(problem) => return Err(problem),
        };
        self.saved += usize::from(written);
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> ResultForm {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        ResultForm::parse(&pairs).expect("a form")
    }

    fn wanted(form: &ResultForm, proposed: Option<u8>, stands: (u64, bool)) -> Option<(Option<String>, u64)> {
        let proposed = proposed.map(ResultMark::Grade);
        let wish = form
            .wish_for(PersonId::from_bits(1), proposed, stands)?
            .expect("a wish");
        Some((wish.mark.map(|mark| mark.to_string()), wish.version))
    }

    #[test]
    fn what_is_proposed_is_set_only_where_nothing_stands_and_nothing_was_typed() {
        let pupil = PersonId::from_bits(1);
        let propose = form(&[("action", "propose")]);
        assert_eq!(
            wanted(&propose, Some(4), (0, false)),
            Some((Some("4".to_owned()), 0))
        );
        assert_eq!(
            wanted(&propose, Some(4), (2, false)),
            Some((Some("4".to_owned()), 2)),
            "taken back before"
        );
        assert_eq!(wanted(&propose, Some(4), (1, true)), None);
        assert_eq!(wanted(&propose, None, (0, false)), None);
        assert_eq!(wanted(&form(&[]), Some(4), (0, false)), None);
        let typed = form(&[
            ("action", "propose"),
            (&format!("mark-{pupil}"), "5"),
            (&format!("was-{pupil}"), ""),
            (&format!("version-{pupil}"), "0"),
        ]);
        assert_eq!(
            wanted(&typed, Some(4), (0, false)),
            Some((Some("5".to_owned()), 0))
        );
    }

    #[test]
    fn what_was_not_changed_is_left_alone_and_an_emptied_field_takes_back() {
        let pupil = PersonId::from_bits(1);
        let with = |mark, was| {
            form(&[
                (&format!("mark-{pupil}"), mark),
                (&format!("was-{pupil}"), was),
                (&format!("version-{pupil}"), "3"),
            ])
        };
        assert_eq!(wanted(&with("5", "5"), None, (3, true)), None);
        assert_eq!(wanted(&with("", "5"), None, (3, true)), Some((None, 3)));
        let wrong = with("7", "5");
        assert_eq!(
            wrong.wish_for(pupil, None, (3, true)).map(|wish| wish.err()),
            Some(Some("result_unknown"))
        );
    }
}
