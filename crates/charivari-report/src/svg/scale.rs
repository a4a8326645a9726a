//! Fits the layout's own units into the drawing, and chooses what is drawn.

use crate::limits;
use crate::view::{Link, Network, Node, Standing};

use super::hull::Point;

/// Beyond this a coordinate is an error of the layout; it is held here so that sums stay finite.
const FAR: f64 = 1e9;

/// The room kept free around the drawing for labels.
const MARGIN: f64 = 46.0;

/// A network reduced to what is drawn, with places in the drawing.
#[derive(Debug)]
pub(crate) struct Drawing<'a> {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// The nodes with their places, in the order of the network.
    pub(crate) nodes: Vec<(&'a Node, Point)>,
    /// The edges; what chance explains first, then the weakest, so that strong lines lie on top.
    pub(crate) links: Vec<Line>,
    /// How many edges that chance explains were left out, with all accounts that have no other.
    pub(crate) left_out: usize,
}

/// An edge that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    /// The two ends, by place among the drawn nodes.
    pub(crate) ends: (usize, usize),
    pub(crate) weight: f64,
    pub(crate) standing: Standing,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(network: &'a Network, width: f64, max: (usize, usize)) -> Self {
        let (sought, left_out) = sought(network);
        let kept = strongest_nodes(&network.nodes, &sought, max.0);
        let (height, places) = fit(&kept, &network.nodes, width);
        let mut drawn_as = vec![usize::MAX; network.nodes.len()];
        for (drawn, &index) in kept.iter().enumerate() {
            drawn_as[index] = drawn;
        }
        let nodes = kept.iter().zip(places).map(|(&i, place)| (&network.nodes[i], place)).collect();
        let candidates = network.links.iter().filter(|link| left_out == 0 || !is_chance(link));
        let links = strongest_links(candidates, &drawn_as, max.1);
        Self { width, height, nodes, links, left_out }
    }

    /// The largest size of a drawn node, for the scale of the marks.
    pub(crate) fn largest(&self) -> f64 {
        self.nodes.iter().map(|(node, _)| strength(node)).fold(0.0, f64::max)
    }

    /// The least and the greatest weight of the edges that stand, or of all where none does.
    pub(crate) fn weights(&self) -> Option<(f64, f64)> {
        let first = self.links.iter().find(|line| line.standing != Standing::Chance);
        Some((first.or(self.links.first())?.weight, self.links.last()?.weight))
    }
}

fn is_chance(link: &Link) -> bool {
    link.standing == Standing::Chance
}

/// Which nodes are to be drawn, and how many edges are left out: all that chance explains where
/// they are many and others are there, with the accounts that have no other.
fn sought(network: &Network) -> (Vec<bool>, usize) {
    let chance = network.links.iter().filter(|link| is_chance(link)).count();
    if chance <= limits::DRAWN_CHANCE || chance == network.links.len() {
        return (vec![true; network.nodes.len()], 0);
    }
    let mut sought = vec![false; network.nodes.len()];
    for link in network.links.iter().filter(|link| !is_chance(link)) {
        for end in [link.source, link.target] {
            if let Some(node) = usize::try_from(end).ok().and_then(|end| sought.get_mut(end)) {
                *node = true;
            }
        }
    }
    (sought, chance)
}

/// A node's size as a number that can be compared: what is not one counts as zero.
pub(crate) fn strength(node: &Node) -> f64 {
    if node.size.is_finite() { node.size.clamp(0.0, FAR) } else { 0.0 }
}

/// The indices of the largest nodes that have a place, in their own order.
fn strongest_nodes(nodes: &[Node], sought: &[bool], max: usize) -> Vec<usize> {
    let has_place = |i: &usize| nodes[*i].x.is_finite() && nodes[*i].y.is_finite();
    let mut kept: Vec<usize> = (0..nodes.len()).filter(|i| sought[*i]).filter(has_place).collect();
    if kept.len() > max {
        kept.sort_by(|&a, &b| strength(&nodes[b]).total_cmp(&strength(&nodes[a])).then(a.cmp(&b)));
        kept.truncate(max);
        kept.sort_unstable();
    }
    kept
}

/// The strongest links between drawn nodes; those that stand last, and of these the strongest.
fn strongest_links<'l>(
    links: impl Iterator<Item = &'l Link>,
    drawn_as: &[usize],
    max: usize,
) -> Vec<Line> {
    let drawn = |index: u32| {
        drawn_as.get(usize::try_from(index).ok()?).copied().filter(|&place| place != usize::MAX)
    };
    let line = |link: &Link| {
        let ends = (drawn(link.source)?, drawn(link.target)?);
        Some(Line { ends, weight: link.weight, standing: link.standing })
    };
    let mut kept: Vec<Line> = links
        .filter(|link| link.weight.is_finite() && link.source != link.target)
        .filter_map(line)
        .collect();
    kept.sort_by(|a, b| {
        let explained = |line: &Line| line.standing == Standing::Chance;
        (explained(a).cmp(&explained(b)))
            .then(b.weight.total_cmp(&a.weight))
            .then(a.ends.cmp(&b.ends))
    });
    kept.truncate(max);
    kept.reverse();
    kept
}

