//! `academicSessions.csv`: years, terms, quarters, semesters.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, id},
        manifest::Version,
    },
    report::{Reason, ReasonCode},
};

/// What a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionType {
    /// A part of a term at whose end results are given.
    GradingPeriod,
    /// A semester.
    Semester,
    /// A school year.
    SchoolYear,
    /// A term: a quarter, a trimester.
    Term,
}

impl Word for SessionType {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("gradingPeriod", Self::GradingPeriod),
        ("semester", Self::Semester),
        ("schoolYear", Self::SchoolYear),
        ("term", Self::Term),
    ];
}

/// A span of the school year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcademicSession {
    /// What every row has.
    pub base: Base,
    /// What people call it.
    pub title: String,
    /// What it is.
    pub session_type: SessionType,
    /// The first day.
    pub start: Date,
    /// The last day, itself included.
    pub end: Date,
    /// The session that contains it.
    pub parent: Option<SourcedId>,
}

impl Entity for AcademicSession {
    const FILE: FileKind = FileKind::AcademicSessions;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId", "title", "type", "startDate", "endDate"],
            optional: &["status", "dateLastModified", "parentSourcedId"],
            unread: &["schoolYear"],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        let (start, end) = (
            fields.required_date("startDate")?,
            fields.required_date("endDate")?,
        );
        if end < start {
            let reason = Reason::new(ReasonCode::DatesReversed)
                .with("begin", start)
                .with("end", end);
            return Err(Fault::new("endDate", reason));
        }
        Ok(Self {
            title: fields.required_text("title", 100)?,
            session_type: fields.required_word("type")?,
            start,
            end,
            parent: id(fields, "parentSourcedId")?,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
