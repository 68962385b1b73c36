//! A plan out of a file or a text field: CSV in any usual encoding and with any usual separator, rows copied from a spreadsheet,
//! or the first sheet of a workbook. Nothing is taken unless every row can be.

use bundles::{
    Columns, Fields, FileReport, Limits, SheetError, SheetLimits, Table, first_sheet, is_workbook,
};
use gradebook::{LessonPlan, PlanRow};

/// The longest topic and homework, in characters: as lessons take them.
const LONGEST_TOPIC: usize = 300;
const LONGEST_HOMEWORK: usize = 500;
const LONGEST_CONTROL: usize = 100;
/// The most lessons that one row takes.
const MOST_HOURS: u8 = 30;

/// A workbook of a plan: hundreds of rows, no pictures.
const ARCHIVE: Limits = Limits {
    archive_bytes: 256 * 1024,
    entries: 64,
    entry_bytes: 4 * 1024 * 1024,
    total_bytes: 8 * 1024 * 1024,
    ratio: 200,
};
const SHEET: SheetLimits = SheetLimits {
    rows: 1_000,
    columns: 30,
    cell_chars: 1_000,
};

/// How each column may be headed, the first being ours.
const NUMBER: &[&str] = &["№", "№ п/п", "№п/п", "№ урока", "Номер", "номер", "N", "number"];
const TOPIC: &[&str] = &[
    "Тема",
    "тема",
    "Тема урока",
    "тема урока",
    "Темы",
    "Содержание",
    "topic",
];
const HOURS: &[&str] = &[
    "Часы",
    "часы",
    "Часов",
    "Кол-во часов",
    "кол-во часов",
    "Количество часов",
    "количество часов",
    "hours",
];
const CONTROL: &[&str] = &[
    "Форма контроля",
    "форма контроля",
    "Вид контроля",
    "Виды контроля",
    "Контроль",
    "контроль",
    "control",
];
const HOMEWORK: &[&str] = &[
    "Домашнее задание",
    "домашнее задание",
    "Домашняя работа",
    "ДЗ",
    "Д/З",
    "Д/з",
    "д/з",
    "homework",
];

/// All of them: what the reader of tables wants to know beforehand.
const COLUMNS: Columns = Columns {
    required: &[],
    optional: &[
        "№",
        "№ п/п",
        "№п/п",
        "№ урока",
        "Номер",
        "номер",
        "N",
        "number",
        "Тема",
        "тема",
        "Тема урока",
        "тема урока",
        "Темы",
        "Содержание",
        "topic",
        "Часы",
        "часы",
        "Часов",
        "Кол-во часов",
        "кол-во часов",
        "Количество часов",
        "количество часов",
        "hours",
        "Форма контроля",
        "форма контроля",
        "Вид контроля",
        "Виды контроля",
        "Контроль",
        "контроль",
        "control",
        "Домашнее задание",
        "домашнее задание",
        "Домашняя работа",
        "ДЗ",
        "Д/З",
        "Д/з",
        "д/з",
        "homework",
    ],
    unread: &[],
    secret: &[],
};

/// Why a file as a whole is refused. The code names the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanError(pub(crate) &'static str);

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowProblem {
    /// The line of the text, or the row of the sheet.
    pub(crate) line: u64,
    /// The name of the message.
    pub(crate) code: &'static str,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadPlan {
    /// The rows that can be taken.
    pub(crate) rows: Vec<PlanRow>,
    /// Those that cannot; as long as there are any, nothing is.
    pub(crate) problems: Vec<RowProblem>,
}

/// Reads the rows of a file or a text.
///
/// # Errors
/// It is refused as a whole: neither text nor a workbook, without a topic column, empty or too long.
pub(crate) fn read(bytes: &[u8]) -> Result<ReadPlan, PlanError> {
    let sheet;
    let text: &[u8] = if is_workbook(bytes) {
        sheet = first_sheet(bytes, &ARCHIVE, &SHEET).map_err(of_sheet)?;
        &sheet
    } else {
        bytes
    };
    let mut report = FileReport::default();
    let table = Table::read(text, &COLUMNS, &mut report).map_err(|reason| match reason.code {
        bundles::ReasonCode::FileEmpty => PlanError("plan_empty"),
        bundles::ReasonCode::ColumnTwice => PlanError("plan_column_twice"),
        _ => PlanError("plan_unreadable"),
    })?;
    let mut read = ReadPlan::default();
    let refused = report.refusals.iter().map(|refusal| RowProblem {
        line: refusal.line,
        code: "plan_row",
    });
    read.problems.extend(refused);
    if table.rows().all(|fields| cell(&fields, TOPIC).is_empty()) {
        return Err(PlanError(if table.is_empty() {
            "plan_empty"
        } else {
            "plan_no_topics"
        }));
    }
    for fields in table.rows() {
        match row(&fields, read.rows.last()) {
            Ok(Some(row)) => read.rows.push(row),
            Ok(None) => {}
            Err(code) => read.problems.push(RowProblem {
                line: fields.line(),
                code,
            }),
        }
    }
    if !LessonPlan::fits(&read.rows) {
        return Err(PlanError("plan_too_long"));
    }
    read.problems.sort_by_key(|problem| problem.line);
    Ok(read)
}

fn of_sheet(error: SheetError) -> PlanError {
    PlanError(match error {
        SheetError::Empty => "plan_empty",
        SheetError::TooManyRows { .. } => "plan_too_long",
        _ => "plan_unreadable",
    })
}

