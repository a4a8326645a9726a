//! `--compat`: the tables of other programs, row for row, quirks included.
//!
//! The rows go in as they stand, repeated ones too, because the peers' results depend on them. The
//! tables are written under the peers' own names and exactly as the peers would, so without the
//! guard against spreadsheet formulas that our own tables have.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, RecordBatch, StringArray};
use charivari_coordination::Parameters;
use charivari_coordination::compat::{CompatError, IdColumn, cnt, coortweet};
use charivari_coordination::extract::{self, Native, Touches};
use charivari_ingest::{Batch, Options};

use super::reading;
use crate::cli::{Coordinate, Peer};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::term;

pub(super) fn run(args: &Coordinate, threads: usize) -> Result<()> {
    let mut parameters = super::parameters(&args.analysis)?;
    if args.analysis.by.is_empty() {
        // Both peers were made for reposts first; a trace table has its own objects anyway.
        parameters.behaviours = super::behaviour("repost").into_iter().collect();
    }
    if parameters.behaviours.len() != 1 {
        return Err(Failure::usage("E0406: --compat works on one behaviour; name it with --by"));
    }
    match args.compat.peer {
        Some(Peer::Cnt) => cnt(args, &parameters, threads),
        _ => coortweet(args, &parameters, threads),
    }
}

impl From<CompatError> for Failure {
    fn from(error: CompatError) -> Self {
        Self::input(error)
    }
}

fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

fn coortweet(args: &Coordinate, parameters: &Parameters, threads: usize) -> Result<()> {
    let touches = read(args, parameters, threads, |batch, touches| touches.push(batch))?;
    let touches = extracted(touches, parameters)?;
    let rows = rows(&touches)?;
    let options = coortweet::Options {
        time_window_s: seconds(args.analysis.window.plain()),
        min_participation: u32::try_from(args.compat.min_participation).unwrap_or(u32::MAX),
        remove_loops: !args.compat.keep_loops,
        speed_window_s: args.compat.speed_window.map(seconds),
        ..coortweet::Options::default()
    };
    let pairs = coortweet::detect(&rows, &options)?;
    let edges = coortweet::network(&pairs, 0.5)?;
    let folder = Folder::open(&args.output)?;
    let header = pairs.header();
    write(&folder, "pairs.csv", header.iter().map(AsRef::as_ref), pairs.records())?;
    write(&folder, "edges.csv", edges.header().iter().copied(), edges.records())?;
    term::line(&format!(
        "CooRTweet's tables: {} pairs, {} edges, in {}",
        pairs.len(),
        edges.edges().len(),
        args.output.display()
    ))
}

fn cnt(args: &Coordinate, parameters: &Parameters, threads: usize) -> Result<()> {
    let network = network(parameters)?;
    let batches = read(args, parameters, threads, |batch, batches| batches.push(batch))?;
    let options = cnt::Options {
        network,
        time_window_s: seconds(args.analysis.window.plain()),
        min_edge_weight: u32::try_from(args.analysis.min_weight).unwrap_or(u32::MAX),
        ..cnt::Options::default()
    };
    let posts: Vec<&RecordBatch> =
        batches.iter().filter_map(|batch| batch.posts.as_ref()).collect();
    let joined = links(&posts);
    let folder = || Folder::open(&args.output);
    if posts.is_empty() {
        let touches = extracted(batches, parameters)?;
        let rows = rows(&touches)?;
        let edges = cnt::network(&cnt::Messages::from_traces(&rows), &options)?;
        return write_cnt(&folder()?, &edges, args);
    }
    if batches.iter().any(|batch| batch.traces.is_some()) {
        return Err(Failure::usage(
            "E0407: --compat cnt takes posts or traces, not both in one run",
        ));
    }
    let messages = messages(&posts, &joined)?;
    write_cnt(&folder()?, &cnt::network(&messages, &options)?, args)
}

fn network(parameters: &Parameters) -> Result<cnt::Network> {
    let name = parameters.wanted().next().map(|(_, behaviour)| behaviour.name());
    match name {
        Some("repost") => Ok(cnt::Network::CoRetweet),
        Some("text") => Ok(cnt::Network::CoTweet),
        Some("link") => Ok(cnt::Network::CoLink),
        Some("reply") => Ok(cnt::Network::CoReply),
        _ => Err(Failure::usage("E0406: --compat cnt knows --by repost, text, link and reply")),
    }
}

fn write_cnt(folder: &Folder, edges: &cnt::EdgeTable<'_>, args: &Coordinate) -> Result<()> {
    write(folder, "edges.csv", edges.header().iter().copied(), edges.records())?;
    term::line(&format!(
        "the Coordination Network Toolkit's table: {} directed edges, in {}",
        edges.edges().len(),
        args.output.display()
    ))
}

