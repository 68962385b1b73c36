//! A draft as a table, for spreadsheets and other programs: CSV and XLSX, one lesson a row.
//!
//! | column | also | what |
//! |---|---|---|
//! | `Класс` | `class` | the title of the class; of a metagroup those of all its classes, separated by commas |
//! | `Группа` | `group` | the title of the teaching group; may be empty where the class has one group of the subject |
//! | `Предмет` | `subject` | what is taught |
//! | `Учитель` | `teacher` | «Иванова А. П.», several separated by commas; empty for those who teach the group |
//! | `Кабинет` | `room` | where; may be empty |
//! | `День` | `day` | `пн` … `вс`, `понедельник`, `mon`, or 1 … 7 |
//! | `Урок` | `lesson` | the number in the day, 1–16 |
//! | `Неделя` | `week` | `А` or `Б` (`A`, `B`, `1`, `2`); empty or `*` for every week |
//! | `Корпус` | `building` | the short name of the room's building; may be missing, then the room names it («2 / 214») or is in the main one |
//!
//! What is written cannot become a formula: in XLSX every cell is text, in CSV an apostrophe goes before `=`, `+`, `-`, `@`.

pub(crate) mod read;
pub(crate) mod resolve;

use model::RoomName;
use sheets::{Cell, Sheet, XlsxError, workbook};
use timetables::WeekCycle;
use ui::Locale;

use super::{diff::names, draft::Draft, item::DraftHead};

const COLUMNS: usize = 9;
const HEADER_RU: [&str; COLUMNS] = [
    "Класс",
    "Группа",
    "Предмет",
    "Учитель",
    "Кабинет",
    "День",
    "Урок",
    "Неделя",
    "Корпус",
];
const HEADER_EN: [&str; COLUMNS] = [
    "class", "group", "subject", "teacher", "room", "day", "lesson", "week", "building",
];
const DAYS_RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const DAYS_EN: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The rows of a draft by class, day and number; the first one is the header.
pub(crate) fn rows(head: &DraftHead, draft: &Draft, locale: Locale) -> Vec<[String; COLUMNS]> {
    let (header, days) = match locale {
        Locale::Ru => (HEADER_RU, DAYS_RU),
        Locale::En => (HEADER_EN, DAYS_EN),
    };
    let mut rows = vec![header.map(str::to_owned)];
    for (id, _) in &head.classes {
        let Some(class) = draft.classes.get(id) else {
            continue;
        };
        let mut lessons: Vec<_> = class.lessons.iter().collect();
        lessons.sort_by_key(|lesson| lesson.order());
        for lesson in lessons {
            let Some(course) = class.course(lesson.group) else {
                continue;
            };
            if draft.first_class(course) != Some(*id) {
                continue;
            }
            let titles = course.classes.iter().filter_map(|class| head.title_of(*class));
            let cycle = match (lesson.cycle, locale) {
                (WeekCycle::Every, _) => "",
                (WeekCycle::A, Locale::Ru) => "А",
                (WeekCycle::B, Locale::Ru) => "Б",
                (WeekCycle::A, Locale::En) => "A",
                (WeekCycle::B, Locale::En) => "B",
            };
            let room = RoomName::of(&lesson.room);
            rows.push([
                titles.collect::<Vec<_>>().join(", "),
                course.title.clone(),
                course.subject.clone(),
                names(class, &lesson.teachers).replace('\u{a0}', " "),
                room.room.to_owned(),
                days[usize::from(lesson.day.number() - 1)].to_owned(),
                lesson.number.to_string(),
                cycle.to_owned(),
                room.building.unwrap_or_default().to_owned(),
            ]);
        }
    }
    rows
}

/// The rows as a workbook. Every cell is written as text.
///
/// # Errors
/// None in practice: a timetable is far below the limits of a sheet.
pub(crate) fn xlsx(rows: &[[String; COLUMNS]]) -> Result<Vec<u8>, XlsxError> {
    const WIDTHS: [f64; COLUMNS] = [10.0, 22.0, 30.0, 26.0, 12.0, 8.0, 8.0, 10.0, 12.0];
    let (head, rows) = rows.split_first().unzip();
    let head = head.into_iter().flatten().cloned();
    let text = |cell: &String| Cell::Text(cell.clone());
    let rows = rows.into_iter().flatten();
    workbook(&[Sheet {
        name: "Sheet1".to_owned(),
        columns: head.zip(WIDTHS).collect(),
        rows: rows.map(|row| row.iter().map(text).collect()).collect(),
    }])
}
