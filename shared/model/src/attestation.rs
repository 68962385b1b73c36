//! Attestation in vocational education: in which form a discipline is assessed at the end of a semester, and when it was.
//!
//! Приказ Минпросвещения России от 24.08.2022 № 762 (in force since 01.03.2023) leaves the forms of промежуточная
//! аттестация to the curriculum of the institution; the forms below are those of the sections of a pass book (зачётная
//! книжка) by the usage of приказ Минобрнауки России от 05.04.2013 № 240.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::{ParseError, ResultMark};

/// In which form a discipline is assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttestationForm {
    /// Экзамен.
    Exam,
    /// Зачёт: passed or not, without a figure.
    Pass,
    /// Дифференцированный зачёт: a figure.
    DifferentiatedPass,
    /// Курсовая работа (проект).
    CourseWork,
    /// Практика.
    Practice,
}

impl AttestationForm {
    /// Every form, in the order in which pickers offer them.
    pub const ALL: [Self; 5] = [
        Self::Exam,
        Self::DifferentiatedPass,
        Self::Pass,
        Self::CourseWork,
        Self::Practice,
    ];

    /// The name used in keys, API and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exam => "exam",
            Self::Pass => "pass",
            Self::DifferentiatedPass => "differentiated_pass",
            Self::CourseWork => "course_work",
            Self::Practice => "practice",
        }
    }

    /// The form that the scale of a result tells where nobody has chosen one: credits are a зачёт, figures a
    /// дифференцированный зачёт. An exam is never guessed.
    pub const fn usual(mark: ResultMark) -> Self {
        match mark {
            ResultMark::Pass | ResultMark::Fail => Self::Pass,
            ResultMark::Grade(_) | ResultMark::NotAssessed | ResultMark::Exempt => Self::DifferentiatedPass,
        }
    }

    /// Whether such a result can come of the form: a зачёт has no figure, what is not a зачёт or a practice has one.
    pub const fn takes(self, mark: ResultMark) -> bool {
        match (self, mark) {
            (_, ResultMark::NotAssessed | ResultMark::Exempt) | (Self::Practice, _) => true,
            (Self::Pass, ResultMark::Grade(_)) => false,
            (Self::Pass, _) | (_, ResultMark::Grade(_)) => true,
            (_, ResultMark::Pass | ResultMark::Fail) => false,
        }
    }
}

impl FromStr for AttestationForm {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|form| form.as_str() == text)
            .ok_or(ParseError("attestation form"))
    }
}

/// How and when a result of a semester was given.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDisplay, DeserializeFromStr)]
pub struct Attestation {
    /// In which form.
    pub form: AttestationForm,
    /// On which day.
    pub date: Date,
    /// Hours of the discipline by its plan, where one was known then.
    pub hours: Option<u16>,
    /// How often it was taken again after a result that was not sufficient.
    pub retakes: u8,
    /// Who gave it, as they were named then: a pass book keeps the name that stood under the result.
    pub teacher: String,
}

/// What stands for hours that are not known.
const UNKNOWN: &str = "-";

impl fmt::Display for Attestation {
    /// `exam 2026-12-25 72 0 Громова В. П.`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = self
            .hours
            .map_or_else(|| UNKNOWN.to_owned(), |hours| hours.to_string());
        let Self {
            form,
            date,
            retakes,
            teacher,
            ..
        } = self;
        write!(f, "{} {date} {hours} {retakes} {teacher}", form.as_str())
    }
}

impl FromStr for Attestation {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        const WRONG: ParseError = ParseError("attestation");
        let parts: Vec<&str> = text.splitn(5, ' ').collect();
        let [form, date, hours, retakes, teacher] = parts[..] else {
            return Err(WRONG);
        };
        let hours = match hours {
            UNKNOWN => None,
            hours => Some(hours.parse().map_err(|_| WRONG)?),
        };
        Ok(Self {
            form: form.parse()?,
            date: date.parse().map_err(|_| WRONG)?,
            hours,
            retakes: retakes.parse().map_err(|_| WRONG)?,
            teacher: teacher.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_credit_has_no_figure_and_an_exam_has_one() {
        use AttestationForm::{CourseWork, DifferentiatedPass, Exam, Pass, Practice};
        for form in [Exam, DifferentiatedPass, CourseWork] {
            assert!(
                form.takes(ResultMark::Grade(2)) && !form.takes(ResultMark::Pass),
                "{form:?}"
            );
        }
        assert!(Pass.takes(ResultMark::Fail) && !Pass.takes(ResultMark::Grade(5)));
        assert!(Practice.takes(ResultMark::Pass) && Practice.takes(ResultMark::Grade(4)));
        for form in AttestationForm::ALL {
            assert!(form.takes(ResultMark::NotAssessed) && form.takes(ResultMark::Exempt));
            assert_eq!(form.as_str().parse(), Ok(form));
        }
    }

    #[test]
    fn the_form_that_nobody_chose_takes_its_result() {
        for mark in ResultMark::ALL {
            assert!(AttestationForm::usual(mark).takes(mark), "{mark}");
        }
    }

    #[test]
    fn what_is_no_attestation_is_refused() {
        for wrong in [
            "",
            "exam",
            "exam 2026-12-25 72 0",
            "quiz 2026-12-25 72 0 Громова",
            "exam 25.12 - 0 Г",
        ] {
            assert!(wrong.parse::<Attestation>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_attestation_reads_back_as_it_was_kept(
            form in prop::sample::select(&AttestationForm::ALL[..]), hours in prop::option::of(any::<u16>()),
            retakes in any::<u8>(), teacher in "[А-Яа-яё. ]{0,20}", day in 1i8..=28
        ) {
            let kept = Attestation { form, date: date(2026, 12, day), hours, retakes, teacher };
            prop_assert_eq!(kept.to_string().parse(), Ok(kept));
        }
    }
}
