//! Who makes timetables, and to whom drafts do not exist.

use model::{InstitutionId, PersonId, RegionId, Role, RoleAt};
use schedules::ROUTES;
use serde_json::json;
use testkit::Call;

use crate::{
    school::{
        REGION, group, person,
        running::{Running, actor, at, of_school, parent, pupil, teacher},
        school,
    },
    world::{draft, start},
};

/// A well-formed request to a route of drafts.
async fn knock(running: &Running, actor: &model::Actor, method: &str, path: &str, id: &str) -> u16 {
    let full = path
        .replace("{draft}", id)
        .replace("{class}", &group("7a").to_string());
    let new = json!({ "institution": school(), "title": "Новый", "from": "2026-11-30", "source": "empty" });
    let query = match path {
        "/schedules/drafts/{draft}/cell" => format!("?class={}&day=1&number=1", group("7a")),
        "/schedules/drafts/{draft}/table" => "?format=csv".to_owned(),
        "/api/schedules/drafts/{draft}/cells" => format!("?group={}", group("7a-alg")),
        "/api/schedules/drafts" if method == "GET" => format!("?institution={}", school()),
        "/api/schedules/drafts/table" => {
            format!("?institution={}&title=x&from=2026-11-30&source=empty", school())
        }
        _ => String::new(),
    };
    let call = Call::new(method, &format!("{full}{query}"));
    let view = format!("view=class%3D{}", group("7a"));
    let call = match (method, path) {
        ("GET", _) => call,
        (_, "/api/schedules/drafts") => call.json(&new),
        (_, "/api/schedules/drafts/table") => call.body("Класс;Предмет;День;Урок\r\n7А;Алгебра;вт;2\r\n"),
        (_, "/api/schedules/drafts/{draft}/lessons") => {
            call.json(&json!({ "now": { "group": group("7a-alg"), "day": 2, "number": 1 } }))
        }
        (_, "/api/schedules/drafts/{draft}/publication") => {
            call.json(&json!({ "from": "2026-11-30", "revision": 2 }))
        }
        (_, "/schedules/drafts") => {
            let part = |name: &str, value: &str| {
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let institution = school().to_string();
            let fields = [
                ("institution", institution.as_str()),
                ("title", "Новый"),
                ("from", "2026-11-30"),
                ("source", "empty"),
            ];
            let body: String = fields.iter().map(|(name, value)| part(name, value)).collect();
            call.body(format!("{body}--x--\r\n"))
                .header("content-type", "multipart/form-data; boundary=x")
        }
        (_, "/schedules/drafts/{draft}/lessons") => call.form(&format!(
            "{view}&cell=2-1&place=2-1&action=put&group={}",
            group("7a-alg")
        )),
        (_, "/schedules/drafts/{draft}/terms") => call.form(&format!("{view}&room=12&places=2")),
        (_, "/schedules/drafts/{draft}/publication") => call.form("from=2026-11-30&revision=2"),
        // As if the draft had been seen before its last change.
        (_, "/schedules/drafts/{draft}/generation") => {
            call.form("revision=999&mode=anew&days=5&minutes=2&seed=")
        }
        (_, "/api/schedules/drafts/{draft}/generation") => {
            call.json(&json!({ "revision": 999, "mode": "anew" }))
        }
        (_, "/schedules/drafts/{draft}/generation/stop") => call.form("how=cancel"),
        (_, "/api/schedules/drafts/{draft}/generation/stop") => call.json(&json!({ "how": "cancel" })),
        _ => call.form(&view),
    };
    let call = if path.starts_with("/api/") {
        call.bearer(&running.sessions, actor)
    } else {
        call.session(&running.sessions, actor)
    };
    call.send(&running.service).await.status.as_u16()
}

#[tokio::test]
async fn deputies_heads_and_administrators_make_timetables_and_to_all_others_there_are_no_drafts() {
    let running = start().await;
    let other = InstitutionId::from_bits(9);
    let stranger = |roles: &[RoleAt]| actor(PersonId::from_bits(501), roles);
    let operator = RoleAt::in_region(Role::RegionOperator, REGION);
    let makers = [Role::Deputy, Role::Head, Role::Administrator].map(of_school);
    let others = [
        teacher(),
        of_school(Role::Teacher),
        pupil(),
        parent(),
        actor(person("p2"), &[at(Role::Pupil, school())]),
        stranger(&[operator]),
        stranger(&[RoleAt::in_region(Role::RegionOperator, RegionId::from_bits(2))]),
        stranger(&[RoleAt::anywhere(Role::FederalOperator)]),
        stranger(&[RoleAt::anywhere(Role::Supplier)]),
        stranger(&[]),
    ];
    let routes = ROUTES.iter().filter(|route| route.path.contains("/drafts"));
    for route in routes.clone() {
        for actor in &others {
            let id = draft(&running, "empty", "2026-11-30").await;
            let status = knock(&running, actor, route.method, route.path, &id).await;
            assert_eq!(status, 404, "{} {} {:?}", route.method, route.path, actor.roles);
        }
        let foreign = stranger(&[at(Role::Head, other)]);
        let id = draft(&running, "empty", "2026-11-30").await;
        let status = knock(&running, &foreign, route.method, route.path, &id).await;
        // The list of one's own institutions is there, and empty.
        let expected = if (route.method, route.path) == ("GET", "/schedules/drafts") {
            200
        } else {
            404
        };
        assert_eq!(
            status, expected,
            "head of another school: {} {}",
            route.method, route.path
        );
        for actor in &makers {
            let id = draft(&running, "empty", "2026-11-30").await;
            let status = knock(&running, actor, route.method, route.path, &id).await;
            let is_refused = route.method == "POST" && route.path.ends_with("/generation");
            let expected: &[u16] = if is_refused { &[409] } else { &[200, 303] };
            assert!(
                expected.contains(&status),
                "{} {} {status} {:?}",
                route.method,
                route.path,
                actor.roles
            );
        }
    }
    assert_eq!(routes.count(), 27);
}

#[tokio::test]
async fn without_a_session_there_is_only_the_sign_in() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    for route in ROUTES.iter().filter(|route| route.path.contains("/drafts")) {
        let path = route
            .path
            .replace("{draft}", &id)
            .replace("{class}", &group("7a").to_string());
        let answer = Call::new(route.method, &path)
            .page()
            .header("origin", testkit::ORIGIN)
            .send(&running.service)
            .await;
        let leads = answer.status == 303 && answer.location().starts_with("/identity/refresh");
        assert!(
            answer.status == 401 || leads,
            "{} {path}: {}",
            route.method,
            answer.status
        );
    }
}
