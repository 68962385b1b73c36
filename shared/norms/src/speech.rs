//! Findings in the reader's language.

use jiff::civil::Date;
use ui::{Locale, Texts};

use crate::{Argument, Finding, Severity, Words};

/// How findings are said in the words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Speech<'a> {
    /// The words; [`crate::MESSAGES`] must be among them.
    pub texts: Texts<'a>,
}

impl Speech<'_> {
    /// What was found: «7А, понедельник: 8 уроков, допускается не больше 7».
    pub fn message(&self, finding: &Finding) -> String {
        let message = &finding.message;
        let argument = |(name, value): &(&'static str, Argument)| match value {
            Argument::Number(number) => (*name, (*number).into()),
            Argument::Text(text) => (*name, text.clone().into()),
        };
        let arguments: Vec<_> = message.arguments.iter().map(argument).collect();
        self.texts.with(message.key, &arguments)
    }

    /// Document, clause, and from when until when it holds.
    pub fn citation(&self, finding: &Finding) -> String {
        let mut arguments = vec![
            ("document", self.said(&finding.document).to_owned().into()),
            ("clause", self.said(&finding.clause).to_owned().into()),
            ("from", date(finding.from).into()),
        ];
        let Some(until) = finding.until else {
            return self.texts.with("norm-citation", &arguments);
        };
        arguments.push(("until", date(until).into()));
        self.texts.with("norm-citation-until", &arguments)
    }

    /// What is still to be compared with the document, if anything is.
    pub fn unsure(&self, finding: &Finding) -> Option<String> {
        let words = finding.unsure.as_ref()?;
        Some(self.texts.of("norm-unsure", self.said(words)))
    }

    /// That a norm ends on a day and the table names none that follows it.
    pub fn lapsing(&self, document: &Words, clause: &Words, until: Date) -> String {
        let arguments = [
            ("document", self.said(document).to_owned().into()),
            ("clause", self.said(clause).to_owned().into()),
            ("until", date(until).into()),
        ];
        self.texts.with("norm-lapsing", &arguments)
    }

    /// What follows from a finding: «Нельзя», «Проверьте», «К сведению».
    pub fn severity(&self, severity: Severity) -> String {
        self.texts.get(&format!("norm-severity-{}", severity.as_str()))
    }

    fn said<'w>(&self, words: &'w Words) -> &'w str {
        match self.texts.locale {
            Locale::Ru => &words.ru,
            Locale::En => &words.en,
        }
    }
}

fn date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}
