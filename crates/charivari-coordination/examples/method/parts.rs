//! The parts of the check, each a table.

use std::fmt::Write as _;
use std::path::Path;

use charivari_coordination::{Parameters, Testing};
use charivari_simulate::society::{Planted, Settings, Tactic};

use crate::figure;
use crate::outcome::{Sum, of, wilson};
use crate::permuted;

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    Quick,
    Full,
}

impl Effort {
    fn runs(self, full: u64) -> u64 {
        if self == Self::Quick { full.div_ceil(10) } else { full }
    }
}

/// One part: its name, and what it writes.
pub(crate) type Part = fn(Effort, &Path) -> String;

/// All parts.
pub(crate) const PARTS: &[(&str, Part)] = &[
    ("honest", honest),
    ("planted", planted),
    ("wrong", wrong),
    ("uniform", uniform),
    ("robust", robust),
    ("permuted", permuted::permuted),
];

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn interval((low, high): (f64, f64)) -> String {
    format!("{:.1}–{:.1} %", 100.0 * low, 100.0 * high)
}

/// How often an honest crowd is blamed.
fn honest(effort: Effort, _out: &Path) -> String {
    let parameters = Parameters::default();
    let mut text = String::from(
        "| accounts | crowds | with a significant edge | 95 % interval | outlets shown as syndication | seconds each |\n|---|---|---|---|---|---|\n",
    );
    let (mut runs, mut wrong) = (0, 0);
    for (accounts, crowds) in [(2_000, 80), (5_000, 60), (10_000, 40), (20_000, 20)] {
        let crowds = effort.runs(crowds);
        let sum = Sum::over(0..crowds, &parameters, |seed| {
            Settings::honest(accounts, 1_000 + 7 * accounts as u64 + seed)
        });
        runs += sum.runs;
        wrong += sum.runs_wrong;
        let _ = writeln!(
            text,
            "| {accounts} | {crowds} | {} | {} | {} of {} | {:.2} |",
            sum.runs_wrong,
            interval(wilson(sum.runs_wrong, sum.runs)),
            sum.outlets.1,
            sum.outlets.0,
            sum.seconds / sum.runs as f64,
        );
    }
    let _ = writeln!(
        text,
        "| all | {runs} | {wrong} ({}) | {} | | |",
        percent(wrong as f64 / runs as f64),
        interval(wilson(wrong, runs))
    );
    text
}

/// How many of the planted are found, and how many others are named, in default settings.
fn planted(effort: Effort, _out: &Path) -> String {
    let parameters = Parameters::default();
    let mut text = String::new();
    for accounts in [5_000, 20_000] {
        let sum =
            Sum::over(0..effort.runs(20), &parameters, |seed| Settings::usual(accounts, 1 + seed));
        let _ = writeln!(
            text,
            "{accounts} accounts, {} seeds: of the accounts with a group {} are planted, of the planted {} have a group; {} of {} outlets are shown as syndication; {:.2} s each.\n",
            sum.runs,
            percent(sum.precision()),
            percent(sum.recall()),
            sum.outlets.1,
            sum.outlets.0,
            sum.seconds / sum.runs as f64,
        );
        text.push_str("| tactic | planted accounts | with a group | share | 95 % interval |\n|---|---|---|---|---|\n");
        let mut tactics: Vec<_> = sum.planted.iter().collect();
        tactics.sort_by(|a, b| {
            let share = |(of, found): &(u64, u64)| *found as f64 / *of as f64;
            share(a.1).total_cmp(&share(b.1)).then(a.0.cmp(b.0))
        });
        for (tactic, (of, found)) in tactics {
            let share = *found as f64 / *of as f64;
            let _ = writeln!(
                text,
                "| {tactic} | {of} | {found} | {} | {} |",
                percent(share),
                interval(wilson(*found, *of))
            );
        }
        text.push('\n');
    }
    text
}

/// The share of wrong edges, by tactic and size.
fn wrong(effort: Effort, _out: &Path) -> String {
    let parameters = Parameters::default();
    let mut text = String::from(
        "| tactic | accounts in a group | runs | mean share of wrong edges | planted with a group |\n|---|---|---|---|---|\n",
    );
    for tactic in Tactic::ALL {
        for size in [4, 10, 25] {
            if tactic == Tactic::Small && size > 4 {
                continue;
            }
            let sum = Sum::over(0..effort.runs(10), &parameters, |seed| {
                let mut settings = Settings::honest(5_000, 40_000 + seed);
                settings.plant(&[tactic], 2);
                for planted in &mut settings.planted {
                    planted.size = size;
                }
                settings
            });
            let (mean, half) = sum.wrong_share();
            let _ = writeln!(
                text,
                "| {} | {size} | {} | {:.2} ± {:.2} % | {} |",
                tactic.name(),
                sum.runs,
                100.0 * mean,
                100.0 * half,
                percent(sum.recall())
            );
        }
    }
    text
}

