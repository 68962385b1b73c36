//! The week of a class, of a teaching group, of a teacher.

use jiff::civil::{Date, Time};
use model::{DayOffKind, GroupId, InstitutionCalendar, InstitutionId, PersonId, Week, Weekday};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::kept::KeptTimetable;

/// Whose week it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A class: what its pupils have, subgroups side by side.
    Class(GroupId),
    /// A teaching group.
    Group(GroupId),
    /// A teacher.
    Teacher(PersonId),
}

impl Owner {
    pub(crate) fn partition(self) -> String {
        match self {
            Self::Class(class) => format!("CLASS#{class}"),
            Self::Group(group) => format!("GROUP#{group}"),
            Self::Teacher(teacher) => format!("TEACHER#{teacher}"),
        }
    }

    /// Where the week is kept that was published last.
    pub fn key(self) -> Key {
        Key {
            pk: self.partition(),
            sk: "TIMETABLE".to_owned(),
        }
    }

    /// Where an earlier week is kept, which held until a Monday. So the first key after a date is that of the week which
    /// held on it.
    pub fn key_of_version_until(self, until: Date) -> Key {
        Key {
            pk: self.partition(),
            sk: format!("TIMETABLE#{until}"),
        }
    }
}

/// In which weeks a lesson is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekCycle {
    /// In every week.
    Every,
    /// In the first, third, … week of the academic year.
    A,
    /// In the second, fourth, … week.
    B,
}

impl WeekCycle {
    /// Whether a week is of the cycle. The week that contains 1 September is the first one.
    pub fn includes(self, week: Week) -> bool {
        let monday = week.monday();
        let year = if week.sunday() >= first_day(monday.year()) {
            monday.year()
        } else {
            monday.year() - 1
        };
        let first = Week::of(first_day(year)).monday();
        let is_odd = monday
            .since(first)
            .map(|span| span.get_days() / 7 % 2 == 0)
            .unwrap_or(true);
        match self {
            Self::Every => true,
            Self::A => is_odd,
            Self::B => !is_odd,
        }
    }
}

fn first_day(year: i16) -> Date {
    Date::new(year, 9, 1).unwrap_or(Date::MIN)
}

/// A lesson of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The day.
    pub weekday: Weekday,
    /// The number in the day's bells.
    pub number: u8,
    /// The beginning, local time.
    pub start: Time,
    /// The end, local time.
    pub end: Time,
    /// In which weeks.
    pub cycle: WeekCycle,
    /// The teaching group; its journal has the same id.
    pub group: GroupId,
    /// What is taught.
    pub subject: String,
    /// The group's title: «7А», «7А, 1-я подгруппа».
    pub title: String,
    /// Who teaches, when it is known.
    pub teacher: Option<PersonId>,
    /// The teacher as written beside a lesson: «Иванова А. П.».
    pub teacher_name: String,
    /// Where.
    pub room: String,
}

/// Days without lessons for some of the groups only, besides those of the institution: the extra break of grade 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupsOff {
    /// What people call the days.
    pub title: String,
    /// Why they are free.
    pub kind: DayOffKind,
    /// The days, in order.
    pub dates: Vec<Date>,
    /// The teaching groups, in order.
    pub groups: Vec<GroupId>,
}

/// A week as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "KeptTimetable", into = "KeptTimetable")]
pub struct Timetable {
    /// Whose.
    pub owner: Owner,
    /// At which institution; of a teacher of several: the one where they teach most.
    pub institution: InstitutionId,
    /// The lessons, by day and number.
    pub slots: Vec<Slot>,
    /// Days on which some of the groups have no lessons though the institution works.
    pub groups_off: Vec<GroupsOff>,
    /// The Monday from which it holds; none for the first of its owner.
    pub from: Option<Date>,
    /// The Monday from which another one holds instead; none for the one published last.
    pub until: Option<Date>,
}

impl Timetable {
    /// A week in which every group keeps the institution's days.
    pub const fn new(owner: Owner, institution: InstitutionId, slots: Vec<Slot>) -> Self {
        Self {
            owner,
            institution,
            slots,
            groups_off: Vec::new(),
            from: None,
            until: None,
        }
    }

    /// Whether it already holds in a week. If not, an earlier one does.
    pub fn has_begun(&self, week: Week) -> bool {
        self.from.is_none_or(|from| from <= week.monday())
    }

