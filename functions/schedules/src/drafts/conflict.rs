//! What two lessons cannot do at once: found before anything is saved.
//!
//! Lessons meet when they are on one day, in one week of the cycle, and their times overlap: the second lesson of grade 1
//! and that of grade 7 begin at different minutes, and the first of the second shift may begin before the seventh of the
//! first one ends. A lesson that no bell rings for has no times; it meets those of its number.

use model::{GroupId, PersonId};

use super::draft::{Bells, Course, Draft, DraftLesson, Times, meets};

/// What is wrong with a lesson at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The group has another lesson then.
    Group {
        /// The other lesson.
        with: DraftLesson,
    },
    /// Pupils of a class have another lesson then.
    Pupils {
        /// Their class.
        class: GroupId,
        /// The other lesson.
        with: DraftLesson,
    },
    /// A teacher has another lesson then.
    Teacher {
        /// Who.
        teacher: PersonId,
        /// The other lesson.
        with: DraftLesson,
    },
    /// A teacher cannot teach then.
    Unavailable {
        /// Who.
        teacher: PersonId,
    },
    /// The room is full then.
    Room {
        /// How many lessons it holds.
        places: u8,
        /// The lessons that are in it.
        with: Vec<DraftLesson>,
    },
    /// No bell rings for a lesson of this number in this year of study.
    OutsideBells,
    /// The group would have more hours than the curriculum gives it.
    Hours {
        /// Hours of the curriculum, in halves.
        planned: u8,
        /// Hours with this lesson, in halves.
        placed: u8,
    },
}

impl Conflict {
    /// Its name in the API and in the words of the page.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Group { .. } => "group_busy",
            Self::Pupils { .. } => "pupils_busy",
            Self::Teacher { .. } => "teacher_busy",
            Self::Unavailable { .. } => "teacher_unavailable",
            Self::Room { .. } => "room_taken",
            Self::OutsideBells => "outside_bells",
            Self::Hours { .. } => "hours_exceeded",
        }
    }

    /// The other lessons that it names.
    pub fn with(&self) -> &[DraftLesson] {
        match self {
            Self::Group { with } | Self::Pupils { with, .. } | Self::Teacher { with, .. } => {
                std::slice::from_ref(with)
            }
            Self::Room { with, .. } => with,
            Self::Unavailable { .. } | Self::OutsideBells | Self::Hours { .. } => &[],
        }
    }
}

/// A draft with the bells by which its lessons are held.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The bells.
    pub bells: &'a Bells,
}

/// A lesson with what is known of its group, and its times.
#[derive(Clone, Copy)]
struct Timed<'a> {
    course: &'a Course,
    lesson: &'a DraftLesson,
    times: Option<Times>,
}

impl Timed<'_> {
    fn meets(&self, other: &Self) -> bool {
        let (one, two) = (self.lesson, other.lesson);
        one.day == two.day
            && meets(one.cycle, two.cycle)
            && match (self.times, other.times) {
                (Some(one), Some(other)) => one.overlap(other),
                _ => one.number == two.number,
            }
    }
}

impl<'a> Board<'a> {
    /// What would be wrong with a lesson if it stood in the draft in the place of `instead`. Nothing is found for a group that
    /// the draft does not know.
    pub fn conflicts(&self, lesson: &DraftLesson, instead: Option<&DraftLesson>) -> Vec<Conflict> {
        let Some(course) = self.draft.course(lesson.group) else {
            return Vec::new();
        };
        let new = self.timed(course, lesson);
        let others: Vec<Timed<'_>> = self
            .draft
            .lessons()
            .filter(|(_, other)| Some(*other) != instead && other.day == lesson.day)
            .map(|(course, other)| self.timed(course, other))
            .filter(|other| new.meets(other))
            .collect();
        let mut found = Vec::new();
        if new.times.is_none() {
            found.push(Conflict::OutsideBells);
        }
        for other in &others {
            self.of_pupils(&new, other, &mut found);
            Self::of_teachers(&new, other, &mut found);
        }
        self.of_room(&new, &others, &mut found);
        let absent = |teacher: &&PersonId| {
            !self
                .draft
                .terms
                .is_available(**teacher, lesson.day, lesson.number)
        };
        let absent = lesson.teachers.iter().filter(absent);
        found.extend(absent.map(|teacher| Conflict::Unavailable { teacher: *teacher }));
        found.extend(self.of_hours(course, lesson, instead));
        found
    }

    /// What a lesson would bring in if it stood in the place of `instead`: what is wrong already does not count again, so that
    /// a copied timetable can be put right lesson by lesson.
    pub fn new_conflicts(&self, lesson: &DraftLesson, instead: Option<&DraftLesson>) -> Vec<Conflict> {
        let mut found = self.conflicts(lesson, instead);
        if let Some(before) = instead {
            let known = self.conflicts(before, Some(before));
            let stays = before.day == lesson.day && before.number == lesson.number;
            found.retain(|conflict| !stays || !known.contains(conflict));
        }
        found
    }

