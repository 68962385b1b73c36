//! `enrollments.csv`: who learns and teaches where, from a day to a day.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, required_id},
        manifest::Version,
    },
};

/// In which part a person belongs to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrollmentRole {
    /// Learns.
    Student,
    /// Teaches; of a homeroom: is its class teacher.
    Teacher,
    /// Administrates or watches over: gives no membership.
    Other,
}

impl Word for EnrollmentRole {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("student", Self::Student),
        ("teacher", Self::Teacher),
        ("administrator", Self::Other),
        ("proctor", Self::Other),
    ];
}

impl Word for bool {
    const WORDS: &'static [(&'static str, Self)] = &[("true", true), ("false", false)];
}

/// That a person belongs to a class or a teaching group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// What every row has.
    pub base: Base,
    /// Where.
    pub class: SourcedId,
    /// The institution.
    pub school: SourcedId,
    /// Who.
    pub user: SourcedId,
    /// In which part.
    pub role: EnrollmentRole,
    /// Whether a teacher is the one in charge.
    pub primary: bool,
    /// The first day.
    pub begin: Option<Date>,
    /// The last day, itself included.
    pub end: Option<Date>,
}

impl Entity for Enrollment {
    const FILE: FileKind = FileKind::Enrollments;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &[
                "sourcedId",
                "classSourcedId",
                "schoolSourcedId",
                "userSourcedId",
                "role",
            ],
            optional: &["status", "dateLastModified", "primary", "beginDate", "endDate"],
            unread: &[],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        let (begin, end) = fields.period("beginDate", "endDate")?;
        Ok(Self {
            class: required_id(fields, "classSourcedId")?,
            school: required_id(fields, "schoolSourcedId")?,
            user: required_id(fields, "userSourcedId")?,
            role: fields.required_word("role")?,
            primary: fields.word("primary")?.unwrap_or(false),
            begin,
            end,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
