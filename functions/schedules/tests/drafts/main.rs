//! Drafts of timetables: their rules, their pages, their publication, their tables.

#[path = "../school/mod.rs"]
mod school;

mod costs;
mod editing;
mod generating;
mod making;
mod norms;
mod publishing;
mod queued;
mod roles;
mod rules;
mod tables;
mod terms;
mod world;
