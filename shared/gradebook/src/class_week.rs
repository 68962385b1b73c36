//! The lessons of a class in a week, as its diaries show them.

use jiff::ToSpan;
use model::{GroupId, LessonKey, PersonId, Week, Weekday};
use serde::{Deserialize, Serialize};
use store::{Key, StoreError, Untyped, Write};

use crate::Homework;

/// A lesson as the diaries of a class show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLesson {
    /// The journal.
    pub journal: GroupId,
    /// Its date and number.
    pub lesson: LessonKey,
    /// What is taught.
    pub subject: String,
    /// What it was about.
    pub topic: String,
    /// What was set.
    pub homework: Option<Homework>,
}

/// A lesson as it is kept, under a name that tells lesson and journal: subject, topic, homework, its minutes, for whom it is,
/// and for which lesson it is due. The last two are left out where the homework is for all and due at the next lesson; what
/// stands before the last one is never left out alone, since a place in the list tells what it is.
///
/// Three dozen of them stand in one item, and every diary of the class reads it.
#[derive(Serialize, Deserialize)]
struct KeptLesson(
    String,
    String,
    Option<String>,
    Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<Vec<PersonId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<LessonKey>,
);

impl ClassLesson {
    fn attribute(&self) -> String {
        let weekday = Weekday::of(self.lesson.date).number();
        format!(
            "{}{weekday}-{:02}-{}",
            ClassWeek::LESSON,
            self.lesson.number,
            self.journal
        )
    }

    fn kept(&self) -> KeptLesson {
        let homework = self.homework.as_ref();
        KeptLesson(
            self.subject.clone(),
            self.topic.clone(),
            homework.map(|homework| homework.text.clone()),
            homework.and_then(|homework| homework.minutes),
            homework
                .filter(|homework| homework.due.is_some() || !homework.pupils.is_empty())
                .map(|homework| homework.pupils.clone()),
            homework.and_then(|homework| homework.due),
        )
    }

    /// Reads a lesson from the rest of its attribute's name, and its value.
    fn of(week: Week, name: &str, text: &str) -> Result<Self, StoreError> {
        let KeptLesson(subject, topic, homework, minutes, pupils, due) =
            serde_json::from_str(text).map_err(StoreError::malformed)?;
        let (lesson, journal) =
            place(week, name).ok_or_else(|| StoreError::malformed("a lesson without a place"))?;
        Ok(Self {
            journal,
            lesson,
            subject,
            topic,
            homework: homework.map(|text| Homework {
                text,
                minutes,
                pupils: pupils.unwrap_or_default(),
                due,
            }),
        })
    }

    /// The lesson as a pupil's diary shows it: homework that is set to others is none of theirs.
    #[must_use]
    pub fn for_pupil(mut self, pupil: PersonId) -> Self {
        self.homework = self.homework.filter(|homework| homework.is_for(pupil));
        self
    }

    /// The write that shows the lesson in the diaries of a class for the first time, or anew.
    ///
    /// # Errors
    /// None in practice: a lesson can always be written as text.
    pub fn show(&self, class: GroupId, is_new: bool) -> Result<Write, StoreError> {
        let condition = if is_new {
            "attribute_not_exists(#lesson)"
        } else {
            "attribute_exists(#lesson)"
        };
        let text = serde_json::to_string(&self.kept()).map_err(StoreError::malformed)?;
        Ok(Write::update_if(
            ClassWeek::key_of(class, Week::of(self.lesson.date)),
            "SET #lesson = :lesson, #entity = :entity",
            condition,
        )
        .name("#lesson", self.attribute())
        .name("#entity", "entity")
        .text(":entity", ClassWeek::ENTITY)
        .text(":lesson", text))
    }
}

/// The lesson and journal that the rest of an attribute's name tells: `1-02-grp_…`.
fn place(week: Week, name: &str) -> Option<(LessonKey, GroupId)> {
    let mut parts = name.splitn(3, '-');
    let weekday: u8 = parts.next()?.parse().ok()?;
    let number = parts.next()?.parse().ok()?;
    let date = week.monday().saturating_add((i64::from(weekday) - 1).days());
    Some((LessonKey { date, number }, parts.next()?.parse().ok()?))
}

