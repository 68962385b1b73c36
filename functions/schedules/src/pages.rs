//! Pages: what their templates show.

use askama::Template;
use bundles::{Speech, Totals};
use rosters::{Group, Institution};
use ui::{DateStyle, Frame};

use crate::{
    TimetableImport, WeekCounts,
    api::{DayView, LessonView, Moment, TodayView, WeekView},
};

/// A teacher's day.
#[derive(Template)]
#[template(path = "today.html")]
pub(crate) struct TodayPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) day: TodayView,
}

impl TodayPage<'_> {
    fn heading(&self) -> String {
        self.frame.texts.date(self.day.day.date, DateStyle::Day)
    }

    /// The way to the next day with lessons, and its words.
    fn next_lessons(&self) -> Option<(String, String)> {
        let date = self.day.next_with_lessons?;
        let texts = self.frame.texts;
        let words = texts.of("schedules-next-lessons", &texts.date(date, DateStyle::Day));
        Some((format!("/schedules/today?date={date}"), words))
    }
}

/// What an import of timetables did.
#[derive(Template)]
#[template(path = "imported.html")]
pub(crate) struct ImportedPage<'a> {
    pub(crate) frame: Frame<'a>,
    /// The import with as much of its report as is shown.
    pub(crate) done: TimetableImport,
    pub(crate) totals: Totals,
}

impl ImportedPage<'_> {
    fn speech(&self) -> Speech<'_> {
        Speech {
            texts: self.frame.texts,
        }
    }

    const fn totals(&self) -> Option<&Totals> {
        Some(&self.totals)
    }

    /// All that is kept stands in the file for spreadsheets; a page of one file would not have more.
    const fn more(&self) -> Option<&'static str> {
        None
    }

    /// When it was done. Regions have no time zone of their own: moments of operators' work are told in that of the capital.
    fn finished(&self) -> String {
        let texts = self.frame.texts;
        let local = model::time_zone("Europe/Moscow").to_datetime(self.done.finished_at);
        let date = texts.date(local.date(), DateStyle::Full);
        texts.of("imported-at", &format!("{date}, {}", texts.time(local.time())))
    }

    fn failure(&self) -> Option<String> {
        let code = self.done.failure.as_deref()?;
        Some(self.speech().failure(code, None))
    }

    fn weeks(&self) -> String {
        let WeekCounts {
            created,
            changed,
            kept,
        } = self.done.weeks;
        let args = [
            ("created", created.into()),
            ("changed", changed.into()),
            ("kept", kept.into()),
        ];
        self.frame.texts.with("imported-weeks", &args)
    }
}

/// A way to another view of the same page.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// A week of a class or a teacher: a table where there is room, a list on a phone.
#[derive(Template)]
#[template(path = "week.html")]
pub(crate) struct WeekPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Tab>,
    pub(crate) classes: Vec<Tab>,
    pub(crate) rows: Vec<Row>,
    pub(crate) week: WeekView,
    /// The page's address up to the date.
    pub(crate) base: String,
    /// Whether the reader teaches these lessons: then each leads to its journal and names its class.
    pub(crate) is_own: bool,
}

/// A row of the table: a number of the day's bells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) number: u8,
    /// The time, if all lessons of the row keep it; else each names its own.
    pub(crate) time: Option<String>,
    /// The lessons of each day: several where a class is split.
    pub(crate) cells: Vec<Vec<LessonView>>,
}

impl<'a> WeekPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, week: WeekView, base: &str) -> Self {
        let rows = rows(&week.days);
        Self {
            frame,
            children: vec![],
            classes: vec![],
            rows,
            week,
            base: base.to_owned(),
            is_own: false,
        }
    }

    pub(crate) fn with_journals(mut self) -> Self {
        self.is_own = true;
        self
    }

    pub(crate) fn with_tabs(mut self, children: Vec<Tab>, classes: Vec<Tab>) -> Self {
        self.children = children;
        self.classes = classes;
        self
    }

    /// «понедельник, 23.11»: over a column.
    fn column(&self, day: &DayView) -> String {
        let texts = self.frame.texts;
        format!(
            "{}, {}",
            texts.weekday(day.date),
            texts.date(day.date, DateStyle::Short)
        )
    }

    /// «понедельник, 23 ноября»: over a list.
    fn heading(&self, day: &DayView) -> String {
        self.frame.texts.date(day.date, DateStyle::Day)
    }

    fn span(&self) -> String {
        let last = self.week.days.last().map_or(self.week.monday, |day| day.date);
        self.frame.texts.span(self.week.monday, last)
    }

    fn is_this_week(&self) -> bool {
        (self.week.monday..self.week.next).contains(&self.week.today)
    }
}

/// The rows from the first number to the last that has lessons, windows between them too.
fn rows(days: &[DayView]) -> Vec<Row> {
    let numbers = || {
        days.iter()
            .flat_map(|day| day.lessons.iter().map(|lesson| lesson.number))
    };
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return vec![];
    };
    (first..=last)
        .map(|number| {
            let of_number = |day: &DayView| -> Vec<LessonView> {
                day.lessons
                    .iter()
                    .filter(|lesson| lesson.number == number)
                    .cloned()
                    .collect()
            };
            let cells: Vec<_> = days.iter().map(of_number).collect();
            let mut times = cells.iter().flatten().map(|lesson| (&lesson.start, &lesson.end));
            let first = times.next();
            let time = first.filter(|first| times.all(|time| time == *first));
            let time = time.map(|(start, end)| format!("{start}\u{2013}{end}"));
            Row { number, time, cells }
        })
        .collect()
}

/// The classes of the institutions that the reader leads.
#[derive(Template)]
#[template(path = "classes.html")]
pub(crate) struct ClassesPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) institutions: Vec<(Institution, Vec<Group>)>,
}

/// Nothing to show yet, and what will appear here.
#[derive(Template)]
#[template(path = "nothing.html")]
pub(crate) struct NothingPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Tab>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::GroupId;

    use super::*;

    fn lesson(number: u8, start: &str) -> LessonView {
        LessonView {
            number,
            start: start.to_owned(),
            end: "10:00".to_owned(),
            group: GroupId::from_bits(1),
            title: "7А".to_owned(),
            subject: "Алгебра".to_owned(),
            teacher: None,
            room: None,
            building: None,
            institution: None,
            moment: None,
            change: None,
        }
    }

    #[test]
    fn the_table_has_a_row_for_a_window_and_a_time_only_where_all_agree() {
        let day = |day, lessons| DayView {
            date: date(2026, 11, day),
            day_off: None,
            lessons,
        };
        let days = [
            day(23, vec![lesson(1, "08:30"), lesson(3, "09:30")]),
            day(24, vec![lesson(1, "08:30"), lesson(3, "09:20")]),
        ];
        let rows = rows(&days);
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(rows[0].time.as_deref(), Some("08:30\u{2013}10:00"));
        assert_eq!((rows[1].time.as_deref(), rows[2].time.as_deref()), (None, None));
        assert!(rows[1].cells.iter().all(Vec::is_empty));
    }
}
