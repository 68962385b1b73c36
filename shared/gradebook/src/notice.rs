//! Notices of absence: what a family told the school of the days on which a pupil will not come.

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::civil::Date;
use model::{AcademicYear, Attendance, GroupId, InstitutionId, ParseError, PersonId, Week};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError, Untyped, Write};

use crate::{Signed, class_week::ClassWeek};

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

/// A notice as the weeks of its class show it to journals, registers and diaries: without what was said besides.
///
/// It is kept in each week that it touches as a short text, `2026-11-24 2026-11-28 illness family`, with `document` behind
/// it once one was received: the first and last day, the reason, on whose behalf. Its name tells pupil and notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassNotice {
    /// The pupil.
    pub pupil: PersonId,
    /// Which notice of the pupil.
    pub id: NoticeId,
    /// The first day.
    pub from: Date,
    /// The last day, itself included.
    pub until: Date,
    /// Why.
    pub reason: AbsenceReason,
    /// On whose behalf.
    pub sender: NoticeSender,
    /// Whether a document was received for it.
    pub has_document: bool,
}

impl ClassNotice {
    /// A notice as it is shown; nothing where no day is left of it.
    pub fn of(pupil: PersonId, year: AcademicYear, notice: &Notice) -> Option<Self> {
        (!notice.is_withdrawn).then_some(Self {
            pupil,
            id: NoticeId {
                year,
                number: notice.number,
            },
            from: notice.from,
            until: notice.until,
            reason: notice.reason,
            sender: notice.sender,
            has_document: notice.document.is_some(),
        })
    }

    /// The notice that holds for a pupil on a day: of several the one that was sent last.
    pub fn on(notices: &[Self], pupil: PersonId, date: Date) -> Option<&Self> {
        let covers = |notice: &&Self| notice.pupil == pupil && (notice.from..=notice.until).contains(&date);
        notices.iter().filter(covers).max_by_key(|notice| notice.id)
    }

    /// The writes that make the weeks of a class show a notice as it is now, where they show it as it was before: one for
    /// each week that either touches.
    pub fn show(class: GroupId, before: Option<&Self>, after: Option<&Self>) -> Vec<Write> {
        steps(before, after)
            .into_iter()
            .map(|step| step.write(class))
            .collect()
    }

    /// Reads a notice from the rest of its attribute's name, and its value.
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, StoreError> {
        let read = || {
            let (pupil, id) = name.split_once('-')?;
            let mut parts = text.split(' ');
            let notice = Self {
                pupil: pupil.parse().ok()?,
                id: id.parse().ok()?,
                from: parts.next()?.parse().ok()?,
                until: parts.next()?.parse().ok()?,
                reason: parts.next()?.parse().ok()?,
                sender: match parts.next()? {
                    "family" => NoticeSender::Family,
                    "school" => NoticeSender::School,
                    _ => return None,
                },
                has_document: parts.next().is_some(),
            };
            Some(notice)
        };
        read().ok_or_else(|| StoreError::malformed("a notice that cannot be read"))
    }

    /// The notices that a week of a class shows.
    pub(crate) fn of_week(item: &Untyped) -> Result<Vec<Self>, StoreError> {
        item.texts(ClassWeek::NOTICE)
            .map(|(name, text)| Self::read(name, text))
            .collect()
    }

    /// The notices of an item: of a week of a class those that it shows, of a pupil's list those that touch any of the weeks.
    pub(crate) fn of_item(item: &Untyped, weeks: &[Week]) -> Result<Vec<Self>, StoreError> {
        let Some(list) = item.as_record::<PupilNotices>() else {
            return Self::of_week(item);
        };
        let list = list?;
        let year = list.year()?;
        let touches = |notice: &Self| {
            let mut weeks = weeks.iter();
            weeks.any(|week| notice.from <= week.sunday() && week.monday() <= notice.until)
        };
        let of = |notice| Self::of(list.pupil, year, notice).filter(touches);
        Ok(list.notices.iter().filter_map(of).collect())
    }

    /// The same notices by pupil and time, each once: a newcomer's may stand in a week and in the list.
    pub(crate) fn each_once(mut notices: Vec<Self>) -> Vec<Self> {
        notices.sort_by_key(|notice| (notice.pupil, notice.id));
        notices.dedup_by_key(|notice| (notice.pupil, notice.id));
        notices
    }

    fn name(&self) -> String {
        format!("{}{}-{}", ClassWeek::NOTICE, self.pupil, self.id)
    }

    fn text(&self) -> String {
        let document = if self.has_document { " document" } else { "" };
        let (from, until) = (self.from, self.until);
        format!(
            "{from} {until} {} {}{document}",
            self.reason.as_str(),
            self.sender.as_str()
        )
    }

    fn weeks(&self) -> impl Iterator<Item = Week> + use<> {
        let last = Week::of(self.until);
        std::iter::successors(Some(Week::of(self.from)), |week| Some(week.next()))
            .take_while(move |week| *week <= last)
    }
}

/// What changes in one week: from what text to what text, of which at least one is there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    week: Week,
    name: String,
    before: Option<String>,
    after: Option<String>,
}

fn steps(before: Option<&ClassNotice>, after: Option<&ClassNotice>) -> Vec<Step> {
    let weeks: BTreeSet<Week> = before
        .into_iter()
        .chain(after)
        .flat_map(ClassNotice::weeks)
        .collect();
    let Some(name) = after.or(before).map(ClassNotice::name) else {
        return vec![];
    };
    let text = |notice: Option<&ClassNotice>, week: Week| {
        let within = notice.filter(|notice| notice.weeks().any(|of| of == week));
        within.map(ClassNotice::text)
    };
    let all = weeks.into_iter().map(|week| Step {
        week,
        name: name.clone(),
        before: text(before, week),
        after: text(after, week),
    });
    all.filter(|step| step.before != step.after).collect()
}

impl Step {
    fn write(self, class: GroupId) -> Write {
        let update = match self.after {
            Some(_) => "SET #notice = :after, #entity = :entity",
            None => "REMOVE #notice",
        };
        let condition = match self.before {
            Some(_) => "#notice = :before",
            None => "attribute_not_exists(#notice)",
        };
        let mut write = Write::update_if(ClassWeek::key_of(class, self.week), update, condition)
            .name("#notice", self.name);
        if let Some(before) = self.before {
            write = write.text(":before", before);
        }
        match self.after {
            Some(after) => write
                .name("#entity", "entity")
                .text(":entity", ClassWeek::ENTITY)
                .text(":after", after),
            None => write,
        }
    }
}

#[cfg(test)]
mod tests;
