//! How a result of a semester is given in vocational education: form, day, hours, and whether it was taken again. Pure.

use gradebook::{LessonPlan, PeriodResult, PlanRow};
use jiff::civil::Date;
use model::{AcademicPeriod, Attestation, AttestationForm, ResultMark};

use crate::{handlers::Sheet, journal::Row};

/// In which form and when results are given, as their teacher says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    /// In which form.
    pub(crate) form: AttestationForm,
    /// On which day.
    pub(crate) date: Date,
    /// Hours of the discipline by its plan, where it has one.
    pub(crate) hours: Option<u16>,
}

impl Held {
    /// Reads form and day as they were sent; nothing where neither was. The error names the message.
    pub(crate) fn parse(form: &str, date: &str) -> Result<Option<Self>, &'static str> {
        let (form, date) = (form.trim(), date.trim());
        if form.is_empty() && date.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            form: form.parse().map_err(|_| "attestation_form")?,
            date: date.parse().map_err(|_| "attestation_date")?,
            hours: None,
        }))
    }

    /// With the hours of the plan, if the day is possible: not before the period and not after today. A retake may come long
    /// after the period.
    pub(crate) fn checked(
        self,
        period: &AcademicPeriod,
        today: Date,
        plan: Option<&LessonPlan>,
    ) -> Result<Self, &'static str> {
        if self.date < period.start || today < self.date {
            return Err("attestation_date");
        }
        let hours: u32 = plan.map_or(0, |plan| plan.rows.iter().map(hours_of).sum());
        Ok(Self {
            hours: u16::try_from(hours).ok().filter(|hours| *hours > 0),
            ..self
        })
    }

    /// The attestation that a result then has. Another result of a later day is a retake; what is said again in the same
    /// way keeps the name under it.
    pub(crate) fn of(
        self,
        mark: ResultMark,
        before: Option<&PeriodResult>,
        teacher: &str,
    ) -> Result<Attestation, &'static str> {
        if !self.form.takes(mark) {
            return Err("result_not_of_form");
        }
        let stood = before.and_then(|before| Some((before.mark?, before.attestation.as_ref()?)));
        let retakes = match stood {
            Some((was, kept)) if was == mark && kept.form == self.form && kept.date == self.date => {
                return Ok(kept.clone());
            }
            Some((was, kept)) => kept
                .retakes
                .saturating_add(u8::from(was != mark && kept.date < self.date)),
            None => 0,
        };
        Ok(Attestation {
            form: self.form,
            date: self.date,
            hours: self.hours,
            retakes,
            teacher: teacher.to_owned(),
        })
    }
}

fn hours_of(row: &PlanRow) -> u32 {
    u32::from(row.hours)
}

/// What a result has of an attestation where its teacher says nothing of it now: the one that stood, if it still fits.
pub(crate) fn unsaid(
    mark: ResultMark,
    before: Option<&PeriodResult>,
) -> Result<Option<Attestation>, &'static str> {
    let kept = before.and_then(|before| before.attestation.clone());
    match kept {
        Some(kept) if !kept.form.takes(mark) => Err("result_not_of_form"),
        kept => Ok(kept),
    }
}

/// What the form of the results offers: the form and the day of the attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The form that most probably is meant.
    pub(crate) form: AttestationForm,
    /// The day.
    pub(crate) date: Date,
    /// The last day that can be chosen.
    pub(crate) today: Date,
}

impl Offer {
    /// What was said last of results that were not taken again; else what the scale of the results tells, and the last day
    /// of the period or today.
    pub(crate) fn of(sheet: &Sheet, today: Date) -> Self {
        let rows = &sheet.journal.rows;
        let said = rows
            .iter()
            .filter_map(attestation)
            .filter(|said| said.retakes == 0);
        match said.max_by_key(|said| said.date) {
            Some(said) => Self {
                form: said.form,
                date: said.date,
                today,
            },
            None => Self {
                form: rows
                    .iter()
                    .find_map(Row::result)
                    .map_or(AttestationForm::DifferentiatedPass, AttestationForm::usual),
                date: sheet.period.end.min(today).max(sheet.period.start),
                today,
            },
        }
    }
}

