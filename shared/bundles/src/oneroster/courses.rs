//! `courses.csv`: subjects as they are taught in a year of study.

use std::borrow::Cow;

use crate::{
    Columns,
    fields::{Fault, Fields},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, id},
        manifest::Version,
    },
};

/// A subject as it is taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What every row has.
    pub base: Base,
    /// What people call it.
    pub title: String,
    /// The institution or the authority that gives it.
    pub org: SourcedId,
    /// The session in which it is given.
    pub school_year: Option<SourcedId>,
    /// The years of study, as the source writes them.
    pub grades: Vec<String>,
    /// The subjects.
    pub subjects: Vec<String>,
}

impl Entity for Course {
    const FILE: FileKind = FileKind::Courses;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId", "title", "orgSourcedId"],
            optional: &[
                "status",
                "dateLastModified",
                "schoolYearSourcedId",
                "grades",
                "subjects",
            ],
            unread: &["courseCode", "subjectCodes"],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        Ok(Self {
            base: Base::read(fields, context)?,
            title: fields.required_text("title", 200)?,
            org: super::base::required_id(fields, "orgSourcedId")?,
            school_year: id(fields, "schoolYearSourcedId")?,
            grades: fields.list("grades").into_iter().map(str::to_owned).collect(),
            subjects: fields.list("subjects").into_iter().map(str::to_owned).collect(),
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
