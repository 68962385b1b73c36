//! Checks: the published week of an institution against the norms.
//!
//! The norms themselves, with document, clause and dates, are data of the crate `timetable_norms`; here the week is put
//! into its terms, and what it finds into words with a way to the place.

mod handlers;
mod page;
pub(crate) mod week;

pub(crate) use handlers::{__path_show, page, show};
