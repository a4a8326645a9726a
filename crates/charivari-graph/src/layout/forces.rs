//! The forces on the nodes of one component, and their motion under them.

use rayon::prelude::*;

use super::Point;
use super::quadtree::Quadtree;
use crate::Graph;
use crate::arithmetic::ln_1p;

/// Pull towards the middle, per distance. Bounds the drawing to about three times the radius that
/// a component without any group would have.
const GRAVITY: f64 = 0.12;
/// How hard an edge between groups pulls at short distance, against one within.
const BETWEEN: f64 = 0.35;
/// Edges between groups pull harder where they are few, as if they made up this share of all: a
/// little when nodes move, so that groups stay apart; more when whole groups are placed, so that
/// even a single edge brings the groups that it joins together.
const LEAST_SHARE: f64 = 0.15;
const LEAST_SHARE_OF_GROUPS: f64 = 0.6;
/// But never more than this many times as hard.
const MOST_HARDER: f64 = 12.0;
/// Fewer bodies than this are not worth the threads' time.
const PARALLEL: usize = 512;
/// Bodies per piece of work; fixed, though no sum crosses pieces.
const PIECE: usize = 256;

/// The nodes of a component as bodies with springs between them. The unit of length is about the
/// distance of neighbouring nodes.
pub(super) struct Bodies {
    pub(super) points: Vec<Point>,
    /// Sum of a body's spring strengths, as `ForceAtlas2` takes the degree.
    pub(super) masses: Vec<f64>,
    /// Group of each body, numbered from 0 within the component.
    pub(super) groups: Vec<u32>,
    /// How many nodes each body stands for.
    sizes: f64,
    /// How hard springs between groups pull, against those within.
    between: f64,
    offsets: Vec<usize>,
    targets: Vec<u32>,
    strengths: Vec<f64>,
}

/// What moves a body, beside its position.
#[derive(Clone, Copy)]
struct Motion {
    force: Point,
    step: f64,
}

impl Bodies {
    /// The component with the given nodes, all at the origin. A spring's strength is the root of
    /// its edge's weight over the mean: a pair joined a hundred times as often pulls ten times as
    /// hard.
    pub(super) fn of_component(graph: &Graph, members: &[u32], groups: &[u32]) -> Self {
        let groups: Vec<u32> = members.iter().map(|&v| groups[v as usize]).collect();
        let (groups, _) = crate::labels::dense_labels(&groups);
        // Members ascend, and so do the numbers that they get.
        let local = |v: u32| members.partition_point(|&member| member < v) as u32;
        let rows = || members.iter().map(|&v| graph.neighbours(v));
        let springs: usize = rows().map(|row| row.0.len()).sum();
        let total: f64 = rows().map(|row| row.1.iter().sum::<f64>() / springs.max(1) as f64).sum();
        let mean = if total > 0.0 { total } else { 1.0 };
        let mut bodies = Self::empty(members.len(), groups);
        let whole = members.len() == graph.node_count() as usize;
        for (targets, weights) in rows() {
            if whole {
                bodies.targets.extend_from_slice(targets);
            } else {
                bodies.targets.extend(targets.iter().map(|&u| local(u)));
            }
            bodies.strengths.extend(weights.iter().map(|&w| (w / mean).sqrt()));
            bodies.close_row();
        }
        bodies.weigh_between(LEAST_SHARE);
        bodies
    }

    /// Sets how hard springs between groups pull, by their share in all.
    fn weigh_between(&mut self, least_share: f64) {
        let mut between = 0.0;
        for (v, group) in self.groups.iter().enumerate() {
            for (u, strength) in self.row(v) {
                if self.groups[u as usize] != *group {
                    between += strength;
                }
            }
        }
        let all: f64 = self.masses.iter().sum();
        if between > 0.0 {
            self.between = BETWEEN * (least_share * all / between).clamp(1.0, MOST_HARDER);
        }
    }

    /// One body per group, with the springs between groups added up.
    pub(super) fn of_groups(&self) -> Self {
        let count = self.groups.iter().max().map_or(0, |&last| last as usize + 1);
        let (mut source, mut target, mut strength) = (vec![], vec![], vec![]);
        for v in 0..self.points.len() {
            for (u, s) in self.row(v) {
                let (a, b) = (self.groups[v], self.groups[u as usize]);
                if a < b {
                    source.push(a);
                    target.push(b);
                    strength.push(s);
                }
            }
        }
        let mut bodies = Self::empty(count, (0..count as u32).collect());
        bodies.sizes = self.sizes;
        if let Ok(graph) = Graph::from_edges(count as u32, &source, &target, &strength) {
            for v in 0..count as u32 {
                let (targets, strengths) = graph.neighbours(v);
                bodies.targets.extend_from_slice(targets);
                bodies.strengths.extend_from_slice(strengths);
                bodies.close_row();
            }
        }
        bodies.masses = vec![0.0; count];
        for (&group, mass) in self.groups.iter().zip(&self.masses) {
            bodies.masses[group as usize] += mass;
        }
        bodies.weigh_between(LEAST_SHARE_OF_GROUPS);
        bodies
    }

