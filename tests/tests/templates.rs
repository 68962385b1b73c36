//! The templates that operators deploy: valid, with the routes that the functions have, and with no more rights than needed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use end_to_end::{
    features::FEATURES,
    repository,
    template::{GatewayRoute, Template},
};
use localstack::{Options, Tools, prepare_tools};

fn main_template() -> Template {
    Template::read(&repository().join("template.yaml")).expect("the template is YAML")
}

fn all_templates() -> Vec<PathBuf> {
    let root = repository();
    let infra = std::fs::read_dir(root.join("infra")).expect("the folder is there");
    let mut files: Vec<PathBuf> = infra.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "yaml"));
    files.push(root.join("template.yaml"));
    files.sort();
    files
}

fn tools() -> Tools {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime
        .block_on(prepare_tools(&Options::usual()))
        .expect("the tools are installed")
}

/// Runs a checker on a template; what it says is the message of the failure.
fn check(program: &Path, arguments: &[&str], file: &Path) {
    // The firewall and the certificate of the CDN exist in this region only.
    let region = if file.ends_with("edge.yaml") {
        "us-east-1"
    } else {
        "eu-central-1"
    };
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .env("AWS_DEFAULT_REGION", region)
        .env("AWS_REGION", region)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("SAM_CLI_TELEMETRY", "0")
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{said}", file.display());
}

#[test]
fn sam_finds_nothing_wrong_with_the_template() {
    check(
        &tools().sam(),
        &["validate", "--lint", "--template-file"],
        &repository().join("template.yaml"),
    );
}

#[test]
fn the_linter_finds_nothing_wrong_with_any_template() {
    let tools = tools();
    for file in all_templates() {
        let region = if file.ends_with("edge.yaml") {
            "us-east-1"
        } else {
            "eu-central-1"
        };
        check(&tools.cfn_lint(), &["--regions", region, "--template"], &file);
    }
}

#[test]
fn the_gateway_has_the_routes_of_the_functions_and_no_other() {
    let template = main_template();
    let functions: BTreeMap<String, String> = template
        .functions()
        .into_iter()
        .map(|(resource, binary)| (binary, resource))
        .collect();
    let mut wanted = Vec::new();
    for feature in FEATURES {
        let route = |key: String, guarded: bool| GatewayRoute {
            key,
            function: functions[feature.name].clone(),
            guarded,
        };
        let mut places: BTreeSet<(String, bool)> = BTreeSet::new();
        for path in feature.routes.iter().map(|route| route.path) {
            let first = path
                .trim_start_matches("/api")
                .trim_start_matches('/')
                .split('/')
                .next()
                .unwrap_or_default();
            if path == "/" {
                wanted.push(route("GET /".to_owned(), false));
            } else {
                assert_eq!(first, feature.name, "{path} would not reach {}", feature.name);
                let is_api = path.starts_with("/api/");
                places.insert((
                    if is_api {
                        format!("/api/{first}")
                    } else {
                        format!("/{first}")
                    },
                    is_api,
                ));
            }
        }
        for (place, guarded) in places {
            wanted.push(route(format!("ANY {place}"), guarded));
            wanted.push(route(format!("ANY {place}/{{proxy+}}"), guarded));
        }
    }
    wanted.sort();
    assert_eq!(template.routes().expect("routes"), wanted);
}

#[test]
fn alarms_watch_every_function_and_none_looks_at_more_metrics_than_an_alarm_takes() {
    let file = repository().join("infra/observability.yaml");
    let alarms = Template::read(&file).expect("the template is YAML").alarms();
    let functions = main_template().functions();
    let wanted: BTreeSet<String> = functions
        .iter()
        .map(|(_, binary)| format!("school-{binary}"))
        .collect();
    for (name, metrics) in &alarms {
        assert!(metrics.len() <= 10, "{name} looks at {} metrics", metrics.len());
    }
    for metric in ["Errors", "Throttles"] {
        let of_metric = alarms.values().flatten().filter(|(watched, _)| watched == metric);
        let watched: BTreeSet<String> = of_metric.map(|(_, function)| function.clone()).collect();
        assert_eq!(watched, wanted, "{metric}");
    }
}

#[test]
fn every_binary_of_a_function_is_deployed() {
    let mut binaries: BTreeSet<String> = FEATURES.iter().map(|feature| feature.name.to_owned()).collect();
    for feature in FEATURES {
        let folder = repository().join("functions").join(feature.name).join("src/bin");
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let file = entry.expect("an entry").path();
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            binaries.insert(format!("{}-{name}", feature.name));
        }
    }
    let deployed: BTreeSet<String> = main_template()
        .functions()
        .into_iter()
        .map(|(_, binary)| binary)
        .collect();
    assert_eq!(deployed, binaries);
}

/// What a right of a function on a table is called in the list below.
fn right(action: &str) -> &'static str {
    match action {
        "dynamodb:GetItem" | "dynamodb:BatchGetItem" | "dynamodb:Query" => "reads",
        "dynamodb:PutItem"
        | "dynamodb:UpdateItem"
        | "dynamodb:DeleteItem"
        | "dynamodb:BatchWriteItem"
        | "dynamodb:ConditionCheckItem" => "writes",
        other => panic!("no function needs {other}"),
    }
}

#[test]
fn functions_write_their_own_table_read_few_others_and_scan_none() {
    let mut rights: BTreeSet<String> = BTreeSet::new();
    for grant in main_template().grants().expect("policies") {
        if !grant.action.starts_with("dynamodb:") {
            assert!(
                !grant.action.contains('*') && grant.action.contains(':'),
                "{grant:?}"
            );
            continue;
        }
        let table = grant.resource.trim_end_matches("/index/*");
        let table = table
            .strip_prefix("school-data-")
            .and_then(|table| table.strip_suffix("TableArn"));
        let table = table.unwrap_or_else(|| panic!("{grant:?} names no table"));
        rights.insert(format!(
            "{} {} {}",
            grant.binary,
            right(&grant.action),
            table.to_lowercase()
        ));
    }
    let wanted = [
        "diary reads diary",
        "diary reads journals",
        "diary reads registry",
        "diary reads schedules",
        "diary writes diary",
        // It notes who signed in, and whom they declared as their children.
        "gosuslugi reads gosuslugi",
        "gosuslugi reads registry",
        "gosuslugi writes gosuslugi",
        "gosuslugi writes registry",
        "identity reads registry",
        "identity-claims reads registry",
        "journals reads journals",
        "journals reads registry",
        "journals reads schedules",
        "journals writes journals",
        "registry reads journals",
        "registry reads registry",
        "registry writes registry",
        "registry-jobs reads registry",
        "registry-jobs writes registry",
        "reports reads journals",
        "reports reads registry",
        "reports reads reports",
        "reports reads schedules",
        "reports writes reports",
        "reports-jobs reads journals",
        "reports-jobs reads registry",
        "reports-jobs reads reports",
        "reports-jobs reads schedules",
        "reports-jobs writes reports",
        "schedules reads registry",
        "schedules reads schedules",
        "schedules writes schedules",
        "schedules-jobs reads registry",
        "schedules-jobs reads schedules",
        "schedules-jobs writes schedules",
    ];
    assert_eq!(rights, wanted.map(str::to_owned).into());
}
