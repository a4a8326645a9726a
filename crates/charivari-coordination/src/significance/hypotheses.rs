//! How many pairs of accounts could have been found: what a p-value is multiplied by.
//!
//! Not only the pairs that met are tested, but all that share an object. Of those, a pair whose
//! meetings, had it met on everything it shares, would still be less surprising than p, can never
//! bring a p-value of p or less: it is no hypothesis at that p (Tarone, Biometrics 46, 1990, for
//! single tests; Gilbert, Applied Statistics 54, 2005, for false discovery rates).

use rayon::prelude::*;

use super::sharing::Sharing;

/// Steps over co-sharers that are affordable; beyond them accounts are sampled.
const MOST_STEPS: u64 = 250_000_000;

/// Sums of surprise are told apart up to this one.
const MOST: usize = 400;

/// Pairs by the surprise they could bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypotheses {
    /// How many pairs could bring at least this much surprise, in quarters of a nat.
    at_least: Vec<f64>,
    /// The share of accounts that were looked at; 1 means that the count is exact.
    pub looked_at: f64,
}

impl Hypotheses {
    /// Counts the pairs. `surprise` is what a meeting on each object would bring at the most;
    /// accounts that are `background` are not tested.
    pub(crate) fn count(sharing: &Sharing, surprise: &[u8], background: &[bool]) -> Self {
        let (start, members) = sharing.accounts_by_object();
        let of = |object: u32| {
            &members[start[object as usize] as usize..start[object as usize + 1] as usize]
        };
        let cost = |account: u32| -> u64 {
            if background[account as usize] {
                return 0;
            }
            sharing.entries_of(account).map(|e| of(sharing.entry_object[e]).len() as u64).sum()
        };
        let sample = Sample::of((0..sharing.accounts() as u32).map(cost));
        let counted: Vec<Vec<u64>> = sample
            .accounts
            .par_chunks(sample.accounts.len().div_ceil(64).max(1))
            .map(|accounts| {
                let mut sums = vec![0_u16; sharing.accounts()];
                let mut met: Vec<u32> = Vec::new();
                let mut strata = vec![0_u64; 3 * (MOST + 1)];
                for (account, certain) in accounts {
                    for entry in sharing.entries_of(*account) {
                        let object = sharing.entry_object[entry];
                        let single = u16::from(surprise[object as usize]);
                        let mine = sharing.len(entry);
                        for (other, theirs) in of(object) {
                            let sum = &mut sums[*other as usize];
                            if *sum == 0 {
                                met.push(*other);
                            }
                            // What both share again and again may bring surprise each time.
                            let occasions = mine.min(*theirs).min(MOST as u32) as u16;
                            let most = if mine.max(*theirs) == 1 {
                                single
                            } else {
                                occasions * super::tail::MOST as u16
                            };
                            *sum = sum.saturating_add(most).max(1);
                        }
                    }
                    let mut mine = vec![0_u64; MOST + 1];
                    for other in met.drain(..) {
                        let sum = std::mem::take(&mut sums[other as usize]);
                        if other != *account && !background[other as usize] {
                            mine[usize::from(sum).min(MOST)] += 1;
                        }
                    }
                    let mut above = 0;
                    for level in (0..=MOST).rev() {
                        above += mine[level];
                        if *certain {
                            strata[level] += above;
                        } else {
                            strata[MOST + 1 + level] += above;
                            strata[2 * (MOST + 1) + level] += above * above;
                        }
                    }
                }
                strata
            })
            .collect();
        sample.extrapolate(&counted)
    }

    /// How many pairs could have brought a p-value as low as `p` in `looks` looks.
    pub fn at(&self, p: f64, looks: usize) -> f64 {
        let needed = -(p / looks as f64).max(f64::MIN_POSITIVE).ln() * 4.0;
        // The first level that reaches it; the last stands for all beyond.
        let level = (0..self.at_least.len() - 1).find(|level| *level as f64 >= needed);
        let level = level.unwrap_or(self.at_least.len() - 1);
        self.at_least[level].max(1.0)
    }

    /// How many pairs share an object at all.
    pub fn pairs(&self) -> f64 {
        self.at_least[0]
    }
}

/// Which accounts are looked at: the costliest are all of them where they fit, the rest is sampled.
struct Sample {
    /// The accounts, and whether each stands for itself alone.
    accounts: Vec<(u32, bool)>,
    /// How many accounts the sampled ones stand for, and how many those are.
    stands_for: f64,
    sampled: f64,
}

impl Sample {
    fn of(cost: impl Iterator<Item = u64>) -> Self {
        let costs: Vec<u64> = cost.collect();
        let total: u64 = costs.iter().sum();
        let active: Vec<u32> =
            (0..costs.len() as u32).filter(|account| costs[*account as usize] > 0).collect();
        if total <= MOST_STEPS {
            let accounts = active.into_iter().map(|account| (account, true)).collect();
            return Self { accounts, stands_for: 0.0, sampled: 0.0 };
        }
        // Every n-th by a fixed scattering of the ranks, so that the sample knows no order of names.
        let every = total.div_ceil(MOST_STEPS);
        let scattered = |account: u32| u64::from(account.wrapping_mul(0x9E37_79B1) >> 8);
        let accounts: Vec<(u32, bool)> = active
            .iter()
            .filter(|account| scattered(**account) % every == 0)
            .map(|account| (*account, false))
            .collect();
        let sampled = accounts.len() as f64;
        Self { accounts, stands_for: active.len() as f64, sampled }
    }

    /// Counts for all accounts; of sampled ones an upper bound, three standard errors above.
    fn extrapolate(&self, counted: &[Vec<u64>]) -> Hypotheses {
        let sum = |at: usize| counted.iter().map(|part| part[at] as f64).sum::<f64>();
        let at_least = (0..=MOST)
            .map(|level| {
                let certain = sum(level);
                let (first, second) = (sum(MOST + 1 + level), sum(2 * (MOST + 1) + level));
                let mut ordered = certain;
                if self.sampled > 0.0 {
                    let mean = first / self.sampled;
                    let variance = (second / self.sampled - mean * mean).max(0.0);
                    let error = (variance / self.sampled).sqrt();
                    ordered += self.stands_for * (mean + 3.0 * error);
                    // What none of the sampled pairs could bring, a few of the others still may.
                    ordered += self.stands_for * 3.0 / self.sampled;
                }
                ordered / 2.0
            })
            .collect();
        let looked_at = if self.stands_for > 0.0 { self.sampled / self.stands_for } else { 1.0 };
        Hypotheses { at_least, looked_at }
    }
}
