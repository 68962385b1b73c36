//! The pass book of a student of vocational education (зачётная книжка): by course and semester what was attested, and what
//! is owed. Pure.
//!
//! The sections are those of the book of paper: exams, credits with and without a mark, course works, practices. An academic
//! debt (273-ФЗ of 29.12.2012, art. 58 part 2) is a result that is not sufficient, of whatever year, and a discipline of a
//! semester of the present year that is over, in which the student learns to its end and has no result. Whoever closes a year
//! sets «н/а» where there is none: of former years nothing but results is known.

use std::collections::{BTreeMap, BTreeSet};

use gradebook::{PeriodResult, PupilRow, YearResults};
use jiff::{civil::Date, tz::TimeZone};
use model::{AcademicPeriod, AcademicYear, Attestation, AttestationForm, GroupId, PeriodId, ResultMark};
use rosters::LearnsIn;

use crate::horizon::learns;

/// A section of a semester.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SectionKind {
    /// Экзамены.
    Exams,
    /// Зачёты и дифференцированные зачёты.
    Passes,
    /// Курсовые работы.
    CourseWorks,
    /// Практики.
    Practices,
}

impl SectionKind {
    /// The section in which a form stands.
    const fn of(form: AttestationForm) -> Self {
        match form {
            AttestationForm::Exam => Self::Exams,
            AttestationForm::Pass | AttestationForm::DifferentiatedPass => Self::Passes,
            AttestationForm::CourseWork => Self::CourseWorks,
            AttestationForm::Practice => Self::Practices,
        }
    }

    /// The name used in API and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Exams => "exams",
            Self::Passes => "passes",
            Self::CourseWorks => "course-works",
            Self::Practices => "practices",
        }
    }
}

/// A line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The journal.
    pub(crate) journal: GroupId,
    /// The discipline.
    pub(crate) subject: String,
    /// The result that stands.
    pub(crate) mark: ResultMark,
    /// Form, day, hours, retakes and who gave it; where nobody has said it, what follows from the result.
    pub(crate) given: Attestation,
}

/// The lines of one section, by discipline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// Which.
    pub(crate) kind: SectionKind,
    /// The lines.
    pub(crate) entries: Vec<Entry>,
}

/// Why something is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// The result is not sufficient.
    Insufficient(ResultMark),
    /// The semester is over and there is none.
    NoResult,
}

/// An academic debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Debt {
    /// The journal.
    pub(crate) journal: GroupId,
    /// The discipline.
    pub(crate) subject: String,
    /// In which year.
    pub(crate) year: AcademicYear,
    /// In which semester.
    pub(crate) period: PeriodId,
    /// The number of that semester: see [`Semester::number`].
    pub(crate) number: Option<usize>,
    /// Why.
    pub(crate) why: Owed,
}

/// A semester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Semester {
    /// Its name in addresses.
    pub(crate) period: PeriodId,
    /// Its number in the student's studies, where the course is known; else in the year. Nothing where it cannot be told.
    pub(crate) number: Option<usize>,
    /// The sections that have lines, in the order of the book.
    pub(crate) sections: Vec<Section>,
}

/// A year of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Course {
    /// The academic year.
    pub(crate) year: AcademicYear,
    /// Its number, where the student's group has one.
    pub(crate) number: Option<u8>,
}

/// A pass book, opened at a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PassBook {
    /// The courses that have anything, and the present one.
    pub(crate) courses: Vec<Course>,
    /// The one that is open.
    pub(crate) open: Course,
    /// Its semesters.
    pub(crate) semesters: Vec<Semester>,
    /// What is owed of all courses, by time and discipline.
    pub(crate) debts: Vec<Debt>,
}

/// What a pass book is made of.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// The results of all years at the institution.
    pub(crate) results: &'a [YearResults],
    /// The student's rows of the semesters of the present year that are over.
    pub(crate) rows: &'a [PupilRow],
    /// The periods of the student's group.
    pub(crate) periods: &'a [AcademicPeriod],
    /// Where the student learns in that group, and when; empty where the group was imported without it.
    pub(crate) learns_in: &'a [LearnsIn],
    /// The year of study of the group.
    pub(crate) grade: Option<u8>,
    /// The time zone of the institution, for the day of a result of which nobody has said it.
    pub(crate) zone: &'a TimeZone,
    /// Today there.
    pub(crate) today: Date,
}

/// The year of a group: of its last period, since in August it still is the group of the year that is over.
pub(crate) fn present_year(periods: &[AcademicPeriod], today: Date) -> AcademicYear {
    let years = periods.iter().map(|period| AcademicYear::of(period.start));
    years.max().unwrap_or_else(|| AcademicYear::of(today))
}

