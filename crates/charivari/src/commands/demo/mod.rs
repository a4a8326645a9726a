//! `charivari demo`: the tutorial case, from public facts and invented exports.
//!
//! It builds the case of Holy Souls as it stood on the eve of the attribution, runs all that exists on
//! exports that the program carries, decides, reports; then adds what became public on the next day,
//! reports again, and says what that changed. Nothing is shown that was not computed here.

mod attribution;
mod changes;
mod facts;
mod identity;
mod leak;
mod line;
mod mail;
mod tutorial;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use charivari_coordination::GroupKind;
use clap::ValueEnum;

use self::tutorial::{DAYS, Tutorial};
use super::coordinate::{self, Run};
use super::reading;
use super::report::{self, Choice, Written};
use crate::cli::report::Format;
use crate::cli::{Command, Coordinate, Demo};
use crate::clock;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// The exports that the program carries; `demo/README.md` tells their story.
const EXPORTS: [(&str, &[u8]); 3] = [
    ("x-posts.jsonl.zst", include_bytes!("../../../demo/x-posts.jsonl.zst")),
    ("x-posts-overlap.csv.zst", include_bytes!("../../../demo/x-posts-overlap.csv.zst")),
    ("telegram.json.zst", include_bytes!("../../../demo/telegram.json.zst")),
];

/// Who is who in them: account, planted group or none, role.
const TRUTH: &str = include_str!("../../../demo/truth.csv");

/// The planted groups in `truth.csv`, and what each is; the crowd is in none.
const PLANTED: [(&str, &str); 5] = [
    ("puppets", "puppets that pass on what a persona posts"),
    ("copies", "accounts that post one text in many copies"),
    ("channels", "channels that spread the same links"),
    ("newsroom", "a newspaper's own accounts: together, and innocent"),
    ("", "nothing: a crowd that lives its life"),
];

const SYNTHETIC: &str = "The demo's exports were made by a program: every account, text and address in \
                         them is invented, and so is every event but the one they are built around.";

pub(crate) fn run(args: &Demo, threads: usize) -> Result<()> {
    let folder = Folder::open(&args.output)?;
    let case = folder.path("case");
    let mut tutorial = Tutorial::open(&case)?;
    write_exports(&folder)?;
    let coordinate = arguments(&folder, &case)?;
    let inputs = reading::inputs(&coordinate.inputs);
    let synthetic = Some(SYNTHETIC.to_owned());
    let mut run = coordinate::analyse_inputs(&coordinate, inputs, threads, synthetic)?;
    run.stamp = Some(tutorial::stamp(0));
    coordinate::write_files(&mut run)?;
    clock::stop(tutorial::stamp(0).now);
    identity::run(&folder, &case, threads)?;
    leak::run(&folder, &case)?;
    mail::run(&folder, &case)?;
    attribution::observe(&case)?;
    tutorial.decide()?;
    attribution::run(&folder, &case)?;
    let before = tutorial.dossier()?;
    reports(before.clone(), &folder.path(DAYS[0]))?;
    tutorial.learn(1)?;
    let after = tutorial.dossier()?;
    reports(after.clone(), &folder.path(DAYS[1]))?;
    let mut text = told(&run);
    text.push_str(&identity::told(&before));
    text.push_str(&leak::told(&before));
    text.push_str(&mail::told(&before));
    text.push_str(&attribution::told(&before));
    text.push_str(&changes::told(&before, &after));
    text.push_str(&next(&folder));
    term::line(&text)
}

/// The command line of the run, with default parameters.
fn arguments(folder: &Folder, case: &Path) -> Result<Coordinate> {
    let mut line = line::into_case(&["coordinate", "--source", line::SOURCE], case);
    line.extend(["-o".into(), folder.path("analysis").into_os_string()]);
    line.extend(EXPORTS.map(|(name, _)| folder.path("exports").join(name).into_os_string()));
    match line::parsed(line)? {
        Command::Coordinate(coordinate) => Ok(*coordinate),
        _ => Err(Failure::fault("the demo's own command line is another command's")),
    }
}

/// The exports, so that an analyst can go on with other parameters, and the truth to compare with.
fn write_exports(folder: &Folder) -> Result<()> {
    let exports = Folder::open(&folder.path("exports"))?;
    for (name, bytes) in EXPORTS.into_iter().chain([("truth.csv", TRUTH.as_bytes())]) {
        exports.write(name, |out| {
            std::io::Write::write_all(out, bytes).map_err(|error| error.to_string())
        })?;
    }
    Ok(())
}

