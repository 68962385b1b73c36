//! What every page shares: the layout, the words, the way dates and marks are written.

mod dates;
mod frame;
mod locale;
mod texts;

pub use dates::DateStyle;
pub use frame::{Child, Frame, Place, Viewer};
pub use locale::Locale;
pub use texts::{Args, Texts, Translations, TranslationsError};

/// The messages of the layout and of problems, in each language.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// One crate's messages in each language, as Fluent text.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    /// Russian.
    pub ru: &'static str,
    /// English.
    pub en: &'static str,
}

/// A problem as a page: what happened, that nothing was lost, and a way out.
#[derive(askama::Template)]
#[template(path = "problem.html")]
pub struct ProblemPage<'a> {
    /// The layout.
    pub frame: Frame<'a>,
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub detail: String,
    /// What is wrong field by field.
    pub fields: Vec<String>,
    /// By which number the operators find the request.
    pub request_id: String,
    /// Where to go on.
    pub way_out: (String, String),
    /// What a form had sent, so that it can be sent again after a new sign-in.
    pub resend: Option<Resend>,
}

/// A form that could not be taken, to be sent once more.
#[derive(Debug, Clone)]
pub struct Resend {
    /// Where it went.
    pub action: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Whether the person has to sign in at Gosuslugi anew, since an open session there will not do.
    pub is_anew: bool,
}
