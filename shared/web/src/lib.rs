//! Lambda and HTTP plumbing that every function shares: settings, session, extractors, problems, pages, telemetry.
//!
//! A function is a [`Router`](axum::Router) of its feature, wrapped by [`Function`]: the same one answers behind the
//! gateway and in tests. HTTP status codes of failures are named in [`problem`] and nowhere else.

mod batch;
mod clock;
mod condition;
pub mod cookies;
mod extract;
mod function;
mod headers;
mod origin;
mod page;
pub mod problem;
mod route;
mod settings;
mod start;
mod telemetry;
mod token;
mod user;

pub use batch::{answer_batch, causes};
pub use clock::Clock;
pub use condition::{ExpectedVersion, etag};
pub use extract::{Form, Json, Path, Query};
pub use function::Function;
pub use page::{PageContext, download, html, see_other};
pub use problem::Problem;
pub use route::{Audience, Route};
pub use settings::{Environment, MissingSetting, SessionSettings, Settings};
pub use start::{Feature, serve, serve_queue};
pub use telemetry::start_telemetry;
pub use token::{Session, TokenError, TokenVerifier};
pub use user::{CurrentSession, CurrentUser, NewTokens};

/// What `main` of a function can fail with; the runtime logs it and starts anew.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;
