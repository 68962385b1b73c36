//! The people whom a bundle names: who of them is known, by which СНИЛС, under which id.
//!
//! A person is the region's `sourcedId` first. Where the СНИЛС and the date of birth show that somebody is known under another
//! id (a sign-in was earlier, or another institution's system names them too), an alias ties the two and there is one person.

use std::collections::{BTreeMap, HashMap, HashSet};

use bundles::{
    Bundle, Outcome, Reason, ReasonCode,
    oneroster::{FileKind, Located, SourcedId, User},
};
use jiff::civil::Date;
use model::{PersonId, PersonName, Sex, SnilsHash};
use rosters::{Alias, Person, SnilsOwner};
use store::{StoreError, Stored, Write};

use super::{
    change::{RowRef, Unit, Wanted},
    known::Place,
    tally::Tally,
};

/// What is stored of the people whom a bundle names.
#[derive(Debug, Default)]
pub(crate) struct StoredPeople {
    /// By the id that the import derives.
    pub(crate) behind: HashMap<PersonId, PersonId>,
    /// By their own id.
    pub(crate) cards: HashMap<PersonId, Stored<Person>>,
    pub(crate) owners: HashMap<SnilsHash, Stored<SnilsOwner>>,
}

/// A person as rows of the bundle name them.
#[derive(Debug)]
pub(crate) struct NamedPerson<'b> {
    pub(crate) derived: PersonId,
    pub(crate) user: &'b Located<User>,
    pub(crate) birth_date: Option<Date>,
    pub(crate) sex: Option<Sex>,
    pub(crate) snils: Option<SnilsHash>,
    rows: Vec<RowRef>,
}

/// Everybody whom the bundle names, with what `demographics.csv` says of them.
pub(crate) fn named<'b>(bundle: &'b Bundle, place: &Place, key: &[u8]) -> Vec<NamedPerson<'b>> {
    let births: HashMap<&SourcedId, _> = bundle
        .demographics
        .iter()
        .map(|located| (&located.row.base.sourced_id, located))
        .collect();
    bundle
        .users
        .iter()
        .map(|user| {
            let birth = births.get(&user.row.base.sourced_id);
            let mut rows = vec![RowRef {
                file: FileKind::Users,
                line: user.line,
            }];
            rows.extend(birth.map(|row| RowRef {
                file: FileKind::Demographics,
                line: row.line,
            }));
            NamedPerson {
                derived: place.person(&user.row.base.sourced_id),
                user,
                birth_date: birth.and_then(|located| located.row.birth_date),
                sex: birth.and_then(|located| located.row.sex),
                snils: user.row.snils.map(|snils| snils.hash(key)),
                rows,
            }
        })
        .collect()
}

/// A person as other rows refer to them.
#[derive(Debug, Clone)]
pub(crate) struct Met {
    pub(crate) person: PersonId,
    pub(crate) name: PersonName,
    /// Whether the bundle takes the person out of use.
    pub(crate) leaves: bool,
}

/// What becomes of the people of a bundle.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By `sourcedId`; those who were refused are not there.
    pub(crate) met: HashMap<SourcedId, Met>,
    pub(crate) units: Vec<Unit>,
    /// Whom the bundle takes out of use.
    pub(crate) leaving: Vec<(PersonId, RowRef)>,
    /// Whose names change.
    pub(crate) renamed: BTreeMap<PersonId, PersonName>,
    /// Who was not known before.
    pub(crate) created: HashSet<PersonId>,
    /// Who was met under which row already, by own id.
    written: HashMap<PersonId, PersonName>,
    /// Numbers that rows of this bundle have taken.
    taken: HashMap<SnilsHash, (PersonId, Date)>,
}

/// Who somebody is.
enum Identity {
    /// The person of this id; it may be new.
    Own(PersonId),
    /// A person who is known under another id, and who is tied to the derived one from now on.
    Alias(PersonId),
    /// Nobody can be sure.
    Refused(Reason),
}

impl People {
    pub(crate) fn of(
        named: Vec<NamedPerson<'_>>,
        stored: &StoredPeople,
        tally: &mut Tally,
    ) -> Result<Self, StoreError> {
        let mut people = Self::default();
        for person in named {
            people.take(person, stored, tally)?;
        }
        Ok(people)
    }

    fn take(
        &mut self,
        named: NamedPerson<'_>,
        stored: &StoredPeople,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        let (id, is_alias) = match self.identify(&named, stored) {
            Identity::Own(id) => (id, false),
            Identity::Alias(id) => (id, true),
            Identity::Refused(reason) => {
                named
                    .rows
                    .iter()
                    .for_each(|row| tally.refuse(*row, Some("metadata.snils"), reason.clone()));
                return Ok(());
            }
        };
        let sourced_id = named.user.row.base.sourced_id.clone();
        let leaves = !named.user.row.base.is_active();
        let card = stored.cards.get(&id);
        if leaves {
            self.leaving.extend(card.map(|_| (id, named.rows[0])));
            let name = named.user.row.name.clone();
            self.met.insert(
                sourced_id,
                Met {
                    person: id,
                    name,
                    leaves,
                },
            );
            return Ok(());
        }
        if let (Some(hash), Some(birth)) = (&named.snils, named.birth_date) {
            self.taken.insert(hash.clone(), (id, birth));
        }
        let alias = is_alias.then_some(Alias {
            alias: named.derived,
            person: id,
        });
        if let Some(name) = self.written.get(&id).cloned() {
            // Another row of this bundle has written the person; this one only adds its name for them.
            self.met.insert(
                sourced_id,
                Met {
                    person: id,
                    name,
                    leaves,
                },
            );
            return self.tie(alias, named.rows);
        }
        self.write(id, sourced_id, &named, alias, stored)
    }

