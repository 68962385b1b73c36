//! What binds the lessons of a draft: hours of the curriculum, when teachers cannot teach, how many lessons rooms hold; and
//! the draft as a whole: its groups anew from the registry, its end.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use model::{GroupId, PersonId, Weekday};
use web::{CurrentUser, Form, PageContext, Path, Problem, html, see_other};

use super::{Edited, sentences};
use crate::{
    App,
    drafts::{
        draft::Bells,
        edit::{Refusal, read_rooms, room_name, set_hours, set_rooms, set_terms},
        id::DraftId,
        item::DraftState,
        pages::RefusedPage,
        source,
        store::Touched,
        terms::{Hour, Terms},
        view::View,
        words::{Words, read_hours},
    },
};

/// Sets the hours of the curriculum and the rooms of courses: `hours-<group>`, `rooms-<group>` and the view to come back to.
pub(crate) async fn hours(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    app.draft_head(&actor, draft).await?;
    let view = form
        .iter()
        .find(|(name, _)| name == "view")
        .map(|(_, view)| view.as_str());
    let view = view
        .and_then(View::of_query)
        .ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let mut wished: Vec<(GroupId, Option<u8>)> = Vec::new();
    let mut rooms: Vec<(GroupId, Vec<String>)> = Vec::new();
    for (name, text) in &form {
        if let Some(group) = name.strip_prefix("hours-").and_then(|group| group.parse().ok()) {
            wished.push((group, read_hours(text).ok_or_else(|| Problem::invalid("hours"))?));
        } else if let Some(group) = name.strip_prefix("rooms-").and_then(|group| group.parse().ok()) {
            rooms.push((group, read_rooms(text).ok_or_else(|| Problem::invalid("rooms"))?));
        }
    }
    let edited = app
        .edit_draft(&actor, draft, |draft, bells| {
            let mut touched = Touched::default();
            for (group, hours) in &wished {
                if draft.course(*group).is_some_and(|course| course.hours != *hours) {
                    touched.classes.extend(set_hours(draft, *group, *hours)?);
                }
            }
            for (group, rooms) in &rooms {
                let known = |room: &String| bells.buildings().canonical(room).into_owned();
                let rooms: Vec<String> = rooms.iter().map(known).collect();
                if draft.course(*group).is_some_and(|course| course.rooms != rooms) {
                    touched.classes.extend(set_rooms(draft, *group, &rooms)?);
                }
            }
            Ok(((), touched))
        })
        .await?;
    app.settled(&actor, &page, &view, edited)
}

/// The form of a teacher's hour, of all hours of a teacher, or of a room.
#[derive(Debug)]
enum TermsForm {
    /// Whether a teacher can teach at an hour.
    Hour(PersonId, Hour, bool),
    /// All hours at which a teacher cannot.
    Hours(PersonId, BTreeSet<Hour>),
    /// How many lessons a room holds.
    Places(String, u8),
}

