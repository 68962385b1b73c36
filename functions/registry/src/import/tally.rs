//! What becomes of each row, counted into the report once everything is done.

use std::collections::BTreeMap;

use bundles::{
    Bundle, Outcome, Reason, Refusal, Report,
    oneroster::{FileKind, Located},
};

use super::change::RowRef;

/// The rows of a bundle that the registry answers for, and what became of them so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: BTreeMap<RowRef, Row>,
}

#[derive(Debug)]
struct Row {
    sourced_id: String,
    /// Worst first: what one part of a row suffers, the row suffers.
    fate: Fate,
}

#[derive(Debug)]
enum Fate {
    /// Nothing was written for it (yet).
    Untouched,
    /// Something was written or found.
    Met(Outcome),
    /// It was refused.
    Refused(Option<&'static str>, Reason),
}

impl Tally {
    /// Every row that is still in the bundle after its references were checked.
    pub(crate) fn of(bundle: &Bundle) -> Self {
        let mut tally = Self::default();
        tally.enlist(FileKind::Orgs, &bundle.orgs, |row| row.base.sourced_id.as_str());
        tally.enlist(FileKind::AcademicSessions, &bundle.sessions, |row| {
            row.base.sourced_id.as_str()
        });
        tally.enlist(FileKind::Courses, &bundle.courses, |row| {
            row.base.sourced_id.as_str()
        });
        tally.enlist(FileKind::Classes, &bundle.classes, |row| {
            row.base.sourced_id.as_str()
        });
        tally.enlist(FileKind::Users, &bundle.users, |row| row.base.sourced_id.as_str());
        tally.enlist(FileKind::Roles, &bundle.roles, |row| row.base.sourced_id.as_str());
        tally.enlist(FileKind::Enrollments, &bundle.enrollments, |row| {
            row.base.sourced_id.as_str()
        });
        tally.enlist(FileKind::Demographics, &bundle.demographics, |row| {
            row.base.sourced_id.as_str()
        });
        tally.enlist(FileKind::UserProfiles, &bundle.user_profiles, |row| {
            row.base.sourced_id.as_str()
        });
        tally
    }

    fn enlist<T>(&mut self, file: FileKind, rows: &[Located<T>], id: impl Fn(&T) -> &str) {
        self.rows.extend(rows.iter().map(|located| {
            let row = Row {
                sourced_id: id(&located.row).to_owned(),
                fate: Fate::Untouched,
            };
            (
                RowRef {
                    file,
                    line: located.line,
                },
                row,
            )
        }));
    }

    /// Notes what became of something that rows asked for.
    ///
    /// A row that asked for several things is created if all of them were, kept if all of them were, and changed else.
    pub(crate) fn met(&mut self, rows: &[RowRef], outcome: Outcome) {
        for row in rows {
            let Some(row) = self.rows.get_mut(row) else {
                continue;
            };
            row.fate = match std::mem::replace(&mut row.fate, Fate::Untouched) {
                Fate::Untouched => Fate::Met(outcome),
                Fate::Met(before) if before == outcome => Fate::Met(outcome),
                Fate::Met(_) => Fate::Met(Outcome::Changed),
                refused => refused,
            };
        }
    }

    /// Refuses a row; the first reason stays.
    pub(crate) fn refuse(&mut self, row: RowRef, column: Option<&'static str>, reason: Reason) {
        if let Some(row) = self.rows.get_mut(&row)
            && !matches!(row.fate, Fate::Refused(..))
        {
            row.fate = Fate::Refused(column, reason);
        }
    }

    /// Adds everything up. A row for which nothing had to be written says what is so already.
    pub(crate) fn count(self, report: &mut Report) {
        for (place, row) in self.rows {
            let file = report.file(place.file.name());
            match row.fate {
                Fate::Untouched => file.count(Outcome::Kept),
                Fate::Met(outcome) => file.count(outcome),
                Fate::Refused(column, reason) => file.refuse(Refusal {
                    line: place.line,
                    sourced_id: Some(row.sourced_id),
                    column: column.map(str::to_owned),
                    reason,
                }),
            }
        }
        // Rows refused while the bundle was read stand first in the list; people look for them by line.
        for file in &mut report.files {
            file.refusals.sort_by_key(|refusal| refusal.line);
        }
    }
}
