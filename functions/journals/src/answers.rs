//! The thread between pupil and teacher about a homework: what may be said next. Pure.

use gradebook::{AnswerEntry, AnswerKey, AnswerSide, AnswerState, Signed};

/// The longest text of an entry, in characters.
const LONGEST_TEXT: usize = 4_000;
/// The most entries of a thread: a talk that is longer is held in class.
const MOST_ENTRIES: usize = 50;

/// Why an entry is not taken. The code names the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerError {
    /// Nothing is said, or too much.
    Text,
    /// There is no answer yet to say anything of.
    NoAnswer,
    /// The work is accepted: there is nothing more to be done.
    Accepted,
    /// The thread is full.
    TooMany,
    /// Something was said since the thread was looked at.
    Changed,
    /// No such verdict.
    Verdict,
}

impl AnswerError {
    /// The name of the message that explains it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Text => "answer_text",
            Self::NoAnswer => "answer_none",
            Self::Accepted => "answer_accepted",
            Self::TooMany => "answer_too_many",
            Self::Changed => "answers_changed",
            Self::Verdict => "answer_verdict",
        }
    }
}

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewEntry {
    /// Who says it.
    pub(crate) side: AnswerSide,
    /// The text.
    pub(crate) text: String,
    /// How the work stands since.
    pub(crate) state: AnswerState,
}

impl NewEntry {
    /// An answer of the pupil.
    pub(crate) fn answer(text: &str) -> Result<Self, AnswerError> {
        let text = parse(text)?;
        if text.is_empty() {
            return Err(AnswerError::Text);
        }
        Ok(Self {
            side: AnswerSide::Pupil,
            text,
            state: AnswerState::Sent,
        })
    }

    /// What the teacher says: «принято», with or without a word, or «доработать» with what there is to be done.
    pub(crate) fn reply(verdict: &str, text: &str) -> Result<Self, AnswerError> {
        let text = parse(text)?;
        let state = match verdict {
            "accepted" => AnswerState::Accepted,
            "to_redo" if text.is_empty() => return Err(AnswerError::Text),
            "to_redo" => AnswerState::ToRedo,
            _ => return Err(AnswerError::Verdict),
        };
        Ok(Self {
            side: AnswerSide::Teacher,
            text,
            state,
        })
    }

    fn is(&self, entry: &AnswerEntry) -> bool {
        (self.side, self.state, self.text.as_str()) == (entry.side, entry.state, entry.text.as_str())
    }
}

fn parse(text: &str) -> Result<String, AnswerError> {
    let text = text.trim().replace("\r\n", "\n");
    let is_clean = !text
        .chars()
        .any(|symbol| symbol.is_control() && symbol != '\n' && symbol != '\t');
    if is_clean && text.chars().count() <= LONGEST_TEXT {
        Ok(text)
    } else {
        Err(AnswerError::Text)
    }
}

