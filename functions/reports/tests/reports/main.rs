//! The reports as their readers meet them: the wrapped router over an embedded database.

mod changes;
mod class;
mod school;
mod world;
