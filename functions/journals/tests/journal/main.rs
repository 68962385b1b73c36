//! The journal as teachers and programs meet it: the wrapped router over an embedded database.

#![expect(clippy::too_many_lines, reason = "tables of cases read better whole")]

mod access;
mod alerts;
mod answers;
mod assessments;
mod attestation;
mod class_register;
mod concurrent;
mod cost;
mod due;
mod lock;
mod marking;
mod marks;
mod notices;
mod owed;
mod pages;
mod plan;
mod publication;
mod register;
mod results;
mod sessions;
mod world;
