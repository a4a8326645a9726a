//! `charivari attribute`: one file a command.

mod evaluate;

use crate::cli::attribute::Attribute;
use crate::failure::Result;

pub(crate) fn run(command: &Attribute) -> Result<()> {
    match command {
        Attribute::Evaluate(args) => evaluate::run(args),
    }
}