/// Whether the p-values of pairs that did not act together are anywhere too small.
fn uniform(effort: Effort, out: &Path) -> String {
    // Edges of one object too, so that pairs that met once within the minute are tested.
    let parameters = Parameters { min_weight: 1, ..Parameters::default() };
    let mut text = String::from(
        "| crowd | pairs that share an object | tested | share with p ≤ 0.05 | ≤ 0.01 | ≤ 0.001 | ≤ 0.0001 | greatest excess over uniform |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut curves = Vec::new();
    for (name, accounts, plant) in
        [("honest", 5_000, false), ("honest", 20_000, false), ("with planted groups", 5_000, true)]
    {
        let (mut all, mut p_values) = (0.0, Vec::new());
        for seed in 0..effort.runs(20) {
            let mut settings = Settings::honest(accounts, 70_000 + seed);
            // Publishers really do post together: their pairs are no nulls.
            settings.publishers = 0;
            if plant {
                settings.plant(&Tactic::ALL, 1);
            }
            let outcome = of(&settings, &parameters);
            all += outcome.null_pairs;
            p_values.extend(outcome.null_p);
        }
        p_values.sort_by(f64::total_cmp);
        let share = |p: f64| p_values.partition_point(|value| *value <= p) as f64 / all;
        // One-sided Kolmogorov–Smirnov: the greatest height of the curve above the diagonal.
        let excess = p_values
            .iter()
            .enumerate()
            .map(|(at, p)| (at + 1) as f64 / all - p)
            .fold(0.0, f64::max);
        let _ = writeln!(
            text,
            "| {name}, {accounts} accounts | {all:.0} | {} | {:.2e} | {:.2e} | {:.2e} | {:.2e} | {} |",
            p_values.len(),
            share(0.05),
            share(0.01),
            share(0.001),
            share(0.0001),
            if excess > 0.0 { format!("{excess:.1e}") } else { "none".to_owned() },
        );
        let curve = (0..=56).map(|step| 10_f64.powf(-7.0 + f64::from(step) / 8.0));
        curves
            .push((format!("{name}, {accounts} accounts"), curve.map(|p| (p, share(p))).collect()));
    }
    std::fs::write(out.join("uniform.svg"), figure::p_values(&curves)).expect("room for a figure");
    text
}

/// What becomes of both under other settings.
fn robust(effort: Effort, out: &Path) -> String {
    let mut rows: Vec<(String, Sum)> = Vec::new();
    let seeds = 0..effort.runs(10).max(2);
    let usual = |seed| Settings::usual(5_000, 300 + seed);
    let learnt = Parameters::default();
    rows.push(("windows learnt".to_owned(), Sum::over(seeds.clone(), &learnt, usual)));
    for window_s in [10, 60, 300, 900, 3_600] {
        let parameters = Parameters {
            window: window_s * 1_000_000,
            testing: Testing::Window,
            ..Parameters::default()
        };
        rows.push((
            format!("window {window_s} s alone"),
            Sum::over(seeds.clone(), &parameters, usual),
        ));
    }
    for ordinary in [0.5, 0.7, 0.8, 0.9, 0.95] {
        let sum = Sum::over(seeds.clone(), &learnt, |seed| {
            let mut settings = usual(seed);
            for Planted { ordinary: share, .. } in &mut settings.planted {
                *share = ordinary;
            }
            settings
        });
        rows.push((format!("camouflage {:.0} %", 100.0 * ordinary), sum));
    }
    rows.push((
        "clock of minutes".to_owned(),
        Sum::over(seeds.clone(), &learnt, |seed| Settings { resolution: 60, ..usual(seed) }),
    ));
    for (accounts, runs) in [(2_000, 10), (10_000, 5), (50_000, 3), (200_000, 1)] {
        let sum =
            Sum::over(0..effort.runs(runs), &learnt, |seed| Settings::usual(accounts, 500 + seed));
        rows.push((format!("{accounts} accounts"), sum));
    }
    let mut text = String::from(
        "| setting | runs | planted with a group | worst tactic | accounts with a group that are planted | mean share of wrong edges | seconds each |\n|---|---|---|---|---|---|---|\n",
    );
    for (name, sum) in &rows {
        let worst = sum
            .planted
            .iter()
            .map(|(tactic, (of, found))| (*found as f64 / *of as f64, *tactic))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let worst =
            worst.map_or(String::new(), |(share, tactic)| format!("{tactic} {}", percent(share)));
        let (mean, half) = sum.wrong_share();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {worst} | {} | {:.2} ± {:.2} % | {:.2} |",
            sum.runs,
            percent(sum.recall()),
            percent(sum.precision()),
            100.0 * mean,
            100.0 * half,
            sum.seconds / sum.runs as f64
        );
    }
    let bars: Vec<_> =
        rows.iter().map(|(name, sum)| (name.clone(), sum.recall(), sum.precision())).collect();
    std::fs::write(out.join("robust.svg"), figure::shares(&bars)).expect("room for a figure");
    text
}
