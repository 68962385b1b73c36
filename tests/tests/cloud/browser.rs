//! Clicks and keys.

use std::sync::Arc;

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    browser::Browser,
    grid,
    journal::{Journal, PERIOD, child_in_seven_a},
    place::{Place, SIGN_INS},
};

use crate::Stage;

/// From the first page to the profile, as a person goes: by the button, and by their name at Gosuslugi.
pub(crate) async fn sign_in(browser: &Browser, place: &Place, part: Part) -> anyhow::Result<()> {
    let _alone = SIGN_INS.lock().await;
    browser.open(&format!("{}/", place.public)).await?;
    browser.click("a.button[href^='/identity/sign-in']").await?;
    choose_person(browser, place, part).await?;
    let home = |address: &str| address.starts_with(&place.public) && !address.contains("/identity/callback");
    browser.arrived("the platform", home).await.map(drop)
}

/// At Gosuslugi: says who it is.
pub(crate) async fn choose_person(browser: &Browser, place: &Place, part: Part) -> anyhow::Result<()> {
    browser
        .click(&format!("button[name=oid][value='{}']", place.account(part)))
        .await
}

/// Runs a test in a browser of its own and closes it, however the test ends.
pub(crate) async fn in_browser<F>(stage: &Stage, test: impl FnOnce(Arc<Browser>) -> F) -> anyhow::Result<()>
where
    F: Future<Output = anyhow::Result<()>>,
{
    let browser = Arc::new(stage.driver.open().await?);
    let result = test(Arc::clone(&browser)).await;
    let said = browser.console().await.unwrap_or_default();
    if let Some(browser) = Arc::into_inner(browser) {
        let _ = browser.close().await;
    }
    result?;
    refuse_violations(&said)
}

/// Fails if a page broke its own content security policy or a script of it failed.
pub(crate) fn refuse_violations(console: &[String]) -> anyhow::Result<()> {
    let wrong = [
        "Content Security Policy",
        "Content-Security-Policy",
        "Uncaught",
        "TypeError",
        "/assets/",
    ];
    let violations: Vec<&String> = console
        .iter()
        .filter(|line| wrong.iter().any(|word| line.contains(word)))
        .collect();
    ensure!(violations.is_empty(), "the console says {violations:?}");
    Ok(())
}

pub(crate) async fn a_mark_typed_by_a_teacher_is_saved_and_the_parent_reads_it(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    let journal = Journal::of_algebra(place).await?;
    let mother = place.visitor(Part::Parent).await?;
    let child = child_in_seven_a(&mother).await?;
    let lesson = "2026-09-03-01";
    journal.open(lesson).await?;
    journal.set(lesson, &child, "").await?;
    let (child, journal) = (&child, &journal);
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        // Today's page, the journals, this journal, its first quarter.
        browser.click("nav.places a[href='/journals']").await?;
        browser
            .click(&format!("a.card[href='/journals/{}']", journal.id))
            .await?;
        browser.click(&format!("nav.tabs a[href$='/{PERIOD}']")).await?;
        type_and_see_it_saved(&browser, child, lesson).await?;
        Ok(())
    })
    .await?;
    let stands = journal.cell(lesson, child).await?;
    ensure!(stands.entry == "5", "{stands:?}");
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Parent).await?;
        browser.open(&format!("{}/diary/{child}?date=2026-09-03", place.public)).await?;
        let shown = browser.text_of("main").await?;
        let day = shown.split("сентября").find(|part| part.contains("Алгебра")).unwrap_or_default().to_owned();
        let marks = browser.run("return [...document.querySelectorAll('.lesson')].filter(l => l.textContent.includes('Алгебра')).map(l => l.querySelector('.marks')?.textContent.trim())").await?;
        ensure!(marks.as_array().is_some_and(|marks| marks.iter().any(|mark| mark == "5")), "{marks} {day}");
        Ok(())
    })
    .await
}

