//! The pass book of a student of a vocational institution.

use std::sync::Arc;

use access::{Access, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use model::{AcademicYear, Actor, InstitutionId, InstitutionKind, PeriodId, PersonId, Role};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Path, Problem, Query, download, html};

use crate::{
    App,
    api::PassBookView,
    handlers::{Reading, choose, reader, resource},
    pages::pass_book::{PassBookPage, sheet},
    pass_book::{PassBook, Sources, semesters},
};

/// Of which institution and at which course, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Opening {
    institution: Option<InstitutionId>,
    year: Option<String>,
}

/// A pass book and whose it is.
#[derive(Debug)]
pub(crate) struct OpenBook {
    /// Whose, at which institution.
    pub(crate) reading: Reading,
    /// The book.
    pub(crate) book: PassBook,
    /// Whether the reader may go on to the other views of the diary.
    pub(crate) is_diary_open: bool,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(opening): Query<Opening>,
) -> Result<Response, Problem> {
    let (children, open) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.pass_book(&actor, child, &opening)
    )?;
    let texts = app.translations.of(page.locale);
    let name = open.reading.child.person.name.short();
    let title = format!("{}: {name}", texts.get("pass-book"));
    html(&PassBookPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        open,
    })
}

/// The pass book of a student: what was attested in a year of study by semester, and what is owed of all years.
#[utoipa::path(get, path = "/api/diary/{child}/pass-book", tag = "diary",
    params(("child" = String, Path, description = "id of the student"),
        ("institution" = Option<String>, Query, description = "which of the student's institutions"),
        ("year" = Option<String>, Query, description = "calendar year in which the year of study begins; the present one if left out")),
    responses((status = 200, body = PassBookView),
        (status = 404, description = "no such student, not for the caller, or not at a vocational institution")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(opening): Query<Opening>,
) -> Result<axum::Json<PassBookView>, Problem> {
    let open = app.pass_book(&actor, child, &opening).await?;
    Ok(axum::Json(PassBookView::of(&open.book)))
}

/// The same as a file for spreadsheets.
pub(crate) async fn file(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(child): Path<PersonId>,
    Query(opening): Query<Opening>,
) -> Result<Response, Problem> {
    let open = app.pass_book(&actor, child, &opening).await?;
    let sheets = [sheet(app.translations.of(page.locale), &open)];
    let bytes = sheets::workbook(&sheets).map_err(Problem::unavailable)?;
    let media_type = sheets::FileFormat::Xlsx.media_type();
    Ok(download("pass-book.xlsx", media_type, bytes))
}

impl App {
    /// The book of a student whom the reader may ask about: the card, then in parallel the institution, the results of all
    /// years and the rows of the semesters of this year that are over.
    async fn pass_book(
        &self,
        actor: &Actor,
        child: PersonId,
        opening: &Opening,
    ) -> Result<OpenBook, Problem> {
        let wanted: Option<AcademicYear> = match &opening.year {
            Some(year) => Some(year.parse().map_err(|_| Problem::not_found())?),
            None => None,
        };
        let (reading, is_diary_open) = self.book_reading(actor, child, opening.institution).await?;
        let periods = semesters(&reading.class.periods, AcademicYear::of(reading.today));
        let over: Vec<PeriodId> = periods
            .into_iter()
            .filter(|period| period.end < reading.today)
            .map(|period| period.id.clone())
            .collect();
        let (institution, mut results, mut rows) = tokio::try_join!(
            self.rosters.institution(reading.class.institution),
            self.gradebook.results_of_all_years(child),
            self.gradebook.rows_of_periods(child, &over, reading.sight())
        )?;
        if institution.is_none_or(|institution| institution.kind != InstitutionKind::Vocational) {
            return Err(Problem::not_found());
        }
        // What the student learns elsewhere stands in no book of this institution.
        let elsewhere: Vec<_> = reading
            .others
            .iter()
            .filter(|other| other.institution != reading.class.institution)
            .flat_map(|other| other.learns_in.iter().map(|learns| learns.group))
            .collect();
        results.retain(|results| !elsewhere.contains(&results.journal));
        rows.retain(|row| !elsewhere.contains(&row.key.journal));
        let sources = Sources {
            results: &results,
            rows: &rows,
            periods: &reading.class.periods,
            grade: reading.class.grade,
            zone: &reading.class.zone(),
            today: reading.today,
        };
        Ok(OpenBook {
            book: sources.open(wanted),
            reading,
            is_diary_open,
        })
    }

    /// A student of whom the reader may see the pass book: the family, who leads the institution, and the teacher of the
    /// student's group, of whom it is asked only of a teacher. Also whether the whole diary is open to the reader.
    async fn book_reading(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
    ) -> Result<(Reading, bool), Problem> {
        let card = self.rosters.card(child).await?.ok_or_else(Problem::not_found)?;
        let classes = self.classes_now(&card);
        let is_diary_open = self.access.allows(actor, "see_diary", &resource(&card, &classes));
        let (class, others) = choose(classes, institution).ok_or_else(Problem::not_found)?;
        // The book is the institution's: who leads another at which the student learns has no part in it.
        let mut asked = resource(&card, std::slice::from_ref(&class));
        let today = self.clock.today(&class.zone());
        if let Resource::Child { class_teachers, .. } = &mut asked
            && !is_diary_open
            && actor.roles.holds(Role::Teacher)
        {
            let teachers = self.rosters.teachers_of(class.group).await?;
            let now = teachers.iter().filter(|teacher| teacher.holds_on(today));
            class_teachers.extend(now.map(|teacher| teacher.person));
        }
        match self
            .access
            .decide(actor, "see_pass_book", "see_pass_book", &asked)
        {
            Access::Granted => {}
            Access::Forbidden | Access::Hidden => return Err(Problem::not_found()),
        }
        let reading = Reading {
            reader: reader(&card, actor.person),
            child: card,
            class,
            others,
            today,
        };
        Ok((reading, is_diary_open))
    }
}