/// The attestation of a row.
pub(crate) fn attestation(row: &Row) -> Option<&Attestation> {
    row.cells.result.as_ref()?.attestation.as_ref()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{GroupId, PersonId};

    use super::*;

    fn held(form: &str, date: &str) -> Held {
        Held::parse(form, date).expect("read").expect("said")
    }

    fn stands(mark: ResultMark, attestation: Attestation) -> PeriodResult {
        PeriodResult {
            version: 1,
            mark: Some(mark),
            at: "2026-12-25T10:00:00Z".parse().expect("a moment"),
            by: PersonId::from_bits(1),
            attestation: Some(attestation),
        }
    }

    #[test]
    fn another_result_of_a_later_day_is_a_retake_and_a_correction_is_none() {
        let exam = held("exam", "2026-12-25");
        let two = ResultMark::Grade(2);
        let first = exam.of(two, None, "Громова В. П.").expect("an exam");
        assert_eq!((first.retakes, first.date), (0, date(2026, 12, 25)));
        let before = stands(two, first.clone());
        let again = held("exam", "2027-01-15");
        let better = again.of(ResultMark::Grade(4), Some(&before), "Громова В. П.");
        assert_eq!(better.map(|it| (it.retakes, it.date)), Ok((1, date(2027, 1, 15))));
        let corrected = exam.of(ResultMark::Grade(3), Some(&before), "Громова В. П.");
        assert_eq!(corrected.map(|it| it.retakes), Ok(0), "the same day");
        let moved = again.of(two, Some(&before), "Громова В. П.");
        assert_eq!(moved.map(|it| it.retakes), Ok(0), "the day was wrong");
        assert_eq!(exam.of(two, Some(&before), "Другой"), Ok(first), "the name stays");
    }

    #[test]
    fn a_result_that_does_not_come_of_the_form_is_refused() {
        let exam = held("exam", "2026-12-25");
        assert_eq!(exam.of(ResultMark::Pass, None, ""), Err("result_not_of_form"));
        let before = stands(
            ResultMark::Grade(4),
            exam.of(ResultMark::Grade(4), None, "").expect("an exam"),
        );
        assert_eq!(unsaid(ResultMark::Pass, Some(&before)), Err("result_not_of_form"));
        assert!(
            unsaid(ResultMark::Grade(5), Some(&before))
                .expect("kept")
                .is_some()
        );
        assert_eq!(unsaid(ResultMark::Pass, None), Ok(None));
    }

    #[test]
    fn the_day_lies_between_the_period_and_today_and_the_hours_are_those_of_the_plan() {
        let period = AcademicPeriod {
            id: "2026-s1".parse().expect("a period"),
            title: "1 семестр".to_owned(),
            start: date(2026, 9, 1),
            end: date(2026, 12, 29),
        };
        let today = date(2027, 1, 20);
        let row = |hours| PlanRow {
            number: 1,
            topic: "Тема".to_owned(),
            hours,
            control: String::new(),
            homework: String::new(),
        };
        let plan = LessonPlan {
            journal: GroupId::from_bits(1),
            year: "2026".to_owned(),
            rows: vec![row(40), row(32)],
        };
        let checked = held("pass", "2027-01-20").checked(&period, today, Some(&plan));
        assert_eq!(checked.map(|held| held.hours), Ok(Some(72)));
        let without = held("pass", "2026-09-01").checked(&period, today, None);
        assert_eq!(without.map(|held| held.hours), Ok(None));
        for wrong in ["2026-08-31", "2027-01-21"] {
            assert!(
                held("pass", wrong).checked(&period, today, None).is_err(),
                "{wrong}"
            );
        }
        assert_eq!(Held::parse("", " "), Ok(None));
        assert_eq!(Held::parse("exam", ""), Err("attestation_date"));
        assert_eq!(Held::parse("quiz", "2026-12-25"), Err("attestation_form"));
    }
}
