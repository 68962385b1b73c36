//! The pages: what the templates are given.

pub(crate) mod homework;
pub(crate) mod pass_book;

use askama::Template;
use gradebook::PupilRow;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use model::{InstitutionId, LessonKey, PersonId, ResultMark};
use ui::{Child, DateStyle, Frame, Texts};

use crate::{
    handlers::{
        Reading,
        class_readers::ClassReaders,
        marks::Marks,
        readers::named,
        week::{Link, LoadedWeek},
    },
    homework::{Task, task_fingerprint},
    item::FamilyWeek,
    week::{Day, DayLesson},
};

/// There is nobody's diary to show.
#[derive(Template)]
#[template(path = "none.html")]
pub(crate) struct NoDiaryPage<'a> {
    pub(crate) frame: Frame<'a>,
}

/// Which families of a class have read a week.
#[derive(Template)]
#[template(path = "class_readers.html")]
pub(crate) struct ClassReadersPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) readers: ClassReaders,
}

impl ClassReadersPage<'_> {
    fn span(&self) -> String {
        let week = self.readers.week;
        let last = week.school_days().last().unwrap_or(week.monday());
        self.frame.texts.span(week.monday(), last)
    }

    fn has_next(&self) -> bool {
        self.readers.week.next().monday() <= self.readers.today
    }

    fn summary(&self) -> String {
        let read = self
            .readers
            .pupils
            .iter()
            .filter(|pupil| pupil.by_family.is_some());
        let arguments = [
            ("read", read.count().into()),
            ("all", self.readers.pupils.len().into()),
        ];
        self.frame.texts.with("class-readers-summary", &arguments)
    }

    fn when(&self, at: &Option<Timestamp>) -> String {
        let zone = self.readers.class.group.zone();
        let shown = |at: &Timestamp| zone.to_datetime(*at).strftime("%d.%m, %H:%M").to_string();
        at.as_ref().map_or_else(|| "—".to_owned(), shown)
    }
}

/// A week.
#[derive(Template)]
#[template(path = "week.html")]
pub(crate) struct WeekPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) loaded: LoadedWeek,
    pub(crate) now: DateTime,
}

impl WeekPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn span(&self) -> String {
        let monday = self.loaded.week.monday();
        self.frame
            .texts
            .span(monday, self.loaded.week.school_days().last().unwrap_or(monday))
    }

    fn heading(&self, day: &Day) -> String {
        self.frame.texts.date(day.date, DateStyle::Day)
    }

    fn tasks_address(&self) -> String {
        self.loaded.tasks_address()
    }

    fn told(&self, day: &Day) -> Option<Link> {
        self.loaded.told(self.frame.texts, day.date)
    }

    fn report(&self, day: &Day) -> Option<Link> {
        self.loaded.report(self.frame.texts, day)
    }

    fn is_today(&self, day: &Day) -> bool {
        day.date == self.now.date()
    }

    fn view(&self, day: &Day) -> DayView<'_> {
        DayView {
            texts: self.frame.texts,
            date: day.date,
            now: self.now,
            ticks: self.loaded.family.as_ref().map(|family| &family.week),
            is_brief: false,
        }
    }

    /// Who has read the week and when: «Мария Олеговна, 23.11 в 18:40».
    fn readers(&self) -> Vec<String> {
        let Some(family) = &self.loaded.family else {
            return vec![];
        };
        let readings: Vec<_> = family.week.readings.iter().map(|(who, at)| (*who, *at)).collect();
        let zone = self.loaded.reading.class.zone();
        let texts = self.frame.texts;
        named(&self.loaded.reading.child, &readings)
            .into_iter()
            .map(|(_, name, at)| {
                let at = zone.to_datetime(at);
                let args = [
                    ("name", name.into()),
                    ("date", texts.date(at.date(), DateStyle::Short).into()),
                    ("time", texts.time(at.time()).into()),
                ];
                texts.with("read-by", &args)
            })
            .collect()
    }

    /// Whether the reader may still say that they have read the week: it has begun, and they have not.
    fn can_be_read(&self) -> bool {
        let has_begun = self.loaded.week.monday() <= self.now.date();
        has_begun
            && self
                .loaded
                .family
                .as_ref()
                .is_some_and(|family| family.read_at.is_none())
    }

    fn views(&self) -> Vec<ViewTab> {
        let has_news = self.loaded.family.as_ref().is_some_and(|family| family.has_news);
        views(self.frame.texts, &self.loaded.reading, "week", has_news)
    }

    /// Of which moment the page is, for who reads it later without a network.
    fn as_of(&self) -> String {
        let texts = self.frame.texts;
        let args = [
            ("date", texts.date(self.now.date(), DateStyle::Short).into()),
            ("time", texts.time(self.now.time()).into()),
        ];
        texts.with("offline", &args)
    }

    /// The averages of the subjects that have any mark.
    fn averages(&self) -> Vec<(&PupilRow, String)> {
        let mut rows: Vec<_> = self
            .loaded
            .rows
            .iter()
            .filter_map(|row| row.average().map(|average| (row, average.to_string())))
            .collect();
        rows.sort_by(|a, b| a.0.subject.cmp(&b.0.subject));
        rows
    }
}

/// A link to one of the views of a child's diary.
#[derive(Debug, Clone)]
pub(crate) struct ViewTab {
    /// Where it is.
    pub(crate) href: String,
    /// What it is called.
    pub(crate) name: String,
    /// Whether it is the view that is shown.
    pub(crate) current: bool,
    /// A word that something waits there.
    pub(crate) badge: Option<String>,
}

