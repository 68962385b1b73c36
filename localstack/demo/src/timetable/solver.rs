//! Finds a timetable by repair: start with any order of each class's lessons, then swap two lessons of a class wherever
//! somebody would have to be in two places, always taking the best swap and not undoing it at once (min-conflicts with a
//! short memory). Chance is seeded, so the same problem always gives the same timetable.

use crate::{people::PersonIndex, random::Chance};

/// Lessons on each day of a class's week, Monday first.
#[derive(Debug, Clone)]
pub(crate) struct ClassWeek(pub(crate) Vec<u8>);

/// A lesson to be placed.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) class: usize,
    /// Number of the subject within the class.
    pub(crate) subject: usize,
    pub(crate) teachers: Vec<PersonIndex>,
}

/// What is to be placed where. A class has exactly as many events as its week has lessons.
#[derive(Debug, Default)]
pub(crate) struct Problem {
    pub(crate) weeks: Vec<ClassWeek>,
    pub(crate) events: Vec<Event>,
}

/// A place in the week, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) day: u8,
    pub(crate) lesson: u8,
}

/// Somebody in two places: must not remain.
const CLASH: i64 = 100;
/// A subject twice on one day of a class: better not.
const REPEATED: i64 = 3;
/// A subject three times on one day of a class: must not remain.
const THRICE: i64 = 100;
/// Days of a week and lessons of a day for which room is kept.
const DAYS: usize = 6;
const LESSONS: usize = 8;
const SLOTS: usize = DAYS * LESSONS;
const MOST_STEPS: usize = 60_000;
/// Once nobody clashes, so many steps without a better timetable are enough.
const PATIENCE: usize = 1_500;

/// A slot for each event.
pub(crate) fn solve(problem: &Problem, chance: &mut Chance) -> Vec<Slot> {
    let mut state = State::start(problem, chance);
    let mut best = (state.total(), state.slots.clone());
    let mut improved = 0;
    let mut tabu = vec![0usize; problem.events.len()];
    for step in 1..=MOST_STEPS {
        if best.0 == 0 || (best.0 < CLASH && step > improved + PATIENCE) {
            break;
        }
        let Some(event) = state.next_bad(chance, &tabu, step) else {
            continue;
        };
        let Some(other) = state.best_swap(event, chance, &tabu, step) else {
            continue;
        };
        state.swap(event, other);
        tabu[event] = step + 4 + chance.below(8);
        tabu[other] = step + 2 + chance.below(4);
        let total = state.total();
        if total < best.0 {
            best = (total, state.slots.clone());
            improved = step;
        }
    }
    assert!(
        best.0 < CLASH,
        "the demo region's seed gives a timetable without clashes"
    );
    best.1
}

struct State<'p> {
    problem: &'p Problem,
    slots: Vec<Slot>,
    /// Events of each class.
    of_class: Vec<Vec<usize>>,
    /// Lessons of a person at a slot, see [`busy_at`].
    busy: Vec<i64>,
    /// Lessons of a subject on a day of a class, see [`State::subject_on`].
    subjects: Vec<i64>,
    subjects_of_a_class: usize,
    cost: i64,
}

impl<'p> State<'p> {
    fn start(problem: &'p Problem, chance: &mut Chance) -> Self {
        let mut of_class = vec![Vec::new(); problem.weeks.len()];
        for (number, event) in problem.events.iter().enumerate() {
            of_class[event.class].push(number);
        }
        let nowhere = Slot { day: 0, lesson: 0 };
        let people = problem
            .events
            .iter()
            .flat_map(|event| &event.teachers)
            .max()
            .map_or(0, |last| last + 1);
        let subjects_of_a_class = problem
            .events
            .iter()
            .map(|event| event.subject + 1)
            .max()
            .unwrap_or(0);
        let mut state = Self {
            problem,
            slots: vec![nowhere; problem.events.len()],
            of_class,
            busy: vec![0; people * SLOTS],
            subjects: vec![0; problem.weeks.len() * subjects_of_a_class * DAYS],
            subjects_of_a_class,
            cost: 0,
        };
        for (class, week) in problem.weeks.iter().enumerate() {
            let mut events = state.of_class[class].clone();
            chance.shuffle(&mut events);
            let places = (0u8..)
                .zip(&week.0)
                .flat_map(|(day, count)| (0..*count).map(move |lesson| Slot { day, lesson }));
            for (event, slot) in events.into_iter().zip(places) {
                state.put(event, slot);
            }
        }
        state
    }

