//! `charivari leak verify`: own records and a sample, compared on this machine.

mod case;
mod columns;
mod dating;
mod likeness;
mod others;
mod own;
mod page;
mod sample;

use std::path::{Path, PathBuf};

use charivari_ingest::Input;
use charivari_ingest::tables::TablesReport;
use charivari_leak::Kind;
use charivari_leak::chance::Interval;
use charivari_leak::verification::{ColumnTally, Decoys, LeftOut, Level, Tally, Verification, Way};

use self::columns::Wanted;
use self::own::Own;
use self::sample::{Index, Reader, Sample};
use crate::cli::leak::Verify;
use crate::commands::notes::counted;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::{clock, term};

const TOOL: &str = concat!("charivari ", env!("CARGO_PKG_VERSION"));

pub(super) fn run(args: &Verify) -> Result<()> {
    let wanted = wanted(args)?;
    let overlap = overlap(&args.overlap)?;
    let mut warnings = Vec::new();
    let sample = read_sample(args, &wanted, &mut warnings)?;
    let result = verified(args, &wanted, &sample, overlap, &mut warnings)?;
    if let Some(folder) = &args.output {
        write(&Folder::open(folder)?, &result)?;
    }
    for warning in &warnings {
        term::warn(warning);
    }
    if args.json {
        let text = serde_json::to_string_pretty(&result).map_err(Failure::fault)?;
        term::line(&text)?;
    } else {
        term::line(&page::of(&result))?;
    }
    match &args.into.case {
        Some(dir) => case::record(args, dir, &result, &warnings),
        None => Ok(()),
    }
}

fn wanted(args: &Verify) -> Result<Wanted> {
    let key = Kind::of_word(&args.key).ok_or_else(|| {
        let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        Failure::usage(format!(
            "E0715: there is no kind {}; the kinds are {}",
            args.key,
            words.join(", ")
        ))
    })?;
    Ok(Wanted {
        named: columns::named(&args.columns)?,
        key,
        created: args.created_at.clone(),
        changed: args.changed_at.clone(),
        id: args.id.clone(),
    })
}

/// The limits of `--overlap`: two shares with a hyphen, or one.
fn overlap(text: &str) -> Result<Interval> {
    let wrong = || {
        Failure::usage(format!(
            "E0714: --overlap {text}: shares above 0 and below 1 are expected, as in 0.0001-0.05"
        ))
    };
    let share =
        |text: &str| text.trim().parse::<f64>().ok().filter(|share| *share > 0.0 && *share < 1.0);
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    let (low, high) = (share(low).ok_or_else(wrong)?, share(high).ok_or_else(wrong)?);
    if low > high {
        return Err(wrong());
    }
    Ok(Interval { value: (low * high).sqrt(), low, high })
}

/// Reads files with a bar, and says what was met.
fn read(
    paths: &[PathBuf],
    warnings: &mut Vec<String>,
    sink: &mut dyn charivari_model::RowSink,
) -> Result<()> {
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let inputs: Vec<Input> = paths.iter().map(Input::file).collect();
    let bar = Bar::over(&inputs);
    let reports = others::read(&paths, &bar, sink);
    bar.finish();
    warnings.extend(reports?.iter().flat_map(met));
    Ok(())
}

/// Rows that a reader set aside, and files that end too early.
fn met(report: &TablesReport) -> Vec<String> {
    let aside = report.set_aside.iter().map(|(code, count)| {
        let rows = counted(*count, "row");
        format!("{}: {rows} set aside, {}: {}", report.name(), code.as_str(), code.describe())
    });
    let cut =
        report.truncated.as_ref().map(|_| format!("{}: it ends before its end", report.name()));
    aside.chain(cut).collect()
}

fn read_sample(args: &Verify, wanted: &Wanted, warnings: &mut Vec<String>) -> Result<Sample> {
    let mut reader = Reader::new(wanted, args.country.as_deref());
    read(&args.sample, warnings, &mut reader)?;
    if reader.columns.is_empty() {
        return Err(no_key(wanted, "the sample"));
    }
    if reader.is_too_long {
        return Err(Failure::input(format!(
            "E0713: the sample has more than {} rows, which is more than is held in memory; give a part of it",
            sample::MOST_ROWS
        )));
    }
    let sample = Sample::of(reader, args.draw.zip(args.seed));
    if sample.rows.is_empty() {
        return Err(Failure::nothing(format!(
            "E0710: no row of the sample has a readable {}; name the column with --columns, and for phone \
             numbers the country with --country",
            wanted.key.word()
        )));
    }
    if let Some(draw) = sample.draw.filter(|draw| args.draw.is_some_and(|wish| wish > draw.of)) {
        return Err(Failure::usage(format!(
            "E0717: the sample has {} different rows, and more were to be drawn; draw fewer, or none",
            draw.of
        )));
    }
    Ok(sample)
}

fn no_key(wanted: &Wanted, whose: &str) -> Failure {
    Failure::input(format!(
        "E0711: {whose}: a column of the kind {} is expected, and no name says which; name it with --columns",
        wanted.key.word()
    ))
}

