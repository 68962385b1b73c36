//! Every word that a page asks for exists in every language. Reads the sources of all functions.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if endings
            .iter()
            .any(|ending| path.to_string_lossy().ends_with(ending))
        {
            found.push(path);
        }
    }
}

/// The keys that a Fluent file defines.
fn defined(file: &Path) -> BTreeSet<String> {
    fs::read_to_string(file)
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect()
}

/// The literal keys that a source asks for: `texts.get("…")` and its relatives.
fn asked(text: &str) -> BTreeSet<String> {
    let calls = ["texts.get(\"", "texts.count(\"", "texts.of(\"", "texts.with(\""];
    calls
        .iter()
        .flat_map(|call| text.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// The keys of a folder of words in a language.
fn words(folder: &Path, language: &str) -> BTreeSet<String> {
    defined(&folder.join(format!("locales/{language}.ftl")))
}

/// Folders below `under` that have words.
fn speaking(under: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(workspace().join(under)).expect("a folder").flatten();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("locales").is_dir());
    folders
}

#[test]
fn every_language_has_the_same_messages() {
    for folder in [speaking("functions"), speaking("shared")].concat() {
        let [ru, en] = ["ru", "en"].map(|language| words(&folder, language));
        assert!(!ru.is_empty(), "{} has messages", folder.display());
        let different: Vec<_> = ru.symmetric_difference(&en).collect();
        assert!(different.is_empty(), "{}: {different:?}", folder.display());
    }
}

#[test]
fn every_message_that_a_page_asks_for_exists() {
    let shared: BTreeSet<String> = speaking("shared")
        .iter()
        .flat_map(|folder| words(folder, "ru"))
        .collect();
    for folder in [speaking("functions"), vec![workspace().join("shared/ui")]].concat() {
        let own = words(&folder, "ru");
        let mut sources = vec![];
        for place in ["src", "templates"] {
            files(&folder.join(place), &[".rs", ".html"], &mut sources);
        }
        let missing: Vec<String> = sources
            .iter()
            .flat_map(|source| asked(&fs::read_to_string(source).unwrap_or_default()))
            .filter(|key| !own.contains(key) && !shared.contains(key))
            // A key with a hole is put together at run time.
            .filter(|key| !key.contains('{'))
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", folder.display());
    }
}
