//! The demo region is what it says it is: read back through `bundles`, without clashes, always the same.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use bundles::{
    Bundle, Limits, Report,
    oneroster::{Class, EnrollmentRole, SourcedId, UserRole},
};
use demo::{DemoRegion, Part};
use jiff::civil::date;
use model::GroupKind;

static REGION: LazyLock<DemoRegion> = LazyLock::new(demo::region);
static BUNDLE: LazyLock<(Bundle, Report)> = LazyLock::new(|| {
    let (mut bundle, mut report) = Bundle::read(&REGION.bundle, &Limits::default()).expect("a bundle");
    bundle.check(&|_| false, &mut report);
    (bundle, report)
});

const SCHOOL: &str = "school-12";

fn bundle() -> &'static Bundle {
    &BUNDLE.0
}

fn class(id: &SourcedId) -> &'static Class {
    static CLASSES: LazyLock<HashMap<&SourcedId, &Class>> = LazyLock::new(|| {
        BUNDLE
            .0
            .classes
            .iter()
            .map(|class| (&class.row.base.sourced_id, &class.row))
            .collect()
    });
    CLASSES[id]
}

fn enrolled(role: EnrollmentRole) -> impl Iterator<Item = (&'static Class, &'static SourcedId)> {
    let of_role = bundle()
        .enrollments
        .iter()
        .filter(move |enrollment| enrollment.row.role == role);
    of_role.map(|enrollment| (class(&enrollment.row.class), &enrollment.row.user))
}

#[test]
fn every_row_is_read_and_every_reference_is_met() {
    for file in &BUNDLE.1.files {
        assert_eq!(
            (&file.failure, file.refused, file.warned),
            (&None, 0, 0),
            "{file:?}"
        );
    }
}

#[test]
fn the_region_is_the_same_every_time() {
    let again = demo::region();
    assert!(REGION.bundle == again.bundle);
    assert_eq!(format!("{:?}", REGION.personas), format!("{:?}", again.personas));
}

#[test]
fn the_school_has_thirty_classes_and_about_eight_hundred_pupils() {
    let of_school = |class: &Class| class.school.as_str() == SCHOOL && class.kind == GroupKind::Class;
    let classes = bundle()
        .classes
        .iter()
        .filter(|class| of_school(&class.row))
        .count();
    let pupils: BTreeSet<_> = enrolled(EnrollmentRole::Student)
        .filter(|(class, _)| of_school(class))
        .map(|(_, user)| user)
        .collect();
    assert_eq!(classes, 30);
    assert!((780..=820).contains(&pupils.len()), "{} pupils", pupils.len());
    assert_eq!(bundle().orgs.len(), 4);
}

#[test]
fn nobody_is_in_two_places_at_once() {
    let mut pupils_of: HashMap<&SourcedId, Vec<&SourcedId>> = HashMap::new();
    for (class, user) in enrolled(EnrollmentRole::Student) {
        pupils_of.entry(&class.base.sourced_id).or_default().push(user);
    }
    let mut teachers = BTreeSet::new();
    let mut rooms = BTreeSet::new();
    let mut pupils = BTreeSet::new();
    for row in bundle().timetable.iter().map(|located| &located.row) {
        let org = class(&row.class).school.as_str();
        let at = (org, row.weekday, row.lesson);
        assert!(
            teachers.insert((at, row.teacher.as_ref().expect("a teacher"))),
            "two lessons of one teacher: {row:?}"
        );
        assert!(
            rooms.insert((at, row.room.as_deref().expect("a room"))),
            "two lessons in one room: {row:?}"
        );
        for pupil in &pupils_of[&row.class] {
            assert!(pupils.insert((at, *pupil)), "two lessons of one pupil: {row:?}");
        }
    }
}

#[test]
fn classes_learn_without_gaps_within_the_norms_of_a_day() {
    let mut days: BTreeMap<(&SourcedId, u8), BTreeSet<u8>> = BTreeMap::new();
    let mut subjects: BTreeMap<(&SourcedId, u8, &SourcedId), BTreeSet<u8>> = BTreeMap::new();
    for row in bundle().timetable.iter().map(|located| &located.row) {
        let group = class(&row.class);
        let homeroom = &group.homerooms[0];
        days.entry((homeroom, row.weekday.number()))
            .or_default()
            .insert(row.lesson);
        subjects
            .entry((homeroom, row.weekday.number(), &group.course))
            .or_default()
            .insert(row.lesson);
    }
    for ((homeroom, weekday), lessons) in days {
        let count = u8::try_from(lessons.len()).expect("a few lessons");
        assert_eq!(
            lessons,
            (1..=count).collect(),
            "{homeroom} on day {weekday} has a gap"
        );
        let most = match class(homeroom) {
            class if class.school.as_str() != SCHOOL => 5,
            class if class.grade() == Some(1) => 4,
            class if class.grade() <= Some(4) => 5,
            class if class.grade() <= Some(6) => 6,
            _ => 7,
        };
        assert!(count <= most, "{homeroom} has {count} lessons on day {weekday}");
        assert!(weekday <= if class(homeroom).grade() <= Some(4) { 5 } else { 6 });
    }
    let repeated = subjects.values().filter(|lessons| lessons.len() > 1).count();
    assert!(subjects.values().all(|lessons| lessons.len() <= 2));
    assert!(
        repeated * 20 <= subjects.len(),
        "{repeated} of {} subjects of a day are given twice",
        subjects.len()
    );
}

