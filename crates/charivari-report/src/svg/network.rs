//! The drawn network: accounts as marks, edges as lines, groups as labelled areas.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::format;
use crate::limits;
use crate::show;
use crate::view::{Network, Node, Standing};

use super::hull::{Point, convex};
use super::labels::{Area, Sheet, text_width};
use super::scale::{Drawing, strength};
use super::{STYLE, open, push_escaped, px, shape};

/// Width of the drawing in its own units; it scales to the width of the page.
const WIDTH: f64 = 1_160.0;
/// Steps of line width.
const BANDS: usize = 4;
/// Groups that get an area and a label of their own; the others keep their mark.
const NAMED_GROUPS: usize = 30;
/// Up to this many accounts, each gets its label where there is room.
const LABEL_ALL: usize = 40;
/// Labels of a group in a larger network.
const LABELS_PER_GROUP: usize = 3;
/// Above this many accounts none is named: the marks leave no room, and the tables name them all.
const NAMED_NETWORK: usize = 300;
const NODE_FONT: f64 = 14.0;
const GROUP_FONT: f64 = 20.0;

/// How to draw a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkOptions {
    /// Accounts drawn at most; those with the largest size stay.
    pub max_nodes: usize,
    /// Edges drawn at most; the strongest stay.
    pub max_links: usize,
    /// Whether the picture is a file of its own, with its own colours for light and dark.
    pub standalone: bool,
    /// Whether the data was invented, which a picture of its own says in its corner.
    pub synthetic: bool,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            max_nodes: limits::DRAWN_NODES,
            max_links: limits::DRAWN_LINKS,
            standalone: false,
            synthetic: false,
        }
    }
}

/// A drawn network and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkPicture {
    /// The SVG element.
    pub svg: String,
    /// Accounts in the picture.
    pub nodes: usize,
    /// Edges in the picture.
    pub links: usize,
    /// The weights of each width of line in use, the thinnest first; what chance explains has none.
    pub bands: Vec<WeightBand>,
    /// Edges in the picture that chance explains, drawn faintly.
    pub faint: usize,
    /// Edges that chance explains, left out because there are many.
    pub left_out: usize,
}

/// The weights that share one width of line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightBand {
    /// The width's number, from 1 (thinnest) to 4.
    pub width: usize,
    /// The least weight drawn so.
    pub least: f64,
    /// The greatest weight drawn so.
    pub greatest: f64,
}

/// Draws a network as SVG.
///
/// Labels are made safe to look at; the picture has no script and no address to load. Nodes whose
/// place is not a finite number, and links to nodes that are not there, are left out and not
/// counted as drawn.
#[must_use]
pub fn network_svg(network: &Network, options: &NetworkOptions) -> NetworkPicture {
    network_svg_as(network, options, "network")
}

/// As [`network_svg`], for a page that holds several; `id` must be unique on it and free of markup.
pub(crate) fn network_svg_as(
    network: &Network,
    options: &NetworkOptions,
    id: &str,
) -> NetworkPicture {
    let drawing = Drawing::new(network, WIDTH, (options.max_nodes, options.max_links));
    let mut out = String::new();
    let mut told = description(network, &drawing);
    told.push_str(match (options.standalone, options.synthetic) {
        (false, _) => " The same accounts and edges stand in the tables below.",
        (true, true) => " The data is synthetic.",
        (true, false) => "",
    });
    open(&mut out, id, "network", (WIDTH, drawing.height), ("Network of accounts", &told));
    if options.standalone {
        out.push_str("<style>");
        out.push_str(STYLE);
        out.push_str("</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>");
    }
    let members = members(&drawing);
    draw_areas(&mut out, &members);
    let bands = draw_links(&mut out, &drawing);
    draw_nodes(&mut out, &drawing);
    draw_labels(&mut out, &drawing, &members);
    if options.standalone && options.synthetic {
        // Writing to a string does not fail.
        let foot = px(drawing.height - 12.0);
        let _ = write!(out, "<text x=\"14\" y=\"{foot}\" font-size=\"14\">Synthetic data</text>");
    }
    out.push_str("</svg>");
    let faint = drawing.links.iter().filter(|line| line.standing == Standing::Chance).count();
    let (nodes, links) = (drawing.nodes.len(), drawing.links.len());
    NetworkPicture { svg: out, nodes, links, bands, faint, left_out: drawing.left_out }
}

/// What the picture shows, for those who do not see it.
fn description(network: &Network, drawing: &Drawing) -> String {
    let mut groups: Vec<u32> = drawing.nodes.iter().filter_map(|(node, _)| node.group).collect();
    groups.sort_unstable();
    groups.dedup();
    format!(
        "{} of {} and {} of {} are drawn, in {}.",
        format::number(drawing.nodes.len() as u64),
        format::count(network.nodes_total.max(network.nodes.len() as u64), "account", "accounts"),
        format::number(drawing.links.len() as u64),
        format::count(network.links_total.max(network.links.len() as u64), "edge", "edges"),
        format::count(groups.len() as u64, "group", "groups"),
    )
}

