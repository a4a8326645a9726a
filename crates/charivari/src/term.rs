//! The one place that prints. Results go to standard output, everything else to standard error.
//!
//! Text that comes from data is shown with its control, escape and bidirectional characters as
//! visible escapes; a closed pipe ends the output quietly.
#![expect(clippy::print_stderr, reason = "this is the one place that prints")]

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::{Failure, Result};

/// Whether results are kept back, because a command runs as part of another.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Runs a command as part of another, which tells its result in its own words.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> T {
    QUIET.store(true, Ordering::Relaxed);
    let result = run();
    QUIET.store(false, Ordering::Relaxed);
    result
}

/// Prints `text` and a line break to standard output.
pub(crate) fn line(text: &str) -> Result<()> {
    if QUIET.load(Ordering::Relaxed) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}") {
        // Somebody who reads ten lines with `head` wants no error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::output(format!("E0331: cannot print: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Prints a value as JSON. What data holds is escaped as JSON escapes it.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<()> {
    line(&serde_json::to_string_pretty(value).map_err(Failure::fault)?)
}

/// `text` behind `label`, broken at `width`, its further lines `indent` in; made visible, since what
/// comes from the data may try to move the cursor or to turn the line around.
pub(crate) fn wrapped(label: &str, indent: usize, text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = format!("{label:<indent$}");
    let mut length = line.chars().count();
    let mut is_empty = true;
    for word in charivari_text::show::visible(text).split(' ') {
        let more = word.chars().count();
        if !is_empty && length + 1 + more > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            (length, is_empty) = (indent, true);
        }
        if !is_empty {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += more;
        is_empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// Prints bytes as they are to standard output.
pub(crate) fn raw(bytes: &[u8]) -> Result<()> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::output(format!("E0331: cannot print: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Says what went wrong.
pub(crate) fn error(message: &str) {
    eprintln!("error: {}", charivari_text::show::visible(message));
}

/// Prints where the program was when it failed, if `RUST_BACKTRACE` asks for it.
pub(crate) fn trace(trace: &std::backtrace::Backtrace) {
    if trace.status() == std::backtrace::BacktraceStatus::Captured {
        eprintln!("{trace}");
    }
}

/// Says what a reader of the result has to know.
pub(crate) fn warn(message: &str) {
    if QUIET.load(Ordering::Relaxed) {
        return;
    }
    eprintln!("warning: {}", charivari_text::show::visible(message));
}

/// Whether standard error is a terminal, so that progress can be drawn.
pub(crate) fn is_terminal() -> bool {
    io::stderr().is_terminal()
}
