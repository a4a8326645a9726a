//! How many rows did the table of the leak have?
//!
//! What was seen is certain: a lower bound. How much more there is cannot be told from rows that a
//! seller chose; it can be estimated only if they were taken as if at random, which is tested where
//! it can be ([`chosen`]), and refused with the reason where it evidently was not so.
//!
//! - From one sample with ids of the organisation's own sequence: the highest id of a random sample lies
//!   just below the highest there is ([`tank`]; Ruggles and Brodie 1947).
//! - From two releases that were taken independently of one another: the more rows they share, the
//!   fewer there are ([`recapture`]; Chapman 1951).

pub mod chosen;
pub mod recapture;
pub mod tank;
mod words;

use serde::{Deserialize, Serialize};

use crate::chance::Interval;

/// What is known of the ids of a sample.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The ids of the sample's rows, in any order; repeated ones count once.
    pub sample: Vec<u64>,
    /// The ids of the own records, where they are at hand: gaps are known then.
    pub own: Vec<u64>,
    /// The first id that was ever given; only used where the own ids are not at hand.
    pub first: u64,
    /// Other tests of whether rows were taken at random, such as by the first letters of names.
    pub others: Vec<chosen::Test>,
}

/// By which method a number was estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// From the highest id.
    GermanTank,
    /// From the overlap of two releases.
    CaptureRecapture,
}

/// An estimate of the number of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// How it was made.
    pub method: Method,
    /// The number with its 95 % limits.
    pub rows: Interval,
    /// What must hold for it.
    pub assumption: String,
}

/// How many rows the table of the leak had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    /// Different ids, or rows where there are no ids, that were seen: there are at least so many.
    pub seen: u64,
    /// How many of the own records have an id up to the sample's highest: the table of which this is a
    /// copy had about so many then, whether or not all of them were taken.
    pub up_to_highest: Option<u64>,
    /// The estimate, if one can be made.
    pub estimate: Option<Estimate>,
    /// Why none can be made.
    pub refused: Option<String>,
    /// The tests of whether rows were taken at random.
    pub tests: Vec<chosen::Test>,
    /// One sentence, with what a sample cannot tell.
    pub sentence: String,
}

/// Volume from the ids of one sample.
pub fn of_ids(ids: &Ids) -> Volume {
    let sample = distinct(&ids.sample);
    let own = distinct(&ids.own);
    let highest = sample.last().copied();
    let up_to = highest.filter(|_| !own.is_empty());
    let up_to = up_to.map(|id| own.partition_point(|&other| other <= id) as u64);
    // Among the own ids an id becomes its rank, so that gaps are gone and rows are counted.
    let places: Vec<u64> = if own.is_empty() {
        let first = ids.first.min(sample.first().copied().unwrap_or(ids.first));
        sample.iter().map(|id| (id - first).saturating_add(1)).collect()
    } else {
        sample.iter().filter_map(|id| own.binary_search(id).ok()).map(|at| at as u64 + 1).collect()
    };
    let mut tests = chosen::of_places(&places);
    tests.extend(ids.others.iter().cloned());
    let mut refused = refusal(&places, &tests);
    let estimate = tank::estimate(&places).filter(|_| refused.is_none());
    if estimate.is_none() && refused.is_none() {
        refused = Some("there are fewer than two ids".to_owned());
    }
    let estimate = estimate.map(|rows| Estimate {
        method: Method::GermanTank,
        rows,
        assumption: words::tank(!own.is_empty()),
    });
    let seen = sample.len() as u64;
    finished(Volume {
        seen,
        up_to_highest: up_to,
        estimate,
        refused,
        tests,
        sentence: String::new(),
    })
}

/// Volume where there are no ids: what was seen, and why there is no more.
pub fn of_rows(seen: u64) -> Volume {
    finished(Volume {
        seen,
        up_to_highest: None,
        estimate: None,
        refused: Some("the sample has no ids of the organisation's own sequence".to_owned()),
        tests: Vec::new(),
        sentence: String::new(),
    })
}

