//! Pages of substitutions: what their templates show.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use model::{InstitutionId, PersonId};
use rosters::Institution;
use ui::{DateStyle, Frame, Texts};

use super::{
    offers::{Fit, TeacherOffer, rooms_for, teachers_for},
    plan::{Lesson, Plan},
    words,
};
use crate::pages::Tab;

/// Tabs of the institutions where somebody may do the same; none for one.
pub(crate) fn institution_tabs(places: &[Institution], shown: InstitutionId, base: &str) -> Vec<Tab> {
    if places.len() < 2 {
        return vec![];
    }
    let tab = |place: &Institution| Tab {
        name: place.name.clone(),
        href: format!("{base}institution={}", place.institution),
        current: place.institution == shown,
    };
    places.iter().map(tab).collect()
}

/// One of the things that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) is_chosen: bool,
}

/// Things that suit a lesson equally well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(crate) title: String,
    pub(crate) choices: Vec<Choice>,
}

/// A lesson of an absent teacher with the best offers.
#[derive(Debug)]
pub(crate) struct AffectedCard {
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) date: Date,
    pub(crate) hour: String,
    pub(crate) what: String,
    /// How it is changed, if it is.
    pub(crate) state: Option<String>,
    /// Whether the absent teacher would still hold it.
    pub(crate) is_open: bool,
    /// Teacher, name, why they are offered.
    pub(crate) offers: Vec<(PersonId, String, String)>,
}

impl AffectedCard {
    /// So many teachers are offered at once; the others are a step away.
    const OFFERED: usize = 3;

    pub(crate) fn new(
        texts: Texts<'_>,
        lesson: &Lesson,
        offers: Vec<TeacherOffer>,
        absent: Option<PersonId>,
    ) -> Self {
        let is_open = lesson.is_held && absent.is_some_and(|absent| lesson.now.teachers.contains(&absent));
        let offers = offers
            .into_iter()
            .filter(|_| is_open)
            .take(Self::OFFERED)
            .map(|offer| (offer.teacher, offer.name.clone(), why(texts, &offer)))
            .collect();
        Self {
            id: lesson.name.to_string(),
            version: lesson.version(),
            date: lesson.before.date,
            hour: words::hour(texts, &lesson.before),
            what: words::what(texts, &lesson.before),
            state: lesson.change.as_ref().map(|_| words::state(texts, lesson)),
            is_open,
            offers,
        }
    }
}

/// «ведёт предмет · 3 урока в этот день».
fn why(texts: Texts<'_>, offer: &TeacherOffer) -> String {
    let fit = texts.get(&format!("substitutions-fit-{}", offer.fit.as_str()));
    let lessons = if offer.is_relieved {
        texts.get("substitutions-relieved")
    } else {
        texts.count("substitutions-lessons-that-day", offer.lessons)
    };
    format!("{fit}, {lessons}")
}

/// A change as the page of a day lists it.
#[derive(Debug)]
pub(crate) struct ChangeLine {
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) hour: String,
    pub(crate) what: String,
    pub(crate) state: String,
    pub(crate) note: String,
}

/// Who is absent, what is to be done, what is done.
#[derive(Template)]
#[template(path = "substitutions.html")]
pub(crate) struct SubstitutionsPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) institution: InstitutionId,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) date: Date,
    pub(crate) today: Date,
    pub(crate) from: Date,
    pub(crate) until: Date,
    pub(crate) note: String,
    pub(crate) teachers: Vec<Choice>,
    /// The absent teacher's name.
    pub(crate) absent: Option<String>,
    pub(crate) cards: Vec<AffectedCard>,
    pub(crate) changes: Vec<ChangeLine>,
    /// What people call the day, if it is one without lessons.
    pub(crate) day_off: Option<String>,
    /// The query that leads back here.
    pub(crate) back: String,
}

