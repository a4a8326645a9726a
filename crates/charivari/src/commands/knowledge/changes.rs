//! `charivari knowledge diff`: what one version says that another does not.

use std::fmt::Write as _;

use charivari_knowledge::{Change, diff, import};
use charivari_text::show::visible;

use super::read;
use crate::cli::knowledge::Diff;
use crate::failure::Result;
use crate::term;

pub(super) fn run(args: &Diff) -> Result<()> {
    let told = import::Told::default();
    let (old, new) = (read(&args.old, &told)?, read(&args.new, &told)?);
    let changes = diff(&old, &new);
    if args.json {
        return term::json(&changes);
    }
    let mut text = format!("From {} to {}: {} changes\n", old.origin, new.origin, changes.len());
    for change in &changes {
        let _ = writeln!(text, "{}", visible(&line(change)));
    }
    term::line(text.trim_end())
}

fn line(change: &Change) -> String {
    let by = |by: &Option<String>| {
        by.as_ref().map_or_else(String::new, |it| format!(", replaced by {it}"))
    };
    match change {
        Change::NewTechnique { id, name } | Change::NewActor { id, name } => {
            format!("+ {id} {name}")
        }
        Change::EndedTechnique { id, by: next } | Change::EndedActor { id, by: next } => {
            format!("- {id}{}", by(next))
        }
        Change::RenamedTechnique { id, old, new } => format!("~ {id} {old} → {new}"),
        Change::ChangedActor { id, name, names_added, names_removed, uses_added, uses_removed } => {
            let mut text = format!("~ {id} {name}:");
            let signed =
                [('+', names_added), ('-', names_removed), ('+', uses_added), ('-', uses_removed)];
            for (sign, items) in signed {
                for it in items {
                    // Writing to a string cannot fail.
                    let _ = write!(text, " {sign}{it}");
                }
            }
            text
        }
    }
}
