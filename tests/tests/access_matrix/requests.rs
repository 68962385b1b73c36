//! What each route is asked with: query and body that it takes from who may ask.

use serde_json::json;
use testkit::{Call, MONDAY, School};
use web::Route;

use crate::world::LESSON;

/// What a route needs after its path.
pub(crate) fn query(route: &Route, school: &School) -> String {
    let institution = school.institution;
    match (route.method, route.path) {
        ("GET", "/schedules/drafts/{draft}/cell") => format!("?class={}&day=2&number=1", school.class),
        ("GET", "/schedules/drafts/{draft}/table" | "/schedules/imports/{import}/table") => {
            "?format=csv".to_owned()
        }
        ("GET", path) if path.contains("/pass-book") => format!("?institution={}", crate::world::COLLEGE),
        ("GET", "/api/schedules/drafts") => format!("?institution={institution}"),
        ("POST", "/api/schedules/drafts/table") => {
            format!("?institution={institution}&title=x&from={MONDAY}&source=empty")
        }
        ("GET", "/api/schedules/drafts/{draft}/cells") => format!("?group={}", school.algebra),
        _ => String::new(),
    }
}

pub(crate) fn new_draft(school: &School) -> serde_json::Value {
    json!({ "institution": school.institution, "title": "x", "from": MONDAY.to_string(), "source": "empty" })
}

