//! The few calls that the local cloud makes to the emulator itself.
//!
//! They are plain HTTP: the emulator reads region and service from the credential scope and checks no signature, and the
//! SDKs of five services would cost a fresh machine minutes of compiling for ten calls.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use quick_xml::{Reader, events::Event};
use reqwest::{Client, RequestBuilder, StatusCode, header};
use serde_json::Value;

/// Region of the local cloud. It appears in names (user pool, buckets) only.
pub(crate) const REGION: &str = "eu-central-1";
/// Account of the local cloud.
pub(crate) const ACCOUNT: &str = "000000000000";

/// The emulator's API.
#[derive(Debug, Clone)]
pub(crate) struct Aws {
    client: Client,
    origin: String,
}

/// A deployed stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stack {
    /// For example `UPDATE_COMPLETE`.
    pub(crate) status: String,
    /// Values by output key.
    pub(crate) outputs: BTreeMap<String, String>,
}

impl Stack {
    /// An output that the template is known to have.
    pub(crate) fn output(&self, key: &str) -> anyhow::Result<&str> {
        self.outputs
            .get(key)
            .map(String::as_str)
            .with_context(|| format!("the stack has no output {key}"))
    }
}

impl Aws {
    pub(crate) fn new(port: u16) -> Self {
        Self {
            client: Client::new(),
            origin: format!("http://127.0.0.1:{port}"),
        }
    }

    /// Whether the emulator answers and is ready.
    pub(crate) async fn is_ready(&self) -> bool {
        let answer = self
            .client
            .get(format!("{}/_ministack/ready", self.origin))
            .send()
            .await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// A call of a JSON service, for example `DynamoDB_20120810.ListTables`. The error text begins with AWS's error type.
    pub(crate) async fn call(&self, service: &str, target: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self
            .scoped(self.client.post(&self.origin), service)
            .header("x-amz-target", target)
            .header(header::CONTENT_TYPE, "application/x-amz-json-1.1")
            .body(body.to_string());
        let answer = request
            .send()
            .await
            .with_context(|| format!("{target} got no answer"))?;
        let status = answer.status();
        let text = answer.text().await?;
        if !status.is_success() {
            let problem: Value = serde_json::from_str(&text).unwrap_or_default();
            let kind = problem["__type"].as_str().unwrap_or("error");
            bail!("{kind}: {target} answered {status}: {text}");
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// A stack, if it was deployed.
    pub(crate) async fn stack(&self, name: &str) -> anyhow::Result<Option<Stack>> {
        let form = [
            ("Action", "DescribeStacks"),
            ("Version", "2010-05-15"),
            ("StackName", name),
        ];
        let request = self
            .scoped(self.client.post(&self.origin), "cloudformation")
            .form(&form);
        let answer = request.send().await.context("DescribeStacks got no answer")?;
        if answer.status() == StatusCode::BAD_REQUEST {
            return Ok(None);
        }
        let text = answer.error_for_status()?.text().await?;
        Ok(Some(read_stack(&text)?))
    }

    /// Deletes a stack that was never created to its end, so that it can be created anew, as AWS asks too.
    pub(crate) async fn delete_stack(&self, name: &str) -> anyhow::Result<()> {
        let form = [
            ("Action", "DeleteStack"),
            ("Version", "2010-05-15"),
            ("StackName", name),
        ];
        let request = self
            .scoped(self.client.post(&self.origin), "cloudformation")
            .form(&form);
        request
            .send()
            .await
            .context("DeleteStack got no answer")?
            .error_for_status()?;
        Ok(())
    }

    /// Makes a bucket; one that exists stays as it is.
    pub(crate) async fn create_bucket(&self, bucket: &str) -> anyhow::Result<()> {
        let place = format!(
            "<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
        );
        let request = self
            .scoped(self.client.put(format!("{}/{bucket}", self.origin)), "s3")
            .body(place);
        let status = request.send().await?.status();
        if status.is_success() || status == StatusCode::CONFLICT {
            return Ok(());
        }
        bail!("bucket {bucket} could not be made: {status}")
    }

    /// Puts an object with the headers that it is served with.
    pub(crate) async fn put_object(
        &self,
        bucket: &str,
        key: &str,
        content_type: &str,
        cache_control: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<()> {
        let request = self
            .scoped(self.client.put(format!("{}/{bucket}/{key}", self.origin)), "s3")
            .header(header::CONTENT_TYPE, content_type)
            .header(header::CACHE_CONTROL, cache_control)
            .body(bytes);
        let status = request.send().await?.status();
        if !status.is_success() {
            bail!("{bucket}/{key} could not be put: {status}");
        }
        Ok(())
    }

    fn scoped(&self, request: RequestBuilder, service: &str) -> RequestBuilder {
        let scope = format!("test/20260101/{REGION}/{service}/aws4_request");
        let value = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
        request.header(header::AUTHORIZATION, value)
    }
}

/// Status and outputs out of the answer of `DescribeStacks`.
fn read_stack(xml: &str) -> anyhow::Result<Stack> {
    let mut reader = Reader::from_str(xml);
    let (mut stack, mut element, mut key) = (Stack::default(), String::new(), String::new());
    loop {
        match reader.read_event()? {
            Event::Start(start) => element = start.name().as_ref().to_owned(),
            Event::End(_) => element.clear(),
            Event::Text(text) => {
                let text = text.xml10_content().into_owned();
                match element.as_str() {
                    "StackStatus" => stack.status = text,
                    "OutputKey" => key = text,
                    "OutputValue" => {
                        stack.outputs.insert(std::mem::take(&mut key), text);
                    }
                    _ => {}
                }
            }
            Event::Eof => return Ok(stack),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_and_outputs_are_read_from_the_answer() -> anyhow::Result<()> {
        let stack = read_stack(
            "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>school</StackName>\
             <StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>GatewayId</OutputKey>\
             <OutputValue>0271b951</OutputValue></member><member><OutputKey>WebClientId</OutputKey>\
             <OutputValue>N8Go</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult>\
             </DescribeStacksResponse>",
        )?;
        assert_eq!(stack.status, "CREATE_COMPLETE");
        assert_eq!(stack.output("GatewayId")?, "0271b951");
        assert_eq!(stack.output("WebClientId")?, "N8Go");
        assert!(stack.output("Nothing").is_err());
        Ok(())
    }
}
