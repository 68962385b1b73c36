//! Forms about lessons: what is proposed and what comes back. Pure.

use gradebook::Homework;
use jiff::civil::Date;
use model::{AcademicPeriod, LessonKey, PersonId, Publication, Weekday, Weight, WorkId, WorkKind};
use timetables::OwnerPlan;

use crate::journal::{Format, Journal};

/// The longest homework, in characters.
const LONGEST_HOMEWORK: usize = 2_000;
/// The longest time that homework can be expected to take, in minutes.
const LONGEST_MINUTES: u16 = 300;

/// The next lesson to open, proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LessonDraft {
    /// The date.
    pub(crate) date: Date,
    /// The number in the day.
    pub(crate) number: u8,
}

impl LessonDraft {
    /// Proposes the first lesson that is held and not open yet: today's, or else the next one after the last lesson of the
    /// journal; without a timetable, the first of today. A cancelled lesson and one of a week that does not hold yet are none.
    pub(crate) fn next(
        journal: &Journal,
        period: &AcademicPeriod,
        plan: Option<&OwnerPlan>,
        today: Date,
    ) -> Self {
        let start = today.clamp(period.start, period.end);
        let group = journal.roster.group.group;
        let open = |key: LessonKey| journal.lesson(key).is_some();
        let unopened = |date: Date| {
            if journal.format == Format::Days {
                // A kindergarten works from Monday to Friday; a group's day is one entry.
                let key = LessonKey { date, number: 1 };
                let is_due = Weekday::of(date).number() <= 5 && !open(key);
                return is_due.then_some(Self { date, number: 1 });
            }
            let held = plan?.on(date, None).into_iter();
            let mut held = held.filter(|lesson| lesson.slot.group == group && lesson.state.is_held());
            let number = held.find_map(|lesson| {
                let number = lesson.slot.number;
                (!open(LessonKey { date, number })).then_some(number)
            })?;
            Some(Self { date, number })
        };
        let day = jiff::ToSpan::days(1);
        let ahead = start
            .series(day)
            .take_while(|date| *date <= period.end)
            .find_map(unopened);
        // In a period that is over the last lesson that nobody has opened is the one that is missing.
        let behind = || {
            start
                .series(-day)
                .take_while(|date| *date >= period.start)
                .find_map(unopened)
        };
        ahead.or_else(behind).unwrap_or(Self {
            date: start,
            number: 1,
        })
    }
}

/// Topic and homework as a form or a program sent them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LessonContent {
    /// The topic.
    pub(crate) topic: String,
    /// The homework, when any was set.
    pub(crate) homework: Option<Homework>,
}

impl LessonContent {
    /// The longest topic, in characters.
    pub(crate) const LONGEST_TOPIC: usize = 300;

    /// Reads the texts: trimmed, of bounded length, without control characters. The error names the field.
    pub(crate) fn parse(topic: &str, homework: &str, minutes: Option<u16>) -> Result<Self, &'static str> {
        let topic = text(topic, Self::LONGEST_TOPIC).ok_or("topic")?;
        let task = text(homework, LONGEST_HOMEWORK).ok_or("homework")?;
        if minutes.is_some_and(|minutes| minutes > LONGEST_MINUTES) {
            return Err("minutes");
        }
        let homework = (!task.is_empty()).then_some(Homework {
            text: task,
            minutes: minutes.filter(|minutes| *minutes > 0),
            pupils: vec![],
            due: None,
        });
        Ok(Self { topic, homework })
    }

    /// The same with homework for that lesson; for the next one where there is none.
    #[must_use]
    pub(crate) fn due_at(mut self, due: Option<LessonKey>) -> Self {
        if let Some(homework) = &mut self.homework {
            homework.due = due;
        }
        self
    }

    /// The same with homework for those pupils alone; for all where there are none.
    #[must_use]
    pub(crate) fn for_pupils(mut self, mut pupils: Vec<PersonId>) -> Self {
        pupils.sort_unstable();
        pupils.dedup();
        if let Some(homework) = &mut self.homework {
            homework.pupils = pupils;
        }
        self
    }
}

fn text(input: &str, longest: usize) -> Option<String> {
    let text = input.trim().replace("\r\n", "\n");
    let clean = !text.chars().any(|symbol| symbol.is_control() && symbol != '\n');
    (clean && text.chars().count() <= longest).then_some(text)
}

/// A form with topic and homework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentForm {
    /// The version of the lesson that was seen.
    pub(crate) version: u64,
    /// What it says.
    pub(crate) content: LessonContent,
}

impl ContentForm {
    /// Reads the fields: `version`, `topic`, `homework`, `minutes`, `due` (empty for the next lesson), and a `pupil` for each
    /// of those for whom the homework is. The error names the field.
    pub(crate) fn parse(fields: &[(String, String)]) -> Result<Self, &'static str> {
        let all = |name: &'static str| {
            let of_name = fields.iter().filter(move |(key, _)| key == name);
            of_name.map(|(_, value)| value.as_str())
        };
        let field = |name: &'static str| all(name).next().unwrap_or_default();
        let minutes = match field("minutes").trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| "minutes")?),
        };
        let due = match field("due").trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| "homework_due")?),
        };
        let pupils = all("pupil").map(str::parse).collect::<Result<_, _>>();
        Ok(Self {
            version: field("version").parse().map_err(|_| "version")?,
            content: LessonContent::parse(field("topic"), field("homework"), minutes)?
                .due_at(due)
                .for_pupils(pupils.map_err(|_| "pupils")?),
        })
    }
}