/// A body that a route of drafts takes.
fn draft_body(call: Call, route: &Route, school: &School) -> Call {
    let lesson = json!({ "group": school.algebra, "day": 2, "number": 1 });
    let view = format!("view=class%3D{}", school.class);
    match route.path {
        "/schedules/drafts" => {
            let fields = [
                ("institution", school.institution.to_string()),
                ("from", MONDAY.to_string()),
            ];
            let fields = fields
                .into_iter()
                .chain([("title", "x".to_owned()), ("source", "empty".to_owned())]);
            let part = |(name, value): (&str, String)| {
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let body: String = fields.map(part).collect();
            call.body(format!("{body}--x--\r\n"))
                .header("content-type", "multipart/form-data; boundary=x")
        }
        "/schedules/drafts/{draft}/lessons" => call.form(&format!(
            "{view}&cell=2-1&place=2-1&action=put&group={}",
            school.algebra
        )),
        "/schedules/drafts/{draft}/terms" => call.form(&format!("{view}&room=12&places=2")),
        "/schedules/drafts/{draft}/publication" => call.form(&format!("from={MONDAY}&revision=1")),
        // As if the draft had been seen before its last change.
        "/schedules/drafts/{draft}/generation" => call.form("revision=999&mode=anew&days=5&minutes=2&seed="),
        "/schedules/drafts/{draft}/generation/stop" => call.form("how=cancel"),
        "/api/schedules/drafts/{draft}/generation" => call.json(&json!({ "revision": 999, "mode": "anew" })),
        "/api/schedules/drafts/{draft}/generation/stop" => call.json(&json!({ "how": "cancel" })),
        "/api/schedules/drafts" => call.json(&new_draft(school)),
        // No bell rings for any lesson of the school, so that no row can be taken.
        "/api/schedules/drafts/table" => call.body("class;subject;day;lesson\r\n7А;Алгебра;2;1\r\n"),
        "/api/schedules/drafts/{draft}/lessons" => call.json(&json!({ "now": lesson })),
        "/api/schedules/drafts/{draft}/publication" => {
            call.json(&json!({ "from": MONDAY.to_string(), "revision": 1 }))
        }
        _ => call.form(&view),
    }
}

/// A body that a route of the calendar takes.
fn calendar_body(call: Call, route: &Route) -> Call {
    match (route.method, route.path.ends_with("/days")) {
        ("POST", true) => call.form("version=1&action=remove&from=2026-11-25"),
        ("POST", false) => call.form("version=0&shift=1"),
        (_, true) => call.header("if-match", "\"1\"").json(&json!({ "days_off": [] })),
        (_, false) => call
            .header("if-match", "\"0\"")
            .json(&json!({ "shift": 1, "lessons": [] })),
    }
}

/// A body that a route of the buildings takes.
fn buildings_body(call: Call, route: &Route) -> Call {
    if route.method == "POST" {
        call.form("version=0&action=passage&minutes=10")
    } else {
        call.header("if-match", "\"0\"").json(&json!({ "buildings": [] }))
    }
}

/// A body that a route takes with which families and the school talk.
fn family_body(call: Call, route: &Route) -> Call {
    let is_api = route.path.starts_with("/api/");
    let (form, json) = match route.path.rsplit('/').next() {
        Some("{pupil}") => (
            "seen=1&text=x&verdict=accepted",
            json!({ "seen": 1, "text": "x", "verdict": "accepted" }),
        ),
        Some("{notice}") => ("action=withdraw", json!({ "action": "withdraw" })),
        _ => (
            "from=2026-11-25&reason=event",
            json!({ "from": "2026-11-25", "reason": "event" }),
        ),
    };
    if is_api { call.json(&json) } else { call.form(form) }
}

/// A body that the route takes.
pub(crate) fn with_body(call: Call, route: &Route, school: &School) -> Call {
    let pupil = school.pupils[0];
    match (route.method, route.path) {
        ("POST", "/identity/role") => call.form("role=teacher"),
        ("POST", "/identity/language") => call.form("language=en&return_to=%2F"),
        ("POST", "/registry/regions") => call.form("code=south&name=%D0%AE%D0%B3"),
        ("POST", "/api/registry/regions") => call.json(&json!({ "code": "south", "name": "Юг" })),
        ("POST", "/api/registry/imports") => call.json(&json!({ "region": school.region })),
        ("POST", "/journals/{journal}/{period}/lessons") => {
            call.form("date=2026-11-23&number=3&topic=%D0%94%D1%80%D0%BE%D0%B1%D0%B8")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}") => {
            call.form("version=1&topic=x&homework=y&minutes=15")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/works") => {
            call.form("version=1&kind=test&weight=")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/cells") => {
            call.form(&format!("work=1&entry-{pupil}=5&was-{pupil}=&version-{pupil}=0"))
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}") => {
            call.form("version=0&comment=x")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/works/{work}") => {
            call.form("version=1&parents_from=2026-11-30")
        }
        ("POST", "/journals/alerts/{institution}/{alert}") => call.form("changes=1"),
        ("POST", "/api/journals/alerts/{institution}/{alert}") => call.json(&json!({ "changes": 1 })),
        ("POST", "/journals/marking/{institution}") => call.form(MARKING),
        ("POST", path) if path.contains("/answers/") || path.contains("/notices/") => {
            family_body(call, route)
        }
        ("POST", "/journals/{journal}/{period}/plan/merge") => call.form("version=1&row=0"),
        ("POST", "/journals/{journal}/{period}/plan") => call
            .header("content-type", "multipart/form-data; boundary=B")
            .body(
                "--B\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\ntopic\thours\nA\t1\r\n--B--\r\n",
            ),
        ("PUT", "/api/journals/{journal}/{period}/plan") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "rows": [{ "number": 1, "topic": "A", "hours": 1 }] })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}/works/{work}") => {
            call.header("if-match", "\"1\"").json(&json!({}))
        }
        (
            "PUT",
            "/api/journals/{journal}/{period}/results/{pupil}"
            | "/api/journals/{journal}/{period}/year/{pupil}",
        ) => call.header("if-match", "\"0\"").json(&json!({ "mark": "5" })),
        ("PUT", "/api/journals/marking/{institution}") => call.header("if-match", "\"0\"").json(&json!({
            "weighted": true, "threshold": 50, "least_marks": 3, "control": ["test"], "owed_days": 14
        })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}") => call
            .header("if-match", "\"1\"")
            .json(&json!({ "topic": "Дроби" })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "work": 1, "entry": "5" })),
        ("POST", "/diary/{child}/homework") => {
            call.form(&format!("journal={}&lesson={LESSON}&done=true", school.algebra))
        }
        ("POST", "/diary/{child}/read") => call.form("week=2026-11-23"),
        ("PUT", "/api/diary/{child}/homework/{journal}/{lesson}") => call.json(&json!({ "done": true })),
        ("POST", path) if path.contains("/schedules/drafts") => draft_body(call, route, school),
        ("POST" | "PUT", path) if path.contains("/calendar/") => calendar_body(call, route),
        ("POST" | "PUT", path) if path.contains("/buildings") => buildings_body(call, route),
        ("POST", "/schedules/feeds") => call.form(&format!("kind=class&class={}", school.class)),
        ("POST", "/api/schedules/feeds") => call.json(&json!({ "kind": "class", "class": school.class })),
        ("POST", "/schedules/substitutions/{institution}/{change}") => call.form("version=0&action=cancel"),
        ("PUT" | "DELETE", "/api/schedules/institutions/{institution}/changes/{change}") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "action": "cancel" })),
        ("POST", path) if path.starts_with("/api/") => call.json(&json!({})),
        ("POST", _) => call.form(""),
        _ => call,
    }
}

/// Settings for marks as their form sends them.
const MARKING: &str = "version=0&weighted=1&threshold=50&least_marks=3&owed_days=14&lock_days=\
    &weight-answer=1&weight-homework=1&weight-independent=2&weight-test=3&weight-writing=3&weight-practical=2\
    &weight-project=3";
