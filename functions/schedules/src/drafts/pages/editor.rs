//! The grid of days and numbers.

use askama::Template;
use model::{GroupId, PersonId, Weekday};
use serde::Serialize;
use timetable_norms::Finding;
use timetables::WeekCycle;
use ui::{Frame, Texts};

use super::{Opened, cell_id, last_number, shown_hours};
use crate::{
    checks::page::Line,
    drafts::{
        conflict::Board,
        diff::LessonCounts,
        draft::{Course, DraftClass, DraftLesson},
        view::View,
        ways::ways,
    },
    pages::Tab,
};

/// The editor of a draft.
#[derive(Template)]
#[template(path = "draft-editor.html")]
pub(crate) struct EditorPage<'a> {
    pub(crate) frame: Frame<'a>,
    opened: Opened,
    counts: Option<LessonCounts>,
    /// The ways to classes, and if the whole draft was read to teachers and rooms.
    classes: Vec<Tab>,
    people: Vec<Tab>,
    rooms: Vec<Tab>,
    days: Vec<Weekday>,
    rows: Vec<Row>,
    courses: Vec<CourseRow>,
    waiting: Vec<Waiting>,
    findings: Vec<Line>,
    /// Ways between buildings for which the break is too short.
    ways: Vec<String>,
}

/// A number of the day's bells.
struct Row {
    number: u8,
    times: Option<String>,
    cells: Vec<Cell>,
}

/// A place of the week.
struct Cell {
    id: String,
    day: Weekday,
    number: u8,
    name: String,
    href: String,
    lessons: Vec<CellLesson>,
    /// Whether the teacher in view cannot teach then.
    closed: bool,
}

/// A lesson in a cell.
struct CellLesson {
    /// The lesson as the API takes it.
    json: String,
    name: String,
    details: Vec<String>,
    pinned: bool,
    /// What is wrong with it.
    faults: Vec<String>,
}

/// A course with its hours.
struct CourseRow {
    group: GroupId,
    name: String,
    teachers: String,
    hours: String,
    /// The rooms that are chosen, «214, 215».
    rooms: String,
    /// Where its lessons stand, if none are chosen.
    usual: String,
    placed: String,
    /// Whether the hours are exactly placed; none if nobody has said how many there are.
    is_even: Option<bool>,
}

/// Lessons of a course that do not stand in the week yet.
struct Waiting {
    json: String,
    name: String,
    details: String,
    /// How many; nothing if nobody has said.
    count: Option<String>,
}

/// A lesson that is not in the week, as the grid's script takes it.
#[derive(Serialize)]
struct Unplaced<'a> {
    group: GroupId,
    cycle: WeekCycle,
    room: &'a str,
    teachers: &'a [PersonId],
}

impl<'a> EditorPage<'a> {
    pub(crate) fn new(
        frame: Frame<'a>,
        opened: Opened,
        counts: Option<LessonCounts>,
        findings: &[Finding],
    ) -> Self {
        let texts = frame.texts;
        let tab = |view: View, name: &str| Tab {
            name: name.to_owned(),
            href: format!("{}?{}", opened.address(), view.query()),
            current: view == opened.view,
        };
        let classes = opened.head.classes.iter();
        let classes = classes.map(|(id, title)| tab(View::Class(*id), title)).collect();
        let people = opened.draft.people();
        let people = people
            .iter()
            .map(|(id, name)| tab(View::Teacher(*id), name))
            .collect();
        let rooms = opened.draft.rooms();
        let rooms = rooms
            .iter()
            .map(|room| tab(View::Room((*room).to_owned()), room))
            .collect();
        let class = match &opened.view {
            View::Class(class) => opened.draft.classes.get(class),
            View::Teacher(_) | View::Room(_) => None,
        };
        let courses = class.map(courses).unwrap_or_default();
        let waiting = class.map(|class| waiting(class, texts)).unwrap_or_default();
        let days = days(&opened);
        let rows = rows(&opened, texts, &days);
        let (head, draft, bells) = (&opened.head, &opened.draft, &opened.bells);
        let ways = ways(texts, head, draft, bells, Some(&opened.view));
        Self {
            ways,
            frame,
            counts,
            classes,
            people,
            rooms,
            days,
            rows,
            courses,
            waiting,
            findings: findings.iter().map(|finding| Line::new(texts, finding)).collect(),
            opened,
        }
    }

