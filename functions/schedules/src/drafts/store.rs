//! What drafts read and write.

mod making;
mod school;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use jiff::{Timestamp, civil::Date};
use model::{GroupId, InstitutionId, PersonId, Week};
use rosters::{Institution, Rosters};
use store::{Index, Query, StoreError, Stored, Table, Untyped, Write};
use timetables::{Owner, Timetable, Timetables};

use super::{
    draft::{Bells, Draft, DraftClass},
    id::DraftId,
    item::{DraftHead, DraftState, KeptDraftClass, KeptTerms, Publication, partition},
};
use crate::item::InstitutionRules;

/// Queries that are under way at one time.
const AT_ONCE: usize = 16;
/// How often a draft is read anew when the reading has caught an edit half done.
const READINGS: u32 = 5;

/// The tables of drafts.
#[derive(Debug, Clone)]
pub(crate) struct DraftStore {
    timetables: Timetables,
    rosters: Rosters,
}

/// A draft as it was read, with what a write has to hold against.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) head: DraftHead,
    pub(crate) draft: Draft,
    versions: BTreeMap<GroupId, u64>,
    terms_version: u64,
}

/// What an edit has changed.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) classes: BTreeSet<GroupId>,
    pub(crate) terms: bool,
}

/// Who did something, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub(crate) person: PersonId,
    pub(crate) at: Timestamp,
}

