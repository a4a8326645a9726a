//! The networks of the runs, drawn.

use charivari_model::case::{Picture, Run};

use super::{Case, capped};
use crate::case::doc::{Block, Line, Section, Span, line, para};
use crate::svg::network::network_svg_as;
use crate::svg::shape;
use crate::view::{Link, Network, Node, Standing};
use crate::{NetworkOptions, format, limits};

pub(super) fn section(case: &Case) -> Section {
    let drawn = |run: &&Run| {
        run.superseded_by.is_none() && run.picture.as_ref().is_some_and(|it| !it.nodes.is_empty())
    };
    let runs: Vec<&Run> = case.dossier.runs.iter().filter(drawn).collect();
    let mut blocks = Vec::new();
    if runs.is_empty() {
        blocks.push(Block::Para("empty", line!["No network was drawn in this case."]));
    } else {
        blocks.push(para(line![
            "Each mark is an account; a line joins two that met on the same objects within a short time, \
             more often than chance explains where it was tested. A group has its own colour and its own \
             shape. Which lines stand is told in the findings."
        ]));
    }
    for run in runs.iter().take(limits::CASE_PICTURES) {
        if let Some(picture) = &run.picture {
            blocks.push(chart(run, picture));
        }
    }
    let shown = runs.len().min(limits::CASE_PICTURES);
    blocks.extend(capped(shown, runs.len() as u64, "networks").map(|it| Block::Para("more", it)));
    Section { id: "network", title: "The network", short: "Network", blocks }
}

fn chart(run: &Run, picture: &Picture) -> Block {
    let network = network(picture);
    let drawn =
        network_svg_as(&network, &NetworkOptions::default(), &format!("network-{}", run.id));
    let mut legend: Vec<Line> = picture
        .groups
        .iter()
        .take(limits::CASE_LEGEND)
        .map(|group| {
            let badge = Span::Badge(shape::badge(Some(group.number), group.open));
            let size = format::count(group.accounts, "account", "accounts");
            let open = if group.open { ", openly publishing together" } else { "" };
            line![badge, " ", Span::Name(group.name.clone()), format!(" · {size}{open}")]
        })
        .collect();
    if picture.nodes.iter().any(|node| node.group.is_none()) {
        legend.push(line![Span::Badge(shape::badge(None, false)), " in no group"]);
    }
    let total = |shown: usize, total: u64| total.max(shown as u64);
    let caption = line![
        run.id,
        format!(
            ". Showing {} of {} and {} of {}. A larger mark took more part. Distances and directions have \
             no measure of their own.",
            format::number(drawn.nodes as u64),
            format::count(total(picture.nodes.len(), picture.nodes_total), "account", "accounts"),
            format::number(drawn.links as u64),
            format::count(total(picture.edges.len(), picture.edges_total), "edge", "edges"),
        )
    ];
    let label = format!("Drawing of the network of {}", run.id);
    Block::Chart { label, svg: drawn.svg, legend, caption }
}

/// The picture in the form in which it is drawn.
fn network(picture: &Picture) -> Network {
    let is_open = |end: u32| picture.nodes.get(end as usize).is_some_and(|node| node.open);
    let nodes = picture.nodes.iter().map(|node| Node {
        x: node.x,
        y: node.y,
        group: node.group,
        label: node.label.clone(),
        size: node.size,
        open: node.open,
    });
    let links = picture.edges.iter().map(|edge| Link {
        source: edge.source,
        target: edge.target,
        weight: edge.weight,
        standing: match edge.significant {
            false => Standing::Chance,
            true if is_open(edge.source) && is_open(edge.target) => Standing::Open,
            true => Standing::Stands,
        },
    });
    Network {
        nodes: nodes.collect(),
        links: links.collect(),
        nodes_total: picture.nodes_total,
        links_total: picture.edges_total,
    }
}