    /// Plans the person's card with the marker of their number, and the alias if there is one.
    fn write(
        &mut self,
        id: PersonId,
        sourced_id: SourcedId,
        named: &NamedPerson<'_>,
        alias: Option<Alias>,
        stored: &StoredPeople,
    ) -> Result<(), StoreError> {
        let card = stored.cards.get(&id);
        let record = record_of(id, named, card.map(|card| &card.record));
        if card.is_some_and(|card| card.record.name != record.name) {
            self.renamed.insert(id, record.name.clone());
        }
        if card.is_none() {
            self.created.insert(id);
        }
        self.written.insert(id, record.name.clone());
        self.met.insert(
            sourced_id,
            Met {
                person: id,
                name: record.name.clone(),
                leaves: false,
            },
        );
        let mut unit = Unit::of(
            Wanted {
                record,
                rows: named.rows.clone(),
            },
            card,
        )?;
        unit.writes.extend(number_writes(id, named, card, stored)?);
        if let Some(alias) = alias {
            unit.writes.push(Write::create(&Stored::new(alias))?);
        }
        if unit.outcome == Outcome::Kept && !unit.writes.is_empty() {
            unit.outcome = Outcome::Changed;
        }
        self.units.push(unit);
        Ok(())
    }

    fn tie(&mut self, alias: Option<Alias>, rows: Vec<RowRef>) -> Result<(), StoreError> {
        let unit = match alias {
            Some(alias) => Unit {
                writes: vec![Write::create(&Stored::new(alias))?],
                rows,
                outcome: Outcome::Created,
            },
            None => Unit {
                writes: Vec::new(),
                rows,
                outcome: Outcome::Kept,
            },
        };
        self.units.push(unit);
        Ok(())
    }

    fn identify(&self, named: &NamedPerson<'_>, stored: &StoredPeople) -> Identity {
        let own = stored.behind.get(&named.derived).copied();
        let card = own
            .and_then(|own| stored.cards.get(&own))
            .map(|card| &card.record);
        if let Some(card) = card.filter(|card| card.subject.is_some()) {
            let differs = named
                .snils
                .as_ref()
                .is_some_and(|hash| card.snils_hash.as_ref() != Some(hash))
                || named
                    .birth_date
                    .is_some_and(|birth| card.birth_date != Some(birth));
            if differs {
                return Identity::Refused(Reason::new(ReasonCode::AccountTied));
            }
        }
        let Some(hash) = &named.snils else {
            return Identity::Own(own.unwrap_or(named.derived));
        };
        let owner = self.taken.get(hash).copied().or_else(|| {
            stored
                .owners
                .get(hash)
                .map(|owner| (owner.record.person, owner.record.birth_date))
        });
        match (own, owner) {
            (own, None) => Identity::Own(own.unwrap_or(named.derived)),
            (Some(own), Some((owner, _))) if own == owner => Identity::Own(own),
            // Only number and date of birth together say that two are one.
            (None, Some((owner, birth))) if named.birth_date == Some(birth) && owner != named.derived => {
                Identity::Alias(owner)
            }
            (None, Some((owner, _))) if owner == named.derived => Identity::Own(owner),
            _ => Identity::Refused(Reason::new(ReasonCode::SnilsTaken)),
        }
    }
}

/// The card that the bundle wants. What it leaves open stays, and so does the account.
fn record_of(id: PersonId, named: &NamedPerson<'_>, stored: Option<&Person>) -> Person {
    Person {
        person: id,
        name: named.user.row.name.clone(),
        birth_date: named
            .birth_date
            .or_else(|| stored.and_then(|person| person.birth_date)),
        sex: named.sex.or_else(|| stored.and_then(|person| person.sex)),
        snils_hash: named
            .snils
            .clone()
            .or_else(|| stored.and_then(|person| person.snils_hash.clone())),
        subject: stored.and_then(|person| person.subject.clone()),
        trusted: stored.is_some_and(|person| person.trusted),
    }
}

/// The writes that keep the marker of the person's number: made, corrected, or moved when the number was corrected.
fn number_writes(
    id: PersonId,
    named: &NamedPerson<'_>,
    card: Option<&Stored<Person>>,
    stored: &StoredPeople,
) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::new();
    let card = card.map(|card| &card.record);
    let hash = named
        .snils
        .clone()
        .or_else(|| card.and_then(|card| card.snils_hash.clone()));
    let birth = named.birth_date.or_else(|| card.and_then(|card| card.birth_date));
    if let (Some(snils_hash), Some(birth_date)) = (hash.clone(), birth) {
        let owner = SnilsOwner {
            snils_hash: snils_hash.clone(),
            person: id,
            birth_date,
        };
        let wanted = Wanted {
            record: owner,
            rows: Vec::new(),
        };
        writes.extend(Unit::of(wanted, stored.owners.get(&snils_hash))?.writes);
    }
    let before = card
        .and_then(|card| card.snils_hash.as_ref())
        .filter(|before| Some(*before) != hash.as_ref());
    if let Some(owner) = before
        .and_then(|before| stored.owners.get(before))
        .filter(|owner| owner.record.person == id)
    {
        writes.push(Write::delete(owner.key().clone()));
    }
    Ok(writes)
}
