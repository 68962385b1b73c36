//! The journal grid with the keyboard: as a spreadsheet, and when two write into one cell.

use std::sync::Arc;

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    grid::{Grid, address, keys},
    journal::Journal,
};
use serde_json::Value;

use crate::{
    Stage,
    browser::{in_browser, sign_in},
};

/// The lesson into which these tests write, each into the rows of its own.
const LESSON: &str = "2026-09-17-01";
/// The column to its right.
const NEXT: &str = "2026-09-17-02";

/// A pupil: id and name.
type Pupil = (String, String);

/// The teacher's journal with its lessons open, and the pupils of the given rows with these entries, set by the API.
pub(crate) async fn prepared(
    stage: &Stage,
    lessons: &[&str],
    first: usize,
    entries: &[&str],
) -> anyhow::Result<(Journal, Vec<Pupil>)> {
    let journal = Journal::of_algebra(&stage.place).await?;
    for lesson in lessons {
        journal.open(lesson).await?;
    }
    let pupils: Vec<Pupil> = journal
        .pupils()
        .await?
        .into_iter()
        .skip(first)
        .take(entries.len())
        .collect();
    ensure!(pupils.len() == entries.len(), "the class is too small");
    for ((pupil, _), entry) in pupils.iter().zip(entries) {
        for lesson in lessons {
            journal.set(lesson, pupil, entry).await?;
        }
    }
    Ok((journal, pupils))
}

/// From what to what a cell was changed, the last first.
fn steps(history: &[Value]) -> Vec<(&str, &str)> {
    history
        .iter()
        .map(|change| {
            (
                change["from"].as_str().unwrap_or("?"),
                change["to"].as_str().unwrap_or("?"),
            )
        })
        .collect()
}

pub(crate) async fn a_cell_that_was_changed_meanwhile_is_asked_about_and_nothing_is_lost(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 0, &[""]).await?;
    let (address, (pupil, name)) = (address(&stage.place, &journal), &pupils[0]);
    let before = journal.history(LESSON, pupil).await?.len();
    let (address, stage, place) = (&address, &stage, &stage.place);
    in_browser(stage, |one| async move {
        sign_in(&one, place, Part::Teacher).await?;
        let one = Grid::open(&one, address, LESSON).await?;
        in_browser(stage, |other| async move {
            sign_in(&other, place, Part::Teacher).await?;
            let other = Grid::open(&other, address, LESSON).await?;
            one.go_to(pupil).await?;
            one.press(&["4", keys::ENTER]).await?;
            one.is_saved(pupil, "4").await?;
            // The other has moved on by the time the answer comes, and is told all the same.
            other.go_to(pupil).await?;
            other.press(&["5", keys::ENTER]).await?;
            other.is_in_state(pupil, "5", "conflict").await?;
            other
                .says(&[name, "сейчас стоит «4»", "вы поставили «5»"])
                .await?;
            other.choose("Поставить моё").await?;
            other.is_saved(pupil, "5").await?;
            ensure!(
                other.focus().await?.context("no focus")?.0 == *pupil,
                "the focus is lost"
            );
            one.go_to(pupil).await?;
            one.press(&["3", keys::ENTER]).await?;
            one.says(&[name, "сейчас стоит «5»", "вы поставили «3»"]).await?;
            // By the keyboard: Enter on the cell goes to the question, Tab to its second answer.
            one.press(&[keys::UP, keys::ENTER, keys::TAB, keys::ENTER])
                .await?;
            one.is_saved(pupil, "5").await?;
            one.nothing_waits().await
        })
        .await
    })
    .await?;
    let history = journal.history(LESSON, pupil).await?;
    let new = &history[..history.len() - before];
    ensure!(
        steps(new) == [("4", "5"), ("", "4")],
        "the history has {:?}",
        steps(new)
    );
    Ok(())
}

