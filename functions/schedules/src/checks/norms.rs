//! What the norms say of one class.

use jiff::civil::Date;
use model::InstitutionKind;
use rosters::Group;
use timetable_norms::{Finding, NormFaults, NormTable, check};
use timetables::Timetable;

use super::week::week;

/// What the norms of a date find in the week of one class, the gravest first. Nothing is said of its teachers: their other
/// classes are not known here.
///
/// # Errors
/// See [`NormTable::shipped`].
pub(crate) fn of_class(
    kind: InstitutionKind,
    date: Date,
    class: Group,
    own: Timetable,
) -> Result<Vec<Finding>, NormFaults> {
    let mut findings = check(&week(kind, date, &[class], &[own]), NormTable::of_process()?).findings;
    findings.retain(|finding| finding.place.teacher.is_none());
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    Ok(findings)
}
