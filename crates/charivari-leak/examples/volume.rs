//! How well numbers of rows are estimated: simulated tables whose truth is known.
//!
//! `cargo run --release -p charivari-leak --example volume -- [TABLES [SEED]]` prints the table of
//! docs/leak-verify.md.

#![allow(clippy::print_stdout, reason = "an example that prints a table")]
#![allow(clippy::cast_sign_loss, reason = "shares of a length are never below zero")]

use std::collections::BTreeSet;

use charivari_leak::volume::{self, Ids};
use rayon::prelude::*;

/// What is done with a table.
#[derive(Clone, Copy)]
enum Way {
    /// Random rows of a table whose ids have no gaps.
    Ids,
    /// Random rows of a table of which this share of ids is gone, with the own ids at hand.
    Gaps(f64),
    /// As before, without the own ids.
    UnknownGaps(f64),
    /// Two releases of so many rows.
    Releases(usize),
    /// Rows of one block of so many times the sample.
    Block(usize),
    /// The first rows.
    First,
}

struct Cell {
    name: &'static str,
    way: Way,
    all: usize,
    rows: usize,
}

const CELLS: [Cell; 16] = [
    Cell { name: "ids, no gaps", way: Way::Ids, all: 230_000, rows: 200 },
    Cell { name: "ids, no gaps", way: Way::Ids, all: 230_000, rows: 1_000 },
    Cell { name: "ids, no gaps", way: Way::Ids, all: 230_000, rows: 20 },
    Cell { name: "ids, no gaps", way: Way::Ids, all: 5_000, rows: 200 },
    Cell { name: "ids, no gaps, most of the table", way: Way::Ids, all: 1_000, rows: 500 },
    Cell {
        name: "30 % of ids gone, own ids at hand",
        way: Way::Gaps(0.3),
        all: 100_000,
        rows: 200,
    },
    Cell {
        name: "5 % of ids gone, own ids at hand",
        way: Way::Gaps(0.05),
        all: 100_000,
        rows: 200,
    },
    Cell {
        name: "30 % of ids gone, unknown (unlike the model)",
        way: Way::UnknownGaps(0.3),
        all: 100_000,
        rows: 200,
    },
    Cell { name: "two releases", way: Way::Releases(1_000), all: 10_000, rows: 1_000 },
    Cell { name: "two releases", way: Way::Releases(5_000), all: 230_000, rows: 5_000 },
    Cell { name: "two releases", way: Way::Releases(2_000), all: 230_000, rows: 2_000 },
    Cell {
        name: "two releases of other sizes",
        way: Way::Releases(10_000),
        all: 100_000,
        rows: 500,
    },
    Cell { name: "two releases, most of the table", way: Way::Releases(300), all: 500, rows: 300 },
    Cell {
        name: "a block of ten times the sample (must be refused)",
        way: Way::Block(10),
        all: 230_000,
        rows: 200,
    },
    Cell {
        name: "a block of twice the sample (must be refused)",
        way: Way::Block(2),
        all: 230_000,
        rows: 200,
    },
    Cell { name: "the first rows (must be refused)", way: Way::First, all: 230_000, rows: 200 },
];

/// Numbers of `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (((self.next() >> 11) as f64 / (1_u64 << 53) as f64) * limit as f64) as usize
    }

    /// So many different numbers below the limit.
    fn drawn(&mut self, count: usize, limit: usize) -> Vec<usize> {
        let mut drawn = BTreeSet::new();
        while drawn.len() < count {
            drawn.insert(self.below(limit));
        }
        drawn.into_iter().collect()
    }
}

/// Whether the limits hold the truth, and their width as a share of it; nothing where it was refused.
fn outcome(cell: &Cell, seed: u64) -> Option<(bool, f64)> {
    let mut random = Random(seed);
    let found = match cell.way {
        Way::Releases(second) => {
            let first: BTreeSet<usize> = random.drawn(cell.rows, cell.all).into_iter().collect();
            let again = random.drawn(second, cell.all);
            let shared = again.iter().filter(|row| first.contains(row)).count();
            volume::of_releases(cell.rows as u64, second as u64, shared as u64)
        }
        way => {
            let gone =
                if let Way::Gaps(share) | Way::UnknownGaps(share) = way { share } else { 0.0 };
            let mut next = 0;
            let mut ids = Vec::with_capacity(cell.all);
            while ids.len() < cell.all {
                next += 1;
                if random.below(1_000) as f64 >= 1_000.0 * gone {
                    ids.push(next);
                }
            }
            let rows = match way {
                Way::Block(times) => {
                    let from = cell.all / 2;
                    random.drawn(cell.rows, cell.rows * times).iter().map(|at| from + at).collect()
                }
                Way::First => (0..cell.rows).collect(),
                _ => random.drawn(cell.rows, cell.all),
            };
            let sample = rows.iter().map(|&at| ids[at]).collect();
            let own = if matches!(way, Way::Gaps(_)) { ids } else { Vec::new() };
            volume::of_ids(&Ids { sample, own, first: 1, ..Ids::default() })
        }
    };
    let rows = found.estimate?.rows;
    let truth = cell.all as f64;
    Some((rows.low <= truth && truth <= rows.high, (rows.high - rows.low) / truth))
}

fn main() {
    let mut args = std::env::args().skip(1);
    let tables: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let seed: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    println!("| condition | rows | sample | refused | covered | median width |");
    println!("|---|---|---|---|---|---|");
    for (number, cell) in CELLS.iter().enumerate() {
        let of = |at: u64| outcome(cell, seed.wrapping_mul(1 << 40) + ((number as u64) << 24) + at);
        let all: Vec<Option<(bool, f64)>> = (0..tables).into_par_iter().map(of).collect();
        let made: Vec<(bool, f64)> = all.iter().filter_map(|outcome| *outcome).collect();
        let held = made.iter().filter(|outcome| outcome.0).count();
        let mut widths: Vec<f64> = made.iter().map(|outcome| outcome.1).collect();
        widths.sort_by(f64::total_cmp);
        let percent = |part: usize, of: usize| {
            if of == 0 {
                "-".to_owned()
            } else {
                format!("{:.1} %", 100.0 * part as f64 / of as f64)
            }
        };
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            cell.name,
            cell.all,
            cell.rows,
            percent(all.len() - made.len(), all.len()),
            percent(held, made.len()),
            widths
                .get(widths.len() / 2)
                .map_or("-".to_owned(), |width| format!("{:.1} %", 100.0 * width)),
        );
    }
}
