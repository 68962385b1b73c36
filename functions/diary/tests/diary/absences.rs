//! What a week says of absences that were told, and of those that were not.

use gradebook::{AbsenceReason, ClassNotice, NoticeId, NoticeSender};
use jiff::civil::{Date, date};
use model::AcademicYear;
use testkit::{BusyClass, MONDAY};

use crate::world::World;

/// Writes a notice of a pupil's absence into the weeks of the class, as the journals do.
async fn told(world: &World, pupil: usize, number: u16, (from, until): (Date, Date), sender: NoticeSender) {
    let notice = ClassNotice {
        pupil: world.school.pupils[pupil],
        id: NoticeId {
            year: AcademicYear::of(from),
            number,
        },
        from,
        until,
        reason: AbsenceReason::Illness,
        sender,
        has_document: false,
    };
    let shown = ClassNotice::show(world.school.class, None, Some(&notice));
    world.journals.write(shown).await.expect("shown");
}

#[tokio::test]
async fn each_reader_sees_on_the_covered_days_what_was_told_and_the_way_to_change_it() {
    let world = World::new().await;
    told(&world, 0, 1, (MONDAY, date(2026, 11, 24)), NoticeSender::Family).await;
    let path = format!("/diary/{}", world.child(0));
    for (reader, words) in [
        ("parent", "Семья сообщила: болеет, 23–24\u{a0}ноября"),
        ("pupil", "Семья сообщила: болеет, 23–24\u{a0}ноября"),
        ("head", "Семья сообщила: болеет"),
    ] {
        let week = world.page(reader, &path).await;
        assert_eq!(week.text.matches(words).count(), 2, "{reader}: {}", week.text);
        let day = world.page(reader, &format!("{path}/day?date=2026-11-24")).await;
        assert!(day.text.contains(words), "{reader}: {}", day.text);
        let day = world.page(reader, &format!("{path}/day?date=2026-11-25")).await;
        assert!(!day.text.contains(words), "{reader}");
    }
    let week = world.page("parent", &path).await;
    let notices = format!(
        "/journals/notices/{}?institution={}",
        world.child(0),
        world.school.institution
    );
    assert!(
        week.text.contains(&format!("href=\"{notices}\"")),
        "{}",
        week.text
    );
    let json = world.api("parent", &format!("/api{path}")).await.json();
    assert_eq!(json["days"][1]["absence"]["reason"], "illness");
    assert!(json["days"][2].get("absence").is_none());
}

#[tokio::test]
async fn what_the_school_wrote_down_is_not_said_to_come_from_the_reader() {
    let world = World::new().await;
    told(&world, 0, 1, (MONDAY, MONDAY), NoticeSender::School).await;
    let week = world.page("parent", &format!("/diary/{}", world.child(0))).await;
    assert!(
        week.text.contains("Школе сообщили: болеет, 23\u{a0}ноября"),
        "{}",
        week.text
    );
}

#[tokio::test]
async fn of_a_classmate_nothing_is_said() {
    let world = World::new().await;
    told(&world, 1, 1, (MONDAY, MONDAY), NoticeSender::Family).await;
    for path in ["", "/day"] {
        let page = world
            .page("parent", &format!("/diary/{}{path}", world.child(0)))
            .await;
        assert!(!page.text.contains("сообщил"), "{}", page.text);
    }
    let json = world
        .api("parent", &format!("/api/diary/{}", world.child(0)))
        .await;
    assert!(!json.text.contains("absence\":{"), "{}", json.text);
}

#[tokio::test]
async fn a_parent_is_led_to_telling_an_absence_with_its_day_filled_in() {
    let world = World::new().await;
    let link = |child: usize, day: &str| {
        format!(
            "/journals/notices/{}?institution={}&#38;date={day}",
            world.child(child),
            world.school.institution
        )
    };
    let week = world.page("parent", &format!("/diary/{}", world.child(0))).await;
    assert!(week.text.contains(&link(0, "2026-11-23")), "{}", week.text);
    assert!(
        !week.text.contains(&link(0, "2026-11-24")),
        "no lessons are held then"
    );
    let pupil = world.page("pupil", &format!("/diary/{}", world.child(0))).await;
    assert!(
        !pupil.text.contains("/journals/notices/"),
        "the child reads and does not send"
    );
    // The second pupil was marked as absent and nobody has said why.
    let week = world.page("teacher", &format!("/diary/{}", world.child(1))).await;
    assert!(week.text.contains("Сообщить причину отсутствия"), "{}", week.text);
    for (now, is_there) in [("2026-11-26T06:00:00Z", true), ("2026-11-27T06:00:00Z", false)] {
        let path = format!("/diary/{}?date=2026-11-23", world.child(1));
        let week = world.later(now).page("teacher", &path).await;
        assert_eq!(
            week.text.contains(&link(1, "2026-11-23")),
            is_there,
            "{now}: {}",
            week.text
        );
    }
    told(&world, 1, 1, (MONDAY, MONDAY), NoticeSender::Family).await;
    let week = world.page("teacher", &format!("/diary/{}", world.child(1))).await;
    assert!(!week.text.contains("Сообщить причину отсутствия"), "it was told");
}

#[tokio::test]
async fn notices_cost_a_week_no_call_and_at_most_half_a_unit() {
    let world = World::empty().await;
    BusyClass::of(&world.school)
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    for number in 1..=6 {
        told(
            &world,
            usize::from(number % 3),
            number,
            (MONDAY, date(2026, 11, 28)),
            NoticeSender::Family,
        )
        .await;
    }
    let (_, used) = store::metered(world.api("parent", &format!("/api/diary/{}", world.child(0)))).await;
    assert!(used.calls == 4 && used.units <= 4.5, "{used:?}");
}
