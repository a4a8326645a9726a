//! Finds room for labels, so that none covers another.

use super::hull::Point;

/// The area that a label covers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    /// The area around a centre.
    pub(crate) fn around(centre: Point, width: f64, height: f64) -> Self {
        Self {
            left: centre.0 - width / 2.0,
            right: centre.0 + width / 2.0,
            top: centre.1 - height / 2.0,
            bottom: centre.1 + height / 2.0,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The areas that are taken on a sheet of a given size.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    width: f64,
    height: f64,
    taken: Vec<Area>,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { width, height, taken: Vec::new() }
    }

    /// Takes an area, whatever lies there.
    pub(crate) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Takes the first of `centres` where a label of this size has room, and returns it.
    pub(crate) fn place(&mut self, centres: &[Point], width: f64, height: f64) -> Option<Point> {
        let free = centres.iter().find(|centre| self.is_free(**centre, width, height))?;
        self.take(Area::around(*free, width, height));
        Some(*free)
    }

    /// As [`Sheet::place`], but clear of `marks` too where that can be.
    pub(crate) fn place_clear(
        &mut self,
        centres: &[Point],
        width: f64,
        height: f64,
        marks: &[Area],
    ) -> Option<Point> {
        let is_clear = |centre: &&Point| {
            let area = Area::around(**centre, width, height);
            !marks.iter().any(|mark| mark.meets(&area))
        };
        let clear: Vec<Point> = centres.iter().filter(is_clear).copied().collect();
        self.place(&clear, width, height).or_else(|| self.place(centres, width, height))
    }

    fn is_free(&self, centre: Point, width: f64, height: f64) -> bool {
        let area = Area::around(centre, width, height);
        area.left >= 0.0
            && area.top >= 0.0
            && area.right <= self.width
            && area.bottom <= self.height
            && !self.taken.iter().any(|taken| taken.meets(&area))
    }
}

/// About how wide a text is at a font size; wide scripts count double.
pub(crate) fn text_width(text: &str, font: f64) -> f64 {
    let ems: f64 = text.chars().map(|c| if u32::from(c) < 0x1100 { 0.58 } else { 1.05 }).sum();
    ems * font
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_moves_where_there_is_room_and_stays_away_where_there_is_none() {
        let mut sheet = Sheet::new(100.0, 100.0);
        let places = [(50.0, 50.0), (50.0, 80.0)];
        assert_eq!(sheet.place(&places, 40.0, 20.0), Some(places[0]));
        assert_eq!(sheet.place(&places, 40.0, 20.0), Some(places[1]));
        assert_eq!(sheet.place(&places, 40.0, 20.0), None);
        assert_eq!(sheet.place(&[(95.0, 10.0)], 40.0, 20.0), None, "over the edge");
    }
}
