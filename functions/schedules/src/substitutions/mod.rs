//! Substitutions: who teaches instead of whom, which lessons are moved, swapped, merged, called off.
//!
//! A deputy head says who is absent; the affected lessons come with those who are free, best first. What is decided is one
//! transaction that writes the change into the weeks of all concerned, so that it stands in every diary at its next reading.
//!
//! The rules are pure: [`plan`] says what is held when, [`clash`] what cannot be at one time, [`offers`] who and what is
//! free, [`order`] what an action does, [`concerned`] in whose weeks it is written. Two deputy heads who act at once are
//! put in order by the revision of the institution's week: the second one decides anew by what the first one left.

pub(crate) mod api;
mod carry_out;
mod clash;
mod concerned;
pub(crate) mod forms;
pub(crate) mod handlers;
mod name;
mod offers;
mod order;
mod pages;
mod plan;
pub(crate) mod sheet;
pub(crate) mod store;
mod week;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use plan::Plan;
pub(crate) use store::SubstitutionStore;
pub(crate) use week::{Held, SchoolWeek};
