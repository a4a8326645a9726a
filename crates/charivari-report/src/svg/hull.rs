//! The outline around the members of a group.

/// A place in the drawing.
pub(crate) type Point = (f64, f64);

/// The convex hull of `points`, in order; all distinct points where there are fewer than three.
///
/// Andrew's monotone chain. The points must be finite.
pub(crate) fn convex(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut hull = chain(sorted.iter().copied());
    let upper = chain(sorted.iter().rev().copied());
    // Each chain ends where the other begins.
    hull.pop();
    hull.extend(&upper[..upper.len() - 1]);
    hull
}

/// One side of the hull: the points that turn left.
fn chain(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut side: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = side.as_slice() {
            if cross(*a, *b, point) > 0.0 {
                break;
            }
            side.pop();
        }
        side.push(point);
    }
    side
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

#[cfg(test)]
mod tests {
    use super::convex;

    #[test]
    fn inner_points_are_left_out() {
        let hull = convex(&[(0.0, 0.0), (4.0, 0.0), (2.0, 1.0), (4.0, 4.0), (0.0, 4.0)]);
        assert_eq!(hull, [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
    }

    #[test]
    fn degenerate_sets_do_not_fail() {
        for (name, points, corners) in [
            ("none", vec![], 0),
            ("one place twice", vec![(1.0, 1.0); 2], 1),
            ("a line", vec![(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)], 2),
        ] {
            assert_eq!(convex(&points).len(), corners, "{name}");
        }
    }
}
