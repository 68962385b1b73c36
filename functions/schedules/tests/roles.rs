//! The routes of weeks and imports in every role. Those of checks, drafts, substitutions and feeds have tests of their own.

mod school;

use model::{Actor, ImportId, InstitutionId, PersonId, RegionId, Role, RoleAt};
use testkit::Call;

use school::{
    card, group, person,
    running::{Running, actor, at, of_school, parent, pupil, teacher},
};

/// Answers by route: own page, today, class page; by API: today, week, class, import.
type Answers = [u16; 7];

/// Works at the institution of the class.
const STAFF: Answers = [200, 200, 200, 200, 200, 200, 404];
/// Works at another institution.
const OTHER_STAFF: Answers = [200, 200, 404, 200, 200, 404, 404];
/// Belongs to the class, by oneself or by a child.
const OF_CLASS: Answers = [200, 404, 200, 404, 404, 200, 404];
/// Operates the region of the class and the import.
const OPERATOR: Answers = [200, 404, 200, 404, 404, 200, 200];
/// Has to do with neither.
const STRANGER: Answers = [200, 404, 404, 404, 404, 404, 404];

/// The routes in the order of [`Answers`].
const ROUTES: [&str; 7] = [
    "/schedules",
    "/schedules/today",
    "/schedules/classes/{class}",
    "/api/schedules/today",
    "/api/schedules/week",
    "/api/schedules/classes/{class}",
    "/api/schedules/imports/{import}",
];

/// Status codes of the routes, for class 7А and the import of the school's region.
async fn statuses(running: &Running, actor: &Actor) -> Vec<u16> {
    let mut found = vec![];
    for route in ROUTES {
        let path = route
            .replace("{class}", &group("7a").to_string())
            .replace("{import}", &ImportId::from_bits(1).to_string());
        let api = path.starts_with("/api/");
        let answer = if api {
            running.api(actor, &path).await
        } else {
            running.page(actor, &path).await
        };
        found.push(answer.status.as_u16());
    }
    found
}

#[tokio::test]
async fn every_route_answers_each_role_as_the_policies_say() {
    let running = Running::start().await;
    let other = InstitutionId::from_bits(9);
    let stranger = |roles: &[RoleAt]| actor(PersonId::from_bits(501), roles);
    let anywhere = |role| stranger(&[RoleAt::anywhere(role)]);
    let operator = |region| stranger(&[RoleAt::in_region(Role::RegionOperator, region)]);
    running.school.put(card(PersonId::from_bits(501), "Чужая")).await;
    let matrix = [
        ("teacher", teacher(), STAFF),
        ("deputy head", of_school(Role::Deputy), STAFF),
        ("head", of_school(Role::Head), STAFF),
        ("administrator", of_school(Role::Administrator), STAFF),
        (
            "other school's teacher",
            stranger(&[at(Role::Teacher, other)]),
            OTHER_STAFF,
        ),
        (
            "other school's head",
            stranger(&[at(Role::Head, other)]),
            OTHER_STAFF,
        ),
        ("pupil", pupil(), OF_CLASS),
        ("parent", parent(), OF_CLASS),
        (
            "other class's pupil",
            actor(person("p2"), &[at(Role::Pupil, school::school())]),
            STRANGER,
        ),
        ("other child's parent", anywhere(Role::Parent), STRANGER),
        ("region operator", operator(school::REGION), OPERATOR),
        ("federal operator", anywhere(Role::FederalOperator), OPERATOR),
        (
            "other region's operator",
            operator(RegionId::from_bits(2)),
            STRANGER,
        ),
        ("supplier", anywhere(Role::Supplier), STRANGER),
        ("expert", anywhere(Role::Expert), STRANGER),
        ("nobody in particular", stranger(&[]), STRANGER),
    ];
    for (who, actor, expected) in matrix {
        assert_eq!(statuses(&running, &actor).await, expected, "{who}");
    }
}

#[tokio::test]
async fn without_a_session_the_api_says_so_and_pages_lead_to_the_sign_in() {
    let running = Running::start().await;
    for route in ROUTES {
        let path = route
            .replace("{class}", &group("7a").to_string())
            .replace("{import}", "imp_x");
        let answer = Call::get(&path).page().send(&running.service).await;
        if path.starts_with("/api/") {
            assert_eq!(answer.status, 401, "{path}");
        } else {
            assert_eq!(answer.status, 303, "{path}");
            assert!(
                answer.location().starts_with("/identity/refresh?return_to="),
                "{path}"
            );
        }
    }
}
