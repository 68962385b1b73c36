//! A notice of absence follows the pupil to another class.

use jiff::civil::{Date, date};
use model::{GroupId, GroupKind};
use rosters::{Membership, Rosters};

use super::*;

/// The class «7Б» and its algebra, which the algebra teacher of 7А teaches too.
struct OtherClass {
    class: GroupId,
    algebra: GroupId,
}

impl OtherClass {
    async fn write(world: &World) -> Self {
        let other = Self {
            class: GroupId::from_bits(8),
            algebra: GroupId::from_bits(81),
        };
        let rosters = Rosters::new(world.registry.clone());
        for (like, id) in [
            (world.school.class, other.class),
            (world.school.algebra, other.algebra),
        ] {
            let mut group = rosters.group(like).await.expect("read").expect("a group");
            group.group = id;
            group.title = "7Б".to_owned();
            if group.kind == GroupKind::Teaching {
                group.classes = vec![other.class];
            }
            put(&world.registry, group).await;
        }
        let name = PersonName::parse("Соколова", "Ирина", Some("Сергеевна")).expect("a name");
        let school = &world.school;
        let teaching = school.membership(school.teacher, &name, school.algebra, MemberRole::Teacher);
        put(&world.registry, other.takes(teaching, None)).await;
        other
    }

    /// The membership as one of this class from a day on.
    fn takes(&self, mut membership: Membership, from: Option<Date>) -> Membership {
        membership.group = match membership.group_kind {
            GroupKind::Class => self.class,
            GroupKind::Teaching => self.algebra,
        };
        membership.title = "7Б".to_owned();
        membership.from = from;
        membership
    }

    /// The first pupil changes to this class: there from the day on, in 7А until the day before.
    async fn receive(&self, world: &World, from: Date) {
        let school = &world.school;
        let pupil = school.pupils[0];
        let name = PersonName::parse("Абрамов", "Олег", None).expect("a name");
        for group in [school.class, school.algebra] {
            let membership = school.membership(pupil, &name, group, MemberRole::Pupil);
            let key = Membership::key_of(pupil, group, membership.group_kind, MemberRole::Pupil);
            let left = Write::update_if(key, "SET #until = :until", "attribute_exists(pk)")
                .name("#until", "until")
                .text(":until", from.yesterday().expect("a day").to_string());
            world.registry.write(vec![left]).await.expect("written");
            put(&world.registry, self.takes(membership, Some(from))).await;
        }
    }

    async fn open(&self, world: &World) {
        let path = format!("{}/lessons/{LESSON}", self.base());
        let opened = world
            .put(
                &world.school.teacher_actor(),
                &path,
                0,
                &json!({ "topic": "Дроби" }),
            )
            .await;
        assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    }

    fn base(&self) -> String {
        format!("/api/journals/{}/{PERIOD}", self.algebra)
    }
}

async fn shown(world: &World, base: &str) -> Value {
    world.get(&world.school.teacher_actor(), base).await.json()["notices"].clone()
}

async fn noted(world: &World, base: &str) -> Value {
    let path = format!("{base}/lessons/{LESSON}/absences");
    let noted = post(world, &world.school.teacher_actor(), &path, &json!({})).await;
    assert_eq!(noted.status.as_u16(), 200, "{}", noted.text);
    noted.json()["cells"].clone()
}

#[tokio::test]
async fn the_new_class_proposes_what_was_told_before_the_change_and_the_old_one_no_more() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    tell(&world, "2026-11-20", "2026-11-28", "illness").await;
    let other = OtherClass::write(&world).await;
    other.open(&world).await;
    assert_eq!(shown(&world, &other.base()).await, json!([]), "not theirs yet");
    other.receive(&world, date(2026, 11, 23)).await;
    let told = shown(&world, &other.base()).await;
    assert_eq!(
        (&told[0]["until"], &told[0]["attendance"]),
        (&json!("2026-11-28"), &json!("ill"))
    );
    assert_eq!(
        noted(&world, &world.base()).await,
        json!([]),
        "who has left is proposed nothing"
    );
    let cells = noted(&world, &other.base()).await;
    assert_eq!(cells[0]["entries"][0]["entry"], "б", "{cells}");
    // The class register of the new class knows it, too.
    let head = world.school.actor("head");
    let register = format!("/api/journals/classes/{}/register?date=2026-11-23", other.class);
    let register = world.get(&head, &register).await;
    assert!(register.text.contains("\"2026-11-28\""), "{}", register.text);
}

#[tokio::test]
async fn the_parent_withdraws_it_from_the_new_class_and_nobody_shows_it_any_more() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    tell(&world, "2026-11-23", "2026-11-28", "illness").await;
    let other = OtherClass::write(&world).await;
    other.open(&world).await;
    other.receive(&world, date(2026, 11, 23)).await;
    assert_eq!(listed(&world).await["notices"].as_array().map(Vec::len), Some(1));
    let withdrawn = change(&world, "parent", "2026-1", json!({ "action": "withdraw" })).await;
    assert_eq!(withdrawn.status.as_u16(), 200, "{}", withdrawn.text);
    for base in [world.base(), other.base()] {
        assert_eq!(shown(&world, &base).await, json!([]), "{base}");
    }
    // What is told from now on is told to the new class, and is numbered on.
    let next = tell(&world, "2026-11-24", "2026-11-25", "event").await;
    assert_eq!(next.json()["id"], "2026-2", "{}", next.text);
    let told = shown(&world, &other.base()).await;
    assert_eq!(
        told.as_array().map(Vec::len),
        Some(1),
        "once, though the week and the list tell it"
    );
    assert_eq!(shown(&world, &world.base()).await, json!([]));
}

#[tokio::test]
async fn a_newcomer_costs_the_grid_half_a_unit_and_no_call() {
    let world = World::new(27).await;
    let other = OtherClass::write(&world).await;
    other.open(&world).await;
    tell(&world, "2026-11-23", "2026-11-28", "illness").await;
    let teacher = world.school.teacher_actor();
    let (_, before) = metered(world.get(&teacher, &other.base())).await;
    other.receive(&world, date(2026, 11, 23)).await;
    let (grid, after) = metered(world.get(&teacher, &other.base())).await;
    assert_eq!(
        grid.json()["notices"].as_array().map(Vec::len),
        Some(1),
        "{}",
        grid.text
    );
    assert_eq!((before.calls, after.calls), (3, 3));
    assert!(after.units - before.units <= 1.0, "{before:?} {after:?}");
}
