//! The ceiling of homework by the norms in force. They are data of the timetable's norms; here only read.

use std::sync::OnceLock;

use jiff::civil::Date;
use model::InstitutionKind;
use timetable_norms::{NormTable, homework_ceiling};

/// The norms, read when the first list of homework is asked for: most requests of a diary need none of them.
#[derive(Debug, Default)]
pub(crate) struct Norms(OnceLock<Option<NormTable>>);

impl Norms {
    /// The most minutes of homework for a day in a year of study, where the norms in force say any.
    pub(crate) fn homework_ceiling(
        &self,
        date: Date,
        institution: InstitutionKind,
        grade: u8,
    ) -> Option<u16> {
        // A page must be shown without the norms too; that the shipped ones can be read is tested where they are kept.
        let table = self.0.get_or_init(|| NormTable::shipped().ok()).as_ref()?;
        homework_ceiling(table, date, institution, grade)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_seventh_grade_has_two_and_a_half_hours_and_a_kindergarten_no_norm() {
        let norms = Norms::default();
        let on = date(2026, 11, 23);
        assert_eq!(norms.homework_ceiling(on, InstitutionKind::General, 7), Some(150));
        assert_eq!(norms.homework_ceiling(on, InstitutionKind::Preschool, 7), None);
    }
}
