//! Are counts as even as equal chances would make them?

/// Chi-square against equal chances, for each degree of freedom: about 1 for draws, far more for
/// what people do.
pub(super) fn spread(counts: &[u64]) -> f64 {
    let all: u64 = counts.iter().sum();
    let expected = all as f64 / counts.len().max(1) as f64;
    let square: f64 =
        counts.iter().map(|count| (*count as f64 - expected).powi(2) / expected.max(1e-9)).sum();
    square / counts.len().saturating_sub(1).max(1) as f64
}

/// Whether counts could be draws with equal chances: chi-square within three standard deviations of
/// its mean, and enough counts that a spread of a fifth would have shown.
pub(super) fn uniform(counts: &[u64]) -> bool {
    let all: u64 = counts.iter().sum();
    let free = counts.len().saturating_sub(1).max(1) as f64;
    let bound = 1.0 + 3.0 * (2.0 / free).sqrt();
    // A relative spread of 0.2 adds 0.04 for each value to chi-square.
    let would_show = all as f64 * 0.04 / free > bound - 1.0;
    would_show && spread(counts) <= bound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_even_and_habits_are_not() {
        let mut state = 7_u64;
        let mut hours = [0_u64; 24];
        for _ in 0..5_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            hours[(state >> 33) as usize % 24] += 1;
        }
        assert!(uniform(&hours));
        hours[12] += 400;
        assert!(!uniform(&hours));
        assert!(!uniform(&[1, 1, 1]), "too few to say");
    }
}
