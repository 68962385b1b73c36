//! Deployment by the SAM CLI, with the templates and the tool that operators use.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde_json::json;
use tokio::process::Command;

use crate::{
    aws::{Aws, REGION, Stack},
    failure::Advise,
    options::Options,
    programs::run,
    record::Fingerprint,
    tools::Tools,
};

/// Where SAM puts the functions' code for CloudFormation.
const CODE_BUCKET: &str = "school-deployments";

/// Parameters of a template, in a fixed order.
pub(crate) type Parameters = Vec<(String, String)>;

/// Deploys stacks to one emulator.
pub(crate) struct Deployer<'a> {
    pub(crate) options: &'a Options,
    pub(crate) tools: &'a Tools,
    pub(crate) aws: &'a Aws,
}

/// A stack to be deployed.
pub(crate) struct Wanted<'a> {
    pub(crate) name: &'static str,
    pub(crate) template: &'a Path,
    pub(crate) parameters: &'a Parameters,
}

impl Deployer<'_> {
    /// Deploys a stack if its template, its parameters or its code changed since it was last deployed here, or the
    /// emulator does not have it. Also says whether it deployed.
    pub(crate) async fn deploy(&self, wanted: &Wanted<'_>) -> anyhow::Result<(Stack, bool)> {
        let stamp = self.options.state.join("deployed").join(wanted.name);
        let fingerprint = fingerprint(wanted)?;
        match self.aws.stack(wanted.name).await? {
            Some(stack)
                if matches!(&*stack.status, "CREATE_COMPLETE" | "UPDATE_COMPLETE")
                    && fingerprint.is_in(&stamp) =>
            {
                return Ok((stack, false));
            }
            Some(stack) if stack.status == "ROLLBACK_COMPLETE" => self.aws.delete_stack(wanted.name).await?,
            _ => {}
        }
        self.aws.create_bucket(CODE_BUCKET).await?;
        run(&mut self.sam(wanted)).await.advise(format!(
            "read the message; `cargo run -- reset` starts from nothing (stack {})",
            wanted.name
        ))?;
        let stack = self
            .aws
            .stack(wanted.name)
            .await?
            .context("the stack is not there after its deployment")?;
        fingerprint.write(&stamp)?;
        Ok((stack, true))
    }

    fn sam(&self, wanted: &Wanted<'_>) -> Command {
        let mut command = Command::new(self.tools.sam());
        command.arg("deploy").arg("--template-file").arg(wanted.template);
        command.args([
            "--stack-name",
            wanted.name,
            "--s3-bucket",
            CODE_BUCKET,
            "--capabilities",
            "CAPABILITY_IAM",
        ]);
        command.args([
            "--no-confirm-changeset",
            "--no-fail-on-empty-changeset",
            "--no-progressbar",
        ]);
        if !wanted.parameters.is_empty() {
            command.arg("--parameter-overrides");
            command.args(
                wanted
                    .parameters
                    .iter()
                    .map(|(name, value)| format!("{name}=\"{value}\"")),
            );
        }
        command
            .current_dir(wanted.template.parent().unwrap_or(&self.options.state))
            .env(
                "AWS_ENDPOINT_URL",
                format!("http://127.0.0.1:{}", self.options.ports.emulator),
            )
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            // Whatever the reader has set up for the real AWS stays out of it.
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
            .env_remove("AWS_PROFILE")
            .env_remove("AWS_CA_BUNDLE")
            .env("SAM_CLI_TELEMETRY", "0")
            // It asks for progress every five seconds otherwise; the emulator is done in one.
            .env("SAM_CLI_POLL_DELAY", "0.2");
        command
    }
}

/// A text of a secret that `infra/data.yaml` had generated.
pub(crate) async fn secret(aws: &Aws, arn: &str) -> anyhow::Result<String> {
    let answer = aws
        .call(
            "secretsmanager",
            "secretsmanager.GetSecretValue",
            &json!({ "SecretId": arn }),
        )
        .await?;
    Ok(answer["SecretString"]
        .as_str()
        .context("the secret has no text")?
        .to_owned())
}

/// Copies `template.yaml` to where this cloud's binaries lie: its `CodeUri`s are relative to it, and what operators built
/// for AWS in the checkout's own `target/lambda` stays untouched.
pub(crate) fn place_template(options: &Options, text: &str) -> anyhow::Result<PathBuf> {
    let folder = folder(options);
    fs::create_dir_all(&folder)?;
    let file = folder.join("template.yaml");
    fs::write(&file, text)?;
    Ok(file)
}

/// Where the template and the binaries of this cloud lie.
pub(crate) fn folder(options: &Options) -> PathBuf {
    options.state.join("deploy")
}

fn fingerprint(wanted: &Wanted<'_>) -> anyhow::Result<Fingerprint> {
    let template = fs::read(wanted.template)
        .with_context(|| format!("{} could not be read", wanted.template.display()))?;
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(&template);
    for (name, value) in wanted.parameters {
        fingerprint.add(name).add(value);
    }
    let folder = wanted.template.parent().unwrap_or(Path::new("."));
    for binary in crate::functions::named_by(&String::from_utf8_lossy(&template)) {
        let file = folder.join("target/lambda").join(binary).join("bootstrap");
        let modified = fs::metadata(&file).and_then(|data| data.modified());
        let modified = modified.with_context(|| format!("{} is missing", file.display()))?;
        fingerprint.add(format!("{modified:?}"));
    }
    Ok(fingerprint)
}
