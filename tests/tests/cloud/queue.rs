//! Marks that cannot be sent at once: without a connection, without a session, with somebody else's session.

use std::sync::Arc;

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    grid::{Grid, address, keys},
    journal::Journal,
    plain::SESSION,
};

use crate::{
    Stage,
    browser::{choose_person, in_browser, sign_in},
    grid::prepared,
};

/// The lesson into which these tests write, each into the rows of its own.
const LESSON: &str = "2026-09-17-03";

/// When a cell was last changed.
async fn changed_at(journal: &Journal, pupil: &str) -> anyhow::Result<String> {
    let history = journal.history(LESSON, pupil).await?;
    let at = history.first().and_then(|change| change["at"].as_str());
    Ok(at.context("it was never changed")?.to_owned())
}

pub(crate) async fn marks_typed_without_a_connection_wait_and_are_sent_in_their_order(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 0, &["", "", "", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, journal) = (&address, &stage.place, &journal);
    let rows: &Vec<&str> = &pupils.iter().map(|(pupil, _)| pupil.as_str()).collect();
    let before = journal.history(LESSON, rows[3]).await?.len();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        browser.go_offline(true).await?;
        // Not in the order of the list.
        for (row, entry) in [(2, "4"), (0, "5"), (3, "2"), (1, "н")] {
            grid.go_to(rows[row]).await?;
            grid.press(&[entry, keys::ENTER]).await?;
            grid.is_in_state(rows[row], entry, "queued").await?;
        }
        grid.says(&["Нет связи", "уйдут, когда связь появится"]).await?;
        // What has not been sent yet is undone without a trace.
        grid.go_to(rows[3]).await?;
        grid.press(&[keys::DELETE]).await?;
        grid.is_saved(rows[3], "").await?;
        let untouched = journal.cell(LESSON, rows[0]).await?;
        ensure!(
            untouched.entry.is_empty(),
            "it was sent without a connection: {untouched:?}"
        );
        browser.go_offline(false).await?;
        for (row, entry) in [(2, "4"), (0, "5"), (1, "н")] {
            grid.is_saved(rows[row], entry).await?;
        }
        grid.says(&["Сохранено"]).await?;
        grid.nothing_waits().await
    })
    .await?;
    let (first, second, third) = (
        changed_at(journal, rows[2]).await?,
        changed_at(journal, rows[0]).await?,
        changed_at(journal, rows[1]).await?,
    );
    ensure!(
        first < second && second < third,
        "sent at {first}, {second}, {third}"
    );
    ensure!(
        journal.history(LESSON, rows[3]).await?.len() == before,
        "what was undone was sent"
    );
    Ok(())
}

pub(crate) async fn marks_that_wait_outlast_a_reload_of_the_page(stage: Arc<Stage>) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 4, &["", "", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, journal) = (&address, &stage.place, &journal);
    let rows: &Vec<&str> = &pupils.iter().map(|(pupil, _)| pupil.as_str()).collect();
    let name = pupils[1].1.as_str();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        browser.go_offline(true).await?;
        grid.go_to(rows[0]).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_in_state(rows[0], "5", "queued").await?;
        grid.press(&["4", keys::ENTER]).await?;
        grid.is_in_state(rows[1], "4", "queued").await?;
        browser.reload().await?;
        // Meanwhile somebody else sets one of the two.
        journal.set(LESSON, rows[1], "2").await?;
        browser.go_offline(false).await?;
        grid.open_again().await?;
        grid.is_saved(rows[0], "5").await?;
        grid.is_in_state(rows[1], "4", "conflict").await?;
        grid.says(&[name, "сейчас стоит «2»", "вы поставили «4»"]).await?;
        // A question that was not answered is asked again.
        grid.open_again().await?;
        grid.says(&["сейчас стоит «2»", "вы поставили «4»"]).await?;
        grid.choose("Оставить как есть").await?;
        grid.is_saved(rows[1], "2").await?;
        grid.nothing_waits().await?;
        // What is still being typed when the page is left arrives as well.
        grid.go_to(rows[2]).await?;
        grid.press(&["3"]).await?;
        grid.open_again().await?;
        grid.is_saved(rows[2], "3").await?;
        grid.nothing_waits().await
    })
    .await?;
    let stands = journal.cell(LESSON, rows[2]).await?;
    ensure!(stands.entry == "3", "{stands:?}");
    Ok(())
}

pub(crate) async fn a_session_that_ends_between_two_marks_is_renewed_or_asked_for(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 7, &["", "", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place) = (&address, &stage.place);
    let rows: &Vec<&str> = &pupils.iter().map(|(pupil, _)| pupil.as_str()).collect();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        // The hour of the session is over: it is renewed, and nobody sees it.
        browser.forget_cookie(SESSION).await?;
        grid.go_to(rows[0]).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_saved(rows[0], "5").await?;
        // The school day is over too: only Gosuslugi can tell who it is.
        browser.forget_cookies().await?;
        grid.press(&["4", keys::ENTER]).await?;
        grid.is_in_state(rows[1], "4", "queued").await?;
        grid.press(&["3", keys::ENTER]).await?;
        grid.is_in_state(rows[2], "3", "queued").await?;
        grid.says(&["сеанс закончился", "Ничего не потеряно"]).await?;
        grid.choose("Нужно войти").await?;
        choose_person(&browser, place, Part::Teacher).await?;
        browser.arrived("the grid", |at| at == address).await?;
        grid.is_saved(rows[1], "4").await?;
        grid.is_saved(rows[2], "3").await?;
        grid.nothing_waits().await
    })
    .await
}

pub(crate) async fn what_one_person_typed_is_not_sent_by_another_on_the_same_computer(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 10, &[""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, journal) = (&address, &stage.place, &journal);
    let pupil = pupils[0].0.as_str();
    let before = &journal.cell(LESSON, pupil).await?;
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        browser.go_offline(true).await?;
        grid.go_to(pupil).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_in_state(pupil, "5", "queued").await?;
        // The head teacher signs in beside the forgotten window and looks at the same journal.
        let teachers = browser.open_window().await?;
        browser.forget_cookies().await?;
        sign_in(&browser, place, Part::Head).await?;
        browser.open(address).await?;
        browser.find("table.grid").await?;
        ensure!(
            grid.shown(pupil).await?.is_empty(),
            "the head sees what was not sent"
        );
        let heads = browser.go_to_window(&teachers).await?;
        browser.go_offline(false).await?;
        grid.says(&["сеанс закончился"]).await?;
        grid.is_in_state(pupil, "5", "queued").await?;
        ensure!(
            journal.cell(LESSON, pupil).await? == *before,
            "it was sent as the head"
        );
        ensure!(grid.kept().await? == ["5"], "the mark is lost");
        // The head signs out, the teacher comes back.
        browser.go_to_window(&heads).await?;
        browser.forget_cookies().await?;
        sign_in(&browser, place, Part::Teacher).await?;
        grid.open_again().await?;
        grid.is_saved(pupil, "5").await?;
        grid.nothing_waits().await
    })
    .await?;
    let stands = journal.cell(LESSON, pupil).await?;
    ensure!(
        stands.entry == "5" && stands.version == before.version + 1,
        "{stands:?}"
    );
    Ok(())
}
