//! Writes. Each carries its condition.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use serde::Serialize;

use crate::{Key, StoreError};

type Item = HashMap<String, AttributeValue>;

/// One write of a transaction.
#[derive(Debug, Clone)]
pub struct Write {
    action: Action,
    condition: String,
    names: HashMap<String, String>,
    values: Item,
}

#[derive(Debug, Clone)]
enum Action {
    Put(Item),
    Update(Key, String),
    Delete(Key),
    Check(Key),
}

/// An item as the database keeps it.
pub fn item_of<T: Serialize>(item: &T) -> Result<Item, StoreError> {
    serde_dynamo::to_item(item).map_err(StoreError::malformed)
}

impl Write {
    fn new(action: Action, condition: impl Into<String>) -> Self {
        Self {
            action,
            condition: condition.into(),
            names: HashMap::new(),
            values: Item::new(),
        }
    }

    /// Puts an item that must not be there yet.
    pub fn create<T: Serialize>(item: &T) -> Result<Self, StoreError> {
        Ok(Self::new(Action::Put(item_of(item)?), "attribute_not_exists(pk)"))
    }

    /// Puts an item over the one whose `version` is the expected one.
    pub fn replace<T: Serialize>(item: &T, version: u64) -> Result<Self, StoreError> {
        Ok(Self::new(Action::Put(item_of(item)?), "#version = :version")
            .name("#version", "version")
            .value(":version", AttributeValue::N(version.to_string())))
    }

    /// Puts an item under a condition of the caller's.
    pub fn put_if<T: Serialize>(item: &T, condition: impl Into<String>) -> Result<Self, StoreError> {
        Ok(Self::new(Action::Put(item_of(item)?), condition))
    }

    /// Changes attributes of an item under a condition.
    pub fn update_if(key: Key, update: impl Into<String>, condition: impl Into<String>) -> Self {
        Self::new(Action::Update(key, update.into()), condition)
    }

    /// Deletes an item that must be there.
    pub fn delete(key: Key) -> Self {
        Self::new(Action::Delete(key), "attribute_exists(pk)")
    }

    /// Changes nothing; the transaction goes through only if the condition holds for the item.
    pub fn check(key: Key, condition: impl Into<String>) -> Self {
        Self::new(Action::Check(key), condition)
    }

    /// Names an attribute in the expressions: `#x`.
    #[must_use]
    pub fn name(mut self, placeholder: &str, attribute: impl Into<String>) -> Self {
        self.names.insert(placeholder.to_owned(), attribute.into());
        self
    }

    /// Gives a value to the expressions: `:x`.
    #[must_use]
    pub fn value(mut self, placeholder: &str, value: AttributeValue) -> Self {
        self.values.insert(placeholder.to_owned(), value);
        self
    }

    /// Gives a serialisable value to the expressions.
    pub fn typed_value<T: Serialize>(self, placeholder: &str, value: &T) -> Result<Self, StoreError> {
        let value = serde_dynamo::to_attribute_value(value).map_err(StoreError::malformed)?;
        Ok(self.value(placeholder, value))
    }

    /// Gives a text to the expressions.
    #[must_use]
    pub fn text(self, placeholder: &str, text: impl Into<String>) -> Self {
        self.value(placeholder, AttributeValue::S(text.into()))
    }

    pub(crate) fn for_table(self, table: &str) -> Result<TransactWriteItem, StoreError> {
        let names = (!self.names.is_empty()).then_some(self.names);
        let values = (!self.values.is_empty()).then_some(self.values);
        let builder = TransactWriteItem::builder();
        // The SDK's builders differ in type and not in shape, hence four arms of the same.
        let built = match self.action {
            Action::Put(item) => Put::builder()
                .table_name(table)
                .set_item(Some(item))
                .condition_expression(self.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .build()
                .map(|put| builder.put(put)),
            Action::Update(key, update) => Update::builder()
                .table_name(table)
                .set_key(Some(key.attributes()))
                .update_expression(update)
                .condition_expression(self.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .build()
                .map(|update| builder.update(update)),
            Action::Delete(key) => Delete::builder()
                .table_name(table)
                .set_key(Some(key.attributes()))
                .condition_expression(self.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .build()
                .map(|delete| builder.delete(delete)),
            Action::Check(key) => ConditionCheck::builder()
                .table_name(table)
                .set_key(Some(key.attributes()))
                .condition_expression(self.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .build()
                .map(|check| builder.condition_check(check)),
        };
        built
            .map(aws_sdk_dynamodb::types::builders::TransactWriteItemBuilder::build)
            .map_err(StoreError::malformed)
    }
}
