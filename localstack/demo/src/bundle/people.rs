//! People, their roles, where they belong.

use std::collections::BTreeSet;

use model::Sex;

use super::Table;
use crate::{
    calendar::{FIRST_DAY, LAST_DAY},
    people::{People, PersonIndex},
    world::{Org, World},
};

pub(super) fn users(world: &World) -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,\
         middleName,identifier,email,sms,phone,agentSourcedIds,grades,userMasterIdentifier,\
         primaryOrgSourcedId,metadata.snils",
    );
    let mut agents = vec![Vec::new(); world.people.iter().count()];
    for guardianship in &world.guardianships {
        agents[guardianship.child].push(People::sourced_id(guardianship.adult));
    }
    let mut home: Vec<&str> = vec![""; agents.len()];
    for role in world.roles.iter().rev() {
        home[role.person] = role.org.id();
    }
    for (index, person) in world.people.iter() {
        let name = &person.name;
        let patronymic = name.patronymic.as_deref().unwrap_or("");
        let digits = person.snils.digits();
        let snils = format!(
            "{}-{}-{} {}",
            &digits[..3],
            &digits[3..6],
            &digits[6..9],
            &digits[9..]
        );
        let (id, agents) = (People::sourced_id(index), agents[index].join(","));
        table.row([
            &id,
            "",
            "",
            "true",
            &id,
            "",
            &name.given,
            &name.family,
            patronymic,
            "",
            "",
            "",
            "",
            &agents,
            "",
            "",
            home[index],
            &snils,
        ]);
    }
    table.done()
}

pub(super) fn roles(world: &World) -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
         orgSourcedId,userProfileSourcedId",
    );
    let mut seen = BTreeSet::new();
    for (number, role) in world.roles.iter().enumerate() {
        let kind = if seen.insert(role.person) {
            "primary"
        } else {
            "secondary"
        };
        let (id, user) = (format!("r{:05}", number + 1), People::sourced_id(role.person));
        table.row([&id, "", "", &user, kind, role.word, "", "", role.org.id(), ""]);
    }
    table.done()
}

pub(super) fn enrollments(world: &World) -> Table {
    let mut table = Table::new(
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,\
         beginDate,endDate",
    );
    let (begin, end) = (FIRST_DAY.to_string(), LAST_DAY.to_string());
    let mut add = |class: &str, org: Org, person: PersonIndex, role: &str, primary: bool| {
        let user = People::sourced_id(person);
        let primary = if primary { "true" } else { "false" };
        // Named by what it ties, so that it stays the same when others come and go.
        table.row([
            &format!("{class}/{user}"),
            "",
            "",
            class,
            org.id(),
            &user,
            role,
            primary,
            &begin,
            &end,
        ]);
    };
    for class in &world.homerooms {
        class
            .pupils
            .iter()
            .for_each(|pupil| add(&class.id, class.org, *pupil, "student", false));
        let leaders = class.leaders.iter().enumerate();
        leaders.for_each(|(order, leader)| add(&class.id, class.org, *leader, "teacher", order == 0));
    }
    for group in &world.groups {
        let org = world.homerooms[group.homeroom].org;
        group
            .pupils
            .iter()
            .for_each(|pupil| add(&group.id, org, *pupil, "student", false));
        add(&group.id, org, group.teacher, "teacher", true);
    }
    table.done()
}

pub(super) fn demographics(world: &World) -> Table {
    let mut table = Table::new("sourcedId,status,dateLastModified,birthDate,sex");
    for (index, person) in world.people.iter() {
        let sex = match person.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        };
        table.row([
            &People::sourced_id(index),
            "",
            "",
            &person.birth_date.to_string(),
            sex,
        ]);
    }
    table.done()
}
