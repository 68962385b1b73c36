//! The reports of an institution as tables: for pages and workbooks alike.

use jiff::tz::TimeZone;
use model::{GroupId, LessonKey, PeriodId};
use sheets::{Cell, Sheet};
use ui::{DateStyle, Texts};

use super::{absence_cells, absence_columns, percent};
use crate::{
    chart::Chart,
    school::{
        Content,
        attendance::SchoolAttendance,
        changes::UnusualChanges,
        checks::{Finding, FindingKind, Findings},
        load::SchoolLoad,
        results::SchoolResults,
    },
    standing::{Standing, Standings, Tally},
};

/// A row, and where its first cell leads.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) href: Option<String>,
    pub(crate) cells: Vec<Cell>,
}

/// A table with its title.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: Vec<(String, f64)>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    fn new(title: String, columns: Vec<(String, f64)>) -> Self {
        Self {
            title,
            columns,
            rows: vec![],
        }
    }

    fn row(&mut self, href: Option<String>, cells: Vec<Cell>) {
        self.rows.push(Row { href, cells });
    }

    /// The same for a workbook.
    pub(crate) fn sheet(self) -> Sheet {
        Sheet {
            name: self.title,
            columns: self.columns,
            rows: self.rows.into_iter().map(|row| row.cells).collect(),
        }
    }
}

/// A cell as a page shows it.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Hundredths(value) => format!("{},{:02}", value / 100, value % 100),
        Cell::PerMille(value) => format!("{},{}\u{a0}%", value / 10, value % 10),
        Cell::Empty => "—".to_owned(),
    }
}

/// The tables of a report; of checks only those of one kind, where one is chosen.
pub(crate) fn tables(
    texts: &Texts<'_>,
    (period, zone): (&PeriodId, &TimeZone),
    content: &Content,
    chosen: Option<FindingKind>,
) -> Vec<Table> {
    match content {
        Content::Results(results) => of_results(texts, period, results),
        Content::Attendance(attendance) => vec![of_attendance(texts, period, attendance)],
        Content::Load(load) => vec![of_load(texts, load)],
        Content::Checks(found) => vec![of_findings(texts, period, found, chosen)],
        Content::Changes(changes) => vec![of_changes(texts, (period, zone), changes)],
    }
}

/// The chart of a report, where there is something to draw.
pub(crate) fn chart(texts: &Texts<'_>, content: &Content) -> Option<Chart> {
    let chart = match content {
        Content::Results(results) => {
            let classes = results.classes.iter().filter_map(|class| {
                let quality = class.standings.quality();
                Some((class.title.clone(), quality.per_mille()?, quality.to_string()))
            });
            Chart::new(
                "quality",
                texts.get("reports-quality-by-class"),
                1_000,
                classes.collect(),
            )
        }
        Content::Attendance(attendance) => {
            let classes = attendance.classes.iter().filter_map(|class| {
                let attended = class.attended();
                Some((class.title.clone(), attended.per_mille()?, attended.to_string()))
            });
            Chart::new(
                "attended",
                texts.get("reports-attended-by-class"),
                1_000,
                classes.collect(),
            )
        }
        Content::Load(load) => {
            let teachers = load.teachers.iter().map(|teacher| {
                (
                    teacher.name.clone(),
                    teacher.half_hours as u64,
                    halves(teacher.half_hours),
                )
            });
            Chart::new(
                "hours",
                texts.get("reports-hours-by-teacher"),
                0,
                teachers.collect(),
            )
        }
        Content::Checks(found) => {
            let kinds = found.counts.iter().map(|counted| {
                let name = texts.get(&format!("reports-finding-{}", counted.kind.as_str()));
                (name, counted.count as u64, counted.count.to_string())
            });
            Chart::new(
                "findings",
                texts.get("reports-findings-by-kind"),
                0,
                kinds.collect(),
            )
        }
        Content::Changes(_) => return None,
    };
    (!chart.bars.is_empty()).then_some(chart)
}

/// A number of halves: «18,5».
fn halves(halves: usize) -> String {
    if halves.is_multiple_of(2) {
        (halves / 2).to_string()
    } else {
        format!("{},5", halves / 2)
    }
}

