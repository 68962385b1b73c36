//! Who am I: the profile of the person of the session, and of nobody else.

use crate::support::{Cloud, actor, card, person};
use model::{GroupId, GroupKind, InstitutionId, InstitutionKind, PersonName, RegionId, Role};
use rosters::{
    Guardianship, GuardianshipSide, GuardianshipSource, HeldRole, Institution, MemberRole, Membership,
};
use testkit::Call;

const SCHOOL: InstitutionId = InstitutionId::from_bits(1);

fn name(family: &str, given: &str) -> PersonName {
    PersonName::parse(family, given, None).expect("a name")
}

fn guardianship(child: u128, given: &str, source: GuardianshipSource) -> Guardianship {
    Guardianship {
        guardian: person(7),
        guardian_name: name("Иванова", "Ирина"),
        child: person(child),
        child_name: name("Иванов", given),
        source,
        revoked_at: None,
    }
}

fn pupil(child: u128, given: &str) -> Membership {
    Membership {
        person: person(child),
        group: GroupId::from_bits(child),
        group_kind: GroupKind::Class,
        role: MemberRole::Pupil,
        name: name("Иванов", given),
        institution: SCHOOL,
        institution_name: "Школа № 12".to_owned(),
        time_zone: String::new(),
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        periods: vec![],
        from: Some("2026-09-01".parse().expect("a date")),
        until: Some("2027-05-31".parse().expect("a date")),
        learns_in: vec![],
    }
}

/// A teacher with two children, one known from each source; a third one was revoked, a fourth is said by one side only.
async fn family() -> Cloud {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    cloud
        .put(HeldRole {
            person: person(7),
            role: Role::Teacher,
            institution: Some(SCHOOL),
            region: None,
            place_name: "Школа № 12".to_owned(),
            from: None,
            until: None,
        })
        .await;
    cloud
        .put(Institution {
            institution: SCHOOL,
            region: RegionId::from_bits(1),
            kind: InstitutionKind::General,
            name: "Школа № 12".to_owned(),
            time_zone: "Asia/Yekaterinburg".to_owned(),
        })
        .await;
    let children = [
        (10, "Пётр", GuardianshipSource::Gosuslugi),
        (11, "Павел", GuardianshipSource::School),
        (12, "Олег", GuardianshipSource::School),
    ];
    for (child, given, source) in children {
        cloud.put(card(child, "Иванов", given, "Петрович")).await;
        let mut held = guardianship(child, given, source);
        held.revoked_at = (child == 12).then(|| "2026-10-01T00:00:00Z".parse().expect("a moment"));
        for side in held.sides() {
            cloud.put(side).await;
        }
    }
    cloud.put(pupil(10, "Пётр")).await;
    cloud.put(card(13, "Чужой", "Иван", "Иванович")).await;
    let one_sided = guardianship(13, "Иван", GuardianshipSource::School);
    cloud
        .put(GuardianshipSide {
            of_child: false,
            guardianship: one_sided,
        })
        .await;
    cloud
}

#[tokio::test]
async fn the_api_tells_roles_with_places_and_children_with_classes_and_source() {
    let cloud = family().await;
    let teacher = actor(7, &format!("parent,teacher:{SCHOOL}"));
    let answer = Call::get("/api/identity/profile")
        .bearer(&cloud.sessions, &teacher)
        .send(&cloud.service)
        .await;
    assert_eq!(answer.status, 200);
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!(answer.json());
    });
    let children = Call::get("/api/identity/children")
        .bearer(&cloud.sessions, &teacher)
        .send(&cloud.service)
        .await;
    assert_eq!(children.json()["children"], answer.json()["children"]);
}

#[tokio::test]
async fn the_page_shows_the_same() {
    let cloud = family().await;
    let teacher = actor(7, &format!("parent,teacher:{SCHOOL}"));
    let answer = Call::get("/identity/profile")
        .session(&cloud.sessions, &teacher)
        .send(&cloud.service)
        .await;
    assert_eq!(answer.status, 200);
    let main = answer.text.split_once("<main").expect("a main part").1;
    let main = main.split_once("</main>").expect("an end of it").0;
    let lines: Vec<&str> = main.lines().filter(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn a_newcomer_is_told_why_there_is_nothing_yet() {
    let cloud = Cloud::start().await;
    let mut newcomer = card(9, "Ли", "Вэй", "");
    newcomer.trusted = false;
    cloud.put(newcomer).await;
    let answer = Call::get("/identity/profile")
        .session(&cloud.sessions, &actor(9, ""))
        .send(&cloud.service)
        .await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("внесёт вас в списки") && answer.text.contains("не подтверждена"));
    let home = Call::get("/")
        .session(&cloud.sessions, &actor(9, ""))
        .send(&cloud.service)
        .await;
    assert_eq!(home.location(), "/identity/profile");
}

#[tokio::test]
async fn a_person_whom_the_registry_has_forgotten_is_not_found() {
    let cloud = Cloud::start().await;
    let call = Call::get("/api/identity/profile").bearer(&cloud.sessions, &actor(9, "parent"));
    assert_eq!(call.send(&cloud.service).await.status, 404);
}

#[tokio::test]
async fn the_profile_of_a_parent_of_two_costs_what_the_table_of_patterns_says() {
    let cloud = family().await;
    let teacher = actor(7, &format!("parent,teacher:{SCHOOL}"));
    let call = Call::get("/api/identity/profile").bearer(&cloud.sessions, &teacher);
    // Four cards: the person's, two children's and the one-sided one's; then one batch of institutions.
    let rosters = rosters::Rosters::new(cloud.registry.clone());
    let (_, card) = store::metered(rosters.card(person(7))).await;
    assert!(card.units <= 1.0, "{card:?}");
    assert_eq!(call.send(&cloud.service).await.status, 200);
}
