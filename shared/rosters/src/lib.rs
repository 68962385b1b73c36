//! People, institutions, groups, enrolments and guardianship as the registry table keeps them.
//!
//! The registry writes them at imports, the bridge at sign-ins; identity, schedules, journals and the diary read them.
//!
//! | partition | sort key | what | also shown by |
//! |---|---|---|---|
//! | `PERSON#per` | `CARD` | the person | |
//! | | `ALIAS` | another id of a person who was known before | |
//! | | `CHILD#per` | a child whom the person represents | |
//! | | `CLASS#grp` | the class to which the person belongs as a pupil, with the teaching groups in which they learn there | gsi1 `GROUP#grp` / `PUPIL#name#per` |
//! | | `GUARDIAN#per` | who represents the person | |
//! | | `ROLE#role#place` | a role | |
//! | | `TEACHING#grp` | a teaching group: the person learns or teaches in it | gsi1 `GROUP#grp` / `PUPIL#…`, `TEACHER#…` |
//! | `GROUP#grp` | `GROUP` | a class or a teaching group | gsi1 `GROUP#grp` / `GROUP`; gsi2 `INSTITUTION#ins` / `CLASS#…` |
//! | | `TEACHING#grp` | a teaching group that draws from the class, with its teachers | |
//! | `INSTITUTION#ins` | `INSTITUTION` | the institution | gsi1 `REGION#reg` / `INSTITUTION#kind#name` |
//! | `REGION#reg` | `REGION` | the region | gsi1 `REGIONS` / name |
//! | `SNILS#hash` | `PERSON` | whose СНИЛС it is | |
//! | `SUBJECT#sub` | `PERSON` | whose account it is | |
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | a person's card: who they are, their classes, children, guardians, roles | 1 query | 0.5–1 |
//! | the card of a pupil at two institutions, with where they learn (14 teaching groups) | 1 query | 0.5 |
//! | the card of a pupil with the memberships of their teaching groups (14) | 1 query | 1.5–2 |
//! | the teaching groups of a teacher (20) or pupil (14) | 1 query | 1–1.5 |
//! | a teaching group with its members (27 pupils) | 1 query | 1.5–2 |
//! | a class with its members (27 pupils, each with periods and where they learn) | 1 query | 6 |
//! | the teaching groups of a class (15) with their teachers | 1 query | 1 |
//! | the classes of an institution (30) | 1 query | 1.5 |
//! | whose account (sign-in, known) | 1 get | 0.5 |

mod card;
mod group;
mod guardianship;
mod institution;
mod membership;
mod person;
mod sign_in;
mod store;

pub use self::store::Rosters;
pub use card::PersonCard;
pub use group::{ClassTeaching, Group, GroupMemberships, GroupRoster};
pub use guardianship::{Guardianship, GuardianshipSide, GuardianshipSource};
pub use institution::{Institution, Region};
pub use membership::{LearnsIn, Member, MemberRole, Membership};
pub use person::{AccountOwner, Alias, HeldRole, Person, SnilsOwner};
pub use sign_in::{DeclaredChild, SignIn, SignInError, SignedInPerson};
