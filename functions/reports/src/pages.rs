//! The pages: what the templates are given.

pub(crate) mod changes;
pub(crate) mod class;
pub(crate) mod list;
pub(crate) mod school;
