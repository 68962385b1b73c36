//! The import of a bundle: the only way in which the registry is filled.
//!
//! 1. `run` opens the archive and reads typed rows (crate `bundles`).
//! 2. `store` looks up what the rows name and the bundle does not hold; references that lead nowhere refuse their rows.
//! 3. `places`, `people` and `belonging` say which records the rows ask for.
//! 4. `plan` compares these with what is stored; what is already so is not written. `memberships`, `taught` and `refresh` let
//!    follow what is copied elsewhere: names, titles, who teaches a class, where a pupil learns.
//! 5. `apply` writes the rest in transactions, each write under the condition that nobody changed the record meanwhile.
//! 6. `tally` counts what became of each row; the report is kept in parts, the end of the import last.
//!
//! Rules: a bundle changes nothing that it does not name; what is to be taken out of use ends yesterday and stays readable;
//! an account that somebody signs in with, and a guardianship that was revoked, are not changed by an import.
//!
//! A message may come twice and every step may be the last one before the process ends. A repetition compares anew and
//! writes what is left; its report then tells rows that the first attempt wrote as kept. Copies are written before what they
//! copy, so that a repetition still sees that they have to follow.
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | carrying out an import of n records | n / 100 gets in batches, changed / 25 transactions | 0.5 n + 8 changed (index copies, transactions) |
//! | a pupil who was known and of whom an enrolment changes | 1 query | 3 |
//! | a group that comes to draw from a class | 1 query for its teachers | 0.5 |

mod apply;
mod belonging;
mod change;
mod item;
mod known;
mod memberships;
mod people;
mod places;
mod plan;
mod queue;
mod refresh;
mod run;
mod store;
mod tally;
mod taught;

pub use queue::{Clients, Jobs, answer};
pub use run::Importer;

pub use crate::store::ImportStore;
