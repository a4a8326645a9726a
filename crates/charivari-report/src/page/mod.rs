//! The page as the template sees it: every string is safe before it gets here.

pub(crate) mod chance;
pub(crate) mod data;
mod edges;
mod groups;
mod inputs;
mod picture;
mod signs;

use askama::Template;
use sha2::{Digest, Sha256};

use crate::summary::{Figure, Summary};
use crate::view::{self, Coordination};
use crate::{Error, format, limits, svg};

use data::{Data, Markup};

/// The look of the page; the charts' part is shared with pictures that stand alone.
pub(crate) const PAGE_STYLE: &str = include_str!("../../templates/page.css");

#[derive(Template)]
#[template(path = "report.html", whitespace = "minimize")]
struct Page {
    title: Data,
    style: Markup,
    style_hash: String,
    synthetic: Option<Data>,
    tool: Data,
    summary: Summary,
    figures: Vec<Figure>,
    picture: picture::Picture,
    sections: Vec<GroupSection>,
    power: Option<chance::Power>,
    chance: Option<chance::Section>,
    edges: Vec<edges::Row>,
    edges_more: Option<String>,
    signs: Vec<signs::Detector>,
    behaviours: Vec<Behaviour>,
    inputs: inputs::Quality,
    rules: Rules,
    parameters: Vec<(Data, Data)>,
    command: Data,
    command_line: Data,
    glossary: Vec<(Data, Data)>,
}

/// The cards of one kind of group.
struct GroupSection {
    id: &'static str,
    heading: &'static str,
    /// What the reader has to know before the cards.
    intro: Option<&'static str>,
    cards: Vec<groups::Card>,
    more: Option<String>,
}

/// One behaviour with what it means and what else could explain it.
struct Behaviour {
    name: Data,
    meaning: Data,
    innocent: Vec<Data>,
    is_seen: bool,
    edges: String,
    acts: String,
}

/// The rules in words and numbers.
struct Rules {
    window: String,
    window_s: f64,
    min_weight: String,
    min_group: String,
    grouping: Data,
    notes: Vec<Data>,
}

/// Fills and writes the page.
pub(crate) fn render(view: &Coordination) -> Result<String, Error> {
    let style = format!("{}{PAGE_STYLE}", svg::STYLE);
    let summary = Summary::of(view);
    let page = Page {
        title: Data::name(&view.title),
        style_hash: base64(&Sha256::digest(style.as_bytes())),
        style: Markup::ours(style),
        synthetic: view.synthetic.as_deref().map(Data::text),
        tool: Data::name(&view.provenance.tool),
        figures: Figure::all(view),
        summary,
        picture: picture::picture(view),
        sections: sections(view),
        power: view.chance.as_ref().and_then(|chance| chance::power(&chance.power)),
        chance: view.chance.as_ref().map(chance::section),
        edges: edges::rows(view),
        edges_more: more(limits::EDGES.min(view.edges.len()), view.counts.edges_kept, "edges"),
        signs: signs::detectors(&view.signs),
        behaviours: view.behaviours.iter().map(behaviour).collect(),
        inputs: inputs::quality(view),
        rules: rules(&view.rules),
        parameters: (view.provenance.parameters.iter())
            .map(|(name, value)| (Data::name(name), Data::text(value)))
            .collect(),
        command: Data::name(&view.provenance.command),
        command_line: Data::whole(&view.command_line),
        glossary: (view.glossary.iter())
            .map(|term| (Data::name(&term.word), Data::text(&term.meaning)))
            .collect(),
    };
    Ok(page.render()?)
}

/// The groups, and apart from them the publishers, where there are any.
fn sections(view: &Coordination) -> Vec<GroupSection> {
    let tested = view.chance.is_some();
    let open = view.chance.as_ref().map_or(0, |chance| chance.groups_open);
    let groups = groups::cards(view, view::Kind::Coordinated);
    let publishers = groups::cards(view, view::Kind::Syndication);
    let groups = GroupSection {
        id: "groups",
        heading: "The groups",
        intro: tested.then_some(
            "Each group is told with the odds that chance alone made it, what was measured of it, and \
             what else could explain it. Acting together is not forbidden, and no group is shown to be \
             inauthentic by this page alone.",
        ),
        more: more(groups.len(), view.counts.groups.saturating_sub(open), "groups"),
        cards: groups,
    };
    let publishers = GroupSection {
        id: "publishers",
        heading: "Openly publishing together",
        intro: Some(
            "These are newsrooms or other publishers whose outlets post the same stories. They were \
             recognised by their names and links and are set apart, so that nobody takes them for a \
             finding. A name can be imitated: look at the sites before you trust this.",
        ),
        more: more(publishers.len(), open, "groups"),
        cards: publishers,
    };
    let has_publishers = !publishers.cards.is_empty();
    std::iter::once(groups).chain(has_publishers.then_some(publishers)).collect()
}

/// `Shown: 30 of 312 groups.`, where not all are.
fn more(shown: usize, total: u64, what: &str) -> Option<String> {
    let shown = shown as u64;
    (shown < total)
        .then(|| format!("Shown: {} of {} {what}.", format::number(shown), format::number(total)))
}

fn behaviour(behaviour: &view::Behaviour) -> Behaviour {
    Behaviour {
        name: Data::name(&behaviour.name),
        meaning: Data::text(&behaviour.meaning),
        innocent: behaviour.innocent.iter().map(|reason| Data::text(reason)).collect(),
        is_seen: behaviour.edges > 0,
        edges: format::number(behaviour.edges),
        acts: format::number(behaviour.acts),
    }
}

fn rules(rules: &view::Rules) -> Rules {
    Rules {
        window: format::span(rules.window_s),
        window_s: rules.window_s,
        min_weight: format::number(rules.min_weight),
        min_group: format::number(rules.min_group),
        grouping: Data::text(&rules.grouping),
        notes: rules.notes.iter().map(|note| Data::text(note)).collect(),
    }
}

/// Base64 with padding (RFC 4648, section 4), as content security policies write digests.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place <= chunk.len() {
                let index = (bits >> (18 - 6 * place)) & 63;
                out.push(char::from(ALPHABET[index as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_examples_of_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
