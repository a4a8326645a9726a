//! Pushing apart nodes that would cover each other.

use super::Point;

/// No two nodes should be nearer than this.
pub(super) const DISTANCE: f64 = 0.8;
/// How often overlaps are looked for; the rest may stay.
const ROUNDS: u32 = 60;
/// How many nodes of three neighbouring cells are looked at; bounds the time when thousands lie in
/// one place.
const MOST_PER_ROW: usize = 64;

/// Pushes nodes apart until none, or nearly none, is nearer to another than [`DISTANCE`].
pub(super) fn spread(points: &mut [Point]) {
    let mut moves = vec![[0.0; 2]; points.len()];
    for _ in 0..ROUNDS {
        let grid = Grid::new(points);
        let mut any = false;
        for (v, way) in moves.iter_mut().enumerate() {
            *way = away_from_neighbours(points, &grid, v);
            any |= way[0].abs() + way[1].abs() > 0.0;
        }
        if !any {
            return;
        }
        for (point, way) in points.iter_mut().zip(&moves) {
            *point = [point[0] + way[0], point[1] + way[1]];
        }
    }
}

/// The way that a node goes: for each neighbour too near, a little over half of what is missing.
fn away_from_neighbours(points: &[Point], grid: &Grid, v: usize) -> Point {
    let at = points[v];
    let mut way = [0.0; 2];
    for u in grid.around(at) {
        let u = u as usize;
        let (mut dx, mut dy) = (at[0] - points[u][0], at[1] - points[u][1]);
        let mut distance = (dx * dx + dy * dy).sqrt();
        if u == v || distance >= DISTANCE {
            continue;
        }
        if distance < 1e-9 {
            // In one place: both go opposite ways, at a slope that differs from pair to pair.
            let side = if v > u { 1e-9 } else { -1e-9 };
            (dx, dy) = (side, side * (((u + v) % 5) as f64 - 2.0));
            distance = (dx * dx + dy * dy).sqrt();
        }
        let share = 0.55 * (DISTANCE - distance) / distance;
        way = [way[0] + dx * share, way[1] + dy * share];
    }
    // Many pushes at once would throw a node across its neighbours.
    let far = (way[0] * way[0] + way[1] * way[1]).sqrt();
    let shrink = if far > DISTANCE { DISTANCE / far } else { 1.0 };
    [way[0] * shrink, way[1] * shrink]
}

/// Nodes by square cells as wide as [`DISTANCE`], sorted by row, column and node.
struct Grid {
    places: Vec<((i64, i64), u32)>,
}

impl Grid {
    fn new(points: &[Point]) -> Self {
        let mut places: Vec<_> =
            points.iter().zip(0_u32..).map(|(&point, v)| (cell(point), v)).collect();
        places.sort_unstable();
        Self { places }
    }

    /// The nodes in the nine cells around a place.
    fn around(&self, at: Point) -> impl Iterator<Item = u32> {
        let (row, column) = cell(at);
        (row - 1..=row + 1).flat_map(move |row| {
            let from = self.places.partition_point(|place| place.0 < (row, column - 1));
            let to = self.places.partition_point(|place| place.0 <= (row, column + 1));
            self.places[from..to].iter().take(MOST_PER_ROW).map(|place| place.1)
        })
    }
}

/// Row and column, far from the limits of an integer for any drawing.
fn cell(point: Point) -> (i64, i64) {
    let of = |value: f64| (value / DISTANCE).floor().clamp(-1e15, 1e15) as i64;
    (of(point[1]), of(point[0]))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn nodes_end_up_apart() {
        let mut points = vec![[3.0, 3.0]; 40];
        points.push([50.0, 50.0]);
        spread(&mut points);
        for (v, a) in points.iter().enumerate() {
            for b in &points[..v] {
                let distance = (a[0] - b[0]).hypot(a[1] - b[1]);
                assert!(distance > 0.5 * DISTANCE, "{a:?} {b:?}");
            }
        }
        assert_eq!(points[40], [50.0, 50.0], "a node far from others stays");
    }
}
