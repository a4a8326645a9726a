//! `charivari observe`: what a case shows, for the weighing of who could be behind it.
//!
//! Techniques come from findings, each of which names what it would be an instance of; whatever no
//! detector sees comes from the analyst, and is recorded as a finding of its own.

mod from_case;
mod record;

use std::fmt::Write as _;

use charivari_attribution::{Observation, Observations};
use charivari_text::show::{shorten, visible};

pub(crate) use self::from_case::observations;
pub(crate) use self::record::read;
use crate::cli::observe::Observe;
use crate::commands::case;
use crate::failure::{Failure, Result};
use crate::term;

pub(crate) fn run(args: &Observe) -> Result<()> {
    if let (Some(what), Some(says)) = (&args.what, &args.says) {
        return record::one(args, what, says);
    }
    if let Some(sheet) = &args.sheet {
        return record::sheet(args, sheet);
    }
    let mut opened = case::open_reading(&case::directory(&args.at.place))?;
    let found = observations(&mut opened, args.include_open)?;
    if args.json {
        return term::json(&found);
    }
    if found.observations.is_empty() {
        return Err(Failure::nothing(
            "E1130: there is nothing that could be weighed: no finding was accepted, and no \
             observation recorded; decide on findings, or record what was seen with charivari observe",
        ));
    }
    term::line(listed(&found).trim_end())
}

/// All observations, one a line with its sentence below.
fn listed(found: &Observations) -> String {
    let mut text = format!(
        "{} observations in \"{}\"\n",
        found.observations.len(),
        shorten(&visible(&found.title), 80)
    );
    for it in &found.observations {
        let Observation { what, standing, grade, source, evidence, note, .. } = it;
        let grade = grade.map_or_else(|| "ungraded".to_owned(), |grade| grade.to_string());
        let what = visible(&what.to_string()).into_owned();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "\n{what:<34} {:<9} {grade:<9} {}; rests on {}",
            standing.word(),
            evidence.join(", "),
            shorten(&visible(source), 60)
        );
        text.push_str(&term::wrapped("", 2, &shorten(note, 240), 100));
    }
    text
}
