//! The journal grid as it is seen and touched: on a tablet, and in every state of its cells.

use std::sync::Arc;

use anyhow::ensure;
use demo::Part;
use end_to_end::grid::{Grid, address, keys};

use crate::{
    Stage,
    browser::{in_browser, sign_in},
    grid::prepared,
    pages::{checker, in_every_way},
};

/// The lesson into which these tests write, each into the rows of its own.
const LESSON: &str = "2026-09-17-02";

pub(crate) async fn on_a_tablet_keys_on_the_screen_set_marks_and_hide_no_cell(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) =
        prepared(&stage, &[LESSON], 18, &["", "", "", "", "", "", "", "", "", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, rows) = (&address, &stage.place, &pupils);
    in_browser(&stage, |browser| async move {
        browser.touch().await?;
        browser.resize(390).await?;
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        grid.go_to(&rows[0].0).await?;
        browser.click("#keypad [data-key='5']").await?;
        browser.click("#keypad [data-key='4']").await?;
        // Downwards past the lower edge of the screen and back past the upper one.
        for (key, steps) in [(keys::DOWN, rows.len() - 1), (keys::UP, rows.len() + 12)] {
            for _ in 0..steps {
                grid.press(&[key]).await?;
                let hidden = browser.run(IN_FRONT).await?;
                ensure!(hidden.is_null(), "the cell is behind {hidden}");
            }
        }
        grid.is_saved(&rows[0].0, "5 4").await?;
        grid.go_to(&rows[0].0).await?;
        browser.click("#keypad [data-key='Delete']").await?;
        grid.is_saved(&rows[0].0, "").await
    })
    .await
}

/// What covers the middle of the cell that has the focus, if anything does.
const IN_FRONT: &str = "const cell = document.activeElement, box = cell.getBoundingClientRect();
    const front = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return cell === front ? null : (front?.outerHTML ?? 'the edge of the screen').slice(0, 80)";

pub(crate) async fn every_state_of_the_grid_is_accessible_in_every_width_and_scheme(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let (journal, pupils) = prepared(&stage, &[LESSON], 13, &["", "", ""]).await?;
    let address = address(&stage.place, &journal);
    let (address, place, journal, checker) = (&address, &stage.place, &journal, &checker().await?);
    let rows: &Vec<&str> = &pupils.iter().map(|(pupil, _)| pupil.as_str()).collect();
    in_browser(&stage, |browser| async move {
        sign_in(&browser, place, Part::Teacher).await?;
        let grid = Grid::open(&browser, address, LESSON).await?;
        browser.run(checker).await?;
        let look = |name: &'static str| {
            let browser = &browser;
            async move {
                let wrong = in_every_way(browser, name).await?;
                browser.resize(1_280).await?;
                ensure!(wrong.is_empty(), "{name}:\n{wrong}");
                anyhow::Ok(())
            }
        };
        grid.go_to(rows[0]).await?;
        grid.press(&["5", keys::ENTER]).await?;
        grid.is_saved(rows[0], "5").await?;
        look("grid-saved").await?;
        grid.press(&["6", keys::ENTER]).await?;
        grid.says(&["«6» не сохранено"]).await?;
        look("grid-failed").await?;
        browser.go_offline(true).await?;
        grid.press(&["4", keys::ENTER]).await?;
        grid.says(&["Нет связи"]).await?;
        look("grid-queued").await?;
        journal.set(LESSON, rows[2], "2").await?;
        browser.go_offline(false).await?;
        grid.says(&["сейчас стоит «2»", "вы поставили «4»"]).await?;
        look("grid-conflict").await?;
        grid.choose("Поставить моё").await?;
        grid.is_saved(rows[2], "4").await?;
        browser.forget_cookies().await?;
        grid.press(&["3", keys::ENTER]).await?;
        grid.says(&["сеанс закончился"]).await?;
        look("grid-signed-out").await
    })
    .await
}
