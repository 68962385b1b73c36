//! What a sign-in with Gosuslugi changes: the account is tied to the person, children to their representative.

use jiff::{Timestamp, civil::Date};
use model::{PersonId, PersonName, SnilsHash, Subject};
use store::{StoreError, Stored, Write};

use crate::{AccountOwner, Guardianship, GuardianshipSide, GuardianshipSource, Person, Rosters, SnilsOwner};

/// Who signed in, as Gosuslugi vouches for them.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The account's pseudonym.
    pub subject: Subject,
    /// The person.
    pub person: SignedInPerson,
    /// The children whom the person declared at Gosuslugi.
    pub children: Vec<DeclaredChild>,
    /// When the person signed in at Gosuslugi: long ago where the browser was signed in there. Nothing where it was not told.
    pub signed_in_at: Option<Timestamp>,
}

/// A person's data at Gosuslugi.
#[derive(Debug, Clone)]
pub struct SignedInPerson {
    /// The name.
    pub name: PersonName,
    /// The date of birth.
    pub birth_date: Date,
    /// The keyed hash of the СНИЛС.
    pub snils: SnilsHash,
    /// Whether the account is confirmed. Only then are declared children believed.
    pub trusted: bool,
}

/// A child in a parent's data at Gosuslugi. The record's own id means nothing to us: only these two do.
#[derive(Debug, Clone)]
pub struct DeclaredChild {
    /// The keyed hash of the child's СНИЛС.
    pub snils: SnilsHash,
    /// The child's date of birth.
    pub birth_date: Date,
}