fn standing_columns(texts: &Texts<'_>) -> Vec<(String, f64)> {
    let names = Standing::ALL.map(|standing| texts.get(&format!("reports-standing-{}", standing.as_str())));
    let more = [
        "reports-one-four-short",
        "reports-one-three-short",
        "reports-success",
        "reports-quality",
    ];
    let more = more.map(|key| texts.get(key));
    names.into_iter().chain(more).map(|name| (name, 14.0)).collect()
}

fn standing_cells(standings: &Standings) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Standing::ALL
        .map(|standing| standings.of(standing).into())
        .to_vec();
    cells.extend([standings.one_four.into(), standings.one_three.into()]);
    cells.extend([percent(standings.success()), percent(standings.quality())]);
    cells
}

fn tally_columns(texts: &Texts<'_>) -> Vec<(String, f64)> {
    let grades = ["5", "4", "3", "2", "1"].map(|grade| format!("«{grade}»"));
    let words = [
        "reports-passed",
        "reports-failed",
        "reports-not-assessed",
        "reports-exempt",
    ];
    let words = words
        .into_iter()
        .chain(["reports-success", "reports-quality", "reports-mean"]);
    let words = words.map(|key| texts.get(key));
    grades.into_iter().chain(words).map(|name| (name, 12.0)).collect()
}

fn tally_cells(tally: &Tally) -> Vec<Cell> {
    let counts = [
        tally.fives,
        tally.fours,
        tally.threes,
        tally.twos,
        tally.ones,
        tally.passed,
        tally.failed,
        tally.not_assessed,
        tally.exempt,
    ];
    let mut cells: Vec<Cell> = counts.map(Cell::from).to_vec();
    cells.extend([percent(tally.success()), percent(tally.quality())]);
    cells.push(tally.mean().map_or(Cell::Empty, Cell::Hundredths));
    cells
}

/// A row that begins with a text.
fn named(name: &str, cells: Vec<Cell>) -> Vec<Cell> {
    std::iter::once(Cell::from(name)).chain(cells).collect()
}

fn headed(head: &str, columns: Vec<(String, f64)>) -> Vec<(String, f64)> {
    std::iter::once((head.to_owned(), 26.0)).chain(columns).collect()
}

fn class_page(class: GroupId, period: &PeriodId) -> Option<String> {
    Some(format!("/reports/classes/{class}/{period}"))
}

fn lesson_page(journal: GroupId, period: &PeriodId, lesson: Option<LessonKey>) -> Option<String> {
    Some(match lesson {
        Some(lesson) => format!("/journals/{journal}/{period}/lessons/{lesson}"),
        None => format!("/journals/{journal}/{period}"),
    })
}

fn of_results(texts: &Texts<'_>, period: &PeriodId, results: &SchoolResults) -> Vec<Table> {
    let columns = headed(&texts.get("reports-class"), standing_columns(texts));
    let mut classes = Table::new(texts.get("reports-by-class"), columns);
    for class in &results.classes {
        let cells = named(&class.title, standing_cells(&class.standings));
        classes.row(class_page(class.class, period), cells);
    }
    classes.row(
        None,
        named(
            &texts.get("reports-school-total"),
            standing_cells(&results.standings),
        ),
    );
    let columns = headed(&texts.get("reports-subject"), tally_columns(texts));
    let mut subjects = Table::new(texts.get("reports-by-subject"), columns);
    for subject in &results.subjects {
        subjects.row(None, named(&subject.subject, tally_cells(&subject.results)));
    }
    let mut columns = headed(&texts.get("reports-teacher"), tally_columns(texts));
    columns.insert(1, (texts.get("reports-subject"), 26.0));
    let mut teachers = Table::new(texts.get("reports-by-teacher"), columns);
    for teacher in &results.teachers {
        let cells = named(&teacher.subject, tally_cells(&teacher.results));
        teachers.row(None, named(&teacher.name, cells));
    }
    vec![classes, subjects, teachers]
}

