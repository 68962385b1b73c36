//! Failures that say what to do about them.

use std::fmt;

/// What the reader of a failure can do about it: one sentence, shown after the chain of causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice(String);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds [`Advice`] to whatever went wrong.
pub(crate) trait Advise<T> {
    /// The same result, with a sentence that says what to do if it is a failure.
    fn advise(self, advice: impl Into<String>) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Advise<T> for Result<T, E> {
    fn advise(self, advice: impl Into<String>) -> anyhow::Result<T> {
        self.map_err(|error| error.into().context(Advice(advice.into())))
    }
}

/// A failure that consists of what happened and what to do.
pub(crate) fn failure(what: impl Into<String>, advice: impl Into<String>) -> anyhow::Error {
    anyhow::Error::msg(what.into()).context(Advice(advice.into()))
}

/// The chain of causes in one line, without the advice.
pub(crate) fn causes(error: &anyhow::Error) -> String {
    let advice = error.downcast_ref::<Advice>().map(ToString::to_string);
    let texts: Vec<String> = error
        .chain()
        .map(ToString::to_string)
        .filter(|text| Some(text) != advice.as_ref())
        .collect();
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_is_kept_apart_from_the_causes() {
        let error = failure("port 8080 is taken", "stop the program that listens there").context("ports");
        assert_eq!(causes(&error), "ports: port 8080 is taken");
        assert_eq!(
            error.downcast_ref::<Advice>().map(ToString::to_string).as_deref(),
            Some("stop the program that listens there")
        );
    }
}
