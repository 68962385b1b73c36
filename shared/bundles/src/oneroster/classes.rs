//! `classes.csv`: classes (homerooms) and teaching groups.

use std::borrow::Cow;

use model::GroupKind;

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, ids, metadata_ids, required_id},
        manifest::Version,
    },
};

impl Word for GroupKind {
    /// A homeroom is a class in the Russian sense; what is scheduled is a teaching group.
    const WORDS: &'static [(&'static str, Self)] =
        &[("homeroom", Self::Class), ("scheduled", Self::Teaching)];
}

/// A class or a teaching group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// What every row has.
    pub base: Base,
    /// What people call it: «7А».
    pub title: String,
    /// Class or teaching group.
    pub kind: GroupKind,
    /// What is taught.
    pub course: SourcedId,
    /// The institution.
    pub school: SourcedId,
    /// The sessions in which it meets: the periods at whose ends results are given.
    pub terms: Vec<SourcedId>,
    /// The years of study, as the source writes them.
    pub grades: Vec<String>,
    /// The subjects.
    pub subjects: Vec<String>,
    /// The classes from which a teaching group draws (`metadata.homeroomSourcedIds`).
    pub homerooms: Vec<SourcedId>,
}

impl Class {
    /// The column that names the classes from which a teaching group draws.
    pub const HOMEROOMS: &'static str = "metadata.homeroomSourcedIds";

    /// The year of study, 1–11, if the row names exactly one.
    pub fn grade(&self) -> Option<u8> {
        match self.grades.as_slice() {
            [grade] => grade.parse().ok().filter(|grade| (1..=12).contains(grade)),
            _ => None,
        }
    }
}

impl Entity for Class {
    const FILE: FileKind = FileKind::Classes;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &[
                "sourcedId",
                "title",
                "courseSourcedId",
                "classType",
                "schoolSourcedId",
                "termSourcedIds",
            ],
            optional: &["status", "dateLastModified", "grades", "subjects"],
            unread: &["classCode", "location", "subjectCodes", "periods"],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        fields.required("termSourcedIds")?;
        Ok(Self {
            title: fields.required_text("title", 100)?,
            kind: fields.required_word("classType")?,
            course: required_id(fields, "courseSourcedId")?,
            school: required_id(fields, "schoolSourcedId")?,
            terms: ids(fields, "termSourcedIds")?,
            grades: fields.list("grades").into_iter().map(str::to_owned).collect(),
            subjects: fields.list("subjects").into_iter().map(str::to_owned).collect(),
            homerooms: metadata_ids(&base, Self::HOMEROOMS, "homeroomSourcedIds")?,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