/// A new work as a form or a program sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NewWorkForm {
    /// What it is.
    pub(crate) kind: WorkKind,
    /// Its weight, where one was given.
    pub(crate) weight: Option<Weight>,
}

impl NewWorkForm {
    /// Reads the texts. The error names the field.
    pub(crate) fn parse(kind: &str, weight: &str) -> Result<Self, &'static str> {
        let weight = match weight.trim() {
            "" => None,
            weight => Some(weight.parse().map_err(|_| "weight")?),
        };
        Ok(Self {
            kind: kind.parse().map_err(|_| "kind")?,
            weight,
        })
    }
}

/// Dates of publication as a form or a program sent them; empty texts are none. The error names the field.
pub(crate) fn parse_publication(
    lesson: Date,
    pupils: &str,
    parents: &str,
) -> Result<Publication, &'static str> {
    // A year ahead a mark is no more than forgotten.
    let last = lesson.saturating_add(jiff::ToSpan::years(1));
    let date = |text: &str| match text.trim() {
        "" => Ok(None),
        text => {
            let date = text.parse::<Date>().ok();
            let known = date.filter(|date| (lesson..=last).contains(date));
            known.map(Some).ok_or("publication")
        }
    };
    Ok(Publication {
        pupils_from: date(pupils)?,
        parents_from: date(parents)?,
    })
}

/// One field of a column's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnField {
    /// The pupil.
    pub(crate) pupil: PersonId,
    /// The version of the cell that the form showed.
    pub(crate) version: u64,
    /// What stands in the field now.
    pub(crate) entry: String,
}

/// The fields of a column that were changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnForm {
    /// The work.
    pub(crate) work: WorkId,
    /// The changed fields.
    pub(crate) fields: Vec<ColumnField>,
    /// Why, for a period that was locked.
    pub(crate) reason: String,
}

/// A field that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The pupil.
    pub(crate) pupil: PersonId,
    /// What was typed.
    pub(crate) entry: String,
    /// Why not.
    pub(crate) code: String,
}

impl ColumnForm {
    /// Reads `work`, and for each pupil `entry-<id>`, `was-<id>` (what the form had shown) and `version-<id>`.
    pub(crate) fn parse(pairs: &[(String, String)]) -> Option<Self> {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        let work = WorkId::try_from(value("work")?.parse::<u8>().ok()?).ok()?;
        let mut fields = vec![];
        for (name, entry) in pairs {
            let Some(pupil) = name.strip_prefix("entry-") else {
                continue;
            };
            let was = value(&format!("was-{pupil}"))?;
            let version = value(&format!("version-{pupil}"))?.parse().ok()?;
            if was.trim() != entry.trim() {
                fields.push(ColumnField {
                    pupil: pupil.parse().ok()?,
                    version,
                    entry: entry.clone(),
                });
            }
        }
        Some(Self {
            work,
            fields,
            reason: value("reason").unwrap_or_default().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &[(&str, &str)]) -> Vec<(String, String)> {
        text.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn only_changed_fields_of_a_column_are_taken() {
        let (a, b) = (PersonId::from_bits(1), PersonId::from_bits(2));
        let form = pairs(&[
            ("work", "1"),
            (&format!("entry-{a}"), "5"),
            (&format!("was-{a}"), ""),
            (&format!("version-{a}"), "0"),
            (&format!("entry-{b}"), "4 "),
            (&format!("was-{b}"), "4"),
            (&format!("version-{b}"), "3"),
        ]);
        let read = ColumnForm::parse(&form).expect("a form");
        assert_eq!(
            read.fields,
            [ColumnField {
                pupil: a,
                version: 0,
                entry: "5".to_owned()
            }]
        );
    }

    #[test]
    fn a_form_that_lacks_what_it_showed_is_refused_whole() {
        let a = PersonId::from_bits(1);
        assert_eq!(
            ColumnForm::parse(&pairs(&[("work", "1"), (&format!("entry-{a}"), "5")])),
            None
        );
        assert_eq!(ColumnForm::parse(&pairs(&[("work", "9")])), None);
    }

    #[test]
    fn empty_homework_is_no_homework_and_long_texts_are_refused() {
        assert_eq!(
            LessonContent::parse(" Дроби ", "  ", None).map(|content| content.homework),
            Ok(None)
        );
        assert_eq!(LessonContent::parse(&"я".repeat(301), "", None), Err("topic"));
        assert_eq!(LessonContent::parse("", "", Some(301)), Err("minutes"));
        assert_eq!(LessonContent::parse("a\u{0}", "", None), Err("topic"));
    }

    #[test]
    fn a_work_has_a_kind_and_may_have_a_weight() {
        let parse = |kind, weight| NewWorkForm::parse(kind, weight).map(|work| (work.kind, work.weight));
        assert_eq!(parse("test", ""), Ok((WorkKind::Test, None)));
        assert_eq!(
            parse("test", "1,5"),
            Ok((WorkKind::Test, Weight::try_from(150).ok()))
        );
        assert_eq!(parse("test", "0"), Err("weight"));
        assert_eq!(parse("prank", "1"), Err("kind"));
    }

    #[test]
    fn a_mark_is_published_from_its_lesson_on_and_within_a_year() {
        let lesson = jiff::civil::date(2026, 11, 23);
        let parse = |pupils, parents| parse_publication(lesson, pupils, parents);
        let published = parse("2026-11-24", " ").expect("dates");
        assert_eq!(published.pupils_from, Some(jiff::civil::date(2026, 11, 24)));
        assert_eq!(published.parents_from, None);
        for wrong in ["2026-11-22", "2027-11-24", "tomorrow"] {
            assert_eq!(parse("", wrong), Err("publication"), "{wrong}");
        }
    }
}
