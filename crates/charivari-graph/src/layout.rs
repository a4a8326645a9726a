//! A drawing of the graph: where each node goes on the page.
//!
//! The forces are those of `ForceAtlas2` (M. Jacomy, T. Venturini, S. Heymann and M. Bastian 2014,
//! doi 10.1371/journal.pone.0098679): nodes push each other away in proportion to their strengths,
//! edges pull, and a weak gravity holds all together; pushes from afar are taken together (Barnes
//! and Hut). We add what a reader of groups needs:
//!
//! - Each connected component is drawn on its own and then packed around the largest, so that
//!   nothing flies away ([`Options::width`] by [`Options::height`] is filled).
//! - Groups are placed first, each as one heavy node; then their nodes, starting from there.
//! - Edges inside a group pull like springs, in proportion to their length, which gives a group an
//!   area in proportion to its strength. Edges between groups pull with the logarithm of their
//!   length, as in the `LinLog` mode of the paper, which keeps groups apart.
//! - At last nodes that would cover each other are pushed apart.
//!
//! The crate `fa2` was weighed and passed over: it has neither the logarithmic mode nor degrees as
//! masses, its one- and many-threaded paths give different drawings, it drops nodes that come very
//! close, and it raises each weight to a power anew in every iteration.
//!
//! Every force on a node is added up in one fixed order, by whichever thread, so that the drawing
//! does not depend on the number of threads; and only from exactly rounded operations, so that it
//! does not depend on the machine.

mod forces;
mod pack;
mod quadtree;
mod spread;
mod start;

use crate::labels::{dense_labels, members_by_label, order_labels};
use crate::{Graph, GraphError, components, leiden};
use forces::Bodies;

/// A point of the plane.
type Point = [f64; 2];

/// How to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Which group each node is in, by any numbers; `None` to look for communities here.
    pub groups: Option<Vec<u32>>,
    /// Width of the page; x runs from 0 to this. Above 0.
    pub width: f32,
    /// Height of the page; y runs from 0 to this. Above 0.
    pub height: f32,
    /// Turns and shuffles the starting positions.
    pub seed: u64,
    /// How often forces are applied; `None` for a number that suits each component: 300 million
    /// over (100 for each node + 2 for each edge), but at least 60 and at most 400, which holds up
    /// to about 7,000 nodes.
    pub iterations: Option<u32>,
}

impl Default for Options {
    /// Communities found here, a page of 1000 by 1000, seed 0, iterations by size.
    fn default() -> Self {
        Self { groups: None, width: 1000.0, height: 1000.0, seed: 0, iterations: None }
    }
}

/// Gives each node a position on the page, as `[x, y]`.
///
/// # Errors
///
/// `E0505` if there is not one group per node, `E0506` if a side of the page is not above 0 or not
/// finite.
pub fn layout(graph: &Graph, options: &Options) -> Result<Vec<[f32; 2]>, GraphError> {
    check(graph, options)?;
    let groups = match &options.groups {
        Some(groups) => order_labels(groups),
        None => leiden(graph, &leiden::Options::default())?.labels,
    };
    let (parts, count) = dense_labels(&components(graph));
    let (members, starts) = members_by_label(&parts, count);
    let mut points = vec![[0.0; 2]; graph.node_count() as usize];
    let mut discs = Vec::with_capacity(count);
    for part in starts.windows(2) {
        let members = &members[part[0]..part[1]];
        discs.push(draw_component(graph, members, &groups, options, &mut points));
    }
    let centres = pack::pack(&discs, f64::from(options.width) / f64::from(options.height));
    for (point, &part) in points.iter_mut().zip(&parts) {
        let centre = centres[part as usize];
        *point = [point[0] + centre[0], point[1] + centre[1]];
    }
    Ok(fit(&points, options))
}

fn check(graph: &Graph, options: &Options) -> Result<(), GraphError> {
    if let Some(groups) = &options.groups
        && groups.len() != graph.node_count() as usize
    {
        let (labels, nodes) = (groups.len(), graph.node_count());
        return Err(GraphError::LabelsDoNotFit { labels, nodes });
    }
    for (name, side) in [("width", options.width), ("height", options.height)] {
        if !(side.is_finite() && side > 0.0) {
            let expected = "a finite number above 0";
            return Err(GraphError::BadOption { name, value: f64::from(side), expected });
        }
    }
    Ok(())
}

/// Draws one component around the origin, where one unit is about the distance between
/// neighbouring nodes; gives the radius of the disc that it fills.
fn draw_component(
    graph: &Graph,
    members: &[u32],
    groups: &[u32],
    options: &Options,
    points: &mut [Point],
) -> f64 {
    let mut bodies = Bodies::of_component(graph, members, groups);
    start::place(&mut bodies, options.seed);
    let rounds = options.iterations.unwrap_or_else(|| rounds_for(members.len(), bodies.springs()));
    bodies.settle(rounds);
    spread::spread(&mut bodies.points);
    let radius = centre(&mut bodies.points);
    for (&v, &point) in members.iter().zip(&bodies.points) {
        points[v as usize] = point;
    }
    radius + spread::DISTANCE / 2.0
}

/// A number of iterations that keeps the time within seconds.
fn rounds_for(nodes: usize, springs: usize) -> u32 {
    // About 100 pushes are added up per node, each at the price of one pull.
    let work = (nodes.saturating_mul(100).saturating_add(springs)).max(1);
    ((300_000_000 / work) as u32).clamp(60, 400)
}

/// Moves the points so that the middle of their extent is the origin; gives their largest distance
/// from it.
fn centre(points: &mut [Point]) -> f64 {
    let (low, high) = extent(points);
    let middle = [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])];
    let mut radius = 0.0_f64;
    for point in points {
        *point = [point[0] - middle[0], point[1] - middle[1]];
        radius = radius.max((point[0] * point[0] + point[1] * point[1]).sqrt());
    }
    radius
}

fn extent(points: &[Point]) -> (Point, Point) {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    if points.is_empty() { ([0.0; 2], [0.0; 2]) } else { (low, high) }
}

/// Scales the drawing, the same in both directions, to fill the page but for a margin of a
/// fortieth, and puts it in the middle.
fn fit(points: &[Point], options: &Options) -> Vec<[f32; 2]> {
    let page = [f64::from(options.width), f64::from(options.height)];
    let (low, high) = extent(points);
    let mut scale = f64::INFINITY;
    for axis in 0..2 {
        // A point or a line has no extent; it goes to the middle.
        let size = (high[axis] - low[axis]).max(1e-9);
        scale = scale.min(page[axis] * 0.95 / size);
    }
    let at = |point: &Point, axis: usize| {
        let from_middle = point[axis] - f64::midpoint(low[axis], high[axis]);
        (page[axis] / 2.0 + from_middle * scale).clamp(0.0, page[axis]) as f32
    };
    points.iter().map(|point| [at(point, 0), at(point, 1)]).collect()
}
