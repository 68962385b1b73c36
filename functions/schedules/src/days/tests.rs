use jiff::civil::{date, time};
use model::{DayOff, DayOffKind};
use timetables::{GroupsOff, Owner, Timetable, WeekCycle};

use super::*;

const SCHOOL: InstitutionId = InstitutionId::from_bits(1);
const COLLEGE: InstitutionId = InstitutionId::from_bits(2);

fn slot(group: u128, weekday: u8, number: u8, start: (i8, i8)) -> Slot {
    let start = time(start.0, start.1, 0, 0);
    Slot {
        weekday: Weekday::try_from(weekday).expect("a weekday"),
        number,
        start,
        end: start.saturating_add(40.minutes()),
        cycle: WeekCycle::Every,
        group: GroupId::from_bits(group),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teacher: None,
        teacher_name: String::new(),
        room: "214".to_owned(),
    }
}

fn calendar(zone: &str, days_off: &[(Date, &str)]) -> InstitutionCalendar {
    let day = |(date, title): &(Date, &str)| DayOff {
        date: *date,
        title: (*title).to_owned(),
        kind: DayOffKind::Holiday,
    };
    InstitutionCalendar {
        time_zone: zone.to_owned(),
        days_off: days_off.iter().map(day).collect(),
    }
}

fn days(slots: Vec<Slot>) -> Days {
    let owner = Owner::Teacher(model::PersonId::from_bits(1));
    let holiday = [(date(2026, 11, 4), "День народного единства")];
    Days {
        plan: WeekPlan {
            timetable: Some(Timetable::new(owner, SCHOOL, slots)),
            calendars: [(SCHOOL, calendar("Europe/Moscow", &holiday))].into(),
            changes: vec![],
        },
        places: HashMap::new(),
    }
}

fn moments(days: &Days, date: Date, now: &str) -> Vec<Option<Moment>> {
    let now = now.parse().expect("a moment");
    days.day(date, now)
        .lessons
        .iter()
        .map(|lesson| lesson.moment)
        .collect()
}

#[test]
fn the_lesson_of_this_hour_and_the_next_one_are_told_by_the_institutions_clock() {
    let monday = date(2026, 11, 23);
    let days = days(vec![
        slot(1, 1, 1, (8, 30)),
        slot(2, 1, 2, (9, 20)),
        slot(3, 1, 3, (10, 20)),
    ]);
    // 09:25 in Moscow.
    let now = "2026-11-23T06:25:00Z";
    assert_eq!(
        moments(&days, monday, now),
        [Some(Moment::Past), Some(Moment::Now), Some(Moment::Next)]
    );
    // A break: 09:15.
    let pause = "2026-11-23T06:15:00Z";
    assert_eq!(
        moments(&days, monday, pause),
        [Some(Moment::Past), Some(Moment::Next), Some(Moment::Later)]
    );
    assert_eq!(moments(&days, date(2026, 11, 30), now), [None, None, None]);
}

#[test]
fn today_begins_when_it_begins_at_the_institution() {
    let mut days = days(vec![]);
    days.plan.calendars = [(SCHOOL, calendar("Asia/Vladivostok", &[]))].into();
    assert_eq!(
        days.today("2026-11-23T15:00:00Z".parse().expect("a moment")),
        date(2026, 11, 24)
    );
}

#[test]
fn a_holiday_of_one_institution_leaves_the_lessons_at_another() {
    let wednesday = date(2026, 11, 4);
    let mut days = days(vec![slot(1, 3, 1, (8, 30)), slot(2, 3, 1, (15, 30))]);
    let now = "2026-11-04T05:00:00Z".parse().expect("a moment");
    let off = days.day(wednesday, now);
    assert_eq!(
        (off.lessons.len(), off.day_off.as_deref()),
        (0, Some("День народного единства"))
    );
    days.plan
        .calendars
        .insert(COLLEGE, calendar("Europe/Moscow", &[]));
    days.places = HashMap::from([(
        GroupId::from_bits(2),
        Place {
            institution: COLLEGE,
            name: "Колледж".to_owned(),
        },
    )]);
    let day = days.day(wednesday, now);
    assert_eq!((day.lessons.len(), day.day_off), (1, None));
    assert_eq!(day.lessons[0].institution.as_deref(), Some("Колледж"));
}

#[test]
fn a_break_of_one_grade_has_its_name() {
    let mut days = days(vec![slot(1, 1, 1, (8, 30))]);
    let monday = date(2027, 2, 15);
    let off = GroupsOff {
        title: "Каникулы первоклассников".to_owned(),
        kind: DayOffKind::Break,
        dates: vec![monday],
        groups: vec![GroupId::from_bits(1)],
    };
    days.plan.timetable.as_mut().expect("a week").groups_off = vec![off];
    let day = days.day(monday, "2027-02-15T05:00:00Z".parse().expect("a moment"));
    assert_eq!(
        (day.lessons.len(), day.day_off.as_deref()),
        (0, Some("Каникулы первоклассников"))
    );
}

#[test]
fn the_day_view_leads_to_the_next_day_with_lessons() {
    let now = "2026-11-23T06:25:00Z".parse().expect("a moment");
    let days = days(vec![slot(1, 1, 1, (8, 30))]);
    let view = days.today_view(None, now);
    assert_eq!(
        (view.day.date, view.next_with_lessons),
        (date(2026, 11, 23), Some(date(2026, 11, 30)))
    );
    let nobody = Days::default().today_view(None, now);
    assert_eq!((nobody.day.lessons.len(), nobody.next_with_lessons), (0, None));
}

#[test]
fn a_week_has_five_days_and_a_sixth_where_saturday_is_taught() {
    let now = "2026-11-23T06:25:00Z".parse().expect("a moment");
    assert_eq!(
        days(vec![slot(1, 1, 1, (8, 30))]).week_view(None, now).days.len(),
        5
    );
    let week = days(vec![slot(1, 6, 1, (8, 30))]).week_view("2026-12-02".parse().ok(), now);
    assert_eq!((week.days.len(), week.monday), (6, date(2026, 11, 30)));
    assert_eq!(
        (week.previous, week.next),
        (date(2026, 11, 23), date(2026, 12, 7))
    );
}
