//! The description of the whole API, put together from those of the features.

use anyhow::Context;
use serde_json::{Map, Value, json};

use crate::features::FEATURES;

/// The media type of every answer that tells of a problem (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";

/// The document that `/api/openapi.json` serves.
///
/// Names of schemas get their feature in front, since features name their own without knowing of each other; every operation
/// is named by its method and path; answers about problems get their schema here once for all.
///
/// # Errors
/// A feature describes what cannot be a description.
pub fn document() -> anyhow::Result<Value> {
    let (mut paths, mut schemas, mut tags) = (Map::new(), Map::new(), Vec::new());
    for feature in FEATURES {
        let Some(openapi) = feature.openapi else { continue };
        let mut described = serde_json::to_value(openapi())?;
        prefix_references(&mut described, feature.name);
        for (path, operations) in take(&mut described["paths"]) {
            paths.insert(
                path.clone(),
                completed(&path, operations).with_context(|| path.clone())?,
            );
        }
        for (name, schema) in take(&mut described["components"]["schemas"]) {
            schemas.insert(format!("{}.{name}", feature.name), schema);
        }
        tags.push(json!({ "name": feature.name }));
    }
    schemas.insert("Problem".to_owned(), problem());
    paths.sort_keys();
    schemas.sort_keys();
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "My School",
            "description": "The API of the pages' scripts, of mobile apps and of third parties. A program sends its access token as `Authorization: Bearer …`; pages of the platform send their session.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "session": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            },
        },
    }))
}

/// The members of an object, which is left empty.
fn take(value: &mut Value) -> Map<String, Value> {
    match value.take() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

const SCHEMAS: &str = "#/components/schemas/";

fn prefix_references(value: &mut Value, feature: &str) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(target) if key == "$ref" => {
                        if let Some(name) = target.strip_prefix(SCHEMAS) {
                            *target = format!("{SCHEMAS}{feature}.{name}");
                        }
                    }
                    other => prefix_references(other, feature),
                }
            }
        }
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| prefix_references(value, feature)),
        _ => {}
    }
}

/// The operations of a path with their names and with what every one of them can answer.
fn completed(path: &str, operations: Value) -> anyhow::Result<Value> {
    let Value::Object(mut operations) = operations else {
        anyhow::bail!("a path without operations")
    };
    for (method, operation) in &mut operations {
        operation["operationId"] = json!(operation_id(method, path));
        let responses = operation["responses"]
            .as_object_mut()
            .context("an operation without responses")?;
        responses
            .entry("401")
            .or_insert_with(|| json!({ "description": "no session, or one that has ended" }));
        responses.insert(
            "default".to_owned(),
            json!({ "description": "any other problem" }),
        );
        for (status, response) in responses {
            if is_problem(status) && response.get("content").is_none() {
                response["content"] =
                    json!({ PROBLEM: { "schema": { "$ref": format!("{SCHEMAS}Problem") } } });
            }
        }
    }
    Ok(Value::Object(operations))
}

/// Whether answers of this status tell of a problem.
pub fn is_problem(status: &str) -> bool {
    status == "default" || status.starts_with('4') || status.starts_with('5')
}

/// `put_journals_journal_period_lessons_lesson` for `PUT /api/journals/{journal}/{period}/lessons/{lesson}`.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/");
    let words = path
        .split('/')
        .map(|word| word.trim_matches(['{', '}']).replace('-', "_"));
    [method.to_owned()]
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join("_")
}

fn problem() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457). A problem can have members of its own, for example what stands now after a conflict.",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": text("`/problems/` and the code"),
            "title": text("what happened, in the reader's language"),
            "status": { "type": "integer", "description": "the status code" },
            "detail": text("what to do about it, in the reader's language"),
            "code": text("the stable name of the problem"),
            "request_id": text("by which operators find the request"),
            "fields": {
                "type": "array",
                "description": "what is wrong with which field",
                "items": {
                    "type": "object",
                    "required": ["field", "code"],
                    "properties": { "field": text("the field"), "code": text("the stable name of what is wrong") },
                },
            },
        },
        "additionalProperties": true,
    })
}