/// Why a sign-in is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The СНИЛС is known with another date of birth, or its owner signs in with another account: somebody must look.
    #[error("the account does not agree with what is known of the person")]
    Disagrees,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Rosters {
    /// Records a sign-in and says who it was. Recording the same twice changes nothing.
    ///
    /// Known account: 2 gets and a get for each child, and 1 write where the person has signed in at Gosuslugi anew. First
    /// sign-in: two gets more and one transaction.
    pub async fn record_sign_in(&self, sign_in: &SignIn) -> Result<PersonId, SignInError> {
        let person = match self.account(&sign_in.subject).await? {
            Some(account) => {
                self.note_trust(account.person, sign_in.person.trusted).await?;
                self.note_moment(&account, sign_in.signed_in_at).await?;
                account.person
            }
            None => self.tie_account(sign_in).await?,
        };
        if sign_in.person.trusted {
            for child in &sign_in.children {
                self.tie_child(person, &sign_in.person.name, child).await?;
            }
        }
        Ok(person)
    }

    async fn tie_account(&self, sign_in: &SignIn) -> Result<PersonId, SignInError> {
        let subject = &sign_in.subject;
        let owner = self.owner(&sign_in.person.snils).await?;
        let (person, writes) = match owner {
            Some(owner) if owner.birth_date != sign_in.person.birth_date => {
                return Err(SignInError::Disagrees);
            }
            Some(owner) => {
                let card = Write::update_if(
                    Person::key_of(owner.person),
                    "SET subject = :subject, trusted = :trusted ADD version :one",
                    "attribute_exists(pk) AND (attribute_not_exists(subject) OR subject = :subject)",
                )
                .typed_value(":subject", subject)?
                .typed_value(":trusted", &sign_in.person.trusted)?
                .typed_value(":one", &1)?;
                (owner.person, vec![card])
            }
            None => self.newcomer(sign_in)?,
        };
        let account = Stored::new(AccountOwner {
            subject: subject.clone(),
            person,
            signed_in_at: sign_in.signed_in_at,
        });
        let writes = writes.into_iter().chain([Write::create(&account)?]).collect();
        match self.table().write(writes).await {
            Ok(()) => Ok(person),
            // The same person in a second tab was first; anybody else's claim stays refused.
            Err(StoreError::Conflict(_)) => self.person_of(subject).await?.ok_or(SignInError::Disagrees),
            Err(error) => Err(error.into()),
        }
    }

    /// A person whom no school has named yet. The id follows from the account, so that two tabs make one person.
    fn newcomer(&self, sign_in: &SignIn) -> Result<(PersonId, Vec<Write>), StoreError> {
        let id = PersonId::derived("gosuslugi", sign_in.subject.as_str());
        let person = Person {
            person: id,
            name: sign_in.person.name.clone(),
            birth_date: Some(sign_in.person.birth_date),
            sex: None,
            snils_hash: Some(sign_in.person.snils.clone()),
            subject: Some(sign_in.subject.clone()),
            trusted: sign_in.person.trusted,
        };
        let owner = SnilsOwner {
            snils_hash: sign_in.person.snils.clone(),
            person: id,
            birth_date: sign_in.person.birth_date,
        };
        Ok((
            id,
            vec![
                Write::create(&Stored::new(person))?,
                Write::create(&Stored::new(owner))?,
            ],
        ))
    }

    /// Notes when somebody signed in at Gosuslugi. What was not told now must not look as told before.
    async fn note_moment(&self, account: &AccountOwner, at: Option<Timestamp>) -> Result<(), StoreError> {
        if account.signed_in_at == at {
            return Ok(());
        }
        let key = AccountOwner::key_of(&account.subject);
        let write = match at {
            Some(at) => Write::update_if(
                key,
                "SET signed_in_at = :at ADD version :one",
                "attribute_exists(pk)",
            )
            .typed_value(":at", &at)?,
            None => Write::update_if(
                key,
                "REMOVE signed_in_at ADD version :one",
                "attribute_exists(pk)",
            ),
        };
        self.table().write(vec![write.typed_value(":one", &1)?]).await
    }

    async fn note_trust(&self, person: PersonId, trusted: bool) -> Result<(), StoreError> {
        let known = self
            .table()
            .get::<Stored<Person>>(&Person::key_of(person))
            .await?;
        if known.is_none_or(|known| known.record.trusted == trusted) {
            return Ok(());
        }
        let write = Write::update_if(
            Person::key_of(person),
            "SET trusted = :trusted ADD version :one",
            "attribute_exists(pk)",
        )
        .typed_value(":trusted", &trusted)?
        .typed_value(":one", &1)?;
        self.table().write(vec![write]).await
    }

    async fn tie_child(
        &self,
        guardian: PersonId,
        guardian_name: &PersonName,
        declared: &DeclaredChild,
    ) -> Result<(), StoreError> {
        let Some(owner) = self.owner(&declared.snils).await? else {
            return Ok(());
        };
        if owner.birth_date != declared.birth_date || owner.person == guardian {
            return Ok(());
        }
        let key = GuardianshipSide::key_of_guardian(guardian, owner.person);
        let known = self.table().get_latest::<Stored<GuardianshipSide>>(&key).await?;
        let child = self
            .table()
            .get::<Stored<Person>>(&Person::key_of(owner.person))
            .await?;
        // What the school or a court has revoked is not brought back by a parent's own declaration.
        let (None, Some(child)) = (known, child) else {
            return Ok(());
        };
        let guardianship = Guardianship {
            guardian,
            guardian_name: guardian_name.clone(),
            child: owner.person,
            child_name: child.record.name,
            source: GuardianshipSource::Gosuslugi,
            revoked_at: None,
        };
        match self.table().write(guardianship.create()?.into()).await {
            // A second tab was first.
            Err(StoreError::Conflict(_)) => Ok(()),
            other => other,
        }
    }

    async fn owner(&self, snils: &SnilsHash) -> Result<Option<SnilsOwner>, StoreError> {
        let key = SnilsOwner::key_of(snils);
        Ok(self
            .table()
            .get_latest::<Stored<SnilsOwner>>(&key)
            .await?
            .map(|item| item.record))
    }
}