/// The places of the members of the groups that get a label, by the group's number.
fn members(drawing: &Drawing) -> BTreeMap<u32, Vec<Point>> {
    let mut members: BTreeMap<u32, Vec<Point>> = BTreeMap::new();
    for (node, place) in &drawing.nodes {
        if let Some(group) = node.group.filter(|&number| number > 0) {
            members.entry(group).or_default().push(*place);
        }
    }
    members.into_iter().take(NAMED_GROUPS).collect()
}

/// A soft area behind each group: its hull, drawn with a wide round line.
fn draw_areas(out: &mut String, members: &BTreeMap<u32, Vec<Point>>) {
    for (&number, places) in members {
        let hull = convex(places);
        put!(out, "<path class=\"area {}\" d=\"", shape::class(Some(number)));
        for (index, (x, y)) in hull.iter().enumerate() {
            out.push(if index == 0 { 'M' } else { 'L' });
            put!(out, "{} {}", px(*x), px(*y));
        }
        out.push_str("Z\"/>");
    }
}

/// All lines of one colour and width in one path, which keeps the page small.
fn draw_links(out: &mut String, drawing: &Drawing) -> Vec<WeightBand> {
    let Some((least, greatest)) = drawing.weights() else { return Vec::new() };
    let mut paths: BTreeMap<(bool, usize, u32, bool), String> = BTreeMap::new();
    let mut bands: Vec<WeightBand> = Vec::new();
    for line in &drawing.links {
        let stands = line.standing != Standing::Chance;
        let (weight, (source, target)) = (line.weight, line.ends);
        let width = if stands { band(weight, least, greatest) } else { 0 };
        match bands.last_mut().filter(|band| band.width == width) {
            _ if !stands => {}
            Some(band) => band.greatest = weight,
            None => bands.push(WeightBand { width, least: weight, greatest: weight }),
        }
        let ((from, a), (to, b)) = (drawing.nodes[source], drawing.nodes[target]);
        let group = from.group.filter(|_| stands && from.group == to.group).unwrap_or(0);
        let open = line.standing == Standing::Open;
        let path = paths.entry((stands, width, colour_key(group), open)).or_default();
        put!(path, "M{} {}L{} {}", px(a.0), px(a.1), px(b.0), px(b.1));
    }
    // Many lines on one sheet need to be fainter for the structure to be seen.
    let density = match drawing.links.len() {
        0..600 => "sparse",
        600..2_500 => "dense",
        _ => "crowded",
    };
    put!(out, "<g class=\"links {density}\">");
    for ((_, width, colour, open), path) in paths {
        let open = if open { " open" } else { "" };
        put!(out, "<path class=\"w{width} g{colour}{open}\" d=\"{path}\"/>");
    }
    out.push_str("</g>");
    bands
}

/// The number of a group's colour, or 0.
fn colour_key(group: u32) -> u32 {
    if group == 0 { 0 } else { (group - 1) % shape::COLOURS + 1 }
}

/// The width of a line, from 1 to [`BANDS`], on a logarithmic scale between the two ends.
fn band(weight: f64, least: f64, greatest: f64) -> usize {
    let log = |value: f64| value.max(1.0).ln();
    let extent = log(greatest) - log(least);
    if extent <= 0.0 {
        return 2;
    }
    let share = (log(weight) - log(least)) / extent;
    (1..BANDS).filter(|&step| share >= step as f64 / BANDS as f64).count() + 1
}

/// The radius of a node's mark.
fn radius(drawing: &Drawing, node: &Node, largest: f64) -> f64 {
    let base = (200.0 / (drawing.nodes.len().max(1) as f64).sqrt()).clamp(3.6, 9.0);
    let share = if largest > 0.0 { (strength(node) / largest).sqrt() } else { 0.5 };
    base * (0.65 + 0.7 * share)
}

/// One mark an account, each with its name for the pointer.
fn draw_nodes(out: &mut String, drawing: &Drawing) {
    let largest = drawing.largest();
    // Small marks last, so that a large one never hides a small one.
    let mut order: Vec<usize> = (0..drawing.nodes.len()).collect();
    order.sort_by(|&a, &b| {
        strength(drawing.nodes[b].0).total_cmp(&strength(drawing.nodes[a].0)).then(a.cmp(&b))
    });
    out.push_str("<g class=\"nodes\">");
    for index in order {
        let (node, (x, y)) = drawing.nodes[index];
        let (name, attributes) = shape::mark(node.group, x, y, radius(drawing, node, largest));
        let class = shape::class(node.group);
        let open = if node.open { " open" } else { "" };
        put!(out, "<{name} class=\"{class}{open}\" {attributes}><title>");
        push_escaped(out, &label(node));
        match node.group {
            Some(number) if number > 0 && node.open => put!(out, ", publishers {number}"),
            Some(number) if number > 0 => put!(out, ", group {number}"),
            _ => out.push_str(", no group"),
        }
        put!(out, "</title></{name}>");
    }
    out.push_str("</g>");
}