    fn heading(&self) -> String {
        self.opened.title()
    }

    fn day(&self, day: &Weekday) -> String {
        self.opened.words(self.frame.texts).day(*day)
    }

    fn view(&self) -> String {
        self.opened.view.query()
    }

    /// The ways to the cells that a finding is about, of the first few: a long list helps nobody.
    fn cells(&self, finding: &Line) -> Vec<(String, String)> {
        const SHOWN: usize = 8;
        let words = self.opened.words(self.frame.texts);
        let places = finding.places.iter().take(SHOWN);
        places
            .map(|(day, number)| (cell_id(*day, *number), words.place(*day, *number)))
            .collect()
    }

    fn severity(&self, finding: &Line) -> String {
        self.frame
            .texts
            .get(&format!("norm-severity-{}", finding.severity))
    }

    fn is_class(&self) -> bool {
        matches!(self.opened.view, View::Class(_))
    }

    fn teacher(&self) -> Option<PersonId> {
        match &self.opened.view {
            View::Teacher(teacher) => Some(*teacher),
            View::Class(_) | View::Room(_) => None,
        }
    }

    fn room(&self) -> Option<(&str, u8)> {
        match &self.opened.view {
            View::Room(room) => Some((room, self.opened.draft.terms.places_of(room))),
            View::Class(_) | View::Teacher(_) => None,
        }
    }

    fn state(&self) -> String {
        let texts = self.frame.texts;
        let from = texts.date(self.opened.head.from, ui::DateStyle::Full);
        texts.of(
            &format!("drafts-banner-{}", self.opened.head.state.as_str()),
            &from,
        )
    }

