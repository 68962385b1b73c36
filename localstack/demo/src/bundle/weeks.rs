//! The timetable, bells and days off: this platform's files beside OneRoster's.

use super::Table;
use crate::{
    calendar::{self, ART_BELLS, Bells, COLLEGE_BELLS, FEBRUARY_BREAK, FIRST_GRADE_BELLS, SCHOOL_BELLS},
    people::People,
    world::{Org, World},
};

pub(super) fn timetable(world: &World) -> Table {
    let mut table = Table::new("classSourcedId,weekday,lessonNumber,room,week,teacherSourcedId");
    for lesson in &world.lessons {
        let group = &world.groups[lesson.group];
        let teacher = People::sourced_id(group.teacher);
        let (weekday, number) = (lesson.weekday.to_string(), lesson.number.to_string());
        table.row([&group.id, &weekday, &number, &group.room, "*", &teacher]);
    }
    table.done()
}

pub(super) fn bells() -> Table {
    let mut table = Table::new("orgSourcedId,shift,grades,lessonNumber,startTime,endTime");
    let regimes: [(Org, &str, Bells); 4] = [
        (Org::School, "1", FIRST_GRADE_BELLS),
        (Org::School, "2-11", SCHOOL_BELLS),
        (Org::College, "", COLLEGE_BELLS),
        (Org::ArtSchool, "", ART_BELLS),
    ];
    for (org, grades, bells) in regimes {
        for (number, (start, end)) in bells.iter().enumerate() {
            table.row([org.id(), "1", grades, &(number + 1).to_string(), start, end]);
        }
    }
    table.done()
}

pub(super) fn days_off() -> Table {
    let mut table = Table::new("orgSourcedId,date,title,kind,grades");
    for org in Org::ALL {
        // The kindergarten works through breaks, the college has only those of winter.
        let quarters = matches!(org, Org::School | Org::ArtSchool);
        for (date, (title, kind)) in calendar::days_off(quarters) {
            if org == Org::Kindergarten && kind == "break" {
                continue;
            }
            table.row([org.id(), &date.to_string(), title, kind, ""]);
        }
    }
    let (title, start, end) = FEBRUARY_BREAK;
    for date in calendar::days_between(start, end) {
        table.row([Org::School.id(), &date.to_string(), title, "break", "1"]);
    }
    table.done()
}
