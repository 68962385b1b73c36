//! One file a view; here what they share: whose report somebody may see.

pub(crate) mod changes;
pub(crate) mod class;
pub(crate) mod list;
pub(crate) mod school;

use access::Resource;
use axum::response::Response;
use jiff::civil::Date;
use model::{Actor, GroupId, PeriodId};
use rosters::{ClassTeaching, GroupMemberships};
use sheets::{FileFormat, Sheet};
use web::{Problem, download};

use crate::{
    App,
    class_report::{ClassReport, period_of},
    source::ClassSource,
};

impl App {
    /// The report of a class, as far as the actor may see it; who may see nothing of it is not told that it exists.
    pub(crate) async fn class_report(
        &self,
        actor: &Actor,
        class: GroupId,
        period: &PeriodId,
    ) -> Result<(ClassSource, ClassReport), Problem> {
        let (class, taught) = self.sources.class(class).await?.ok_or_else(Problem::not_found)?;
        let today = self.clock.today(&class.group.zone());
        let (taught, whole) = self.visible(actor, &class, taught, today);
        if taught.is_empty() && !whole {
            return Err(Problem::not_found());
        }
        let period = period_of(&class.group.periods, period).ok_or_else(Problem::not_found)?;
        let source = self.sources.period(class, period, taught, today, whole).await?;
        let report = ClassReport::new(&source, whole);
        Ok((source, report))
    }

    /// Those journals of a class of which the actor may see reports, and whether it is all of them.
    fn visible(
        &self,
        actor: &Actor,
        class: &GroupMemberships,
        taught: Vec<ClassTeaching>,
        today: Date,
    ) -> (Vec<ClassTeaching>, bool) {
        let institution = class.group.institution;
        let group = Resource::Group {
            id: class.group.group,
            institution,
            members: vec![],
            teachers: class.teachers_on(today),
            guardians: vec![],
        };
        if self.access.allows(actor, "see_results", &group) {
            return (taught, true);
        }
        let own = taught.into_iter().filter(|taught| {
            let journal = Resource::Journal {
                id: taught.group,
                institution,
                teachers: taught.teachers_on(today),
            };
            self.access.allows(actor, "see_journal", &journal)
        });
        (own.collect(), false)
    }
}

/// A file for spreadsheets.
pub(crate) fn workbook(name: &str, sheets: &[Sheet]) -> Result<Response, Problem> {
    let format = FileFormat::Xlsx;
    let bytes = sheets::workbook(sheets).map_err(Problem::unavailable)?;
    Ok(download(
        &format!("{name}.{}", format.ending()),
        format.media_type(),
        bytes,
    ))
}