impl DraftStore {
    /// The schedules table, which is written, and the registry table, which is read.
    pub(crate) const fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules),
            rosters: Rosters::new(registry),
        }
    }

    const fn table(&self) -> &Table {
        self.timetables.table()
    }

    /// A draft without its lessons.
    pub(crate) async fn head(&self, draft: DraftId) -> Result<Option<DraftHead>, StoreError> {
        let found = self
            .table()
            .get_latest::<Stored<DraftHead>>(&DraftHead::key_of(draft))
            .await?;
        Ok(found.map(|item| item.record))
    }

    /// One class of a draft: head, class and terms in one batch of gets. The draft has no other class then.
    pub(crate) async fn class(
        &self,
        draft: DraftId,
        class: GroupId,
    ) -> Result<Option<(DraftHead, Draft)>, StoreError> {
        let keys = [
            DraftHead::key_of(draft),
            KeptDraftClass::key_of(draft, class),
            KeptTerms::key_of(draft),
        ];
        let items = self.table().get_many_untyped(&keys).await?;
        Ok(read(&items)?.map(|loaded| (loaded.head, loaded.draft)))
    }

    /// A whole draft, all of it as it stood at one moment. One query; another one if an edit was under way.
    pub(crate) async fn whole(&self, draft: DraftId) -> Result<Option<Loaded>, StoreError> {
        for reading in 0..READINGS {
            let query = Query::partition(Index::Table, partition(draft));
            let query = if reading == 0 { query } else { query.consistent() };
            let found = read(&self.table().query_untyped(&query).await?)?;
            match found {
                Some(loaded) if !loaded.is_whole() => {}
                found => return Ok(found),
            }
        }
        Err(StoreError::unavailable("a draft that is edited without a pause"))
    }

    /// The drafts of an institution, the last made first.
    pub(crate) async fn list(&self, institution: InstitutionId) -> Result<Vec<DraftHead>, StoreError> {
        let query = Query::partition(Index::First, DraftHead::list_of(institution))
            .starting_with(DraftHead::LISTED)
            .newest_first();
        let found = self.table().query::<Stored<DraftHead>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// Writes what an edit has changed, if nobody has changed anything since the draft was read. One transaction for up to
    /// 24 classes.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: somebody else was first, or the draft is not open any more.
    pub(crate) async fn save(&self, loaded: &Loaded, touched: &Touched, by: By) -> Result<(), StoreError> {
        let mut writes = Vec::new();
        for class in touched
            .classes
            .iter()
            .filter_map(|id| loaded.draft.classes.get(id))
        {
            let kept = KeptDraftClass::of(loaded.head.draft, class).map_err(StoreError::malformed)?;
            writes.push(over(kept, loaded.versions.get(&class.class).copied())?);
        }
        if touched.terms {
            let kept =
                KeptTerms::of(loaded.head.draft, &loaded.draft.terms).map_err(StoreError::malformed)?;
            let version = (loaded.terms_version > 0).then_some(loaded.terms_version);
            writes.push(over(kept, version)?);
        }
        let mut revision = loaded.head.revision;
        while !writes.is_empty() {
            let rest = writes.split_off(writes.len().min(Table::MOST_IN_TRANSACTION - 1));
            let mut transaction = std::mem::replace(&mut writes, rest);
            let next = revision + transaction.len() as u64;
            transaction.push(count_up(&loaded.head, revision, next, by)?);
            self.table().write(transaction).await?;
            revision = next;
        }
        Ok(())
    }

    /// How many classes [`DraftStore::save_with`] can write.
    pub(crate) const MOST_AT_ONCE: usize = Table::MOST_IN_TRANSACTION - 2;

    /// Writes changed classes and something else in one transaction, if nobody has changed the draft since it was read.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: somebody else was first, the draft is not open any more, or the condition of the other write
    /// does not hold.
    pub(crate) async fn save_with(
        &self,
        loaded: &Loaded,
        classes: &BTreeSet<GroupId>,
        by: By,
        with: Write,
    ) -> Result<(), StoreError> {
        let mut writes = Vec::new();
        for class in classes.iter().filter_map(|id| loaded.draft.classes.get(id)) {
            let kept = KeptDraftClass::of(loaded.head.draft, class).map_err(StoreError::malformed)?;
            writes.push(over(kept, loaded.versions.get(&class.class).copied())?);
        }
        let revision = loaded.head.revision;
        let next = revision + writes.len() as u64;
        writes.push(count_up(&loaded.head, revision, next, by)?);
        writes.push(with);
        self.table().write(writes).await
    }

    /// Removes a draft. Its head goes first: without it nothing else is found.
    pub(crate) async fn delete(&self, loaded: &Loaded) -> Result<(), StoreError> {
        let draft = loaded.head.draft;
        let classes = loaded.versions.keys();
        let mut keys: Vec<_> = [DraftHead::key_of(draft)]
            .into_iter()
            .chain(classes.map(|class| KeptDraftClass::key_of(draft, *class)))
            .collect();
        if loaded.terms_version > 0 {
            keys.push(KeptTerms::key_of(draft));
        }
        for chunk in keys.chunks(Table::MOST_IN_TRANSACTION) {
            let writes = chunk.iter().cloned().map(Write::delete).collect();
            self.table().write(writes).await?;
        }
        Ok(())
    }

    /// The bells of an institution that hold on a date, and the days that some years of study have off.
    pub(crate) async fn bells(&self, institution: InstitutionId, on: Date) -> Result<Bells, StoreError> {
        let key = InstitutionRules::key_of(institution);
        let found = self.table().get::<Stored<InstitutionRules>>(&key).await?;
        let rules = found.map_or_else(|| InstitutionRules::none(institution), |item| item.record);
        Ok(Bells::new(rules.as_of(on)))
    }

    /// An institution.
    pub(crate) async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, StoreError> {
        self.rosters.institution(id).await
    }

    /// Those of the institutions that exist.
    pub(crate) async fn institutions(&self, ids: &[InstitutionId]) -> Result<Vec<Institution>, StoreError> {
        self.rosters.institutions(ids).await
    }

    /// The names of people, «Иванова А. П.».
    pub(crate) async fn names(&self, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, StoreError> {
        let found = self.rosters.people(people).await?;
        Ok(found
            .into_iter()
            .map(|person| (person.person, person.name.initials()))
            .collect())
    }

    /// The weeks of classes, and of groups that stand as classes, which hold in a week. A batch of gets for each, sixteen at a
    /// time, and a query where the week published last has not begun yet.
    pub(crate) async fn weeks(
        &self,
        classes: impl Iterator<Item = &DraftClass>,
        week: Week,
    ) -> Result<Vec<Timetable>, StoreError> {
        let owners: Vec<Owner> = classes.map(owner_of).collect();
        let mut found = Vec::new();
        for chunk in owners.chunks(AT_ONCE) {
            let plans = chunk.iter().map(|owner| self.timetables.plan(*owner, &[], week));
            found.extend(
                try_join_all(plans)
                    .await?
                    .into_iter()
                    .filter_map(|plan| plan.timetable),
            );
        }
        Ok(found)
    }

    /// The weeks of an institution's classes as published last: one query.
    pub(crate) async fn published(&self, institution: InstitutionId) -> Result<Vec<Timetable>, StoreError> {
        self.timetables.classes_of(institution).await
    }

    /// The publication of an institution that was begun last.
    pub(crate) async fn publication(
        &self,
        institution: InstitutionId,
    ) -> Result<Option<(Publication, u64)>, StoreError> {
        let key = Publication::key_of(institution);
        let found = self.table().get_latest::<Stored<Publication>>(&key).await?;
        Ok(found.map(|item| (item.record, item.version)))
    }

    /// Begins a publication: the draft cannot be edited any more, and no other one of the institution can begin.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: the draft was edited (0), or another publication has begun (1).
    pub(crate) async fn begin(
        &self,
        head: &DraftHead,
        publication: Publication,
        over_version: Option<u64>,
    ) -> Result<(), StoreError> {
        let writes = vec![
            turn(head.draft, DraftState::Draft, DraftState::Publishing)
                .name("#revision", "revision")
                .typed_value(":revision", &head.revision)?,
            over(publication, over_version)?,
        ];
        self.table().write(writes).await
    }

    /// Notes how far a publication has come.
    pub(crate) async fn note(&self, publication: Publication, version: u64) -> Result<u64, StoreError> {
        self.table()
            .write(vec![over(publication, Some(version))?])
            .await?;
        Ok(version + 1)
    }

    /// Ends a publication: every week is written.
    pub(crate) async fn finish(&self, publication: Publication, version: u64) -> Result<(), StoreError> {
        let draft = publication.draft;
        let writes = vec![
            turn_plainly(draft, DraftState::Publishing, DraftState::Published),
            over(publication, Some(version))?,
        ];
        self.table().write(writes).await
    }
}

/// Whose published week a class of a draft is.
pub(crate) fn owner_of(class: &DraftClass) -> Owner {
    if class.course(class.class).is_some() {
        Owner::Group(class.class)
    } else {
        Owner::Class(class.class)
    }
}

impl Loaded {
    /// Another content for the same draft, to be written over what was read.
    pub(crate) fn with(&self, draft: Draft) -> Self {
        Self {
            draft,
            ..self.clone()
        }
    }

    /// Whether it was not read in the middle of an edit: see `item.rs`.
    fn is_whole(&self) -> bool {
        self.versions.values().sum::<u64>() + self.terms_version == self.head.revision
    }
}

/// Puts a draft together from its items.
fn read(items: &[Untyped]) -> Result<Option<Loaded>, StoreError> {
    let mut head = None;
    let mut draft = Draft::default();
    let (mut versions, mut terms_version) = (BTreeMap::new(), 0);
    for item in items {
        if let Some(found) = item.as_record::<DraftHead>() {
            head = Some(found?);
        } else if item.entity() == <KeptDraftClass as store::Record>::ENTITY {
            let item: Stored<KeptDraftClass> = item.read()?;
            versions.insert(item.record.class, item.version);
            let class = item.record.read().map_err(StoreError::malformed)?;
            draft.classes.insert(class.class, class);
        } else if item.entity() == <KeptTerms as store::Record>::ENTITY {
            let item: Stored<KeptTerms> = item.read()?;
            terms_version = item.version;
            draft.terms = item.record.read().map_err(StoreError::malformed)?;
        }
    }
    Ok(head.map(|head| Loaded {
        head,
        draft,
        versions,
        terms_version,
    }))
}

/// A record over its version, or anew.
fn over<T: store::Record + serde::Serialize>(record: T, version: Option<u64>) -> Result<Write, StoreError> {
    match version {
        Some(version) => Write::replace(&Stored::following(record, version), version),
        None => Write::create(&Stored::new(record)),
    }
}

/// Counts up the head of an open draft.
fn count_up(head: &DraftHead, seen: u64, next: u64, by: By) -> Result<Write, StoreError> {
    Write::update_if(
        DraftHead::key_of(head.draft),
        "SET #revision = :next, #classes = :classes, #by = :by, #at = :at, #version = #version + :one",
        "#revision = :seen AND #state = :state",
    )
    .name("#revision", "revision")
    .name("#classes", "classes")
    .name("#by", "changed_by")
    .name("#at", "changed_at")
    .name("#version", "version")
    .name("#state", "state")
    .text(":state", DraftState::Draft.as_str())
    .typed_value(":seen", &seen)?
    .typed_value(":next", &next)?
    .typed_value(":classes", &head.classes)?
    .typed_value(":by", &by.person)?
    .typed_value(":at", &by.at)?
    .typed_value(":one", &1u8)
}

/// Turns the state of a draft of one revision; the caller gives `:revision`.
fn turn(draft: DraftId, from: DraftState, to: DraftState) -> Write {
    turning(draft, from, to, "#state = :from AND #revision = :revision")
}

/// Turns the state of a draft.
fn turn_plainly(draft: DraftId, from: DraftState, to: DraftState) -> Write {
    turning(draft, from, to, "#state = :from")
}

fn turning(draft: DraftId, from: DraftState, to: DraftState, condition: &str) -> Write {
    Write::update_if(DraftHead::key_of(draft), "SET #state = :to", condition)
        .name("#state", "state")
        .text(":from", from.as_str())
        .text(":to", to.as_str())
}
