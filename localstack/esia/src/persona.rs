//! The people who can sign in: what ESIA would know of each.

use jiff::civil::Date;
use model::{PersonName, Sex, Snils};

/// An account at Gosuslugi with everything the simulator answers about it.
#[derive(Debug, Clone)]
pub struct Persona {
    /// The account's id at ESIA; unique among personas.
    pub oid: u64,
    /// Фамилия, имя, отчество.
    pub name: PersonName,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex as in the passport.
    pub sex: Sex,
    /// СНИЛС of the account's owner.
    pub snils: Snils,
    /// Whether the account is confirmed (`trusted`); a simplified or standard one is not.
    pub trusted: bool,
    /// Who this is in the demo region, in Russian: shown on the sign-in page below the name.
    pub description: String,
    /// Children whom the person declared at Gosuslugi.
    pub kids: Vec<Kid>,
    /// E-mail and mobile phone.
    pub contacts: Vec<Contact>,
    /// Passport and other documents.
    pub documents: Vec<Document>,
    /// Organisations for which the person may act.
    pub roles: Vec<Employment>,
}

impl Persona {
    /// A confirmed account without children, contacts, documents and organisations; set those fields afterwards.
    pub fn new(
        oid: u64,
        name: PersonName,
        birth_date: Date,
        sex: Sex,
        snils: Snils,
        description: &str,
    ) -> Self {
        Self {
            oid,
            name,
            birth_date,
            sex,
            snils,
            trusted: true,
            description: description.to_owned(),
            kids: Vec::new(),
            contacts: Vec::new(),
            documents: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// The same account before its owner confirmed their identity.
    #[must_use]
    pub fn unconfirmed(mut self) -> Self {
        self.trusted = false;
        self
    }

    /// The same account with declared children.
    #[must_use]
    pub fn with_kids(mut self, kids: Vec<Kid>) -> Self {
        self.kids = kids;
        self
    }
}

/// A child as the parent declared it.
#[derive(Debug, Clone)]
pub struct Kid {
    /// Id of the record in the parent's account; it is not the child's own account.
    pub id: u64,
    /// Фамилия, имя, отчество.
    pub name: PersonName,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex as in the birth certificate.
    pub sex: Sex,
    /// СНИЛС, which a small child may not have yet.
    pub snils: Option<Snils>,
    /// The birth certificate.
    pub documents: Vec<Document>,
}

/// A way to reach a person.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Id of the record.
    pub id: u64,
    /// What kind of address it is.
    pub kind: ContactKind,
    /// The address or number.
    pub value: String,
    /// Whether its owner confirmed it.
    pub verified: bool,
}

/// Kinds of contact that the scopes `email` and `mobile` open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKind {
    /// E-mail address (`EML`).
    Email,
    /// Mobile phone (`MBT`).
    Mobile,
}

/// A document of a person or a child.
#[derive(Debug, Clone)]
pub struct Document {
    /// Id of the record.
    pub id: u64,
    /// What document it is.
    pub kind: DocumentKind,
    /// Series.
    pub series: String,
    /// Number.
    pub number: String,
    /// Whether the state register confirmed it.
    pub verified: bool,
}

/// Kinds of document that the scopes `id_doc`, `birth_cert_doc` and `kid_birth_cert_doc` open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// Passport of a citizen of Russia (`RF_PASSPORT`).
    Passport,
    /// Birth certificate issued in Russia (`RF_BRTH_CERT` for a child's record, `BRTH_CERT` for one's own).
    BirthCertificate,
}

/// An organisation in which a person works or which they head.
#[derive(Debug, Clone)]
pub struct Employment {
    /// The organisation's id at ESIA.
    pub organisation_oid: u64,
    /// Full name.
    pub full_name: String,
    /// Short name.
    pub short_name: String,
    /// ОГРН.
    pub ogrn: String,
    /// Whether the person heads it.
    pub chief: bool,
}
