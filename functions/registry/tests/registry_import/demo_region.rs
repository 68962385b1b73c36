//! The demo region, imported as regions are.

use demo::Part;
use jiff::civil::date;
use model::{GroupKind, Role};

use super::*;

const TODAY: jiff::civil::Date = date(2026, 11, 23);

#[tokio::test]
async fn the_demo_region_is_imported_whole_and_a_second_import_changes_nothing() {
    let registry = Registry::start().await;
    let region = demo::region();
    let (import, report) = registry.import(1, &region.bundle).await;
    assert_eq!(import.state, ImportState::Done);
    assert_eq!(
        (import.totals.refused, import.totals.warned),
        (0, 0),
        "{report:?}"
    );
    assert_eq!(import.progress.done, import.progress.total);
    assert!(
        report.find("timetable.csv").is_none(),
        "the schedules report on it"
    );
    assert_eq!(counts(&report, "classes.csv")[1..], [0, 0, 0]);
    look_around(&registry, &region).await;

    let (again, report) = registry.import(2, &region.bundle).await;
    assert_eq!(
        (again.totals.created, again.totals.changed, again.totals.refused),
        (0, 0, 0),
        "{report:?}"
    );
    assert_eq!(again.totals.kept, again.totals.rows);
}

/// What personas find.
async fn look_around(registry: &Registry, region: &demo::DemoRegion) {
    let card_of = async |part| {
        let persona = region.persona(part);
        let hash = persona.snils.hash(HASH_KEY);
        let key = rosters::SnilsOwner::key_of(&hash);
        let owner = registry
            .table
            .get_latest::<store::Stored<rosters::SnilsOwner>>(&key)
            .await
            .expect("a read");
        let owner = owner.expect("the number is known").record;
        assert_eq!(owner.birth_date, persona.birth_date);
        registry
            .rosters
            .card(owner.person)
            .await
            .expect("a read")
            .expect("a card")
    };
    let parent = card_of(Part::Parent).await;
    assert_eq!(parent.children_in_force().count(), 2);
    let child = card_of(Part::Child).await;
    assert!(child.is_represented_by(parent.person.person));
    let class: Vec<_> = child.classes_on(TODAY).collect();
    assert_eq!(
        (class.len(), class[0].title.as_str(), class[0].periods.len()),
        (1, "7А", 4)
    );

    let teacher = card_of(Part::Teacher).await;
    assert!(teacher.roles_on(TODAY).holds(Role::Teacher) && teacher.roles_on(TODAY).holds(Role::Parent));
    let teaching = registry
        .rosters
        .teaching(teacher.person.person)
        .await
        .expect("a read");
    let algebra = teaching
        .iter()
        .find(|held| held.subject.as_deref() == Some("Алгебра") && held.title == "7А");
    let algebra = algebra.expect("she teaches algebra in 7А");
    let roster = registry
        .rosters
        .roster(algebra.group)
        .await
        .expect("a read")
        .expect("the group");
    assert!(
        roster
            .pupils
            .iter()
            .any(|pupil| pupil.person == child.person.person)
    );
    assert_eq!(roster.teachers.len(), 1);

    let classes = registry
        .rosters
        .classes(algebra.institution)
        .await
        .expect("a read");
    assert_eq!(classes.len(), 30);
    assert!(classes.iter().all(|class| class.kind == GroupKind::Class));
    let of_class = registry
        .rosters
        .teaching_of_class(class[0].group)
        .await
        .expect("a read");
    assert!(of_class.len() > 15, "{} groups draw from 7А", of_class.len());
    let head = card_of(Part::Head).await;
    assert!(head.roles_on(TODAY).holds(Role::Head));
}
