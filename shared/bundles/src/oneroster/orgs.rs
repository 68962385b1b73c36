//! `orgs.csv`: institutions and what stands above and inside them.

use std::borrow::Cow;

use model::InstitutionKind;

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

/// What an organisation is to OneRoster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrgType {
    /// An institution.
    School,
    /// A part of an institution.
    Department,
    /// A district or municipality.
    District,
    /// A local education authority.
    Local,
    /// A region.
    State,
    /// The country.
    National,
}

impl Word for OrgType {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("school", Self::School),
        ("department", Self::Department),
        ("district", Self::District),
        ("local", Self::Local),
        ("state", Self::State),
        ("national", Self::National),
    ];
}

impl Word for InstitutionKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("preschool", Self::Preschool),
        ("general", Self::General),
        ("vocational", Self::Vocational),
        ("additional", Self::Additional),
    ];
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// What every row has.
    pub base: Base,
    /// What people call it.
    pub name: String,
    /// What it is.
    pub org_type: OrgType,
    /// The organisation above it.
    pub parent: Option<SourcedId>,
    /// The kind of institution (`metadata.institutionKind`); a school without one is a general school.
    pub kind: InstitutionKind,
    /// IANA name of the time zone (`metadata.timezone`).
    pub time_zone: Option<String>,
}

impl Entity for Org {
    const FILE: FileKind = FileKind::Orgs;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId", "name", "type"],
            optional: &["status", "dateLastModified", "parentSourcedId"],
            unread: &["identifier"],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        Ok(Self {
            name: fields.required_text("name", 200)?,
            org_type: fields.required_word("type")?,
            parent: id(fields, "parentSourcedId")?,
            kind: base
                .metadata
                .get("institutionKind")
                .map_or(Ok(InstitutionKind::General), |text| {
                    let wrong = || Reason::new(ReasonCode::WordUnknown).with("value", text);
                    InstitutionKind::read(text).ok_or_else(|| Fault::new("metadata.institutionKind", wrong()))
                })?,
            time_zone: base.metadata.get("timezone").map(time_zone).transpose()?,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}

fn time_zone(name: &str) -> Result<String, Fault> {
    let known = jiff::tz::TimeZone::get(name).is_ok();
    let wrong = || {
        Fault::new(
            "metadata.timezone",
            Reason::new(ReasonCode::WordUnknown).with("value", name),
        )
    };
    known.then(|| name.to_owned()).ok_or_else(wrong)
}