/// The views of a child's diary at one institution. The news are the family's.
pub(crate) fn views(
    texts: Texts<'_>,
    reading: &Reading,
    current: &'static str,
    has_news: bool,
) -> Vec<ViewTab> {
    let all = [
        ("day", "/day"),
        ("week", ""),
        ("homework", "/homework"),
        ("marks", "/marks"),
        ("news", "/news"),
    ];
    let (child, institution) = (reading.child.person.person, reading.class.institution);
    let is_shown = |name: &str| name != "news" || reading.is_family();
    all.into_iter()
        .filter(|(name, _)| is_shown(name))
        .map(|(name, path)| ViewTab {
            href: format!("/diary/{child}{path}?institution={institution}"),
            name: texts.get(&format!("view-{name}")),
            current: name == current,
            badge: (has_news && name == "news").then(|| texts.get("news-there")),
        })
        .collect()
}

/// How lessons of a day are shown, wherever they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayView<'a> {
    /// The words.
    pub(crate) texts: Texts<'a>,
    /// The day.
    pub(crate) date: Date,
    /// The moment at the school.
    pub(crate) now: DateTime,
    /// What the family has ticked, where that is shown.
    pub(crate) ticks: Option<&'a FamilyWeek>,
    /// Whether topics and what was set are left out: where several children stand side by side, what is due is enough.
    pub(crate) is_brief: bool,
}

impl DayView<'_> {
    /// When a lesson begins; of one that the timetable does not know its number.
    pub(crate) fn starts(&self, lesson: &DayLesson) -> String {
        lesson
            .time
            .map_or_else(|| lesson.number.to_string(), |(start, _)| self.texts.time(start))
    }

    /// Whether a lesson is held now.
    pub(crate) fn is_now(&self, lesson: &DayLesson) -> bool {
        lesson.is_now(self.date, self.now)
    }

    /// In words how a lesson differs from the published week.
    pub(crate) fn change(&self, lesson: &DayLesson) -> Option<String> {
        let kind = lesson.state.change()?;
        Some(
            self.texts
                .lesson_change(kind, lesson.state.other_lesson().as_ref()),
        )
    }

    /// A lesson for which homework is due, short: «чт 26.11».
    pub(crate) fn due_name(&self, lesson: &LessonKey) -> String {
        let day = self.texts.date(lesson.date, DateStyle::Short);
        format!("{}\u{a0}{day}", self.texts.weekday_short(lesson.date))
    }

    /// When a task was set, for which lesson it is due, and how long it takes: «задано 16.11 · 3-й урок · 40 минут».
    pub(crate) fn about(&self, task: &Task) -> String {
        let texts = self.texts;
        let set_on = texts.date(task.set_at.date, DateStyle::Short);
        let lesson = task
            .due
            .map(|due| texts.count("planned-number", due.lesson.number.into()));
        let minutes = task.minutes.map(|minutes| texts.count("minutes", minutes.into()));
        let parts = [texts.of("homework-set", &set_on)]
            .into_iter()
            .chain(lesson)
            .chain(minutes);
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// Whether the family has ticked the homework of a lesson, as it stands now.
    pub(crate) fn is_done(&self, lesson: &DayLesson) -> bool {
        let key = LessonKey {
            date: self.date,
            number: lesson.number,
        };
        let tick = self.ticks.and_then(|week| week.ticks.get(&(lesson.journal, key)));
        tick.is_some_and(|tick| tick.task == task_fingerprint(&lesson.homework))
    }
}

/// The marks of a period.
#[derive(Template)]
#[template(path = "marks.html")]
pub(crate) struct MarksPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) marks: Marks,
    /// Whether there is a pass book: at a vocational institution.
    pub(crate) has_pass_book: bool,
}

/// A result as a cell of a table holds it.
fn shown(result: Option<ResultMark>) -> String {
    result.map(|mark| mark.to_string()).unwrap_or_default()
}

impl MarksPage<'_> {
    fn reading(&self) -> &Reading {
        &self.marks.reading
    }

    fn child(&self) -> PersonId {
        self.reading().child.person.person
    }

    fn views(&self) -> Vec<ViewTab> {
        views(self.frame.texts, self.reading(), "marks", false)
    }

    /// The works that are owed: subject, the lesson's day, the last day, and whether it is past.
    fn debts(&self) -> Vec<(String, String, String, bool)> {
        let day = |date| self.frame.texts.date(date, DateStyle::Short);
        let of_row = |row: &PupilRow| {
            let line = |(lesson, by): (LessonKey, Date)| {
                let is_overdue = by < self.reading().today;
                (row.subject.clone(), day(lesson.date), day(by), is_overdue)
            };
            row.debts().into_iter().map(line).collect::<Vec<_>>()
        };
        self.marks.rows.iter().flat_map(of_row).collect()
    }

    /// The result of the period in a subject.
    fn result(&self, row: &PupilRow) -> String {
        shown(row.result.as_ref().and_then(|result| result.mark))
    }

    fn marks_of(&self, row: &PupilRow) -> Vec<(String, String)> {
        row.cells
            .iter()
            .flat_map(|(lesson, cell)| {
                cell.value.marks.iter().map(|mark| {
                    let day = self.frame.texts.date(lesson.date, DateStyle::Short);
                    (mark.mark.short(), day)
                })
            })
            .collect()
    }

    fn average(&self, row: &PupilRow) -> String {
        row.average()
            .map_or_else(|| "—".to_owned(), |average| average.to_string())
    }

    fn missed(&self, row: &PupilRow) -> usize {
        row.cells
            .values()
            .filter(|cell| cell.value.attendance.is_some_and(model::Attendance::is_missed))
            .count()
    }
}
