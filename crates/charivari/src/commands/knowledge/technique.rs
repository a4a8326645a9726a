//! `charivari knowledge technique`: what it is, and who is said to use it.

use std::fmt::Write as _;

use charivari_knowledge::{Error, Used};
use charivari_text::show::visible;
use serde::Serialize;

use super::{cited, hidden, known};
use crate::cli::knowledge::ById;
use crate::failure::Result;
use crate::term;

/// The most users that are told in text; all are counted, and JSON has all.
const TOLD: usize = 40;

#[derive(Serialize)]
struct Told<'a> {
    entries: Vec<(String, &'a charivari_knowledge::TechniqueEntry)>,
    users: Vec<User<'a>>,
}

#[derive(Serialize)]
struct User<'a> {
    collection: String,
    id: &'a str,
    name: &'a str,
    cited: String,
}

pub(super) fn run(args: &ById) -> Result<()> {
    let view = known(&args.known)?;
    let entries: Vec<_> = view.knowledge.technique(&args.technique).collect();
    if entries.is_empty() {
        let hint = "; try charivari knowledge search with a part of its name".to_owned();
        return Err(
            Error::NotKnown { what: "technique", name: args.technique.to_string(), hint }.into()
        );
    }
    let wanted = Used::Technique(args.technique.clone());
    let mut bearers = Vec::new();
    for (collection, actor) in view.knowledge.actors() {
        let uses = actor.uses.iter().filter(|it| it.used == wanted);
        let all: Vec<_> = uses.flat_map(|it| it.cited.clone()).collect();
        if !all.is_empty() {
            let (collection, cited) = (collection.origin.to_string(), cited(collection, &all));
            bearers.push(User { collection, id: &actor.id, name: &actor.name, cited });
        }
    }
    let users = bearers;
    if args.json {
        let entries = entries.iter().map(|(it, entry)| (it.origin.to_string(), *entry)).collect();
        return term::json(&Told { entries, users });
    }
    let mut text = String::new();
    for (collection, entry) in &entries {
        let _ = writeln!(
            text,
            "{}  {}  ({})",
            entry.technique,
            visible(&entry.name),
            collection.origin
        );
        if !entry.tactics.is_empty() {
            let _ = writeln!(text, "  tactics: {}", visible(&entry.tactics.join(", ")));
        }
        if let Some(by) = &entry.revoked_by {
            let _ = writeln!(text, "  replaced by {by}");
        }
        if entry.deprecated {
            text.push_str("  given up, without a successor\n");
        }
    }
    let _ = writeln!(text, "\nSaid to be used by {} actors", users.len());
    for it in users.iter().take(TOLD) {
        let _ =
            writeln!(text, "  {} ({})  [{}]", visible(it.name), visible(it.id), visible(&it.cited));
    }
    if users.len() > TOLD {
        let _ = writeln!(text, "  and {} more", users.len() - TOLD);
    }
    term::line(&format!("{}{}", text.trim_end(), hidden(&view)))
}
