//! `charivari simulate`: a synthetic crowd with planted groups, and the truth beside it.

use std::fmt::Write as _;
use std::io::Write as _;

use charivari_simulate::society::{self, Kind, Settings, Society, Tactic};

use crate::cli::Simulate;
use crate::cli::simulate::{Crowd, Simulated};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

mod customers;

pub(crate) fn run(args: &Simulate) -> Result<()> {
    match (&args.what, &args.crowd) {
        (Some(Simulated::Customers(args)), _) => customers::run(args),
        (None, Some(args)) => crowd(args),
        (None, None) => Err(Failure::usage("name the folder to write to with -o DIR")),
    }
}

fn crowd(args: &Crowd) -> Result<()> {
    let settings = settings(args)?;
    let folder = Folder::open(&args.output)?;
    let society = society::generate(&settings);
    write_files(&folder, &society)?;
    term::line(&told(&society, &folder))
}

/// The settings that the command line asks for.
fn settings(args: &Crowd) -> Result<Settings> {
    let mut settings = Settings::honest(args.accounts, args.seed);
    settings.posts = args.posts.unwrap_or(settings.posts);
    settings.days = args.days;
    settings.resolution = args.resolution / 1_000_000;
    settings.breaking =
        args.breaking.unwrap_or_else(|| usize::try_from(args.days / 2).unwrap_or(0).max(1));
    if args.no_newsrooms {
        (settings.publishers, settings.app) = (0, false);
    }
    if !args.honest {
        plant(&mut settings, args)?;
    }
    settings.check().map_err(Failure::usage)?;
    Ok(settings)
}

/// Plants the groups that are asked for.
fn plant(settings: &mut Settings, args: &Crowd) -> Result<()> {
    let each = args.each.unwrap_or((args.accounts / 5_000).max(1)).min(100_000);
    let mut asked = Vec::new();
    for text in &args.tactic {
        asked.push(asked_group(text)?);
    }
    if asked.is_empty() {
        asked = Tactic::ALL.map(|tactic| (tactic, None, None)).to_vec();
    }
    let tactics: Vec<Tactic> = asked.iter().map(|(tactic, _, _)| *tactic).collect();
    settings.plant(&tactics, each);
    for (group, (tactic, size, objects)) in settings.planted.iter_mut().zip(asked.iter().cycle()) {
        group.size = size.unwrap_or(group.size);
        group.objects = objects.unwrap_or(group.objects);
        if *tactic != Tactic::Camouflage {
            group.ordinary = share(args.camouflage)?.unwrap_or(group.ordinary);
        }
    }
    Ok(())
}

fn share(asked: Option<f64>) -> Result<Option<f64>> {
    match asked {
        Some(share) if !(0.0..=0.98).contains(&share) => {
            Err(Failure::usage(format!("--camouflage takes a share from 0 to 0.98, not {share}")))
        }
        _ => Ok(asked),
    }
}

/// `fast`, `fast=8` or `fast=8x20`: a tactic, a size and a number of objects.
fn asked_group(text: &str) -> Result<(Tactic, Option<usize>, Option<usize>)> {
    let (name, numbers) =
        text.split_once('=').map_or((text, None), |(name, rest)| (name, Some(rest)));
    let Some(tactic) = Tactic::named(name.trim()) else {
        let names = Tactic::ALL.map(Tactic::name).join(", ");
        return Err(Failure::usage(format!("no tactic is called {name:?}; there are {names}")));
    };
    let Some(numbers) = numbers else { return Ok((tactic, None, None)) };
    let (size, objects) =
        numbers.split_once('x').map_or((numbers, None), |(size, objects)| (size, Some(objects)));
    let number = |text: &str| {
        text.trim().parse::<usize>().map(Some).map_err(|_| {
            Failure::usage(format!(
                "{text:?} is no number: a size is expected after the tactic, \
                                    and x with a number of objects after that, as in fast=8x20"
            ))
        })
    };
    Ok((tactic, number(size)?, objects.map_or(Ok(None), number)?))
}

fn write_files(folder: &Folder, society: &Society) -> Result<()> {
    let text = |error: std::io::Error| error.to_string();
    folder.write("README.txt", |out| out.write_all(society::README.as_bytes()).map_err(text))?;
    folder.write("settings.json", |out| {
        serde_json::to_writer_pretty(&mut *out, &society.settings).map_err(|e| e.to_string())?;
        out.write_all(b"\n").map_err(text)
    })?;
    folder.write("posts.csv", |out| society::write_posts_csv(society, out).map_err(text))?;
    folder.write("accounts.csv", |out| society::write_accounts_csv(society, out).map_err(text))?;
    folder.write("truth_accounts.csv", |out| {
        society::write_truth_accounts(society, out).map_err(text)
    })?;
    folder.write("truth_posts.csv", |out| society::write_truth_posts(society, out).map_err(text))
}

/// What was made, in a few lines.
fn told(society: &Society, folder: &Folder) -> String {
    let mut text = format!(
        "Synthetic: every account, name, text and address is invented.\n\n\
         {} posts of {} accounts in {} days, seed {}.\n",
        society.posts.len(),
        society.accounts.len(),
        society.settings.days,
        society.settings.seed,
    );
    let mut row = |what: &str, groups: Vec<usize>| {
        if !groups.is_empty() {
            let accounts: usize = groups.iter().sum();
            // Writing to a string does not fail.
            let word = if groups.len() == 1 { "group, " } else { "groups," };
            let _ = writeln!(text, "  {what:<12}{:>5} {word}{accounts:>7} accounts", groups.len());
        }
    };
    let sizes = |wanted: (Kind, Option<Tactic>)| {
        let of = society.groups.iter().filter(|group| (group.kind, group.tactic) == wanted);
        of.map(|group| group.members.len()).collect::<Vec<_>>()
    };
    for tactic in Tactic::ALL {
        row(tactic.name(), sizes((Kind::Planted, Some(tactic))));
    }
    for kind in [Kind::Syndication, Kind::App] {
        row(kind.name(), sizes((kind, None)));
    }
    let _ = write!(
        text,
        "\nAnalyse       charivari coordinate {} -o out\nCompare with  {}",
        folder.path("posts.csv").display(),
        folder.path("truth_accounts.csv").display(),
    );
    text
}
