//! New drafts, whole or not at all.

use store::{Index, Key, Query, StoreError, Stored, Table, Write};

use super::DraftStore;
use crate::drafts::{
    draft::Draft,
    id::DraftId,
    item::{DraftHead, KeptDraftClass, KeptTerms, partition},
    terms::Terms,
};

impl DraftStore {
    /// Keeps a new draft. Its head comes last, so that there is a whole draft or none.
    pub(crate) async fn create(&self, head: DraftHead, draft: &Draft) -> Result<DraftHead, StoreError> {
        self.create_with(head, draft, None).await
    }

    /// Keeps a new draft and, together with its head, what else must not be written without it.
    pub(crate) async fn create_with(
        &self,
        mut head: DraftHead,
        draft: &Draft,
        with: Option<Write>,
    ) -> Result<DraftHead, StoreError> {
        let mut writes = Vec::new();
        for class in draft.classes.values() {
            let kept = KeptDraftClass::of(head.draft, class).map_err(StoreError::malformed)?;
            writes.push(Write::create(&Stored::new(kept))?);
        }
        if draft.terms != Terms::default() {
            let kept = KeptTerms::of(head.draft, &draft.terms).map_err(StoreError::malformed)?;
            writes.push(Write::create(&Stored::new(kept))?);
        }
        head.revision = writes.len() as u64;
        let last: Vec<Write> = [Write::create(&Stored::new(head.clone()))?]
            .into_iter()
            .chain(with)
            .collect();
        while writes.len() + last.len() > Table::MOST_IN_TRANSACTION {
            let rest = writes.split_off(writes.len().min(Table::MOST_IN_TRANSACTION));
            self.table().write(std::mem::replace(&mut writes, rest)).await?;
        }
        writes.extend(last);
        self.table().write(writes).await?;
        Ok(head)
    }

    /// Removes what is left of a draft whose making broke off: without a head nobody finds it.
    pub(crate) async fn clear_up(&self, draft: DraftId) -> Result<(), StoreError> {
        let query = Query::partition(Index::Table, partition(draft)).consistent();
        let items = self.table().query_untyped(&query).await?;
        if items.iter().any(|item| item.as_record::<DraftHead>().is_some()) {
            return Ok(());
        }
        let keys: Vec<Key> = items.iter().map(|item| item.read()).collect::<Result<_, _>>()?;
        for chunk in keys.chunks(Table::MOST_IN_TRANSACTION) {
            let writes = chunk.iter().cloned().map(Write::delete).collect();
            self.table().write(writes).await?;
        }
        Ok(())
    }
}
