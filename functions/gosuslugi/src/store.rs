//! The bridge's table.

use store::{Index, Query, StoreError, Stored, Table, Write};
use uuid::Uuid;

use crate::item::{IssuedCode, PendingSignIn, WrappedKey};

/// The bridge's table.
#[derive(Debug, Clone)]
pub(crate) struct BridgeStore {
    table: Table,
}

impl BridgeStore {
    pub(crate) const fn new(table: Table) -> Self {
        Self { table }
    }

    /// Keeps a sign-in that has begun. 1 write.
    pub(crate) async fn begin(&self, pending: PendingSignIn) -> Result<(), StoreError> {
        self.table
            .write(vec![Write::create(&Stored::new(pending))?])
            .await
    }

    /// Takes a sign-in that came back, if it is the first time and not too late. 1 conditional delete.
    pub(crate) async fn take_pending(&self, id: Uuid, now: i64) -> Result<Option<PendingSignIn>, StoreError> {
        let taken = self
            .table
            .take::<Stored<PendingSignIn>>(&PendingSignIn::key_of(id))
            .await?;
        Ok(taken
            .map(|item| item.record)
            .filter(|pending| pending.valid_until > now))
    }

    /// A sign-in that has begun and has not come back. 1 get.
    pub(crate) async fn pending(&self, id: Uuid, now: i64) -> Result<Option<PendingSignIn>, StoreError> {
        let found = self
            .table
            .get_latest::<Stored<PendingSignIn>>(&PendingSignIn::key_of(id))
            .await?;
        Ok(found
            .map(|item| item.record)
            .filter(|pending| pending.valid_until > now))
    }

    /// Keeps what a code stands for. 1 write.
    pub(crate) async fn issue(&self, code: IssuedCode) -> Result<(), StoreError> {
        self.table.write(vec![Write::create(&Stored::new(code))?]).await
    }

    /// Takes what a code stands for, if it is the first time and not too late. 1 conditional delete.
    pub(crate) async fn take_code(&self, digest: &str, now: i64) -> Result<Option<IssuedCode>, StoreError> {
        let taken = self
            .table
            .take::<Stored<IssuedCode>>(&IssuedCode::key_of(digest))
            .await?;
        Ok(taken
            .map(|item| item.record)
            .filter(|code| code.valid_until > now))
    }

    /// All signing keys that the table still holds, oldest first. 1 query.
    pub(crate) async fn signing_keys(&self) -> Result<Vec<WrappedKey>, StoreError> {
        let query = Query::partition(Index::Table, WrappedKey::PARTITION);
        Ok(self
            .table
            .query::<Stored<WrappedKey>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// Adds a signing key, unless another environment has just added one of the same number. 1 write.
    pub(crate) async fn add_signing_key(&self, key: WrappedKey) -> Result<(), StoreError> {
        self.table.write(vec![Write::create(&Stored::new(key))?]).await
    }
}
