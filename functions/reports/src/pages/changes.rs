//! What others changed in the journals that somebody keeps.

use askama::Template;
use model::LessonKey;
use ui::{DateStyle, Frame};

use crate::api::ForeignChanges;

/// The changes, the last first.
#[derive(Template)]
#[template(path = "changes.html")]
pub(crate) struct ChangesPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) changes: ForeignChanges,
    /// Whether these are the last changes.
    pub(crate) is_first: bool,
}

impl ChangesPage<'_> {
    /// «урок 16.11», «итог».
    fn of(&self, lesson: &Option<LessonKey>) -> String {
        let texts = self.frame.texts;
        match lesson {
            Some(lesson) => texts.of(
                "reports-foreign-lesson",
                &texts.date(lesson.date, DateStyle::Short),
            ),
            None => texts.get("reports-foreign-result"),
        }
    }

    /// Why nothing is shown.
    fn nothing(&self) -> String {
        let is_all = self.is_first && self.changes.next.is_none();
        self.frame.texts.get(if is_all {
            "reports-foreign-none"
        } else {
            "reports-foreign-none-here"
        })
    }

    fn or_nothing<'t>(&self, text: &'t str) -> &'t str {
        if text.is_empty() { "—" } else { text }
    }
}
