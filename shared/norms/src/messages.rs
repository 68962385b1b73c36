//! The words of findings, for the features that show them.

use ui::Messages;

/// The messages in each language.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// The keys that [`crate::Message::key`] can have. Days are numbers in arguments, Monday = 1.
pub const MESSAGE_KEYS: [&str; 22] = [
    "norm-week-load",
    "norm-day-load",
    "norm-day-load-once",
    "norm-week-days",
    "norm-lesson-length",
    "norm-day-begins-early",
    "norm-day-ends-late",
    "norm-first-number",
    "norm-shift",
    "norm-break",
    "norm-long-break",
    "norm-pupil-windows",
    "norm-teacher-windows",
    "norm-hardest-days",
    "norm-hard-lessons",
    "norm-double-lessons",
    "norm-homework",
    "norm-assessments-a-day",
    "norm-assessment-interval",
    "norm-assessment-share",
    "norm-assessment-first-lesson",
    "norm-assessment-last-lesson",
];
