//! Notices of absence in the weeks of a class: what journals, registers and diaries see of them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::{AcademicYear, GroupId, PersonId, Week};
use store::{StoreError, Untyped, Write};

use crate::{AbsenceReason, Notice, NoticeId, NoticeSender, PupilNotices, class_week::ClassWeek};

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