/// The cell of a column by any of its names, as one line.
fn cell(fields: &Fields<'_>, names: &[&str]) -> String {
    let found = names
        .iter()
        .find_map(|name| fields.optional(name))
        .unwrap_or_default();
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row; nothing for a heading of a chapter, which has neither number nor hours.
fn row(fields: &Fields<'_>, before: Option<&PlanRow>) -> Result<Option<PlanRow>, &'static str> {
    let [number, topic, hours, control, homework] =
        [NUMBER, TOPIC, HOURS, CONTROL, HOMEWORK].map(|names| cell(fields, names));
    if topic.is_empty() && hours.is_empty() {
        return Ok(None);
    }
    if number.is_empty() && hours.is_empty() {
        return Ok(None);
    }
    let fits = |text: &str, longest: usize| text.chars().count() <= longest;
    if topic.is_empty() || !fits(&topic, LONGEST_TOPIC) {
        return Err("plan_topic");
    }
    if !fits(&control, LONGEST_CONTROL) {
        return Err("plan_control");
    }
    if !fits(&homework, LONGEST_HOMEWORK) {
        return Err("plan_homework");
    }
    let hours: u8 = match hours.as_str() {
        "" => 1,
        text => text
            .parse()
            .ok()
            .filter(|hours| *hours <= MOST_HOURS)
            .ok_or("plan_hours")?,
    };
    if hours == 0 && before.is_none() {
        return Err("plan_hours");
    }
    let number = match number.trim_end_matches('.') {
        "" => before.map_or(1, |before| before.number.saturating_add(1)),
        text => text.parse().map_err(|_| "plan_number")?,
    };
    Ok(Some(PlanRow {
        number,
        topic,
        hours,
        control,
        homework,
    }))
}

/// The rows as a text that can be read again: to be changed in a text field, or copied into a spreadsheet.
pub(crate) fn written(rows: &[PlanRow]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let header = [NUMBER[0], TOPIC[0], HOURS[0], CONTROL[0], HOMEWORK[0]].map(str::to_owned);
    let lines = rows.iter().map(|row| {
        [
            row.number.to_string(),
            row.topic.clone(),
            row.hours.to_string(),
            row.control.clone(),
            row.homework.clone(),
        ]
    });
    for line in std::iter::once(header).chain(lines) {
        // Memory takes every line.
        let _ = writer.write_record(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(read: &ReadPlan) -> Vec<String> {
        let line = |row: &PlanRow| {
            format!(
                "{} {} {} {} {}",
                row.number, row.topic, row.hours, row.control, row.homework
            )
        };
        read.rows.iter().map(line).collect()
    }

    #[test]
    fn a_plan_is_read_as_schools_write_it() {
        let text = "№ п/п;Тема урока;Кол-во часов;Форма контроля;Д/з\n;Раздел 1. Дроби;;;\n1.;Сложение;2;;№ 5\n2;\"Диктант; проверка\";1;диктант;\n";
        let read = read(text.as_bytes()).expect("a plan");
        assert_eq!(read.problems, []);
        assert_eq!(
            shown(&read),
            ["1 Сложение 2  № 5", "2 Диктант; проверка 1 диктант "]
        );
    }

    #[test]
    fn without_numbers_rows_are_counted_and_without_hours_each_takes_a_lesson() {
        let read = read("Тема\tЧасы\nА\t2\nБ\t0\nВ\t1\n".as_bytes()).expect("a plan");
        assert_eq!(shown(&read), ["1 А 2  ", "2 Б 0  ", "3 В 1  "]);
        let numbered = super::read("number,topic\n7,А\n,Б\n".as_bytes()).expect("a plan");
        assert_eq!(
            shown(&numbered),
            ["7 А 1  "],
            "neither number nor hours: a heading"
        );
    }

    #[test]
    fn every_wrong_row_is_named_by_its_line() {
        let long = "я".repeat(301);
        let text = format!(
            "№\tТема\tЧасы\n1\tА\t0\n2\t{long}\t1\nх\tБ\t1\n4\tВ\tмного\n5\tГ\t31\n6\t\t1\n7\tД\t1\n"
        );
        let read = read(text.as_bytes()).expect("a plan");
        let problems: Vec<_> = read
            .problems
            .iter()
            .map(|problem| (problem.line, problem.code))
            .collect();
        let expected = [
            (2, "plan_hours"),
            (3, "plan_topic"),
            (4, "plan_number"),
            (5, "plan_hours"),
            (6, "plan_hours"),
            (7, "plan_topic"),
        ];
        assert_eq!(problems, expected);
        assert_eq!(read.rows.len(), 1);
    }

    #[test]
    fn what_is_no_plan_is_refused_as_a_whole() {
        let code = |bytes: &[u8]| read(bytes).expect_err("no plan").0;
        assert_eq!(code(b""), "plan_empty");
        assert_eq!(code("Тема\tЧасы\n".as_bytes()), "plan_empty");
        assert_eq!(code("Класс\tУчитель\n7А\tИванова\n".as_bytes()), "plan_no_topics");
        assert_eq!(code(b"PK\x03\x04 is no archive"), "plan_unreadable");
        assert_eq!(code(b"\x00\x01\x02"), "plan_unreadable");
        let many = format!("Тема\tЧасы\n{}", "А\t1\n".repeat(301));
        assert_eq!(code(many.as_bytes()), "plan_too_long");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            rows in prop::collection::vec(("[а-яА-Я\"; ,.]{0,20}[а-я]", 1u8..=30, "[а-я\" ]{0,8}"), 1..20)
        ) {
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let rows: Vec<PlanRow> = rows.into_iter().zip(1..).map(|((topic, hours, homework), number)| PlanRow {
                number,
                topic: one_line(&topic),
                hours,
                control: String::new(),
                homework: one_line(&homework),
            }).collect();
            let read = read(written(&rows).as_bytes()).expect("a plan");
            prop_assert_eq!(read, ReadPlan { rows, problems: vec![] });
        }

        #[test]
        fn no_bytes_make_the_reader_stumble(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }
    }
}