/// Volume from two releases that were taken independently: their sizes, and how many rows they share.
pub fn of_releases(first: u64, second: u64, shared: u64) -> Volume {
    let shared = shared.min(first).min(second);
    let estimate = recapture::estimate(first, second, shared).map(|rows| Estimate {
        method: Method::CaptureRecapture,
        rows,
        assumption: words::recapture(),
    });
    let refused = estimate
        .is_none()
        .then(|| "the two releases share no row, so that there is no upper limit".to_owned());
    let seen = first + second - shared;
    let tests = Vec::new();
    finished(Volume {
        seen,
        up_to_highest: None,
        estimate,
        refused,
        tests,
        sentence: String::new(),
    })
}

fn finished(mut volume: Volume) -> Volume {
    volume.sentence = words::sentence(&volume);
    volume
}

fn refusal(places: &[u64], tests: &[chosen::Test]) -> Option<String> {
    if places.len() < 10 {
        return Some(
            "there are fewer than ten ids, too few to see whether they are random".to_owned(),
        );
    }
    tests.iter().find(|test| test.p < test.level).map(|test| test.against.clone())
}

fn distinct(ids: &[u64]) -> Vec<u64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same each time.
    fn drawn(count: u64, below: u64) -> Vec<u64> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        (0..count).map(|_| 1 + next() % below).collect()
    }

    #[test]
    fn an_estimate_is_made_of_random_ids_and_refused_of_others() {
        let others = vec![chosen::Test {
            name: "letters of names".to_owned(),
            p: 1e-9,
            level: 1e-4,
            against: "names begin with few letters".to_owned(),
        }];
        for (name, sample, others, refused) in [
            ("random", drawn(200, 230_000), vec![], None),
            ("the first rows", (1..=200).collect(), vec![], Some("neighbours")),
            ("one block", (5_000..5_200).collect(), vec![], Some("uniformly")),
            ("every thousandth", (1..=200).map(|at| at * 1_000).collect(), vec![], Some("evenly")),
            (
                "the older half",
                {
                    let mut ids = drawn(200, 50_000);
                    ids.push(230_000);
                    ids
                },
                vec![],
                Some("uniformly"),
            ),
            ("one letter", drawn(200, 230_000), others, Some("few letters")),
            ("too few", vec![5, 80, 200], vec![], Some("fewer than ten")),
        ] {
            let seen = distinct(&sample).len() as u64;
            let volume = of_ids(&Ids { sample, others, first: 1, ..Ids::default() });
            assert_eq!(volume.seen, seen, "{name}");
            match refused {
                None => {
                    let rows = volume.estimate.unwrap().rows;
                    assert!(rows.low <= 230_000.0 && 230_000.0 <= rows.high, "{name}: {rows:?}");
                    assert!(rows.high - rows.low < 5_000.0, "{name}: {rows:?}");
                }
                Some(words) => {
                    let why = volume.refused.unwrap();
                    assert!(why.contains(words), "{name}: {why}");
                    assert!(volume.sentence.contains(words), "{name}: {}", volume.sentence);
                    assert_eq!(volume.estimate, None, "{name}");
                }
            }
        }
    }

    #[test]
    fn gaps_of_the_own_sequence_are_not_counted_as_rows() {
        let own: Vec<u64> = (1..=10_000).map(|at| at * 3).collect();
        let sample: Vec<u64> = drawn(300, 10_000).into_iter().map(|at| at * 3).collect();
        let volume = of_ids(&Ids { sample, own, first: 1, ..Ids::default() });
        let rows = volume.estimate.unwrap().rows;
        assert!((9_900.0..10_200.0).contains(&rows.value), "{rows:?}");
        assert!(volume.up_to_highest.unwrap() <= 10_000);
    }
}
