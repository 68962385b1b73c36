//! The session: signing in, being renewed, signing out, and what is no session.

use std::{collections::BTreeSet, sync::Arc};

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    place::{Place, SIGN_INS, options, read},
    plain::{REFRESH, SESSION, bare},
    pool,
};
use reqwest::{Method, Url};
use serde_json::{Value, json};

pub(crate) async fn every_persona_signs_in_and_comes_back_to_the_page_asked_for(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    for part in Part::ALL {
        let mut visitor = place.stranger()?;
        let asked = "/identity/profile?from=letter";
        let _alone = SIGN_INS.lock().await;
        let page = visitor
            .sign_in(place.account(part), asked)
            .await
            .with_context(|| format!("{part:?}"))?;
        ensure!(
            page.url.as_str() == format!("{}{asked}", place.public),
            "{part:?} came to {}",
            page.url
        );
        ensure!(page.status == 200, "{part:?}: {}", page.status);
        let profile = read(&visitor, "/api/identity/profile").await?;
        let name = place.region.persona(part).name.full();
        ensure!(
            profile["name"]["full"] == name.as_str(),
            "{part:?} is {}",
            profile["name"]
        );
    }
    Ok(())
}

pub(crate) async fn personas_have_the_roles_that_they_are_described_by(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let expected: [(Part, &[&str]); 12] = [
        (Part::Teacher, &["parent", "teacher"]),
        (Part::Parent, &["parent"]),
        (Part::SecondParent, &["parent"]),
        (Part::Guardian, &["parent"]),
        (Part::Child, &["pupil"]),
        (Part::Pupil, &["pupil"]),
        (Part::ClassTeacher, &["teacher"]),
        (Part::Deputy, &["deputy"]),
        (Part::Head, &["head"]),
        (Part::Administrator, &["administrator"]),
        (Part::FederalOperator, &["federal_operator"]),
        (Part::Stranger, &[]),
    ];
    for (part, roles) in expected {
        let visitor = place.visitor(part).await?;
        let profile = read(&visitor, "/api/identity/profile").await?;
        let held = profile["roles"].as_array().into_iter().flatten();
        let held: BTreeSet<&str> = held.filter_map(|role| role["role"].as_str()).collect();
        let all_there = roles.iter().all(|role| held.contains(role));
        ensure!(
            all_there && (roles.is_empty() == held.is_empty()),
            "{part:?} is {held:?}, not {roles:?}"
        );
    }
    Ok(())
}

/// A token with another last byte of its signature.
fn spoilt(token: &str) -> String {
    let (rest, last) = token.split_at(token.len() - 8);
    let turned: String = last.chars().rev().collect();
    if turned == last {
        format!("{rest}AAAAAAAA")
    } else {
        format!("{rest}{turned}")
    }
}

/// A token that says something else, with the signature that it had.
fn with_other_claims(token: &str) -> anyhow::Result<String> {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[1])?)?;
    claims["roles"] = json!("federal_operator");
    let claims = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    Ok(format!("{}.{claims}.{}", parts[0], parts[2]))
}

/// A token that says the same, signed by nobody.
fn unsigned(token: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let claims = token.split('.').nth(1).unwrap_or_default();
    format!(
        "{}.{claims}.",
        BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT" }).to_string())
    )
}

pub(crate) async fn forged_and_foreign_sessions_open_nothing(place: Arc<Place>) -> anyhow::Result<()> {
    let parent = place.visitor(Part::Parent).await?;
    let good = parent.cookie(SESSION).context("no session")?.to_owned();
    let sessions = testkit::Sessions::new(testkit::moment("2026-11-23T09:00:00Z"));
    let foreign = sessions.token(&testkit::School::new(1).teacher_actor());
    let client = bare()?;
    let tokens = [
        spoilt(&good),
        with_other_claims(&good)?,
        unsigned(&good),
        foreign,
        "nonsense".to_owned(),
        String::new(),
    ];
    for token in tokens {
        for path in ["/api/identity/profile", "/api/journals", "/api/registry/regions"] {
            let as_program = client
                .get(format!("{}{path}", place.public))
                .bearer_auth(&token)
                .send()
                .await?;
            ensure!(
                as_program.status() == 401,
                "{path} answers {} to {token}",
                as_program.status()
            );
            let cookie = format!("{SESSION}={token}");
            let as_page = client
                .get(format!("{}{path}", place.public))
                .header("cookie", cookie)
                .send()
                .await?;
            ensure!(
                as_page.status() == 401,
                "{path} answers {} to the cookie {token}",
                as_page.status()
            );
        }
        let page = client
            .get(format!("{}/diary", place.public))
            .header("cookie", format!("{SESSION}={token}"))
            .header("accept", "text/html")
            .send()
            .await?;
        let location = page
            .headers()
            .get("location")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        ensure!(
            page.status() == 303 && location == "/identity/refresh?return_to=%2Fdiary",
            "{} {location}",
            page.status()
        );
    }
    let well = client
        .get(format!("{}/api/identity/profile", place.public))
        .bearer_auth(&good)
        .send()
        .await?;
    ensure!(
        well.status() == 200,
        "the true session is answered {}",
        well.status()
    );
    Ok(())
}

