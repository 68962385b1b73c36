//! An embedded DynamoDB for one test.

use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region},
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, ScalarAttributeType,
    },
};
use store::Table;
use tokio::{net::TcpListener, task::JoinHandle};

/// A database in memory, served to the SDK over loopback, gone with the test.
#[derive(Debug)]
pub struct TestDatabase {
    client: Client,
    server: JoinHandle<()>,
}

impl TestDatabase {
    /// Starts an empty database.
    pub async fn start() -> Self {
        let database = dynoxide::Database::memory().expect("a database in memory opens");
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let server = tokio::spawn(async move { dynoxide::server::serve_on(listener, database).await });
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .endpoint_url(format!("http://{address}"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .build();
        Self {
            client: Client::from_conf(config),
            server,
        }
    }

    /// The client.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Makes a table with the keys and indexes that `infra/data.yaml` gives every table.
    pub async fn table(&self, name: &str) -> Table {
        let names = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"];
        let attributes = names.map(|name| {
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .expect("a complete attribute")
        });
        self.client
            .create_table()
            .table_name(name)
            .billing_mode(BillingMode::PayPerRequest)
            .set_attribute_definitions(Some(attributes.to_vec()))
            .set_key_schema(Some(keys("pk", "sk")))
            .global_secondary_indexes(index("gsi1"))
            .global_secondary_indexes(index("gsi2"))
            .send()
            .await
            .expect("the table is made");
        Table::new(self.client.clone(), name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn keys(partition: &str, sort: &str) -> Vec<KeySchemaElement> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()
                .expect("a complete key")
        })
        .to_vec()
}

fn index(name: &str) -> GlobalSecondaryIndex {
    GlobalSecondaryIndex::builder()
        .index_name(name)
        .set_key_schema(Some(keys(&format!("{name}pk"), &format!("{name}sk"))))
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()
        .expect("a complete index")
}