impl TermsForm {
    /// Reads the fields: `teacher` with `day`, `number`, `available` (`yes`, `no`); `teacher` with `hours` and a `closed`
    /// (`2-5`) for each hour; or `room` and `places`.
    fn read(form: &[(String, String)]) -> Option<Self> {
        let field = |wanted: &str| {
            let found = form.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        if let Some(teacher) = field("teacher") {
            let teacher = teacher.parse().ok()?;
            if field("hours").is_some() {
                let closed = form.iter().filter(|(name, _)| name == "closed");
                let closed = closed.map(|(_, value)| {
                    let (day, number) = value.split_once('-')?;
                    hour(day, number)
                });
                return Some(Self::Hours(teacher, closed.collect::<Option<_>>()?));
            }
            let at = hour(field("day")?, field("number")?)?;
            return Some(Self::Hour(teacher, at, field("available")? == "yes"));
        }
        let room = room_name(field("room")?).filter(|room| !room.is_empty())?;
        let places = field("places")?.parse().ok()?;
        (1..=Terms::MOST_PLACES)
            .contains(&places)
            .then_some(Self::Places(room, places))
    }

    const fn teacher(&self) -> Option<PersonId> {
        match self {
            Self::Hour(teacher, ..) | Self::Hours(teacher, _) => Some(*teacher),
            Self::Places(..) => None,
        }
    }

    fn apply(&self, terms: &mut Terms, bells: &Bells) {
        match self {
            Self::Hour(teacher, hour, available) => terms.set_available(*teacher, *hour, *available),
            Self::Hours(teacher, closed) if closed.is_empty() => drop(terms.unavailable.remove(teacher)),
            Self::Hours(teacher, closed) => drop(terms.unavailable.insert(*teacher, closed.clone())),
            Self::Places(room, places) => terms.set_places(&bells.buildings().canonical(room), *places),
        }
    }
}

fn hour(day: &str, number: &str) -> Option<Hour> {
    let day: u8 = day.parse().ok()?;
    let number: u8 = number.parse().ok()?;
    let is_number = (1..=model::LessonKey::MOST_A_DAY).contains(&number);
    is_number.then_some(Hour(Weekday::try_from(day).ok()?, number))
}

/// Says when a teacher cannot teach, or how many lessons a room holds.
pub(crate) async fn terms(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    app.draft_head(&actor, draft).await?;
    let view = form.iter().find(|(name, _)| name == "view");
    let view = view
        .and_then(|(_, view)| View::of_query(view))
        .ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let form = TermsForm::read(&form).ok_or_else(|| Problem::invalid("terms"))?;
    let edited = app
        .edit_draft(&actor, draft, |draft, bells| {
            let mut terms = draft.terms.clone();
            form.apply(&mut terms, bells);
            let known = form
                .teacher()
                .is_none_or(|teacher| draft.person(teacher).is_some());
            if !known {
                return Err(Refusal::Meaningless("teachers"));
            }
            let changed = terms != draft.terms;
            set_terms(draft, bells, terms)?;
            let touched = Touched {
                terms: changed,
                ..Touched::default()
            };
            Ok(((), touched))
        })
        .await?;
    app.settled(&actor, &page, &view, edited)
}

/// Takes groups, teachers and pupils anew from the registry.
pub(crate) async fn refresh(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let mut loaded = app.whole_draft(&actor, draft).await?;
    if !loaded.head.is_open() {
        return Err(crate::drafts::closed());
    }
    let school = app
        .drafts
        .school(loaded.head.institution, loaded.head.from)
        .await?;
    let new = source::refreshed(&loaded.draft, &school, loaded.head.from);
    let mut touched = Touched::default();
    for (id, class) in &new.classes {
        if loaded.draft.classes.get(id) != Some(class) {
            touched.classes.insert(*id);
        }
    }
    let known = school
        .iter()
        .map(|class| (class.group.group, class.group.title.clone()));
    let known: Vec<_> = known.collect();
    let gone = loaded.head.classes.iter();
    let gone =
        gone.filter(|(id, _)| new.classes.contains_key(id) && !known.iter().any(|(other, _)| other == id));
    loaded.head.classes = known.iter().chain(gone).cloned().collect();
    loaded.draft = new;
    if !touched.classes.is_empty() {
        app.drafts.save(&loaded, &touched, app.by(&actor)).await?;
    }
    Ok(see_other(&format!("/schedules/drafts/{draft}?saved=1")))
}

/// Removes a draft that is not being published.
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    if loaded.head.state == DraftState::Publishing {
        return Err(Problem::conflict("publication_under_way"));
    }
    app.drafts.delete(&loaded).await?;
    Ok(see_other("/schedules/drafts"))
}

impl App {
    /// Back to the view, or what was refused and why.
    fn settled(
        &self,
        actor: &model::Actor,
        page: &PageContext,
        view: &View,
        edited: Edited<()>,
    ) -> Result<Response, Problem> {
        let texts = self.texts(page);
        match edited {
            Edited::Done((), loaded) => {
                let draft = loaded.head.draft;
                Ok(see_other(&format!(
                    "/schedules/drafts/{draft}?{}&saved=1",
                    view.query()
                )))
            }
            Edited::Refused(refusal, loaded) => {
                let words = Words {
                    texts,
                    head: &loaded.head,
                    draft: &loaded.draft,
                };
                let lines = sentences(&words, &refusal);
                let lines = match &refusal {
                    Refusal::Conflicts(lesson, _) => {
                        let place = words.place(lesson.day, lesson.number);
                        let lesson = words.lesson(lesson);
                        lines
                            .iter()
                            .map(|line| format!("{lesson}, {place}. {line}"))
                            .collect()
                    }
                    _ => lines,
                };
                html(&RefusedPage {
                    frame: page.frame(texts, texts.get("drafts-refused"), Some(actor)),
                    intro: texts.get("drafts-refused-nothing-changed"),
                    lines,
                    back: format!("/schedules/drafts/{}?{}", loaded.head.draft, view.query()),
                })
            }
        }
    }
}
