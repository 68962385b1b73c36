//! The reports that somebody may see.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use model::{AcademicPeriod, Actor, GroupId, GroupKind, InstitutionId, Role};
use rosters::MemberRole;
use web::{CurrentUser, PageContext, Problem, html};

use crate::{
    App,
    api::{ReportList, ReportedClass, ReportedSchool},
    class_report::periods_of,
    pages::list::ListPage,
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let list = app.list(&actor).await?;
    let texts = app.translations.of(page.locale);
    html(&ListPage {
        frame: page.frame(texts, texts.get("reports"), Some(&actor)),
        list,
        teaches: actor.roles.holds(Role::Teacher),
    })
}

/// The classes whose reports the caller may see: all of an institution that the caller leads, the own ones of a class teacher,
/// and those in which the caller teaches.
#[utoipa::path(get, path = "/api/reports", tag = "reports", operation_id = "reports_list",
    responses((status = 200, body = ReportList), (status = 404, description = "there are no reports for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<axum::Json<ReportList>, Problem> {
    Ok(axum::Json(app.list(&actor).await?))
}

/// The institutions that somebody leads, each once.
pub(crate) fn led(actor: &Actor) -> BTreeSet<InstitutionId> {
    let leads = [Role::Deputy, Role::Head];
    let held = actor.roles.0.iter().filter(|held| leads.contains(&held.role));
    held.filter_map(|held| held.institution).collect()
}

impl App {
    async fn list(&self, actor: &Actor) -> Result<ReportList, Problem> {
        let led = led(actor);
        let teaches = actor.roles.holds(Role::Teacher);
        if led.is_empty() && !teaches {
            return Err(Problem::not_found());
        }
        let led: Vec<InstitutionId> = led.into_iter().collect();
        let rosters = &self.sources.rosters;
        let of_led = led.iter().map(|institution| rosters.classes(*institution));
        let of_own = async {
            if teaches {
                self.taught_classes(actor).await
            } else {
                Ok(vec![])
            }
        };
        let of_places = async {
            match led.is_empty() {
                true => Ok(vec![]),
                false => Ok(rosters.institutions(&led).await?),
            }
        };
        let (of_led, places, of_own) =
            tokio::try_join!(async { Ok(try_join_all(of_led).await?) }, of_places, of_own)?;
        let institutions = led.iter().zip(&of_led).filter_map(|(institution, classes)| {
            let place = places.iter().find(|place| place.institution == *institution)?;
            let periods = periods_of(classes.iter().map(|class| class.periods.as_slice()));
            let today = self.clock.today(&model::time_zone(&place.time_zone));
            Some(ReportedSchool {
                institution: *institution,
                name: place.name.clone(),
                current: AcademicPeriod::current(&periods, today).map(|period| period.id.clone()),
            })
        });
        let all = of_led.iter().flatten();
        let mut classes: Vec<ReportedClass> = all
            .map(|class| ReportedClass::new(class, self.clock.today(&class.zone()), true))
            .collect();
        let known: BTreeSet<GroupId> = classes.iter().map(|class| class.class).collect();
        classes.extend(of_own.into_iter().filter(|class| !known.contains(&class.class)));
        Ok(ReportList {
            institutions: institutions.collect(),
            classes,
        })
    }

    /// The own classes of a class teacher, and those from which the groups draw that the actor teaches.
    async fn taught_classes(&self, actor: &Actor) -> Result<Vec<ReportedClass>, Problem> {
        let rosters = &self.sources.rosters;
        let teaching = rosters.teaching(actor.person).await?;
        let teaches = teaching
            .iter()
            .filter(|membership| membership.role == MemberRole::Teacher);
        let (own, groups): (Vec<_>, Vec<_>) = teaches.partition(|it| it.group_kind == GroupKind::Class);
        let own: BTreeSet<GroupId> = own.iter().map(|membership| membership.group).collect();
        let groups: Vec<GroupId> = groups.iter().map(|membership| membership.group).collect();
        let groups = rosters.groups(&groups).await?;
        let classes: BTreeSet<GroupId> = groups
            .iter()
            .flat_map(|group| &group.classes)
            .chain(&own)
            .copied()
            .collect();
        let mut classes = rosters.groups(&classes.into_iter().collect::<Vec<_>>()).await?;
        classes.sort_by(|a, b| (a.grade, &a.title).cmp(&(b.grade, &b.title)));
        let reported = classes.iter().map(|class| {
            let today = self.clock.today(&class.zone());
            ReportedClass::new(class, today, own.contains(&class.group))
        });
        Ok(reported.collect())
    }
}
