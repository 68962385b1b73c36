//! A calendar as text: RFC 5545, with the names of RFC 7986.
//!
//! Times are in UTC: each lesson is an event of its own, so that no rule of a time zone is needed, and every program reads
//! them. Events keep their names from reading to reading; whatever differs has a later stamp and sequence.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// An event of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedEvent {
    /// Its name, the same at every reading.
    pub(crate) uid: String,
    /// Grows with every change in its week.
    pub(crate) sequence: u64,
    /// When it was last changed.
    pub(crate) stamp: Timestamp,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) summary: String,
    pub(crate) location: String,
    pub(crate) description: String,
    /// Whether it is called off: then it stays in the calendar and says so.
    pub(crate) is_cancelled: bool,
}

/// How often programs shall look for changes.
pub(crate) const REFRESH: &str = "PT1H";

/// The calendar's text: lines of at most 75 octets, CRLF between them.
pub(crate) fn text(name: &str, events: &[FeedEvent]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//My School//Timetable//RU"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"))
        .append_property(a_text("NAME", name))
        .append_property(a_text("X-WR-CALNAME", name))
        .append_property(
            Property::new("REFRESH-INTERVAL", REFRESH)
                .add_parameter("VALUE", "DURATION")
                .done(),
        )
        .append_property(("X-PUBLISHED-TTL", REFRESH));
    for event in events {
        calendar.push(component(event));
    }
    folded(&calendar.to_string())
}

/// The most octets that a line may have, its end not counted (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// The text with its lines folded anew: the crate's own folding leaves the last part of a line one octet too long where it
/// just fits without the space before it.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / LONGEST_LINE);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut room = LONGEST_LINE;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                folded.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            room -= letter.len_utf8();
            folded.push(letter);
        }
        folded.push_str("\r\n");
    }
    folded
}

fn component(event: &FeedEvent) -> Event {
    let mut found = Event::with_uid(&event.uid);
    found
        .summary(&plain(&event.summary))
        .add_property("DTSTAMP", utc(event.stamp))
        .add_property("LAST-MODIFIED", utc(event.stamp))
        .add_property("DTSTART", utc(event.start))
        .add_property("DTEND", utc(event.end))
        .add_property("SEQUENCE", event.sequence.to_string());
    if !event.location.is_empty() {
        found.location(&plain(&event.location));
    }
    if !event.description.is_empty() {
        found.description(&plain(&event.description));
    }
    if event.is_cancelled {
        found
            .status(EventStatus::Cancelled)
            .add_property("TRANSP", "TRANSPARENT");
    } else {
        found.status(EventStatus::Confirmed);
    }
    found.done()
}

/// A property whose value is text, for names that the crate does not know as such.
fn a_text(name: &str, value: &str) -> Property {
    Property::new(name, plain(value))
        .add_parameter("VALUE", "TEXT")
        .done()
}

/// A text in one line: a control character would break the lines of the file.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The moment of a local time. One that the clocks skip or have twice is taken as they did before.
pub(crate) fn moment(local: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use calcard::icalendar::{ICalendar, ICalendarProperty};
    use proptest::prelude::*;

    use super::*;

    fn event(number: u32, text: &str) -> FeedEvent {
        let start = "2026-11-23T05:30:00Z".parse().expect("a moment");
        FeedEvent {
            uid: format!("2026-11-23-{number:02}@ins"),
            sequence: number.into(),
            stamp: start,
            start,
            end: start + jiff::SignedDuration::from_mins(45),
            summary: text.to_owned(),
            location: text.to_owned(),
            description: text.to_owned(),
            is_cancelled: number.is_multiple_of(2),
        }
    }

    fn parsed(text: &str) -> ICalendar {
        ICalendar::parse(text).expect("another program reads the calendar")
    }

    /// The texts of a property of all events.
    fn texts(calendar: &ICalendar, name: &ICalendarProperty) -> Vec<String> {
        let events = calendar.components.iter();
        events
            .flat_map(|component| component.properties(name))
            .filter_map(|entry| Some(entry.values.first()?.as_text()?.to_owned()))
            .collect()
    }

    proptest! {
        #[test]
        fn every_line_has_at_most_75_octets_and_texts_read_back(
            words in proptest::collection::vec("[а-яёa-z,;\\\\: \"]{1,90}", 1..4),
        ) {
            let events: Vec<FeedEvent> = words
                .iter()
                .enumerate()
                .map(|(number, text)| event(number as u32, text))
                .collect();
            let text = text("Имя, с запятой; и точкой", &events);
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
                prop_assert!(!line.contains(['\r', '\n']), "{line}");
            }
            let calendar = parsed(&text);
            prop_assert_eq!(&texts(&calendar, &ICalendarProperty::Summary), &words);
            prop_assert_eq!(&texts(&calendar, &ICalendarProperty::Location), &words);
            prop_assert_eq!(&texts(&calendar, &ICalendarProperty::Description), &words);
        }
    }

    #[test]
    fn a_calendar_is_what_programs_expect() {
        let text = text("Расписание 7А", &[event(1, "Алгебра"), event(2, "История")]);
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//My School//Timetable//RU
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        NAME;VALUE=TEXT:Расписание 7А
        X-WR-CALNAME;VALUE=TEXT:Расписание 7А
        REFRESH-INTERVAL;VALUE=DURATION:PT1H
        X-PUBLISHED-TTL:PT1H
        BEGIN:VEVENT
        DESCRIPTION:Алгебра
        DTEND:20261123T061500Z
        DTSTAMP:20261123T053000Z
        DTSTART:20261123T053000Z
        LAST-MODIFIED:20261123T053000Z
        LOCATION:Алгебра
        SEQUENCE:1
        STATUS:CONFIRMED
        SUMMARY:Алгебра
        UID:2026-11-23-01@ins
        END:VEVENT
        BEGIN:VEVENT
        DESCRIPTION:История
        DTEND:20261123T061500Z
        DTSTAMP:20261123T053000Z
        DTSTART:20261123T053000Z
        LAST-MODIFIED:20261123T053000Z
        LOCATION:История
        SEQUENCE:2
        STATUS:CANCELLED
        SUMMARY:История
        TRANSP:TRANSPARENT
        UID:2026-11-23-02@ins
        END:VEVENT
        END:VCALENDAR
        ");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_control_character_does_not_break_the_lines() {
        let text = text("x", &[event(1, "а\r\nATTENDEE:mailto:x\u{7}")]);
        assert!(text.contains("SUMMARY:а  ATTENDEE:mailto:x \r\n"), "{text}");
    }

    #[test]
    fn a_local_time_is_a_moment_also_when_the_clocks_change() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let at = |text: &str| moment(text.parse().expect("a time"), &zone).to_string();
        assert_eq!(at("2026-11-23T08:30"), "2026-11-23T07:30:00Z");
        assert_eq!(at("2026-03-29T02:30"), "2026-03-29T01:30:00Z");
    }
}
