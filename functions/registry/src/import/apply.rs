//! Carries out units: many transactions under way at a time, each as full as it may be.

use bundles::{Outcome, Reason, ReasonCode};
use store::{StoreError, Table, Write};
use tokio::task::JoinSet;

use super::{change::Unit, store::RecordStore, tally::Tally};

/// Transactions that are under way at one time.
const AT_ONCE: usize = 8;

/// Units that go into one transaction.
type Transaction = Vec<Unit>;

/// Writes the units and notes in the tally what became of their rows. A unit whose condition does not hold (somebody else
/// wrote meanwhile) is refused alone; the others of its transaction are written. `progress` hears how many units are done.
///
/// # Errors
/// [`StoreError::Conflict`] if such a unit has no rows: nobody could be told that a copy stays old, so all has to be compared
/// anew.
pub(crate) async fn apply(
    store: &RecordStore,
    units: Vec<Unit>,
    tally: &mut Tally,
    mut progress: impl AsyncFnMut(u64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut packed = pack(units, tally).into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(transaction) = packed.next()
        {
            let store = store.clone();
            running.spawn(async move { carry_out(&store, transaction).await });
        }
        let Some(done) = running.join_next().await else {
            return Ok(());
        };
        let done = done.map_err(StoreError::unavailable)??;
        let count = done.len() as u64;
        for (unit, written) in done {
            match written {
                Ok(()) => tally.met(&unit.rows, unit.outcome),
                Err(conflict) if unit.rows.is_empty() => return Err(conflict),
                Err(_) => {
                    let reason = Reason::new(ReasonCode::ChangedMeanwhile);
                    unit.rows
                        .iter()
                        .for_each(|row| tally.refuse(*row, None, reason.clone()));
                }
            }
        }
        progress(count).await?;
    }
}

/// Fills transactions. Units without writes are done at once.
fn pack(units: Vec<Unit>, tally: &mut Tally) -> Vec<Transaction> {
    let mut packed: Vec<Transaction> = Vec::new();
    let mut room = 0;
    for unit in units {
        if unit.writes.is_empty() {
            tally.met(&unit.rows, Outcome::Kept);
            continue;
        }
        if unit.writes.len() > room || packed.is_empty() {
            packed.push(Vec::new());
            room = Table::MOST_IN_TRANSACTION;
        }
        room = room.saturating_sub(unit.writes.len());
        if let Some(transaction) = packed.last_mut() {
            transaction.push(unit);
        }
    }
    packed
}

/// Writes a transaction; when a condition fails, each of its units by itself. Says of each whether its conditions held.
async fn carry_out(
    store: &RecordStore,
    transaction: Transaction,
) -> Result<Vec<(Unit, Result<(), StoreError>)>, StoreError> {
    let writes: Vec<Write> = transaction.iter().flat_map(|unit| unit.writes.clone()).collect();
    match store.write(writes).await {
        Ok(()) => return Ok(transaction.into_iter().map(|unit| (unit, Ok(()))).collect()),
        Err(StoreError::Conflict(_)) => {}
        Err(error) => return Err(error),
    }
    let mut done = Vec::with_capacity(transaction.len());
    for unit in transaction {
        match store.write(unit.writes.clone()).await {
            Err(error) if !matches!(error, StoreError::Conflict(_)) => return Err(error),
            written => done.push((unit, written)),
        }
    }
    Ok(done)
}
