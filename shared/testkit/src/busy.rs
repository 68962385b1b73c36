//! A class in the thick of a term: what pages cost at realistic size.

use gradebook::{Cell, CellMark, CellValue, ClassLesson, Homework, Lesson, PeriodState, RowHead, RowKey};
use jiff::{
    ToSpan,
    civil::{Date, date, time},
};
use model::{
    Attendance, DayOff, DayOffKind, GroupId, GroupKind, InstitutionCalendar, LessonKey, Mark, MarkingRule,
    MarkingSettings, PeriodId, PersonId, PersonName, Publication, Weekday, Work, WorkId, WorkKind,
};
use rosters::{Guardianship, GuardianshipSource, LearnsIn, MemberRole};
use serde::Serialize;
use store::{Record, Stored, Table, Write};
use timetables::{InstitutionDays, Owner, Slot, Timetable, WeekCycle};

use crate::{MONDAY, PERIOD, School};

/// The subjects of grade 7 and their hours a week, after the federal plan with 33 hours.
const SUBJECTS: [(&str, u8); 16] = [
    ("Русский язык", 4),
    ("Литература", 2),
    ("Английский язык", 3),
    ("Алгебра", 3),
    ("Геометрия", 2),
    ("Вероятность и статистика", 1),
    ("Информатика", 1),
    ("История", 3),
    ("География", 2),
    ("Физика", 2),
    ("Биология", 2),
    ("Изобразительное искусство", 1),
    ("Музыка", 1),
    ("Технология", 2),
    ("Физическая культура", 3),
    ("Разговоры о важном", 1),
];
/// The subject that two subgroups have at one time.
const DIVIDED: usize = 2;
const TOPIC: &str = "Сложение и вычитание дробей с разными знаменателями";
const HOMEWORK: &str = "§ 14, № 312–318, повторить правила на с. 87";

/// The class «7А» of a [`School`] with its full week, its calendar, and a period near its end. The first pupil is the one
/// whose diary is read.
#[derive(Debug)]
pub struct BusyClass {
    school: School,
    slots: Vec<Slot>,
}

impl BusyClass {
    /// The class of a school that has been written already.
    pub fn of(school: &School) -> Self {
        let mut class = Self {
            school: school.clone(),
            slots: Vec::new(),
        };
        class.slots = class.week();
        class
    }

    /// The journal of a subject; the second subgroup of the divided one comes after all others.
    fn journal(number: usize) -> GroupId {
        GroupId::from_bits(700 + number as u128)
    }

    /// 33 lessons over five days, English twice side by side: 36 slots.
    fn week(&self) -> Vec<Slot> {
        let hours = SUBJECTS
            .iter()
            .enumerate()
            .flat_map(|(subject, (_, hours))| (0..*hours).map(move |hour| (subject, hour)));
        let mut order: Vec<_> = hours.collect();
        order.sort_by_key(|(subject, hour)| (*hour, *subject));
        let mut slots = Vec::new();
        for (place, (subject, _)) in order.into_iter().enumerate() {
            let (day, number) = (place % 5, place / 5 + 1);
            slots.push(self.slot(day, number, subject, Self::journal(subject)));
            if subject == DIVIDED {
                slots.push(self.slot(day, number, subject, Self::journal(SUBJECTS.len())));
            }
        }
        slots.sort_by_key(|slot| (slot.weekday, slot.number));
        slots
    }

    fn slot(&self, day: usize, number: usize, subject: usize, group: GroupId) -> Slot {
        let start = time(8, 30, 0, 0) + (55 * (number as i64 - 1)).minutes();
        Slot {
            weekday: Weekday::of(MONDAY.saturating_add((day as i64).days())),
            number: number as u8,
            start,
            end: start + 45.minutes(),
            cycle: WeekCycle::Every,
            group,
            subject: SUBJECTS[subject].0.to_owned(),
            title: "7А".to_owned(),
            teacher: Some(PersonId::from_bits(500 + subject as u128)),
            teacher_name: "Константинопольская\u{a0}А.\u{a0}В.".to_owned(),
            room: (200 + subject).to_string(),
        }
    }

    /// Writes all of it: over the school's own week, calendar and membership of the first pupil.
    pub async fn write(&self, registry: &Table, schedules: &Table, journals: &Table) {
        let owner = Owner::Class(self.school.class);
        over(
            schedules,
            Timetable::new(owner, self.school.institution, self.slots.clone()),
        )
        .await;
        let calendar = InstitutionCalendar {
            time_zone: "Europe/Moscow".to_owned(),
            days_off: days_off(),
        };
        over(
            schedules,
            InstitutionDays {
                institution: self.school.institution,
                calendar,
            },
        )
        .await;
        self.write_pupil(registry).await;
        self.hold_week(journals).await;
        let pupil = self.school.pupils[0];
        for (subject, (name, hours)) in SUBJECTS.iter().enumerate() {
            let marks = usize::from(*hours) * 2 + 2;
            write_row(
                journals,
                Self::journal(subject),
                pupil,
                name,
                marks,
                usize::from(*hours),
            )
            .await;
        }
    }

