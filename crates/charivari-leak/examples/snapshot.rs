//! How well snapshots are dated: simulated tables whose truth is known, in a grid of conditions, many of
//! them unlike the model.
//!
//! `cargo run --release -p charivari-leak --example snapshot -- [TABLES [SEED [ROWS [NAME]]]]` prints the table of
//! docs/leak-verify.md, or those of its lines that have samples of ROWS rows (`all` for any) and NAME in theirs. Each line is TABLES tables (1,000
//! unless said) of sixty or a hundred times the sample, each with its own instant, drawn uniformly between 15 and
//! 95 % of the table's life.

#![allow(clippy::print_stdout, reason = "an example that prints a table")]
#![allow(clippy::cast_sign_loss, reason = "shares of a length are never below zero")]

use charivari_leak::snapshot::{self, Basis, Change, Seen, Traces};
use rayon::prelude::*;

const DAY: f64 = 86_400.0;

/// How customers came in over the life of the table.
#[derive(Clone, Copy)]
enum Signups {
    Steady,
    Growth,
    Decline,
    Seasons,
    Bursts,
}

/// The law of a clock's error.
#[derive(Clone, Copy)]
enum Shape {
    Normal,
    Flat,
    Late,
}

#[derive(Clone, Copy)]
struct Cell {
    name: &'static str,
    rows: usize,
    movers: f64,
    noise: f64,
    shape: Shape,
    wrong: f64,
    /// Changes that touched another column.
    blind: f64,
    /// Records that were made anew later, so that their time of making says nothing.
    anew: f64,
    signups: Signups,
    years: f64,
    /// Times are noted by the day.
    by_day: bool,
    /// Rows are numbered as they come in.
    ids: bool,
}

const BASE: Cell = Cell {
    name: "base",
    rows: 1_000,
    movers: 0.15,
    noise: 0.5,
    shape: Shape::Normal,
    wrong: 0.02,
    blind: 0.0,
    anew: 0.0,
    signups: Signups::Steady,
    years: 6.0,
    by_day: false,
    ids: true,
};

fn cells() -> Vec<Cell> {
    let mut all = vec![
        BASE,
        Cell { name: "movers 2 %", movers: 0.02, ..BASE },
        Cell { name: "movers 40 %", movers: 0.4, ..BASE },
        Cell { name: "clocks exact", noise: 0.0, ..BASE },
        Cell { name: "clocks off by 1 day", noise: 1.0, ..BASE },
        Cell { name: "clocks off by 3 days", noise: 3.0, ..BASE },
        Cell { name: "clocks off by up to 3 days, flat", noise: 1.73, shape: Shape::Flat, ..BASE },
        Cell { name: "clocks late by 1 day on average", noise: 1.0, shape: Shape::Late, ..BASE },
        Cell { name: "times noted by the day", by_day: true, noise: 0.0, ..BASE },
        Cell { name: "no wrong values", wrong: 0.0, ..BASE },
        Cell { name: "wrong values 5 %", wrong: 0.05, ..BASE },
        Cell { name: "changes elsewhere 50 %", blind: 0.5, ..BASE },
        Cell { name: "made anew 1 %", anew: 0.01, ..BASE },
        Cell { name: "growth", signups: Signups::Growth, ..BASE },
        Cell { name: "decline", signups: Signups::Decline, ..BASE },
        Cell { name: "seasons", signups: Signups::Seasons, ..BASE },
        Cell { name: "bursts", signups: Signups::Bursts, ..BASE },
        Cell { name: "life 2 years", years: 2.0, ..BASE },
        Cell { name: "life 10 years", years: 10.0, ..BASE },
        Cell {
            name: "all at once: bursts, 3 days, 5 % wrong, 2 % movers",
            signups: Signups::Bursts,
            noise: 3.0,
            wrong: 0.05,
            movers: 0.02,
            ..BASE
        },
    ];
    let without = [
        Cell { name: "no ids", ids: false, ..BASE },
        Cell { name: "no ids, clocks exact", ids: false, noise: 0.0, ..BASE },
        Cell { name: "no ids, clocks off by 3 days", ids: false, noise: 3.0, ..BASE },
        Cell { name: "no ids, bursts", ids: false, signups: Signups::Bursts, ..BASE },
        Cell { name: "no ids, movers 2 %", ids: false, movers: 0.02, ..BASE },
        Cell { name: "no ids, made anew 1 %", ids: false, anew: 0.01, ..BASE },
    ];
    all.extend(without);
    // Without ids the clocks' errors are taken to be normal; these are not.
    let unlike = [
        Cell {
            name: "no ids, clocks off by up to 3 days, flat",
            ids: false,
            noise: 1.73,
            shape: Shape::Flat,
            ..BASE
        },
        Cell {
            name: "no ids, clocks late by 1 day on average",
            ids: false,
            noise: 1.0,
            shape: Shape::Late,
            ..BASE
        },
        Cell {
            name: "no ids, times noted by the day",
            ids: false,
            by_day: true,
            noise: 0.0,
            ..BASE
        },
        Cell { name: "no ids, seasons", ids: false, signups: Signups::Seasons, ..BASE },
    ];
    let of_200 = |cell: &Cell| Cell { rows: 200, ..*cell };
    // Numbers of tables go by their place, so what came later stands behind.
    let small: Vec<Cell> = all.iter().map(of_200).collect();
    all.extend(small);
    all.extend(unlike.iter().copied().chain(unlike.iter().map(of_200)));
    all
}

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

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    fn error(&mut self, cell: &Cell) -> f64 {
        match cell.shape {
            _ if cell.noise == 0.0 => 0.0,
            Shape::Normal => cell.noise * self.normal(),
            Shape::Flat => cell.noise * 12.0_f64.sqrt() * (self.unit() - 0.5),
            Shape::Late => -cell.noise * (1.0 - self.unit()).ln(),
        }
    }

    fn made(&mut self, cell: &Cell, life: f64) -> f64 {
        loop {
            let u = self.unit();
            let t = life * u;
            let keep = match cell.signups {
                Signups::Steady => return t,
                Signups::Growth => return life * u.sqrt(),
                Signups::Decline => return life * (1.0 - (1.0 - u).sqrt()),
                // Six times as many in the best season as in the worst.
                Signups::Seasons => {
                    0.17 + 0.83 * (0.5 + 0.5 * (t / 365.0 * std::f64::consts::TAU).sin())
                }
                // Two days of every quarter bring half of all.
                Signups::Bursts => {
                    if t % 91.0 < 2.0 {
                        1.0
                    } else {
                        2.0 / 89.0
                    }
                }
            };
            if self.unit() < keep {
                return t;
            }
        }
    }
}

