//! How many times better one origin of the sample explains the counts than another.
//!
//! A ratio compares two stated stories, and nothing else: it is no probability that either is true.
//! Rows of a sample were chosen by somebody and are not independent, and no model knows what that
//! somebody could look up; so no ratio above [`CAP`] is ever said, however many rows there are.
//!
//! The stories:
//!
//! - *the customer table*: each row was in the own records, but for those deleted since and for damaged
//!   values. The share that is found again is unknown: anything from a half to all, each as likely.
//! - *an ordinary list*: addresses of the public at large, of which a share is found by overlap alone.
//!   That share is an explicit input with limits, each value between them as likely on the scale of
//!   logarithms.
//! - *an earlier breach*: each row was in that file, but for the same losses; how many rows of that file
//!   are customers, and how many customers are in that file, was counted in both files.
//! - *made-up columns*: real addresses beside invented other values, which agree as often as the values
//!   of two customers taken at random.

use serde::{Deserialize, Serialize};

use crate::chance::{self, Interval};
use crate::verification::{ColumnTally, Earlier, Tally};

/// The share of an ordinary list that is found in the own records, where the analyst says nothing:
/// from one address in ten thousand to one in twenty.
pub const OVERLAP: Interval = Interval { value: 0.002, low: 0.000_1, high: 0.05 };

/// No ratio above this is said.
pub const CAP: f64 = 10_000.0;

/// Steps of the sums over unknown shares.
const STEPS: u32 = 400;

/// How many times better the customer table explains the counts than another origin does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The other origin.
    pub against: String,
    /// The ratio, between 1 ÷ [`CAP`] and [`CAP`].
    pub value: f64,
    /// The same where what is unknown of the other origin is as favourable to it as allowed.
    pub at_worst: f64,
    /// Whether the true figure of the model lies beyond the cap.
    pub is_capped: bool,
    /// What was compared, in one sentence.
    pub sentence: String,
}

/// All ratios that a tally gives.
pub fn of(tally: &Tally) -> Vec<Ratio> {
    if tally.asked == 0 {
        return Vec::new();
    }
    let mut all = vec![ordinary(tally)];
    all.extend(tally.earlier.iter().filter_map(|earlier| of_earlier(tally, earlier)));
    all.extend(made_up(&tally.columns));
    all
}

/// Against an ordinary list.
fn ordinary(tally: &Tally) -> Ratio {
    let (k, n) = (tally.found as f64, tally.asked as f64);
    let own = from_table(k, n - k);
    let Interval { low, high, .. } = tally.overlap;
    let (low, high) = (low.clamp(1e-9, 1.0 - 1e-9), high.clamp(1e-9, 1.0 - 1e-9));
    let other = |share: f64| k * share.ln() + (n - k) * (-share).ln_1p();
    let mean = mean_of(|at| other((low.ln() + at * (high.ln() - low.ln())).exp()));
    // The share that suits the other story best lies where the counts are, or at a limit.
    let worst = other((k / n).clamp(low, high));
    ratio(
        "an ordinary list of addresses",
        own - mean,
        own - worst,
        format!(
            "{} of {} rows were found, where an ordinary list would share between {} and {} with these \
             records",
            tally.found,
            tally.asked,
            share(low),
            share(high)
        ),
    )
}

/// Against an earlier breach; nothing where that file and the records share too little to count.
fn of_earlier(tally: &Tally, earlier: &Earlier) -> Option<Ratio> {
    if earlier.rows == 0 || tally.own_rows == 0 {
        return None;
    }
    let both = earlier.in_both as f64;
    let own_alone = tally.found.saturating_sub(earlier.in_both) as f64;
    let it_alone = earlier.in_it_alone as f64;
    let neither = (tally.asked as f64 - both - own_alone - it_alone).max(0.0);
    // Half a row is added on either side, so that what was never counted is not impossible.
    let smoothed = |part: u64, whole: u64| (part as f64 + 0.5) / (whole as f64 + 1.0);
    let of_own = smoothed(earlier.shared_with_own.min(tally.own_rows), tally.own_rows);
    let of_it = smoothed(earlier.shared_with_own.min(earlier.rows), earlier.rows);
    // Of each story: the rows that its table still explains, by whether the other has them too, and
    // the rows that were lost or damaged.
    let own = from_table(both + own_alone, it_alone + neither)
        + both * of_own.ln()
        + own_alone * (-of_own).ln_1p();
    let other = from_table(both + it_alone, own_alone + neither)
        + both * of_it.ln()
        + it_alone * (-of_it).ln_1p();
    // What a story leaves over is in the other table no more often than by that overlap.
    let own = own + it_alone * of_own.ln() + neither * (-of_own).ln_1p();
    let other = other + own_alone * of_it.ln() + neither * (-of_it).ln_1p();
    Some(ratio(
        &format!("the earlier breach {}", earlier.name),
        own - other,
        own - other,
        format!(
            "{} of {} rows are in these records and {} in that file; {} of the customers and {} of \
             that file are in both",
            tally.found,
            tally.asked,
            earlier.in_both + earlier.in_it_alone,
            share(of_own),
            share(of_it)
        ),
    ))
}