/// The lessons of a class in a week: one item, since every diary of the class reads all of it. Lessons are attributes of
/// it, so that two teachers who write at one time do not touch each other's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClassWeek;

impl ClassWeek {
    pub(crate) const ENTITY: &'static str = "class_week";
    /// Lessons are attributes of this prefix, the day of the week, the number in the day and the journal.
    const LESSON: &'static str = "l-";
    /// Homework that was set in another week and is due in this one: attributes of this prefix, the lesson at which it was set
    /// and the journal.
    pub(crate) const LATER: &'static str = "d-";
    /// Notices of absence are attributes of this prefix, the pupil and the notice: whoever reads a week's lessons needs them.
    pub(crate) const NOTICE: &'static str = "n-";
    const WEEK: &'static str = "WEEK#";

    pub(crate) fn key_of(class: GroupId, week: Week) -> Key {
        Key {
            pk: format!("CLASS#{class}"),
            sk: format!("{}{}", Self::WEEK, week.monday()),
        }
    }

    /// The lessons of an item that tells its week itself, by time.
    pub(crate) fn lessons_of(item: &Untyped) -> Result<Vec<ClassLesson>, StoreError> {
        let week = item.text("sk").strip_prefix(Self::WEEK).unwrap_or_default();
        Self::lessons(week.parse().map_err(StoreError::malformed)?, item)
    }

    /// The lessons of an item, by time.
    pub(crate) fn lessons(week: Week, item: &Untyped) -> Result<Vec<ClassLesson>, StoreError> {
        let mut lessons = item
            .texts(Self::LESSON)
            .map(|(name, text)| ClassLesson::of(week, name, text))
            .collect::<Result<Vec<_>, _>>()?;
        lessons.sort_by_key(|lesson| (lesson.lesson, lesson.journal));
        Ok(lessons)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn lesson(pupils: Vec<PersonId>) -> ClassLesson {
        ClassLesson {
            journal: GroupId::from_bits(1),
            lesson: LessonKey {
                date: date(2026, 11, 23),
                number: 2,
            },
            subject: "Алгебра".to_owned(),
            topic: "Дроби".to_owned(),
            homework: Some(Homework {
                text: "№ 5".to_owned(),
                minutes: None,
                pupils,
                due: None,
            }),
        }
    }

    #[test]
    fn a_lesson_reads_back_with_whom_its_homework_is_for() {
        for pupils in [vec![], vec![PersonId::from_bits(1), PersonId::from_bits(2)]] {
            let lesson = lesson(pupils);
            let text = serde_json::to_string(&lesson.kept()).expect("a text");
            let name = lesson.attribute();
            let rest = name.strip_prefix(ClassWeek::LESSON).expect("the prefix");
            let week = Week::of(lesson.lesson.date);
            assert_eq!(ClassLesson::of(week, rest, &text).expect("a lesson"), lesson);
        }
    }

    #[test]
    fn a_lesson_reads_back_with_the_lesson_for_which_its_homework_is_due() {
        let due = Some(LessonKey {
            date: date(2026, 12, 3),
            number: 4,
        });
        for pupils in [vec![], vec![PersonId::from_bits(1)]] {
            let mut lesson = lesson(pupils);
            lesson.homework.as_mut().expect("a homework").due = due;
            let text = serde_json::to_string(&lesson.kept()).expect("a text");
            let name = lesson.attribute();
            let rest = name.strip_prefix(ClassWeek::LESSON).expect("the prefix");
            let week = Week::of(lesson.lesson.date);
            assert_eq!(ClassLesson::of(week, rest, &text).expect("a lesson"), lesson);
        }
    }

    #[test]
    fn homework_for_all_is_kept_without_a_list() {
        let text = serde_json::to_string(&lesson(vec![]).kept()).expect("a text");
        assert_eq!(text, r#"["Алгебра","Дроби","№ 5",null]"#);
    }

    #[test]
    fn homework_for_some_is_in_nobody_elses_diary() {
        let [chosen, other] = [1, 2].map(PersonId::from_bits);
        assert!(lesson(vec![chosen]).for_pupil(chosen).homework.is_some());
        assert!(lesson(vec![chosen]).for_pupil(other).homework.is_none());
        assert!(lesson(vec![]).for_pupil(other).homework.is_some());
    }
}