#[test]
fn teachers_have_loads_that_people_bear() {
    let mut loads: BTreeMap<&SourcedId, usize> = BTreeMap::new();
    for row in bundle().timetable.iter().map(|located| &located.row) {
        *loads.entry(row.teacher.as_ref().expect("a teacher")).or_default() += 1;
    }
    assert!((45..90).contains(&loads.len()), "{} teachers", loads.len());
    for (teacher, load) in loads {
        assert!((1..=27).contains(&load), "{teacher} has {load} lessons a week");
    }
}

#[test]
fn every_teaching_group_has_its_teacher_pupils_and_lessons() {
    let timetabled: BTreeSet<_> = bundle().timetable.iter().map(|row| &row.row.class).collect();
    let taught: BTreeSet<_> = enrolled(EnrollmentRole::Teacher)
        .map(|(class, _)| &class.base.sourced_id)
        .collect();
    let learning: BTreeSet<_> = enrolled(EnrollmentRole::Student)
        .map(|(class, _)| &class.base.sourced_id)
        .collect();
    for class in bundle().classes.iter().map(|class| &class.row) {
        let id = &class.base.sourced_id;
        assert!(taught.contains(id) && learning.contains(id), "{id}");
        assert_eq!(class.kind == GroupKind::Teaching, timetabled.contains(id), "{id}");
    }
}

#[test]
fn families_have_several_children_also_in_several_institutions() {
    let mut homes: HashMap<&SourcedId, BTreeSet<&str>> = HashMap::new();
    for (class, user) in enrolled(EnrollmentRole::Student) {
        homes.entry(user).or_default().insert(class.school.as_str());
    }
    let mut children: HashMap<&SourcedId, Vec<&SourcedId>> = HashMap::new();
    for user in bundle().users.iter().map(|user| &user.row) {
        user.agents
            .iter()
            .for_each(|agent| children.entry(agent).or_default().push(&user.base.sourced_id));
    }
    let several = children.values().filter(|children| children.len() > 1).count();
    let apart = children.values().filter(|children| {
        children
            .iter()
            .flat_map(|child| &homes[child])
            .collect::<BTreeSet<_>>()
            .len()
            > 1
    });
    assert!(several > 200, "{several}");
    assert!(apart.count() > 50);
    let staff: BTreeSet<_> = bundle()
        .roles_held()
        .filter(|held| matches!(held.role, UserRole::Teacher))
        .map(|held| held.user)
        .filter(|teacher| children.contains_key(teacher))
        .collect();
    assert!(staff.len() > 8, "{} teachers are parents", staff.len());
}

#[test]
fn personas_are_people_of_the_bundle_or_certainly_not() {
    let known: BTreeMap<String, &SourcedId> = bundle()
        .users
        .iter()
        .map(|user| {
            (
                user.row.snils.expect("everybody has a number").digits(),
                &user.row.base.sourced_id,
            )
        })
        .collect();
    assert_eq!(known.len(), bundle().users.len(), "numbers are unique");
    let births: HashMap<_, _> = bundle()
        .demographics
        .iter()
        .map(|row| (&row.row.base.sourced_id, row.row.birth_date.expect("a date")))
        .collect();
    let outside = [
        Part::Supplier,
        Part::Expert,
        Part::RegionOperator,
        Part::FederalOperator,
        Part::Unconfirmed,
        Part::Stranger,
    ];
    for part in Part::ALL {
        let persona = REGION.persona(part);
        let user = known.get(&persona.snils.digits());
        assert_eq!(user.is_none(), outside.contains(&part), "{part:?}");
        assert_eq!(persona.trusted, part != Part::Unconfirmed);
        if let Some(user) = user {
            assert_eq!(births[user], persona.birth_date, "{part:?}");
        }
        for kid in &persona.kids {
            let kid = known[&kid.snils.expect("a number").digits()];
            let row = bundle()
                .users
                .iter()
                .find(|row| row.row.base.sourced_id == *kid)
                .expect("the child");
            assert!(row.row.agents.contains(user.expect("a parent")), "{part:?}");
        }
    }
    assert!(
        REGION.persona(Part::Child).birth_date > date(2012, 11, 23),
        "the child is under 14"
    );
    assert!(
        REGION.persona(Part::Pupil).birth_date <= date(2012, 11, 23),
        "the pupil is over 14"
    );
    assert_eq!(REGION.persona(Part::Teacher).name.polite(), "Ирина Сергеевна");
    assert_eq!(REGION.persona(Part::Parent).kids.len(), 2);
}

#[test]
fn irina_sergeevna_teaches_algebra_in_7a_and_someone_else_leads_the_class() {
    let snils = REGION.persona(Part::Teacher).snils;
    let teacher = bundle()
        .users
        .iter()
        .find(|user| user.row.snils == Some(snils))
        .expect("the teacher");
    let teacher = &teacher.row.base.sourced_id;
    let groups: BTreeSet<_> = enrolled(EnrollmentRole::Teacher)
        .filter(|(_, user)| *user == teacher)
        .map(|(class, _)| class.base.sourced_id.as_str())
        .collect();
    assert!(groups.contains("school-12-7a-alg"), "{groups:?}");
    assert!(!groups.contains("school-12-7a"));
    let monday = bundle()
        .timetable
        .iter()
        .filter(|row| row.row.teacher.as_ref() == Some(teacher));
    assert!(
        monday.filter(|row| row.row.weekday.number() == 1).count() > 0,
        "she teaches on the day of the demonstration"
    );
}
