//! The diary without a network: the real function and the real worker in a real browser, with a wire that can be cut.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use anyhow::{Context, ensure};
use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{any, get},
};
use end_to_end::{browser::Browser, driver::Driver, repository};
use model::Actor;
use rosters::{Guardianship, GuardianshipSource};
use serde_json::{Value, json};
use testkit::{School, Sessions, TestDatabase, moment};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use web::Environment;

/// The connection between browser and function.
struct Wire {
    port: u16,
    cut: Arc<AtomicBool>,
    changed: watch::Sender<()>,
}

impl Wire {
    /// A wire to a service.
    async fn to(service: Router) -> anyhow::Result<Self> {
        let inner = TcpListener::bind("127.0.0.1:0").await?;
        let target = inner.local_addr()?;
        tokio::spawn(async move { axum::serve(inner, service).await });
        let outer = TcpListener::bind("127.0.0.1:0").await?;
        let port = outer.local_addr()?.port();
        let cut = Arc::new(AtomicBool::new(false));
        let changed = watch::Sender::new(());
        let (is_cut, change) = (Arc::clone(&cut), changed.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = outer.accept().await {
                // A connection that is dropped at once is what a browser meets in a tunnel.
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let mut seen = change.subscribe();
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(target).await?;
                    tokio::select! {
                        copied = copy_bidirectional(&mut near, &mut far) => copied.map(drop),
                        _ = seen.changed() => Ok(()),
                    }
                });
            }
        });
        Ok(Self { port, cut, changed })
    }

    /// Cuts it, open connections too, or mends it.
    fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
        self.changed.send_replace(());
    }

    fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }
}

/// The diary of a small school, its static files, and what stands for sign-ins.
async fn service(school: &School, database: &TestDatabase) -> Router {
    let registry = database.table("registry").await;
    let schedules = database.table("schedules").await;
    for table in ["journals", "diary"] {
        database.table(table).await;
    }
    school.write(&registry, &schedules).await;
    let name = |given: &str| model::PersonName::parse("Андреева", given, None).expect("a name");
    let second = Guardianship {
        guardian: school.parent,
        guardian_name: name("Мария"),
        child: school.pupils[2],
        child_name: name("Вера"),
        source: GuardianshipSource::School,
        revoked_at: None,
    };
    let sides = second.create().expect("items").into();
    registry.write(sides).await.expect("written");
    let sessions = Sessions::new(moment("2026-11-23T15:40:00Z"));
    let environment = Environment::of(&[
        ("REGISTRY_TABLE", "registry"),
        ("SCHEDULES_TABLE", "schedules"),
        ("JOURNALS_TABLE", "journals"),
        ("DIARY_TABLE", "diary"),
    ]);
    let app = diary::App::new(&environment, database.client(), sessions.clock()).expect("an app");
    let words = Arc::clone(&app.translations);
    let diary = sessions.serve(diary::router(app), words);
    let token = |actor: &Actor| sessions.token(actor);
    let tokens = [token(&school.parent_actor()), token(&school.pupil_actor(0))];
    let signed_in = move |Path(who): Path<usize>| {
        let cookie = format!(
            "__Host-session={}; Path=/; Secure; HttpOnly; SameSite=Lax",
            tokens[who]
        );
        async move { ([(header::SET_COOKIE, cookie)], Html("<title>in</title>")) }
    };
    Router::new()
        .route("/as/{who}", get(signed_in))
        .route("/assets/test/{*path}", get(|Path(path): Path<String>| async move { asset(&path) }))
        .route("/identity/{*path}", any(|| async { Html("<title>identity</title><form method=post action=/identity/sign-out><button>out</button></form>") }))
        .fallback_service(diary)
}

