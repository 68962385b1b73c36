//! What ties the rows of a bundle together: references between them, checked once all rows are read.
//!
//! A reference without which the row means nothing refuses the row: the class of an enrolment, the school of a class. One
//! that only adds to it is left out with a warning: the session above a session. Both name what is missing. Files are
//! checked in the order in which they build on each other, so that a row which refers to a refused row is refused as well.

use std::collections::{BTreeSet, HashSet};

use crate::{
    oneroster::{Bundle, FileKind, Located, SourcedId, base::Entity, bundle::refusal},
    report::{FileReport, Reason, ReasonCode, Report, Warning, WarningCode},
};

/// That one thing names another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The file that would hold what is named.
    pub file: FileKind,
    /// Its id.
    pub id: SourcedId,
}

/// How a row takes it when what it names is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// The row is refused.
    Required,
    /// The reference is left out.
    Optional,
}

/// A kind of row whose references are checked.
trait Refers {
    /// Visits every reference with its column; drops the optional ones for which `keep` says no.
    fn references(&mut self, keep: &mut dyn FnMut(&'static str, FileKind, &SourcedId, Need) -> bool);
}

impl Bundle {
    /// The references to things that are not in the bundle. A delta builds on what is known already: the importer looks
    /// these up and tells [`Bundle::check`] which of them it knows.
    ///
    /// Changes nothing; it takes the bundle mutably because the visit is the one that `check` makes.
    pub fn outward(&mut self) -> BTreeSet<Reference> {
        let mut outward = BTreeSet::new();
        let ids = Ids::of(self);
        let mut note = |_: &'static str, file, id: &SourcedId, _| {
            if !ids.contains(file, id) {
                outward.insert(Reference { file, id: id.clone() });
            }
            true
        };
        self.orgs.iter_mut().for_each(|row| row.row.references(&mut note));
        self.sessions
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.courses
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.classes
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.users
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.roles
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.enrollments
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.demographics
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.user_profiles
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.timetable
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.bells
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        self.days_off
            .iter_mut()
            .for_each(|row| row.row.references(&mut note));
        outward
    }

    /// Checks every reference. Rows whose references are missing are taken out of the bundle and refused in the report.
    ///
    /// `known` says whether a thing that is not in the bundle is known from elsewhere.
    pub fn check(&mut self, known: &dyn Fn(&Reference) -> bool, report: &mut Report) {
        let mut check = Check {
            read: Ids::of(self),
            refused: Ids::default(),
            known,
        };
        // Organisations, sessions and users may refer to their own kind; such references are never required.
        check.rows(&mut self.orgs, report);
        check.rows(&mut self.sessions, report);
        check.rows(&mut self.courses, report);
        check.rows(&mut self.classes, report);
        check.rows(&mut self.users, report);
        check.rows(&mut self.roles, report);
        check.rows(&mut self.enrollments, report);
        check.rows(&mut self.demographics, report);
        check.rows(&mut self.user_profiles, report);
        check.rows(&mut self.timetable, report);
        check.rows(&mut self.bells, report);
        check.rows(&mut self.days_off, report);
    }
}

/// Ids of the rows that others may refer to.
#[derive(Default)]
struct Ids(HashSet<(FileKind, String)>);

impl Ids {
    fn of(bundle: &Bundle) -> Self {
        let mut ids = Self::default();
        ids.add(&bundle.orgs);
        ids.add(&bundle.sessions);
        ids.add(&bundle.courses);
        ids.add(&bundle.classes);
        ids.add(&bundle.users);
        ids.add(&bundle.user_profiles);
        ids
    }

    fn add<T: Entity>(&mut self, rows: &[Located<T>]) {
        self.0.extend(
            rows.iter()
                .map(|located| (T::FILE, located.row.identity().into_owned())),
        );
    }

    fn contains(&self, file: FileKind, id: &SourcedId) -> bool {
        self.0.contains(&(file, id.as_str().to_owned()))
    }
}

struct Check<'c> {
    read: Ids,
    refused: Ids,
    known: &'c dyn Fn(&Reference) -> bool,
}

impl Check<'_> {
    fn rows<T: Entity + Refers>(&mut self, rows: &mut Vec<Located<T>>, report: &mut Report) {
        if rows.is_empty() {
            return;
        }
        let report = report.file(T::FILE.name());
        rows.retain_mut(|located| {
            let fault = self.row(located, report);
            if let Some((column, reason)) = fault {
                self.refused
                    .0
                    .insert((T::FILE, located.row.identity().into_owned()));
                report.refuse(refusal(located.line, &located.row, Some(column), reason));
                return false;
            }
            true
        });
    }

    /// Checks one row; the first required reference that is missing is its fault.
    fn row<T: Refers>(
        &self,
        located: &mut Located<T>,
        report: &mut FileReport,
    ) -> Option<(&'static str, Reason)> {
        let mut fault = None;
        let line = located.line;
        located.row.references(&mut |column, file, id, need| {
            let Some(code) = self.missing(file, id) else {
                return true;
            };
            if need == Need::Optional {
                let warning = Warning::new(WarningCode::ReferenceLeftOut)
                    .at(line)
                    .column(column);
                report.warn(warning.with("entity", file.entity()).with("id", id));
            } else if fault.is_none() {
                fault = Some((
                    column,
                    Reason::new(code).with("entity", file.entity()).with("id", id),
                ));
            }
            false
        });
        fault
    }

    fn missing(&self, file: FileKind, id: &SourcedId) -> Option<ReasonCode> {
        if self.refused.contains(file, id) {
            return Some(ReasonCode::ReferenceRefused);
        }
        let there = self.read.contains(file, id) || (self.known)(&Reference { file, id: id.clone() });
        (!there).then_some(ReasonCode::ReferenceMissing)
    }
}

