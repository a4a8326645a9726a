//! Pretenders and honest look-alikes, made by hand: one half was learnt from, the other tests.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests say what they measure")]

mod common;

use charivari_identity::fit::{average_precision, calibration, stretched};
use charivari_identity::names::{Index, Level, Names};
use charivari_identity::scan::Scanner;
use charivari_identity::score::{Feature, PRIOR, Usual, score, threshold, weights};
use std::fmt::Write as _;

use common::{Pair, pairs, roster, row};

/// The half that is learnt from: those in odd places of the list of the protected.
fn learns(pair: &Pair) -> bool {
    pair.who.is_multiple_of(2)
}

#[test]
fn there_are_three_hundred_pairs_and_half_of_them_are_honest() {
    let roster = roster();
    let pairs = pairs(&roster);
    let pretending = pairs.iter().filter(|pair| pair.pretends()).count();
    assert!(pairs.len() >= 300, "{}", pairs.len());
    assert!(
        pretending * 10 >= pairs.len() * 4 && pretending * 10 <= pairs.len() * 6,
        "{pretending}"
    );
    for kind in ["parody", "fan", "staff", "namesake", "local", "service", "own"] {
        assert!(pairs.iter().filter(|pair| pair.label == kind).count() >= 5, "{kind}");
    }
}

#[test]
fn every_pretender_is_found_by_the_index() {
    let roster = roster();
    let names: Vec<Names> = roster.protected.iter().map(Names::new).collect();
    let index = Index::new(&names);
    let missed: Vec<String> = pairs(&roster)
        .iter()
        .filter(|pair| pair.pretends() && !index.candidates(&pair.account()).contains(&pair.who))
        .map(|pair| format!("{} / {}", pair.name, pair.handle))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Pairs that are alike by name.
#[derive(Default)]
struct Measured {
    /// Values for the regression.
    rows: Vec<Vec<f64>>,
    /// Whether each pretends.
    there: Vec<bool>,
    /// Whom each is like.
    who: Vec<u32>,
    /// Scores, and of them pretender against honest look-alike.
    totals: Vec<f64>,
    alike: Vec<f64>,
}

fn measured(keep: impl Fn(&Pair) -> bool) -> Measured {
    let roster = roster();
    let scanner = Scanner::new(&roster);
    let mut all = Measured::default();
    for pair in pairs(&roster).iter().filter(|pair| keep(pair)) {
        // Who is not alike by name at all is no look-alike, and has the least score.
        let Some(evidence) = pair.evidence(&scanner) else {
            assert!(!pair.pretends(), "{} / {} is not alike", pair.name, pair.handle);
            continue;
        };
        let scored = score(&evidence, &Usual::default()).unwrap();
        all.rows.push(row(&evidence));
        all.there.push(pair.pretends());
        all.who.push(pair.who);
        all.totals.push(scored.total);
        all.alike.push(scored.among_alike);
    }
    all
}

#[test]
fn the_weights_are_those_that_one_half_teaches() {
    let half = measured(learns);
    let fit = stretched(&half.rows, &half.there, &half.who, weights::SHRINK);
    let mut told = format!("pub const CONSTANT: f64 = {:.4};\n", fit.weights[0]);
    for feature in Feature::ALL {
        let _ =
            writeln!(told, "    {:.4}, // {}", fit.weights[feature as usize + 1], feature.name());
    }
    // Shares of the honest, for the rarity: one more of each, so that none is zero.
    for level in Level::ALL {
        let at = 1 + level as usize;
        let honest = half.rows.iter().zip(&half.there).filter(|(_, there)| !**there);
        let (all, of) =
            honest.fold((0, 0), |(all, of), (row, _)| (all + 1, of + usize::from(row[at] > 0.5)));
        let _ =
            writeln!(told, "{level:?} {:.4}", (of + 1) as f64 / (all + Level::ALL.len()) as f64);
    }
    println!("{told}");
    let close = |feature: &Feature| {
        (fit.weights[*feature as usize + 1] - weights::of(*feature)).abs() < 1e-3
    };
    assert!(Feature::ALL.iter().all(close), "{told}");
    assert!((fit.weights[0] - weights::CONSTANT).abs() < 1e-3, "{told}");
}

#[test]
fn the_other_half_is_ranked_and_its_odds_hold() {
    let half = measured(|pair| !learns(pair));
    let precision = average_precision(&half.totals, &half.there);
    let held = calibration(&half.alike, &half.there).unwrap();
    let pretending = half.there.iter().filter(|there| **there).count();
    let over = |pretends: bool| {
        let all = half.totals.iter().zip(&half.there);
        all.filter(|(total, there)| **there == pretends && **total >= threshold(PRIOR)).count()
    };
    println!(
        "{} pairs, average precision {precision:.4} (of the odds among look-alikes {:.4}); slope \
         {:.2} ({:.2} to {:.2}), intercept {:.2} ({:.2} to {:.2}); at the default threshold {} of \
         {pretending} pretenders and {} of {} honest look-alikes",
        half.there.len(),
        average_precision(&half.alike, &half.there),
        held.slope[0],
        held.slope[1],
        held.slope[2],
        held.intercept[0],
        held.intercept[1],
        held.intercept[2],
        over(true),
        over(false),
        half.there.len() - pretending,
    );
    assert!(precision >= 0.97, "{precision}");
    assert!(held.slope[1] <= 1.0 && held.slope[2] >= 1.0, "{held:?}");
    assert!(held.intercept[1] <= 0.0 && held.intercept[2] >= 0.0, "{held:?}");
}
