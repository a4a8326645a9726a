//! `charivari inspect`: what files are and hold, and what can and cannot be asked of them.

mod asking;
mod caveats;
mod days;
mod facts;
pub(crate) mod json;
pub(crate) mod page;
mod posts;
mod traces;

use charivari_ingest::{Batch, PartReport, Profile};

use self::asking::Feeds;
use self::facts::Facts;
use super::reading;
use crate::cli::Inspect;
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::term;

pub(crate) fn run(args: &Inspect, threads: usize) -> Result<()> {
    let options = reading::options(&args.reading)?;
    let inputs = reading::inputs(&args.inputs);
    let look = |batch: Batch| {
        let mut seen = (Profile::default(), Feeds::default());
        seen.0.add(&batch);
        batch.posts.iter().for_each(|posts| seen.1.add(posts));
        seen
    };
    let (mut profile, mut feeds) = (Profile::default(), Feeds::default());
    let bar = Bar::over(&inputs);
    let parts = charivari_ingest::read(&inputs, &options, threads, &bar, look, |seen| {
        profile.merge(seen.0);
        feeds.merge(&seen.1);
    });
    bar.finish();
    let parts = parts?;
    let facts = Facts::of(&parts, &options, profile.summary(), &feeds);
    if args.json {
        term::line(&json::write(&facts)?)?;
    } else {
        term::line(page::write(&facts).trim_end())?;
    }
    refuse_nothing(&parts)
}

/// Scripts see from the exit code that there is nothing to analyse; the page says why.
fn refuse_nothing(parts: &[PartReport]) -> Result<()> {
    if parts.iter().any(|part| part.kept > 0) {
        return Ok(());
    }
    Err(Failure::nothing("E0405: no usable row in the inputs; what was met is on the page"))
}
