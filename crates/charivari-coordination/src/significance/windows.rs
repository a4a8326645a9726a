//! Which windows are tested when the analyst names none.

use charivari_model::Resolution;
use charivari_model::time::MICROS_PER_SECOND;
use rayon::prelude::*;

use crate::columns::Traces;

/// The windows that are tested where the data allow, in seconds: from the speed of a machine to
/// that of a group told to be quick.
pub const SCALES_S: [i64; 5] = [10, 60, 300, 900, 3_600];

/// The window of the plain network where the analyst names none, in seconds.
pub const PLAIN_S: i64 = 60;

/// The most meetings that a wider window may add to be worth testing.
const MOST_MEETINGS: u64 = 20_000_000_000;

/// A window that was not tested, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Untested {
    /// The window in seconds.
    pub window_s: i64,
    /// Why it was left out.
    pub reason: &'static str,
}

/// The windows tested, in microseconds, ascending, and those left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// Those tested.
    pub tested: Vec<i64>,
    /// Those left out.
    pub untested: Vec<Untested>,
}

/// Learns from the data which windows can be told apart and listed.
///
/// Only the clock's resolution and the number of meetings decide, never who met whom, so that the
/// choice costs no error rate beyond that of testing each window.
pub(crate) fn learn(traces: &Traces) -> Windows {
    let step = match traces.counts.resolution {
        Some(Resolution::Minute) => 60,
        Some(Resolution::Hour) => 3_600,
        Some(Resolution::Day) => 86_400,
        _ => 0,
    };
    let mut windows = Windows::default();
    for window_s in SCALES_S {
        let window = window_s * MICROS_PER_SECOND;
        if window_s < step {
            windows.leave(window_s, "finer than the clock of the data");
        } else if window_s > PLAIN_S && meetings(traces, window) > MOST_MEETINGS {
            windows.leave(window_s, "too many meetings to list");
        } else {
            windows.tested.push(window);
        }
    }
    if windows.tested.is_empty() {
        windows.tested.push(step * MICROS_PER_SECOND);
    }
    windows
}

impl Windows {
    fn leave(&mut self, window_s: i64, reason: &'static str) {
        self.untested.push(Untested { window_s, reason });
    }
}

/// Pairs of traces within the window, those of one account included.
fn meetings(traces: &Traces, window: i64) -> u64 {
    (0..traces.objects()).into_par_iter().map(|object| traces.object(object).pairs(window)).sum()
}