mod visits {
    //! Which column of which row refers to what.

    use super::{FileKind, Need, Refers, SourcedId};
    use crate::{
        oneroster::{
            AcademicSession, Class, Course, Demographics, Enrollment, Org, RoleRow, User, UserProfile,
        },
        timetable::{BellRow, DayOffRow, TimetableRow},
    };

    type Keep<'k> = &'k mut dyn FnMut(&'static str, FileKind, &SourcedId, Need) -> bool;

    fn optional(keep: Keep<'_>, column: &'static str, file: FileKind, id: &mut Option<SourcedId>) {
        if id
            .as_ref()
            .is_some_and(|id| !keep(column, file, id, Need::Optional))
        {
            *id = None;
        }
    }

    impl Refers for Org {
        fn references(&mut self, keep: Keep<'_>) {
            optional(keep, "parentSourcedId", FileKind::Orgs, &mut self.parent);
        }
    }

    impl Refers for AcademicSession {
        fn references(&mut self, keep: Keep<'_>) {
            optional(
                keep,
                "parentSourcedId",
                FileKind::AcademicSessions,
                &mut self.parent,
            );
        }
    }

    impl Refers for Course {
        fn references(&mut self, keep: Keep<'_>) {
            keep("orgSourcedId", FileKind::Orgs, &self.org, Need::Required);
            optional(
                keep,
                "schoolYearSourcedId",
                FileKind::AcademicSessions,
                &mut self.school_year,
            );
        }
    }

    impl Refers for Class {
        fn references(&mut self, keep: Keep<'_>) {
            keep("schoolSourcedId", FileKind::Orgs, &self.school, Need::Required);
            keep("courseSourcedId", FileKind::Courses, &self.course, Need::Required);
            for term in &self.terms {
                keep("termSourcedIds", FileKind::AcademicSessions, term, Need::Required);
            }
            self.homerooms
                .retain(|class| keep(Self::HOMEROOMS, FileKind::Classes, class, Need::Optional));
        }
    }

    impl Refers for User {
        /// In 1.1 a person with several organisations keeps those that are there; one with none left is refused.
        fn references(&mut self, keep: Keep<'_>) {
            if let [only] = self.orgs.as_slice() {
                keep("orgSourcedIds", FileKind::Orgs, only, Need::Required);
            } else {
                self.orgs
                    .retain(|org| keep("orgSourcedIds", FileKind::Orgs, org, Need::Optional));
            }
            optional(keep, "primaryOrgSourcedId", FileKind::Orgs, &mut self.primary_org);
            self.agents
                .retain(|agent| keep("agentSourcedIds", FileKind::Users, agent, Need::Optional));
        }
    }

    impl Refers for RoleRow {
        fn references(&mut self, keep: Keep<'_>) {
            keep("userSourcedId", FileKind::Users, &self.user, Need::Required);
            keep("orgSourcedId", FileKind::Orgs, &self.org, Need::Required);
        }
    }

    impl Refers for Enrollment {
        fn references(&mut self, keep: Keep<'_>) {
            keep("classSourcedId", FileKind::Classes, &self.class, Need::Required);
            keep("schoolSourcedId", FileKind::Orgs, &self.school, Need::Required);
            keep("userSourcedId", FileKind::Users, &self.user, Need::Required);
        }
    }

    impl Refers for Demographics {
        fn references(&mut self, keep: Keep<'_>) {
            keep(
                "sourcedId",
                FileKind::Users,
                &self.base.sourced_id,
                Need::Required,
            );
        }
    }

    impl Refers for UserProfile {
        fn references(&mut self, keep: Keep<'_>) {
            keep("userSourcedId", FileKind::Users, &self.user, Need::Required);
        }
    }

    impl Refers for TimetableRow {
        fn references(&mut self, keep: Keep<'_>) {
            keep("classSourcedId", FileKind::Classes, &self.class, Need::Required);
            optional(keep, "teacherSourcedId", FileKind::Users, &mut self.teacher);
        }
    }

    impl Refers for BellRow {
        fn references(&mut self, keep: Keep<'_>) {
            keep("orgSourcedId", FileKind::Orgs, &self.org, Need::Required);
        }
    }

    impl Refers for DayOffRow {
        fn references(&mut self, keep: Keep<'_>) {
            keep("orgSourcedId", FileKind::Orgs, &self.org, Need::Required);
        }
    }
}
