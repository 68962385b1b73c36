//! Institutions, periods, courses, classes.

use std::collections::BTreeSet;

use super::{TIME_ZONE, Table};
use crate::{
    calendar::{SESSIONS, YEAR},
    world::{Homeroom, Org, World},
};

pub(super) fn orgs() -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,\
         metadata.institutionKind,metadata.timezone",
    );
    for org in Org::ALL {
        table.row([
            org.id(),
            "",
            "",
            org.name(),
            "school",
            "",
            "",
            org.kind(),
            TIME_ZONE,
        ]);
    }
    table.done()
}

pub(super) fn sessions() -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
    );
    for session in SESSIONS {
        let parent = if session.id == YEAR { "" } else { YEAR };
        let (start, end) = (session.start.to_string(), session.end.to_string());
        table.row([
            session.id,
            "",
            "",
            session.title,
            session.kind,
            &start,
            &end,
            parent,
            "2027",
        ]);
    }
    table.done()
}

/// The course under which a class as such stands: OneRoster gives every class one.
fn homeroom_course(org: Org) -> String {
    format!("{}-homeroom", org.id())
}

pub(super) fn courses(world: &World) -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,\
         subjects,subjectCodes",
    );
    for org in Org::ALL {
        let title = if org == Org::Kindergarten {
            "Группа"
        } else {
            "Классный час"
        };
        table.row([
            &homeroom_course(org),
            "",
            "",
            YEAR,
            title,
            "",
            "",
            org.id(),
            title,
            "",
        ]);
    }
    let mut written = BTreeSet::new();
    for group in &world.groups {
        if written.insert(&group.course) {
            let class = &world.homerooms[group.homeroom];
            let grade = grade_of(class);
            table.row([
                &group.course,
                "",
                "",
                YEAR,
                group.subject,
                "",
                &grade,
                class.org.id(),
                group.subject,
                "",
            ]);
        }
    }
    table.done()
}

fn grade_of(class: &Homeroom) -> String {
    class.grade.map(|grade| grade.to_string()).unwrap_or_default()
}

pub(super) fn classes(world: &World) -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
         schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,metadata.homeroomSourcedIds",
    );
    for class in &world.homerooms {
        let (course, terms) = (homeroom_course(class.org), class.terms.join(","));
        let grade = grade_of(class);
        let org = class.org.id();
        table.row([
            &class.id,
            "",
            "",
            &class.title,
            &grade,
            &course,
            "",
            "homeroom",
            "",
            org,
            &terms,
            "",
            "",
            "",
            "",
        ]);
    }
    for group in &world.groups {
        let class = &world.homerooms[group.homeroom];
        let (grade, terms) = (grade_of(class), class.terms.join(","));
        let org = class.org.id();
        table.row([
            &group.id,
            "",
            "",
            &group.title,
            &grade,
            &group.course,
            "",
            "scheduled",
            &group.room,
            org,
            &terms,
            group.subject,
            "",
            "",
            &class.id,
        ]);
    }
    table.done()
}
