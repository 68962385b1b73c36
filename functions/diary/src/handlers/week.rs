//! The week of a child.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use gradebook::{ClassNotice, Newcomers, PupilRow, WeekOfClass};
use jiff::{Timestamp, ToSpan, civil::Date};
use model::{Actor, Attendance, PersonId, Reader, Week};
use timetables::{Owner, WeekPlan};
use ui::{DateStyle, Texts};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::WeekView,
    handlers::{Choice, Reading, offline},
    item::FamilyWeek,
    news::{of_cells, of_changes, of_homework},
    pages::WeekPage,
    week::{Day, Sources, days},
};

/// A week, and what its page says around it.
pub(crate) struct LoadedWeek {
    pub(crate) reading: Reading,
    pub(crate) week: Week,
    pub(crate) days: Vec<Day>,
    pub(crate) rows: Vec<PupilRow>,
    /// The child's absences that were told, as far as they touch the week.
    pub(crate) notices: Vec<ClassNotice>,
    /// What only the family keeps and sees; nothing where it was not asked for or the reader is not of the family.
    pub(crate) family: Option<FamilyPart>,
}

/// The family's own part of a week.
pub(crate) struct FamilyPart {
    /// Its ticks, and who has read the week.
    pub(crate) week: FamilyWeek,
    /// When the reader has read it, if they said so.
    pub(crate) read_at: Option<Timestamp>,
    /// Whether something is new since the reader last looked at the news; only this week's page tells.
    pub(crate) has_news: bool,
}

impl LoadedWeek {
    /// The child's given name.
    pub(crate) fn name(&self) -> &str {
        &self.reading.child.person.name.given
    }

    /// The absence that was told for a day: of several the one told last.
    pub(crate) fn notice_on(&self, date: Date) -> Option<&ClassNotice> {
        ClassNotice::on(&self.notices, self.reading.child.person.person, date)
    }

    /// In words what was told for a day, and where it can be changed: «Семья сообщила: болеет, 24–28 ноября».
    pub(crate) fn told(&self, texts: Texts<'_>, date: Date) -> Option<Link> {
        let notice = self.notice_on(date)?;
        let reason = texts.get(&format!("absence-{}", notice.reason.as_str()));
        let args = [
            ("sender", notice.sender.as_str().into()),
            ("reason", reason.into()),
            ("days", texts.span(notice.from, notice.until).into()),
        ];
        Some(Link {
            href: self.notices_address(""),
            name: texts.with("absence-told", &args),
            label: None,
        })
    }

    /// Where a guardian tells that the child does not come on a day: from today on, and of days just past where the child
    /// was missing and nobody has said why.
    pub(crate) fn report(&self, texts: Texts<'_>, day: &Day) -> Option<Link> {
        let today = self.reading.today;
        let earliest = today.saturating_sub(REPORTED_WITHIN.days());
        let is_told = self.notice_on(day.date).is_some();
        if self.reading.reader != Reader::Guardian || is_told || day.date < earliest {
            return None;
        }
        let was_missing = day
            .lessons
            .iter()
            .any(|lesson| lesson.attendance.is_some_and(Attendance::is_missed));
        let can_come = day.date >= today && day.lessons.iter().any(|lesson| lesson.state.is_held());
        let name = texts.get(if was_missing {
            "absence-report-missed"
        } else {
            "absence-report"
        });
        (was_missing || can_come).then(|| Link {
            href: self.notices_address(&format!("&date={}", day.date)),
            label: Some(format!("{name}: {}", texts.date(day.date, DateStyle::Day))),
            name,
        })
    }

    /// The list of the child's tasks, where they are ticked and answered.
    pub(crate) fn tasks_address(&self) -> String {
        let (child, at) = (self.reading.child.person.person, self.reading.class.institution);
        format!("/diary/{child}/homework?institution={at}")
    }

    fn notices_address(&self, more: &str) -> String {
        let (child, at) = (self.reading.child.person.person, self.reading.class.institution);
        format!("/journals/notices/{child}?institution={at}{more}")
    }
}

/// So many days after its day an absence can still be told by the family, as the journals take it.
const REPORTED_WITHIN: i64 = 3;