/// The height of the drawing and the place of each kept node.
fn fit(kept: &[usize], nodes: &[Node], width: f64) -> (f64, Vec<Point>) {
    let held = |value: f64| value.clamp(-FAR, FAR);
    let xs = || kept.iter().map(|&i| held(nodes[i].x));
    let ys = || kept.iter().map(|&i| held(nodes[i].y));
    let (left, right) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
    let (top, bottom) = (ys().fold(f64::MAX, f64::min), ys().fold(f64::MIN, f64::max));
    // A single node, or all in one place, has no extent; any positive one will do.
    let (wide, high) = ((right - left).max(1e-6), (bottom - top).max(1e-6));
    let inner = width - 2.0 * MARGIN;
    // A handful of accounts on a tall sheet would look like a constellation.
    let tallest = (0.3 + 0.04 * (kept.len() as f64).sqrt()).min(0.68);
    let height = (inner * high / wide).clamp(0.3 * width, tallest * width) + 2.0 * MARGIN;
    let scale = (inner / wide).min((height - 2.0 * MARGIN) / high);
    let middle = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let places = xs()
        .zip(ys())
        .map(|(x, y)| (width / 2.0 + (x - middle.0) * scale, height / 2.0 + (y - middle.1) * scale))
        .collect();
    (height, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(x: f64, y: f64, size: f64) -> Node {
        Node { x, y, group: None, label: String::new(), size, open: false }
    }

    #[test]
    fn every_place_lies_inside_whatever_the_layout_says() {
        for (name, points) in [
            ("one", vec![(0.0, 0.0)]),
            ("a line", vec![(0.0, 0.0), (5.0, 0.0)]),
            ("far", vec![(f64::MAX, 0.0), (f64::MIN, f64::MAX)]),
            ("not numbers", vec![(f64::NAN, 0.0), (1.0, f64::INFINITY), (1.0, 1.0)]),
        ] {
            let nodes = points.iter().map(|&(x, y)| node(x, y, 1.0)).collect();
            let network = Network { nodes, ..Network::default() };
            let drawing = Drawing::new(&network, 1_000.0, (10, 10));
            for (_, (x, y)) in &drawing.nodes {
                assert!((0.0..=drawing.width).contains(x), "{name}: {x}");
                assert!((0.0..=drawing.height).contains(y), "{name}: {y}");
            }
        }
    }

    #[test]
    fn the_largest_nodes_and_the_strongest_links_stay() {
        let nodes = vec![node(0.0, 0.0, 1.0), node(1.0, 0.0, 9.0), node(2.0, 0.0, 5.0)];
        let link = |source, target, weight, standing| Link { source, target, weight, standing };
        let links = vec![
            link(0, 1, 50.0, Standing::Stands),
            link(1, 2, 3.0, Standing::Open),
            link(2, 1, 4.0, Standing::Stands),
            link(1, 2, 8.0, Standing::Chance),
            link(7, 1, 9.0, Standing::Stands),
            link(1, 1, 9.0, Standing::Stands),
        ];
        let network = Network { nodes, links, nodes_total: 3, links_total: 5 };
        let drawing = Drawing::new(&network, 1_000.0, (2, 1));
        assert_eq!(drawing.nodes.len(), 2);
        assert_eq!(drawing.links.len(), 1);
        assert_eq!((drawing.links[0].ends, drawing.links[0].weight), ((1, 0), 4.0));
        assert_eq!(Drawing::new(&network, 1_000.0, (2, 9)).links[0].standing, Standing::Chance);
    }

    #[test]
    fn what_chance_explains_is_left_out_where_it_is_much_and_other_edges_stand() {
        let nodes = (0..4).map(|at| node(f64::from(at), 0.0, 1.0)).collect();
        let link = |source, target, standing| Link { source, target, weight: 2.0, standing };
        let mut links = vec![link(2, 3, Standing::Chance); limits::DRAWN_CHANCE + 1];
        let mut network = Network { nodes, links: links.clone(), ..Network::default() };
        assert_eq!(Drawing::new(&network, 1_000.0, (9, 9)).left_out, 0);
        links.push(link(0, 1, Standing::Stands));
        network.links = links;
        let drawing = Drawing::new(&network, 1_000.0, (9, 9));
        assert_eq!(drawing.left_out, limits::DRAWN_CHANCE + 1);
        assert_eq!((drawing.nodes.len(), drawing.links.len()), (2, 1));
    }
}