impl Sources<'_> {
    fn present(&self) -> AcademicYear {
        present_year(self.periods, self.today)
    }

    /// The book, opened at a year; at the present one if that is not among the student's.
    pub(crate) fn open(&self, wanted: Option<AcademicYear>) -> PassBook {
        let present = self.present();
        let years: BTreeSet<AcademicYear> = self
            .results
            .iter()
            .filter(|results| results.periods.values().any(|result| result.mark.is_some()))
            .map(|results| results.year)
            .chain([present])
            .collect();
        let courses: Vec<Course> = years.into_iter().map(|year| self.course(year)).collect();
        let open = courses
            .iter()
            .copied()
            .find(|course| Some(course.year) == wanted)
            .unwrap_or_else(|| self.course(present));
        PassBook {
            semesters: self.semesters_of(open),
            debts: self.debts(),
            courses,
            open,
        }
    }

    fn course(&self, year: AcademicYear) -> Course {
        let ago = self.present().first() - year.first();
        let number = self.grade.and_then(|grade| {
            let number = i16::from(grade) - ago;
            u8::try_from(number).ok().filter(|number| *number > 0)
        });
        Course { year, number }
    }

    fn semesters_of(&self, course: Course) -> Vec<Semester> {
        let mut found: BTreeMap<&PeriodId, Vec<Entry>> = BTreeMap::new();
        for results in self.results.iter().filter(|results| results.year == course.year) {
            for (period, result) in &results.periods {
                let entries = found.entry(period).or_default();
                entries.extend(self.entry(results, result));
            }
        }
        let numbered = self.numbered(course);
        let is_shown = |period: &PeriodId| {
            let terms = AcademicPeriod::terms(self.periods, course.year);
            terms.iter().any(|term| term.id == *period)
                || found.get(period).is_some_and(|entries| !entries.is_empty())
        };
        let shown: Vec<_> = numbered
            .into_iter()
            .filter(|(period, _)| is_shown(period))
            .collect();
        let semester = |(period, number): (PeriodId, Option<usize>)| Semester {
            sections: sections(found.remove(&period).unwrap_or_default()),
            period,
            number,
        };
        shown.into_iter().map(semester).collect()
    }

    /// The semesters of a course by time with their numbers. Of a former year nothing but the names of those with results is
    /// known, which sort by time: where they are fewer than a year has, nobody knows which ones they are.
    fn numbered(&self, course: Course) -> Vec<(PeriodId, Option<usize>)> {
        let of_year = AcademicPeriod::terms(self.periods, self.present()).len();
        let known: Vec<PeriodId> = AcademicPeriod::terms(self.periods, course.year)
            .into_iter()
            .map(|term| term.id)
            .collect();
        let of_course = self.results.iter().filter(|results| results.year == course.year);
        let given = of_course.flat_map(|results| &results.periods);
        let given: BTreeSet<&PeriodId> = given
            .filter(|(_, result)| result.mark.is_some())
            .map(|(period, _)| period)
            .collect();
        let others = given
            .into_iter()
            .filter(|period| !known.contains(*period))
            .cloned();
        let all: Vec<PeriodId> = known.iter().cloned().chain(others).collect();
        let is_known = !known.is_empty() || all.len() == of_year;
        let before = course
            .number
            .map_or(0, |number| (usize::from(number) - 1) * of_year);
        all.into_iter()
            .enumerate()
            .map(|(place, period)| (period, is_known.then_some(before + place + 1)))
            .collect()
    }

    /// The number of a semester of a year.
    fn number_of(&self, year: AcademicYear, period: &PeriodId) -> Option<usize> {
        let numbered = self.numbered(self.course(year)).into_iter();
        numbered.into_iter().find(|(other, _)| other == period)?.1
    }

    fn entry(&self, results: &YearResults, result: &PeriodResult) -> Option<Entry> {
        let mark = result.mark?;
        let given = result.attestation.clone().unwrap_or_else(|| Attestation {
            form: AttestationForm::usual(mark),
            date: self.zone.to_datetime(result.at).date(),
            hours: None,
            retakes: 0,
            teacher: String::new(),
        });
        Some(Entry {
            journal: results.journal,
            subject: results.subject.clone(),
            mark,
            given,
        })
    }

    fn debts(&self) -> Vec<Debt> {
        let mut debts = vec![];
        for results in self.results {
            for (period, result) in &results.periods {
                if let Some(mark) = result.mark.filter(|mark| !mark.is_sufficient()) {
                    debts.push(Debt {
                        journal: results.journal,
                        subject: results.subject.clone(),
                        year: results.year,
                        period: period.clone(),
                        number: self.number_of(results.year, period),
                        why: Owed::Insufficient(mark),
                    });
                }
            }
        }
        let year = self.present();
        for term in AcademicPeriod::terms(self.periods, year) {
            let rows = self
                .rows
                .iter()
                .filter(|row| row.key.period == term.id && self.owes(row, &term));
            debts.extend(rows.map(|row| Debt {
                journal: row.key.journal,
                subject: row.subject.clone(),
                year,
                period: term.id.clone(),
                number: self.number_of(year, &term.id),
                why: Owed::NoResult,
            }));
        }
        debts.sort_by(|a, b| (a.year, &a.period, &a.subject).cmp(&(b.year, &b.period, &b.subject)));
        debts
    }

    /// Whether a result is owed in a journal: the semester is over, the student was taught there, learned there to its end,
    /// and has none.
    fn owes(&self, row: &PupilRow, term: &AcademicPeriod) -> bool {
        term.end < self.today
            && !row.cells.is_empty()
            && (self.learns_in.is_empty() || learns(self.learns_in, row.key.journal, term.end))
            && !self.has_result(row)
    }

    fn has_result(&self, row: &PupilRow) -> bool {
        self.results.iter().any(|results| {
            results.journal == row.key.journal
                && results
                    .periods
                    .get(&row.key.period)
                    .is_some_and(|result| result.mark.is_some())
        })
    }
}

fn sections(entries: Vec<Entry>) -> Vec<Section> {
    let mut by_kind: BTreeMap<SectionKind, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let kind = SectionKind::of(entry.given.form);
        by_kind.entry(kind).or_default().push(entry);
    }
    let section = |(kind, mut entries): (SectionKind, Vec<Entry>)| {
        entries.sort_by(|a, b| (&a.subject, a.given.date).cmp(&(&b.subject, b.given.date)));
        Section { kind, entries }
    };
    by_kind.into_iter().map(section).collect()
}

#[cfg(test)]
mod tests;
