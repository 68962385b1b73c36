//! What a request costs the database, added up over the calls of one task.

use std::{cell::Cell, future::Future};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Capacity units and round trips that a piece of work used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Capacity {
    /// Read and write capacity units, as the database reported them.
    pub units: f64,
    /// Calls to the database.
    pub calls: u32,
}

tokio::task_local! {
    static USED: Cell<Capacity>;
}

/// Runs `work` and says what it cost; what it costs counts for metered work around it too. Calls made by tasks that `work`
/// spawns are not counted: nothing here spawns.
pub async fn metered<F: Future>(work: F) -> (F::Output, Capacity) {
    let metered = USED.scope(Cell::default(), async {
        let output = work.await;
        (output, USED.with(Cell::get))
    });
    let (output, used) = metered.await;
    add(used);
    (output, used)
}

pub(crate) fn record<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) {
    let units: f64 = consumed
        .into_iter()
        .filter_map(ConsumedCapacity::capacity_units)
        .sum();
    add(Capacity { units, calls: 1 });
}

fn add(more: Capacity) {
    // Outside a metered request (jobs, set-up) nobody asks for the figure.
    let _ = USED.try_with(|used| {
        let before = used.get();
        used.set(Capacity {
            units: before.units + more.units,
            calls: before.calls + more.calls,
        });
    });
}
