//! Links to calendars, and the calendars as another program reads them.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue,
};
use model::{Actor, PersonId, Role};
use rosters::HeldRole;
use serde_json::Value;
use testkit::{Answer, Call, ORIGIN};

use super::{changes::put, person, running::Running};

/// Roles as the registry keeps them: a feed is read by these and not by a session's.
pub async fn start() -> Running {
    let running = Running::start().await;
    running
        .school
        .put(super::card(PersonId::from_bits(500), "Завучева"))
        .await;
    for (person, role, institution) in [
        (PersonId::from_bits(500), Role::Deputy, super::school()),
        (person("t1"), Role::Teacher, super::school()),
        (person("t1"), Role::Teacher, super::art_school()),
        (person("t3"), Role::Teacher, super::school()),
    ] {
        running
            .school
            .put(HeldRole {
                person,
                role,
                institution: Some(institution),
                region: None,
                place_name: "Школа".to_owned(),
                from: None,
                until: None,
            })
            .await;
    }
    running
}

pub async fn ask(running: &Running, actor: &Actor, body: &Value) -> Answer {
    Call::new("POST", "/api/schedules/feeds")
        .json(body)
        .bearer(&running.sessions, actor)
        .send(&running.service)
        .await
}

/// A link: its name and the path with the secret.
pub async fn make(running: &Running, actor: &Actor, body: &Value) -> (String, String) {
    let made = ask(running, actor, body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.json();
    let url = made["url"].as_str().expect("an address");
    let path = url.strip_prefix(ORIGIN).expect("our own address").to_owned();
    (made["id"].as_str().expect("a name").to_owned(), path)
}

pub async fn get(running: &Running, path: &str) -> Answer {
    Call::get(path).send(&running.service).await
}

pub async fn read(running: &Running, path: &str) -> ICalendar {
    let answer = get(running, path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    for line in answer.text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    ICalendar::parse(&answer.text).expect("another program reads the calendar")
}

/// The events as another program sees them: name, start, status, sequence, what, where, more.
pub fn events(calendar: &ICalendar) -> Vec<[String; 7]> {
    let is_event =
        |component: &&ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
    let text = |component: &ICalendarComponent, property: ICalendarProperty| {
        let entry = component.property(&property);
        let value = entry.and_then(|entry| entry.values.first());
        value.map_or_else(String::new, |value| match value {
            ICalendarValue::Integer(number) => number.to_string(),
            value => value
                .as_text()
                .map_or_else(|| format!("{value:?}"), str::to_owned),
        })
    };
    calendar
        .components
        .iter()
        .filter(is_event)
        .map(|component| {
            [
                ICalendarProperty::Uid,
                ICalendarProperty::Dtstart,
                ICalendarProperty::Status,
                ICalendarProperty::Sequence,
                ICalendarProperty::Summary,
                ICalendarProperty::Location,
                ICalendarProperty::Description,
            ]
            .map(|property| text(component, property))
        })
        .collect()
}

pub fn of_day<'a>(events: &'a [[String; 7]], day: &str) -> Vec<&'a [String; 7]> {
    events.iter().filter(|event| event[0].starts_with(day)).collect()
}

pub async fn change(running: &Running, lesson: &str, version: u64, body: &Value) {
    let done = put(running, lesson, version, body).await;
    assert_eq!(done.status, 200, "{}", done.text);
}
