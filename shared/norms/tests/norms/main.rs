//! The norms, their boundaries and the table they stand in.

mod assessments;
mod breaks;
mod correct_week;
mod curve;
mod homework;
mod load;
mod messages;
mod properties;
mod shape;
mod sketch;
mod tables;
mod teachers;
mod times;
