//! `demographics.csv`: date of birth and sex. Its sourcedId is the person's own.
//!
//! The standard's columns on race and origin are not read: Russian schools keep no such data.

use std::borrow::Cow;

use jiff::civil::Date;
use model::Sex;

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity},
        manifest::Version,
    },
};

impl Word for Sex {
    const WORDS: &'static [(&'static str, Self)] = &[("male", Self::Male), ("female", Self::Female)];
}

/// What is known of a person's birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demographics {
    /// What every row has; its id is the person's.
    pub base: Base,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// Sex; the standard's other words are left out.
    pub sex: Option<Sex>,
}

impl Entity for Demographics {
    const FILE: FileKind = FileKind::Demographics;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId"],
            optional: &["status", "dateLastModified", "birthDate", "sex"],
            unread: &[
                "americanIndianOrAlaskaNative",
                "asian",
                "blackOrAfricanAmerican",
                "nativeHawaiianOrOtherPacificIslander",
                "white",
                "demographicRaceTwoOrMoreRaces",
                "hispanicOrLatinoEthnicity",
                "countryOfBirthCode",
                "stateOfBirthAbbreviation",
                "cityOfBirth",
                "publicSchoolResidenceStatus",
            ],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        Ok(Self {
            base: Base::read(fields, context)?,
            birth_date: fields.date("birthDate")?,
            sex: fields.word_if_known("sex"),
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
