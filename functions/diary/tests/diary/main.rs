//! The diary as families meet it: the wrapped router over an embedded database.

mod cost;
mod reading;
mod world;