pub(crate) async fn a_session_that_has_ended_is_renewed_without_asking(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let mut teacher = place.visitor(Part::Teacher).await?;
    let old = teacher.cookie(SESSION).context("no session")?.to_owned();
    let refresh = teacher
        .cookie(REFRESH)
        .context("nothing to renew with")?
        .to_owned();
    let client = bare()?;
    // The browser has dropped the session cookie, whose time is up; the page sends it to be renewed and back.
    let page = client
        .get(format!("{}/journals", place.public))
        .header("accept", "text/html")
        .send()
        .await?;
    let location = page.headers()["location"].to_str()?.to_owned();
    ensure!(
        page.status() == 303 && location == "/identity/refresh?return_to=%2Fjournals",
        "{location}"
    );
    let renewed = client
        .get(format!("{}{location}", place.public))
        .header("cookie", format!("{REFRESH}={refresh}"))
        .send()
        .await?;
    ensure!(
        renewed.status() == 303 && renewed.headers()["location"] == "/journals",
        "{:?}",
        renewed.headers()
    );
    let cookies = renewed
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok());
    let session = cookies
        .filter_map(|cookie| cookie.strip_prefix(&format!("{SESSION}=")))
        .next();
    let session = session
        .and_then(|cookie| cookie.split(';').next())
        .context("no new session")?
        .to_owned();
    ensure!(session != old, "the session is the old one");
    let again = client
        .get(format!("{}/api/journals", place.public))
        .bearer_auth(session)
        .send()
        .await?;
    ensure!(
        again.status() == 200,
        "the new session is answered {}",
        again.status()
    );
    // Scripts renew by themselves.
    let answer = teacher
        .request(Method::POST, "/identity/refresh")?
        .header("cookie", format!("{REFRESH}={refresh}"))
        .send()
        .await?;
    ensure!(
        answer.status() == 204,
        "a script's renewal is answered {}",
        answer.status()
    );
    let page = teacher.get("/journals").await?;
    ensure!(page.status == 200, "{}", page.status);
    Ok(())
}

pub(crate) async fn an_expired_token_is_no_session_but_leads_to_a_new_one(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let teacher = place.visitor(Part::Teacher).await?;
    let good = teacher.cookie(SESSION).context("no session")?;
    let refresh = teacher.cookie(REFRESH).context("nothing to renew with")?;
    let state = options().state;
    let mut claims = pool::claims(good)?;
    // What is refused below is refused for its time alone: signed with the same key, the same claims open everything.
    let same = pool::signed_again(&state, good, &claims)?;
    let expiry = claims["exp"].as_i64().context("a token that does not expire")?;
    claims.insert("iat".to_owned(), json!(expiry - 3 * 60 * 60));
    claims.insert("exp".to_owned(), json!(expiry - 2 * 60 * 60));
    let expired = pool::signed_again(&state, good, &claims)?;
    let client = bare()?;
    let get = |path: &str, cookies: String| {
        let accept = if path.starts_with("/api/") {
            "application/json"
        } else {
            "text/html"
        };
        let request = client
            .get(format!("{}{path}", place.public))
            .header("accept", accept);
        async move { anyhow::Ok(request.header("cookie", cookies).send().await?) }
    };
    for path in ["/api/journals", "/journals"] {
        let answer = get(path, format!("{SESSION}={same}")).await?;
        ensure!(
            answer.status() == 200,
            "{path}: a good token is answered {}",
            answer.status()
        );
    }
    let answer = get("/api/journals", format!("{SESSION}={expired}")).await?;
    ensure!(answer.status() == 401, "at the gateway: {}", answer.status());
    // Behind the gateway the function looks for itself: pages are not guarded there.
    let page = "/journals?from=letter";
    let answer = get(page, format!("{SESSION}={expired}")).await?;
    let way = answer
        .headers()
        .get("location")
        .context("no way on")?
        .to_str()?
        .to_owned();
    ensure!(
        answer.status() == 303 && way == "/identity/refresh?return_to=%2Fjournals%3Ffrom%3Dletter",
        "{} {way}",
        answer.status()
    );
    let answer = get(&way, format!("{SESSION}={expired}; {REFRESH}={refresh}")).await?;
    ensure!(
        answer.status() == 303 && answer.headers()["location"] == page,
        "{:?}",
        answer.headers()
    );
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookie = cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.starts_with(SESSION))
        .context("no new session")?;
    let answer = get(page, cookie.to_owned()).await?;
    ensure!(
        answer.status() == 200,
        "the new session is answered {}",
        answer.status()
    );
    Ok(())
}

pub(crate) async fn signing_out_ends_the_session_here_at_the_pool_and_at_gosuslugi(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let mut parent = place.visitor(Part::SecondParent).await?;
    let refresh = parent
        .cookie(REFRESH)
        .context("nothing to renew with")?
        .to_owned();
    let cookie = format!(
        "{SESSION}={}; {REFRESH}={refresh}",
        parent.cookie(SESSION).unwrap_or_default()
    );
    let client = bare()?;
    let answer = client
        .post(format!("{}/identity/sign-out", place.public))
        .header("cookie", cookie)
        .header("origin", &place.public)
        .send()
        .await?;
    ensure!(answer.status() == 200, "{}", answer.status());
    for name in [SESSION, REFRESH] {
        let mut set = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|cookie| cookie.to_str().ok());
        let gone = set.any(|cookie| cookie.starts_with(&format!("{name}=;")) && cookie.contains("Max-Age=0"));
        ensure!(gone, "{name} stays: {:?}", answer.headers());
    }
    let next = answer.headers()["refresh"]
        .to_str()?
        .split_once("url=")
        .context("it leads nowhere")?
        .1
        .to_owned();
    ensure!(
        Url::parse(&next)?.path() == "/logout",
        "not to the pool but to {next}"
    );
    // The pool, the bridge, Gosuslugi and home, each sending on to the next.
    let end = parent.get(&next).await?;
    ensure!(
        end.url.as_str().starts_with(&place.public) && end.status == 200,
        "ended at {} {}",
        end.url,
        end.status
    );
    // That the refresh token is revoked is tested with the function: the emulator has no `/oauth2/revoke`.
    Ok(())
}
