//! Packing components: the largest in the middle, the others around it, as near as they fit.

use super::Point;

/// Free space around each component, in cells.
const GAP: f64 = 1.0;

/// Gives a centre to each disc of the given radius so that they do not overlap and together fill
/// an ellipse as wide over high as `aspect`.
pub(super) fn pack(radii: &[f64], aspect: f64) -> Vec<Point> {
    if radii.len() < 2 {
        return vec![[0.0; 2]; radii.len()];
    }
    let mut by_radius: Vec<usize> = (0..radii.len()).collect();
    by_radius.sort_by(|&a, &b| radii[b].total_cmp(&radii[a]));
    let mut board = Board::new(radii, aspect);
    let mut centres = vec![[0.0; 2]; radii.len()];
    for disc in by_radius {
        centres[disc] = board.put(radii[disc]);
    }
    centres
}

/// Square cells, each free or taken, and the order in which places are tried.
struct Board {
    /// Cells from the middle to the edge.
    half: i64,
    cell: f64,
    taken: Vec<bool>,
    /// Places by distance from the middle.
    places: Vec<(i32, i32)>,
    /// Where to go on for a disc of as many cells as the last one.
    next: usize,
    last_reach: i64,
}

impl Board {
    fn new(radii: &[f64], aspect: f64) -> Self {
        let area: f64 = radii.iter().map(|r| (r + GAP) * (r + GAP) * 4.0).sum();
        let largest = radii.iter().copied().fold(0.0, f64::max);
        let stretch = aspect.clamp(0.2, 5.0).sqrt();
        let wanted = (area.sqrt() * 1.2 + largest) * stretch.max(1.0 / stretch);
        // A cell no smaller than a node, nor so small that the board would have millions.
        let cell = (wanted / 600.0).max(1.0);
        let half = (wanted / cell).ceil() as i64 + 2;
        let mut places: Vec<(i32, i32)> = (-half..=half)
            .flat_map(|y| (-half..=half).map(move |x| (x as i32, y as i32)))
            .collect();
        let far = |&(x, y): &(i32, i32)| {
            let (x, y) = (f64::from(x) / stretch, f64::from(y) * stretch);
            x * x + y * y
        };
        places.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let side = (2 * half + 1).cast_unsigned() as usize;
        Self { half, cell, taken: vec![false; side * side], places, next: 0, last_reach: -1 }
    }

    /// Takes the first free place for a disc and gives its centre.
    fn put(&mut self, radius: f64) -> Point {
        let reach = ((radius + GAP / 2.0) / self.cell).ceil() as i64;
        if reach != self.last_reach {
            self.next = 0;
            self.last_reach = reach;
        }
        while let Some(&(x, y)) = self.places.get(self.next) {
            self.next += 1;
            let (x, y) = (i64::from(x), i64::from(y));
            if self.each_cell(x, y, reach, |taken| !*taken) {
                self.each_cell(x, y, reach, |taken| {
                    *taken = true;
                    true
                });
                return [x as f64 * self.cell, y as f64 * self.cell];
            }
        }
        // The board is too small only for shapes that it was not measured for.
        [0.0; 2]
    }

    /// Whether `good` says so of each cell of a disc; false if one lies beyond the edge.
    fn each_cell(&mut self, x: i64, y: i64, reach: i64, good: impl Fn(&mut bool) -> bool) -> bool {
        let side = 2 * self.half + 1;
        for dy in -reach + 1..reach {
            // Half the width of the disc in this row of cells.
            let width = (((reach * reach - dy * dy) as f64).sqrt()).ceil() as i64;
            for dx in -width + 1..width {
                let (column, row) = (x + dx + self.half, y + dy + self.half);
                if !(0..side).contains(&column) || !(0..side).contains(&row) {
                    return false;
                }
                if !good(&mut self.taken[(row * side + column).cast_unsigned() as usize]) {
                    return false;
                }
            }
        }
        true
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn discs_do_not_overlap_and_the_largest_is_in_the_middle() {
        let mut radii = vec![0.4; 300];
        radii.extend([3.0, 20.0, 7.5, 7.5, 1.2]);
        for aspect in [0.01, 1.0, 1.6, 100.0] {
            let centres = pack(&radii, aspect);
            assert_eq!(centres[301], [0.0, 0.0]);
            for a in 0..radii.len() {
                for b in 0..a {
                    let distance =
                        (centres[a][0] - centres[b][0]).hypot(centres[a][1] - centres[b][1]);
                    assert!(distance >= radii[a] + radii[b], "{a} and {b} at aspect {aspect}");
                }
            }
        }
    }

    #[test]
    fn a_wide_page_is_filled_widely() {
        let centres = pack(&vec![0.4; 2000], 4.0);
        let (low, high) = super::super::extent(&centres);
        let aspect = (high[0] - low[0]) / (high[1] - low[1]);
        assert!((3.0..5.0).contains(&aspect), "{aspect}");
    }
}