pub(crate) async fn keys_move_and_set_as_in_a_spreadsheet(stage: Arc<Stage>) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON, NEXT], 1, &["", ""]).await?;
    let address = address(&stage.place, &journal);
    let [(upper, name), (lower, _)] = pupils.as_slice() else {
        anyhow::bail!("not two pupils")
    };
    let (address, place) = (&address, &stage.place);
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        grid.go_to(upper).await?;
        for (key, pupil, lesson) in [
            (keys::RIGHT, upper, NEXT),
            (keys::DOWN, lower, NEXT),
            (keys::LEFT, lower, LESSON),
            (keys::UP, upper, LESSON),
            (keys::TAB, upper, NEXT),
        ] {
            grid.press(&[key]).await?;
            let at = grid.focus().await?;
            ensure!(
                at == Some((pupil.clone(), lesson.to_owned())),
                "after {key:?} at {at:?}"
            );
        }
        grid.press_with_shift(keys::TAB).await?;
        let at = grid.focus().await?.context("the focus has left")?;
        ensure!(at == (upper.clone(), LESSON.to_owned()), "{at:?}");
        // Two figures are two marks, whether or not the first is saved by then.
        grid.press(&["5"]).await?;
        grid.is_saved(upper, "5").await?;
        grid.press(&["4", keys::TAB]).await?;
        grid.is_saved(upper, "5 4").await?;
        grid.says(&["Сохранено", name, "5 4"]).await?;
        // What is typed anew takes the place of what stood there; Enter goes down.
        grid.go_to(upper).await?;
        grid.press(&["н", keys::ENTER]).await?;
        grid.is_saved(upper, "н").await?;
        grid.says(&["Сохранено", name, "н"]).await?;
        ensure!(
            grid.focus().await?.context("the focus has left")?.0 == *lower,
            "Enter did not go down"
        );
        // Escape takes back what is being typed, Backspace its last figure.
        grid.press(&["3", keys::ESCAPE]).await?;
        ensure!(grid.shown(lower).await?.is_empty(), "Escape left something");
        grid.press(&["4", "5", keys::BACKSPACE, keys::ENTER]).await?;
        grid.is_saved(lower, "4").await?;
        grid.go_to(upper).await?;
        grid.press(&[keys::DELETE]).await?;
        grid.is_saved(upper, "").await?;
        // Past the last column Tab leaves the grid.
        grid.press(&[keys::END, keys::TAB]).await?;
        ensure!(
            grid.focus().await?.is_none(),
            "the keyboard is trapped in the grid"
        );
        Ok(())
    })
    .await?;
    let stands = (
        journal.cell(LESSON, upper).await?.entry,
        journal.cell(LESSON, lower).await?.entry,
    );
    ensure!(stands == (String::new(), "4".to_owned()), "{stands:?}");
    Ok(())
}

pub(crate) async fn a_column_of_a_spreadsheet_is_pasted_and_undone_as_one(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 3, &["", "", "2", "", "4", "", "", "", "3"]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, rows) = (&address, &stage.place, &pupils);
    let wrong_before = journal.history(LESSON, &rows[6].0).await?.len();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        let stand = |entries: [&'static str; 9]| async move {
            for ((pupil, _), entry) in rows.iter().zip(entries) {
                grid.is_saved(pupil, entry).await?;
            }
            anyhow::Ok(())
        };
        grid.go_to(&rows[0].0).await?;
        // Spreadsheets end lines as Windows does, and end the last one too. The empty one leaves its cell as it is.
        grid.paste("5\r\n4\r\n\r\nн\r\n3\r\n").await?;
        stand(["5", "4", "2", "н", "3", "", "", "", "3"]).await?;
        grid.go_to(&rows[5].0).await?;
        grid.paste("5\n6\n4").await?;
        grid.is_in_state(&rows[6].0, "", "failed").await?;
        grid.says(&[&rows[6].1, "«6»", "Можно поставить 1–5"]).await?;
        grid.is_saved(&rows[5].0, "5").await?;
        grid.is_saved(&rows[7].0, "4").await?;
        grid.is_saved(&rows[8].0, "3").await?;
        let invalid = browser
            .run("return [...document.querySelectorAll('td[aria-invalid=true]')].map(cell => cell.parentElement.dataset.pupil)")
            .await?;
        ensure!(invalid == serde_json::json!([rows[6].0]), "marked as wrong: {invalid}");
        // Escape in the cell: seen.
        grid.go_to(&rows[6].0).await?;
        grid.press(&[keys::ESCAPE]).await?;
        grid.undo().await?;
        stand(["5", "4", "2", "н", "3", "", "", "", "3"]).await?;
        grid.undo().await?;
        stand(["", "", "2", "", "4", "", "", "", "3"]).await?;
        // There is nothing more to undo.
        grid.undo().await?;
        stand(["", "", "2", "", "4", "", "", "", "3"]).await
    })
    .await?;
    let wrong_after = journal.history(LESSON, &rows[6].0).await?.len();
    ensure!(wrong_before == wrong_after, "the wrong entry left a trace");
    Ok(())
}

