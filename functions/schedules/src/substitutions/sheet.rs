//! The day sheet: what is changed on a date, by class and by teacher, to print and to hang up.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{extract::State, response::Response};
use jiff::{ToSpan, civil::Date};
use model::{InstitutionId, Week};
use serde::Deserialize;
use timetables::{DatedLesson, VersionedChange};
use ui::{DateStyle, Frame, Texts};
use web::{CurrentUser, PageContext, Problem, Query, html};

use super::{
    api::{in_bounds, wrong},
    handlers::Purpose,
    pages::institution_tabs,
    words,
};
use crate::{App, pages::Tab};

/// Which sheet.
#[derive(Debug, Deserialize)]
pub(crate) struct SheetQuery {
    institution: Option<InstitutionId>,
    date: Option<String>,
}

/// A change as the sheet's lists by class show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClassRow {
    pub(crate) title: String,
    pub(crate) hour: String,
    /// What was published: subject and teacher.
    pub(crate) before: String,
    /// What is held instead, or that nothing is.
    pub(crate) after: String,
    pub(crate) room: String,
    pub(crate) note: String,
}

/// What a teacher has to know of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TeacherRow {
    pub(crate) name: String,
    pub(crate) hour: String,
    pub(crate) what: String,
    pub(crate) room: String,
    pub(crate) note: String,
}

/// The sheet of a day.
#[derive(Template)]
#[template(path = "substitution_sheet.html")]
pub(crate) struct SheetPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) institution: InstitutionId,
    pub(crate) institution_name: String,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) date: Date,
    pub(crate) today: Date,
    pub(crate) may_change: bool,
    pub(crate) classes: Vec<ClassRow>,
    pub(crate) teachers: Vec<TeacherRow>,
}

impl SheetPage<'_> {
    fn base(&self) -> String {
        format!("/schedules/substitutions/sheet?institution={}&", self.institution)
    }

    fn previous(&self) -> Date {
        self.date.saturating_sub(1.day())
    }

    fn next(&self) -> Date {
        self.date.saturating_add(1.day())
    }
}

/// The page.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<SheetQuery>,
) -> Result<Response, Problem> {
    let (institution, places) = app.place(&actor, query.institution, Purpose::See).await?;
    let today = app.today_at(&institution);
    let date = match query.date.as_deref() {
        Some(text) => text.parse().ok().filter(in_bounds).ok_or_else(|| wrong("date"))?,
        None => today,
    };
    let id = institution.institution;
    let (changes, _) = app.substitutions.changes(id, Week::of(date)).await?;
    let texts = app.texts(&page);
    let heading = texts.of("substitutions-sheet-of", &texts.date(date, DateStyle::Day));
    html(&SheetPage {
        frame: page.frame(texts, heading, Some(&actor)),
        tabs: institution_tabs(
            &places,
            id,
            &format!("/schedules/substitutions/sheet?date={date}&"),
        ),
        may_change: app.admits(&actor, id, Purpose::Change),
        classes: class_rows(texts, &changes, date),
        teachers: teacher_rows(texts, &changes, date),
        institution_name: institution.name,
        institution: id,
        date,
        today,
    })
}

/// The lessons of a date on which something is changed, by group and time. A lesson that is moved stands at both its times.
pub(crate) fn class_rows(texts: Texts<'_>, changes: &[VersionedChange], date: Date) -> Vec<ClassRow> {
    let mut rows = BTreeMap::new();
    for found in changes {
        let change = &found.change;
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let row = |lesson: &DatedLesson, was: Option<&DatedLesson>, becomes: String, room: &str| ClassRow {
            title: lesson.slot.title.clone(),
            hour: words::hour(texts, lesson),
            before: was.map(subject_and_teacher).unwrap_or_default(),
            after: becomes,
            room: room.to_owned(),
            note: change.note.clone(),
        };
        let mut put = |lesson: &DatedLesson, row: ClassRow| {
            let slot = &lesson.slot;
            rows.insert((slot.title.clone(), slot.start, slot.group, change.id()), row);
        };
        if let Some(before) = before.filter(|before| before.date == date) {
            match after.filter(|_| change.is_in_place()) {
                Some(after) => put(
                    before,
                    row(before, Some(before), subject_and_teacher(after), &after.slot.room),
                ),
                None => put(
                    before,
                    row(before, Some(before), words::change(texts, change), ""),
                ),
            }
        }
        if let Some(after) = after.filter(|after| after.date == date && !change.is_in_place()) {
            let origin = before.map(DatedLesson::key);
            let kind = if origin.is_some() {
                "moved_here"
            } else {
                "additional"
            };
            let becomes = format!(
                "{} ({})",
                subject_and_teacher(after),
                texts.lesson_change(kind, origin.as_ref())
            );
            put(after, row(after, None, becomes, &after.slot.room));
        }
    }
    rows.into_values().collect()
}

/// «Алгебра, Соколова И. С.»
fn subject_and_teacher(lesson: &DatedLesson) -> String {
    let slot = &lesson.slot;
    if slot.teacher_name.is_empty() {
        slot.subject.clone()
    } else {
        format!("{}, {}", slot.subject, slot.teacher_name)
    }
}

/// What each teacher holds besides or instead of the published week, and what they do not hold, by name and time.
pub(crate) fn teacher_rows(texts: Texts<'_>, changes: &[VersionedChange], date: Date) -> Vec<TeacherRow> {
    let mut rows = BTreeMap::new();
    for found in changes {
        let change = &found.change;
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let same_teacher = before
            .zip(after)
            .is_some_and(|(before, after)| before.slot.teacher_name == after.slot.teacher_name);
        let mut put = |lesson: &DatedLesson, is_held: bool, what: String| {
            let slot = &lesson.slot;
            if slot.teacher_name.is_empty() {
                return;
            }
            let row = TeacherRow {
                name: slot.teacher_name.clone(),
                hour: words::hour(texts, lesson),
                what,
                room: if is_held { slot.room.clone() } else { String::new() },
                note: change.note.clone(),
            };
            rows.insert(
                (
                    slot.teacher_name.clone(),
                    slot.start,
                    slot.group,
                    is_held,
                    change.id(),
                ),
                row,
            );
        };
        let lesson_of = |lesson: &DatedLesson| format!("{}, {}", lesson.slot.title, lesson.slot.subject);
        if let Some(before) = before.filter(|before| before.date == date) {
            let what = match after {
                Some(after) if change.is_in_place() && !same_teacher => {
                    texts.of("substitutions-holds-instead", &after.slot.teacher_name)
                }
                Some(_) if change.is_in_place() => String::new(),
                _ => words::change(texts, change),
            };
            if !what.is_empty() {
                put(before, false, format!("{}: {what}", lesson_of(before)));
            }
        }
        if let Some(after) = after.filter(|after| after.date == date) {
            let how = match before {
                Some(before) if !same_teacher => {
                    texts.of("substitutions-instead-of", &before.slot.teacher_name)
                }
                Some(before) if !change.is_in_place() => {
                    texts.lesson_change("moved_here", Some(&before.key()))
                }
                Some(_) => texts.get("planned-replaced"),
                None => texts.get("planned-additional"),
            };
            put(after, true, format!("{}: {how}", lesson_of(after)));
        }
    }
    rows.into_values().collect()
}
