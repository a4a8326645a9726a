//! Charivari: who acts together, who pretends to be someone else, and how we know.
//!
//! The program is thin: it reads the command line, opens files, shows progress and writes what the
//! libraries find. Printing happens in [`term`] and nowhere else.

mod cli;
mod clock;
mod commands;
mod failure;
mod fault;
mod output;
mod progress;
mod term;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::failure::Failure;

fn main() -> ExitCode {
    fault::hold_back_values();
    let cli = Cli::parse();
    let result = cli.threads.map_or(Ok(()), |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .map_err(|error| Failure::fault(error.to_string()))
    });
    let threads = rayon::current_num_threads();
    let result = result.and_then(|()| match cli.command {
        Command::Inspect(args) => commands::inspect::run(&args, threads),
        Command::Convert(args) => commands::convert::run(&args, threads),
        Command::Coordinate(args) => commands::coordinate::run(&args, threads),
        Command::Case(command) => commands::case::run(&command),
        Command::Knowledge(command) => commands::knowledge::run(&command),
        Command::Identity(command) => commands::identity::run(&command, threads),
        Command::Leak(command) => commands::leak::run(&command),
        Command::Mail(command) => commands::mail::run(&command),
        Command::Observe(args) => commands::observe::run(&args),
        Command::Attribute(command) => commands::attribute::run(&command),
        Command::Report(args) => commands::report::run(&args),
        Command::Demo(args) => commands::demo::run(&args, threads),
        Command::Simulate(args) => commands::simulate::run(&args),
        Command::Completions(args) => commands::shell::completions(&args),
        Command::Man => commands::shell::man(),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            term::error(&failure.message);
            ExitCode::from(failure.exit as u8)
        }
    }
}
