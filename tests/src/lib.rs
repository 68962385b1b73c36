//! What the end-to-end tests share: the list of features, templates as data, and the local cloud with its visitors.
//!
//! | test | what it needs | what it holds together |
//! |---|---|---|
//! | `access_matrix` | nothing | every route of every function against every kind of visitor |
//! | `openapi` | nothing | the descriptions of the functions and the snapshot `tests/openapi.json` |
//! | `offline` | Chromium | the diary's worker: what is kept in the browser, for whom, and when it is forgotten |
//! | `templates` | the tools of the local cloud | templates, routes, rights |
//! | `cloud` | a local cloud, Chromium | sign-in, journal, diary, import, pages; then `kill -9` of everything |

pub mod browser;
pub mod bundle;
pub mod database;
pub mod driver;
pub mod features;
pub mod grid;
pub mod journal;
pub mod openapi;
pub mod place;
pub mod plain;
pub mod pool;
pub mod processes;
pub mod template;
pub mod weight;

use std::path::{Path, PathBuf};

/// The repository.
pub fn repository() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}