    fn empty(count: usize, groups: Vec<u32>) -> Self {
        Self {
            points: vec![[0.0; 2]; count],
            masses: Vec::with_capacity(count),
            groups,
            sizes: count as f64,
            between: BETWEEN,
            offsets: vec![0],
            targets: vec![],
            strengths: vec![],
        }
    }

    fn close_row(&mut self) {
        let from = self.offsets.last().copied().unwrap_or(0);
        // Never quite 0, so that a body can be divided by its mass.
        self.masses.push(self.strengths[from..].iter().sum::<f64>().max(1e-3));
        self.offsets.push(self.targets.len());
    }

    /// Number of springs, each counted at both ends.
    pub(super) fn springs(&self) -> usize {
        self.targets.len()
    }

    /// How many nodes the bodies stand for together.
    pub(super) fn node_total(&self) -> f64 {
        self.sizes
    }

    fn row(&self, v: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.offsets[v]..self.offsets[v + 1];
        self.targets[range.clone()].iter().copied().zip(self.strengths[range].iter().copied())
    }

    /// Lets the bodies move under their forces. Each has a step of its own that grows while it
    /// keeps its course and shrinks when it turns back; no step exceeds a limit that falls to
    /// nearly 0 in the end.
    pub(super) fn settle(&mut self, rounds: u32) {
        if self.points.len() < 2 {
            return;
        }
        let radius = self.node_total().sqrt();
        let mut motions = vec![Motion { force: [0.0; 2], step: 0.1 }; self.points.len()];
        let mut tree = Quadtree::new();
        let mut forces = vec![[0.0; 2]; self.points.len()];
        for round in 0..rounds {
            tree.rebuild(&self.points, &self.masses);
            self.add_up(&tree, &mut forces);
            let left = 1.0 - f64::from(round) / f64::from(rounds);
            let limit = radius * 0.1 * left * left;
            for (at, &body) in tree.order.iter().enumerate() {
                let body = body as usize;
                let moved = motions[body].advance(forces[at], limit);
                let point = &mut self.points[body];
                *point = [point[0] + moved[0], point[1] + moved[1]];
            }
        }
    }

    /// The force on each body divided by its mass, in the order of the tree.
    fn add_up(&self, tree: &Quadtree, forces: &mut [Point]) {
        let mass: f64 = self.masses.iter().sum();
        let repulsion = self.node_total() / mass;
        let length = 1.0 + self.node_total().sqrt() / 8.0;
        let each = |(body, force): (&u32, &mut Point)| {
            let body = *body as usize;
            let at = self.points[body];
            let push = tree.push(at);
            let pull = self.pull(body, length);
            let per_mass = 1.0 / self.masses[body];
            for axis in 0..2 {
                force[axis] = repulsion * push[axis] + per_mass * pull[axis] - GRAVITY * at[axis];
            }
        };
        if forces.len() < PARALLEL {
            tree.order.iter().zip(forces).for_each(each);
        } else {
            let pieces = tree.order.par_chunks(PIECE).zip(forces.par_chunks_mut(PIECE));
            pieces.for_each(|(bodies, forces)| bodies.iter().zip(forces).for_each(each));
        }
    }

    /// The pull of a body's springs. Between groups it grows with the logarithm of the distance
    /// beyond `length`.
    fn pull(&self, body: usize, length: f64) -> Point {
        let (at, group) = (self.points[body], self.groups[body]);
        let mut pull = [0.0; 2];
        for (other, strength) in self.row(body) {
            let point = self.points[other as usize];
            let (dx, dy) = (point[0] - at[0], point[1] - at[1]);
            let mut per_distance = strength;
            if self.groups[other as usize] != group {
                let distance = (dx * dx + dy * dy).sqrt().max(1e-9);
                per_distance *= self.between * ln_1p(distance / length) * length / distance;
            }
            pull[0] += per_distance * dx;
            pull[1] += per_distance * dy;
        }
        pull
    }
}

impl Motion {
    /// Takes the new force in and gives the way to go.
    fn advance(&mut self, force: Point, limit: f64) -> Point {
        let same = force[0] * self.force[0] + force[1] * self.force[1];
        self.step = (self.step * if same >= 0.0 { 1.2 } else { 0.6 }).clamp(1e-3, 2.0);
        self.force = force;
        let way = [force[0] * self.step, force[1] * self.step];
        let far = (way[0] * way[0] + way[1] * way[1]).sqrt();
        let shrink = if far > limit { limit / far } else { 1.0 };
        [way[0] * shrink, way[1] * shrink]
    }
}