    /// Every lesson of the draft with what is wrong with it; nothing if the draft can be published.
    pub fn all_conflicts(&self) -> Vec<(DraftLesson, Vec<Conflict>)> {
        self.draft
            .lessons()
            .map(|(_, lesson)| (lesson.clone(), self.conflicts(lesson, Some(lesson))))
            .filter(|(_, conflicts)| !conflicts.is_empty())
            .collect()
    }

    fn timed(&self, course: &'a Course, lesson: &'a DraftLesson) -> Timed<'a>
    where
        Self: 'a,
    {
        let times = self.bells.times(lesson.number, course.grade);
        Timed {
            course,
            lesson,
            times,
        }
    }

    /// Pupils twice at a time: of the group itself, or of a class from which both groups draw.
    fn of_pupils(&self, new: &Timed<'_>, other: &Timed<'_>, found: &mut Vec<Conflict>) {
        let with = || other.lesson.clone();
        if new.lesson.group == other.lesson.group {
            found.push(Conflict::Group { with: with() });
            return;
        }
        let shared = |class: &&GroupId| {
            self.draft.classes.get(*class).is_some_and(|class| {
                let audience = |group| class.course(group).map(|course| course.audience);
                let both = audience(new.lesson.group).zip(audience(other.lesson.group));
                both.is_some_and(|(one, other)| one.shares_pupils(other))
            })
        };
        if let Some(class) = new.course.classes.iter().find(shared) {
            found.push(Conflict::Pupils {
                class: *class,
                with: with(),
            });
        }
    }

    fn of_teachers(new: &Timed<'_>, other: &Timed<'_>, found: &mut Vec<Conflict>) {
        let busy = |teacher: &&PersonId| other.lesson.teachers.contains(teacher);
        found.extend(
            new.lesson
                .teachers
                .iter()
                .filter(busy)
                .map(|teacher| Conflict::Teacher {
                    teacher: *teacher,
                    with: other.lesson.clone(),
                }),
        );
    }

    /// More lessons in the room at some minute than it holds. Weeks A and B are looked at one by one: two lessons that take
    /// turns take one place together.
    fn of_room(&self, new: &Timed<'_>, others: &[Timed<'_>], found: &mut Vec<Conflict>) {
        use timetables::WeekCycle::{A, B};
        if new.lesson.room.is_empty() {
            return;
        }
        // A room may stand in older lessons without its building.
        let same = |one: &str, other: &str| {
            let known = self.bells.buildings();
            one == other || known.canonical(one) == known.canonical(other)
        };
        let named = self.draft.terms.places.iter();
        let named = named.filter(|(room, _)| same(room, &new.lesson.room));
        let places = named.map(|(_, places)| *places).max().unwrap_or(1);
        let inside: Vec<_> = others
            .iter()
            .filter(|other| same(&other.lesson.room, &new.lesson.room))
            .collect();
        for week in [A, B] {
            if !meets(new.lesson.cycle, week) {
                continue;
            }
            let then = || inside.iter().filter(|other| meets(other.lesson.cycle, week));
            // The room is fullest at a moment when some lesson begins.
            let moments = then()
                .filter_map(|other| other.times)
                .chain(new.times)
                .map(|times| times.start);
            let moments: Vec<_> = moments.collect();
            let is_on = |other: &&&Timed<'_>, moment| match (new.times, other.times) {
                (Some(own), Some(times)) => {
                    (times.start..times.end).contains(&moment) && (own.start..own.end).contains(&moment)
                }
                _ => true,
            };
            let fullest = moments
                .iter()
                .map(|moment| then().filter(|other| is_on(other, *moment)).collect::<Vec<_>>())
                .max_by_key(Vec::len)
                .unwrap_or_else(|| then().collect());
            if fullest.len() >= usize::from(places) {
                let with = fullest.into_iter().map(|other| other.lesson.clone()).collect();
                found.push(Conflict::Room { places, with });
                return;
            }
        }
    }

    /// More hours than planned, if the lesson adds to them.
    fn of_hours(
        &self,
        course: &Course,
        lesson: &DraftLesson,
        instead: Option<&DraftLesson>,
    ) -> Option<Conflict> {
        let planned = course.hours?;
        let class = self.draft.classes.get(&self.draft.first_class(course)?)?;
        let others = class
            .lessons_of(lesson.group)
            .filter(|other| Some(*other) != instead);
        let others = others.fold(0u8, |sum, other| sum.saturating_add(other.halves()));
        let placed = others.saturating_add(lesson.halves());
        (placed > planned).then_some(Conflict::Hours { planned, placed })
    }
}
