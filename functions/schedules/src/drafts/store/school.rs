//! What the registry knows of a school.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use jiff::civil::Date;
use model::{GroupId, GroupKind, InstitutionId};
use rosters::{ClassTeaching, Group, MemberRole, Membership};
use store::{Index, Query, StoreError, Stored, Untyped};

use super::{AT_ONCE, DraftStore};
use crate::{drafts::source::SchoolClass, item::InstitutionGroups};

impl DraftStore {
    /// The classes of an institution, and its teaching groups that draw from no class and have a week, with who teaches them
    /// and which pupils they take. Two queries for each class, sixteen classes at a time.
    pub(crate) async fn school(
        &self,
        institution: InstitutionId,
        from: Date,
    ) -> Result<Vec<SchoolClass>, StoreError> {
        let listed = InstitutionGroups::key_of(institution);
        let listed = self.table().get::<Stored<InstitutionGroups>>(&listed);
        let (classes, listed) = tokio::try_join!(self.rosters.classes(institution), listed)?;
        let mut school = Vec::with_capacity(classes.len());
        for chunk in classes.chunks(AT_ONCE) {
            let read = chunk.iter().map(|class| self.school_class(class, from));
            school.extend(try_join_all(read).await?);
        }
        let taught: BTreeSet<GroupId> = school
            .iter()
            .flat_map(|class| class.teaching.iter().map(|taught| taught.group))
            .collect();
        let listed = listed.map(|item| item.record.groups).unwrap_or_default();
        let others: Vec<_> = listed
            .into_iter()
            .filter(|group| !taught.contains(group))
            .collect();
        if others.is_empty() {
            return Ok(school);
        }
        let mut alone = self.rosters.groups(&others).await?;
        alone.retain(|group| group.kind == GroupKind::Teaching && group.classes.is_empty());
        alone.sort_by(|one, other| (&one.title, one.group).cmp(&(&other.title, other.group)));
        for chunk in alone.chunks(AT_ONCE) {
            school.extend(try_join_all(chunk.iter().map(|group| self.lone_group(group))).await?);
        }
        Ok(school)
    }

    async fn school_class(&self, class: &Group, from: Date) -> Result<SchoolClass, StoreError> {
        let members = Query::partition(Index::First, Group::key_of(class.group).pk);
        let (teaching, members) = tokio::try_join!(
            self.rosters.teaching_of_class(class.group),
            self.rosters.table().query_untyped(&members)
        )?;
        let mut pupils = Vec::new();
        for membership in members.iter().filter_map(Untyped::as_record::<Membership>) {
            let membership = membership?;
            let stays = |until: Option<Date>| until.is_none_or(|until| from <= until);
            if membership.role == MemberRole::Pupil && stays(membership.until) {
                let learns = membership.learns_in.iter().filter(|learns| stays(learns.until));
                pupils.push(learns.map(|learns| learns.group).collect());
            }
        }
        Ok(SchoolClass {
            group: class.clone(),
            teaching,
            pupils,
        })
    }

    /// A teaching group without classes, as if it were a class of its own.
    async fn lone_group(&self, group: &Group) -> Result<SchoolClass, StoreError> {
        let teachers = self.rosters.teachers_of(group.group).await?;
        let subject = group.subject.clone().unwrap_or_else(|| group.title.clone());
        let own = ClassTeaching {
            class: group.group,
            group: group.group,
            subject,
            title: group.title.clone(),
            teachers,
        };
        Ok(SchoolClass {
            group: group.clone(),
            teaching: vec![own],
            pupils: Vec::new(),
        })
    }
}