impl SubstitutionsPage<'_> {
    /// The teachers of the institution by name.
    pub(crate) fn teachers(plan: &Plan, absent: Option<PersonId>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = plan
            .teachers
            .iter()
            .map(|(id, card)| Choice {
                value: id.to_string(),
                name: card.name.clone(),
                is_chosen: absent == Some(*id),
            })
            .collect();
        choices.sort_by(|a, b| a.name.cmp(&b.name));
        choices
    }

    /// What is changed on a date.
    pub(crate) fn changes(texts: Texts<'_>, plan: &Plan, date: Date) -> Vec<ChangeLine> {
        let week = plan.week_of(date);
        let mut lessons: Vec<Lesson> = week
            .iter()
            .flat_map(|week| week.changes())
            .filter_map(|found| {
                let before = found.change.before.as_ref()?;
                (before.date == date).then(|| plan.lesson(found.change.id().parse().ok()?))?
            })
            .collect();
        lessons.sort_by_key(|lesson| (lesson.before.slot.start, lesson.name));
        let line = |lesson: Lesson| ChangeLine {
            id: lesson.name.to_string(),
            version: lesson.version(),
            hour: words::hour(texts, &lesson.before),
            what: words::what(texts, &lesson.before),
            state: words::state(texts, &lesson),
            note: lesson.change.map(|found| found.change.note).unwrap_or_default(),
        };
        lessons.into_iter().map(line).collect()
    }

    fn day(&self, date: &Date) -> String {
        self.frame.texts.date(*date, DateStyle::Day)
    }

    fn base(&self) -> String {
        format!("/schedules/substitutions?institution={}&", self.institution)
    }

    fn previous(&self) -> Date {
        self.date.saturating_sub(1.day())
    }

    fn next(&self) -> Date {
        self.date.saturating_add(1.day())
    }

    /// How the list of lessons is headed: whose they are, and how many.
    fn lessons_heading(&self, name: &str) -> String {
        let count = self.frame.texts.count("substitutions-lessons", self.cards.len());
        format!("{name}: {count}")
    }

    /// Whether a card is the first of its date.
    fn begins_day(&self, place: &usize) -> bool {
        let before = place
            .checked_sub(1)
            .and_then(|before| Some(self.cards.get(before)?.date));
        self.cards
            .get(*place)
            .is_some_and(|card| before != Some(card.date))
    }
}

/// One lesson with all that can be done with it.
#[derive(Template)]
#[template(path = "substitution.html")]
pub(crate) struct LessonPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) institution: InstitutionId,
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) hour: String,
    pub(crate) what: String,
    pub(crate) state: Option<String>,
    pub(crate) is_held: bool,
    pub(crate) teachers: Vec<Choices>,
    pub(crate) rooms: Vec<Choices>,
    pub(crate) subjects: Vec<String>,
    pub(crate) swaps: Vec<Choice>,
    pub(crate) merges: Vec<Choice>,
    pub(crate) date: Date,
    pub(crate) number: u8,
    pub(crate) note: String,
    pub(crate) back: String,
    /// What was refused, a sentence each.
    pub(crate) refused: Vec<String>,
}

impl<'a> LessonPage<'a> {
    pub(crate) fn new(
        frame: Frame<'a>,
        plan: &Plan,
        lesson: &Lesson,
        back: String,
        note: String,
        refused: Vec<String>,
    ) -> Self {
        let texts = frame.texts;
        let standing_note = lesson.change.as_ref().map(|found| found.change.note.clone());
        let subjects = plan.teachers.values().flat_map(|card| card.subjects.iter());
        let subjects: std::collections::BTreeSet<&String> = subjects.collect();
        Self {
            institution: plan.institution,
            id: lesson.name.to_string(),
            version: lesson.version(),
            hour: words::hour(texts, &lesson.before),
            what: words::what(texts, &lesson.before),
            state: lesson.change.as_ref().map(|_| words::state(texts, lesson)),
            is_held: lesson.is_held,
            teachers: teachers(texts, plan, lesson),
            rooms: rooms(texts, plan, lesson),
            subjects: subjects.into_iter().cloned().collect(),
            swaps: swaps(texts, plan, lesson),
            merges: merges(texts, plan, lesson),
            date: lesson.now.lesson.date,
            number: lesson.now.lesson.slot.number,
            note: if note.is_empty() {
                standing_note.unwrap_or_default()
            } else {
                note
            },
            back,
            refused,
            frame,
        }
    }
}

