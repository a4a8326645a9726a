//! The one place that reads the clock. Libraries take the time as an argument.

use std::sync::OnceLock;

use charivari_model::Timestamp;

use crate::failure::{Failure, Result};

/// The instant at which the tutorial's clock stands.
static STOPPED: OnceLock<Timestamp> = OnceLock::new();

/// Stops the clock for the rest of the process: the tutorial gives the same bytes on any day.
pub(crate) fn stop(at: Timestamp) {
    // A clock that stands already keeps its time.
    let _ = STOPPED.set(at);
}

/// The present, to the second; where `SOURCE_DATE_EPOCH` is set, the instant that it names, so that a
/// case can be built twice with the same bytes (reproducible-builds.org, `SOURCE_DATE_EPOCH`).
pub(crate) fn now() -> Result<Timestamp> {
    if let Some(at) = STOPPED.get() {
        return Ok(*at);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().map(Timestamp::from_seconds).map_err(|_| {
            Failure::usage(format!(
                "E0430: SOURCE_DATE_EPOCH is \"{text}\"; seconds since 1970 are expected, or nothing"
            ))
        }),
        Err(_) => Ok(Timestamp::from_seconds(present())),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn present() -> i64 {
    jiff::Timestamp::now().as_second()
}
