//! The course of an import.

use std::collections::{BTreeSet, HashMap};

use bundles::{ImportMessage, Report, oneroster::FileKind};
use jiff::tz::TimeZone;
use model::{GroupId, InstitutionId};
use store::{StoreError, Write};
use timetables::{InstitutionDays, Owner};
use web::Clock;

use super::{
    plan::{self, Change},
    resolve::{self, Known, Resolved},
    rows::Rows,
    store::{ImportStores, Versions},
    weeks::{Holds, plan_weeks},
};
use crate::item::{InstitutionGroups, TimetableImport, WeekCounts};

/// How often an import is planned anew when somebody else has written in between.
const ATTEMPTS: u32 = 3;

/// Why an import was not carried out; the message comes again.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bundle could not be had.
    #[error("the bundle could not be downloaded")]
    Download(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Imports the timetables of a bundle and keeps the report. Doing it again changes nothing.
///
/// A bundle that cannot be read at all is no error: its report says so.
///
/// # Errors
/// The database failed, or others wrote the same weeks at the same time again and again.
pub async fn carry_out(
    stores: &ImportStores,
    clock: Clock,
    message: &ImportMessage,
    bytes: &[u8],
) -> Result<TimetableImport, ImportError> {
    if let Some(done) = stores.report(message.import).await? {
        return Ok(done);
    }
    let mut attempt = 1;
    let (weeks, report) = loop {
        let rows = match Rows::read(bytes) {
            Ok(rows) => rows,
            Err(error) => return refuse(stores, clock, message, error.code()).await,
        };
        match import(stores, clock, message, rows).await {
            Err(StoreError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
            done => break done?,
        }
    };
    let report = TimetableImport {
        weeks,
        report,
        ..empty_report(clock, message)
    };
    stores.keep_report(&report).await?;
    Ok(report)
}

/// Keeps the report of a bundle that was refused as a whole.
pub(crate) async fn refuse(
    stores: &ImportStores,
    clock: Clock,
    message: &ImportMessage,
    code: &str,
) -> Result<TimetableImport, ImportError> {
    let report = TimetableImport {
        failure: Some(code.to_owned()),
        ..empty_report(clock, message)
    };
    stores.keep_report(&report).await?;
    Ok(report)
}

fn empty_report(clock: Clock, message: &ImportMessage) -> TimetableImport {
    TimetableImport {
        import: message.import,
        region: message.region,
        finished_at: clock.now(),
        failure: None,
        weeks: WeekCounts::default(),
        report: Report::default(),
    }
}

async fn import(
    stores: &ImportStores,
    clock: Clock,
    message: &ImportMessage,
    mut rows: Rows,
) -> Result<(WeekCounts, Report), StoreError> {
    let mut known = stores
        .known(&rows, &message.region_code, clock.today(&TimeZone::UTC))
        .await?;
    let institutions: Vec<InstitutionId> = known.institutions.keys().copied().collect();
    let rules = stores.rules(&institutions).await?;
    let calendars = stores.calendars(&institutions).await?;
    let lists = stores.groups(&institutions).await?;
    known.rules = rules
        .iter()
        .map(|(id, (rules, _))| (*id, rules.clone()))
        .collect();
    known.calendars = calendars
        .iter()
        .map(|(id, (days, _))| (*id, days.calendar.clone()))
        .collect();

    let resolved = resolve::resolve(&mut rows, &known);
    let stood = lists.iter().map(|(id, (list, _))| (*id, list.clone())).collect();
    let dropped = plan::dropped(&rows, &known, &resolved, &stood);
    let weeks = plan::group_weeks(&known, &resolved, &dropped);

    let mut units = Vec::new();
    for (id, new) in &resolved.rules {
        units.push(write(Change::to(new.clone(), rules.get(id)))?);
    }
    for (institution, calendar) in &resolved.calendars {
        let days = InstitutionDays {
            institution: *institution,
            calendar: calendar.clone(),
        };
        units.push(write(Change::to(days, calendars.get(institution)))?);
    }
    let places = known
        .groups
        .values()
        .map(|group| (group.group, group.institution))
        .collect();
    let writes = plan_weeks(stores, &weeks, places, Holds::AsStored).await?;
    let file = rows.report.file(FileKind::Timetable.name());
    for week in &weeks {
        let old = writes.groups.get(&Owner::Group(week.group));
        plan::count_lessons(file, week, old.map(|(week, _)| week));
    }
    units.extend(writes.units);
    for list in lists_of_groups(&resolved, &known, &lists, &dropped.keys().copied().collect()) {
        let stored = lists.get(&list.institution);
        units.push(write(Change::to(list, stored))?);
    }
    stores.write(units).await?;
    Ok((writes.counts, cut(rows.report)))
}

fn lists_of_groups(
    resolved: &Resolved,
    known: &Known,
    stored: &Versions<InstitutionId, InstitutionGroups>,
    dropped: &BTreeSet<GroupId>,
) -> Vec<InstitutionGroups> {
    let mut lists: HashMap<InstitutionId, BTreeSet<GroupId>> = HashMap::new();
    for group in resolved
        .lessons
        .keys()
        .filter_map(|group| known.groups.get(group))
    {
        let list = lists.entry(group.institution).or_insert_with(|| {
            let before = stored
                .get(&group.institution)
                .map(|(list, _)| list.groups.as_slice())
                .unwrap_or_default();
            before
                .iter()
                .copied()
                .filter(|group| !dropped.contains(group))
                .collect()
        });
        list.insert(group.group);
    }
    let list = |(institution, groups): (_, BTreeSet<_>)| InstitutionGroups {
        institution,
        groups: groups.into_iter().collect(),
    };
    lists.into_iter().map(list).collect()
}

fn write<T: store::Record + serde::Serialize>(change: Option<Change<T>>) -> Result<Vec<Write>, StoreError> {
    change
        .map(Change::write)
        .transpose()
        .map(|write| write.into_iter().collect())
}

/// The report as an item holds it: sums are exact, lists are cut.
fn cut(mut report: Report) -> Report {
    for file in &mut report.files {
        file.refusals.truncate(TimetableImport::LISTED);
        file.warnings.truncate(TimetableImport::LISTED);
    }
    report
}
