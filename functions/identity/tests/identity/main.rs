//! The routes of identity and its trigger, against an embedded database and a pool of the tests' own.

mod access;
mod anew;
mod claims;
mod profile;
mod session;
mod sign_in;
mod support;
