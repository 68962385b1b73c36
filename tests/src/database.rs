//! A look into the database behind everybody's back, to see whether something changed.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

/// Every item of a table by its key, but those of the given kinds.
///
/// Only tests may read a whole table, so this does not go through the SDK, where lints forbid it.
///
/// # Errors
/// The database does not answer.
pub async fn items(endpoint: &str, table: &str, but: &[&str]) -> anyhow::Result<BTreeMap<String, Value>> {
    let client = reqwest::Client::new();
    let mut items = BTreeMap::new();
    let mut request = json!({ "TableName": table });
    loop {
        let answer = client
            .post(endpoint)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", "DynamoDB_20120810.Scan")
            // Nobody checks them, but they have to be there.
            .header("x-amz-date", "20260101T000000Z")
            .header("authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
            .body(request.to_string())
            .send()
            .await?;
        let status = answer.status();
        let page: Value = serde_json::from_str(&answer.text().await?)?;
        ensure!(status.is_success(), "{table} could not be read: {page}");
        for item in page["Items"].as_array().context("no items")? {
            if !but.iter().any(|kind| item["entity"]["S"] == *kind) {
                items.insert(format!("{} {}", item["pk"]["S"], item["sk"]["S"]), item.clone());
            }
        }
        match page.get("LastEvaluatedKey") {
            Some(last) if last.is_object() => request["ExclusiveStartKey"] = last.clone(),
            _ => return Ok(items),
        }
    }
}

/// Keys whose items differ.
pub fn differences(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Vec<String> {
    let changed = before.iter().filter(|(key, item)| after.get(*key) != Some(item));
    let new = after.keys().filter(|key| !before.contains_key(*key));
    changed.map(|(key, _)| key.clone()).chain(new.cloned()).collect()
}
