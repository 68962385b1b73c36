//! The diary as families meet it: the wrapped router over an embedded database.

mod absences;
mod class_readers;
mod cost;
mod due;
mod family;
mod homework;
mod news;
mod offline;
mod pass_book;
mod reading;
mod results;
mod subject;
mod world;
