//! Records: what a feature keeps, with the key under which it is kept.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Key, StoreError};

/// A thing that is kept as one item. The only place where its keys are formatted.
pub trait Record {
    /// Its name in the attribute `entity`, for people who look at the table.
    const ENTITY: &'static str;

    /// Where it is kept.
    fn key(&self) -> Key;

    /// Where the first index shows it.
    fn first_index(&self) -> Option<Key> {
        None
    }

    /// Where the second index shows it.
    fn second_index(&self) -> Option<Key> {
        None
    }

    /// The second after which it means nothing any more; readers check it, the database removes it some time later.
    fn expires_at(&self) -> Option<i64> {
        None
    }
}

/// A record as an item: keys, indexes, version, and its own attributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored<T> {
    #[serde(flatten)]
    key: Key,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gsi1pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gsi1sk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gsi2pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gsi2sk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
    entity: String,
    /// Counts the writes of the item, from 1.
    pub version: u64,
    /// The record itself.
    #[serde(flatten)]
    pub record: T,
}

impl<T: Record> Stored<T> {
    /// The first version of a record.
    pub fn new(record: T) -> Self {
        Self::version(record, 1)
    }

    /// The record as the version that follows `version`: what a replacing write puts.
    pub fn following(record: T, version: u64) -> Self {
        Self::version(record, version + 1)
    }

    fn version(record: T, version: u64) -> Self {
        let split = |key: Option<Key>| key.map_or((None, None), |key| (Some(key.pk), Some(key.sk)));
        let (gsi1pk, gsi1sk) = split(record.first_index());
        let (gsi2pk, gsi2sk) = split(record.second_index());
        Self {
            key: record.key(),
            gsi1pk,
            gsi1sk,
            gsi2pk,
            gsi2sk,
            expires_at: record.expires_at(),
            entity: T::ENTITY.to_owned(),
            version,
            record,
        }
    }

    /// Where the item is kept.
    pub const fn key(&self) -> &Key {
        &self.key
    }
}

/// An item whose kind is told by its `entity`: for partitions that hold several, and for attributes that are not fixed.
#[derive(Debug, Clone)]
pub struct Untyped(HashMap<String, AttributeValue>);

impl Untyped {
    pub(crate) const fn new(item: HashMap<String, AttributeValue>) -> Self {
        Self(item)
    }

    /// What the item is.
    pub fn entity(&self) -> &str {
        self.text("entity")
    }

    /// The item as the record `T`, if it is one.
    pub fn as_record<T: Record + DeserializeOwned>(&self) -> Option<Result<T, StoreError>> {
        (self.entity() == T::ENTITY).then(|| self.read())
    }

    /// The attributes of the item as a `T`; what `T` does not know is passed over.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        serde_dynamo::from_item(self.0.clone()).map_err(StoreError::malformed)
    }

    /// A text attribute; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|value| value.as_s().ok())
            .map_or("", String::as_str)
    }

    /// The text attributes whose names start with the prefix: the rest of the name, and the text.
    ///
    /// What repeats many times in one item is kept so: a text is a third of the same as nested attributes, and quicker to
    /// read.
    pub fn texts<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_s().ok()?.as_str())))
    }
}
