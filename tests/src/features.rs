//! All functions that answer HTTP requests. A function that is not listed here has no place in the template: the test of the
//! template compares both.

use utoipa::openapi::OpenApi;
use web::Route;

/// A feature as the gateway sees it.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// First segment of its paths, name of its crate and binary.
    pub name: &'static str,
    /// Its routes.
    pub routes: &'static [Route],
    /// The description of its API, if it has one.
    pub openapi: Option<fn() -> OpenApi>,
}

/// Every feature.
pub const FEATURES: [Feature; 7] = [
    Feature {
        name: "identity",
        routes: identity::ROUTES,
        openapi: Some(identity::openapi),
    },
    Feature {
        name: "gosuslugi",
        routes: gosuslugi::ROUTES,
        openapi: None,
    },
    Feature {
        name: "registry",
        routes: registry::ROUTES,
        openapi: Some(registry::openapi),
    },
    Feature {
        name: "schedules",
        routes: schedules::ROUTES,
        openapi: Some(schedules::openapi),
    },
    Feature {
        name: "journals",
        routes: journals::ROUTES,
        openapi: Some(journals::openapi),
    },
    Feature {
        name: "diary",
        routes: diary::ROUTES,
        openapi: Some(diary::openapi),
    },
    Feature {
        name: "reports",
        routes: reports::ROUTES,
        openapi: Some(reports::openapi),
    },
];

/// The feature that answers a path.
pub fn of_path(path: &str) -> Option<&'static Feature> {
    let first = path.trim_start_matches("/api").trim_start_matches('/');
    let first = first.split('/').next().unwrap_or_default();
    // The first page is the sign-in.
    let name = if first.is_empty() { "identity" } else { first };
    FEATURES.iter().find(|feature| feature.name == name)
}