/// Reads all batches in the order of the inputs.
fn read(
    args: &Coordinate,
    parameters: &Parameters,
    threads: usize,
    take: impl Fn(Batch, &mut Vec<Batch>),
) -> Result<Vec<Batch>> {
    let inputs = reading::inputs(&args.inputs);
    let mut columns = parameters.columns();
    columns.extend(["text", "links", "reply_to", "repost_of"]);
    let options =
        Options { wanted: Some(columns.into_iter().collect()), ..reading::options(&args.reading)? };
    let mut batches = Vec::new();
    let bar = Bar::over(&inputs);
    let fold = |batch| take(batch, &mut batches);
    let parts = charivari_ingest::read(&inputs, &options, threads, &bar, |batch| batch, fold)?;
    bar.finish();
    super::refuse_nothing(&parts)?;
    for warning in crate::commands::notes::of_parts(&parts, &options) {
        term::warn(&warning);
    }
    Ok(batches)
}

fn extracted(batches: Vec<Batch>, parameters: &Parameters) -> Result<Vec<Touches>> {
    let mut touches = Vec::new();
    for batch in batches {
        if let Some(posts) = &batch.posts {
            touches.push(extract::of_posts(posts, parameters)?);
        }
        if let Some(traces) = &batch.traces {
            touches.push(extract::of_traces(traces, None)?);
        }
    }
    Ok(touches)
}

/// The touches as the peer's rows, with native ids.
fn rows(touches: &[Touches]) -> Result<coortweet::Rows<'_>> {
    let all = || touches.iter().flat_map(Touches::native);
    let column = |id: fn(Native<'_>) -> &str| IdColumn::from_values(all().map(id));
    let time: Vec<f64> = all().map(|touch| seconds(touch.time)).collect();
    let (object, account) = (column(|touch| touch.object)?, column(|touch| touch.account)?);
    Ok(coortweet::Rows::new(object, account, column(|touch| touch.post)?, time)?)
}

/// The addresses of each post, joined by spaces as the peer's input has them.
fn links(posts: &[&RecordBatch]) -> Vec<String> {
    let mut joined = Vec::new();
    for batch in posts {
        let lists = batch.column_by_name("links").and_then(|links| links.as_list_opt::<i32>());
        for row in 0..batch.num_rows() {
            let list = lists.filter(|lists| lists.is_valid(row)).map(|lists| lists.value(row));
            let texts = list.as_ref().and_then(|list| list.as_string_opt::<i32>());
            let words: Vec<&str> = texts.into_iter().flatten().flatten().collect();
            joined.push(words.join(" "));
        }
    }
    joined
}

fn messages<'b>(posts: &[&'b RecordBatch], links: &'b [String]) -> Result<cnt::Messages<'b>> {
    let column = |name: &str| -> Vec<&'b str> {
        let batches = posts.iter();
        batches.flat_map(|batch| texts(batch, name)).collect()
    };
    let mut time = Vec::new();
    for batch in posts {
        let times = batch.column_by_name("time");
        let times = times.and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        time.extend(times.into_iter().flat_map(|times| times.values().iter().map(|t| seconds(*t))));
    }
    let id = |name: &str| IdColumn::from_values(column(name));
    Ok(cnt::Messages::new(id("post_id")?, id("account_id")?, time)?
        .with_repost_id(id("repost_of")?)?
        .with_reply_id(id("reply_to")?)?
        .with_text(column("text"))?
        .with_urls(links.iter().map(String::as_str).collect())?)
}

/// The texts of a column, empty where there are none.
fn texts<'b>(batch: &'b RecordBatch, name: &str) -> Vec<&'b str> {
    let column: Option<&StringArray> =
        batch.column_by_name(name).and_then(|column| column.as_string_opt());
    (0..batch.num_rows())
        .map(|row| {
            column.filter(|column| column.is_valid(row)).map_or("", |column| column.value(row))
        })
        .collect()
}

fn write<'h, 'r>(
    folder: &Folder,
    name: &str,
    header: impl Iterator<Item = &'h str>,
    records: impl Iterator<Item = Vec<Cow<'r, str>>>,
) -> Result<()> {
    folder.write(name, |out| {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(header).map_err(|error| error.to_string())?;
        for record in records {
            writer
                .write_record(record.iter().map(|cell| cell.as_bytes()))
                .map_err(|error| error.to_string())?;
        }
        writer.flush().map_err(|error| error.to_string())
    })
}