    const fn total(&self) -> i64 {
        self.cost
    }

    fn put(&mut self, event: usize, slot: Slot) {
        self.slots[event] = slot;
        for teacher in &self.problem.events[event].teachers {
            let busy = &mut self.busy[busy_at(*teacher, slot)];
            self.cost += *busy * CLASH;
            *busy += 1;
        }
        let place = self.subject_on(event, slot.day);
        let count = &mut self.subjects[place];
        self.cost += repetition(*count + 1) - repetition(*count);
        *count += 1;
    }

    fn take(&mut self, event: usize) {
        let slot = self.slots[event];
        for teacher in &self.problem.events[event].teachers {
            let busy = &mut self.busy[busy_at(*teacher, slot)];
            *busy -= 1;
            self.cost -= *busy * CLASH;
        }
        let place = self.subject_on(event, slot.day);
        let count = &mut self.subjects[place];
        *count -= 1;
        self.cost -= repetition(*count + 1) - repetition(*count);
    }

    fn swap(&mut self, one: usize, other: usize) {
        let (first, second) = (self.slots[one], self.slots[other]);
        self.take(one);
        self.take(other);
        self.put(one, second);
        self.put(other, first);
    }

    fn clashes(&self, event: usize) -> bool {
        let slot = self.slots[event];
        self.problem.events[event]
            .teachers
            .iter()
            .any(|teacher| self.busy[busy_at(*teacher, slot)] > 1)
    }

    fn repeats(&self, event: usize) -> bool {
        self.subjects[self.subject_on(event, self.slots[event].day)] > 1
    }

    /// Where lessons of an event's subject on a day of its class are counted.
    fn subject_on(&self, event: usize, day: u8) -> usize {
        let Event { class, subject, .. } = &self.problem.events[event];
        (class * self.subjects_of_a_class + subject) * DAYS + usize::from(day)
    }

    /// An event that is badly placed: clashes before repetitions.
    fn next_bad(&self, chance: &mut Chance, tabu: &[usize], step: usize) -> Option<usize> {
        let count = self.slots.len();
        let start = chance.below(count);
        let around = || {
            (start..count)
                .chain(0..start)
                .filter(|event| tabu[*event] <= step)
        };
        around()
            .find(|event| self.clashes(*event))
            .or_else(|| around().find(|event| self.repeats(*event)))
    }

    /// The event of the same class to swap with, for the least cost.
    fn best_swap(&mut self, event: usize, chance: &mut Chance, tabu: &[usize], step: usize) -> Option<usize> {
        let candidates = self.of_class[self.problem.events[event].class].clone();
        let mut best: Option<(i64, usize)> = None;
        let mut equals = 1;
        for other in candidates {
            let same = self.problem.events[other].subject == self.problem.events[event].subject;
            if same || tabu[other] > step {
                continue;
            }
            self.swap(event, other);
            let cost = self.total();
            self.swap(event, other);
            match best {
                Some((least, _)) if cost > least => {}
                Some((least, _)) if cost == least => {
                    equals += 1;
                    if chance.below(equals) == 0 {
                        best = Some((cost, other));
                    }
                }
                _ => {
                    best = Some((cost, other));
                    equals = 1;
                }
            }
        }
        best.map(|(_, other)| other)
    }
}

fn busy_at(person: PersonIndex, slot: Slot) -> usize {
    person * SLOTS + usize::from(slot.day) * LESSONS + usize::from(slot.lesson)
}

/// What it costs that a subject is given so many times on one day.
const fn repetition(count: i64) -> i64 {
    match count {
        0 | 1 => 0,
        2 => REPEATED,
        more => REPEATED + (more - 2) * THRICE,
    }
}
