//! Which families of a class have read a week: for the class teacher and who leads the school.

use std::{collections::BTreeMap, sync::Arc};

use access::Resource;
use axum::{extract::State, response::Response};
use jiff::{Timestamp, civil::Date};
use model::{Actor, GroupId, GroupKind, PersonId, Week};
use rosters::GroupRoster;
use serde::Deserialize;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{App, api::ClassReadersView, pages::ClassReadersPage};

/// Which week.
#[derive(Debug, Deserialize)]
pub(crate) struct WeekChoice {
    date: Option<String>,
}

/// A class and who has read the diaries of its pupils.
#[derive(Debug)]
pub(crate) struct ClassReaders {
    pub(crate) class: GroupRoster,
    pub(crate) week: Week,
    pub(crate) today: Date,
    /// The pupils of the week, by name.
    pub(crate) pupils: Vec<PupilReaders>,
}

/// A pupil, and when the pupil and the family first said that they had read the week.
#[derive(Debug)]
pub(crate) struct PupilReaders {
    pub(crate) pupil: PersonId,
    pub(crate) name: String,
    pub(crate) by_pupil: Option<Timestamp>,
    pub(crate) by_family: Option<Timestamp>,
}

impl PupilReaders {
    /// Of several of the family the first counts.
    fn of(pupil: PersonId, name: String, readings: Option<&BTreeMap<PersonId, Timestamp>>) -> Self {
        let others = readings
            .into_iter()
            .flatten()
            .filter(|(reader, _)| **reader != pupil);
        Self {
            pupil,
            name,
            by_pupil: readings.and_then(|readings| readings.get(&pupil)).copied(),
            by_family: others.map(|(_, at)| *at).min(),
        }
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
    Query(choice): Query<WeekChoice>,
) -> Result<Response, Problem> {
    let readers = app.class_readers(&actor, class, choice.date.as_deref()).await?;
    let texts = app.translations.of(page.locale);
    let title = texts.of("class-readers-title", &readers.class.group.title);
    html(&ClassReadersPage {
        frame: page.frame(texts, title, Some(&actor)),
        readers,
    })
}

/// Which families of a class have said that they read a week, and when first.
#[utoipa::path(get, path = "/api/diary/classes/{class}/weeks/{week}/readers", tag = "diary",
    params(("class" = String, Path, description = "id of the class"),
        ("week" = String, Path, description = "any date of the week")),
    responses((status = 200, body = ClassReadersView), (status = 404, description = "no such class, or not for the caller"),
        (status = 422, description = "not a date")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((class, week)): Path<(GroupId, String)>,
) -> Result<axum::Json<ClassReadersView>, Problem> {
    let readers = app.class_readers(&actor, class, Some(&week)).await?;
    Ok(axum::Json(ClassReadersView::of(&readers)))
}

impl App {
    /// The class first, then its pupils' weeks in one batch.
    async fn class_readers(
        &self,
        actor: &Actor,
        class: GroupId,
        date: Option<&str>,
    ) -> Result<ClassReaders, Problem> {
        let class = self.rosters.roster(class).await?;
        let class = class
            .filter(|class| class.group.kind == GroupKind::Class)
            .ok_or_else(Problem::not_found)?;
        let today = self.clock.today(&class.group.zone());
        let resource = Resource::Group {
            id: class.group.group,
            institution: class.group.institution,
            members: vec![],
            teachers: class.teachers_on(today),
            guardians: vec![],
        };
        if !self.access.allows(actor, "see_class_readers", &resource) {
            return Err(Problem::not_found());
        }
        let week = match date {
            Some(date) => date.parse().map_err(|_| Problem::invalid("date"))?,
            None => Week::of(today),
        };
        let of_week = |member: &&rosters::Member| week.school_days().any(|day| member.holds_on(day));
        let members: Vec<_> = class.pupils.iter().filter(of_week).collect();
        let ids: Vec<PersonId> = members.iter().map(|member| member.person).collect();
        let readings = self.diary.readings(&ids, week).await?;
        let pupil = |member: &&rosters::Member| {
            PupilReaders::of(member.person, member.name.short(), readings.get(&member.person))
        };
        let pupils = members.iter().map(pupil).collect();
        Ok(ClassReaders {
            class,
            week,
            today,
            pupils,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_family_the_first_who_read_counts_and_the_pupil_apart() {
        let [pupil, mother, father] = [1, 2, 3].map(PersonId::from_bits);
        let at = |hour: u8| {
            format!("2026-11-23T{hour:02}:00:00Z")
                .parse::<Timestamp>()
                .expect("a moment")
        };
        let readings = BTreeMap::from([(pupil, at(7)), (mother, at(19)), (father, at(18))]);
        let readers = PupilReaders::of(pupil, String::new(), Some(&readings));
        assert_eq!((readers.by_pupil, readers.by_family), (Some(at(7)), Some(at(18))));
        let nobody = PupilReaders::of(pupil, String::new(), None);
        assert_eq!((nobody.by_pupil, nobody.by_family), (None, None));
    }
}
