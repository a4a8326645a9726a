//! Drawing by weight in constant time.

use super::Random;

/// A table from which a place is drawn with a probability in proportion to its weight.
///
/// The alias method of Walker (1977), filled as Vose (1991, doi 10.1109/32.92917) does: each column
/// of the table holds two places and where one ends and the other begins.
#[derive(Clone, Debug)]
pub struct Alias {
    /// For each place the 32-bit share of its column that is its own, and who has the rest.
    columns: Vec<(u32, u32)>,
}

impl Alias {
    /// The table of `weights`. Negative weights count as 0; where all are 0, all are alike.
    #[must_use]
    pub fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().map(|weight| weight.max(0.0)).sum();
        let scale = if total > 0.0 { weights.len() as f64 / total } else { 0.0 };
        let mut heights: Vec<f64> = weights.iter().map(|weight| weight.max(0.0) * scale).collect();
        let mut columns: Vec<(u32, u32)> =
            (0..weights.len()).map(|place| (u32::MAX, place as u32)).collect();
        if scale > 0.0 {
            fill(&mut heights, &mut columns);
        }
        Self { columns }
    }

    /// The table of a Zipf law: the place `k`, counted from 0, has the weight 1 / (k + 1)^`exponent`.
    #[must_use]
    pub fn zipf(places: usize, exponent: f64) -> Self {
        let weight = |place| super::maths::exp(-exponent * super::maths::ln((place + 1) as f64));
        Self::new(&(0..places).map(weight).collect::<Vec<_>>())
    }

    /// Draws a place; 0 from an empty table.
    #[inline]
    pub fn draw(&self, random: &mut Random) -> usize {
        let bits = random.bits();
        let place = (((bits >> 32) * self.columns.len() as u64) >> 32) as usize;
        match self.columns.get(place) {
            Some((own, other)) if bits as u32 >= *own => *other as usize,
            _ => place,
        }
    }
}

/// Fills columns of height 1: what a low place leaves free is taken by a high one.
fn fill(heights: &mut [f64], columns: &mut [(u32, u32)]) {
    let (mut low, mut high): (Vec<usize>, Vec<usize>) =
        (0..heights.len()).partition(|place| heights[*place] < 1.0);
    while let (Some(&small), Some(&large)) = (low.last(), high.last()) {
        low.pop();
        let own = super::maths::whole(heights[small] * f64::from(u32::MAX));
        columns[small] = (own as u32, large as u32);
        heights[large] -= 1.0 - heights[small];
        if heights[large] < 1.0 {
            high.pop();
            low.push(large);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_drawn_in_proportion_to_their_weights() {
        let weights = [5.0, 0.0, 1.0, 3.0, -2.0, 1.0];
        let table = Alias::new(&weights);
        let mut random = Random::new(3);
        let mut counts = [0_u32; 6];
        for _ in 0..100_000 {
            counts[table.draw(&mut random)] += 1;
        }
        for (count, weight) in counts.iter().zip(weights) {
            let expected = weight.max(0.0) / 10.0;
            assert!((f64::from(*count) / 1e5 - expected).abs() < 0.01, "{counts:?}");
        }
    }

    #[test]
    fn tables_without_weight_draw_something() {
        let mut random = Random::new(3);
        assert_eq!(Alias::new(&[]).draw(&mut random), 0);
        let met: Vec<usize> = (0..50).map(|_| Alias::new(&[0.0; 3]).draw(&mut random)).collect();
        assert!((0..3).all(|place| met.contains(&place)));
    }
}
