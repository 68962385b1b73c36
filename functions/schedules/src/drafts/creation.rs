//! The making of a draft: from nothing, from what is published, from another draft; a table may then say otherwise.

use model::{Actor, InstitutionId, Week};
use web::Problem;

use super::{
    draft::Draft,
    id::DraftId,
    item::{DraftHead, DraftState},
    source,
    table::{
        read::Row,
        resolve::{self, RowRefusal},
    },
    views::{NewDraft, SourceKind},
};
use crate::App;

/// The longest title of a draft, in characters.
const LONGEST_TITLE: usize = 100;

/// From what a draft is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Empty,
    /// The weeks that held in a week; this week by default.
    Published(Option<Week>),
    Copy(DraftId),
}

/// A draft to be made.
#[derive(Debug, Clone)]
pub(crate) struct Creation {
    institution: InstitutionId,
    title: String,
    from: Week,
    source: Source,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Created {
    /// The draft, and how many published lessons were left out, since their groups are gone.
    Done(DraftHead, usize),
    /// The rows of the table that are refused; nothing was kept.
    Refused(Box<(DraftHead, Draft)>, Vec<RowRefusal>),
}

impl Creation {
    /// Reads a request.
    ///
    /// # Errors
    /// Names the field at fault.
    pub(crate) fn parse(new: &NewDraft) -> Result<Self, Problem> {
        let title = new.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = title.chars().count();
        if !(1..=LONGEST_TITLE).contains(&length) || title.contains(char::is_control) {
            return Err(Problem::invalid("title"));
        }
        let week =
            |text: &str, field: &'static str| text.parse::<Week>().map_err(|_| Problem::invalid(field));
        let given = new.date.as_deref().filter(|date| !date.is_empty());
        let source = match new.source {
            SourceKind::Empty => Source::Empty,
            SourceKind::Published => Source::Published(given.map(|date| week(date, "date")).transpose()?),
            SourceKind::Copy => Source::Copy(new.draft.ok_or_else(|| Problem::invalid("draft"))?),
        };
        Ok(Self {
            institution: new.institution,
            title,
            from: week(&new.from, "from")?,
            source,
        })
    }
}

impl App {
    /// Makes a draft, if the actor makes timetables at the institution.
    pub(crate) async fn create_draft(
        &self,
        actor: &Actor,
        creation: Creation,
        rows: Option<&[Row]>,
    ) -> Result<Created, Problem> {
        self.admit_to(actor, creation.institution)?;
        let institution = self
            .drafts
            .institution(creation.institution)
            .await?
            .ok_or_else(Problem::not_found)?;
        let from = creation.from.monday();
        let (mut draft, classes, left_out) = match creation.source {
            Source::Copy(copied) => {
                let loaded = self.whole_draft(actor, copied).await?;
                if loaded.head.institution != creation.institution {
                    return Err(Problem::not_found());
                }
                (loaded.draft, loaded.head.classes, 0)
            }
            Source::Empty | Source::Published(_) => {
                let school = self.drafts.school(creation.institution, from).await?;
                let classes = school
                    .iter()
                    .map(|class| (class.group.group, class.group.title.clone()))
                    .collect();
                let mut draft = source::empty(&school, from);
                let mut left_out = 0;
                if let Source::Published(week) = creation.source {
                    let today = || self.clock.today(&model::time_zone(&institution.time_zone));
                    let week = week.unwrap_or_else(|| Week::of(today()));
                    let weeks = self.drafts.weeks(draft.classes.values(), week).await?;
                    left_out = source::fill(&mut draft, &weeks);
                }
                (draft, classes, left_out)
            }
        };
        let by = self.by(actor);
        let head = DraftHead {
            draft: DraftId::new(by.at),
            institution: creation.institution,
            title: creation.title,
            from,
            state: DraftState::Draft,
            revision: 0,
            classes,
            time_zone: institution.time_zone,
            created_by: by.person,
            created_at: by.at,
            changed_by: by.person,
            changed_at: by.at,
        };
        if let Some(rows) = rows {
            let bells = self
                .drafts
                .bells(creation.institution, creation.from.monday())
                .await?;
            if let Err(refused) = resolve::put(&mut draft, &bells, rows) {
                return Ok(Created::Refused(Box::new((head, draft)), refused));
            }
        }
        let head = self.drafts.create(head, &draft).await?;
        Ok(Created::Done(head, left_out))
    }
}
