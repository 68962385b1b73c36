//! What becomes of memberships: those that rows ask for, those that end, and those that only show what changes elsewhere.
//! Each is planned once, however many things change in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use model::{GroupId, GroupKind, PersonId};
use rosters::{Member, MemberRole, Membership, Person};
use store::{Key, StoreError, Stored};

use super::{
    change::{RowRef, Unit, Wanted},
    store::RecordStore,
};

/// So many pupils are looked at together: enough to keep the database busy, few enough to hold in memory.
const PUPILS_TOGETHER: usize = 256;

/// The memberships that an import writes or compares, by key.
#[derive(Debug, Default)]
pub(crate) struct Memberships(BTreeMap<Key, Planned>);

#[derive(Debug)]
struct Planned {
    stored: Option<Stored<Membership>>,
    record: Membership,
    rows: Vec<RowRef>,
    /// Whether rows name it; else it is a copy that follows something.
    named: bool,
}

impl Planned {
    const fn by_rows(rows: Vec<RowRef>, record: Membership, stored: Option<Stored<Membership>>) -> Self {
        Self {
            stored,
            record,
            rows,
            named: true,
        }
    }

    fn changes(&self) -> bool {
        self.stored
            .as_ref()
            .is_none_or(|stored| stored.record != self.record)
    }

    /// Whether the person takes this part in the group, or did before the import.
    fn is_or_was(&self, role: MemberRole) -> bool {
        let before = self.stored.as_ref().map(|stored| stored.record.role);
        self.record.role == role || before == Some(role)
    }

    /// The rows that are to hear of the write. What the membership carries of others is no news to its own rows.
    fn rows_to_tell(&self) -> Vec<RowRef> {
        let Some(stored) = &self.stored else {
            return self.rows.clone();
        };
        let own = Membership {
            learns_in: stored.record.learns_in.clone(),
            ..self.record.clone()
        };
        if own == stored.record && self.changes() {
            return Vec::new();
        }
        self.rows.clone()
    }
}

/// Those who teach, by group; `None` for those who do not any more.
pub(crate) type Teachers = BTreeMap<GroupId, BTreeMap<PersonId, Option<Member>>>;

/// The units of memberships, by when they may be written.
#[derive(Debug, Default)]
pub(crate) struct MembershipUnits {
    /// Stored memberships that no row names and that follow something.
    pub(crate) copies: Vec<Unit>,
    /// Pupils in their classes.
    pub(crate) classes: Vec<Unit>,
    /// All others.
    pub(crate) others: Vec<Unit>,
}

impl Memberships {
    /// The memberships that rows ask for, and those that end if they are held.
    pub(crate) async fn of(
        store: &RecordStore,
        wanted: BTreeMap<Key, Wanted<Membership>>,
        ended: BTreeMap<Key, Vec<RowRef>>,
        yesterday: Date,
    ) -> Result<Self, StoreError> {
        let keys = wanted.keys().chain(ended.keys()).cloned().collect();
        let mut held = store.stored_by_key::<Membership>(keys).await?;
        let mut planned = BTreeMap::new();
        for (key, Wanted { mut record, rows }) in wanted {
            let stored = held.remove(&key);
            if let Some(stored) = &stored {
                record.learns_in.clone_from(&stored.record.learns_in);
            }
            planned.insert(key, Planned::by_rows(rows, record, stored));
        }
        for (key, rows) in ended {
            let Some(stored) = held.remove(&key) else { continue };
            let mut record = stored.record.clone();
            record.until = Some(record.until.map_or(yesterday, |until| until.min(yesterday)));
            planned.insert(key, Planned::by_rows(rows, record, Some(stored)));
        }
        Ok(Self(planned))
    }

    /// A stored membership as it will be, to be changed.
    pub(crate) fn copy(&mut self, stored: Stored<Membership>) -> &mut Membership {
        let planned = self.0.entry(stored.key().clone()).or_insert_with(|| Planned {
            record: stored.record.clone(),
            stored: Some(stored),
            rows: Vec::new(),
            named: false,
        });
        &mut planned.record
    }

    /// Lets classes carry where their pupils learn, for every pupil of whom a membership changes. Whoever is among `created`
    /// has nothing stored; the partitions of the others are read, one query each.
    pub(crate) async fn carry_learning(
        &mut self,
        store: &RecordStore,
        created: &HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        let pupils: BTreeSet<PersonId> = self
            .0
            .values()
            .filter(|planned| planned.is_or_was(MemberRole::Pupil) && planned.changes())
            .map(|planned| planned.record.person)
            .collect();
        let (new, known): (Vec<_>, Vec<_>) = pupils.into_iter().partition(|pupil| created.contains(pupil));
        for pupil in new {
            self.carry_for(pupil, &[]);
        }
        for pupils in known.chunks(PUPILS_TOGETHER) {
            for (pupil, held) in store.memberships_of(pupils).await? {
                self.carry_for(pupil, &held);
            }
        }
        Ok(())
    }

    fn carry_for(&mut self, pupil: PersonId, held: &[Stored<Membership>]) {
        let mut all: BTreeMap<Key, Membership> = held
            .iter()
            .map(|stored| (stored.key().clone(), stored.record.clone()))
            .collect();
        let first = Key {
            pk: Person::key_of(pupil).pk,
            sk: String::new(),
        };
        let planned = self
            .0
            .range(&first..)
            .take_while(|(key, _)| key.pk == first.pk)
            .map(|(key, planned)| (key.clone(), planned.record.clone()));
        all.extend(planned);
        for (key, class) in all.iter().filter(|(_, held)| held.is_of_class()) {
            let learns_in = class.learning(all.values());
            if let Some(planned) = self.0.get_mut(key) {
                planned.record.learns_in = learns_in;
            } else if let Some(stored) = held.iter().find(|stored| stored.key() == key)
                && stored.record.learns_in != learns_in
            {
                self.copy(stored.clone()).learns_in = learns_in;
            }
        }
    }

    /// Those who teach teaching groups, as far as the import looks at them. Also those of whom nothing changes: an attempt may
    /// have ended before what shows them was written.
    pub(crate) fn teachers(&self) -> Teachers {
        let mut teachers = Teachers::new();
        for planned in self.0.values() {
            let record = &planned.record;
            if record.group_kind == GroupKind::Teaching && planned.is_or_was(MemberRole::Teacher) {
                let teaches = (record.role == MemberRole::Teacher).then(|| record.member());
                let of_group = teachers.entry(record.group).or_default();
                of_group.insert(record.person, teaches);
            }
        }
        teachers
    }

    /// What has to be written.
    pub(crate) fn units(self) -> Result<MembershipUnits, StoreError> {
        let mut units = MembershipUnits::default();
        for planned in self.0.into_values() {
            let rows = planned.rows_to_tell();
            let list = match (planned.named, planned.record.is_of_class()) {
                (false, _) => &mut units.copies,
                (true, true) => &mut units.classes,
                (true, false) => &mut units.others,
            };
            let wanted = Wanted {
                record: planned.record,
                rows,
            };
            list.push(Unit::of(wanted, planned.stored.as_ref())?);
        }
        Ok(units)
    }
}