pub(crate) async fn undoing_goes_back_step_by_step_but_not_over_a_change_by_somebody_else(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 12, &["", "2"]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, journal) = (&address, &stage.place, &journal);
    let [(one, _), (other, name)] = pupils.as_slice() else {
        anyhow::bail!("not two pupils")
    };
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        grid.go_to(one).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_saved(one, "5").await?;
        grid.press(&["3", keys::ENTER]).await?;
        grid.is_saved(other, "3").await?;
        // The last change first, wherever the focus is; then the one before.
        grid.undo().await?;
        grid.is_saved(other, "2").await?;
        grid.undo().await?;
        grid.is_saved(one, "").await?;

        grid.go_to(other).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_saved(other, "5").await?;
        journal.set(LESSON, other, "4").await?;
        // Not known to the page: the server says so.
        grid.undo().await?;
        grid.says(&[name, "сейчас стоит «4»", "вы поставили «2»"]).await?;
        ensure!(
            journal.cell(LESSON, other).await?.entry == "4",
            "the undoing has overwritten"
        );
        grid.choose("Оставить как есть").await?;
        grid.is_saved(other, "4").await?;

        grid.press(&["5", keys::ENTER]).await?;
        grid.is_saved(other, "5").await?;
        journal.set(LESSON, other, "3").await?;
        grid.go_to(other).await?;
        grid.press(&["2", keys::ENTER]).await?;
        grid.says(&[name, "сейчас стоит «3»"]).await?;
        grid.choose("Поставить моё").await?;
        grid.is_saved(other, "2").await?;
        // What stood before this change is what somebody else had put.
        grid.undo().await?;
        grid.is_saved(other, "3").await?;
        // And what stood before theirs is not put back unasked, now that the page knows of it.
        grid.undo().await?;
        grid.says(&[name, "сейчас стоит «3»", "вы поставили «4»"]).await?;
        grid.choose("Оставить как есть").await?;
        grid.is_saved(other, "3").await
    })
    .await?;
    let stands = journal.cell(LESSON, other).await?;
    ensure!(stands.entry == "3", "{stands:?}");
    Ok(())
}

pub(crate) async fn pressing_twice_and_typing_the_same_in_two_tabs_is_one_change(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 14, &["", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place) = (&address, &stage.place);
    let pupil = &pupils[0].0;
    let before = journal.history(LESSON, pupil).await?.len();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        let first = browser.open_window().await?;
        let second = Grid::open(&browser, address, LESSON).await?;
        let beside = browser.go_to_window(&first).await?;
        grid.go_to(pupil).await?;
        grid.press(&["5", keys::ENTER, keys::ENTER]).await?;
        grid.is_saved(pupil, "5").await?;
        browser.go_to_window(&beside).await?;
        second.go_to(pupil).await?;
        second.press(&["5", keys::ENTER]).await?;
        second.is_saved(pupil, "5").await?;
        // Both tabs know by now what the last change was, so each can go on.
        second.go_to(pupil).await?;
        second.press(&["4", keys::ENTER]).await?;
        second.is_saved(pupil, "4").await
    })
    .await?;
    let history = journal.history(LESSON, pupil).await?;
    let new = &history[..history.len() - before];
    ensure!(
        steps(new) == [("5", "4"), ("", "5")],
        "the history has {:?}",
        steps(new)
    );
    Ok(())
}
