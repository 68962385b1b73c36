//! Checks: the published week of an institution against the norms.
//!
//! The norms themselves, with document, clause and dates, are data of the crate `timetable_norms`; here the week is put
//! into its terms, and what it finds into words with a way to the place. The editor of drafts shows the same of the class in
//! view.

mod handlers;
pub(crate) mod norms;
pub(crate) mod page;
pub(crate) mod week;

pub(crate) use handlers::{__path_show, page, show};
