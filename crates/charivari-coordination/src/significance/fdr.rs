//! From p-values to q-values.

/// The least false discovery rate at which each p-value would still stand: Benjamini and Hochberg
/// (J. R. Statist. Soc. B 57, 1995) for discrete tests, where at each p only those hypotheses count
/// that could have reached it. `hypotheses` gives how many those are, and grows with p.
pub(crate) fn q_values(p_values: &[f64], hypotheses: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut q = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (place, test) in order.iter().enumerate().rev() {
        let p = p_values[*test];
        // Of equal p-values the last has the rank of all of them; `least` carries it down.
        least = least.min(p * hypotheses(p) / (place + 1) as f64);
        q[*test] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::q_values;

    #[test]
    fn the_textbook_example_of_fifteen_tests_rejects_four() {
        // Benjamini and Hochberg 1995, section 3.1.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0000,
        ];
        let q = q_values(&p, |_| 15.0);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
    }

    #[test]
    fn tests_that_were_never_written_down_count_too() {
        let q = q_values(&[0.001, 0.001], |_| 1_000.0);
        assert_eq!(q, [0.5, 0.5]);
    }

    #[test]
    fn what_could_not_be_reached_is_no_hypothesis() {
        let q = q_values(&[0.001, 0.2], |p| if p < 0.01 { 10.0 } else { 1_000.0 });
        assert_eq!(q, [0.01, 1.0]);
    }
}
