//! `charivari attribute`: who could be behind it; one file a command.

mod evaluate;
mod names;
mod output;
mod record;
mod weigh;

use crate::cli::attribute::{Attribute, Step};
use crate::failure::Result;

pub(crate) fn run(args: &Attribute) -> Result<()> {
    match &args.command {
        Some(Step::Evaluate(args)) => evaluate::run(args),
        None => weigh::run(&args.weigh),
    }
}
