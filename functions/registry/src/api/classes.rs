//! Classes with their people and subjects, as the API gives them.

use model::{GroupId, InstitutionId, PersonId};
use rosters::Member;
use serde::Serialize;
use utoipa::ToSchema;

use crate::handlers::classes::ClassCard;

/// A person in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// Who.
    #[schema(value_type = String)]
    pub(crate) id: PersonId,
    /// Family name, given name, patronymic.
    pub(crate) name: String,
}

impl From<&Member> for PersonView {
    fn from(member: &Member) -> Self {
        Self {
            id: member.person,
            name: member.name.full(),
        }
    }
}

/// A subject of a class.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectView {
    /// The teaching group, which is also the id of its journal.
    #[schema(value_type = String)]
    pub(crate) group: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// The group: «7А, 1-я подгруппа».
    pub(crate) title: String,
    /// Who teaches it today.
    pub(crate) teachers: Vec<PersonView>,
}

/// A class with its list of today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassView {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: GroupId,
    /// Its institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// What people call it: «7А».
    pub(crate) title: String,
    /// The year of study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<u8>,
    /// The class teachers.
    pub(crate) teachers: Vec<PersonView>,
    /// The pupils, by name.
    pub(crate) pupils: Vec<PersonView>,
    /// The subjects, by name.
    pub(crate) subjects: Vec<SubjectView>,
}

impl ClassView {
    /// The class as the API shows it.
    pub(crate) fn of(card: &ClassCard) -> Self {
        let people = |members: &[Member]| members.iter().map(PersonView::from).collect();
        Self {
            id: card.group.group,
            institution: card.group.institution,
            title: card.group.title.clone(),
            grade: card.group.grade,
            teachers: people(&card.teachers),
            pupils: people(&card.pupils),
            subjects: card
                .subjects
                .iter()
                .map(|subject| SubjectView {
                    group: subject.group,
                    subject: subject.subject.clone(),
                    title: subject.title.clone(),
                    teachers: people(&subject.teachers),
                })
                .collect(),
        }
    }
}
