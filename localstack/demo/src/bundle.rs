//! The region written down as a OneRoster 1.2 bundle with this platform's files beside it.

mod people;
mod places;
mod weeks;

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::world::World;

/// The zone in which the whole region lives.
const TIME_ZONE: &str = "Europe/Moscow";

/// The bytes of the archive. The same world gives the same bytes.
pub(crate) fn write(world: &World) -> Vec<u8> {
    let files = [
        ("manifest.csv", manifest()),
        ("orgs.csv", places::orgs()),
        ("academicSessions.csv", places::sessions()),
        ("courses.csv", places::courses(world)),
        ("classes.csv", places::classes(world)),
        ("users.csv", people::users(world)),
        ("roles.csv", people::roles(world)),
        ("enrollments.csv", people::enrollments(world)),
        ("demographics.csv", people::demographics(world)),
        ("timetable.csv", weeks::timetable(world)),
        ("bells.csv", weeks::bells()),
        ("daysOff.csv", weeks::days_off()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The archive bears the day before the school year, not the day on which it was made: it must not change by itself.
    let made = DateTime::from_date_and_time(2026, 8, 31, 12, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(made);
    let written = files.iter().try_for_each(|(name, table)| {
        archive.start_file(*name, options)?;
        archive.write_all(&table.bytes())?;
        Ok::<_, zip::result::ZipError>(())
    });
    match written.and_then(|()| archive.finish()) {
        Ok(bytes) => bytes.into_inner(),
        Err(error) => unreachable!("memory takes any archive: {error}"),
    }
}

/// A table in the making.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    /// A table with the columns, which are separated by commas.
    fn new(columns: &str) -> Self {
        let mut writer = csv::WriterBuilder::new();
        let mut table = Self(writer.terminator(csv::Terminator::CRLF).from_writer(Vec::new()));
        table.record(columns.split(','));
        table
    }

    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.record(cells.into_iter());
    }

    fn record<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        // Memory takes any row; one that were not as long as the header would be a slip of the table's own function.
        self.0
            .write_record(cells)
            .unwrap_or_else(|error| unreachable!("a row of a table in memory: {error}"));
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.get_ref().clone()
    }

    fn done(mut self) -> Self {
        self.0
            .flush()
            .unwrap_or_else(|error| unreachable!("a table in memory: {error}"));
        self
    }
}

fn manifest() -> Table {
    let mut table = Table::new("propertyName,value");
    table.row(["manifest.version", "1.0"]);
    table.row(["oneroster.version", "1.2"]);
    for file in [
        "academicSessions",
        "classes",
        "courses",
        "demographics",
        "enrollments",
        "orgs",
        "roles",
        "users",
    ] {
        table.row([&format!("file.{file}"), "bulk"]);
    }
    for file in [
        "categories",
        "classResources",
        "courseResources",
        "lineItemLearningObjectiveIds",
        "lineItemScoreScales",
        "lineItems",
        "resources",
        "resultLearningObjectiveIds",
        "resultScoreScales",
        "results",
        "scoreScales",
        "userProfiles",
        "userResources",
    ] {
        table.row([&format!("file.{file}"), "absent"]);
    }
    table.row(["source.systemName", "Верхнереченская область"]);
    table.row(["source.systemCode", "demo"]);
    table.done()
}
