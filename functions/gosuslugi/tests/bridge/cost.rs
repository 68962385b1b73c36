//! What a sign-in costs the database, against the table in the crate's documentation.

use store::{Capacity, metered};
use web::Clock;

use crate::world::{PARENT, World, begin, callback, exchange};

fn within(step: &str, cost: Capacity, calls: u32, units: f64) {
    assert!(
        cost.calls <= calls && cost.units <= units,
        "{step}: {cost:?}, at most {calls} calls and {units} units"
    );
}

#[tokio::test]
async fn each_step_stays_within_its_budget() {
    let world = World::new().await;
    // The bare router: the layer around every function meters for itself.
    let bridge = gosuslugi::router(world.app(Clock::System));
    for (round, calls, units) in [("first sign-in", 10, 30.0), ("known account", 6, 8.0)] {
        let (begun, cost) = metered(begin(&bridge)).await;
        within("authorize", cost, 1, 4.0);
        let path = world.choose(&begun, Some(PARENT)).await;
        let (back, cost) = metered(callback(&bridge, &path, &begun.cookie)).await;
        within(round, cost, calls, units);
        let code = crate::world::parameter(back.location(), "code").expect("a code");
        let (tokens, cost) = metered(exchange(&bridge, &code, &[])).await;
        assert_eq!(tokens.status, 200);
        within("token", cost, 1, 1.0);
    }
}
