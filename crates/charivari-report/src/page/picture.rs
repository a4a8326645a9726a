//! The drawn network with its legend, and what is not drawn.

use crate::svg::shape;
use crate::view::{Coordination, Kind, Standing};
use crate::{NetworkOptions, format, network_svg};

use super::data::Markup;
use super::groups;
use super::more;

/// The drawn network and its legend.
pub(super) struct Picture {
    pub(super) svg: Markup,
    pub(super) is_empty: bool,
    pub(super) shown: String,
    pub(super) hidden: Option<String>,
    pub(super) legend: Vec<(Markup, String)>,
    pub(super) legend_more: Option<String>,
    pub(super) ungrouped: Option<Markup>,
    pub(super) bands: Vec<(usize, String)>,
    /// Whether edges between publishers are drawn, broken.
    pub(super) has_open: bool,
    /// Whether edges that chance explains are drawn, faintly.
    pub(super) has_faint: bool,
}

/// Draws the network and says what is not drawn.
pub(super) fn picture(view: &Coordination) -> Picture {
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
    let left = (nodes_total - nodes.min(nodes_total), links_total - links.min(links_total));
    let hidden = hidden(left, drawn.left_out as u64);
    let in_legend = groups::with_card(view).count();
    let legend = groups::with_card(view)
        .map(|group| {
            let size = format::count(group.size, "account", "accounts");
            let open = group.kind == Kind::Syndication;
            let badge = Markup::ours(shape::badge(Some(group.number), open));
            let kind = if open { "Publishers" } else { "Group" };
            (badge, format!("{kind} {} · {size}", group.number))
        })
        .collect();
    let has_ungrouped = network.nodes.iter().any(|node| node.group.is_none());
    let bands =
        (drawn.bands.iter()).map(|band| (band.width, weights(band.least, band.greatest))).collect();
    Picture {
        is_empty: drawn.nodes == 0,
        has_open: network.links.iter().any(|link| link.standing == Standing::Open),
        has_faint: drawn.faint > 0,
        svg: Markup::ours(drawn.svg),
        shown,
        hidden,
        legend,
        legend_more: more(in_legend, view.counts.groups, "groups"),
        ungrouped: has_ungrouped.then(|| Markup::ours(shape::badge(None, false))),
        bands,
    }
}

/// What is not drawn, in one sentence.
fn hidden((nodes, links): (u64, u64), left_out: u64) -> Option<String> {
    if nodes == 0 && links == 0 {
        return None;
    }
    let weakest = links.saturating_sub(left_out);
    let left: Vec<String> = [
        (nodes, "account", "accounts"),
        (left_out.min(links), "edge that chance may explain", "edges that chance may explain"),
        (weakest, "edge of the weakest", "edges, the weakest"),
    ]
    .into_iter()
    .filter(|(left, ..)| *left > 0)
    .map(|(left, one, many)| format::count(left, one, many))
    .collect();
    let last = left.len() - 1;
    let told = if last == 0 {
        left[0].clone()
    } else {
        format!("{} and {}", left[..last].join(", "), left[last])
    };
    Some(format!("Not drawn: {told}. They count everywhere else on this page."))
}

/// The weights of one width of line, such as `3 to 5`.
fn weights(least: f64, greatest: f64) -> String {
    let number = |value: f64| {
        if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
    };
    let (least, greatest) = (number(least), number(greatest));
    if least == greatest { least } else { format!("{least} to {greatest}") }
}
