//! Notices of absence: what a family told the school of the days on which a pupil will not come.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use model::{AcademicYear, Attendance, GroupId, InstitutionId, ParseError, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError};

use crate::Signed;

/// Why a pupil does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceReason {
    /// Is ill.
    Illness,
    /// Family circumstances.
    Family,
    /// A competition, an olympiad, another event.
    Event,
    /// Something else: the school will ask.
    Other,
}

impl AbsenceReason {
    /// Every reason, in the order in which a form offers them.
    pub const ALL: [Self; 4] = [Self::Illness, Self::Family, Self::Event, Self::Other];

    /// The name used in API, storage and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Illness => "illness",
            Self::Family => "family",
            Self::Event => "event",
            Self::Other => "other",
        }
    }

    /// What a journal is proposed to say of the pupil: «б», «у», or «н» where the reason is still open.
    pub const fn attendance(self) -> Attendance {
        match self {
            Self::Illness => Attendance::Ill,
            Self::Family | Self::Event => Attendance::Excused,
            Self::Other => Attendance::Absent,
        }
    }
}

impl FromStr for AbsenceReason {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or(ParseError("reason of absence"))
    }
}

/// On whose behalf a notice stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeSender {
    /// Who represents the child sent it.
    Family,
    /// The school wrote it down: it was told by telephone or on paper.
    School,
}

impl NoticeSender {
    /// The name used in API, storage and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::School => "school",
        }
    }
}

/// Which notice of a pupil: the academic year of its first day, and a number in the order of sending. Later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId {
    /// The year.
    pub year: AcademicYear,
    /// Counts the notices of the pupil and year, from 1.
    pub number: u16,
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.number)
    }
}

impl FromStr for NoticeId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("notice");
        let (year, number) = text.split_once('-').ok_or(error)?;
        let id = Self {
            year: year.parse()?,
            number: number.parse().map_err(|_| error)?,
        };
        // Another spelling would be a second name of the same notice.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(error)
        }
    }
}

/// A change of a notice. Nothing that was told once is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChange {
    /// Who changed it, and when.
    #[serde(flatten)]
    pub signed: Signed,
    /// What its last day had been.
    pub before: Date,
    /// Its last day since; nothing where no day was left of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A notice of absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its number in the year.
    pub number: u16,
    /// The first day.
    pub from: Date,
    /// The last day, itself included.
    pub until: Date,
    /// Why.
    pub reason: AbsenceReason,
    /// What was said besides; may be empty. The family, the class teacher and who leads the institution read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// On whose behalf.
    pub sender: NoticeSender,
    /// Who sent it, and when.
    pub sent: Signed,
    /// The class of the pupil when it was sent: its weeks show the notice, also after the pupil has gone to another one.
    pub class: GroupId,
    /// Whether no day is left of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_withdrawn: bool,
    /// Who has received a document (справка) for it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Signed>,
    /// What was changed, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<NoticeChange>,
}

impl Notice {
    /// Whether it is in force for a day.
    pub fn covers(&self, date: Date) -> bool {
        !self.is_withdrawn && (self.from..=self.until).contains(&date)
    }
}

/// The notices of a pupil at an institution in a year: one item, since they are listed, numbered and changed as one thing.
/// A change of class leaves them where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilNotices {
    /// The pupil.
    pub pupil: PersonId,
    /// The institution whose journals they reach.
    pub institution: InstitutionId,
    /// The year: a text, as in its key.
    pub year: String,
    /// By number.
    pub notices: Vec<Notice>,
}

impl PupilNotices {
    /// A year without notices.
    pub fn new(pupil: PersonId, institution: InstitutionId, year: AcademicYear) -> Self {
        Self {
            pupil,
            institution,
            year: year.to_string(),
            notices: vec![],
        }
    }

    pub(crate) fn partition(pupil: PersonId) -> String {
        format!("NOTICES#{pupil}")
    }

    pub(crate) fn prefix(institution: InstitutionId) -> String {
        format!("{institution}#")
    }

    /// Where the notices of a year are kept.
    pub(crate) fn key_of(pupil: PersonId, institution: InstitutionId, year: &str) -> Key {
        Key {
            pk: Self::partition(pupil),
            sk: format!("{}{year}", Self::prefix(institution)),
        }
    }

    /// The academic year.
    ///
    /// # Errors
    /// If the item holds none: then it is not what its key promises.
    pub fn year(&self) -> Result<AcademicYear, StoreError> {
        self.year.parse().map_err(StoreError::malformed)
    }
}

impl Record for PupilNotices {
    const ENTITY: &'static str = "notices";

    fn key(&self) -> Key {
        Self::key_of(self.pupil, self.institution, &self.year)
    }
}
