//! What reads cost at realistic size: a class of 27 pupils with 15 teaching groups, and a pupil's card.

mod support;

use jiff::civil::{Date, date};
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PersonId, PersonName, Role, Subject};
use rosters::{
    ClassTeaching, Group, Guardianship, GuardianshipSource, HeldRole, LearnsIn, MemberRole, Membership,
    Person, Rosters,
};
use store::metered;
use support::{World, head, school};

const BEGIN: Date = date(2026, 9, 1);
const SCHOOL_NAME: &str = "МБОУ «Средняя общеобразовательная школа № 12 с углублённым изучением математики»";

fn large_class() -> GroupId {
    GroupId::from_bits(500)
}

fn taught(number: u128) -> GroupId {
    GroupId::from_bits(600 + number)
}

fn name(family: &str) -> PersonName {
    PersonName::parse(family, "Александра", Some("Владимировна")).expect("a name")
}

fn periods() -> Vec<AcademicPeriod> {
    let period = |number: u8, start, end| AcademicPeriod {
        id: format!("2026-27-q{number}").parse().expect("a period"),
        title: format!("{number} четверть"),
        start,
        end,
    };
    vec![
        period(1, BEGIN, date(2026, 10, 25)),
        period(2, date(2026, 11, 2), date(2026, 12, 29)),
        period(3, date(2027, 1, 11), date(2027, 3, 21)),
        period(4, date(2027, 3, 29), date(2027, 5, 26)),
        period(5, date(2027, 5, 27), date(2027, 6, 10)),
    ]
}

/// A pupil in a class, with as many teaching groups.
fn pupil(person: PersonId, family: &str, class: GroupId, at: InstitutionId, groups: u128) -> Membership {
    let learns = |number| LearnsIn {
        group: taught(number),
        from: Some(BEGIN),
        until: None,
    };
    Membership {
        person,
        group: class,
        group_kind: GroupKind::Class,
        role: MemberRole::Pupil,
        name: name(family),
        institution: at,
        institution_name: SCHOOL_NAME.to_owned(),
        title: "10А".to_owned(),
        subject: None,
        grade: Some(10),
        periods: periods(),
        time_zone: "Asia/Yekaterinburg".to_owned(),
        from: Some(BEGIN),
        until: None,
        learns_in: (0..groups).map(learns).collect(),
    }
}

fn teacher(number: u128) -> Membership {
    let person = PersonId::from_bits(2_000 + number);
    Membership {
        group: taught(number),
        group_kind: GroupKind::Teaching,
        role: MemberRole::Teacher,
        subject: Some("Иностранный язык (английский)".to_owned()),
        periods: vec![],
        time_zone: String::new(),
        ..pupil(person, "Константинопольская", taught(number), school(), 0)
    }
}

async fn fill(world: &World) {
    let class = Group {
        group: large_class(),
        institution: school(),
        kind: GroupKind::Class,
        title: "10А".to_owned(),
        subject: None,
        grade: Some(10),
        classes: vec![],
        periods: periods(),
        time_zone: "Asia/Yekaterinburg".to_owned(),
    };
    world.put(class).await;
    for number in 0..27 {
        let person = PersonId::from_bits(1_000 + number);
        let membership = pupil(person, "Константинопольская", large_class(), school(), 14);
        world.put(membership).await;
    }
    for number in 0..15 {
        let teacher = teacher(number);
        let tie = ClassTeaching {
            class: large_class(),
            group: taught(number),
            subject: teacher.subject.clone().expect("a subject"),
            title: "10А, 1-я подгруппа".to_owned(),
            teachers: vec![teacher.member()],
        };
        world.put(tie).await;
        world.put(teacher).await;
    }
}

#[tokio::test]
async fn a_class_with_its_subjects_and_their_teachers_takes_three_calls() {
    let world = World::start().await;
    fill(&world).await;
    let path = format!("/api/registry/classes/{}", large_class());
    let (answer, cost) = metered(world.get(&head(), &path)).await;
    let view = answer.json();
    assert_eq!(view["pupils"].as_array().map(Vec::len), Some(27));
    let subjects = view["subjects"].as_array().expect("a list");
    assert_eq!(subjects.len(), 15);
    assert!(subjects.iter().all(|subject| {
        subject["teachers"]
            .as_array()
            .is_some_and(|those| those.len() == 1)
    }));
    assert!(cost.calls <= 3 && cost.units <= 8.0, "{cost:?}");

    let rosters = Rosters::new(world.table.clone());
    let (roster, cost) = metered(rosters.roster(large_class())).await;
    assert_eq!(roster.expect("a read").expect("the class").pupils.len(), 27);
    assert!(cost.calls == 1 && cost.units <= 6.0, "{cost:?}");
    let (ties, cost) = metered(rosters.teaching_of_class(large_class())).await;
    assert_eq!(ties.expect("a read").len(), 15);
    assert!(cost.calls == 1 && cost.units <= 1.5, "{cost:?}");
}

#[tokio::test]
async fn the_card_of_a_pupil_at_two_institutions_with_all_that_the_diary_needs_is_half_a_unit() {
    let world = World::start().await;
    let child = PersonId::from_bits(1_000);
    let family = "Константинопольская";
    let card = Person {
        person: child,
        name: name(family),
        birth_date: Some(date(2010, 7, 12)),
        sex: Some(model::Sex::Female),
        snils_hash: Some(model::Snils::from_number(112_233_445).hash(b"a key")),
        subject: Some(Subject::of_account(b"a key", "1")),
        trusted: true,
    };
    world.put(card).await;
    world.put(pupil(child, family, large_class(), school(), 14)).await;
    let elsewhere = Membership {
        institution_name: "Детская школа искусств № 3".to_owned(),
        title: "Живопись, 2-й год".to_owned(),
        grade: None,
        periods: vec![],
        learns_in: vec![],
        ..pupil(
            child,
            family,
            GroupId::from_bits(501),
            InstitutionId::from_bits(3),
            0,
        )
    };
    world.put(elsewhere).await;
    for (guardian, source) in [
        (30, GuardianshipSource::School),
        (31, GuardianshipSource::Gosuslugi),
    ] {
        let guardianship = Guardianship {
            guardian: PersonId::from_bits(guardian),
            guardian_name: name(family),
            child,
            child_name: name(family),
            source,
            revoked_at: None,
        };
        let writes = guardianship.create().expect("items").to_vec();
        world.table.write(writes).await.expect("a guardianship");
    }
    let role = HeldRole {
        person: child,
        role: Role::Supplier,
        institution: Some(school()),
        region: None,
        place_name: SCHOOL_NAME.to_owned(),
        from: Some(BEGIN),
        until: None,
    };
    world.put(role).await;

    let rosters = Rosters::new(world.table.clone());
    let (card, cost) = metered(rosters.card(child)).await;
    let card = card.expect("a read").expect("a card");
    assert_eq!(
        (card.classes.len(), card.guardians.len(), card.roles.len()),
        (2, 2, 1)
    );
    let carried = card.classes.iter().map(|class| class.learns_in.len());
    assert_eq!(carried.sum::<usize>(), 14);
    assert!(cost.calls == 1 && cost.units <= 0.5, "{cost:?}");
}
