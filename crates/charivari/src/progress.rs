//! Progress of reading, with rate and time left, on standard error and only on a terminal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use charivari_ingest::{Input, Progress};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar is drawn at most so often.
const TICK: Duration = Duration::from_millis(200);

/// A bar over the bytes of all inputs.
pub(crate) struct Bar {
    bar: ProgressBar,
    last: AtomicU64,
}

impl Bar {
    /// A bar for `inputs`, hidden where standard error is no terminal.
    pub(crate) fn over(inputs: &[Input]) -> Self {
        Self::bytes(inputs.iter().filter_map(|input| input.len().ok()).sum(), "reading")
    }

    /// A bar over so many bytes, with a word for what is done to them.
    pub(crate) fn bytes(total: u64, doing: &'static str) -> Self {
        let bar = if crate::term::is_terminal() {
            ProgressBar::new(total)
        } else {
            ProgressBar::hidden()
        };
        let template = "{msg} {bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(doing);
        bar.enable_steady_tick(TICK);
        Self { bar, last: AtomicU64::new(0) }
    }

    /// A bar for work in several steps, each of its own length.
    pub(crate) fn steps() -> Self {
        Self::bytes(0, "")
    }

    /// Says how far a step has come.
    pub(crate) fn tell(&self, step: &'static str, done: u64, total: u64) {
        self.bar.set_message(step);
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    /// A spinner for work whose length is not known.
    pub(crate) fn step(message: &'static str) -> ProgressBar {
        let bar = if crate::term::is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.set_message(message);
        bar.enable_steady_tick(TICK);
        bar
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn read(&self, bytes: u64) {
        if self.last.fetch_max(bytes, Ordering::Relaxed) < bytes {
            self.bar.set_position(bytes);
        }
    }
}
