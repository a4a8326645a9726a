//! Where nodes begin: groups first, then each group's nodes around its place.

use super::Point;
use super::forces::Bodies;
use crate::labels::members_by_label;
use crate::random::SplitMix64;

/// Iterations for placing groups; there are few of them.
const GROUP_ROUNDS: u32 = 300;

/// Puts every body near the place that its group finds when each group is one body.
pub(super) fn place(bodies: &mut Bodies, seed: u64) {
    let mut rng = SplitMix64::new(seed);
    let mut groups = bodies.of_groups();
    let count = groups.points.len();
    let reach = (bodies.node_total() / count.max(1) as f64).sqrt();
    for (point, spiral) in groups.points.iter_mut().zip(Spiral::new(&mut rng)) {
        *point = [spiral[0] * reach, spiral[1] * reach];
    }
    groups.settle(GROUP_ROUNDS);
    let (members, starts) = members_by_label(&bodies.groups, count);
    for group in 0..count {
        let mut own = members[starts[group]..starts[group + 1]].to_vec();
        rng.shuffle(&mut own);
        let centre = groups.points[group];
        for (&body, spiral) in own.iter().zip(Spiral::new(&mut rng)) {
            bodies.points[body as usize] =
                [centre[0] + 0.5 * spiral[0], centre[1] + 0.5 * spiral[1]];
        }
    }
}

/// The spiral of a sunflower: points one by one, each at the golden angle from the last, with even
/// density (H. Vogel 1979, doi 10.1016/0025-5564(79)90080-4).
struct Spiral {
    direction: Point,
    index: f64,
}

impl Spiral {
    /// Begins in a random direction.
    fn new(rng: &mut SplitMix64) -> Self {
        // Not uniform over the circle, which does not matter; but never of length 0.
        let (x, y) = (rng.unit() - 0.5, rng.unit() + 0.01);
        let length = (x * x + y * y).sqrt();
        Self { direction: [x / length, y / length], index: 0.0 }
    }
}

impl Iterator for Spiral {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        // Cosine and sine of the golden angle, 137.5 degrees.
        const TURN: Point = [-0.737_368_878_078_319_8, 0.675_490_294_261_523_6];
        let radius = (self.index + 0.5).sqrt();
        let [x, y] = self.direction;
        self.direction = [x * TURN[0] - y * TURN[1], x * TURN[1] + y * TURN[0]];
        self.index += 1.0;
        Some([x * radius, y * radius])
    }
}
