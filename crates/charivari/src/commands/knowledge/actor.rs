//! `charivari knowledge actor`: what each collection says of it, fact by fact.

use std::fmt::Write as _;

use charivari_knowledge::{Actor, Carrier, Collection, Error, Mapped, Used, View, names_like};
use charivari_text::show::visible;
use serde::Serialize;

use super::{cited, hidden, known};
use crate::cli::knowledge::Named;
use crate::failure::Result;
use crate::term;

#[derive(Serialize)]
struct Told<'a> {
    collection: String,
    actor: &'a Actor,
    sources: Vec<&'a charivari_knowledge::Source>,
}

pub(super) fn run(args: &Named) -> Result<()> {
    let view = known(&args.known)?;
    let carriers = carriers(&view, &args.name)?;
    if args.json {
        let all: Vec<Told<'_>> = carriers.iter().map(|it| of(it.collection, it.actor)).collect();
        return term::json(&all);
    }
    let mut text = String::new();
    for it in &carriers {
        text.push_str(&actor(&view, it.collection, it.actor));
        text.push('\n');
    }
    if view.is_contested(&carriers) {
        text.push_str("These are told apart: one name is no proof that they are one actor.\n");
    }
    term::line(&format!("{}{}", text.trim_end(), hidden(&view)))
}

/// Everybody of a name, or what to do.
pub(super) fn carriers<'a>(view: &'a View, name: &str) -> Result<Vec<Carrier<'a>>> {
    let found = names_like(view, name);
    if !found.is_empty() {
        return Ok(found);
    }
    let near = view.search(name);
    let near: Vec<&str> = near
        .hits
        .iter()
        .filter(|it| it.kind == "actor")
        .take(3)
        .map(|it| it.name.as_str())
        .collect();
    let mut hint = match near.as_slice() {
        [] => "; try charivari knowledge search with a part of it".to_owned(),
        names => format!("; there are {}", names.join(", ")),
    };
    if let Some(day) = view.as_of {
        let _ = write!(hint, "; only what was public by {day} is seen");
    }
    Err(Error::NotKnown { what: "actor", name: name.to_owned(), hint }.into())
}

fn of<'a>(collection: &'a Collection, actor: &'a Actor) -> Told<'a> {
    let facts = (actor.names.iter().flat_map(|it| &it.cited))
        .chain(actor.countries.iter().flat_map(|it| &it.cited))
        .chain(actor.uses.iter().flat_map(|it| &it.cited))
        .chain(actor.traits.iter().flat_map(|it| &it.cited));
    let mut numbers: Vec<u32> = facts.filter_map(|it| it.source).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let sources = numbers.into_iter().filter_map(|it| collection.source(Some(it))).collect();
    Told { collection: collection.origin.to_string(), actor, sources }
}

fn actor(view: &View, collection: &Collection, actor: &Actor) -> String {
    let mut text =
        format!("{}  ({}, {})\n", visible(&actor.name), visible(&actor.id), collection.origin);
    if !actor.about.is_empty() {
        let _ = writeln!(text, "  {}", visible(&actor.about));
    }
    if let Some(by) = &actor.revoked_by {
        let _ = writeln!(text, "  replaced by {}", visible(by));
    }
    for it in &actor.names {
        let _ = writeln!(
            text,
            "  {:<34}{}  [{}]",
            visible(&it.name),
            it.relation.words(),
            visible(&cited(collection, &it.cited))
        );
    }
    for it in &actor.countries {
        let _ = writeln!(
            text,
            "  country {}  [{}]",
            visible(&it.code),
            visible(&cited(collection, &it.cited))
        );
    }
    for it in &actor.traits {
        let _ =
            writeln!(text, "  {}  [{}]", visible(&it.text), visible(&cited(collection, &it.cited)));
    }
    for it in &actor.uses {
        let (id, name) = match &it.used {
            Used::Technique(technique) => (
                technique.to_string(),
                view.knowledge.technique_name(technique).unwrap_or_default(),
            ),
            Used::Software(id) => {
                let named = view.knowledge.software(id).next().and_then(|it| it.names.first());
                (id.clone(), named.map_or("", String::as_str))
            }
        };
        let campaign = it.campaign.as_ref().map_or_else(String::new, |it| format!(" in {it}"));
        let mapped = if it.mapped == Mapped::Us { ", mapped by this project" } else { "" };
        let _ = writeln!(
            text,
            "  {id:<18}{}{}  [{}{mapped}]",
            visible(name),
            visible(&campaign),
            visible(&cited(collection, &it.cited))
        );
    }
    text
}
