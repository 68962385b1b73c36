//! Reads of what was changed: the history of a thing, what others should hear of, what is unusual.

use jiff::{Timestamp, civil::Date};
use model::{AcademicYear, GroupId, InstitutionId, LessonKey, PeriodId, PersonId};
use store::{Index, Query, StoreError, Untyped};

use super::Gradebook;
use crate::{
    Alert, AlertSeen, CellChange, ChangePlace, NotableChange, ResultChange, StateChange, Term, UnusualChanges,
};

impl Gradebook {
    /// The changes of a cell, the last first.
    pub async fn history(
        &self,
        journal: GroupId,
        lesson: LessonKey,
        pupil: PersonId,
    ) -> Result<Vec<CellChange>, StoreError> {
        let query =
            Query::partition(Index::Table, CellChange::partition(journal, lesson, pupil)).newest_first();
        self.changes(query).await
    }

    /// The changes of a result, the last first.
    pub async fn result_history(
        &self,
        journal: GroupId,
        year: AcademicYear,
        term: &Term,
        pupil: PersonId,
    ) -> Result<Vec<ResultChange>, StoreError> {
        let partition = ResultChange::partition(journal, year, term, pupil);
        self.changes(Query::partition(Index::Table, partition).newest_first())
            .await
    }

    /// The locks and reopenings of a period, the last first.
    pub async fn state_history(
        &self,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<Vec<StateChange>, StoreError> {
        let partition = StateChange::partition(journal, period);
        self.changes(Query::partition(Index::Table, partition).newest_first())
            .await
    }

    /// The notable changes of a journal from a moment to a moment, the last first, up to so many.
    pub async fn notable_changes(
        &self,
        journal: GroupId,
        (first, last): (Timestamp, Timestamp),
        limit: i32,
    ) -> Result<Vec<NotableChange>, StoreError> {
        let last = ChangePlace::after(last);
        self.notable_changes_until(journal, (first, &last), limit).await
    }

    /// The same up to a place, itself included: how the next portion is read after one that was cut.
    pub async fn notable_changes_until(
        &self,
        journal: GroupId,
        (first, last): (Timestamp, &ChangePlace),
        limit: i32,
    ) -> Result<Vec<NotableChange>, StoreError> {
        let query = Query::partition(Index::First, NotableChange::partition(journal))
            .between(NotableChange::moment(first), last.as_str())
            .newest_first()
            .at_most(limit);
        let items = self.table.query_untyped(&query).await?;
        items.iter().map(notable).collect()
    }

    /// The unusual changes at an institution from a day to a day (UTC) with who has seen them, those with the last change
    /// first. Of more than [`UnusualChanges::MOST_READ`] items the latest are read, and the first of their days is left out:
    /// the rest of it is not known.
    pub async fn unusual_changes(
        &self,
        institution: InstitutionId,
        (first, last): (Date, Date),
    ) -> Result<Vec<UnusualChanges>, StoreError> {
        // What follows the day in a sort key comes before this sign.
        let query = Query::partition(Index::Second, Alert::partition(institution))
            .between(first.to_string(), format!("{last}~"))
            .newest_first()
            .at_most(UnusualChanges::MOST_READ);
        let items = self.table.query_untyped(&query).await?;
        let (mut changes, mut seen) = (vec![], vec![]);
        for item in &items {
            match item.as_record::<AlertSeen>() {
                Some(found) => seen.push(found?),
                None => changes.push(notable(item)?),
            }
        }
        let is_cut = usize::try_from(UnusualChanges::MOST_READ).is_ok_and(|most| items.len() >= most);
        let mut gathered = UnusualChanges::gather(changes, seen);
        let earliest = gathered.iter().map(|group| group.id.day).min();
        gathered.retain(|group| !is_cut || Some(group.id.day) != earliest);
        Ok(gathered)
    }
}

/// A change of a cell or of a result.
fn notable(item: &Untyped) -> Result<NotableChange, StoreError> {
    match item.as_record::<CellChange>() {
        Some(change) => change.map(NotableChange::Cell),
        None => item.read().map(NotableChange::Result),
    }
}