fn by_fit(texts: Texts<'_>, kind: &str, found: Vec<(Fit, Choice)>) -> Vec<Choices> {
    [Fit::Subject, Fit::Class, Fit::Free]
        .into_iter()
        .filter_map(|fit| {
            let choices: Vec<Choice> = found
                .iter()
                .filter(|(of, _)| *of == fit)
                .map(|(_, choice)| choice.clone())
                .collect();
            let title = texts.get(&format!("substitutions-{kind}-{}", fit.as_str()));
            (!choices.is_empty()).then_some(Choices { title, choices })
        })
        .collect()
}

fn teachers(texts: Texts<'_>, plan: &Plan, lesson: &Lesson) -> Vec<Choices> {
    let Some(week) = plan.week_of(lesson.now.lesson.date) else {
        return vec![];
    };
    let offers = teachers_for(week, &plan.teachers, &lesson.now, None);
    let choice = |offer: TeacherOffer| {
        let detail = if offer.is_relieved {
            texts.get("substitutions-relieved")
        } else {
            texts.count("substitutions-lessons-that-day", offer.lessons)
        };
        let choice = Choice {
            value: offer.teacher.to_string(),
            name: format!("{} ({detail})", offer.name),
            is_chosen: false,
        };
        (offer.fit, choice)
    };
    by_fit(texts, "teachers", offers.into_iter().map(choice).collect())
}

fn rooms(texts: Texts<'_>, plan: &Plan, lesson: &Lesson) -> Vec<Choices> {
    let Some(week) = plan.week_of(lesson.now.lesson.date) else {
        return vec![];
    };
    let choice = |room: String| Choice {
        name: texts.room(&room),
        value: room,
        is_chosen: false,
    };
    let offers = rooms_for(week, &lesson.now).into_iter();
    by_fit(
        texts,
        "rooms",
        offers.map(|offer| (offer.fit, choice(offer.room))).collect(),
    )
}

/// The other lessons of its classes in the week: with each it could change places.
fn swaps(texts: Texts<'_>, plan: &Plan, lesson: &Lesson) -> Vec<Choice> {
    let weeks = plan.week_of(lesson.now.lesson.date).into_iter();
    let days = weeks.flat_map(|week| {
        week.week
            .monday()
            .series(1.day())
            .take(7)
            .map(move |day| (week, day))
    });
    let held = days.flat_map(|(week, day)| week.held_on(day));
    held.filter(|other| {
        let same_time = other.overlaps(&lesson.now);
        other.is_own && !same_time && other.id != lesson.now.id && other.shares_class(&lesson.now)
    })
    .filter_map(|other| {
        let version = plan.lesson(other.id.parse().ok()?)?.version();
        Some(Choice {
            value: format!("{}:{version}", other.id),
            name: format!(
                "{} · {}",
                words::when(texts, &other.lesson),
                words::what(texts, &other.lesson)
            ),
            is_chosen: false,
        })
    })
    .collect()
}

/// The lessons of the same hour whose teacher could take this group too.
fn merges(texts: Texts<'_>, plan: &Plan, lesson: &Lesson) -> Vec<Choice> {
    let Some(week) = plan.week_of(lesson.now.lesson.date) else {
        return vec![];
    };
    let slot = &lesson.now.lesson.slot;
    week.held_on(lesson.now.lesson.date)
        .into_iter()
        .filter(|other| {
            let place = &other.lesson.slot;
            let akin = other.shares_class(&lesson.now) || place.subject == slot.subject;
            let other_teacher = place.teacher.is_some() && place.teacher != slot.teacher;
            other.is_own
                && akin
                && other_teacher
                && (place.start, place.end) == (slot.start, slot.end)
                && place.group != slot.group
        })
        .map(|other| Choice {
            name: words::what(texts, &other.lesson),
            value: other.id,
            is_chosen: false,
        })
        .collect()
}
