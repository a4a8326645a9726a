//! Checks the method by simulation: `cargo run --release -p charivari-coordination --example method`.
//!
//! See `docs/method-significance.md` for what each part shows.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a check may stop and speak")]

mod crowd;

use std::collections::BTreeMap;
use std::time::Instant;

use charivari_coordination::{Network, Parameters, Store, analyse};
use charivari_simulate::society::{self, Kind, Settings, Society};
use crowd::Truth;

/// What one run found, against the truth.
#[derive(Clone, Debug, Default)]
struct Outcome {
    significant: u64,
    open: u64,
    /// Significant edges that do not join two accounts of one planted group, nor of one publisher.
    wrong: u64,
    /// By tactic: planted accounts with posts, and those of them in a group.
    planted: BTreeMap<&'static str, (u64, u64)>,
    grouped: u64,
    grouped_planted: u64,
    grouped_open: u64,
    seconds: f64,
}

fn run(society: &Society, parameters: &Parameters) -> Outcome {
    let store = crowd::store(society, parameters);
    let clock = Instant::now();
    let network = analyse(&store, parameters).expect("a network");
    let mut outcome = compare(society, &store, &network);
    outcome.seconds = clock.elapsed().as_secs_f64();
    outcome
}

fn compare(society: &Society, store: &Store, network: &Network) -> Outcome {
    let truth = crowd::truth(society);
    let truth = |account: u32| truth.get(network.account(store, account)).copied().unwrap_or(Truth::NOBODY);
    let mut outcome = Outcome::default();
    for (number, edge) in network.edges.edges.iter().enumerate() {
        if network.is_significant(number) && network.tests[number].is_some_and(|t| t.open) {
            outcome.open += 1;
        } else if network.is_significant(number) {
            outcome.significant += 1;
            let (a, b) = (truth(edge.source), truth(edge.target));
            if (a.group.is_none() || a.group != b.group) && !network.tests[number].unwrap().open {
                outcome.wrong += 1;
                if std::env::var_os("SHOW").is_some() {
                    let habit = |a: u32| {
                        let key = network.account(store, a);
                        let place = (0..society.accounts.len()).find(|p| format!("x:{}", Society::account_id(*p as u32)) == key).unwrap();
                        (society.accounts[place].habit, society.accounts[place].rate as i64)
                    };
                    println!("wrong {a:?} {b:?} {edge:?} {:?} {:?} {:?}", network.tests[number], habit(edge.source), habit(edge.target));
                }
            }
        }
    }
    if let Some(tactic) = std::env::var_os("MISSED") {
        let tactic = tactic.into_string().unwrap();
        for test in &network.significance.as_ref().unwrap().pairs {
            let (a, b) = (truth((test.pair >> 32) as u32), truth(test.pair as u32));
            if a.kind == Some(Kind::Planted) && a.group == b.group {
                let group = &society.groups[a.group.unwrap() as usize];
                if group.tactic.unwrap().name() == tactic {
                    println!("{} {} {:?}", group.name, group.members.len(), test);
                }
            }
        }
        println!("windows {:?}", network.significance.as_ref().unwrap().windows);
        let h = network.significance.as_ref().unwrap().hypotheses.as_ref().unwrap();
        for p in [1.0, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10] { println!("m({p}) = {}", h.at(p, 5)); }
    }
    if std::env::var_os("HELD").is_some() {
        for (group, held) in network.replications.iter().enumerate() {
            let members: Vec<u32> = network.nodes.iter().zip(&network.groups).filter(|(_, g)| **g == Some(group as u32)).map(|(a, _)| *a).collect();
            let is = truth(members[0]);
            println!("group {group} of {} {:?} {:?}: {:.3e} p {:.2e} events {} met {} expected {:.1}", members.len(), network.group_kinds[group], is.group.map(|g| &society.groups[g as usize].name), held.e_value, held.p_value, held.events, held.met, held.expected);
        }
    }
    if std::env::var_os("POWER").is_some() {
        let clock = Instant::now();
        let power = network.power(1);
        for spread in charivari_coordination::significance::power::SPREADS_S {
            for accounts in charivari_coordination::significance::power::ACCOUNTS {
                let line: Vec<String> = power.points.iter().filter(|p| p.spread_s == spread && p.accounts == accounts).map(|p| format!("{}:{}/{}", p.objects, p.found, p.planted)).collect();
                println!("{spread} s, {accounts} accounts: {:?} {}", power.fewest_objects(accounts, spread), line.join(" "));
            }
        }
        println!("power took {:.1} s", clock.elapsed().as_secs_f64());
    }
    let mut group_of = vec![None; network.traces.accounts()];
    for (node, account) in network.nodes.iter().enumerate() {
        group_of[*account as usize] = network.groups[node];
    }
    for account in 0..network.traces.accounts() as u32 {
        let is = truth(account);
        let grouped = group_of[account as usize].is_some();
        if grouped {
            match is.kind {
                Some(Kind::Planted) => outcome.grouped_planted += 1,
                Some(_) => outcome.grouped_open += 1,
                None => {}
            }
            outcome.grouped += 1;
        }
        if is.kind == Some(Kind::Planted) {
            let group = &society.groups[is.group.unwrap() as usize];
            let entry = outcome.planted.entry(group.tactic.unwrap().name()).or_default();
            entry.0 += 1;
            entry.1 += u64::from(grouped);
        }
    }
    outcome
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |at: usize, or: usize| args.get(at).and_then(|a| a.parse().ok()).unwrap_or(or);
    let parameters = Parameters::default();
    match args.get(1).map(String::as_str) {
        Some("honest") => {
            let (runs, accounts) = (number(2, 5), number(3, 5_000));
            let mut bad = 0;
            for seed in 0..runs as u64 {
                let society = society::generate(&Settings::honest(accounts, 1_000 + seed));
                let outcome = run(&society, &parameters);
                bad += u64::from(outcome.wrong > 0);
                println!("{seed} {} posts: significant {} + {} open, wrong {} {:.2} s", society.posts.len(), outcome.significant, outcome.open, outcome.wrong, outcome.seconds);
            }
            println!("{bad} of {runs} with a wrong edge");
        }
        _ => {
            let (runs, accounts) = (number(2, 3), number(3, 5_000));
            let mut all = Outcome::default();
            let mut shares = 0.0;
            for seed in 0..runs as u64 {
                let society = society::generate(&Settings::usual(accounts, 1 + seed));
                let outcome = run(&society, &parameters);
                println!("{seed} {} posts: significant {} wrong {} grouped {} planted {} open {} {:.2} s", society.posts.len(), outcome.significant, outcome.wrong, outcome.grouped, outcome.grouped_planted, outcome.grouped_open, outcome.seconds);
                shares += outcome.wrong as f64 / outcome.significant.max(1) as f64;
                all.grouped += outcome.grouped;
                all.grouped_open += outcome.grouped_open;
                all.grouped_planted += outcome.grouped_planted;
                for (tactic, (planted, found)) in outcome.planted {
                    let sum = all.planted.entry(tactic).or_default();
                    sum.0 += planted;
                    sum.1 += found;
                }
            }
            let (mut planted, mut found) = (0, 0);
            for (tactic, (of, is)) in &all.planted {
                println!("{tactic:12} {is:5} of {of:5} {:.3}", *is as f64 / *of as f64);
                planted += of;
                found += is;
            }
            println!("recall {:.4}; precision {:.4}; mean share of wrong edges {:.4}", found as f64 / planted as f64, all.grouped_planted as f64 / (all.grouped - all.grouped_open).max(1) as f64, shares / runs as f64);
        }
    }
}