/// One table and its sample: what the dating is given, and the truth in days.
fn table(cell: &Cell, random: &mut Random) -> (Traces, f64) {
    const START: f64 = 15_000.0;
    let own = if cell.rows < 1_000 { 100 } else { 60 } * cell.rows;
    let life = cell.years * 365.0;
    let truth = START + life * (0.15 + 0.8 * random.unit());
    let end = START + life;
    let noted = |t: f64| {
        let t = if cell.by_day { t.floor() } else { t };
        (t * DAY).round() as i64
    };
    let mut traces = Traces {
        until: (end * DAY) as i64,
        resolution: if cell.by_day { DAY as i64 } else { 1 },
        ..Traces::default()
    };
    let mut there = Vec::new();
    let mut all_made: Vec<f64> = (0..own).map(|_| START + random.made(cell, life)).collect();
    all_made.sort_by(f64::total_cmp);
    for (at, made) in all_made.into_iter().enumerate() {
        let id = at as u64 + 1;
        let again = random.unit() < cell.anew;
        let shown = if again { made + (end - made) * random.unit() } else { made };
        let shown = noted((shown + random.error(cell)).min(end));
        traces.own_created.push(shown);
        if cell.ids {
            traces.own_ids.push(id);
        }
        if made <= truth {
            there.push((made, shown, id));
        }
    }
    for at in 0..cell.rows.min(there.len()) {
        let other = at + (random.unit() * (there.len() - at) as f64) as usize;
        there.swap(at, other);
        let (made, shown, id) = there[at];
        traces.created.push(shown);
        if cell.ids {
            traces.ids.push(id);
        }
        let is_wrong = random.unit() < cell.wrong;
        if random.unit() < cell.movers {
            let change = made + (end - made) * random.unit();
            let touched = random.unit() >= cell.blind;
            let is_old = touched && change > truth;
            let seen = if is_old || is_wrong { Seen::Old } else { Seen::New };
            traces.changes.push(Change { at: noted((change + random.error(cell)).min(end)), seen });
        } else if is_wrong {
            traces.differ += 1;
        } else {
            traces.same += 1;
        }
    }
    (traces, truth)
}

struct Outcome {
    is_held: bool,
    is_below: bool,
    width: f64,
    by_rows: bool,
    values: Option<(bool, f64)>,
}

fn outcome(cell: &Cell, seed: u64) -> Option<Outcome> {
    let mut random = Random(seed);
    let (traces, truth) = table(cell, &mut random);
    let dated = snapshot::of(&traces)?;
    let at = |time: charivari_model::Timestamp| time.0 as f64 / 1e6 / DAY;
    let holds = |span: snapshot::Span| at(span.from) <= truth && truth <= at(span.to);
    Some(Outcome {
        is_held: holds(dated.interval),
        is_below: truth < at(dated.interval.from),
        width: at(dated.interval.to) - at(dated.interval.from),
        by_rows: dated.basis != Basis::Values,
        values: dated.by_values.map(|span| (holds(span), at(span.to) - at(span.from))),
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let tables: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let seed: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let rows: Option<usize> = args.next().and_then(|text| text.parse().ok());
    println!(
        "| condition | n | covered | too late | too early | median width, days | values alone: covered | width | values alone used |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let name = args.next().unwrap_or_default();
    let is_wanted =
        |cell: &Cell| rows.is_none_or(|rows| cell.rows == rows) && cell.name.contains(&name);
    for (number, cell) in cells().iter().enumerate().filter(|(_, cell)| is_wanted(cell)) {
        let of = |at: u64| outcome(cell, seed.wrapping_mul(1 << 40) + ((number as u64) << 24) + at);
        let all: Vec<Outcome> = (0..tables).into_par_iter().filter_map(of).collect();
        let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        let held = all.iter().filter(|outcome| outcome.is_held).count();
        let below = all.iter().filter(|outcome| outcome.is_below).count();
        let values: Vec<(bool, f64)> = all.iter().filter_map(|outcome| outcome.values).collect();
        println!(
            "| {} | {} | {:.1} % | {:.1} % | {:.1} % | {:.1} | {:.1} % | {:.0} | {:.1} % |",
            cell.name,
            cell.rows,
            share(held, all.len()),
            share(below, all.len()),
            share(all.len() - held - below, all.len()),
            median(all.iter().map(|outcome| outcome.width).collect()),
            share(values.iter().filter(|value| value.0).count(), values.len()),
            median(values.iter().map(|value| value.1).collect()),
            share(all.iter().filter(|outcome| !outcome.by_rows).count(), all.len()),
        );
    }
}