/// A link beside a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) href: String,
    /// What it says.
    pub(crate) name: String,
    /// What it says to who does not see beside which day it stands.
    pub(crate) label: Option<String>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    jar: CookieJar,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (children, loaded) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.week_with_family(&actor, child, &choice)
    )?;
    let now = loaded.reading.now(app.clock);
    let texts = app.translations.of(page.locale);
    let title = format!("{}: {}", texts.get("diary"), loaded.name());
    let is_family = loaded.reading.is_family();
    let shown = html(&WeekPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        loaded,
        now,
    })?;
    let shown = (jar.add(children.cookie()), shown);
    // Only a family's pages are kept for when there is no network: a head reads the diaries of others' children.
    if is_family {
        Ok((offline::of_reader(actor.person), shown).into_response())
    } else {
        Ok(shown.into_response())
    }
}

/// A week of a child's diary: lessons with homework, marks and attendance; averages of the period.
#[utoipa::path(get, path = "/api/diary/{child}", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions"),
        ("date" = Option<String>, Query, description = "any date of the week; this week if left out")),
    responses((status = 200, body = WeekView), (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<WeekView>, Problem> {
    let loaded = app.week(&actor, child, &choice).await?;
    Ok(axum::Json(WeekView::of(&loaded)))
}

impl App {
    async fn week(&self, actor: &Actor, child: PersonId, choice: &Choice) -> Result<LoadedWeek, Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        let week = chosen(choice, &reading)?;
        let (plan, opened, rows) = self.sources(&reading, week).await?;
        Ok(loaded(reading, week, (&plan, &opened, rows), None))
    }

    /// The same, with what the family keeps of it, for pages: one call more, beside the others.
    pub(crate) async fn week_with_family(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
    ) -> Result<LoadedWeek, Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        let week = chosen(choice, &reading)?;
        let kept = async {
            if reading.is_family() {
                Ok(Some(self.diary.week_and_visit(child, week, actor.person).await?))
            } else {
                Ok(None)
            }
        };
        let ((plan, opened, rows), kept) = tokio::try_join!(self.sources(&reading, week), kept)?;
        let family = kept.map(|(kept, visit)| FamilyPart {
            read_at: kept.readings.get(&actor.person).copied(),
            week: kept,
            has_news: visit.is_some_and(|visit| {
                let learns_in = &reading.class.learns_in;
                let entries: Vec<_> = of_cells(&rows)
                    .chain(of_homework(&opened.lessons, learns_in))
                    .chain(of_changes(plan.changes.iter(), learns_in, reading.today))
                    .collect();
                week == Week::of(reading.today) && visit.seen().misses(&entries)
            }),
        });
        Ok(loaded(reading, week, (&plan, &opened, rows), family))
    }

    /// What a week is put together from: 3 calls in parallel.
    async fn sources(
        &self,
        reading: &Reading,
        week: Week,
    ) -> Result<(WeekPlan, WeekOfClass, Vec<PupilRow>), Problem> {
        // A week that straddles two periods is read by the period of its last school day: marks come late.
        let last_day = week.school_days().last().unwrap_or(week.monday());
        let period = reading.period(None, last_day.min(reading.today.max(week.monday())))?;
        let (class, at) = (Owner::Class(reading.class.group), [reading.class.institution]);
        let plan = async { Ok(self.timetables.plan(class, &at, week).await?) };
        let child = reading.child.person.person;
        let came = [(child, reading.class.from)];
        let newcomer = Newcomers::of(reading.class.institution, &reading.class.periods, week, came);
        let opened = async {
            let mut found = self
                .gradebook
                .class_week(reading.class.group, week, &newcomer)
                .await?;
            let own = found.lessons.into_iter().map(|lesson| lesson.for_pupil(child));
            found.lessons = own.collect();
            found.later.retain(|task| task.is_for(child));
            Ok(found)
        };
        tokio::try_join!(plan, opened, self.rows(reading, period))
    }
}

/// The week asked for, or this one.
fn chosen(choice: &Choice, reading: &Reading) -> Result<Week, Problem> {
    match &choice.date {
        Some(date) => date.parse().map_err(|_| Problem::invalid("date")),
        None => Ok(Week::of(reading.today)),
    }
}

fn loaded(
    reading: Reading,
    week: Week,
    (plan, opened, rows): (&WeekPlan, &WeekOfClass, Vec<PupilRow>),
    family: Option<FamilyPart>,
) -> LoadedWeek {
    let sources = Sources {
        plan,
        opened: &opened.lessons,
        later: &opened.later,
        rows: &rows,
        learns_in: &reading.class.learns_in,
    };
    let child = reading.child.person.person;
    let own = opened.notices.iter().filter(|notice| notice.pupil == child);
    LoadedWeek {
        days: days(week, &sources),
        notices: own.copied().collect(),
        reading,
        week,
        rows,
        family,
    }
}