/// A node's name, safe to look at.
fn label(node: &Node) -> String {
    show::shorten(&show::text(&node.label), limits::NAME)
}

/// The groups' numbers first, then as many accounts' names as have room.
fn draw_labels(out: &mut String, drawing: &Drawing, members: &BTreeMap<u32, Vec<Point>>) {
    let mut sheet = Sheet::new(drawing.width, drawing.height);
    let largest = drawing.largest();
    let open: BTreeSet<u32> = drawing
        .nodes
        .iter()
        .filter(|(node, _)| node.open)
        .filter_map(|(node, _)| node.group)
        .collect();
    let marks: Vec<Area> = (drawing.nodes.iter())
        .map(|(node, place)| {
            let side = 2.0 * radius(drawing, node, largest);
            Area::around(*place, side, side)
        })
        .collect();
    out.push_str("<g class=\"labels\">");
    for (&number, places) in members {
        // Where there is no room for the words, the number may have some; where there is none
        // either, the mark and the legend have to do, since two labels on one spot tell nothing.
        let kind = if open.contains(&number) { "Publishers" } else { "Group" };
        for text in [format!("{kind} {number}"), number.to_string()] {
            let width = text_width(&text, GROUP_FONT);
            let spots = around_group(places, width);
            if let Some(spot) = sheet.place_clear(&spots, width + 8.0, GROUP_FONT + 4.0, &marks) {
                push_text(out, "group-label", spot, GROUP_FONT, &text);
                break;
            }
        }
    }
    let named = named(drawing);
    for mark in marks.into_iter().filter(|_| !named.is_empty()) {
        sheet.take(mark);
    }
    for index in named {
        let (node, (x, y)) = drawing.nodes[index];
        let r = radius(drawing, node, largest);
        let text = show::shorten(&label(node), 24);
        let (wide, high) = (text_width(&text, NODE_FONT), NODE_FONT + 2.0);
        let (side, above) = (wide / 2.0 + r + 4.0, high / 2.0 + r + 2.0);
        let spots = [
            (x + side, y),
            (x - side, y),
            (x, y - above),
            (x, y + above),
            (x + side - r, y - above),
            (x + side - r, y + above),
            (x - side + r, y - above),
            (x - side + r, y + above),
        ];
        if let Some(spot) = sheet.place(&spots, wide, high) {
            push_text(out, "node-label", spot, NODE_FONT, &text);
        }
    }
    out.push_str("</g>");
}

/// The accounts worth a name: all in a small network, the largest of each group in a middling one.
fn named(drawing: &Drawing) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drawing.nodes.len()).collect();
    order.sort_by(|&a, &b| {
        strength(drawing.nodes[b].0).total_cmp(&strength(drawing.nodes[a].0)).then(a.cmp(&b))
    });
    if drawing.nodes.len() <= LABEL_ALL {
        return order;
    }
    if drawing.nodes.len() > NAMED_NETWORK {
        return Vec::new();
    }
    let mut named_in: BTreeMap<u32, usize> = BTreeMap::new();
    order.retain(|&index| {
        let Some(group) = drawing.nodes[index].0.group else { return false };
        let count = named_in.entry(group).or_default();
        *count += 1;
        *count <= LABELS_PER_GROUP && group as usize <= NAMED_GROUPS
    });
    order
}

/// Spots for a group's label: over, under, right and left of its members, then at the corners.
fn around_group(places: &[Point], width: f64) -> [Point; 8] {
    let far = |pick: fn(f64, f64) -> f64, of: fn(&Point) -> f64| {
        places.iter().map(of).reduce(pick).unwrap_or(0.0)
    };
    let (left, right) = (far(f64::min, |p| p.0), far(f64::max, |p| p.0));
    let (top, bottom) = (far(f64::min, |p| p.1), far(f64::max, |p| p.1));
    let middle = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let (over, under) = (top - 32.0, bottom + 34.0);
    let (after, before) = (right + width / 2.0 + 26.0, left - width / 2.0 - 26.0);
    [
        (middle.0, over),
        (middle.0, under),
        (after, middle.1),
        (before, middle.1),
        (after, over),
        (before, over),
        (after, under),
        (before, under),
    ]
}

fn push_text(out: &mut String, class: &str, centre: Point, font: f64, text: &str) {
    put!(
        out,
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" unicode-bidi=\"isolate\">",
        px(centre.0),
        px(centre.1 + font * 0.35),
        px(font)
    );
    push_escaped(out, text);
    out.push_str("</text>");
}
