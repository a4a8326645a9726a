//! The page as the template sees it: every string is safe before it gets here.

mod data;
mod edges;
mod groups;
mod inputs;

use askama::Template;
use sha2::{Digest, Sha256};

use crate::summary::{Figure, Summary};
use crate::svg::shape;
use crate::view::{self, Coordination};
use crate::{Error, NetworkOptions, format, limits, network_svg, svg};

use data::{Data, Markup};

/// The look of the page; the charts' part is shared with pictures that stand alone.
const PAGE_STYLE: &str = include_str!("../../templates/page.css");

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
    picture: Picture,
    groups: Vec<groups::Card>,
    groups_more: Option<String>,
    edges: Vec<edges::Row>,
    edges_more: Option<String>,
    behaviours: Vec<Behaviour>,
    inputs: inputs::Quality,
    rules: Rules,
    parameters: Vec<(Data, Data)>,
    command: Data,
    command_line: Data,
    glossary: Vec<(Data, Data)>,
}

/// The drawn network and its legend.
struct Picture {
    svg: Markup,
    is_empty: bool,
    shown: String,
    hidden: Option<String>,
    legend: Vec<(Markup, String)>,
    legend_more: Option<String>,
    ungrouped: Option<Markup>,
    bands: Vec<(usize, String)>,
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
        picture: picture(view),
        groups: groups::cards(view),
        groups_more: more(limits::GROUPS.min(view.groups.len()), view.counts.groups, "groups"),
        edges: edges::rows(view),
        edges_more: more(limits::EDGES.min(view.edges.len()), view.counts.edges_kept, "edges"),
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

/// `Shown: 30 of 312 groups.`, where not all are.
fn more(shown: usize, total: u64, what: &str) -> Option<String> {
    let shown = shown as u64;
    (shown < total)
        .then(|| format!("Shown: {} of {} {what}.", format::number(shown), format::number(total)))
}

fn picture(view: &Coordination) -> Picture {
    let network = &view.network;
    let drawn = network_svg(network, &NetworkOptions::default());
    let nodes_total = network.nodes_total.max(network.nodes.len() as u64);
    let links_total = network.links_total.max(network.links.len() as u64);
    let (nodes, links) = (drawn.nodes as u64, drawn.links as u64);
    let shown = format!(
        "Showing {} of {} and {} of {}.",
        format::number(nodes),
        format::count(nodes_total, "account", "accounts"),
        format::number(links),
        format::count(links_total, "edge", "edges"),
    );
    let hidden = (nodes < nodes_total || links < links_total).then(|| {
        let left: Vec<String> =
            [(nodes_total - nodes, "account", "accounts"), (links_total - links, "edge", "edges")]
                .into_iter()
                .filter(|(left, ..)| *left > 0)
                .map(|(left, one, many)| format::count(left, one, many))
                .collect();
        format!(
            "Not drawn: {}, the weakest; they count everywhere else on this page.",
            left.join(" and ")
        )
    });
    let in_legend = view.groups.len().min(limits::GROUPS);
    let legend = (view.groups.iter().take(in_legend))
        .map(|group| {
            let size = format::count(group.size, "account", "accounts");
            let badge = Markup::ours(shape::badge(Some(group.number)));
            (badge, format!("Group {} · {size}", group.number))
        })
        .collect();
    let has_ungrouped = network.nodes.iter().any(|node| node.group.is_none());
    let bands =
        (drawn.bands.iter()).map(|band| (band.width, weights(band.least, band.greatest))).collect();
    Picture {
        is_empty: drawn.nodes == 0,
        svg: Markup::ours(drawn.svg),
        shown,
        hidden,
        legend,
        legend_more: more(in_legend, view.counts.groups, "groups"),
        ungrouped: has_ungrouped.then(|| Markup::ours(shape::badge(None))),
        bands,
    }
}

/// The weights of one width of line, such as `3 to 5`.
fn weights(least: f64, greatest: f64) -> String {
    let number = |value: f64| {
        if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
    };
    let (least, greatest) = (number(least), number(greatest));
    if least == greatest { least } else { format!("{least} to {greatest}") }
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
fn base64(bytes: &[u8]) -> String {
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
