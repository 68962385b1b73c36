//! Reads of answers to homework.

use jiff::civil::Date;
use model::{GroupId, LessonKey, PersonId};
use store::{Index, Key, Query, StoreError, Stored};

use super::Gradebook;
use crate::{AnswerEntry, AnswerKey, AnswerThread};

impl Gradebook {
    /// How the work of each pupil on the homework of a lesson stands, of those who have answered.
    pub async fn answers(
        &self,
        journal: GroupId,
        lesson: LessonKey,
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let partition = AnswerKey::threads(journal, lesson);
        self.changes(Query::partition(Index::Table, partition)).await
    }

    /// How a pupil's work on the homework of the lessons of some days stands, in all subjects.
    pub async fn answers_of(
        &self,
        pupil: PersonId,
        (from, until): (Date, Date),
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let (first, last) = AnswerThread::days(from, until);
        let partition = AnswerThread::pupil_partition(pupil);
        self.changes(Query::partition(Index::First, partition).between(first, last))
            .await
    }

    /// How a pupil's work on some homework stands, as far as there is any: 1 batch of gets.
    pub async fn answers_to(
        &self,
        pupil: PersonId,
        tasks: &[(GroupId, LessonKey)],
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let key = |(journal, lesson): &(GroupId, LessonKey)| Key {
            pk: AnswerKey::threads(*journal, *lesson),
            sk: pupil.to_string(),
        };
        let keys: Vec<_> = tasks.iter().map(key).collect();
        let found = self.table.get_many::<Stored<AnswerThread>>(&keys).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// What was said of a pupil's work, as last written, the first first.
    pub async fn answer_entries(&self, thread: AnswerKey) -> Result<Vec<AnswerEntry>, StoreError> {
        self.changes(Query::partition(Index::Table, thread.entries()).consistent())
            .await
    }
}
