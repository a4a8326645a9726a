//! Collections: what is there, what comes in, what does not fit.

use std::fmt::Write as _;
use std::io::Write as _;

use charivari_knowledge::{Collection, Fault, Origin, import, index, pack};
use charivari_text::show::visible;
use serde::Serialize;

use super::{directory, hidden, known, read};
use crate::cli::knowledge::{Check, Import, List};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// The most faults that are told one by one; all are counted.
const TOLD: usize = 20;

#[derive(Serialize)]
struct Row {
    collection: String,
    actors: usize,
    names: usize,
    uses: usize,
    techniques: usize,
    software: usize,
    sources: usize,
    notice: String,
}

impl Row {
    fn of(it: &Collection) -> Self {
        Self {
            collection: it.origin.to_string(),
            actors: it.actors.len(),
            names: it.actors.iter().map(|actor| actor.names.len()).sum(),
            uses: it.actors.iter().map(|actor| actor.uses.len()).sum(),
            techniques: it.vocabulary.techniques.len(),
            software: it.vocabulary.software.len(),
            sources: it.sources.len(),
            notice: it.notice.clone(),
        }
    }
}

pub(super) fn list(args: &List) -> Result<()> {
    let view = known(&args.known)?;
    let rows: Vec<Row> = view.knowledge.collections.iter().map(Row::of).collect();
    if args.json {
        return term::json(&rows);
    }
    let mut text = format!(
        "{:<28}{:>8}{:>8}{:>8}{:>12}{:>10}{:>9}\n",
        "collection", "actors", "names", "uses", "techniques", "software", "sources"
    );
    for it in &rows {
        let _ = writeln!(
            text,
            "{:<28}{:>8}{:>8}{:>8}{:>12}{:>10}{:>9}",
            visible(&it.collection),
            it.actors,
            it.names,
            it.uses,
            it.techniques,
            it.software,
            it.sources
        );
    }
    for it in rows.iter().filter(|it| !it.notice.is_empty()) {
        let _ = write!(text, "\n{}: {}", visible(&it.collection), visible(&it.notice));
    }
    term::line(&format!("{}{}", text.trim_end(), hidden(&view)))
}

/// Reads all files before the first is written, so that nothing comes in by halves.
pub(super) fn import(args: &Import) -> Result<()> {
    let told = import::Told { version: args.version_is.clone() };
    let mut read_in = Vec::new();
    for path in &args.files {
        read_in.push((path, read(path, &told)?));
    }
    let folder = Folder::open(&directory(args.knowledge.as_deref()))?;
    let mut text = String::new();
    for (path, collection) in read_in {
        let name = file_name(path, &collection);
        let bytes = match collection.origin {
            // A pack keeps its passages and its traits, which an index does not have.
            Origin::Packs => std::fs::read(path).map_err(|error| {
                Failure::input(format!("E0101: cannot read {}: {error}", path.display()))
            })?,
            _ => index::write(&collection).into_bytes(),
        };
        folder.write(&name, |out| out.write_all(&bytes).map_err(|error| error.to_string()))?;
        let row = Row::of(&collection);
        let _ = writeln!(
            text,
            "{}: {} actors, {} uses, {} techniques, {} programs → {}",
            visible(&row.collection),
            row.actors,
            row.uses,
            row.techniques,
            row.software,
            visible(&folder.path(&name).display().to_string())
        );
        text.push_str(&faults(&collection.faults));
    }
    term::line(text.trim_end())
}

pub(super) fn check(args: &Check) -> Result<()> {
    let mut text = String::new();
    let mut count = 0;
    for path in &args.files {
        let collection = read(path, &import::Told::default())?;
        let row = Row::of(&collection);
        count += collection.faults.len();
        let _ = writeln!(
            text,
            "{}: {}, {} actors, {} names, {} uses, {} techniques",
            visible(&path.display().to_string()),
            visible(&row.collection),
            row.actors,
            row.names,
            row.uses,
            row.techniques
        );
        text.push_str(&faults(&collection.faults));
    }
    term::line(text.trim_end())?;
    if count > 0 {
        return Err(Failure::differs(format!("{count} objects do not fit; they are told above")));
    }
    Ok(())
}

fn faults(faults: &[Fault]) -> String {
    let mut text = String::new();
    for it in faults.iter().take(TOLD) {
        let _ = writeln!(text, "  {} {}: {}", it.code, visible(&it.object), visible(&it.text));
    }
    if faults.len() > TOLD {
        let _ = writeln!(text, "  and {} more", faults.len() - TOLD);
    }
    text
}

/// One file a version, so that a later import of the same takes the place of the earlier.
fn file_name(path: &std::path::Path, collection: &Collection) -> String {
    match &collection.origin {
        Origin::Packs => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            format!("{}.toml", pack::slug(&stem))
        }
        origin => format!("{}.tsv", pack::slug(&origin.to_string())),
    }
}
