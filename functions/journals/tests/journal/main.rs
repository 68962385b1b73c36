//! The journal as teachers and programs meet it: the wrapped router over an embedded database.

#![expect(clippy::too_many_lines, reason = "tables of cases read better whole")]

mod access;
mod cost;
mod marks;
mod pages;
mod sessions;
mod world;