    /// The lessons of a date by number, none on a day off.
    pub fn on<'a>(&'a self, date: Date, calendar: &InstitutionCalendar) -> impl Iterator<Item = &'a Slot> {
        let free = calendar.day_off(date).is_some();
        self.slots
            .iter()
            .filter(move |slot| !free && self.is_due(slot, date))
    }

    /// Whether a lesson of this week falls on the date, the institution's own days off apart.
    pub fn is_due(&self, slot: &Slot, date: Date) -> bool {
        slot.weekday == Weekday::of(date)
            && slot.cycle.includes(Week::of(date))
            && !self
                .groups_off
                .iter()
                .any(|off| off.dates.contains(&date) && off.groups.contains(&slot.group))
    }

    /// What people call the day on which the institution works and groups of this week do not, if it is one.
    pub fn groups_off_on(&self, date: Date) -> Option<&GroupsOff> {
        self.groups_off.iter().find(|off| off.dates.contains(&date))
    }

    /// The first date from `from` on, within four weeks, on which the group has a lesson, with its slot.
    pub fn next_of(
        &self,
        group: GroupId,
        from: Date,
        calendar: &InstitutionCalendar,
    ) -> Option<(Date, &Slot)> {
        from.series(jiff::ToSpan::days(1)).take(28).find_map(|date| {
            self.on(date, calendar)
                .find(|slot| slot.group == group)
                .map(|slot| (date, slot))
        })
    }
}

impl Record for Timetable {
    const ENTITY: &'static str = "timetable";

    fn key(&self) -> Key {
        match self.until {
            None => self.owner.key(),
            Some(until) => self.owner.key_of_version_until(until),
        }
    }

    /// The weeks of an institution's classes, and those of its teachers, are found together as published last: for who
    /// looks for a free room or teacher.
    fn first_index(&self) -> Option<Key> {
        let sk = match self.owner {
            _ if self.until.is_some() => return None,
            Owner::Group(_) => return None,
            Owner::Class(class) => format!("{CLASSES}{class}"),
            Owner::Teacher(teacher) => format!("{TEACHERS}{teacher}"),
        };
        Some(Key {
            pk: institution_partition(self.institution),
            sk,
        })
    }
}

pub(crate) const CLASSES: &str = "CLASS#";
pub(crate) const TEACHERS: &str = "TEACHER#";

/// Where the first index shows the weeks of an institution.
pub(crate) fn institution_partition(institution: InstitutionId) -> String {
    format!("INSTITUTION#{institution}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_week_of_the_first_of_september_is_an_a_week_and_the_cycle_alternates() {
        let first = Week::of(date(2026, 9, 1));
        assert!(WeekCycle::A.includes(first) && !WeekCycle::B.includes(first));
        assert!(WeekCycle::B.includes(first.next()) && WeekCycle::Every.includes(first.next()));
        assert!(WeekCycle::A.includes(first.next().next()));
    }

    #[test]
    fn on_a_day_off_of_some_groups_the_others_have_their_lessons() {
        let slot = |group| Slot {
            weekday: Weekday::of(date(2027, 2, 15)),
            number: 1,
            start: jiff::civil::time(8, 30, 0, 0),
            end: jiff::civil::time(9, 5, 0, 0),
            cycle: WeekCycle::Every,
            group: GroupId::from_bits(group),
            subject: "Чтение".to_owned(),
            title: "1А".to_owned(),
            teacher: None,
            teacher_name: String::new(),
            room: String::new(),
        };
        let owner = Owner::Teacher(PersonId::from_bits(1));
        let mut week = Timetable::new(owner, InstitutionId::from_bits(1), vec![slot(1), slot(2)]);
        week.groups_off = vec![GroupsOff {
            title: "Дополнительные каникулы".to_owned(),
            kind: DayOffKind::Break,
            dates: vec![date(2027, 2, 15)],
            groups: vec![GroupId::from_bits(1)],
        }];
        let calendar = InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off: vec![],
        };
        let held = |day| week.on(day, &calendar).map(|slot| slot.group).collect::<Vec<_>>();
        assert_eq!(held(date(2027, 2, 15)), [GroupId::from_bits(2)]);
        assert_eq!(held(date(2027, 2, 8)).len(), 2);
        assert!(week.groups_off_on(date(2027, 2, 15)).is_some());
    }

    #[test]
    fn the_cycle_goes_on_over_the_new_year() {
        let mut week = Week::of(date(2026, 9, 1));
        for number in 0..38 {
            assert_eq!(WeekCycle::A.includes(week), number % 2 == 0, "{}", week.monday());
            week = week.next();
        }
    }
}