/// Goes to a cell with the keyboard, types 5, and waits for the page to say that it is saved.
async fn type_and_see_it_saved(browser: &Browser, child: &str, lesson: &str) -> anyhow::Result<()> {
    let cell = cell_of(child, lesson);
    browser.find("table.grid[data-writable]").await?;
    browser
        .run(&format!(
            "const cell = {cell}; cell.click(); return document.activeElement === cell"
        ))
        .await?;
    browser.type_keys("5").await?;
    let typed = browser.run(&format!("return {cell}.textContent")).await?;
    ensure!(typed == "5", "typed 5 and see {typed}");
    // Going on saves at once; without it a pause does.
    browser.type_keys("\u{e015}").await?;
    let saved = format!("return [{cell}.textContent, {cell}.dataset.saved, {cell}.dataset.v ?? '']");
    browser
        .until("the mark is saved", &saved, |state| {
            state[0] == "5" && state[1] == "5" && state[2] != ""
        })
        .await?;
    let average = browser
        .run(&format!(
            "return {cell}.parentElement.querySelector('td.average').textContent.trim()"
        ))
        .await?;
    ensure!(
        average.as_str().is_some_and(|average| average.contains(',')),
        "the average is {average}"
    );
    Ok(())
}

/// A script that finds the cell of the first work of a lesson.
fn cell_of(child: &str, lesson: &str) -> String {
    format!(
        "document.querySelector('tr[data-pupil=\"{child}\"]').cells[document.querySelector('th[data-lesson=\"{lesson}\"]').cellIndex]"
    )
}

pub(crate) async fn without_scripts_the_form_of_a_lesson_does_the_same(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    let journal = Journal::of_algebra(place).await?;
    let lesson = "2026-09-03-02";
    journal.open(lesson).await?;
    let (pupil, _) = journal.pupils().await?.into_iter().nth(1).context("no pupils")?;
    journal.set(lesson, &pupil, "").await?;
    let address = format!("{}/lessons/{lesson}", grid::address(place, &journal));
    let field = format!("input[name='entry-{pupil}']");
    in_browser(&stage, |browser| async move {
        browser.without_scripts().await?;
        sign_in(&browser, place, Part::Teacher).await?;
        browser.open(&address).await?;
        // A wrong entry comes back in its field with the reason, and nothing is saved.
        enter(&browser, &field, "7").await?;
        let refused = browser.find(&format!("{field}[aria-invalid=true]")).await?;
        ensure!(
            refused.value().await?.as_deref() == Some("7"),
            "what was typed is lost"
        );
        enter(&browser, &field, "5").await?;
        let notice = browser.text_of("p.notice[role=status]").await?;
        ensure!(!notice.is_empty(), "the page does not say that the mark is saved");
        let stands = browser.find(&field).await?.value().await?;
        ensure!(stands.as_deref() == Some("5"), "{stands:?}");
        Ok(())
    })
    .await?;
    let stands = journal.cell(lesson, &pupil).await?;
    ensure!(stands.entry == "5", "{stands:?}");
    Ok(())
}

/// Types into a field and sends its form by Enter.
async fn enter(browser: &Browser, field: &str, text: &str) -> anyhow::Result<()> {
    let input = browser.find(field).await?;
    input.clear().await?;
    input.send_keys(format!("{text}\u{e007}")).await?;
    Ok(())
}

pub(crate) async fn a_person_signs_out_by_clicks_and_needs_gosuslugi_to_come_back(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Guardian).await?;
        browser
            .open(&format!("{}/identity/profile", place.public))
            .await?;
        browser.click("main a[href='/identity/sign-out']").await?;
        browser.click("form[action='/identity/sign-out'] button").await?;
        // Through the pool, the bridge and Gosuslugi, by themselves.
        browser
            .arrived("the first page", |address| {
                address == format!("{}/", place.public)
            })
            .await?;
        browser.find("a.button[href^='/identity/sign-in']").await?;
        browser.open(&format!("{}/diary", place.public)).await?;
        browser.click("a.button[href^='/identity/sign-in']").await?;
        browser
            .find("button[name=oid]")
            .await
            .context("Gosuslugi did not ask who it is")?;
        Ok(())
    })
    .await
}
