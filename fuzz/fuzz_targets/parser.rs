//! One program for all targets: `FUZZ_TARGET` names the parser, as in `targets.rs`.
//!
//! A program each would be five gigabytes and an hour of linking for nothing.

#![no_main]

mod targets;

use std::panic::{set_hook, take_hook};
use std::sync::LazyLock;

static TARGET: LazyLock<String> = LazyLock::new(|| match std::env::var("FUZZ_TARGET") {
    Ok(target) if targets::targets().contains(&target) => target,
    _ => {
        eprintln!("FUZZ_TARGET has to be one of: {}", targets::targets().join(", "));
        std::process::exit(2);
    }
});

libfuzzer_sys::fuzz_target!(init: begin(), |bytes: &[u8]| targets::run(&TARGET, bytes));

/// Lets panics unwind, since those of the Parquet decoder are caught: whatever nobody catches is a
/// finding all the same. The decoder's own panics are not told, or they would fill the log.
fn begin() {
    LazyLock::force(&TARGET);
    // This hook ends the program at once, caught or not; under it lies the usual one.
    drop(take_hook());
    let tell = take_hook();
    set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |location| location.file());
        if !place.contains("/parquet-") {
            tell(panic);
        }
    }));
}
