//! What tests of stores and routers need: an embedded DynamoDB with true capacity figures, sessions signed by a key of
//! the test's own, and requests to a router without a network.

mod app;
mod busy;
mod database;
mod school;
mod session;

pub use app::{Answer, CLIENT_ID, Call, ISSUER, ORIGIN};
pub use busy::{BusyClass, fill_journal};
pub use database::TestDatabase;
pub use school::{MONDAY, PERIOD, School, put};
pub use session::{Sessions, moment};
