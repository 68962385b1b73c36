//! The embedded DynamoDB: a SQLite file, served over HTTP by this process. Every acknowledged write is in the file.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context;
use dynoxide::{Database, DynoxideError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

use crate::{aws::Aws, failure::failure};

/// The running database.
pub(crate) struct LocalDatabase {
    database: Database,
    stop: Arc<Notify>,
    server: Option<JoinHandle<Result<(), String>>>,
}

impl LocalDatabase {
    /// Opens the file in `state` and serves it on `port`.
    pub(crate) async fn start(state: &Path, port: u16) -> anyhow::Result<Self> {
        fs::create_dir_all(state)?;
        let file = state.join("database.sqlite");
        let path = file
            .to_str()
            .context("the path of the state folder is not Unicode")?;
        let database = Database::new(path).map_err(|error| {
            failure(
                format!("the database {path} could not be opened: {error}"),
                "`cargo run -- reset` forgets the data",
            )
        })?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let served = database.clone();
        let server = tokio::spawn(async move {
            dynoxide::server::serve_with_shutdown(listener, served, async move { stopped.notified().await })
                .await
        });
        Ok(Self {
            database,
            stop,
            server: Some(server),
        })
    }

    /// Makes the tables that `infra/data.yaml` describes: those that the emulator made from it, with the same keys,
    /// indexes and time-to-live.
    pub(crate) async fn follow(&self, aws: &Aws) -> anyhow::Result<()> {
        let tables = aws
            .call("dynamodb", "DynamoDB_20120810.ListTables", &json!({}))
            .await?;
        for name in tables["TableNames"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            let named = json!({ "TableName": name });
            let described = aws
                .call("dynamodb", "DynamoDB_20120810.DescribeTable", &named)
                .await?;
            let wanted = table_request(&described["Table"]);
            match self.existing(name)? {
                None => self.create(aws, &wanted).await?,
                Some(existing) if same_keys(&existing, &wanted) => {}
                Some(_) => {
                    return Err(failure(
                        format!("table {name} has other keys than infra/data.yaml now describes"),
                        "`cargo run -- reset` forgets the data, then start again",
                    ));
                }
            }
        }
        Ok(())
    }

    fn existing(&self, name: &str) -> anyhow::Result<Option<Value>> {
        match self
            .database
            .describe_table(request(&json!({ "TableName": name }))?)
        {
            Ok(answer) => Ok(Some(table_request(&serde_json::to_value(answer)?["Table"]))),
            Err(DynoxideError::ResourceNotFoundException(_)) => Ok(None),
            Err(error) => Err(anyhow::anyhow!("table {name} could not be read: {error}")),
        }
    }

    async fn create(&self, aws: &Aws, wanted: &Value) -> anyhow::Result<()> {
        let name = &wanted["TableName"];
        self.database
            .create_table(request(wanted)?)
            .map_err(|error| anyhow::anyhow!("table {name} could not be made: {error}"))?;
        let named = json!({ "TableName": name });
        let expiry = aws
            .call("dynamodb", "DynamoDB_20120810.DescribeTimeToLive", &named)
            .await?;
        if let Some(attribute) = expiry["TimeToLiveDescription"]["AttributeName"].as_str() {
            let specification = json!({ "AttributeName": attribute, "Enabled": true });
            let update = json!({ "TableName": name, "TimeToLiveSpecification": specification });
            self.database
                .update_time_to_live(request(&update)?)
                .map_err(|error| anyhow::anyhow!("time-to-live of {name} could not be set: {error}"))?;
        }
        Ok(())
    }

    /// Lets running requests finish and stops.
    pub(crate) async fn stop(&mut self) {
        self.stop.notify_one();
        if let Some(server) = self.server.take() {
            // A request that never ends must not hold the stop: every acknowledged write is in the file already.
            let _ = tokio::time::timeout(std::time::Duration::from_secs(2), server).await;
        }
    }
}

fn request<T: DeserializeOwned>(value: &Value) -> anyhow::Result<T> {
    serde_json::from_value(value.clone()).context("a request to the database is malformed")
}

/// The part of a described table that a creation takes.
fn table_request(described: &Value) -> Value {
    let mut request = json!({
        "TableName": described["TableName"],
        "AttributeDefinitions": sorted(&described["AttributeDefinitions"], "AttributeName"),
        "KeySchema": described["KeySchema"],
        "BillingMode": "PAY_PER_REQUEST",
    });
    let indexes = sorted(&described["GlobalSecondaryIndexes"], "IndexName");
    let indexes: Vec<Value> = indexes
        .iter()
        .map(|index| {
            json!({
                "IndexName": index["IndexName"],
                "KeySchema": index["KeySchema"],
                "Projection": { "ProjectionType": index["Projection"]["ProjectionType"] },
            })
        })
        .collect();
    if !indexes.is_empty() {
        request["GlobalSecondaryIndexes"] = Value::Array(indexes);
    }
    request
}

fn sorted(list: &Value, key: &str) -> Vec<Value> {
    let mut list = list.as_array().cloned().unwrap_or_default();
    list.sort_by_key(|entry| entry[key].as_str().unwrap_or_default().to_owned());
    list
}

fn same_keys(existing: &Value, wanted: &Value) -> bool {
    ["AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes"]
        .iter()
        .all(|part| existing[part] == wanted[part])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_described_table_becomes_a_request_without_what_only_a_description_has() {
        let described = json!({
            "TableName": "school-registry", "TableStatus": "ACTIVE", "ItemCount": 3,
            "AttributeDefinitions": [
                { "AttributeName": "sk", "AttributeType": "S" }, { "AttributeName": "pk", "AttributeType": "S" },
            ],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
            "GlobalSecondaryIndexes": [{
                "IndexName": "gsi1", "IndexStatus": "ACTIVE", "Projection": { "ProjectionType": "ALL" },
                "KeySchema": [{ "AttributeName": "gsi1pk", "KeyType": "HASH" }],
            }],
        });
        let request = table_request(&described);
        assert_eq!(request["AttributeDefinitions"][0]["AttributeName"], "pk");
        assert!(request["TableStatus"].is_null());
        assert!(request["GlobalSecondaryIndexes"][0]["IndexStatus"].is_null());
        assert!(same_keys(&request, &table_request(&request)));
    }
}
