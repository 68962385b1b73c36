//! What may be told of an absence, and how it may be changed.

use jiff::civil::date;
use model::{GroupId, InstitutionId};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 23);

fn day(offset: i64) -> Date {
    TODAY.saturating_add(offset.days())
}

fn signed(person: u128) -> Signed {
    Signed {
        at: "2026-11-23T10:00:00Z".parse().expect("a moment"),
        by: PersonId::from_bits(person),
        by_name: "Андреева М. О.".to_owned(),
    }
}

fn list() -> PupilNotices {
    PupilNotices::new(
        PersonId::from_bits(1_000),
        InstitutionId::from_bits(1),
        AcademicYear::of(TODAY),
    )
}

fn new(from: i64, until: i64) -> NewNotice {
    NewNotice {
        from: day(from),
        until: day(until),
        reason: AbsenceReason::Illness,
        text: "Температура".to_owned(),
    }
}

fn parsed(from: i64, until: i64, sender: NoticeSender) -> Result<NewNotice, NoticeError> {
    let days = (day(from).to_string(), day(until).to_string());
    NewNotice::parse((&days.0, &days.1), "illness", " Темпе\n ратура ", sender, TODAY)
}

fn sent(list: &mut PupilNotices, new: NewNotice, person: u128) -> Sent {
    send(
        list,
        new,
        (NoticeSender::Family, GroupId::from_bits(7)),
        signed(person),
    )
    .expect("it is taken")
}

fn in_force(from: i64, until: i64) -> Notice {
    let Sent::New(notice) = sent(&mut list(), new(from, until), 3) else {
        panic!("a new notice");
    };
    notice
}

fn change(notice: &Notice, wanted: Wanted) -> Result<Option<Notice>, NoticeError> {
    changed(notice, wanted, &signed(3), TODAY)
}

#[test]
fn a_family_tells_an_absence_from_three_days_ago_to_a_term_ahead_and_of_a_month_at_most() {
    use NoticeSender::{Family, School};
    let taken = parsed(0, 4, Family).expect("it is taken");
    assert_eq!((taken.from, taken.until), (day(0), day(4)));
    assert_eq!(taken.text, "Темпе ратура");
    assert!(parsed(-3, -3, Family).is_ok() && parsed(-7, 0, School).is_ok());
    assert_eq!(parsed(-4, 0, Family), Err(NoticeError::TooEarly));
    assert_eq!(parsed(-8, 0, School), Err(NoticeError::TooEarly));
    assert_eq!(parsed(1, 0, Family), Err(NoticeError::Order));
    assert!(parsed(0, 30, Family).is_ok());
    assert_eq!(parsed(0, 31, Family), Err(NoticeError::TooLong));
    assert!(parsed(92, 92, Family).is_ok());
    assert_eq!(parsed(93, 93, Family), Err(NoticeError::TooLate));
    let parse = |from, until, reason, text: &str| {
        NewNotice::parse((from, until), reason, text, Family, TODAY).map(|new| new.until)
    };
    assert_eq!(parse("2026-11-24", "", "event", ""), Ok(date(2026, 11, 24)));
    assert_eq!(parse("завтра", "", "event", ""), Err(NoticeError::Unreadable));
    assert_eq!(
        parse("2026-11-24", "", "boredom", ""),
        Err(NoticeError::Unreadable)
    );
    assert_eq!(
        parse("2026-11-24", "", "event", &"я".repeat(201)),
        Err(NoticeError::Text)
    );
}

#[test]
fn the_same_told_twice_by_one_person_is_one_notice() {
    let mut list = list();
    let first = sent(&mut list, new(0, 4), 3);
    assert_eq!(
        sent(&mut list, new(0, 4), 3),
        Sent::Repeated(list.notices[0].clone())
    );
    assert_eq!(
        (first, list.notices.len()),
        (Sent::New(list.notices[0].clone()), 1)
    );
    // Another parent, other days, or the same once more after it was withdrawn are something new.
    assert!(matches!(sent(&mut list, new(0, 4), 4), Sent::New(_)));
    assert!(matches!(sent(&mut list, new(0, 5), 3), Sent::New(_)));
    list.notices[0].is_withdrawn = true;
    assert!(matches!(sent(&mut list, new(0, 4), 3), Sent::New(notice) if notice.number == 4));
}

#[test]
fn a_pupil_has_at_most_a_hundred_notices_a_year() {
    let mut list = list();
    for number in 0..100 {
        sent(
            &mut list,
            new(0, number % 30),
            100 + u128::from(number.unsigned_abs()),
        );
    }
    let more = send(
        &mut list,
        new(1, 1),
        (NoticeSender::Family, GroupId::from_bits(7)),
        signed(3),
    );
    assert_eq!(more, Err(NoticeError::TooMany));
}

