//! A cell as a form: what stands in it and what could. It does all that the grid's script does, without a script.

use std::collections::BTreeSet;

use askama::Template;
use model::{GroupId, Weekday};
use timetables::WeekCycle;
use ui::Frame;

use super::{Opened, cell_id, editor::usual_room, last_number};
use crate::drafts::{
    conflict::Board,
    draft::{DraftClass, DraftLesson},
    view::View,
};

/// The form of a cell.
#[derive(Template)]
#[template(path = "draft-cell.html")]
pub(crate) struct CellPage<'a> {
    pub(crate) frame: Frame<'a>,
    opened: Opened,
    day: Weekday,
    number: u8,
    refused: Vec<String>,
    lessons: Vec<Standing>,
    offers: Vec<Offer>,
    rooms: Vec<String>,
}

/// A lesson that stands in the cell.
struct Standing {
    json: String,
    name: String,
    teachers: String,
    room: String,
    cycle: WeekCycle,
    pinned: bool,
    faults: Vec<String>,
    places: Vec<PlaceOption>,
}

/// Where a lesson could stand.
struct PlaceOption {
    value: String,
    name: String,
    current: bool,
    /// Why it cannot.
    fault: Option<String>,
}

/// A lesson that could come into the cell.
struct Offer {
    group: GroupId,
    name: String,
    room: String,
    /// Why it cannot.
    fault: Option<String>,
}

impl<'a> CellPage<'a> {
    pub(crate) fn new(
        frame: Frame<'a>,
        opened: Opened,
        (day, number): (Weekday, u8),
        refused: Vec<String>,
    ) -> Self {
        let lessons = opened.view.lessons(&opened.draft);
        let here = lessons
            .iter()
            .filter(|lesson| (lesson.day, lesson.number) == (day, number));
        let lessons = here.map(|lesson| standing(&frame, &opened, lesson)).collect();
        let class = match &opened.view {
            View::Class(class) => opened.draft.classes.get(class),
            View::Teacher(_) | View::Room(_) => None,
        };
        let offers = class
            .map(|class| offers(&frame, &opened, class, (day, number)))
            .unwrap_or_default();
        let buildings = opened.bells.buildings();
        let rooms = opened.draft.rooms().into_iter();
        let rooms = rooms.chain(buildings.rooms().keys().map(String::as_str));
        let rooms: BTreeSet<String> = rooms.map(|room| buildings.canonical(room).into_owned()).collect();
        Self {
            frame,
            opened,
            day,
            number,
            refused,
            lessons,
            offers,
            rooms: rooms.into_iter().collect(),
        }
    }

    fn heading(&self) -> String {
        let place = self.opened.words(self.frame.texts).place(self.day, self.number);
        format!("{}: {place}", self.opened.title())
    }

    fn address(&self) -> String {
        self.opened.address()
    }

    fn view(&self) -> String {
        self.opened.view.query()
    }

    /// The way back to the cell in the grid.
    fn back(&self) -> String {
        format!(
            "{}?{}#{}",
            self.address(),
            self.view(),
            cell_id(self.day, self.number)
        )
    }

    fn cell(&self) -> String {
        format!("{}-{}", self.day.number(), self.number)
    }

    fn is_open(&self) -> bool {
        self.opened.is_open()
    }

    /// The teacher in view, and whether they can teach then.
    fn teacher(&self) -> Option<(String, bool)> {
        match &self.opened.view {
            View::Teacher(teacher) => {
                let available = self
                    .opened
                    .draft
                    .terms
                    .is_available(*teacher, self.day, self.number);
                Some((teacher.to_string(), available))
            }
            View::Class(_) | View::Room(_) => None,
        }
    }

    fn cycles(&self) -> [(&'static str, WeekCycle, String); 3] {
        let texts = self.frame.texts;
        [
            ("every", WeekCycle::Every, texts.get("drafts-week-every")),
            ("a", WeekCycle::A, texts.get("drafts-week-a")),
            ("b", WeekCycle::B, texts.get("drafts-week-b")),
        ]
    }
}

fn standing(frame: &Frame<'_>, opened: &Opened, lesson: &DraftLesson) -> Standing {
    let words = opened.words(frame.texts);
    let board = Board {
        draft: &opened.draft,
        bells: &opened.bells,
    };
    let faults = board.conflicts(lesson, Some(lesson));
    let mut places = Vec::new();
    for day in (1..=6u8).filter_map(|day| Weekday::try_from(day).ok()) {
        for number in 1..=last_number(&opened.draft, &opened.bells) {
            let there = DraftLesson {
                day,
                number,
                ..lesson.clone()
            };
            let found = board.new_conflicts(&there, Some(lesson));
            places.push(PlaceOption {
                value: format!("{}-{number}", day.number()),
                name: words.place(day, number),
                current: (day, number) == (lesson.day, lesson.number),
                fault: found.first().map(|first| words.conflict(first)),
            });
        }
    }
    Standing {
        json: serde_json::to_string(lesson).unwrap_or_default(),
        name: words.lesson(lesson),
        teachers: words.teachers(lesson),
        room: lesson.room.clone(),
        cycle: lesson.cycle,
        pinned: lesson.pinned,
        faults: faults.iter().map(|fault| words.conflict(fault)).collect(),
        places,
    }
}

/// The courses of a class of which lessons are left, those that fit first.
fn offers(
    frame: &Frame<'_>,
    opened: &Opened,
    class: &DraftClass,
    (day, number): (Weekday, u8),
) -> Vec<Offer> {
    let words = opened.words(frame.texts);
    let board = Board {
        draft: &opened.draft,
        bells: &opened.bells,
    };
    let is_left = |hours: Option<u8>, group| hours.is_none_or(|hours| hours > class.placed(group));
    let left = class
        .courses
        .iter()
        .filter(|course| is_left(course.hours, course.group));
    let mut offers: Vec<Offer> = left
        .map(|course| {
            let room = usual_room(class, course.group);
            let half = course
                .hours
                .is_some_and(|hours| hours - class.placed(course.group) == 1);
            let lesson = DraftLesson {
                group: course.group,
                day,
                number,
                cycle: if half { WeekCycle::A } else { WeekCycle::Every },
                room: room.to_owned(),
                teachers: course.teachers.clone(),
                pinned: false,
            };
            let found = board.new_conflicts(&lesson, None);
            Offer {
                group: course.group,
                name: format!("{}, {}", course.subject, course.title),
                room: room.to_owned(),
                fault: found.first().map(|first| words.conflict(first)),
            }
        })
        .collect();
    offers.sort_by_key(|offer| offer.fault.is_some());
    offers
}
