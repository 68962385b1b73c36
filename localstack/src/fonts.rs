//! PT Sans as the pages get it: every letter, but without the hinting, which is three quarters of a file and which today's
//! screens pass over. So text and figures in two weights are 27 KB.

use std::{fs, path::PathBuf};

use tokio::process::Command;

use crate::{failure::Advise, programs::run, tools::Tools};

/// Weights and scripts of PT Sans that the pages use; the `ext` files hold Tatar, Bashkir, Chuvash and Yakut letters, the
/// `basic` ones the figures and signs that every page needs, without the accented letters of `latin`.
pub(crate) const FONTS: [&str; 10] = [
    "pt-sans-basic-400-normal.woff2",
    "pt-sans-basic-700-normal.woff2",
    "pt-sans-cyrillic-400-normal.woff2",
    "pt-sans-cyrillic-700-normal.woff2",
    "pt-sans-cyrillic-ext-400-normal.woff2",
    "pt-sans-cyrillic-ext-700-normal.woff2",
    "pt-sans-latin-400-normal.woff2",
    "pt-sans-latin-700-normal.woff2",
    "pt-sans-latin-ext-400-normal.woff2",
    "pt-sans-latin-ext-700-normal.woff2",
];

/// What the `basic` files hold. `app.css` gives them all general punctuation: a sign that a browser puts into a field of time
/// is no reason to fetch the accented letters.
const BASIC: &str = "U+0020-007E,U+00A0,U+00AB,U+00B0,U+00B7,U+00BB,U+00D7,U+2010-2026,U+2212";

/// The file of the package that a font is cut from, and the characters that it keeps.
fn cut(font: &str) -> (String, &'static str) {
    if font.contains("-basic-") {
        (font.replace("-basic-", "-latin-"), BASIC)
    } else {
        (font.to_owned(), "*")
    }
}

/// Makes the fonts that are not there yet.
pub(crate) async fn prepare(tools: &Tools) -> anyhow::Result<()> {
    let source = tools.npm_package("@fontsource/pt-sans").join("files");
    for font in FONTS {
        let made = tools.font(font);
        if made.exists() {
            continue;
        }
        let half: PathBuf = made.with_extension("half");
        if let Some(folder) = made.parent() {
            fs::create_dir_all(folder)?;
        }
        let (whole, characters) = cut(font);
        let mut subset = Command::new(tools.fonts_python());
        subset
            .args(["-m", "fontTools.subset"])
            .arg(source.join(whole))
            .arg(format!("--unicodes={characters}"))
            .args([
                "--no-hinting",
                "--layout-features=kern,liga,locl,tnum",
                "--flavor=woff2",
            ])
            .arg(format!("--output-file={}", half.display()));
        run(&mut subset)
            .await
            .advise("`cargo run -- reset`, then start again")?;
        fs::rename(half, made)?;
    }
    Ok(())
}
