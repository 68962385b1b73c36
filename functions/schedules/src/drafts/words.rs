//! Conflicts, lessons and hours in the reader's language.

use model::Weekday;
use timetables::WeekCycle;
use ui::Texts;

use super::{
    conflict::Conflict,
    draft::{Draft, DraftLesson},
    item::DraftHead,
    table::resolve::{RowFault, RowRefusal},
};

/// A draft with the words for it.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) texts: Texts<'a>,
    pub(crate) head: &'a DraftHead,
    pub(crate) draft: &'a Draft,
}

impl Words<'_> {
    /// What is wrong, in one sentence that names the other lessons.
    pub(crate) fn conflict(&self, conflict: &Conflict) -> String {
        let who = match conflict {
            Conflict::Teacher { teacher, .. } | Conflict::Unavailable { teacher } => {
                self.draft.person(*teacher).unwrap_or_default().to_owned()
            }
            Conflict::Pupils { class, .. } => self.head.title_of(*class).unwrap_or_default().to_owned(),
            Conflict::Room { with, .. } => with.first().map(|lesson| lesson.room.clone()).unwrap_or_default(),
            Conflict::Group { .. } | Conflict::OutsideBells | Conflict::Hours { .. } => String::new(),
        };
        let with: Vec<_> = conflict.with().iter().map(|lesson| self.lesson(lesson)).collect();
        let (planned, placed) = match conflict {
            Conflict::Hours { planned, placed } => (*planned, *placed),
            _ => (0, 0),
        };
        self.texts.with(
            &format!("drafts-conflict-{}", conflict.kind()),
            &[
                ("who", who.into()),
                ("with", with.join("; ").into()),
                ("planned", hours(planned).into()),
                ("placed", hours(placed).into()),
            ],
        )
    }

    /// «Алгебра, 7А».
    pub(crate) fn lesson(&self, lesson: &DraftLesson) -> String {
        let Some(course) = self.draft.course(lesson.group) else {
            return String::new();
        };
        let cycle = self
            .cycle(lesson.cycle)
            .map(|cycle| format!(" ({cycle})"))
            .unwrap_or_default();
        format!("{}, {}{cycle}", course.subject, course.title)
    }

    /// «пн, 3-й урок».
    pub(crate) fn place(&self, day: Weekday, number: u8) -> String {
        let number = self.texts.count("planned-number", number.into());
        format!("{}, {number}", self.day_short(day))
    }

    /// «пн».
    pub(crate) fn day_short(&self, day: Weekday) -> String {
        self.texts.get(&format!("weekday-short-{}", day.number()))
    }

    /// «понедельник».
    pub(crate) fn day(&self, day: Weekday) -> String {
        self.texts.get(&format!("weekday-{}", day.number()))
    }

    /// «нед. А», nothing for every week.
    pub(crate) fn cycle(&self, cycle: WeekCycle) -> Option<String> {
        match cycle {
            WeekCycle::Every => None,
            WeekCycle::A => Some(self.texts.get("drafts-week-a")),
            WeekCycle::B => Some(self.texts.get("drafts-week-b")),
        }
    }

    /// Who holds a lesson.
    pub(crate) fn teachers(&self, lesson: &DraftLesson) -> String {
        let names = lesson
            .teachers
            .iter()
            .filter_map(|person| self.draft.person(*person));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Why a row of a table is refused.
    pub(crate) fn row(&self, refusal: &RowRefusal) -> String {
        if let RowFault::Conflict(found) = &refusal.fault {
            let (lesson, conflict) = found.as_ref();
            let place = self.place(lesson.day, lesson.number);
            return format!("{}, {place}. {}", self.lesson(lesson), self.conflict(conflict));
        }
        let column = refusal.fault.column().unwrap_or_default();
        let column = self.texts.get(&format!("drafts-column-{column}"));
        self.texts
            .of(&format!("drafts-row-{}", refusal.fault.code()), &column)
    }
}

/// Hours of a week from their halves: «4», «1,5».
pub(crate) fn hours(halves: u8) -> String {
    if halves.is_multiple_of(2) {
        (halves / 2).to_string()
    } else {
        format!("{},5", halves / 2)
    }
}

/// Halves of hours as people type them: «4», «1,5», «0.5»; the inner nothing for an empty text.
pub(crate) fn read_hours(text: &str) -> Option<Option<u8>> {
    const MOST: u8 = 40;
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Some(None);
    }
    let (whole, half) = match text.split_once('.') {
        None => (text.as_str(), 0),
        Some((whole, "5" | "50")) => (whole, 1),
        Some((whole, "0" | "00")) => (whole, 0),
        Some(_) => return None,
    };
    let whole: u8 = whole.parse().ok().filter(|whole| *whole <= MOST)?;
    Some(Some(whole * 2 + half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_they_are_written() {
        for halves in 0..80 {
            assert_eq!(read_hours(&hours(halves)), Some(Some(halves)));
        }
        assert_eq!(read_hours(" "), Some(None));
        for wrong in ["-1", "1,3", "41", "x", "1.5.5"] {
            assert_eq!(read_hours(wrong), None, "{wrong}");
        }
    }
}
