//! Lessons, changes and what is in their way, in words.

use timetables::{DatedLesson, LessonChange};
use ui::{DateStyle, Texts};

use super::{clash::Clash, order::Refusal, plan::Lesson};

/// The name of a change as API and translations have it, seen from the published lesson.
pub(crate) fn kind(change: &LessonChange) -> &'static str {
    match (&change.before, &change.after) {
        (None, _) => "additional",
        (Some(_), None) => "cancelled",
        (Some(_), Some(_)) if change.is_in_place() => "replaced",
        (Some(_), Some(_)) => "moved_away",
    }
}

/// «замена», «перенесён на вт 24.11, 6-й урок», «отменён».
pub(crate) fn change(texts: Texts<'_>, change: &LessonChange) -> String {
    let other = change.after.as_ref().map(DatedLesson::key);
    texts.lesson_change(
        kind(change),
        other.as_ref().filter(|_| kind(change) == "moved_away"),
    )
}

/// «2-й урок, 09:25–10:10».
pub(crate) fn hour(texts: Texts<'_>, lesson: &DatedLesson) -> String {
    let slot = &lesson.slot;
    format!(
        "{}, {}\u{2013}{}",
        texts.count("planned-number", slot.number.into()),
        texts.time(slot.start),
        texts.time(slot.end)
    )
}

/// «7А · Алгебра · каб. 214 · Соколова И. С.», as far as it is known.
pub(crate) fn what(texts: Texts<'_>, lesson: &DatedLesson) -> String {
    let slot = &lesson.slot;
    let mut parts = vec![slot.title.clone()];
    if slot.subject != slot.title {
        parts.push(slot.subject.clone());
    }
    if !slot.room.is_empty() {
        parts.push(texts.room(&slot.room));
    }
    if !slot.teacher_name.is_empty() {
        parts.push(slot.teacher_name.clone());
    }
    parts.join(" · ")
}

/// «понедельник, 23 ноября, 2-й урок».
pub(crate) fn when(texts: Texts<'_>, lesson: &DatedLesson) -> String {
    format!(
        "{}, {}",
        texts.date(lesson.date, DateStyle::Day),
        texts.count("planned-number", lesson.slot.number.into())
    )
}

/// Why an order was not carried out: a sentence for each reason.
pub(crate) fn refusal(texts: Texts<'_>, refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::Clashes(clashes) => clashes.iter().map(|found| clash(texts, found)).collect(),
        Refusal::Stale(lesson) => vec![texts.of("substitutions-stale", &state(texts, lesson))],
        Refusal::Unknown => vec![texts.get("substitutions-unknown")],
        Refusal::UnknownTeacher => vec![texts.get("problem-field-substitutions_teacher")],
        Refusal::NoBell => vec![texts.get("problem-field-substitutions_number")],
        Refusal::Already => vec![texts.get("problem-substitution_already")],
        Refusal::NotHeld => vec![texts.get("problem-substitution_not_held")],
        Refusal::NotTogether => vec![texts.get("problem-substitution_not_together")],
        Refusal::TooMany => vec![texts.get("problem-substitution_too_many")],
    }
}

fn clash(texts: Texts<'_>, clash: &Clash) -> String {
    let other = |lesson: &DatedLesson| format!("{}, {}", what(texts, lesson), hour(texts, lesson));
    match clash {
        Clash::Teacher(held) => texts.with(
            "substitutions-clash-teacher",
            &[
                ("teacher", held.lesson.slot.teacher_name.clone().into()),
                ("lesson", other(&held.lesson).into()),
            ],
        ),
        Clash::Room(held) => texts.with(
            "substitutions-clash-room",
            &[
                ("room", held.lesson.slot.room.clone().into()),
                ("lesson", other(&held.lesson).into()),
            ],
        ),
        Clash::Pupils(held) => texts.of("substitutions-clash-pupils", &other(&held.lesson)),
        Clash::DayOff(title) => texts.of("substitutions-clash-day-off", title),
    }
}

/// How a lesson stands: «замена: Лебедев П. И., каб. 12», «как опубликован».
pub(crate) fn state(texts: Texts<'_>, lesson: &Lesson) -> String {
    let Some(found) = &lesson.change else {
        return texts.get("substitutions-as-published");
    };
    let mut parts = vec![change(texts, &found.change)];
    if let (Some(before), Some(after)) = (&found.change.before, &found.change.after) {
        let (old, new) = (&before.slot, &after.slot);
        if new.teacher_name != old.teacher_name {
            parts.push(new.teacher_name.clone());
        }
        if new.subject != old.subject {
            parts.push(new.subject.clone());
        }
        if new.room != old.room {
            parts.push(texts.room(&new.room));
        }
    }
    parts.join(" · ")
}
