//! What a bundle may refer to: its own rows and what is stored already.

use std::collections::{BTreeSet, HashMap};

use bundles::oneroster::{FileKind, Reference, SourcedId};
use model::{GroupId, InstitutionId, PersonId, RegionId};
use rosters::{Group, Institution, Person};

use super::item::{SourceCourse, SourceSession};

/// The region of an import, by which ids are derived.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) region: RegionId,
    pub(crate) code: String,
}

impl Place {
    pub(crate) fn institution(&self, id: &SourcedId) -> InstitutionId {
        InstitutionId::derived(&self.code, id.as_str())
    }

    pub(crate) fn group(&self, id: &SourcedId) -> GroupId {
        GroupId::derived(&self.code, id.as_str())
    }

    pub(crate) fn person(&self, id: &SourcedId) -> PersonId {
        PersonId::derived(&self.code, id.as_str())
    }
}

/// What is stored of things that the bundle names and does not hold.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) institutions: HashMap<InstitutionId, Institution>,
    pub(crate) groups: HashMap<GroupId, Group>,
    /// By the id that the import derives; the person's own may be another.
    pub(crate) people: HashMap<PersonId, Person>,
    pub(crate) sessions: HashMap<String, SourceSession>,
    pub(crate) courses: HashMap<String, SourceCourse>,
}

impl Known {
    /// Whether the thing that a reference names is stored.
    pub(crate) fn has(&self, place: &Place, reference: &Reference) -> bool {
        let id = &reference.id;
        match reference.file {
            FileKind::Orgs => self.institutions.contains_key(&place.institution(id)),
            FileKind::AcademicSessions => self.sessions.contains_key(id.as_str()),
            FileKind::Courses => self.courses.contains_key(id.as_str()),
            FileKind::Classes => self.groups.contains_key(&place.group(id)),
            FileKind::Users => self.people.contains_key(&place.person(id)),
            _ => false,
        }
    }
}

/// The ids of one kind among references.
pub(crate) fn ids_of(outward: &BTreeSet<Reference>, file: FileKind) -> impl Iterator<Item = &SourcedId> {
    outward
        .iter()
        .filter(move |reference| reference.file == file)
        .map(|reference| &reference.id)
}
