//! The small arithmetic of chance that cards need.

/// More trials than this are bounded, not counted out.
const MOST_EXACT: usize = 512;

/// The probability that at least `hits` of independent trials with these chances come true: the
/// tail of the Poisson-binomial distribution.
///
/// Exact for up to 512 trials; beyond them Chernoff's bound (Annals of Mathematical Statistics 23,
/// 1952), which is never below the true value.
pub(crate) fn tail(hits: usize, chances: &[f64]) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if hits > chances.len() {
        return 0.0;
    }
    if chances.len() > MOST_EXACT { bound(hits, chances) } else { exact(hits, chances) }
}

fn exact(hits: usize, chances: &[f64]) -> f64 {
    // How probable each number of hits is; the last place holds all that are enough.
    let mut probability = vec![0.0; hits + 1];
    probability[0] = 1.0;
    for chance in chances {
        probability[hits] += probability[hits - 1] * chance;
        for count in (1..hits).rev() {
            probability[count] =
                probability[count] * (1.0 - chance) + probability[count - 1] * chance;
        }
        probability[0] *= 1.0 - chance;
    }
    probability[hits].clamp(0.0, 1.0)
}

fn bound(hits: usize, chances: &[f64]) -> f64 {
    let mean: f64 = chances.iter().sum();
    let hits = hits as f64;
    if hits <= mean {
        return 1.0;
    }
    // The slope of the exponent grows with the tilt, so that halving finds where it is zero.
    let slope = |tilt: f64| {
        let tilted = |chance: &f64| chance * tilt.exp() / (1.0 - chance + chance * tilt.exp());
        chances.iter().map(tilted).sum::<f64>() - hits
    };
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if slope(middle) < 0.0 { low = middle } else { high = middle }
    }
    let log = |chance: &f64| (1.0 - chance + chance * low.exp()).ln();
    (chances.iter().map(log).sum::<f64>() - low * hits).exp().min(1.0)
}

/// The least false discovery rate at which each p-value still stands: Benjamini and Hochberg
/// (J. R. Statist. Soc. B 57, 1995).
pub(crate) fn q_values(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut q_values = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (place, at) in order.iter().enumerate().rev() {
        least = least.min(p_values[*at] * p_values.len() as f64 / (place + 1) as f64);
        q_values[*at] = least;
    }
    q_values
}

/// The middle of some values, the lower one of two; they are sorted for it. 0 where there is none.
pub(crate) fn median(values: &mut [i64]) -> i64 {
    if values.is_empty() {
        return 0;
    }
    let middle = (values.len() - 1) / 2;
    *values.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_coins_and_dice() {
        for (name, hits, chances, expected) in [
            ("nothing asked", 0, vec![0.5; 3], 1.0),
            ("more than can be", 4, vec![0.5; 3], 0.0),
            ("three heads", 3, vec![0.5; 3], 0.125),
            ("two of three heads", 2, vec![0.5; 3], 0.5),
            ("a head and a six", 2, vec![0.5, 1.0 / 6.0], 1.0 / 12.0),
            ("a head or a six", 1, vec![0.5, 1.0 / 6.0], 1.0 - 5.0 / 12.0),
        ] {
            assert!((tail(hits, &chances) - expected).abs() < 1e-12, "{name}");
        }
    }

    #[test]
    fn the_bound_is_above_the_exact_tail_and_not_far() {
        for (hits, chance) in [(60, 0.1), (300, 0.5), (40, 0.02)] {
            let chances = vec![chance; 400];
            let (exact, bound) = (exact(hits, &chances), bound(hits, &chances));
            assert!(bound >= exact, "{hits}");
            assert!(bound <= exact.powf(0.6), "{hits}: {bound} for {exact}");
        }
    }

    #[test]
    fn q_values_are_those_of_benjamini_and_hochberg() {
        let q = q_values(&[0.04, 0.01, 0.5, 0.02]);
        let expected = [0.16 / 3.0, 0.04, 0.5, 0.04];
        assert!(q.iter().zip(expected).all(|(q, expected)| (q - expected).abs() < 1e-12), "{q:?}");
        assert!(q_values(&[]).is_empty());
    }

    #[test]
    fn medians_are_in_the_middle() {
        for (mut values, expected) in
            [(vec![], 0), (vec![5], 5), (vec![9, 1], 1), (vec![3, 1, 2], 2)]
        {
            assert_eq!(median(&mut values), expected);
        }
    }
}
