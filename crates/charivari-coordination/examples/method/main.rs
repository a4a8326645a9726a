//! Checks the method by simulation, and writes what it finds as the tables and figures of
//! `docs/method-significance.md`:
//!
//! ```text
//! cargo run --release -p charivari-coordination --example method -- [part…] [--quick] [--out DIR]
//! ```
//!
//! The parts are `honest`, `planted`, `wrong`, `uniform`, `robust` and `permuted`; all without any.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a check may stop where what it needs is not there, and speaks"
)]

mod crowd;
mod exchange;
mod figure;
mod outcome;
mod parts;
mod permuted;

use std::path::PathBuf;

use parts::Effort;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let quick = args.iter().any(|arg| arg == "--quick");
    let out = args.iter().position(|arg| arg == "--out").and_then(|at| args.get(at + 1));
    let out = PathBuf::from(out.map_or("docs/method", String::as_str));
    let named: Vec<&str> = args
        .iter()
        .map(String::as_str)
        .filter(|arg| parts::PARTS.iter().any(|p| p.0 == *arg))
        .collect();
    let effort = if quick { Effort::Quick } else { Effort::Full };
    std::fs::create_dir_all(&out).expect("a folder to write to");
    for (name, part) in parts::PARTS {
        if named.is_empty() || named.contains(name) {
            let clock = std::time::Instant::now();
            let text = part(effort, &out);
            println!("## {name} ({:.0} s)\n\n{text}", clock.elapsed().as_secs_f64());
            std::fs::write(out.join(format!("{name}.md")), text).expect("room for a table");
        }
    }
}
