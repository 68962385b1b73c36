//! Logs: JSON lines, nothing personal.

use store::Capacity;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard output, one JSON object a line. `LOG` sets the level, `info` by default.
pub fn start_telemetry() {
    let filter = EnvFilter::try_from_env("LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_target(false)
        .with_env_filter(filter)
        .init();
}

/// The one line of a request. The route is the pattern and not the address, which may name people.
pub(crate) struct AccessLine<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) method: &'a str,
    pub(crate) route: &'a str,
    pub(crate) status: u16,
    pub(crate) actor: Option<String>,
    pub(crate) milliseconds: f64,
    pub(crate) capacity: Capacity,
}

impl AccessLine<'_> {
    pub(crate) fn write(&self) {
        tracing::info!(
            request_id = self.request_id,
            method = self.method,
            route = self.route,
            status = self.status,
            actor = self.actor.as_deref(),
            ms = (self.milliseconds * 10.0).round() / 10.0,
            capacity_units = self.capacity.units,
            database_calls = self.capacity.calls,
            "request"
        );
    }
}