    /// The pupil learns in 16 groups and has two parents.
    async fn write_pupil(&self, registry: &Table) {
        let pupil = self.school.pupils[0];
        let name = PersonName::parse("Александров", "Константин", Some("Владимирович")).expect("a name");
        let mut class = self
            .school
            .membership(pupil, &name, self.school.class, MemberRole::Pupil);
        debug_assert_eq!(class.group_kind, GroupKind::Class);
        let learns = |subject| LearnsIn {
            group: Self::journal(subject),
            from: Some(date(2026, 9, 1)),
            until: None,
        };
        class.learns_in = (0..SUBJECTS.len()).map(learns).collect();
        over(registry, class).await;
        let other_parent = Guardianship {
            guardian: PersonId::from_bits(4),
            guardian_name: name.clone(),
            child: pupil,
            child_name: name,
            source: GuardianshipSource::Gosuslugi,
            revoked_at: None,
        };
        let sides = other_parent.create().expect("items");
        registry.write(sides.into()).await.expect("written");
    }

    /// Every lesson of the week was held: a topic each, homework for half of them.
    async fn hold_week(&self, journals: &Table) {
        for (number, slot) in self.slots.iter().enumerate() {
            let date = MONDAY.saturating_add((i64::from(slot.weekday.number()) - 1).days());
            let lesson = ClassLesson {
                journal: slot.group,
                lesson: LessonKey {
                    date,
                    number: slot.number,
                },
                subject: slot.subject.clone(),
                topic: TOPIC.to_owned(),
                homework: (number % 2 == 0).then(homework),
            };
            let shown = lesson.show(self.school.class, true).expect("a write");
            journals.write(vec![shown]).await.expect("shown");
        }
    }
}

/// Fills the algebra journal of a school: so many lessons, and for every pupil a mark at each of them.
pub async fn fill_journal(school: &School, journals: &Table, lessons: usize) {
    let period: PeriodId = PERIOD.parse().expect("a period");
    let state = PeriodState::new(school.algebra, period, MarkingSettings::default());
    crate::put(journals, state).await;
    for key in lesson_keys(lessons) {
        let lesson = Lesson {
            journal: school.algebra,
            period: PERIOD.parse().expect("a period"),
            lesson: key,
            subject: "Алгебра".to_owned(),
            classes: vec![school.class],
            topic: TOPIC.to_owned(),
            homework: Some(homework()),
            works: vec![Work::answers()],
            opened_by: school.teacher,
        };
        crate::put(journals, lesson).await;
    }
    for pupil in &school.pupils {
        write_row(journals, school.algebra, *pupil, "Алгебра", lessons, 0).await;
    }
}

fn homework() -> Homework {
    Homework {
        pupils: vec![],
        due: None,
        text: HOMEWORK.to_owned(),
        minutes: Some(25),
    }
}

/// Lessons on the working days of the period, up to two a day.
fn lesson_keys(lessons: usize) -> impl Iterator<Item = LessonKey> {
    let days = date(2026, 11, 9)
        .series(1.days())
        .filter(|day| Weekday::of(*day).number() <= 6);
    days.flat_map(|date| [2, 5].map(|number| LessonKey { date, number }))
        .take(lessons)
}

async fn write_row(
    journals: &Table,
    journal: GroupId,
    pupil: PersonId,
    subject: &str,
    marks: usize,
    missed: usize,
) {
    let row = RowKey {
        journal,
        period: PERIOD.parse().expect("a period"),
        pupil,
    };
    for (number, lesson) in lesson_keys(marks + missed).enumerate() {
        let kind = WorkKind::ALL[number % WorkKind::ALL.len()];
        let mark = CellMark {
            work: WorkId::FIRST,
            mark: Mark::Grade(3 + (number % 3) as u8),
            kind,
            weight: kind.proposed_weight(),
            publication: Publication::AT_ONCE,
        };
        let value = CellValue {
            attendance: (number >= marks).then_some(Attendance::Ill),
            marks: if number < marks { vec![mark] } else { vec![] },
            comment: None,
        };
        let cell = Cell { version: 1, value };
        let head = RowHead {
            key: &row,
            subject,
            rule: MarkingRule::USUAL,
        };
        let set = head.set_cell(lesson, &cell);
        journals.write(vec![set]).await.expect("the cell is set");
    }
}

/// Breaks and holidays of 2026/27.
fn days_off() -> Vec<DayOff> {
    let break_of = |title: &'static str, first: Date, days: i64| {
        first
            .series(1.days())
            .take(days as usize)
            .map(move |date| DayOff {
                date,
                title: title.to_owned(),
                kind: DayOffKind::Break,
            })
    };
    let holiday = |date, title: &str| DayOff {
        date,
        title: title.to_owned(),
        kind: DayOffKind::Holiday,
    };
    break_of("Осенние каникулы", date(2026, 10, 26), 14)
        .chain(break_of("Зимние каникулы", date(2026, 12, 30), 12))
        .chain([
            holiday(date(2027, 2, 22), "Выходной, перенесённый с 20 февраля"),
            holiday(date(2027, 2, 23), "День защитника Отечества"),
            holiday(date(2027, 3, 8), "Международный женский день"),
        ])
        .chain(break_of("Весенние каникулы", date(2027, 3, 27), 9))
        .chain([
            holiday(date(2027, 5, 1), "Праздник Весны и Труда"),
            holiday(date(2027, 5, 3), "Выходной, перенесённый с 1 мая"),
            holiday(date(2027, 5, 9), "День Победы"),
            holiday(date(2027, 5, 10), "Выходной, перенесённый с 9 мая"),
        ])
        .collect()
}

/// Puts a record over the one that the school has already.
async fn over<T: Record + Serialize>(table: &Table, record: T) {
    let write = Write::replace(&Stored::following(record, 1), 1).expect("an item");
    table.write(vec![write]).await.expect("the item is written");
}
