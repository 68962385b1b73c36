//! The small school with what a draft needs: which groups a class has, who teaches them, who learns in them.

use model::{Actor, GroupKind, PersonId, PersonName, Role};
use rosters::{ClassTeaching, LearnsIn, Member, MemberRole, Membership};
use serde_json::{Value, json};
use testkit::{Answer, Call};

use crate::school::{
    self, group, known_before, person,
    running::{Running, of_school},
};

/// The school with two pupils of 7А in different groups of English.
pub(crate) async fn start() -> Running {
    let running = Running::start().await;
    let member = |person: PersonId, family: &str| Member {
        person,
        name: PersonName::parse(family, "Анна", Some("Петровна")).expect("a name"),
        from: None,
        until: None,
    };
    for (class, id, subject, title, teacher) in [
        ("7a", "7a-alg", "Алгебра", "7А", member(person("t1"), "Алгебрина")),
        (
            "7a",
            "7a-eng1",
            "Английский язык",
            "7А, 1-я подгруппа",
            member(person("t3"), "Инглишева"),
        ),
        (
            "7a",
            "7a-eng2",
            "Английский язык",
            "7А, 2-я подгруппа",
            member(known_before(), "Давняя"),
        ),
        ("1a", "1a-read", "Чтение", "1А", member(known_before(), "Давняя")),
    ] {
        let taught = ClassTeaching {
            class: group(class),
            group: group(id),
            subject: subject.to_owned(),
            title: title.to_owned(),
            teachers: vec![teacher],
        };
        running.school.put(taught).await;
    }
    for (pupil, english) in [(31u128, "7a-eng1"), (32, "7a-eng2")] {
        let learns = |id: &str| LearnsIn {
            group: group(id),
            from: None,
            until: None,
        };
        let membership = Membership {
            person: PersonId::from_bits(pupil),
            group: group("7a"),
            group_kind: GroupKind::Class,
            role: MemberRole::Pupil,
            name: PersonName::parse("Учеников", "Пётр", None).expect("a name"),
            institution: school::school(),
            institution_name: "Школа № 12".to_owned(),
            title: "7А".to_owned(),
            subject: None,
            grade: Some(7),
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
            from: None,
            until: None,
            learns_in: vec![learns("7a-alg"), learns(english)],
        };
        running.school.put(membership).await;
    }
    running
}

pub(crate) fn deputy() -> Actor {
    of_school(Role::Deputy)
}

pub(crate) async fn post(running: &Running, actor: &Actor, path: &str, body: &Value) -> Answer {
    Call::new("POST", path)
        .bearer(&running.sessions, actor)
        .json(body)
        .send(&running.service)
        .await
}

pub(crate) async fn form(running: &Running, actor: &Actor, path: &str, body: &str) -> Answer {
    Call::new("POST", path)
        .session(&running.sessions, actor)
        .form(body)
        .send(&running.service)
        .await
}

/// Makes a draft and gives its id.
pub(crate) async fn draft(running: &Running, source: &str, from: &str) -> String {
    let body = json!({ "institution": school::school(), "title": "Вторая четверть", "from": from, "source": source });
    let made = post(running, &deputy(), "/api/schedules/drafts", &body).await;
    assert_eq!(made.status, 200, "{}", made.text);
    made.json()["draft"].as_str().expect("an id").to_owned()
}

/// A class of a draft.
pub(crate) async fn class(running: &Running, draft: &str, class: &str) -> Value {
    let path = format!("/api/schedules/drafts/{draft}/classes/{}", group(class));
    let answer = running.api(&deputy(), &path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

pub(crate) async fn edit(running: &Running, draft: &str, was: &Value, now: &Value) -> Answer {
    let path = format!("/api/schedules/drafts/{draft}/lessons");
    post(running, &deputy(), &path, &json!({ "was": was, "now": now })).await
}

/// A lesson as the API takes it.
pub(crate) fn lesson(id: &str, day: u8, number: u8, room: &str) -> Value {
    json!({ "group": group(id), "day": day, "number": number, "room": room })
}

/// The kinds of the conflicts of a refusal.
pub(crate) fn kinds(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 422, "{}", answer.text);
    let body = answer.json();
    let conflicts = body["conflicts"].as_array().expect("conflicts");
    conflicts
        .iter()
        .map(|conflict| conflict["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

/// Publishes a draft as it stands.
pub(crate) async fn publish(running: &Running, draft: &str, from: &str) -> Answer {
    let seen = running
        .api(&deputy(), &format!("/api/schedules/drafts/{draft}"))
        .await
        .json();
    let body = json!({ "from": from, "revision": seen["revision"] });
    post(
        running,
        &deputy(),
        &format!("/api/schedules/drafts/{draft}/publication"),
        &body,
    )
    .await
}
