//! Pushes from afar, taken together by squares (J. Barnes and P. Hut 1986, doi 10.1038/324446a0).

use super::Point;

/// A square is seen as one body from where its side appears smaller than this share of the
/// distance; squared.
const OPENING_SQUARED: f64 = 0.8 * 0.8;
/// Squares with no more bodies than this are not divided.
const LEAF: usize = 8;
/// Squares are halved no more often than this; bodies still together are then as good as one.
const DEEPEST: u32 = 20;
/// Keeps the push between bodies in one place finite; squared.
const SOFTNESS: f64 = 1e-4;

/// A square and the bodies in it.
struct Cell {
    centre: Point,
    mass: f64,
    side_squared: f64,
    /// The first cell that is not inside this one.
    skip: u32,
    /// The bodies of a square that is not divided; empty for one that is.
    from: u32,
    to: u32,
}

/// Squares within squares, in preorder, and the bodies in the order of the squares.
pub(super) struct Quadtree {
    cells: Vec<Cell>,
    /// Which body stands at each place.
    pub(super) order: Vec<u32>,
    points: Vec<Point>,
    masses: Vec<f64>,
    scratch: Vec<u32>,
}

impl Quadtree {
    pub(super) fn new() -> Self {
        Self { cells: vec![], order: vec![], points: vec![], masses: vec![], scratch: vec![] }
    }

    /// Sorts the bodies into squares.
    pub(super) fn rebuild(&mut self, points: &[Point], masses: &[f64]) {
        self.cells.clear();
        if self.order.len() != points.len() {
            self.order = (0..points.len() as u32).collect();
        }
        let (low, high) = super::extent(points);
        let side = (high[0] - low[0]).max(high[1] - low[1]);
        self.divide(points, masses, 0..points.len(), low, side, 0);
        self.points.clear();
        self.points.extend(self.order.iter().map(|&body| points[body as usize]));
        self.masses.clear();
        self.masses.extend(self.order.iter().map(|&body| masses[body as usize]));
    }

    /// Adds the square with the given corner and its squares inside; recursion ends at `DEEPEST`.
    fn divide(
        &mut self,
        points: &[Point],
        masses: &[f64],
        range: std::ops::Range<usize>,
        corner: Point,
        side: f64,
        depth: u32,
    ) {
        if range.is_empty() {
            return;
        }
        let (mut mass, mut sum) = (0.0, [0.0; 2]);
        for &body in &self.order[range.clone()] {
            let (point, m) = (points[body as usize], masses[body as usize]);
            mass += m;
            sum = [sum[0] + m * point[0], sum[1] + m * point[1]];
        }
        let own = self.cells.len();
        self.cells.push(Cell {
            centre: [sum[0] / mass, sum[1] / mass],
            mass,
            side_squared: side * side,
            skip: 0,
            from: range.start as u32,
            to: range.end as u32,
        });
        if range.len() > LEAF && depth < DEEPEST {
            self.cells[own].to = self.cells[own].from;
            let half = side / 2.0;
            let middle = [corner[0] + half, corner[1] + half];
            let ends = self.sort_by_quarter(points, range.clone(), middle);
            let mut from = range.start;
            for (quarter, to) in ends.into_iter().enumerate() {
                let x = if quarter & 1 == 1 { middle[0] } else { corner[0] };
                let y = if quarter & 2 == 2 { middle[1] } else { corner[1] };
                self.divide(points, masses, from..to, [x, y], half, depth + 1);
                from = to;
            }
        }
        self.cells[own].skip = self.cells.len() as u32;
    }

    /// Sorts the bodies of a square by its quarters, stably; gives where each quarter ends.
    fn sort_by_quarter(
        &mut self,
        points: &[Point],
        range: std::ops::Range<usize>,
        middle: Point,
    ) -> [usize; 4] {
        let quarter_of = |body: u32| {
            let point = points[body as usize];
            usize::from(point[0] >= middle[0]) | usize::from(point[1] >= middle[1]) << 1
        };
        let mut next = [range.start; 4];
        for &body in &self.order[range.clone()] {
            for later in &mut next[quarter_of(body) + 1..] {
                *later += 1;
            }
        }
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.order[range]);
        for &body in &self.scratch {
            let slot = &mut next[quarter_of(body)];
            self.order[*slot] = body;
            *slot += 1;
        }
        next
    }

    /// The sum of mass / distance over all bodies, as a vector away from them.
    pub(super) fn push(&self, at: Point) -> Point {
        let mut push = [0.0; 2];
        let mut add = |point: Point, mass: f64| {
            let (dx, dy) = (at[0] - point[0], at[1] - point[1]);
            let strength = mass / (dx * dx + dy * dy + SOFTNESS);
            push[0] += dx * strength;
            push[1] += dy * strength;
        };
        let mut next = 0;
        while let Some(cell) = self.cells.get(next) {
            let (dx, dy) = (at[0] - cell.centre[0], at[1] - cell.centre[1]);
            if cell.side_squared < OPENING_SQUARED * (dx * dx + dy * dy) {
                add(cell.centre, cell.mass);
                next = cell.skip as usize;
            } else if cell.from == cell.to {
                next += 1;
            } else {
                let bodies = cell.from as usize..cell.to as usize;
                if bodies.len() > 8 * LEAF {
                    add(cell.centre, cell.mass);
                } else {
                    // A body's push on itself is 0 because the distance is.
                    for (point, mass) in
                        self.points[bodies.clone()].iter().zip(&self.masses[bodies])
                    {
                        add(*point, *mass);
                    }
                }
                next = cell.skip as usize;
            }
        }
        push
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_pushes_together_are_near_what_they_are_one_by_one() {
        let mut rng = crate::random::SplitMix64::new(5);
        let points: Vec<Point> = (0..500).map(|_| [rng.unit() * 30.0, rng.unit() * 9.0]).collect();
        let masses: Vec<f64> = (0..500).map(|_| 1.0 + rng.unit()).collect();
        let mut tree = Quadtree::new();
        tree.rebuild(&points, &masses);
        for &at in &points {
            let mut exact = [0.0; 2];
            for (point, mass) in points.iter().zip(&masses) {
                let (dx, dy) = (at[0] - point[0], at[1] - point[1]);
                let strength = mass / (dx * dx + dy * dy + SOFTNESS);
                exact = [exact[0] + dx * strength, exact[1] + dy * strength];
            }
            let met = tree.push(at);
            let off = (met[0] - exact[0]).hypot(met[1] - exact[1]);
            assert!(off < 0.05 * exact[0].hypot(exact[1]).max(100.0), "{met:?} {exact:?}");
        }
    }

    #[test]
    fn bodies_in_one_place_end_the_dividing() {
        let points = vec![[1.0, 1.0]; 1000];
        let mut tree = Quadtree::new();
        tree.rebuild(&points, &[1.0; 1000]);
        assert!(tree.push([2.0, 1.0])[0] > 900.0);
        tree.rebuild(&[], &[]);
    }
}
