//! `charivari convert`: the canonical posts, accounts and traces of any inputs as Parquet.
//!
//! The inputs are read twice: first to know which rows say the same post and what the inputs are,
//! then to write. So memory holds some 50 bytes a post and the accounts, but no post; and nothing
//! is written before every input is known to be readable.
//!
//! - **Order.** Rows stand in the order of the inputs, accounts by platform and id.
//! - **Duplicates.** Of rows with one platform and post id the one that an analysis would take is
//!   kept: most objects, then the least digest of them; of those that an analysis cannot tell
//!   apart the one that fills most columns, then the least digest of the whole row. The content
//!   settles it, never the position. Traces are taken as given.
//! - **Where from.** `input` counts the entries of `inputs` in the provenance inside the file, from
//!   0; there is one for each file and each member of an archive, in the order of their digests.
//!   `row` is the row in it.

mod accounts;
mod outputs;
mod posts;
mod said;
mod text_keys;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{RecordBatch, UInt32Array, cast::AsArray, types::UInt32Type};
use charivari_ingest::{Batch, Input, Options, PartReport};
use charivari_model::{Provenance, schema};

use self::accounts::Accounts;
use self::outputs::{Outputs, Tables};
use self::posts::{Settled, Settling};
use super::inspect::json;
use super::{aside, notes, reading};
use crate::cli::Convert;
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::term;

pub(crate) fn run(args: &Convert, threads: usize) -> Result<()> {
    stem(&args.output)?;
    let options = reading::options(&args.reading)?;
    let inputs = reading::inputs(&args.inputs);
    let (found, parts) = look(&inputs, &options, threads)?;
    refuse_nothing(&parts)?;
    let outputs = Outputs::beside(&args.output)?;
    let (provenance, places) = provenance(args, &options, &parts);
    let source =
        Source { inputs: &inputs, options: &options, threads, parts: &parts, places: &places };
    write(&source, &found, &outputs, &provenance)?;
    let said = said::Said::of(&found, &parts, &provenance, &outputs);
    for warning in notes::of_parts(&parts, &options).into_iter().chain(outputs.stale(&found)) {
        term::warn(&warning);
    }
    if args.json {
        return term::line(&json::write(&said)?);
    }
    term::line(&said.text())
}

/// What the inputs hold, as far as it has to be known before writing.
struct Found {
    posts: Settled,
    accounts: Accounts,
    traces: u64,
    aside: u64,
}

/// Reads everything once.
fn look(inputs: &[Input], options: &Options, threads: usize) -> Result<(Found, Vec<PartReport>)> {
    let (mut posts, mut accounts, mut traces) = (Settling::default(), Accounts::default(), 0);
    let mut failed = None;
    let sight = |batch: Batch| {
        let posts = batch.posts.as_ref().map(posts::sight).transpose();
        let accounts = batch.accounts.map(accounts::sight);
        (posts, accounts, batch.traces.map_or(0, |traces| traces.num_rows() as u64))
    };
    let bar = Bar::over(inputs);
    let parts = charivari_ingest::read(inputs, options, threads, &bar, sight, |seen| {
        let added = seen
            .0
            .and_then(|seen| posts.add(&seen.unwrap_or_default()))
            .and_then(|()| seen.1.map_or(Ok(()), |seen| accounts.add(seen)));
        failed = failed.take().or(added.err());
        traces += seen.2;
    });
    bar.finish();
    let parts = parts?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    let aside = parts.iter().flat_map(|part| part.set_aside.values()).sum();
    Ok((Found { posts: posts.settle(), accounts, traces, aside }, parts))
}

fn refuse_nothing(parts: &[PartReport]) -> Result<()> {
    if parts.iter().any(|part| part.kept > 0) {
        return Ok(());
    }
    let reasons = notes::of_parts(parts, &Options::default()).join(". ");
    Err(Failure::nothing(format!("E0405: no usable row in the inputs. {reasons}")))
}

/// Where the rows came from, and the place of each part in the inputs that it names.
fn provenance(args: &Convert, options: &Options, parts: &[PartReport]) -> (Provenance, Vec<u32>) {
    let given = [
        ("columns", (!args.reading.columns.is_empty()).then(|| args.reading.columns.join(","))),
        ("date_order", args.reading.date_order.map(|order| format!("{order:?}").to_lowercase())),
        ("encoding", args.reading.encoding.clone()),
        ("format", options.format.clone()),
        ("platform", options.platform.clone()),
        ("timezone", args.reading.timezone.clone()),
    ];
    let parameters = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut sources = said::sources(parts);
    let key = |file: &charivari_model::InputFile| (file.sha256.clone(), file.name.clone());
    let unsorted = sources.clone();
    sources.sort_by_key(key);
    sources.dedup();
    let place = |file| sources.iter().position(|source| source == file).unwrap_or_default() as u32;
    let places = unsorted.iter().map(place).collect();
    let provenance = Provenance {
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        command: "convert".to_owned(),
        parameters: parameters.collect(),
        inputs: sources,
    };
    (provenance, places)
}

