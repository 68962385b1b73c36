//! The pass book of a student of a vocational institution.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use model::{AcademicPeriod, AcademicYear, Actor, InstitutionId, InstitutionKind, PeriodId, PersonId, Role};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Path, Problem, Query, download, html};

use crate::{
    App,
    api::PassBookView,
    handlers::{Reading, choose, reader, resource},
    pages::pass_book::{PassBookPage, sheet},
    pass_book::{PassBook, Sources, present_year},
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

/// The pass book of a student: what was attested in a year of study by semester, and what is owed.
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
    let name = format!("pass-book-{}.xlsx", open.book.open.year);
    Ok(download(&name, sheets::FileFormat::Xlsx.media_type(), bytes))
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
        let class = &reading.class;
        let over: Vec<PeriodId> =
            AcademicPeriod::terms(&class.periods, present_year(&class.periods, reading.today))
                .into_iter()
                .filter(|term| term.end < reading.today)
                .map(|term| term.id)
                .collect();
        let (institution, mut results, rows) = tokio::try_join!(
            self.rosters.institution(class.institution),
            self.gradebook.results_of_all_years(child),
            self.gradebook.rows_of_periods(child, &over, reading.sight())
        )?;
        if institution.is_none_or(|institution| institution.kind != InstitutionKind::Vocational) {
            return Err(Problem::not_found());
        }
        // What the student has learned elsewhere stands in no book of this institution.
        results.retain(|results| results.institution == class.institution);
        let sources = Sources {
            results: &results,
            rows: &rows,
            periods: &class.periods,
            learns_in: &class.learns_in,
            grade: class.grade,
            zone: &class.zone(),
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
        if !self.access.allows(actor, "see_pass_book", &asked) && actor.roles.holds(Role::Teacher) {
            self.add_teachers(&mut asked, &class).await?;
        }
        if !self.access.allows(actor, "see_pass_book", &asked) {
            return Err(Problem::not_found());
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