fn of_attendance(texts: &Texts<'_>, period: &PeriodId, attendance: &SchoolAttendance) -> Table {
    let mut columns = headed(&texts.get("reports-class"), absence_columns(texts, true));
    columns.insert(1, (texts.get("reports-pupils"), 12.0));
    columns.push((texts.get("reports-attended"), 14.0));
    let mut table = Table::new(texts.get("reports-attendance"), columns);
    let pupils: usize = attendance.classes.iter().map(|class| class.pupils).sum();
    for class in &attendance.classes {
        let mut cells = vec![class.title.as_str().into(), class.pupils.into()];
        cells.extend(absence_cells(&class.absences, true));
        cells.push(percent(class.attended()));
        table.row(class_page(class.class, period), cells);
    }
    let mut cells = vec![texts.get("reports-school-total").into(), pupils.into()];
    cells.extend(absence_cells(&attendance.absences, true));
    cells.push(percent(attendance.attended()));
    table.row(None, cells);
    table
}

fn of_load(texts: &Texts<'_>, load: &SchoolLoad) -> Table {
    let keys = [
        "reports-groups",
        "reports-planned",
        "reports-given",
        "reports-not-given",
        "reports-hours",
    ];
    let columns = keys.map(|key| (texts.get(key), 16.0)).to_vec();
    let mut table = Table::new(
        texts.get("reports-load"),
        headed(&texts.get("reports-teacher"), columns),
    );
    for teacher in &load.teachers {
        let cells = vec![
            teacher.groups.into(),
            teacher.planned.into(),
            teacher.given.into(),
            teacher.planned.saturating_sub(teacher.given).into(),
            Cell::Hundredths(teacher.half_hours as u64 * 50),
        ];
        table.row(None, named(&teacher.name, cells));
    }
    table
}

fn of_findings(texts: &Texts<'_>, period: &PeriodId, found: &Findings, chosen: Option<FindingKind>) -> Table {
    let keys = [
        "reports-severity",
        "reports-class",
        "reports-subject",
        "reports-date",
        "reports-pupil",
    ];
    let columns = keys.map(|key| (texts.get(key), 18.0)).to_vec();
    let mut table = Table::new(
        texts.get("reports-findings"),
        headed(&texts.get("reports-finding"), columns),
    );
    let meant = found
        .listed
        .iter()
        .filter(|finding| chosen.is_none_or(|kind| finding.kind == kind));
    for finding in meant {
        let date = finding
            .lesson
            .map(|lesson| texts.date(lesson.date, DateStyle::Short));
        let severity = texts.get(&format!("reports-severity-{}", finding.kind.severity().as_str()));
        let cells = vec![
            said(texts, finding).into(),
            severity.into(),
            finding.class.as_str().into(),
            finding.subject.as_str().into(),
            date.map_or(Cell::Empty, Cell::from),
            finding.name.as_str().into(),
        ];
        // Of lessons that are not there the journal is shown.
        let lesson = finding.lesson.filter(|_| finding.kind != FindingKind::NotFilled);
        table.row(lesson_page(finding.journal, period, lesson), cells);
    }
    table
}

/// A finding in words.
fn said(texts: &Texts<'_>, finding: &Finding) -> String {
    let key = format!("reports-found-{}", finding.kind.as_str());
    if finding.kind == FindingKind::NotFilled {
        return texts.count(&key, finding.what.parse().unwrap_or_default());
    }
    let args = [
        ("it", finding.what.clone().into()),
        ("average", finding.average.clone().into()),
    ];
    texts.with(&key, &args)
}

fn of_changes(texts: &Texts<'_>, (period, zone): (&PeriodId, &TimeZone), changes: &UnusualChanges) -> Table {
    let keys = [
        "reports-class",
        "reports-subject",
        "reports-who",
        "reports-from",
        "reports-to",
        "reports-why",
    ];
    let columns = keys.map(|key| (texts.get(key), 20.0)).to_vec();
    let mut table = Table::new(
        texts.get("reports-unusual"),
        headed(&texts.get("reports-finding"), columns),
    );
    for change in &changes.listed {
        let cells = vec![
            texts
                .count(&format!("reports-unusual-{}", change.kind.as_str()), change.count)
                .into(),
            change.title.as_str().into(),
            change.subject.as_str().into(),
            change.by_name.as_str().into(),
            moment(change.first, zone).into(),
            moment(change.last, zone).into(),
            change.reason.as_str().into(),
        ];
        let lesson = change.lesson.filter(|_| change.count == 1);
        table.row(lesson_page(change.journal, period, lesson), cells);
    }
    table
}

/// «23.11 13:05» where the institution is.
pub(crate) fn moment(at: jiff::Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%d.%m %H:%M").to_string()
}