#[test]
fn what_is_withdrawn_keeps_the_days_that_are_over() {
    let ahead = change(&in_force(0, 4), Wanted::Withdrawn)
        .expect("withdrawn")
        .expect("changed");
    assert!(ahead.is_withdrawn && !ahead.covers(day(0)));
    assert_eq!((ahead.changes[0].before, ahead.changes[0].until), (day(4), None));
    assert_eq!(change(&ahead, Wanted::Withdrawn), Ok(None), "a second click");
    let begun = change(&in_force(-2, 4), Wanted::Withdrawn)
        .expect("withdrawn")
        .expect("changed");
    assert_eq!((begun.is_withdrawn, begun.until), (false, day(-1)));
    assert_eq!(change(&begun, Wanted::Withdrawn), Ok(None), "a second click");
    assert_eq!(
        change(&in_force(-3, -2), Wanted::Withdrawn),
        Err(NoticeError::Over)
    );
}

#[test]
fn a_notice_becomes_shorter_and_never_longer() {
    let notice = in_force(-2, 4);
    let shorter = change(&notice, Wanted::Shorter(day(1)))
        .expect("shorter")
        .expect("changed");
    assert_eq!((shorter.until, shorter.changes[0].before), (day(1), day(4)));
    assert_eq!(
        change(&shorter, Wanted::Shorter(day(1))),
        Ok(None),
        "a second click"
    );
    assert_eq!(
        change(&shorter, Wanted::Shorter(day(4))),
        Err(NoticeError::NotShorter)
    );
    assert_eq!(
        change(&notice, Wanted::Shorter(day(-2))),
        Err(NoticeError::Over),
        "yesterday has been told"
    );
    assert_eq!(change(&notice, Wanted::Shorter(day(-3))), Err(NoticeError::Order));
    assert_eq!(
        change(&in_force(-3, -1), Wanted::Shorter(day(-2))),
        Err(NoticeError::Over)
    );
}

#[test]
fn a_document_is_received_once_also_when_the_days_are_over() {
    let notice = in_force(-3, -1);
    let documented = change(&notice, Wanted::Documented)
        .expect("received")
        .expect("changed");
    assert_eq!(
        documented.document.as_ref().map(|by| by.by),
        Some(PersonId::from_bits(3))
    );
    assert_eq!(change(&documented, Wanted::Documented), Ok(None));
    let withdrawn = Notice {
        is_withdrawn: true,
        ..notice
    };
    assert_eq!(change(&withdrawn, Wanted::Documented), Err(NoticeError::Over));
}

#[test]
fn the_page_says_on_which_days_a_later_notice_holds() {
    let mut list = list();
    sent(&mut list, new(0, 9), 3);
    sent(&mut list, new(2, 3), 3);
    sent(&mut list, new(6, 12), 3);
    let year = AcademicYear::of(TODAY);
    let all = listed(&[(year, list)]);
    let of = |place: usize| (all[place].id.number, all[place].superseded.clone());
    assert_eq!(of(2), (1, vec![(day(2), day(3)), (day(6), day(9))]));
    assert_eq!((of(1), of(0)), ((2, vec![]), (3, vec![])));
}

proptest! {
    #[test]
    fn no_change_gives_a_notice_a_day_that_it_had_not_or_takes_one_that_is_over(
        from in -3i64..10, days in 0i64..31, wanted in prop::collection::vec((0u8..3, -5i64..45), 1..6)
    ) {
        let told = in_force(from, from + days);
        let mut notice = told.clone();
        for (kind, until) in wanted {
            let wanted = match kind {
                0 => Wanted::Withdrawn,
                1 => Wanted::Documented,
                _ => Wanted::Shorter(day(until)),
            };
            if let Ok(Some(after)) = change(&notice, wanted) {
                notice = after;
            }
            for offset in -5..45 {
                let (before, after) = (told.covers(day(offset)), notice.covers(day(offset)));
                prop_assert!(before || !after);
                prop_assert!(offset >= 0 || before == after);
            }
        }
    }

    #[test]
    fn each_day_is_superseded_exactly_where_a_later_notice_covers_it(
        spans in prop::collection::vec((0i64..40, 0i64..31), 1..6)
    ) {
        let mut list = list();
        for (place, (from, days)) in spans.iter().enumerate() {
            sent(&mut list, new(*from, from + days), 10 + place as u128);
        }
        for listed in listed(&[(AcademicYear::of(TODAY), list.clone())]) {
            for offset in 0..75 {
                let date = day(offset);
                let said = listed.superseded.iter().any(|(first, last)| (*first..=*last).contains(&date));
                let later = list.notices.iter().any(|other| other.number > listed.id.number && other.covers(date));
                prop_assert_eq!(said, later && listed.notice.covers(date));
            }
        }
    }
}
