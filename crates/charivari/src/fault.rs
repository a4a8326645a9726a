//! What is said where the program itself fails.
//!
//! Rust's own message quotes what it failed on (a slice of a text prints the text), and that may be a
//! leaked person's address. So the place is told and the message is not.

use std::backtrace::Backtrace;
use std::panic::{self, Location};

/// Replaces what a panic prints. The exit code stays Rust's own, 101.
pub(crate) fn hold_back_values() {
    panic::set_hook(Box::new(|info| {
        crate::term::error(&told(info.location()));
        crate::term::trace(&Backtrace::capture());
    }));
}

fn told(place: Option<&Location<'_>>) -> String {
    let place = place.map_or_else(|| String::from("an unknown place"), ToString::to_string);
    format!(
        "E0001: a part of the program failed at {place}; what it says is held back, since it may quote \
         what was read. If nothing else explains it, please report this line and the command"
    )
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_over_a_value_tells_its_place_and_not_the_value() {
        let heard = Arc::new(Mutex::new((String::new(), String::new())));
        let hook = panic::take_hook();
        panic::set_hook(Box::new({
            let heard = Arc::clone(&heard);
            move |info| {
                let said = told(info.location());
                *heard.lock().unwrap() = (info.to_string(), said);
            }
        }));
        let value = String::from("zqxé@example.org");
        let failed = panic::catch_unwind(|| value[..4].len()).is_err();
        panic::set_hook(hook);
        let (rust, ours) = heard.lock().unwrap().clone();
        assert!(failed && rust.contains("zqx"), "Rust quotes the value: {rust}");
        assert!(!ours.contains("zqx"), "{ours}");
        assert!(ours.starts_with("E0001: ") && ours.contains("fault.rs:"), "{ours}");
    }
}
