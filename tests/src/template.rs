//! CloudFormation templates as data.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use serde_yaml_ng as yaml;

/// A template, its short tags written out as JSON templates have them: `!Ref X` is `{"Ref": "X"}`.
#[derive(Debug)]
pub struct Template(Value);

/// A route of the gateway.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GatewayRoute {
    /// Method and path: `ANY /journals/{proxy+}`.
    pub key: String,
    /// Name of the function's resource behind it.
    pub function: String,
    /// Whether the gateway lets requests with a valid token pass only.
    pub guarded: bool,
}

/// What a function may do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// Folder of the function's binary: `identity-claims`.
    pub binary: String,
    /// For example `dynamodb:Query`.
    pub action: String,
    /// On what, as text: `school-data-RegistryTableArn/index/*`.
    pub resource: String,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// It cannot be read or is not YAML.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
        let value: yaml::Value =
            yaml::from_str(&text).with_context(|| format!("{} is not YAML", file.display()))?;
        Ok(Self(written_out(value)?))
    }

    fn resources(&self, kind: &str) -> impl Iterator<Item = (&String, &Value)> {
        let resources = self.0["Resources"].as_object().into_iter().flatten();
        resources
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name, &resource["Properties"]))
    }

    /// What alarms that gather several metrics look at: by the alarm's resource, name of the metric and of the function.
    pub fn alarms(&self) -> BTreeMap<String, Vec<(String, String)>> {
        let gathering = self
            .resources("AWS::CloudWatch::Alarm")
            .filter(|(_, alarm)| alarm["Metrics"].is_array());
        let watched = |alarm: &Value| {
            let metrics = alarm["Metrics"].as_array().into_iter().flatten();
            let metrics = metrics
                .map(|metric| &metric["MetricStat"]["Metric"])
                .filter(|metric| metric.is_object());
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            metrics
                .map(|metric| {
                    (
                        text(&metric["MetricName"]),
                        text(&metric["Dimensions"][0]["Value"]),
                    )
                })
                .collect()
        };
        gathering
            .map(|(name, alarm)| (name.clone(), watched(alarm)))
            .collect()
    }

    /// The gateway's routes.
    ///
    /// # Errors
    /// A route leads to no function.
    pub fn routes(&self) -> anyhow::Result<Vec<GatewayRoute>> {
        let mut routes = Vec::new();
        for (name, route) in self.resources("AWS::ApiGatewayV2::Route") {
            let integration = between(&route["Target"]["Fn::Sub"], "integrations/${", "}");
            let integration = integration.with_context(|| format!("{name} has no integration"))?;
            let target = &self.0["Resources"][integration]["Properties"]["IntegrationUri"]["Fn::GetAtt"];
            let function = target.as_str().and_then(|target| target.strip_suffix(".Arn"));
            routes.push(GatewayRoute {
                key: route["RouteKey"].as_str().unwrap_or_default().to_owned(),
                function: function
                    .with_context(|| format!("{integration} leads to no function"))?
                    .to_owned(),
                guarded: route["AuthorizationType"] == "JWT" && route["AuthorizerId"]["Ref"] == "Authorizer",
            });
        }
        routes.sort();
        Ok(routes)
    }

    /// Name of the resource and folder of the binary of every function.
    pub fn functions(&self) -> Vec<(String, String)> {
        let folder = |function: &Value| {
            let code = function["CodeUri"].as_str().unwrap_or_default();
            code.trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let functions = self.resources("AWS::Serverless::Function");
        functions
            .map(|(name, function)| (name.clone(), folder(function)))
            .collect()
    }

    /// What the functions may do, each action on each resource by itself.
    ///
    /// # Errors
    /// A policy is not written out as statements.
    pub fn grants(&self) -> anyhow::Result<Vec<Grant>> {
        let mut grants = Vec::new();
        for (name, function) in self.resources("AWS::Serverless::Function") {
            let code = function["CodeUri"]
                .as_str()
                .unwrap_or_default()
                .trim_end_matches('/');
            let binary = code.rsplit('/').next().unwrap_or_default();
            for policy in list(&function["Policies"]) {
                let statements = policy
                    .get("Statement")
                    .with_context(|| format!("{name} has a ready-made policy"))?;
                for statement in list(statements)
                    .into_iter()
                    .filter(|statement| statement["Effect"] == "Allow")
                {
                    add_grants(binary, statement, &mut grants);
                }
            }
        }
        Ok(grants)
    }
}

fn add_grants(binary: &str, statement: &Value, grants: &mut Vec<Grant>) {
    for action in list(&statement["Action"]) {
        for resource in list(&statement["Resource"]) {
            grants.push(Grant {
                binary: binary.to_owned(),
                action: action.as_str().unwrap_or_default().to_owned(),
                resource: shown(resource),
            });
        }
    }
}

/// A resource of a policy as text: names of imported values, and what is put around them.
fn shown(resource: &Value) -> String {
    if let Some(import) = resource["Fn::ImportValue"].as_str() {
        return import.to_owned();
    }
    let Some([Value::String(pattern), Value::Object(values)]) =
        resource["Fn::Sub"].as_array().map(Vec::as_slice)
    else {
        return resource.to_string();
    };
    values.iter().fold(pattern.clone(), |text, (name, value)| {
        text.replace(&format!("${{{name}}}"), &shown(value))
    })
}

fn between<'a>(text: &'a Value, before: &str, after: &str) -> Option<&'a str> {
    text.as_str()?.strip_prefix(before)?.strip_suffix(after)
}

/// One or many.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => vec![],
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn written_out(value: yaml::Value) -> anyhow::Result<Value> {
    Ok(match value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(value) => json!(value),
        yaml::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => json!(whole),
            (None, other) => json!(other),
        },
        yaml::Value::String(text) => json!(text),
        yaml::Value::Sequence(values) => Value::Array(
            values
                .into_iter()
                .map(written_out)
                .collect::<anyhow::Result<_>>()?,
        ),
        yaml::Value::Mapping(pairs) => {
            let mut object = Map::new();
            for (key, value) in pairs {
                let yaml::Value::String(key) = key else {
                    bail!("a key is no text: {key:?}")
                };
                object.insert(key, written_out(value)?);
            }
            Value::Object(object)
        }
        yaml::Value::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let name = match tag.trim_start_matches('!') {
                plain @ ("Ref" | "Condition") => plain.to_owned(),
                function => format!("Fn::{function}"),
            };
            json!({ name: written_out(tagged.value)? })
        }
    })
}