/// The case in every form: all of it for the team, and the page that anybody may see.
fn reports(dossier: charivari_model::case::Dossier, output: &Path) -> Result<()> {
    let choice = |redaction, formats: &[Format]| Choice {
        formats: formats.to_vec(),
        redaction,
        include_open: false,
        command_line: format!("charivari report --case case --redaction {redaction}"),
    };
    let internal = choice(charivari_report::Redaction::Internal, Format::value_variants());
    let mut written = Written::default();
    report::write(dossier.clone(), &internal, output, &mut written)?;
    let public = choice(charivari_report::Redaction::Public, &[Format::Html, Format::Md]);
    report::write(dossier, &public, &output.join("public"), &mut written)
}

/// How many accounts of one planted group there are, and in which groups they were found.
#[derive(Default)]
struct Tally {
    accounts: u64,
    found: u64,
    groups: BTreeSet<u32>,
}

/// What was found of each planted group; the crowd stands under the empty name.
fn compare(run: &Run<'_>) -> BTreeMap<&'static str, Tally> {
    let network = &run.network;
    let found: BTreeMap<&str, u32> = (network.nodes.iter().zip(&network.groups))
        .filter_map(|(account, group)| Some((network.account(&run.store, *account), (*group)?)))
        .collect();
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for line in TRUTH.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(account), Some(planted)) = (cells.next(), cells.next()) else { continue };
        let tally = tallies.entry(planted).or_default();
        tally.accounts += 1;
        if let Some(group) = found.get(account) {
            tally.found += 1;
            tally.groups.insert(group + 1);
        }
    }
    tallies
}

/// The result beside the truth, in a few lines.
fn told(run: &Run<'_>) -> String {
    let counts = &run.network.traces.counts;
    let mut text = format!(
        "Synthetic: every account, text and address in this demo is invented; the events and claims\n\
         around them are public facts.\n\n\
         {} posts of {} accounts on X and Telegram were read. {} accounts in {} groups acted \
         together\nmore often than chance explains.{}\n\n{:<52}{:>12}  where\n",
        counts.posts,
        counts.accounts,
        run.network.groups.iter().flatten().count(),
        run.network.group_count,
        power(run),
        "planted as",
        "in groups",
    );
    let tallies = compare(run);
    for (name, what) in PLANTED {
        row(&mut text, run, tallies.get(name).unwrap_or(&Tally::default()), what);
    }
    text.push_str(
        "\nWhat is no chance may be innocent, as the newsroom is: a group is a lead, no verdict.\n",
    );
    text
}

/// What to look at, and how to go on.
fn next(folder: &Folder) -> String {
    let shown = |name: &str| folder.path(name).display().to_string();
    format!(
        "\nLook at     {}\n            {}\nThe case    {} case show --case {}\nGo on with  {2} coordinate {} -o \
         out --window 5m",
        folder.path(DAYS[1]).join("report.html").display(),
        folder.path("analysis").join("report.html").display(),
        program(),
        shown("case"),
        folder.path("exports").join("*.zst").display(),
    )
}

/// What would have been found besides, had it been there.
fn power(run: &Run<'_>) -> String {
    run.power.fewest_objects(5, 10).map_or_else(String::new, |objects| {
        format!(
            " Five accounts that meet {objects} times within 10 s\nwould have been found too, eight \
             times in ten."
        )
    })
}

/// The program as it was called, so that the next command works for those who built it with cargo
/// and for those who installed it.
fn program() -> String {
    std::env::args_os()
        .next()
        .map_or_else(|| "charivari".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn row(text: &mut String, run: &Run<'_>, tally: &Tally, what: &str) {
    let kind = |group: &u32| run.network.group_kinds.get(*group as usize - 1);
    let open = |group: &u32| kind(group) == Some(&GroupKind::Syndication);
    let named = |group: &u32| format!("{group}{}", if open(group) { " (syndication)" } else { "" });
    let groups: Vec<String> = tally.groups.iter().map(named).collect();
    let place = match groups.as_slice() {
        [] => "none".to_owned(),
        [one] => format!("group {one}"),
        several => format!("groups {}", several.join(", ")),
    };
    let found = format!("{} of {}", tally.found, tally.accounts);
    // Writing to a string does not fail.
    let _ = writeln!(text, "{what:<52}{found:>12}  {place}");
}
