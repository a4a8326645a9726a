//! `charivari knowledge`: what is known of actors and techniques, as of a date.

mod actor;
mod changes;
mod collections;
mod names;
mod technique;

use std::path::{Path, PathBuf};

use charivari_knowledge::{Cited, Collection, Hidden, Knowledge, View, import, shipped};

use crate::cli::knowledge::{Knowledge as Command, Known};
use crate::failure::{Failure, Result};
use crate::term;

pub(crate) fn run(command: &Command) -> Result<()> {
    match command {
        Command::List(args) => collections::list(args),
        Command::Import(args) => collections::import(args),
        Command::Check(args) => collections::check(args),
        Command::New(args) => {
            term::line(charivari_knowledge::pack::template(&args.name).trim_end())
        }
        Command::Actor(args) => actor::run(args),
        Command::Alias(args) => names::alias(args),
        Command::Search(args) => names::search(args),
        Command::Technique(args) => technique::run(args),
        Command::Diff(args) => changes::run(args),
    }
}

/// Everything that is known: what the program carries, then what lies in the directory.
pub(crate) fn known(args: &Known) -> Result<View> {
    let mut knowledge = shipped()?;
    if args.no_packs {
        knowledge = knowledge.without_packs();
    }
    add_imported(&mut knowledge, &directory(args.knowledge.as_deref()))?;
    Ok(knowledge.as_of(args.as_of))
}

/// Where imported knowledge lies (XDG Base Directory Specification, data).
fn directory(named: Option<&Path>) -> PathBuf {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    named
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("CHARIVARI_KNOWLEDGE").map(PathBuf::from))
        .or_else(|| absolute("XDG_DATA_HOME").map(|it| it.join("charivari/knowledge")))
        .or_else(|| absolute("HOME").map(|it| it.join(".local/share/charivari/knowledge")))
        .unwrap_or_else(|| PathBuf::from("charivari-knowledge"))
}

fn add_imported(knowledge: &mut Knowledge, directory: &Path) -> Result<()> {
    let unreadable = |error: std::io::Error| {
        Failure::input(format!("E0101: cannot read {}: {error}", directory.display()))
    };
    let entries = match std::fs::read_dir(directory) {
        // Nobody has imported anything yet.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        read => read.map_err(unreadable)?,
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(unreadable)?.path());
    }
    // The order of a directory is the machine's; names give the same result everywhere.
    paths.sort();
    let is_ours = |it: &&PathBuf| it.extension().is_some_and(|it| it == "tsv" || it == "toml");
    for path in paths.iter().filter(is_ours) {
        knowledge.add(read(path, &import::Told::default())?);
    }
    Ok(())
}

/// Reads a file of others, or an index or a pack.
fn read(path: &Path, told: &import::Told) -> Result<Collection> {
    let file = std::fs::File::open(path).map_err(|error| {
        Failure::input(format!("E0101: cannot read {}: {error}", path.display()))
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(import::read_from(&name, file, told)?)
}

/// Sources with their dates, as they stand behind a fact.
fn cited(collection: &Collection, cited: &[Cited]) -> String {
    let one = |it: &Cited| {
        let source = collection.source(it.source).map_or("", |it| &it.key);
        let date = it.date.map_or_else(|| "no date".to_owned(), |it| it.to_string());
        let passage =
            if it.passage.is_empty() { String::new() } else { format!(", {}", it.passage) };
        if source.is_empty() { date } else { format!("{source}{passage}, {date}") }
    };
    let mut told: Vec<String> = cited.iter().take(3).map(one).collect();
    if cited.len() > told.len() {
        told.push(format!("{} more", cited.len() - told.len()));
    }
    told.join("; ")
}

/// What a date hides, in a sentence; nothing where no date was given.
fn hidden(view: &View) -> String {
    let Some(day) = view.as_of else { return String::new() };
    let Hidden { names, countries, uses, traits, actors, campaigns, abilities, undated } =
        view.hidden;
    format!(
        "\nAs of {day}: not seen are {actors} actors, {names} names, {countries} countries, {uses} uses, \
         {traits} traits, {campaigns} campaigns and {abilities} abilities of programs that were not \
         public by then; {undated} of these facts have no date.\n\
         Techniques are those of today's vocabulary."
    )
}
