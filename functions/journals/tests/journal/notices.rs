//! Notices of absence: who sends them, what journals make of them, what they cost.

mod cost;
mod moved;

use model::{Actor, PersonName};
use rosters::{GuardianshipSide, MemberRole};
use serde_json::{Value, json};
use store::{Write, metered};
use testkit::{Answer, BusyClass, Call, PERIOD, fill_journal, put};

use crate::world::{LESSON, World};

fn board(world: &World, pupil: usize) -> String {
    format!("/api/journals/notices/{}", world.school.pupils[pupil])
}

async fn post(world: &World, actor: &Actor, path: &str, body: &Value) -> Answer {
    Call::new("POST", path)
        .bearer(&world.sessions, actor)
        .json(body)
        .send(&world.service)
        .await
}

/// The parent of the first pupil tells an absence.
async fn tell(world: &World, from: &str, until: &str, reason: &str) -> Answer {
    let body = json!({ "from": from, "until": until, "reason": reason, "text": "Позвоним вечером" });
    post(world, &world.school.parent_actor(), &board(world, 0), &body).await
}

async fn change(world: &World, actor: &str, notice: &str, body: Value) -> Answer {
    let path = format!("{}/{notice}", board(world, 0));
    post(world, &world.school.actor(actor), &path, &body).await
}

async fn listed(world: &World) -> Value {
    let parent = world.school.parent_actor();
    world.get(&parent, &board(world, 0)).await.json()
}

/// Makes the history teacher the class teacher of the class.
async fn appoint(world: &World) {
    let school = &world.school;
    let name = PersonName::parse("Лебедев", "Пётр", Some("Ильич")).expect("a name");
    let class = school.membership(school.history_teacher, &name, school.class, MemberRole::Teacher);
    put(&world.registry, class).await;
}

fn lesson_path(world: &World) -> String {
    format!("{}/lessons/{LESSON}", world.journal())
}

#[tokio::test]
async fn what_a_parent_tells_stands_in_the_journal_as_a_proposal_until_the_teacher_takes_it() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let told = tell(&world, "2026-11-23", "2026-11-28", "illness").await;
    assert_eq!(told.status.as_u16(), 201, "{}", told.text);
    assert_eq!(told.json()["id"], "2026-1");
    let grid = world.page("teacher", &world.journal()).await;
    assert!(
        grid.text
            .contains(r#"data-told="б" title="Семья сообщила: болеет, 23–28&nbsp;ноября"#)
            || grid
                .text
                .contains("data-told=\"б\" title=\"Семья сообщила: болеет, 23–28\u{a0}ноября\""),
        "{}",
        grid.text
    );
    assert!(
        grid.text.contains("сообщили об отсутствии 1 ученика"),
        "{}",
        grid.text
    );
    assert!(
        !grid.text.contains("Позвоним"),
        "the text is not for every teacher"
    );
    assert_eq!(world.entry(0).await, "", "nothing is set by itself");
    // The second pupil has a mark already, the third one's parent has said nothing.
    world.set(1, 0, "5").await;
    let path = format!("{}/absences", lesson_path(&world));
    let noted = world.form(&world.school.teacher_actor(), &path, "grid=1").await;
    assert_eq!(noted.status.as_u16(), 303, "{}", noted.text);
    assert_eq!(noted.location(), format!("{}#lesson-{LESSON}", world.journal()));
    assert_eq!(
        [world.entry(0).await, world.entry(1).await],
        ["б".to_owned(), "5".to_owned()]
    );
    let again = world.form(&world.school.teacher_actor(), &path, "").await;
    assert_eq!(again.location(), format!("{}?saved=1", lesson_path(&world)));
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(
        journal["rows"][0]["cells"][0]["version"], 1,
        "a second click sets nothing"
    );
    assert_eq!(journal["notices"][0]["attendance"], "ill");
}

#[tokio::test]
async fn a_cell_that_was_ever_set_is_left_alone_also_when_it_is_empty_again() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    tell(&world, "2026-11-23", "", "family").await;
    world.set(0, 0, "н").await;
    world.set(0, 1, "").await;
    let path = format!("{}/lessons/{LESSON}/absences", world.base());
    let noted = post(&world, &world.school.teacher_actor(), &path, &json!({})).await;
    assert_eq!((&noted.json()["cells"], noted.status.as_u16()), (&json!([]), 200));
    let page = world.page("teacher", &lesson_path(&world)).await;
    assert!(
        page.text.contains("Семья сообщила: семейные обстоятельства"),
        "{}",
        page.text
    );
    assert!(
        !page.text.contains("Отметить отсутствующих"),
        "there is nothing to be noted"
    );
}

