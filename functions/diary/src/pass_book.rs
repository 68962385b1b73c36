//! The pass book of a student of vocational education (зачётная книжка): by course and semester what was attested, and what
//! is owed. Pure.
//!
//! The sections are those of the book of paper: exams, credits with and without a mark, course works, practices. An academic
//! debt (273-ФЗ of 29.12.2012, art. 58 part 2) is a result that is not sufficient, and a discipline of a semester that is
//! over in which the student was taught and has no result.

use std::collections::{BTreeMap, BTreeSet};

use gradebook::{PeriodResult, PupilRow, YearResults};
use jiff::{civil::Date, tz::TimeZone};
use model::{AcademicPeriod, AcademicYear, Attestation, AttestationForm, GroupId, PeriodId, ResultMark};

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
    /// Why.
    pub(crate) why: Owed,
}

/// A semester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Semester {
    /// Its name in addresses.
    pub(crate) period: PeriodId,
    /// Its number in the student's studies, where the course is known; else in the year.
    pub(crate) number: usize,
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
    /// The semesters of the present year.
    pub(crate) periods: &'a [AcademicPeriod],
    /// The year of study now.
    pub(crate) grade: Option<u8>,
    /// The time zone of the institution, for the day of a result of which nobody has said it.
    pub(crate) zone: &'a TimeZone,
    /// Today there.
    pub(crate) today: Date,
}

/// The semesters of a year at whose ends results are given: a period that contains others is only their frame.
pub(crate) fn semesters(periods: &[AcademicPeriod], year: AcademicYear) -> Vec<&AcademicPeriod> {
    let contains = |outer: &AcademicPeriod, inner: &AcademicPeriod| {
        outer.id != inner.id && outer.start <= inner.start && inner.end <= outer.end
    };
    let mut semesters: Vec<&AcademicPeriod> = periods
        .iter()
        .filter(|period| AcademicYear::of(period.start) == year)
        .filter(|period| !periods.iter().any(|other| contains(period, other)))
        .collect();
    semesters.sort_by_key(|period| (period.start, period.end));
    semesters
}

impl Sources<'_> {
    /// The book, opened at a year; at the present one if that is not among the student's.
    pub(crate) fn open(&self, wanted: Option<AcademicYear>) -> PassBook {
        let present = AcademicYear::of(self.today);
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
        let ago = AcademicYear::of(self.today).first() - year.first();
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
        let known: Vec<&PeriodId> = semesters(self.periods, course.year)
            .into_iter()
            .map(|period| &period.id)
            .collect();
        // Of former years nothing but the names of the semesters is known, and they sort by time.
        let others: Vec<&PeriodId> = found
            .iter()
            .filter(|(period, entries)| !known.contains(*period) && !entries.is_empty())
            .map(|(period, _)| *period)
            .collect();
        let before = course.number.map_or(0, |number| (usize::from(number) - 1) * 2);
        let all = known.into_iter().chain(others);
        all.enumerate()
            .map(|(place, period)| Semester {
                period: period.clone(),
                number: before + place + 1,
                sections: sections(found.remove(period).unwrap_or_default()),
            })
            .collect()
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
                        why: Owed::Insufficient(mark),
                    });
                }
            }
        }
        let year = AcademicYear::of(self.today);
        let over: Vec<&PeriodId> = semesters(self.periods, year)
            .into_iter()
            .filter(|period| period.end < self.today)
            .map(|period| &period.id)
            .collect();
        for row in self.rows.iter().filter(|row| over.contains(&&row.key.period)) {
            if row.cells.is_empty() || self.has_result(row) {
                continue;
            }
            debts.push(Debt {
                journal: row.key.journal,
                subject: row.subject.clone(),
                year,
                period: row.key.period.clone(),
                why: Owed::NoResult,
            });
        }
        debts.sort_by(|a, b| (a.year, &a.period, &a.subject).cmp(&(b.year, &b.period, &b.subject)));
        debts
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
