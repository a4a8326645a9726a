//! Completions and the manual page, made from the command line's own definition.

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::failure::{Failure, Result};
use crate::term;

pub(crate) fn completions(args: &Completions) -> Result<()> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "charivari", &mut out);
    term::raw(&out)
}

/// One page for the program and all its commands.
pub(crate) fn man() -> Result<()> {
    let mut out = Vec::new();
    let command = Cli::command();
    let mut render = |command: clap::Command| {
        clap_mangen::Man::new(command)
            .render(&mut out)
            .map_err(|error| Failure::fault(error.to_string()))
    };
    render(command.clone())?;
    for sub in command.get_subcommands() {
        let name = format!("charivari-{}", sub.get_name());
        render(sub.clone().display_name(name))?;
    }
    term::raw(&out)
}