/// The inputs, to be read a second time.
struct Source<'s> {
    inputs: &'s [Input],
    options: &'s Options,
    threads: usize,
    parts: &'s [PartReport],
    places: &'s [u32],
}

fn write(
    source: &Source<'_>,
    found: &Found,
    outputs: &Outputs,
    provenance: &Provenance,
) -> Result<()> {
    if found.posts.kept > 0 || found.traces > 0 {
        outputs.stream(found, provenance, |tables| source.stream(&found.posts, tables))?;
    }
    if let Some(accounts) = found.accounts.table()? {
        let accounts = source.placed(&accounts)?;
        outputs.write_accounts(&accounts, provenance)?;
    }
    if found.aside > 0 {
        aside::write_as(&outputs.set_aside, source.parts, &outputs.folder)?;
    }
    Ok(())
}

impl Source<'_> {
    /// Reads everything again and hands posts that count, and all traces, to `tables`.
    fn stream(&self, settled: &Settled, tables: &mut Tables<'_>) -> Result<()> {
        let schema = schema::posts();
        let columns: BTreeSet<&'static str> = COLUMNS.iter().copied().collect();
        debug_assert_eq!(columns.len() + 2, schema.fields().len());
        let options = Options { wanted: Some(columns), ..self.options.clone() };
        let (mut next, mut failed) = (0, None);
        let place = |batch: Batch| {
            let posts = batch.posts.as_ref().map(|posts| text_keys::added(&self.placed(posts)?));
            let posts = posts.transpose();
            let traces = batch.traces.as_ref().map(|traces| self.placed(traces)).transpose();
            (posts, traces)
        };
        let bar = Bar::over(self.inputs);
        let mut write = |(posts, traces): (Result<Option<_>>, Result<Option<_>>)| -> Result<()> {
            if let Some(posts) = posts? {
                let kept = settled.keep(&posts, &mut next)?;
                tables.posts(&kept)?;
            }
            traces?.map_or(Ok(()), |traces| tables.traces(&traces))
        };
        let parts =
            charivari_ingest::read(self.inputs, &options, self.threads, &bar, place, |batches| {
                if failed.is_none() {
                    failed = write(batches).err();
                }
            });
        bar.finish();
        match failed {
            Some(failure) => Err(failure),
            None => self.refuse_changed(&parts?),
        }
    }

    /// What is written is only true of the files that were looked at.
    fn refuse_changed(&self, parts: &[PartReport]) -> Result<()> {
        let files = |parts: &[PartReport]| said::sources(parts);
        if files(parts) == files(self.parts) {
            return Ok(());
        }
        Err(Failure::input(
            "E0408: an input changed while it was read; run again when it is at rest",
        ))
    }

    /// The rows of `batch` with the place of their part in the provenance.
    fn placed(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let column = batch.schema_ref().index_of("input").map_err(Failure::fault)?;
        let parts = batch.column(column).as_primitive::<UInt32Type>();
        let place = |part: u32| self.places.get(part as usize).copied().unwrap_or(part);
        let placed = UInt32Array::from_iter_values(parts.values().iter().map(|part| place(*part)));
        let mut columns = batch.columns().to_vec();
        columns[column] = Arc::new(placed);
        RecordBatch::try_new(batch.schema(), columns).map_err(Failure::fault)
    }
}

/// The columns of posts; `input` and `row` are always there.
const COLUMNS: &[&str] = &[
    "platform",
    "post_id",
    "account_id",
    "handle",
    "name",
    "time",
    "observed",
    "text",
    "language",
    "repost_of",
    "repost_of_account",
    "is_repost",
    "quote_of",
    "quote_of_account",
    "reply_to",
    "reply_to_account",
    "thread_id",
    "hashtags",
    "links",
    "mentions",
    "media",
    "client",
    "url",
    "likes",
    "reposts",
    "replies",
    "views",
];

/// The folder and the name without its ending.
fn stem(path: &Path) -> Result<(&Path, String)> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match name.strip_suffix(".parquet") {
        Some(stem) if !stem.is_empty() => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok((folder.unwrap_or(Path::new(".")), stem.to_owned()))
        }
        _ => Err(Failure::usage(format!(
            "E0410: {} does not end in .parquet; name a file such as posts.parquet",
            path.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_schema_is_written() {
        let schema = schema::posts();
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        assert_eq!(&names[..COLUMNS.len()], COLUMNS);
        assert_eq!(&names[COLUMNS.len()..], ["input", "row"]);
    }

    #[test]
    fn outputs_have_to_end_in_parquet() {
        for (path, expected) in [
            ("posts.parquet", Some((".", "posts"))),
            ("a/b.c.parquet", Some(("a", "b.c"))),
            ("posts.csv", None),
            (".parquet", None),
            ("", None),
        ] {
            let found = stem(Path::new(path)).ok();
            let found =
                found.as_ref().map(|(folder, stem)| (folder.to_str().unwrap(), stem.as_str()));
            assert_eq!(found, expected, "{path}");
        }
    }
}
