//! The description of the API: one document of all features, kept in the repository and served as it is kept.

use std::{collections::BTreeSet, fs, path::Path};

use end_to_end::{
    features::FEATURES,
    openapi::{PROBLEM, document, is_problem},
    repository,
};
use serde_json::Value;

fn described() -> Value {
    document().expect("the features describe themselves")
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, operations)| {
            let operations = operations.as_object().expect("operations");
            operations
                .iter()
                .map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
        })
        .collect()
}

#[test]
fn the_snapshot_in_the_repository_is_what_the_functions_describe() {
    let now = format!("{:#}\n", described());
    let kept = fs::read_to_string(repository().join("tests/openapi.json")).unwrap_or_default();
    if now == kept {
        return;
    }
    let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi.json");
    fs::write(&written, &now).expect("the target folder is writable");
    panic!(
        "the API is not what tests/openapi.json describes. If the change is meant, and nobody who uses the API is broken by it:\n\
         cp {} tests/openapi.json",
        written.display()
    );
}

#[test]
fn every_api_route_is_described_and_nothing_else() {
    let document = described();
    let described: BTreeSet<String> = operations(&document).into_iter().map(|(name, _)| name).collect();
    let routes = FEATURES.iter().flat_map(|feature| feature.routes);
    let routed: BTreeSet<String> = routes
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(described, routed);
}

#[test]
fn operations_have_names_of_their_own_and_a_word_of_what_they_do() {
    let document = described();
    let mut names = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().expect("a name");
        assert!(names.insert(id.to_owned()), "{id} is not unique");
        let says = operation["summary"]
            .as_str()
            .or(operation["description"].as_str());
        assert!(
            says.is_some_and(|says| !says.is_empty()),
            "{name} says nothing of what it does"
        );
    }
}

#[test]
fn every_problem_is_problem_json() {
    let document = described();
    for (name, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            if is_problem(status) {
                assert!(response["content"][PROBLEM].is_object(), "{name} {status}");
            }
        }
    }
}

#[test]
fn every_parameter_of_a_path_is_described_and_every_reference_leads_somewhere() {
    let document = described();
    for (name, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let described: BTreeSet<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        let in_path: BTreeSet<&str> = name
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        assert_eq!(described, in_path, "{name}");
    }
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn collect_references(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(target) if key == "$ref" => references.push(target.clone()),
                    other => collect_references(other, references),
                }
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_references(value, references)),
        _ => {}
    }
}

#[test]
fn the_document_is_openapi_3_1() {
    let document = described();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
}