fn asset(path: &str) -> Response {
    let kind = if path.ends_with(".css") {
        "text/css"
    } else {
        "text/javascript"
    };
    let file = repository().join("shared/ui/assets").join(path);
    // Fonts and icons come from packages, which this test does without.
    match std::fs::read(file) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Where the browser is, whether the line of an old page is shown, and whether what needs a network is.
async fn shown(browser: &Browser) -> anyhow::Result<Value> {
    browser
        .run(
            "const line = document.getElementById('offline'); const needs = document.querySelector('.needs-network'); \
             return [location.pathname, line && !line.hidden ? line.textContent : '', \
             needs ? getComputedStyle(needs).display !== 'none' : null]",
        )
        .await
}

/// What the worker keeps: the weeks by reader.
async fn kept(browser: &Browser, expected: &Value) -> anyhow::Result<()> {
    let read = "const done = arguments[arguments.length - 1]; (async () => { const all = {}; \
        for (const name of await caches.keys()) if (name.startsWith('diary-of-')) \
        all[name.slice(9)] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname); \
        done(all) })()";
    let mut found = Value::Null;
    for _ in 0..100 {
        found = browser.run_async(read).await?;
        if found == *expected {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("kept is {found}, not {expected}")
}

#[tokio::test]
async fn the_last_seen_week_of_each_child_is_read_without_a_network_and_by_nobody_else() -> anyhow::Result<()>
{
    let (database, school) = (TestDatabase::start().await, School::new(3));
    let wire = Wire::to(service(&school, &database).await).await?;
    let driver = Driver::start()?;
    let browser = driver.open().await?;
    let result = read_without_a_network(&browser, &wire, &school).await;
    browser.close().await?;
    result
}

async fn read_without_a_network(browser: &Browser, wire: &Wire, school: &School) -> anyhow::Result<()> {
    let week = |number: usize| format!("/diary/{}", school.pupils[number]);
    let open = async |path: &str| browser.open(&wire.address(path)).await;
    let parent = school.parent.to_string();

    open("/as/0").await?;
    open(&format!("{}?date=2026-11-23", week(2))).await?;
    kept(browser, &json!({ (parent.as_str()): [week(2)] }))
        .await
        .context("the page that was there before the worker")?;
    open(&week(0)).await?;
    kept(browser, &json!({ (parent.as_str()): [week(2), week(0)] })).await?;
    ensure!(
        shown(browser).await? == json!([week(0), "", true]),
        "with a network"
    );
    open(&format!("{}/homework", week(2))).await?;
    kept(browser, &json!({ (parent.as_str()): [week(2), week(0)] }))
        .await
        .context("no other page is kept")?;

    wire.cut(true);
    let old = "Показано по состоянию на\u{a0}23.11, 18:40: сети\u{a0}нет.";
    for (asked, given) in [
        (week(0), week(0)),
        (format!("{}?date=2026-11-16", week(2)), week(2)),
        (format!("{}/marks", week(2)), week(2)),
        ("/diary".to_owned(), week(0)),
    ] {
        open(&asked).await?;
        let shown = shown(browser).await?;
        ensure!(shown == json!([given, old, false]), "{asked}: {shown}");
    }
    wire.cut(false);
    open(&week(0)).await?;
    ensure!(
        shown(browser).await? == json!([week(0), "", true]),
        "the network is back"
    );

    // Somebody else signs in here and reads the diary: nothing of the parent's is left.
    open("/as/1").await?;
    open(&week(0)).await?;
    let pupil = school.pupils[0].to_string();
    kept(browser, &json!({ (pupil.as_str()): [week(0)] }))
        .await
        .context("another reader")?;
    open("/identity/callback?code=1").await?;
    kept(browser, &json!({})).await.context("a sign-in")?;
    open(&week(0)).await?;
    kept(browser, &json!({ (pupil.as_str()): [week(0)] })).await?;
    open("/identity/sign-out").await?;
    kept(browser, &json!({ (pupil.as_str()): [week(0)] }))
        .await
        .context("only asked whether to sign out")?;
    browser.click("button").await?;
    kept(browser, &json!({})).await.context("a sign-out")?;
    let wrong: Vec<String> = browser
        .console()
        .await?
        .into_iter()
        .filter(|line| line.contains("Content Security Policy") || line.contains("Uncaught"))
        .collect();
    ensure!(wrong.is_empty(), "the console says {wrong:?}");
    Ok(())
}
