//! Lesson plans (КТП): the dates on which a plan's rows are given, and how far they are.

pub(crate) mod binding;
pub(crate) mod read;

use gradebook::{Homework, Lesson, LessonPlan};
use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, InstitutionCalendar, LessonKey};
use timetables::OwnerPlan;

use binding::{Binding, Dated};

/// How a row stands to what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Its lessons are still ahead, or it has none.
    Ahead,
    /// Its lessons until today were opened with its topic.
    AsPlanned,
    /// Its lessons until today were opened, some with another topic.
    Otherwise,
    /// A lesson that is past was not opened.
    Missed,
}

impl Given {
    /// The name used in API and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::AsPlanned => "as_planned",
            Self::Otherwise => "otherwise",
            Self::Missed => "not_given",
        }
    }
}

/// A plan with its dates.
#[derive(Debug)]
pub(crate) struct BoundPlan {
    /// The rows.
    pub(crate) plan: LessonPlan,
    /// Their lessons.
    pub(crate) binding: Binding,
    /// How each row stands.
    pub(crate) given: Vec<Given>,
    /// Lessons planned until today.
    pub(crate) planned_hours: usize,
    /// Lessons opened until today.
    pub(crate) given_hours: usize,
}

impl BoundPlan {
    /// Binds a plan to the lessons of its year and holds it against those that were opened.
    pub(crate) fn new(plan: LessonPlan, dated: &Dated, opened: &[Lesson], today: Date) -> Self {
        let binding = Binding::new(&plan.rows, dated);
        let is_past = |key: &LessonKey| key.date <= today;
        let given = plan
            .rows
            .iter()
            .zip(&binding.rows)
            .map(|(row, keys)| {
                let past: Vec<LessonKey> = keys.iter().copied().filter(is_past).collect();
                let topics: Vec<Option<&str>> = past.iter().map(|key| topic_at(opened, *key)).collect();
                stands(&row.topic, &topics)
            })
            .collect();
        Self {
            planned_hours: dated
                .held
                .iter()
                .filter(|key| is_past(key))
                .count()
                .min(binding.hours()),
            given_hours: opened.iter().filter(|lesson| is_past(&lesson.lesson)).count(),
            plan,
            binding,
            given,
        }
    }

    /// Topic and homework that the plan proposes for a lesson, if it says anything of it.
    pub(crate) fn proposal(&self, key: LessonKey) -> Option<(String, Option<Homework>)> {
        let rows: Vec<_> = self
            .plan
            .rows
            .iter()
            .zip(&self.binding.rows)
            .filter(|(_, keys)| keys.contains(&key))
            .map(|(row, _)| row)
            .collect();
        let topics: Vec<&str> = rows.iter().map(|row| row.topic.as_str()).collect();
        let homework = rows.iter().rev().find(|row| !row.homework.is_empty());
        let homework = homework.map(|row| Homework {
            pupils: vec![],
            text: row.homework.clone(),
            minutes: None,
            due: None,
        });
        (!rows.is_empty()).then(|| (topics.join("; "), homework))
    }
}

fn topic_at(opened: &[Lesson], key: LessonKey) -> Option<&str> {
    let lesson = opened.iter().find(|lesson| lesson.lesson == key)?;
    Some(&lesson.topic)
}

/// How a row stands whose past lessons have these topics; nothing for one that was not opened.
fn stands(topic: &str, past: &[Option<&str>]) -> Given {
    let same = |given: &Option<&str>| given.is_some_and(|given| folded(given).contains(&folded(topic)));
    if past.is_empty() {
        Given::Ahead
    } else if past.iter().any(Option::is_none) {
        Given::Missed
    } else if past.iter().all(same) {
        Given::AsPlanned
    } else {
        Given::Otherwise
    }
}

/// A topic without what does not distinguish it: case, spaces, «ё», the full stop at its end.
fn folded(topic: &str) -> String {
    let words: Vec<&str> = topic.trim().trim_end_matches('.').split_whitespace().collect();
    words.join(" ").to_lowercase().replace('ё', "е")
}

/// The lessons of a group in some periods, by its timetable, the calendar and the changes.
pub(crate) fn dated(
    plan: &OwnerPlan,
    calendar: Option<&InstitutionCalendar>,
    group: GroupId,
    terms: &[AcademicPeriod],
) -> Dated {
    let mut dated = Dated::default();
    for term in terms {
        let days = term
            .start
            .series(jiff::ToSpan::days(1))
            .take_while(|date| *date <= term.end);
        for date in days {
            for lesson in plan
                .on(date, calendar)
                .iter()
                .filter(|lesson| lesson.slot.group == group)
            {
                let key = LessonKey {
                    date,
                    number: lesson.slot.number,
                };
                if lesson.state.is_held() {
                    dated.held.push(key);
                } else if lesson.state.other_lesson().is_none() {
                    dated.cancelled.push(key);
                }
            }
        }
    }
    dated.held.sort_unstable();
    dated.held.dedup();
    dated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_given_as_planned_when_its_lessons_have_its_topic() {
        let topic = "Сложение дробей";
        assert_eq!(stands(topic, &[]), Given::Ahead);
        assert_eq!(stands(topic, &[Some("сложение  дробей.")]), Given::AsPlanned);
        assert_eq!(
            stands(topic, &[Some("Сложение дробей; Вычитание дробей")]),
            Given::AsPlanned
        );
        assert_eq!(
            stands(topic, &[Some("Сложение дробей"), Some("Повторение")]),
            Given::Otherwise
        );
        assert_eq!(stands(topic, &[Some("Сложение дробей"), None]), Given::Missed);
        assert_eq!(stands("Её счёт", &[Some("Ее счет")]), Given::AsPlanned);
    }
}