/// All comparisons.
fn verified(
    args: &Verify,
    wanted: &Wanted,
    sample: &Sample,
    overlap: Interval,
    warnings: &mut Vec<String>,
) -> Result<Verification> {
    let country = args.country.as_deref();
    let decoys = match &args.decoys {
        Some(path) => others::decoys(path, wanted, country)?,
        None => Index::default(),
    };
    let mut own = Own::new(wanted, sample, &decoys, country);
    read(&args.own, warnings, &mut own)?;
    if own.rows == 0 {
        return Err(no_key(wanted, "the own records"));
    }
    check_columns(args, &own)?;
    by_likeness(args, wanted, sample, &mut own, warnings)?;
    own.keys.sort_unstable();
    own.keys.dedup();
    let mut tally = tally(args, wanted, sample, &own, overlap)?;
    if args.decoys.is_some() {
        let found = own.decoys_found.iter().filter(|found| **found).count() as u64;
        tally.decoys = Some(Decoys { asked: decoys.len() as u64, found });
    }
    let history = match &args.history {
        Some(path) => Some(others::history(path, wanted, country, sample)?),
        None => None,
    };
    let release = match &args.other_release {
        Some(path) => Some(others::release(path, wanted, country, sample)?),
        None => None,
    };
    let mut result = Verification::of(&tally, TOOL);
    result.snapshot = dating::snapshot(&own, sample, history.as_ref(), country);
    result.volume = Some(dating::volume(&own, sample, wanted, release));
    Ok(result)
}

/// Columns that were named and are not there would change the result in silence.
fn check_columns(args: &Verify, own: &Own<'_>) -> Result<()> {
    let missing = |option: &str, name: &Option<String>, is_there: bool| {
        let name = name.as_ref().filter(|_| !is_there)?;
        Some(Failure::usage(format!(
            "E0718: {option} {name}: no table of the own records with a key has that column, or nothing in it \
             can be read"
        )))
    };
    let failures = [
        missing("--created-at", &args.created_at, !own.created.is_empty()),
        missing("--changed-at", &args.changed_at, own.latest != i64::MIN),
        missing("--id", &args.id, !own.ids.is_empty()),
    ];
    failures.into_iter().flatten().next().map_or(Ok(()), Err)
}

/// Rows that the key did not find, by likeness of their other columns.
fn by_likeness(
    args: &Verify,
    wanted: &Wanted,
    sample: &Sample,
    own: &mut Own<'_>,
    warnings: &mut Vec<String>,
) -> Result<()> {
    let pairs = own.pairs.clone();
    let is_open = own.found.iter().any(Option::is_none);
    let can = sample.rows.len() >= likeness::FEWEST_ROWS && pairs.len() >= likeness::FEWEST_COLUMNS;
    if !is_open || !can {
        return Ok(());
    }
    let mut candidates = likeness::Candidates::new(wanted, sample, &pairs, args.country.as_deref());
    read(&args.own, &mut Vec::new(), &mut candidates)?;
    candidates.link(&mut own.found);
    let most = charivari_leak::linkage::MOST_COLUMNS;
    if pairs.len() > most {
        warnings.push(format!(
            "likeness was judged by the first {most} pairs of columns; the other {} were not compared for it (name \
             the telling ones with --columns)",
            pairs.len() - most
        ));
    }
    if candidates.passed_over > 0 {
        warnings.push(format!(
            "{} that may be of people in the sample were not compared by likeness: too many share two values",
            counted(candidates.passed_over, "own row")
        ));
    }
    Ok(())
}

fn tally(
    args: &Verify,
    wanted: &Wanted,
    sample: &Sample,
    own: &Own<'_>,
    overlap: Interval,
) -> Result<Tally> {
    let country = args.country.as_deref();
    let found: Vec<&own::Found> = own.found.iter().flatten().collect();
    let mut tally = Tally::new(Way::Local, wanted.key);
    tally.time = Some(clock::now()?);
    tally.own_rows = own.rows;
    tally.asked = sample.rows.len() as u64;
    tally.found = found.len() as u64;
    tally.found_by_likeness = found.iter().filter(|found| found.by_likeness).count() as u64;
    tally.left_out.clone_from(&sample.left_out);
    let others = [
        ("own rows without a readable key", own.without_key),
        ("rows of other own tables", own.in_other_tables),
    ];
    for (why, rows) in others {
        if rows > 0 {
            tally.left_out.push(LeftOut { why: why.to_owned(), rows });
        }
    }
    tally.draw = sample.draw;
    tally.overlap = overlap;
    tally.columns = (0..own.pairs.len()).map(|at| column(own, &found, at)).collect();
    if let Some(path) = &args.canaries {
        tally.canaries = others::canaries(path, wanted, country, sample)?;
    }
    if let Some(path) = &args.processors {
        let compared: Vec<String> = own.pairs.iter().map(|pair| pair.own_name.clone()).collect();
        tally.processors = others::processors(path, &compared)?;
    }
    let is_found: Vec<bool> = own.found.iter().map(Option::is_some).collect();
    for path in &args.earlier {
        tally.earlier.push(others::earlier(path, wanted, country, &own.keys, (sample, &is_found))?);
    }
    Ok(tally)
}

/// How one column agrees on the rows that were found.
fn column(own: &Own<'_>, found: &[&own::Found], at: usize) -> ColumnTally {
    let pair = &own.pairs[at];
    let count = |level: Level| {
        found.iter().filter(|found| found.levels.get(at) == Some(&level)).count() as u64
    };
    ColumnTally {
        column: pair.sample_name.clone(),
        own: pair.own_name.clone(),
        kind: pair.kind,
        agree: count(Level::Agree),
        near: count(Level::Near),
        differ: count(Level::Differ),
        absent: count(Level::Absent),
        by_chance: own.by_chance(at),
    }
}

fn write(folder: &Folder, result: &Verification) -> Result<()> {
    let all = [
        ("verification.json", result.clone()),
        ("verification-published.json", result.published()),
    ];
    for (name, result) in all {
        folder.write(name, |out| {
            serde_json::to_writer_pretty(&mut *out, &result).map_err(|error| error.to_string())?;
            std::io::Write::write_all(out, b"\n").map_err(|error| error.to_string())
        })?;
    }
    Ok(())
}
