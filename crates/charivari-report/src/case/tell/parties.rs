//! Who is spoken of, on what public ground, and what they answer.

use charivari_model::case::{Actor, Claim};

use super::{Case, capped};
use crate::case::doc::{Block, Card, Line, Section, Span, joined, line, para};
use crate::limits;

pub(super) fn section(case: &Case) -> Section {
    let actors = &case.dossier.actors;
    let mut blocks = Vec::new();
    if actors.is_empty() {
        blocks.push(Block::Para("empty", line!["No party is recorded in this case."]));
    } else {
        blocks.push(para(line![
            "Nobody should be named without a public ground; where none is recorded, that is said. Whoever is \
             named gets a place for an answer."
        ]));
    }
    let shown = actors.len().min(limits::CASE_ACTORS);
    blocks.extend(actors.iter().take(shown).map(|it| card(case, it)));
    blocks.extend(capped(shown, actors.len() as u64, "parties").map(|it| Block::Para("more", it)));
    Section { id: "parties", title: "Parties and their replies", short: "Parties", blocks }
}

fn card(case: &Case, actor: &Actor) -> Block {
    let mut title = line![Span::Strong(actor.id.to_string()), " "];
    title.push(Span::Name(actor.name.clone()));
    let mut meta = line![Span::Name(actor.what.clone())];
    if actor.ground.is_empty() {
        meta.push(Span::Missing("; no ground for naming it is recorded".to_owned()));
    } else {
        meta.extend(line!["; named on this ground: ", Span::Text(actor.ground.clone())]);
    }
    let mut blocks = vec![Block::Para("meta", meta)];
    if !actor.text.is_empty() {
        blocks.push(para(line![Span::Text(actor.text.clone())]));
    }
    blocks.extend(aliases(actor));
    blocks.extend(claims(case, actor));
    let reply = if actor.reply.is_empty() {
        line![Span::Strong("Asked for a reply:".to_owned()), " no reply recorded."]
    } else {
        line![Span::Strong("Asked for a reply:".to_owned()), " ", Span::Quoted(actor.reply.clone())]
    };
    blocks.push(Block::Para("reply", reply));
    Block::Card(Card { id: actor.id.to_string(), title, blocks })
}

fn aliases(actor: &Actor) -> Option<Block> {
    let items = actor.aliases.iter().take(20).map(|it| -> Line {
        let mut told = line![Span::Name(it.name.clone()), " (", Span::Name(it.source.clone())];
        if let Some(since) = &it.since {
            told.extend(line![", since ", Span::Name(since.given.clone())]);
        }
        told.push(Span::from(")"));
        told
    });
    let mut told = line!["Also called: "];
    told.extend(joined(items, "; "));
    (!actor.aliases.is_empty()).then_some(Block::Para("hint", told))
}

/// What the party itself said.
fn claims(case: &Case, actor: &Actor) -> Option<Block> {
    let is_theirs = |it: &&Claim| case.actor(&it.who).is_some_and(|party| party.id == actor.id);
    let said: Vec<_> = case.dossier.claims.iter().filter(is_theirs).map(|it| it.id).collect();
    let mut told = line!["Said: "];
    told.extend(joined(said.iter().take(limits::CASE_SEEN).map(|it| line![*it]), ", "));
    (!said.is_empty()).then_some(Block::Para("hint", told))
}