#[tokio::test]
async fn the_letter_follows_the_reason_and_of_two_notices_the_later_one_holds() {
    for (reason, entry) in [("illness", "б"), ("family", "у"), ("event", "у"), ("other", "н")] {
        let world = World::new(3).await;
        world.open(LESSON).await;
        tell(&world, "2026-11-20", "2026-11-28", "illness").await;
        if reason != "illness" {
            tell(&world, "2026-11-23", "2026-11-23", reason).await;
        }
        let path = format!("{}/lessons/{LESSON}/absences", world.base());
        let noted = post(&world, &world.school.teacher_actor(), &path, &json!({})).await;
        assert_eq!(noted.json()["cells"][0]["entries"][0]["entry"], entry, "{reason}");
        let list = listed(&world).await;
        let superseded = &list["notices"].as_array().expect("notices").last().expect("one")["superseded"];
        let expected = match reason {
            "illness" => json!([]),
            _ => json!([{ "from": "2026-11-23", "until": "2026-11-23" }]),
        };
        assert_eq!(superseded, &expected);
    }
}

#[tokio::test]
async fn the_same_notice_sent_twice_is_one_notice() {
    let world = World::new(3).await;
    let send = || tell(&world, "2026-11-23", "2026-11-25", "illness");
    let (first, second) = tokio::join!(send(), send());
    let mut answers = [first.status.as_u16(), second.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 201], "{} {}", first.text, second.text);
    assert_eq!(send().await.json()["id"], "2026-1");
    assert_eq!(listed(&world).await["notices"].as_array().map(Vec::len), Some(1));
    // Two parents who tell different things at one moment are both heard.
    let days = ["2026-11-26", "2026-11-27", "2026-11-28"];
    let sent = days.map(|day| tell(&world, day, day, "event"));
    let [a, b, c] = sent;
    let (a, b, c) = tokio::join!(a, b, c);
    for answer in [&a, &b, &c] {
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.text);
    }
    assert_eq!(listed(&world).await["notices"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn a_notice_is_shortened_or_withdrawn_and_the_journal_follows() {
    let world = World::new(3).await;
    let teacher = world.school.teacher_actor();
    tell(&world, "2026-11-20", "2026-12-04", "illness").await;
    let shown = || async { world.get(&teacher, &world.base()).await.json()["notices"].clone() };
    assert_eq!(shown().await[0]["until"], "2026-12-04");
    let shorter = json!({ "action": "shorten", "until": "2026-11-25" });
    let changed = change(&world, "parent", "2026-1", shorter.clone()).await;
    assert_eq!(changed.status.as_u16(), 200, "{}", changed.text);
    assert_eq!(shown().await[0]["until"], "2026-11-25");
    change(&world, "parent", "2026-1", shorter).await;
    let longer = json!({ "action": "shorten", "until": "2026-12-25" });
    let refused = change(&world, "parent", "2026-1", longer).await;
    assert_eq!(
        (
            refused.status.as_u16(),
            refused.json()["code"].as_str().map(str::to_owned)
        ),
        (422, Some("notice_not_shorter".to_owned()))
    );
    let withdrawn = change(&world, "parent", "2026-1", json!({ "action": "withdraw" })).await;
    let notice = withdrawn.json();
    assert_eq!(
        (&notice["until"], &notice["withdrawn"]),
        (&json!("2026-11-22"), &json!(false)),
        "the days that are over stay told"
    );
    assert_eq!(
        notice["changes"].as_array().map(Vec::len),
        Some(2),
        "a repeat is no change"
    );
    assert_eq!(shown().await[0]["until"], "2026-11-22");
    tell(&world, "2026-11-24", "2026-11-24", "event").await;
    change(&world, "parent", "2026-2", json!({ "action": "withdraw" })).await;
    assert_eq!(
        shown().await.as_array().map(Vec::len),
        Some(1),
        "a withdrawn one is not shown"
    );
    let missing = change(&world, "parent", "2026-9", json!({ "action": "withdraw" })).await;
    assert_eq!(missing.status.as_u16(), 404);
}

#[tokio::test]
async fn only_the_family_the_class_teacher_and_who_leads_the_school_know_of_a_childs_absences() {
    let world = World::new(3).await;
    appoint(&world).await;
    tell(&world, "2026-11-23", "2026-11-24", "illness").await;
    let body = json!({ "from": "2026-11-25", "reason": "event" });
    for (name, actor) in world.school.actors() {
        // The history teacher is the class teacher here.
        let works = ["teacher of another subject", "deputy head", "head"].contains(&name);
        let (sees, sends) = (
            works || ["parent", "pupil"].contains(&name),
            works || name == "parent",
        );
        let status = |answer: Answer| answer.status.as_u16();
        let seen = status(world.get(&actor, &board(&world, 0)).await);
        assert_eq!(seen, if sees { 200 } else { 404 }, "{name} reads");
        let page = Call::get(&format!("/journals/notices/{}", world.school.pupils[0]));
        let page = page.session(&world.sessions, &actor).send(&world.service).await;
        assert_eq!(page.status.as_u16(), if sees { 200 } else { 404 }, "{name} looks");
        assert_eq!(page.text.contains("Позвоним"), sees, "{name}");
        let refused = if sees { 403 } else { 404 };
        let sent = status(post(&world, &actor, &board(&world, 0), &body).await);
        assert_eq!(sent, if sends { 201 } else { refused }, "{name} sends");
        let document = status(change(&world, name, "2026-1", json!({ "action": "document" })).await);
        assert_eq!(document, if works { 200 } else { refused }, "{name} confirms");
        let shorter = json!({ "action": "shorten", "until": "2026-11-24" });
        let shortened = status(change(&world, name, "2026-1", shorter).await);
        assert_eq!(shortened, if sends { 200 } else { refused }, "{name} changes");
    }
}

#[tokio::test]
async fn a_guardianship_that_has_ended_opens_nothing_the_next_moment() {
    let world = World::new(3).await;
    let school = &world.school;
    assert_eq!(
        tell(&world, "2026-11-23", "", "illness").await.status.as_u16(),
        201
    );
    for key in [
        GuardianshipSide::key_of_child(school.parent, school.pupils[0]),
        GuardianshipSide::key_of_guardian(school.parent, school.pupils[0]),
    ] {
        let ended = Write::update_if(key, "SET revoked_at = :now", "attribute_exists(pk)")
            .text(":now", "2026-11-23T09:00:00Z");
        world.registry.write(vec![ended]).await.expect("written");
    }
    assert_eq!(
        tell(&world, "2026-11-24", "", "illness").await.status.as_u16(),
        404
    );
    let read = world.get(&school.parent_actor(), &board(&world, 0)).await;
    assert_eq!(read.status.as_u16(), 404);
}

#[tokio::test]
async fn the_page_sends_without_scripts_and_gives_back_what_it_does_not_take() {
    let world = World::new(3).await;
    let path = format!("/journals/notices/{}", world.school.pupils[0]);
    let page = world.page("parent", &format!("{path}?date=2026-11-26")).await;
    assert!(
        page.text.contains(r#"name="from" value="2026-11-26""#),
        "{}",
        page.text
    );
    let form = |body: &'static str| {
        let actor = world.school.parent_actor();
        let (world, path) = (&world, path.clone());
        async move { world.form(&actor, &path, body).await }
    };
    let refused = form("from=2026-11-26&until=2026-11-24&reason=event&text=Турнир").await;
    assert_eq!(refused.status.as_u16(), 200);
    assert!(
        refused.text.contains("Последний день раньше первого"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains(r#"value="Турнир""#)
            && refused.text.contains(r#"<option value="event" selected>"#),
        "what was typed is not lost"
    );
    let old = form("from=2026-11-19&until=2026-11-24&reason=illness").await;
    assert!(old.text.contains("не позже чем через 3 дня"), "{}", old.text);
    let sent = form("from=2026-11-26&until=2026-11-27&reason=event&text=Турнир").await;
    assert_eq!(
        (sent.status.as_u16(), sent.location()),
        (
            303,
            format!("{path}?institution={}&saved=1", world.school.institution).as_str()
        )
    );
    let page = world.page("parent", sent.location()).await;
    assert!(page.text.contains("Сообщение отправлено") && page.text.contains("действует последнее"));
    assert!(page.text.contains("Андреева"), "who sent it");
    assert!(
        !page.text.contains("Документ получен"),
        "that is the school's to say"
    );
    let deputy = world.page("deputy head", &path).await;
    assert!(deputy.text.contains("Документ получен"), "{}", deputy.text);
    let change = |body: &'static str| {
        let actor = world.school.actor("deputy head");
        let (world, path) = (&world, format!("{path}/2026-1"));
        async move { world.form(&actor, &path, body).await.status.as_u16() }
    };
    assert_eq!(change("action=document").await, 303);
    assert_eq!(change("action=withdraw").await, 303);
    assert_eq!(change("action=burn").await, 422);
    let page = world.page("parent", &path).await;
    assert!(
        page.text.contains("Справка получена") && page.text.contains("отозвано полностью"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn who_only_reads_a_journal_takes_no_proposal_and_a_locked_period_takes_none() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    tell(&world, "2026-11-23", "", "illness").await;
    let path = format!("{}/lessons/{LESSON}/absences", world.base());
    let noted = post(&world, &world.school.actor("head"), &path, &json!({})).await;
    assert_eq!(noted.status.as_u16(), 403);
    let grid = world.page("head", &world.journal()).await;
    assert!(grid.text.contains("data-told") && !grid.text.contains("/absences"));
    let lock = format!("/journals/{}/{PERIOD}/lock", world.school.algebra);
    world.form(&world.school.actor("head"), &lock, "").await;
    let noted = post(&world, &world.school.teacher_actor(), &path, &json!({})).await;
    assert_eq!(noted.json()["code"], "period_locked");
    assert_eq!(world.entry(0).await, "");
}
