//! Reads and writes of one table.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, KeysAndAttributes, ReturnConsumedCapacity},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    StoreError, Untyped, Write, capacity,
    error::is_in_the_way,
    query::{Query, Range},
    turns::Turns,
};

type Item = HashMap<String, AttributeValue>;

/// The primary key of an item. It is formatted by the feature's key types and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Place within the partition.
    pub sk: String,
}

impl Key {
    pub(crate) fn attributes(&self) -> Item {
        Item::from([
            ("pk".to_owned(), AttributeValue::S(self.pk.clone())),
            ("sk".to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }
}

/// A feature's table.
#[derive(Debug, Clone)]
pub struct Table {
    client: Client,
    name: String,
}

impl Table {
    /// The most writes that one transaction takes on every database we run on.
    pub const MOST_IN_TRANSACTION: usize = 25;
    /// The most keys that one batch read takes.
    const MOST_IN_BATCH: usize = 100;

    /// The table of that name.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self {
            client,
            name: name.into(),
        }
    }

    /// Its name, for writes built by a store.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One item, eventually consistent (half the price): for pages.
    pub async fn get<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        self.item(key, false).await?.map(typed).transpose()
    }

    /// One item as last written: for decisions about the next write.
    pub async fn get_latest<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        self.item(key, true).await?.map(typed).transpose()
    }

    async fn item(&self, key: &Key, consistent: bool) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.name)
            .set_key(Some(key.attributes()))
            .consistent_read(consistent)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(StoreError::unavailable)?;
        capacity::record(&answer.consumed_capacity);
        Ok(answer.item)
    }

    /// The items that exist among `keys`, in any order; duplicates among the keys are asked for once.
    pub async fn get_many<T: DeserializeOwned>(&self, keys: &[Key]) -> Result<Vec<T>, StoreError> {
        self.items_of(keys).await?.into_iter().map(typed).collect()
    }

    /// The items that exist among `keys`, of several kinds: see [`Table::get_many`].
    pub async fn get_many_untyped(&self, keys: &[Key]) -> Result<Vec<Untyped>, StoreError> {
        Ok(self.items_of(keys).await?.into_iter().map(Untyped::new).collect())
    }

    async fn items_of(&self, keys: &[Key]) -> Result<Vec<Item>, StoreError> {
        let mut keys = keys.to_vec();
        keys.sort();
        keys.dedup();
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(Self::MOST_IN_BATCH) {
            self.get_batch(chunk, &mut found).await?;
        }
        Ok(found)
    }

    async fn get_batch(&self, keys: &[Key], found: &mut Vec<Item>) -> Result<(), StoreError> {
        let mut wanted = Some(
            KeysAndAttributes::builder()
                .set_keys(Some(keys.iter().map(Key::attributes).collect()))
                .build()
                .map_err(StoreError::unavailable)?,
        );
        while let Some(request) = wanted.take() {
            let answer = self
                .client
                .batch_get_item()
                .request_items(&self.name, request)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await
                .map_err(StoreError::unavailable)?;
            capacity::record(answer.consumed_capacity());
            found.extend(answer.responses.unwrap_or_default().into_values().flatten());
            wanted = answer.unprocessed_keys.unwrap_or_default().remove(&self.name);
        }
        Ok(())
    }

    /// The items of a query, all pages of it (or one page of at most its limit). Partitions are bounded by design.
    pub async fn query<T: DeserializeOwned>(&self, query: &Query) -> Result<Vec<T>, StoreError> {
        self.items(query).await?.into_iter().map(typed).collect()
    }

    /// The items of a query of several kinds: see [`Table::query`].
    pub async fn query_untyped(&self, query: &Query) -> Result<Vec<Untyped>, StoreError> {
        Ok(self.items(query).await?.into_iter().map(Untyped::new).collect())
    }

    /// One item whose attributes are not fixed, eventually consistent (half the price): for pages.
    pub async fn get_untyped(&self, key: &Key) -> Result<Option<Untyped>, StoreError> {
        Ok(self.item(key, false).await?.map(Untyped::new))
    }

    /// One item whose attributes are not fixed, as last written: for decisions about the next write.
    pub async fn get_latest_untyped(&self, key: &Key) -> Result<Option<Untyped>, StoreError> {
        Ok(self.item(key, true).await?.map(Untyped::new))
    }

    async fn items(&self, query: &Query) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let answer = self.page(query, start).await?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() || query.limit.is_some() {
                return Ok(items);
            }
        }
    }

    async fn page(
        &self,
        query: &Query,
        start: Option<Item>,
    ) -> Result<aws_sdk_dynamodb::operation::query::QueryOutput, StoreError> {
        let (pk, sk) = query.index.keys();
        let (condition, values) = match &query.range {
            Range::All => ("#pk = :pk", vec![]),
            Range::StartsWith(prefix) => ("#pk = :pk AND begins_with(#sk, :a)", vec![(":a", prefix)]),
            Range::Between(first, last) => (
                "#pk = :pk AND #sk BETWEEN :a AND :b",
                vec![(":a", first), (":b", last)],
            ),
            Range::Below(end) => ("#pk = :pk AND #sk < :a", vec![(":a", end)]),
        };
        let mut call = self
            .client
            .query()
            .table_name(&self.name)
            .set_index_name(query.index.name().map(str::to_owned))
            .key_condition_expression(condition)
            .expression_attribute_names("#pk", pk)
            .expression_attribute_values(":pk", AttributeValue::S(query.partition.clone()))
            .consistent_read(query.consistent)
            .scan_index_forward(!query.newest_first)
            .set_limit(query.limit)
            .set_exclusive_start_key(start)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        if !values.is_empty() {
            call = call.expression_attribute_names("#sk", sk);
        }
        for (name, value) in values {
            call = call.expression_attribute_values(name, AttributeValue::S(value.clone()));
        }
        let answer = call.send().await.map_err(StoreError::unavailable)?;
        capacity::record(&answer.consumed_capacity);
        Ok(answer)
    }

    /// All of the writes or none of them. Meets another transaction on the same item by waiting its turn.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] names the writes whose conditions did not hold.
    pub async fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        debug_assert!(
            (1..=Self::MOST_IN_TRANSACTION).contains(&writes.len()),
            "a transaction of {}",
            writes.len()
        );
        let writes = writes
            .into_iter()
            .map(|write| write.for_table(&self.name))
            .collect::<Result<Vec<_>, _>>()?;
        let mut turns = Turns::new();
        loop {
            let answer = self
                .client
                .transact_write_items()
                .set_transact_items(Some(writes.clone()))
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await;
            match answer {
                Ok(answer) => {
                    capacity::record(answer.consumed_capacity());
                    return Ok(());
                }
                Err(error) if is_in_the_way(&error) && turns.wait().await => {}
                Err(error) => return Err(StoreError::of_transaction(error)),
            }
        }
    }

    /// Removes an item and gives it, if it was there: what may be used once is taken by exactly one caller.
    pub async fn take<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        let answer = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_exists(pk)")
            .return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await;
        match answer {
            Ok(answer) => {
                capacity::record(&answer.consumed_capacity);
                answer.attributes.map(typed).transpose()
            }
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(|e| e.is_conditional_check_failed_exception()) =>
            {
                Ok(None)
            }
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }
}

fn typed<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    serde_dynamo::from_item(item).map_err(StoreError::malformed)
}