/// Against real addresses with made-up values beside them.
fn made_up(columns: &[ColumnTally]) -> Option<Ratio> {
    let known = |column: &&ColumnTally| {
        column.by_chance.is_some() && column.agree + column.near + column.differ > 0
    };
    let (mut log, mut names) = (0.0, Vec::new());
    for column in columns.iter().filter(known) {
        let by_chance = column.by_chance.unwrap_or_default().clamp(1e-6, 1.0 - 1e-6);
        let (agree, other) = (column.agree as f64, (column.near + column.differ) as f64);
        log += chance::ln_beta(agree + 1.0, other + 1.0)
            - agree * by_chance.ln()
            - other * (-by_chance).ln_1p();
        names.push(column.own.as_str());
    }
    if names.is_empty() {
        return None;
    }
    // Columns of one person hang together (postcode and city): the strongest alone would say nearly as
    // much, so the sum is an upper bound, and the worst case is the mean of a column.
    let worst = log / names.len() as f64;
    Some(ratio(
        "real addresses beside made-up values",
        log,
        worst,
        format!("the columns {} were compared on the rows that were found", names.join(", ")),
    ))
}

/// The logarithm of the chance of so many found and lost rows under *the customer table*.
fn from_table(found: f64, lost: f64) -> f64 {
    mean_of(|at| {
        let share = (0.5 + 0.5 * at).min(1.0 - 1e-9);
        found * share.ln() + lost * (-share).ln_1p()
    })
}

/// The logarithm of the mean of `exp(log)` over 0 to 1.
fn mean_of(log: impl Fn(f64) -> f64) -> f64 {
    let logs: Vec<f64> =
        (0..STEPS).map(|step| log((f64::from(step) + 0.5) / f64::from(STEPS))).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + (logs.iter().map(|log| (log - most).exp()).sum::<f64>() / f64::from(STEPS)).ln()
}

fn ratio(against: &str, log: f64, worst: f64, sentence: String) -> Ratio {
    let worst = worst.min(log);
    let cap = |log: f64| log.exp().clamp(1.0 / CAP, CAP);
    Ratio {
        against: against.to_owned(),
        value: cap(log),
        at_worst: cap(worst),
        is_capped: log.abs() > CAP.ln(),
        sentence,
    }
}

/// A share for a sentence.
fn share(share: f64) -> String {
    let percent = 100.0 * share;
    if percent >= 10.0 {
        format!("{percent:.0} %")
    } else if percent >= 0.1 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.3} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::verification::Way;

    fn tally(found: u64, asked: u64) -> Tally {
        Tally { own_rows: 200_000, found, asked, ..Tally::new(Way::Local, Kind::Email) }
    }

    #[test]
    fn a_ratio_says_which_story_fits_and_never_more_than_its_cap() {
        for (name, found, asked, range) in [
            ("all found", 200, 200, 9_999.0..=CAP),
            ("one of one", 1, 1, 20.0..=1_000.0),
            ("none found", 0, 200, 0.0..=0.001),
            ("as many as by overlap", 2, 200, 0.0..=0.001),
        ] {
            let ratio = ordinary(&tally(found, asked));
            assert!(range.contains(&ratio.value), "{name}: {ratio:?}");
            assert!(ratio.at_worst <= ratio.value, "{name}");
        }
        assert!(ordinary(&tally(200, 200)).is_capped);
    }

    #[test]
    fn a_sample_out_of_an_earlier_breach_is_known_as_such() {
        let earlier = |in_both, in_it_alone| Earlier {
            name: "old".to_owned(),
            rows: 50_000,
            shared_with_own: 25_000,
            in_both,
            in_it_alone,
        };
        // Half of the old file are customers; an eighth of the customers are in it.
        for (name, found, in_both, in_it_alone, from_own) in
            [("from the old file", 100, 100, 100, false), ("from the own table", 200, 25, 0, true)]
        {
            let tally = tally(found, 200);
            let ratio = of_earlier(&tally, &earlier(in_both, in_it_alone)).unwrap();
            assert_eq!(ratio.value > 1.0, from_own, "{name}: {ratio:?}");
        }
    }

    #[test]
    fn made_up_values_weigh_against_the_table() {
        let column = |agree, differ| ColumnTally {
            column: "zip".to_owned(),
            own: "postcode".to_owned(),
            kind: Kind::Postcode,
            agree,
            near: 0,
            differ,
            absent: 0,
            by_chance: Some(0.01),
        };
        assert!(made_up(&[column(95, 5)]).unwrap().value > 1_000.0);
        assert!(made_up(&[column(1, 99)]).unwrap().value < 1.0);
        assert_eq!(made_up(&[]), None);
    }
}
