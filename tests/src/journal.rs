//! A teacher's journal, through the API.

use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use demo::Part;
use localstack::Visitor;
use reqwest::Method;
use serde_json::{Value, json};

use crate::place::{Place, ask, read};

/// The period in which the tests write. It has ended whenever they run, so that none of its lessons lies in the future.
pub const PERIOD: &str = "2026-q1";

/// Algebra of 7А with its teacher.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The teacher.
    pub teacher: Arc<Visitor>,
    /// Id of the teaching group.
    pub id: String,
}

/// A cell as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellNow {
    /// Counts the changes; 0 for a cell that was never set.
    pub version: u64,
    /// What stands in it for the first work.
    pub entry: String,
}

impl Journal {
    /// Signs the teacher in and finds the journal.
    ///
    /// # Errors
    /// The teacher has no such journal.
    pub async fn of_algebra(place: &Place) -> anyhow::Result<Self> {
        let teacher = place.visitor(Part::Teacher).await?;
        let list = read(&teacher, "/api/journals").await?;
        let journals = list["journals"].as_array().context("no list of journals")?;
        let of_class = |journal: &&Value| {
            journal["subject"] == "Алгебра"
                && journal["title"]
                    .as_str()
                    .is_some_and(|title| title.contains("7А"))
        };
        let found = journals
            .iter()
            .find(of_class)
            .with_context(|| format!("no algebra of 7А in {list}"))?;
        let id = found["id"]
            .as_str()
            .context("a journal without an id")?
            .to_owned();
        Ok(Self {
            teacher: Arc::new(teacher),
            id,
        })
    }

    /// Path of the period at the API.
    pub fn path(&self) -> String {
        format!("/api/journals/{}/{PERIOD}", self.id)
    }

    /// Path of a lesson at the API.
    pub fn lesson_path(&self, lesson: &str) -> String {
        format!("{}/lessons/{lesson}", self.path())
    }

    /// Path of a cell at the API.
    pub fn cell_path(&self, lesson: &str, pupil: &str) -> String {
        format!("{}/cells/{pupil}", self.lesson_path(lesson))
    }

    /// Opens a lesson unless it is open already.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn open(&self, lesson: &str) -> anyhow::Result<()> {
        let body = json!({ "topic": "Линейные уравнения", "homework": "№ 112, 114", "homework_minutes": 20 });
        let path = self.lesson_path(lesson);
        match ask(
            &self.teacher,
            Method::PUT,
            &path,
            Some(&body),
            &[("if-match", "\"0\"")],
        )
        .await?
        {
            (201, _) => Ok(()),
            (409, problem) if problem["code"] == "lesson_open" => Ok(()),
            (status, problem) => bail!("{lesson} could not be opened: {status} {problem}"),
        }
    }

    /// The whole period.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn grid(&self) -> anyhow::Result<Value> {
        read(&self.teacher, &self.path()).await
    }

    /// The pupils in the order of the list: id and name.
    ///
    /// # Errors
    /// The period cannot be read.
    pub async fn pupils(&self) -> anyhow::Result<Vec<(String, String)>> {
        let grid = self.grid().await?;
        let rows = grid["rows"].as_array().context("a grid without rows")?;
        let pupils = rows.iter().map(|row| {
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            (text("pupil"), text("name"))
        });
        Ok(pupils.collect())
    }

    /// What stands in a cell.
    ///
    /// # Errors
    /// The period cannot be read.
    pub async fn cell(&self, lesson: &str, pupil: &str) -> anyhow::Result<CellNow> {
        Ok(cell_in(&self.grid().await?, lesson, pupil))
    }

    /// Sends an entry for a cell of the given version; status and body of the answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn try_set(
        &self,
        lesson: &str,
        pupil: &str,
        version: u64,
        entry: &str,
    ) -> anyhow::Result<(u16, Value)> {
        let seen = format!("\"{version}\"");
        let body = json!({ "work": 1, "entry": entry });
        let path = self.cell_path(lesson, pupil);
        ask(
            &self.teacher,
            Method::PUT,
            &path,
            Some(&body),
            &[("if-match", &seen)],
        )
        .await
    }

    /// Sets a cell, whatever stands in it.
    ///
    /// # Errors
    /// It is not taken.
    pub async fn set(&self, lesson: &str, pupil: &str, entry: &str) -> anyhow::Result<Value> {
        let version = self.cell(lesson, pupil).await?.version;
        let (status, body) = self.try_set(lesson, pupil, version, entry).await?;
        ensure!(status == 200, "{entry} was not taken: {status} {body}");
        Ok(body)
    }

    /// The changes of a cell, the last first.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn history(&self, lesson: &str, pupil: &str) -> anyhow::Result<Vec<Value>> {
        let history = read(
            &self.teacher,
            &format!("{}/history", self.cell_path(lesson, pupil)),
        )
        .await?;
        Ok(history["changes"].as_array().cloned().unwrap_or_default())
    }
}

/// A cell of a period that was read.
pub fn cell_in(grid: &Value, lesson: &str, pupil: &str) -> CellNow {
    let row = grid["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|row| row["pupil"] == pupil);
    let cells = row.and_then(|row| row["cells"].as_array()).into_iter().flatten();
    let cell = cells.into_iter().find(|cell| cell["lesson"] == lesson);
    CellNow {
        version: cell.and_then(|cell| cell["version"].as_u64()).unwrap_or(0),
        entry: cell
            .and_then(|cell| cell["entries"][0]["entry"].as_str())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// The child of a family who is in 7А.
///
/// # Errors
/// There is none.
pub async fn child_in_seven_a(parent: &Visitor) -> anyhow::Result<String> {
    let children = read(parent, "/api/identity/children").await?;
    let in_class = |child: &&Value| {
        child["classes"]
            .as_array()
            .is_some_and(|classes| classes.iter().any(|class| class["title"] == "7А"))
    };
    let found = children["children"]
        .as_array()
        .into_iter()
        .flatten()
        .find(in_class);
    let child = found.with_context(|| format!("no child in 7А among {children}"))?;
    Ok(child["person"]
        .as_str()
        .context("a child without an id")?
        .to_owned())
}
