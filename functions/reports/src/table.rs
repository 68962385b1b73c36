//! Reports as workbooks.

pub(crate) mod school;

use sheets::{Cell, Sheet};
use ui::Texts;

use crate::{
    absence::{Absences, ByReason, Reason},
    class_report::{ClassReport, DebtKind, Outcome},
    share::Share,
};

/// A share as a percentage that a spreadsheet can count with.
pub(crate) fn percent(share: Share) -> Cell {
    share.per_mille().map_or(Cell::Empty, Cell::PerMille)
}

/// A result: a figure that can be counted with, or its word; with a star where it is only proposed.
fn outcome(outcome: &Option<Outcome>) -> Cell {
    match outcome {
        Some(Outcome {
            mark,
            proposed: false,
        }) => match mark.grade() {
            Some(grade) => Cell::Count(grade.into()),
            None => mark.to_string().into(),
        },
        Some(Outcome { mark, .. }) => format!("{mark}*").into(),
        None => Cell::Empty,
    }
}

/// The report of a class: results, averages, absences, debts.
pub(crate) fn of_class(texts: &Texts<'_>, report: &ClassReport) -> Vec<Sheet> {
    let mut sheets = vec![
        results(texts, report),
        averages(texts, report),
        absences(texts, report),
    ];
    sheets.push(debts(texts, report));
    sheets
}

/// The heads of a sheet that begins with names and goes on with subjects.
fn by_subject(texts: &Texts<'_>, report: &ClassReport) -> Vec<(String, f64)> {
    let subjects = report
        .subjects
        .iter()
        .map(|subject| (subject.subject.clone(), 14.0));
    std::iter::once((texts.get("reports-pupil"), 30.0))
        .chain(subjects)
        .collect()
}

fn results(texts: &Texts<'_>, report: &ClassReport) -> Sheet {
    let mut columns = by_subject(texts, report);
    if report.whole {
        columns.push((texts.get("reports-standing"), 20.0));
    }
    let pupils = report.pupils.iter().map(|pupil| {
        let standing = pupil
            .standing
            .map(|standing| texts.get(&format!("reports-standing-{}", standing.as_str())));
        std::iter::once(Cell::from(pupil.name.as_str()))
            .chain(pupil.results.iter().map(outcome))
            .chain(standing.map(Cell::from))
            .collect()
    });
    let line = |name: &str, of: &dyn Fn(usize) -> Cell, whole: Option<Cell>| -> Vec<Cell> {
        std::iter::once(Cell::from(texts.get(name)))
            .chain((0..report.subjects.len()).map(of))
            .chain(whole)
            .collect()
    };
    let standings = report.standings;
    let of = |place: usize| report.subjects[place].results;
    let foot = [
        line(
            "reports-success",
            &|place| percent(of(place).success()),
            standings.map(|standings| percent(standings.success())),
        ),
        line(
            "reports-quality",
            &|place| percent(of(place).quality()),
            standings.map(|standings| percent(standings.quality())),
        ),
        line(
            "reports-mean",
            &|place| of(place).mean().map_or(Cell::Empty, Cell::Hundredths),
            None,
        ),
    ];
    Sheet {
        name: texts.get("reports-results"),
        columns,
        rows: pupils.chain(foot).collect(),
    }
}

fn averages(texts: &Texts<'_>, report: &ClassReport) -> Sheet {
    let hundredths = |average: &Option<String>| {
        let digits = average.as_ref().map(|average| average.replace(',', ""));
        digits
            .and_then(|digits| digits.parse().ok())
            .map_or(Cell::Empty, Cell::Hundredths)
    };
    let pupils = report.pupils.iter().map(|pupil| {
        let averages = pupil.averages.iter().map(hundredths);
        std::iter::once(Cell::from(pupil.name.as_str()))
            .chain(averages)
            .collect()
    });
    Sheet {
        name: texts.get("reports-averages"),
        columns: by_subject(texts, report),
        rows: pupils.collect(),
    }
}

/// The columns of absences: lessons by reason, late, and full days by reason where they are counted.
pub(crate) fn absence_columns(texts: &Texts<'_>, whole: bool) -> Vec<(String, f64)> {
    let of = |unit: &str| {
        let reasons = Reason::ALL.map(|reason| texts.get(&format!("reports-reason-{}", reason.as_str())));
        let unit = texts.get(unit);
        let total = texts.get("reports-total");
        reasons
            .into_iter()
            .chain([total])
            .map(move |reason| (format!("{unit}: {reason}"), 18.0))
    };
    let mut columns: Vec<_> = of("reports-lessons").collect();
    columns.push((texts.get("reports-late"), 12.0));
    if whole {
        columns.extend(of("reports-days"));
        columns.push((texts.get("reports-in-a-row"), 14.0));
    }
    columns
}

/// The cells of these columns.
pub(crate) fn absence_cells(absences: &Absences, whole: bool) -> Vec<Cell> {
    let of = |counts: &ByReason| -> Vec<Cell> {
        let reasons = Reason::ALL.map(|reason| Cell::from(counts.of(reason)));
        reasons.into_iter().chain([counts.total().into()]).collect()
    };
    let mut cells = of(&absences.lessons);
    cells.push(absences.late.into());
    if whole {
        cells.extend(of(&absences.days));
        cells.push(absences.in_a_row.into());
    }
    cells
}

fn absences(texts: &Texts<'_>, report: &ClassReport) -> Sheet {
    let whole = report.whole;
    let row = |name: String, absences: &Absences| -> Vec<Cell> {
        std::iter::once(Cell::from(name))
            .chain(absence_cells(absences, whole))
            .collect()
    };
    let pupils = report
        .pupils
        .iter()
        .map(|pupil| row(pupil.name.clone(), &pupil.absences));
    let class = row(texts.get("reports-class-total"), &report.absences);
    Sheet {
        name: texts.get("reports-attendance"),
        columns: std::iter::once((texts.get("reports-pupil"), 30.0))
            .chain(absence_columns(texts, whole))
            .collect(),
        rows: pupils.chain([class]).collect(),
    }
}

fn debts(texts: &Texts<'_>, report: &ClassReport) -> Sheet {
    let debts = report
        .pupils
        .iter()
        .flat_map(|pupil| pupil.debts.iter().map(move |debt| (pupil, debt)));
    let rows = debts.map(|(pupil, debt)| {
        let (kind, date) = match &debt.kind {
            DebtKind::Owed {
                by, overdue: true, ..
            } => ("reports-debt-overdue-short", by.to_string()),
            DebtKind::Owed { by, .. } => ("reports-debt-owed-short", by.to_string()),
            DebtKind::NotAssessed { lesson } => ("reports-debt-not-assessed-short", lesson.date.to_string()),
            DebtKind::NoMarks => ("reports-debt-no-marks", String::new()),
        };
        vec![
            pupil.name.as_str().into(),
            debt.subject.as_str().into(),
            texts.get(kind).into(),
            date.into(),
        ]
    });
    Sheet {
        name: texts.get("reports-debts"),
        columns: vec![
            (texts.get("reports-pupil"), 30.0),
            (texts.get("reports-subject"), 26.0),
            (texts.get("reports-debt"), 26.0),
            (texts.get("reports-date"), 12.0),
        ],
        rows: rows.collect(),
    }
}