    /// How the class differs from what is published.
    fn change(&self) -> Option<String> {
        let counts = self.counts?;
        let texts = self.frame.texts;
        if counts.is_none() {
            return Some(texts.get("drafts-no-change"));
        }
        let of = |key: &str, count: usize| (count > 0).then(|| texts.count(key, count));
        let parts = [
            of("drafts-added", counts.added),
            of("drafts-removed", counts.removed),
            of("drafts-moved", counts.moved),
            of("drafts-replaced", counts.changed),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Some(texts.of("drafts-change", &parts.join(", ")))
    }
}

/// Monday to Saturday, and Sunday if there is a lesson.
fn days(opened: &Opened) -> Vec<Weekday> {
    let lessons = opened.view.lessons(&opened.draft);
    let last = lessons.iter().map(|lesson| lesson.day.number()).max();
    (1..=last.unwrap_or(6).max(6))
        .filter_map(|day| day.try_into().ok())
        .collect()
}

fn rows(opened: &Opened, texts: Texts<'_>, days: &[Weekday]) -> Vec<Row> {
    let lessons = opened.view.lessons(&opened.draft);
    let words = opened.words(texts);
    let board = Board {
        draft: &opened.draft,
        bells: &opened.bells,
    };
    (1..=last_number(&opened.draft, &opened.bells))
        .map(|number| {
            let cell = |day: &Weekday| {
                let here = lessons
                    .iter()
                    .filter(|lesson| lesson.day == *day && lesson.number == number);
                Cell {
                    id: cell_id(*day, number),
                    day: *day,
                    number,
                    name: words.place(*day, number),
                    href: format!(
                        "{}/cell?{}&day={}&number={number}",
                        opened.address(),
                        opened.view.query(),
                        day.number()
                    ),
                    lessons: here
                        .map(|lesson| cell_lesson(opened, texts, &board, lesson))
                        .collect(),
                    closed: matches!(&opened.view, View::Teacher(teacher)
                        if !opened.draft.terms.is_available(*teacher, *day, number)),
                }
            };
            Row {
                number,
                times: opened.times(number),
                cells: days.iter().map(cell).collect(),
            }
        })
        .collect()
}

fn cell_lesson(opened: &Opened, texts: Texts<'_>, board: &Board<'_>, lesson: &DraftLesson) -> CellLesson {
    let words = opened.words(texts);
    let course = opened.draft.course(lesson.group);
    let (subject, title) = course.map_or(("", ""), |course| {
        (course.subject.as_str(), course.title.as_str())
    });
    let is_class = matches!(opened.view, View::Class(_));
    let name = if is_class {
        subject.to_owned()
    } else {
        format!("{title} · {subject}")
    };
    // A subgroup is named by more than its class.
    let group = Some(title.to_owned()).filter(|title| is_class && *title != opened.title());
    let teachers = Some(words.teachers(lesson))
        .filter(|names| !matches!(opened.view, View::Teacher(_)) && !names.is_empty());
    let room =
        (!lesson.room.is_empty() && !matches!(opened.view, View::Room(_))).then(|| texts.room(&lesson.room));
    let conflicts = board.conflicts(lesson, Some(lesson));
    CellLesson {
        json: serde_json::to_string(lesson).unwrap_or_default(),
        name,
        details: [group, words.cycle(lesson.cycle), room, teachers]
            .into_iter()
            .flatten()
            .collect(),
        pinned: lesson.pinned,
        faults: conflicts
            .iter()
            .map(|conflict| words.conflict(conflict))
            .collect(),
    }
}

/// «Алгебра», or with the group's title where it is not the class.
fn course_name(class: &DraftClass, course: &Course) -> String {
    if course.title == class.title || course.title == course.subject {
        course.subject.clone()
    } else {
        format!("{} · {}", course.subject, course.title)
    }
}

fn teachers(class: &DraftClass, course: &Course) -> String {
    crate::drafts::diff::names(class, &course.teachers)
}

fn courses(class: &DraftClass) -> Vec<CourseRow> {
    let row = |course: &Course| {
        let placed = class.placed(course.group);
        CourseRow {
            group: course.group,
            name: course_name(class, course),
            teachers: teachers(class, course),
            hours: course.hours.map(shown_hours).unwrap_or_default(),
            rooms: course.rooms.join(", "),
            usual: usual_room(class, course.group).to_owned(),
            placed: shown_hours(placed),
            is_even: course.hours.map(|hours| hours == placed),
        }
    };
    class.courses.iter().map(row).collect()
}

/// The courses of which lessons are left; those of which nobody has said how many there are stay in the list.
fn waiting(class: &DraftClass, texts: Texts<'_>) -> Vec<Waiting> {
    let mut waiting = Vec::new();
    for course in &class.courses {
        let left = course
            .hours
            .map(|hours| hours.saturating_sub(class.placed(course.group)));
        if left == Some(0) {
            continue;
        }
        let of_week = |cycle| {
            class
                .lessons_of(course.group)
                .filter(|lesson| lesson.cycle == cycle)
                .count()
        };
        let cycle = match left {
            Some(1) if of_week(WeekCycle::A) > of_week(WeekCycle::B) => WeekCycle::B,
            Some(1) => WeekCycle::A,
            _ => WeekCycle::Every,
        };
        let lesson = Unplaced {
            group: course.group,
            cycle,
            room: usual_room(class, course.group),
            teachers: &course.teachers,
        };
        waiting.push(Waiting {
            json: serde_json::to_string(&lesson).unwrap_or_default(),
            name: course_name(class, course),
            details: teachers(class, course),
            count: left.map(|left| texts.of("drafts-hours", &shown_hours(left))),
        });
    }
    waiting
}

/// The room in which most lessons of a group are.
pub(super) fn usual_room(class: &DraftClass, group: GroupId) -> &str {
    let rooms: Vec<&str> = class
        .lessons_of(group)
        .map(|lesson| lesson.room.as_str())
        .collect();
    let count = |room: &&&str| rooms.iter().filter(|other| *other == *room).count();
    rooms.iter().max_by_key(count).copied().unwrap_or_default()
}
