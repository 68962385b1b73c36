//! What is deployed, in its order, and with which parameters.

use anyhow::Context;
use demo::DemoRegion;

use crate::{
    assets::Assets,
    aws::{Aws, Stack},
    console::Console,
    database::LocalDatabase,
    deploy::{self, Deployer, Parameters, Wanted},
    edge::Origins,
    emulator::{self, Emulator},
    failure::failure,
    functions,
    gosuslugi::{self, Gosuslugi},
    options::Options,
    provider,
    record::Record,
    region,
    tools::prepare_tools,
};

/// The steps between the start of the emulator and an answering gateway.
pub(crate) struct Deployment<'a> {
    pub(crate) deployer: Deployer<'a>,
    pub(crate) console: Console,
}

impl Deployment<'_> {
    /// Deploys all stacks and what belongs between them. Returns where pages and files now are.
    pub(crate) async fn all(
        &self,
        template: &str,
        database: &LocalDatabase,
        emulator: &Emulator,
        gosuslugi: &Gosuslugi,
        region: &DemoRegion,
    ) -> anyhow::Result<Origins> {
        let Deployer { options, tools, aws } = self.deployer;
        let public = ("PublicOrigin".to_owned(), options.public_origin());
        let (data, new_data) = self.stack("school-data", "infra/data.yaml", vec![public]).await?;
        if new_data {
            // The secrets are in the emulator only: from here on they must survive whatever happens.
            emulator.checkpoint().await?;
        }
        self.console.step("tables", database.follow(aws)).await?;
        let protection = ("DeletionProtection".to_owned(), "INACTIVE".to_owned());
        let (identity, new_identity) = self
            .stack("school-identity", "infra/identity.yaml", vec![protection])
            .await?;
        let secret = deploy::secret(aws, data.output("BridgeClientSecretArn")?).await?;
        let provider = provider::ensure(aws, options, identity.output("UserPoolId")?, &secret);
        self.console.step("provider Gosuslugi", provider).await?;
        let assets = Assets::collect(options, tools)?;
        let bucket = data.output("AssetsBucket")?;
        self.console
            .step("assets", assets.upload(options, aws, bucket))
            .await?;
        let key = deploy::secret(aws, data.output("PersonHashKeyArn")?).await?;
        let mut parameters = parameters(options, &identity, &assets, gosuslugi)?;
        parameters.push(("Operators".to_owned(), region::operators(region, &key)));
        let file = deploy::place_template(options, template)?;
        let wanted = Wanted {
            name: "school",
            template: &file,
            parameters: &parameters,
        };
        let (school, new_school) = self
            .console
            .step("stack school", self.deployer.deploy(&wanted))
            .await?;
        Record {
            ports: options.ports,
            parameters,
        }
        .write(&options.state)?;
        if new_identity || new_school {
            emulator.checkpoint().await?;
        }
        Ok(Origins {
            gateway: school.output("GatewayId")?.to_owned(),
            assets: bucket.to_owned(),
        })
    }

    async fn stack(
        &self,
        name: &'static str,
        file: &str,
        parameters: Parameters,
    ) -> anyhow::Result<(Stack, bool)> {
        let template = self.deployer.options.root.join(file);
        let wanted = Wanted {
            name,
            template: &template,
            parameters: &parameters,
        };
        self.console
            .step(&format!("stack {name}"), self.deployer.deploy(&wanted))
            .await
    }
}

/// The parameters of `template.yaml` that tell this cloud from AWS.
fn parameters(
    options: &Options,
    identity: &Stack,
    assets: &Assets,
    gosuslugi: &Gosuslugi,
) -> anyhow::Result<Parameters> {
    let ports = options.ports;
    let here = |port: u16| format!("http://127.0.0.1:{port}");
    let keys = format!(
        "{}/{}/.well-known/jwks.json",
        here(ports.emulator),
        identity.output("UserPoolId")?
    );
    let parameters = [
        ("PublicOrigin", options.public_origin()),
        ("SignInOrigin", format!("http://localhost:{}", ports.emulator)),
        ("SignInServerOrigin", here(ports.emulator)),
        ("TokenKeysUrl", keys),
        ("DatabaseEndpoint", here(ports.database)),
        ("AssetsBase", assets.base.clone()),
        ("EsiaAuthorizeOrigin", format!("http://localhost:{}", ports.esia)),
        ("EsiaOrigin", here(ports.esia)),
        ("EsiaClientId", gosuslugi::CLIENT_ID.to_owned()),
        ("EsiaCertificate", gosuslugi.certificate()),
        ("EsiaTokenKey", gosuslugi.token_key()),
        ("EsiaSignerUrl", format!("{}/sign", here(ports.signer))),
    ];
    Ok(parameters.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// Builds and deploys functions to a running cloud: all of them, or those of the features named.
///
/// # Errors
/// No cloud runs with this state, a feature is unknown, or a step fails.
pub async fn deploy_functions(
    options: &Options,
    features: &[String],
    console: Console,
) -> anyhow::Result<()> {
    let record = Record::read(&options.state).filter(|_| emulator::is_running(&options.state));
    let Some(record) = record else {
        return Err(failure(
            "no local cloud is running",
            "start it with `cargo run` in another terminal",
        ));
    };
    let options = Options {
        ports: record.ports,
        ..options.clone()
    };
    let (template, all) = functions::template(&options)?;
    let binaries = functions::of_features(&all, features)?;
    let folder = deploy::folder(&options);
    let built = functions::build(&options, &folder, &binaries, console.is_shown());
    console.step("functions", built).await?;
    let tools = console.step("tools", prepare_tools(&options)).await?;
    let aws = Aws::new(options.ports.emulator);
    let assets = Assets::collect(&options, &tools)?;
    let data = aws
        .stack("school-data")
        .await?
        .context("the stack school-data is missing")?;
    console
        .step(
            "assets",
            assets.upload(&options, &aws, data.output("AssetsBucket")?),
        )
        .await?;
    let with_assets = |(name, value): (String, String)| {
        let value = if name == "AssetsBase" {
            assets.base.clone()
        } else {
            value
        };
        (name, value)
    };
    let parameters: Parameters = record.parameters.into_iter().map(with_assets).collect();
    let file = deploy::place_template(&options, &template)?;
    let wanted = Wanted {
        name: "school",
        template: &file,
        parameters: &parameters,
    };
    let deployer = Deployer {
        options: &options,
        tools: &tools,
        aws: &aws,
    };
    console.step("stack school", deployer.deploy(&wanted)).await?;
    Record {
        ports: options.ports,
        parameters,
    }
    .write(&options.state)?;
    emulator::checkpoint_running(&options.state).await
}
