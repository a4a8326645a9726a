//! From p-values to q-values.

use foldhash::fast::FixedState;
use hashbrown::HashSet;

/// The least false discovery rate at which each pair would still stand, in the manner of Benjamini
/// and Hochberg (J. R. Statist. Soc. B 57, 1995) for discrete tests, where at each p only those
/// hypotheses count that could have reached it: `hypotheses` gives how many those are, and grows
/// with p.
///
/// Discoveries are counted in accounts, not in pairs: it is accounts that are named. A group of
/// twenty brings 190 pairs to light, and would by their number excuse ten pairs of innocents. Each
/// false pair names at most two, so the rate is that of twice the false pairs to the accounts named.
pub(crate) fn q_values(pairs: &[(u64, f64)], hypotheses: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|a, b| pairs[*a].1.total_cmp(&pairs[*b].1).then(a.cmp(b)));
    let mut named = HashSet::with_hasher(FixedState::default());
    let mut named_at: Vec<usize> = Vec::with_capacity(pairs.len());
    for at in &order {
        let pair = pairs[*at].0;
        named.insert((pair >> 32) as u32);
        named.insert(pair as u32);
        named_at.push(named.len());
    }
    let mut q = vec![1.0; pairs.len()];
    let mut least = 1.0_f64;
    for (test, accounts) in order.iter().zip(named_at).rev() {
        let p = pairs[*test].1;
        // Of equal p-values the last has named all of theirs; `least` carries it down.
        least = least.min(2.0 * p * hypotheses(p) / accounts as f64);
        q[*test] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::q_values;

    /// Pairs that have no account in common.
    fn apart(p_values: &[f64]) -> Vec<(u64, f64)> {
        p_values
            .iter()
            .enumerate()
            .map(|(at, p)| ((2 * at as u64) << 32 | (2 * at as u64 + 1), *p))
            .collect()
    }

    #[test]
    fn of_pairs_apart_the_textbook_example_of_fifteen_tests_rejects_four() {
        // Benjamini and Hochberg 1995, section 3.1.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0000,
        ];
        let q = q_values(&apart(&p), |_| 15.0);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
    }

    #[test]
    fn tests_that_were_never_written_down_count_too() {
        let q = q_values(&apart(&[0.001, 0.001]), |_| 1_000.0);
        assert_eq!(q, [0.5, 0.5]);
    }

    #[test]
    fn what_could_not_be_reached_is_no_hypothesis() {
        let q = q_values(&apart(&[0.001, 0.2]), |p| if p < 0.01 { 10.0 } else { 1_000.0 });
        assert_eq!(q, [0.01, 1.0]);
    }

    #[test]
    fn many_pairs_of_few_accounts_excuse_no_other() {
        // Ten accounts all joined, and two others: 45 pairs, yet only ten accounts.
        let group = (0..10_u64).flat_map(|a| (a + 1..10).map(move |b| (a << 32 | b, 1e-9)));
        let pairs: Vec<(u64, f64)> = group.chain([((10_u64 << 32) + 11, 0.0005)]).collect();
        let q = q_values(&pairs, |_| 100.0);
        assert!((q[45] - 0.1 / 12.0).abs() < 1e-12);
    }
}