/// The entry that comes next in a thread of which `seen` entries were looked at; nothing if it is the last one already: a
/// double click, or a repeat after the answer was lost on the way.
pub(crate) fn next(
    thread: AnswerKey,
    entries: &[AnswerEntry],
    seen: u64,
    new: NewEntry,
    signed: Signed,
) -> Result<Option<AnswerEntry>, AnswerError> {
    let last = entries.last();
    let number = last.map_or(0, |last| last.number);
    if number == seen + 1 && last.is_some_and(|last| new.is(last) && last.signed.by == signed.by) {
        return Ok(None);
    }
    if number != seen {
        return Err(AnswerError::Changed);
    }
    match (new.side, last.map(|last| last.state)) {
        (AnswerSide::Teacher, None) => return Err(AnswerError::NoAnswer),
        (AnswerSide::Pupil, Some(AnswerState::Accepted)) => return Err(AnswerError::Accepted),
        _ if entries.len() >= MOST_ENTRIES => return Err(AnswerError::TooMany),
        _ => {}
    }
    Ok(Some(AnswerEntry {
        journal: thread.journal,
        lesson: thread.lesson,
        pupil: thread.pupil,
        number: number + 1,
        side: new.side,
        signed,
        text: new.text,
        state: new.state,
    }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{GroupId, LessonKey, PersonId};
    use proptest::prelude::*;

    use super::*;

    const THREAD: AnswerKey = AnswerKey {
        journal: GroupId::from_bits(1),
        lesson: LessonKey {
            date: date(2026, 11, 23),
            number: 2,
        },
        pupil: PersonId::from_bits(1),
    };

    fn signed(side: AnswerSide) -> Signed {
        Signed {
            at: "2026-11-23T10:00:00Z".parse().expect("a moment"),
            by: PersonId::from_bits(if side == AnswerSide::Pupil { 1 } else { 2 }),
            by_name: String::new(),
        }
    }

    fn say(entries: &mut Vec<AnswerEntry>, new: Result<NewEntry, AnswerError>) -> Result<(), AnswerError> {
        let new = new?;
        let seen = entries.last().map_or(0, |last| last.number);
        let by = signed(new.side);
        entries.extend(next(THREAD, entries, seen, new, by)?);
        Ok(())
    }

    #[test]
    fn a_work_goes_to_and_fro_until_it_is_accepted() {
        let mut entries = vec![];
        let early = say(&mut entries, NewEntry::reply("accepted", ""));
        assert_eq!(early, Err(AnswerError::NoAnswer));
        say(&mut entries, NewEntry::answer(" x = 2 ")).expect("answered");
        say(&mut entries, NewEntry::reply("to_redo", "А второй корень?")).expect("given back");
        say(&mut entries, NewEntry::answer("x = 2, x = −2")).expect("answered");
        say(&mut entries, NewEntry::reply("accepted", "")).expect("accepted");
        let more = say(&mut entries, NewEntry::answer("и ещё"));
        assert_eq!(more, Err(AnswerError::Accepted));
        say(&mut entries, NewEntry::reply("to_redo", "Поспешил: проверь знак"))
            .expect("a teacher may think again");
        let states: Vec<_> = entries
            .iter()
            .map(|entry| (entry.number, entry.state.as_str()))
            .collect();
        assert_eq!(
            states,
            [
                (1, "sent"),
                (2, "to_redo"),
                (3, "sent"),
                (4, "accepted"),
                (5, "to_redo")
            ]
        );
    }

    #[test]
    fn nothing_is_said_with_nothing_and_a_return_says_why() {
        assert_eq!(NewEntry::answer(" \n "), Err(AnswerError::Text));
        assert_eq!(NewEntry::answer(&"я".repeat(4_001)), Err(AnswerError::Text));
        assert_eq!(NewEntry::reply("to_redo", " "), Err(AnswerError::Text));
        assert_eq!(NewEntry::reply("burn", "x"), Err(AnswerError::Verdict));
        assert_eq!(
            NewEntry::answer("а\r\nб").map(|new| new.text),
            Ok("а\nб".to_owned())
        );
    }

    #[test]
    fn the_same_sent_twice_stands_once_and_what_was_not_seen_is_not_passed_over() {
        let mut entries = vec![];
        say(&mut entries, NewEntry::answer("x = 2")).expect("answered");
        let again = NewEntry::answer("x = 2").expect("an answer");
        let by = signed(AnswerSide::Pupil);
        assert_eq!(next(THREAD, &entries, 0, again.clone(), by.clone()), Ok(None));
        let other = NewEntry::answer("x = 3").expect("an answer");
        assert_eq!(
            next(THREAD, &entries, 0, other, by.clone()),
            Err(AnswerError::Changed)
        );
        assert!(
            next(THREAD, &entries, 1, again, by).is_ok_and(|added| added.is_some()),
            "said again on purpose"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_said_the_numbers_have_no_gap_and_a_thread_has_an_end(
            said in prop::collection::vec((0u8..3, "[а-я]{0,4}"), 0..80)
        ) {
            let mut entries = vec![];
            for (kind, text) in said {
                let new = match kind {
                    0 => NewEntry::answer(&text),
                    1 => NewEntry::reply("accepted", &text),
                    _ => NewEntry::reply("to_redo", &text),
                };
                let _ = say(&mut entries, new);
            }
            prop_assert!(entries.len() <= MOST_ENTRIES);
            for (place, entry) in (1u64..).zip(&entries) {
                prop_assert_eq!(entry.number, place);
            }
            prop_assert!(entries.first().is_none_or(|first| first.side == AnswerSide::Pupil));
        }
    }
}
