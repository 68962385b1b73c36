//! The norms of this process, and what they say of one class.

use std::sync::OnceLock;

use jiff::civil::Date;
use model::InstitutionKind;
use rosters::Group;
use timetable_norms::{Finding, NormFaults, NormTable, check};
use timetables::Timetable;

use super::week::week;

/// The table that comes with the platform, read once in a process.
///
/// # Errors
/// None in a released crate: a test of the norms reads the file.
pub(crate) fn table() -> Result<&'static NormTable, NormFaults> {
    static TABLE: OnceLock<NormTable> = OnceLock::new();
    match TABLE.get() {
        Some(table) => Ok(table),
        None => {
            let table = NormTable::shipped()?;
            Ok(TABLE.get_or_init(|| table))
        }
    }
}

/// What the norms of a date find in the week of one class, the gravest first. Nothing is said of its teachers: their other
/// classes are not known here.
///
/// # Errors
/// See [`table`].
pub(crate) fn of_class(
    kind: InstitutionKind,
    date: Date,
    class: Group,
    own: Timetable,
) -> Result<Vec<Finding>, NormFaults> {
    let mut findings = check(&week(kind, date, &[class], &[own]), table()?).findings;
    findings.retain(|finding| finding.place.teacher.is_none());
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    Ok(findings)
}
