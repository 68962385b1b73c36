//! The reports that somebody may see.

use askama::Template;
use ui::Frame;

use crate::api::ReportList;

/// The classes, and for who leads an institution its own reports.
#[derive(Template)]
#[template(path = "list.html")]
pub(crate) struct ListPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) list: ReportList,
    /// Whether the reader keeps journals, in which others may change something.
    pub(crate) teaches: bool,
}
