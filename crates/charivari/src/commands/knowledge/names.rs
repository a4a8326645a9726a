//! `charivari knowledge alias` and `search`: names over all collections.

use std::fmt::Write as _;

use charivari_knowledge::{Carrier, View};
use charivari_text::show::visible;
use serde::Serialize;

use super::actor::carriers;
use super::{cited, hidden, known};
use crate::cli::knowledge::Named;
use crate::failure::{Failure, Result};
use crate::term;

#[derive(Serialize)]
struct Bearer<'a> {
    collection: String,
    id: &'a str,
    actor: &'a str,
    claim: &'a charivari_knowledge::Name,
    countries: Vec<&'a str>,
    also: Vec<&'a str>,
}

#[derive(Serialize)]
struct Told<'a> {
    name: &'a str,
    contested: bool,
    bearers: Vec<Bearer<'a>>,
    /// Actors that share another name with a bearer.
    neighbours: Vec<Bearer<'a>>,
}

pub(super) fn alias(args: &Named) -> Result<()> {
    let view = known(&args.known)?;
    let bearers = carriers(&view, &args.name)?;
    let neighbours = around(&view, &bearers);
    let contested = view.is_contested(&bearers);
    if args.json {
        return term::json(&Told {
            name: &args.name,
            contested,
            bearers: bearers.iter().map(bearer).collect(),
            neighbours: neighbours.iter().map(bearer).collect(),
        });
    }
    let mut text = format!("\"{}\" is, in the words of\n", visible(&args.name));
    for it in &bearers {
        text.push_str(&line(it));
    }
    if !neighbours.is_empty() {
        text.push_str("\nBy another of their names they touch\n");
        for it in &neighbours {
            text.push_str(&line(it));
        }
    }
    if contested {
        text.push_str("\nContested: it is the name of actors that are told apart, or are placed in different countries.\n");
    }
    term::line(&format!("{}{}", text.trim_end(), hidden(&view)))
}

/// Actors that bear another name of a bearer, each once.
fn around<'a>(view: &'a View, bearers: &[Carrier<'a>]) -> Vec<Carrier<'a>> {
    let mut found: Vec<Carrier<'a>> = Vec::new();
    for it in bearers.iter().flat_map(|it| view.neighbours(it.actor)) {
        let same = |other: &Carrier<'a>| std::ptr::eq(other.actor, it.actor);
        if !bearers.iter().any(same) && !found.iter().any(same) {
            found.push(it);
        }
    }
    found
}

fn bearer<'a>(it: &Carrier<'a>) -> Bearer<'a> {
    Bearer {
        collection: it.collection.origin.to_string(),
        id: &it.actor.id,
        actor: &it.actor.name,
        claim: it.name,
        countries: countries(it),
        also: it.actor.names.iter().map(|it| it.name.as_str()).collect(),
    }
}

/// Each country once, however many documents say it.
fn countries<'a>(it: &Carrier<'a>) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for country in &it.actor.countries {
        if !codes.contains(&country.code.as_str()) {
            codes.push(&country.code);
        }
    }
    codes
}

fn line(it: &Carrier<'_>) -> String {
    let countries = countries(it);
    let country =
        if countries.is_empty() { String::new() } else { format!(" ({})", countries.join(", ")) };
    let mut text = format!(
        "  {}: {}, for {}{}  [{}]\n",
        it.collection.origin,
        it.name.relation.words(),
        visible(&it.actor.name),
        visible(&country),
        visible(&cited(it.collection, &it.name.cited))
    );
    let others: Vec<&str> = it
        .actor
        .names
        .iter()
        .map(|it| it.name.as_str())
        .filter(|name| *name != it.name.name)
        .collect();
    if !others.is_empty() {
        let _ = writeln!(text, "      which also bears {}", visible(&others.join(", ")));
    }
    text
}

pub(super) fn search(args: &Named) -> Result<()> {
    let view = known(&args.known)?;
    let found = view.search(&args.name);
    if args.json {
        return term::json(&found);
    }
    if found.hits.is_empty() {
        return Err(Failure::nothing(format!(
            "E1004: no name or id has \"{}\" in it; try a shorter part of it{}",
            args.name,
            hidden(&view)
        )));
    }
    let mut text = String::new();
    for it in &found.hits {
        let listed = if it.listed == it.name {
            String::new()
        } else {
            format!(" = {}", visible(&it.listed))
        };
        let _ = writeln!(
            text,
            "{:<10} {:<38} {}{listed}  ({})",
            it.kind,
            visible(&it.id),
            visible(&it.name),
            it.collection
        );
    }
    if found.left_out > 0 {
        let _ = writeln!(text, "and {} more", found.left_out);
    }
    term::line(&format!("{}{}", text.trim_end(), hidden(&view)))
}
