//! What is to be done, by days.

use askama::Template;
use gradebook::AnswerState;
use model::{InstitutionId, PersonId, Reader};
use ui::{Child, DateStyle, Frame, Texts};

use super::{ViewTab, views};
use crate::{
    handlers::homework::LoadedHomework,
    homework::{DueDay, Load, Task},
};

#[derive(Template)]
#[template(path = "homework.html")]
pub(crate) struct HomeworkPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) children: Vec<Child>,
    pub(crate) loaded: LoadedHomework,
}

impl HomeworkPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn views(&self) -> Vec<ViewTab> {
        views(self.frame.texts, &self.loaded.reading, "homework", false)
    }

    /// Where the answers to a task stand; nothing outside all periods, where no journal is kept.
    fn answers_address(&self, task: &Task) -> Option<String> {
        let periods = &self.loaded.reading.class.periods;
        let period = periods.iter().find(|period| period.contains(task.set_at.date))?;
        let (journal, lesson, child) = (task.journal, task.set_at, self.child());
        Some(format!(
            "/journals/{journal}/{}/lessons/{lesson}/answers/{child}",
            period.id
        ))
    }

    /// Where the reader, who is the pupil, sends an answer to a task, and how many messages there are before it.
    fn form(&self, task: &Task) -> Option<(String, u64)> {
        let answer = self.loaded.answer(task);
        let is_pupil = self.loaded.reading.reader == Reader::Pupil;
        let is_open = answer.is_none_or(|answer| answer.state != AnswerState::Accepted);
        let address = self.answers_address(task).filter(|_| is_pupil && is_open)?;
        Some((address, answer.map_or(0, |answer| answer.entries)))
    }

    /// How the answer to a task stands, in words, and where it is read.
    fn answered(&self, task: &Task) -> Option<(String, String)> {
        let state = self.loaded.answer(task)?.state.as_str();
        let name = self.frame.texts.get(&format!("answer-{state}"));
        Some((name, self.answers_address(task)?))
    }

    /// «на вторник, 24 ноября».
    fn heading(&self, day: &DueDay) -> String {
        match day.date {
            Some(date) => self.frame.texts.date(date, DateStyle::Day),
            None => self.frame.texts.get("homework-later"),
        }
    }

    /// «сегодня», «завтра».
    fn nearness(&self, day: &DueDay) -> Option<String> {
        let (date, today) = (day.date?, self.loaded.reading.today);
        let key = if date == today {
            "today"
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
            "tomorrow"
        } else {
            return None;
        };
        Some(self.frame.texts.get(key))
    }

    /// «≈ 1 ч 40 мин».
    fn duration(&self, minutes: u32) -> String {
        duration(self.frame.texts, minutes)
    }

    fn sum(&self, load: Load) -> Option<String> {
        let texts = self.frame.texts;
        let known = (load.minutes > 0).then(|| texts.of("homework-sum", &self.duration(load.minutes)));
        let unknown = (load.unknown > 0).then(|| texts.count("homework-unknown", load.unknown));
        let parts: Vec<String> = known.into_iter().chain(unknown).collect();
        let norm = self.loaded.ceiling.map(|ceiling| {
            let most = self.duration(ceiling.into());
            format!("; {}", texts.of("homework-norm", &most))
        });
        (!parts.is_empty()).then(|| parts.join(", ") + &norm.unwrap_or_default())
    }

    fn set_on(&self, task: &Task) -> String {
        let day = self.frame.texts.date(task.set_at.date, DateStyle::Short);
        self.frame.texts.of("homework-set", &day)
    }

    fn due_at(&self, task: &Task) -> Option<String> {
        let due = task.due?;
        let number = self.frame.texts.count("planned-number", due.lesson.number.into());
        Some(match due.start {
            Some(start) => format!("{number}, {}", self.frame.texts.time(start)),
            None => number,
        })
    }

    fn is_over(&self, day: &DueDay) -> bool {
        day.load.is_over(self.loaded.ceiling)
    }
}

/// «1 ч 40 мин», «25 мин».
pub(crate) fn duration(texts: Texts<'_>, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let part = |key: &str, count: u32| texts.of(key, &count.to_string());
    match (hours, rest) {
        (0, rest) => part("homework-in-minutes", rest),
        (hours, 0) => part("homework-in-hours", hours),
        (hours, rest) => format!(
            "{} {}",
            part("homework-in-hours", hours),
            part("homework-in-minutes", rest)
        ),
    }
}
