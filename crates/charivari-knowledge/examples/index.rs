//! Writes a collection as an index: `cargo run -p charivari-knowledge --example index -- FILE VERSION NOTICE > data/NAME.tsv`
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for developers")]

use std::error::Error;
use std::io::Write;

use charivari_knowledge::{import, index};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("a file is expected")?;
    let told = import::Told { version: args.next().filter(|it| !it.is_empty()) };
    let mut collection = import::read(&file, &std::fs::read(&file)?, &told)?;
    collection.notice = args.next().unwrap_or_default();
    for fault in &collection.faults {
        eprintln!("{} {}: {}", fault.code, fault.object, fault.text);
    }
    std::io::stdout().write_all(index::write(&collection).as_bytes())?;
    Ok(())
}
