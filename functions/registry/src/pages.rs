//! The pages: what the templates are given.

use askama::Template;
use bundles::{Report, Speech, Totals};
use jiff::Timestamp;
use model::{InstitutionKind, PersonId};
use rosters::{Group, Institution, Member, Region};
use ui::{DateStyle, Frame, Texts};

use crate::{
    handlers::classes::{ClassCard, ClassSubject},
    import_item::{Import, ImportState},
};

/// Regions have no time zone of their own; moments of the operators' work are told in that of the capital.
const OPERATORS_ZONE: &str = "Europe/Moscow";

fn moment(texts: Texts<'_>, at: Timestamp) -> String {
    let local = model::time_zone(OPERATORS_ZONE).to_datetime(at);
    let text = format!(
        "{}, {}",
        texts.date(local.date(), DateStyle::Full),
        texts.time(local.time())
    );
    texts.of("moment", &text)
}

/// The list of regions.
#[derive(Template)]
#[template(path = "regions.html")]
pub(crate) struct RegionsPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The regions that the reader operates.
    pub(crate) regions: Vec<Region>,
    /// Whether the reader may open another.
    pub(crate) may_create: bool,
}

/// Institutions of one kind, as many as are shown.
#[derive(Debug)]
pub(crate) struct InstitutionsOfKind {
    /// The kind.
    pub(crate) kind: InstitutionKind,
    /// By name.
    pub(crate) institutions: Vec<Institution>,
    /// Whether there are more of them.
    pub(crate) has_more: bool,
}

/// A region: institutions and imports.
#[derive(Template)]
#[template(path = "region.html")]
pub(crate) struct RegionPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The region.
    pub(crate) region: Region,
    /// Its institutions.
    pub(crate) kinds: Vec<InstitutionsOfKind>,
    /// Its last imports.
    pub(crate) imports: Vec<Import>,
    /// The kind searched for.
    pub(crate) chosen: String,
    /// The beginning of the name searched for.
    pub(crate) name: String,
}

impl RegionPage<'_> {
    fn moment(&self, import: &Import) -> String {
        moment(self.frame.texts, import.created_at)
    }

    fn is_searched(&self) -> bool {
        !self.name.is_empty() || !self.chosen.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.kinds.iter().all(|kind| kind.institutions.is_empty())
    }

    fn outcome(&self, import: &Import) -> String {
        outcome(self.frame.texts, import)
    }
}

/// What has come of an import, in a word or two.
fn outcome(texts: Texts<'_>, import: &Import) -> String {
    match import.state {
        ImportState::Done if import.totals.refused > 0 => {
            let refused = usize::try_from(import.totals.refused).unwrap_or(usize::MAX);
            texts.count("import-done-refused", refused)
        }
        state => texts.get(&format!("import-{}", state.as_str())),
    }
}

/// An import with its report.
#[derive(Template)]
#[template(path = "import.html")]
pub(crate) struct ImportPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The region.
    pub(crate) region: Region,
    /// The import.
    pub(crate) import: Import,
    /// As much of its report as is shown.
    pub(crate) report: Report,
    /// Whether it can be started, for the first time or again.
    pub(crate) can_start: bool,
    /// The one file of which all is shown.
    pub(crate) file: Option<String>,
}

impl ImportPage<'_> {
    fn created(&self) -> String {
        moment(self.frame.texts, self.import.created_at)
    }

    fn outcome(&self) -> String {
        outcome(self.frame.texts, &self.import)
    }

    fn waits(&self) -> bool {
        self.import.state == ImportState::WaitingForFile
    }

    fn is_under_way(&self) -> bool {
        matches!(self.import.state, ImportState::Queued | ImportState::Running)
    }

    fn is_done(&self) -> bool {
        self.import.state == ImportState::Done
    }

    fn failure(&self) -> Option<String> {
        let code = self.import.failure.as_deref()?;
        let entry = self.import.failed_entry.as_deref();
        Some(self.speech().failure(code, entry))
    }

    fn progress(&self) -> String {
        let progress = self.import.progress;
        let args = [("done", progress.done.into()), ("total", progress.total.into())];
        self.frame.texts.with("import-progress", &args)
    }

    fn speech(&self) -> Speech<'_> {
        Speech {
            texts: self.frame.texts,
        }
    }

    /// The sums, where all files are shown.
    const fn totals(&self) -> Option<&Totals> {
        if self.file.is_none() {
            Some(&self.import.totals)
        } else {
            None
        }
    }

    /// The beginning of the address at which all of a file is shown, where it is not shown already.
    fn more(&self) -> Option<&'static str> {
        self.file.is_none().then_some("?file=")
    }
}

/// The classes of an institution.
#[derive(Debug)]
pub(crate) struct InstitutionClasses {
    /// The institution.
    pub(crate) institution: Institution,
    /// By year and title.
    pub(crate) classes: Vec<Group>,
    /// Whether the reader may open the list of a class.
    pub(crate) opens_classes: bool,
    /// Whether the journals of a class are open to the reader.
    pub(crate) has_journals: bool,
    /// How many unusual changes of marks the reader, who leads the institution, is told of and nobody has seen.
    pub(crate) unseen: usize,
}

impl InstitutionClasses {
    /// The classes year by year.
    fn years(&self) -> Vec<(Option<u8>, &[Group])> {
        self.classes
            .chunk_by(|a, b| a.grade == b.grade)
            .map(|year| (year[0].grade, year))
            .collect()
    }
}

/// The classes of the institutions at which the reader works.
#[derive(Template)]
#[template(path = "classes.html")]
pub(crate) struct ClassesPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The institutions, by name.
    pub(crate) institutions: Vec<InstitutionClasses>,
}

/// An institution.
#[derive(Template)]
#[template(path = "institution.html")]
pub(crate) struct InstitutionPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// Its classes.
    pub(crate) classes: InstitutionClasses,
    /// Whether the reader operates its region.
    pub(crate) opens_region: bool,
}

impl InstitutionPage<'_> {
    const fn listed(&self) -> &InstitutionClasses {
        &self.classes
    }
}

/// A class with its list.
#[derive(Template)]
#[template(path = "class.html")]
pub(crate) struct ClassPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The class.
    pub(crate) card: ClassCard,
    /// Whether the reader leads the institution: then all journals are open.
    pub(crate) leads: bool,
    /// Who reads.
    pub(crate) reader: PersonId,
}

impl ClassPage<'_> {
    fn names(&self, members: &[Member]) -> String {
        let names: Vec<String> = members.iter().map(|member| member.name.full()).collect();
        if names.is_empty() {
            "—".to_owned()
        } else {
            names.join(", ")
        }
    }

    fn opens_journal(&self, subject: &ClassSubject) -> bool {
        self.leads
            || subject
                .teachers
                .iter()
                .any(|teacher| teacher.person == self.reader)
    }
}
