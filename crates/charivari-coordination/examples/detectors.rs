//! How often the detectors are right, and how often they blame the innocent, in simulated crowds.
//!
//! `cargo run --release -p charivari-coordination --example detectors -- RUNS ACCOUNTS`
#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::time::Instant;

use charivari_coordination::detectors::{self, Context, Signs};
use charivari_simulate::society::{self, Habit, Settings, Society};

fn posts(society: &Society) -> Vec<(u32, i64)> {
    society.posts.iter().map(|post| (post.account, post.time * 1_000_000)).collect()
}

fn run(name: &str, society: &Society) -> Option<(Signs, f64)> {
    let posts = posts(society);
    let accounts = society.accounts.len() as u32;
    let context = Context { accounts, posts: Some(&posts), ..Context::default() };
    let start = Instant::now();
    let signs = detectors::by_name(name)?.run(&context);
    Some((signs, start.elapsed().as_secs_f64()))
}

/// Whether two accounts really belong together, openly or not.
fn together(society: &Society, a: Option<u32>, b: Option<u32>) -> bool {
    let group = |account: Option<u32>| account.and_then(|a| society.accounts[a as usize].group);
    group(a).is_some() && group(a) == group(b)
}

/// Signs of `cadence` in honest crowds, by kind; newsrooms put aside.
fn cadence(runs: usize, accounts: usize) {
    for seed in 0..runs as u64 {
        let mut settings = Settings::honest(accounts, seed);
        settings.posts *= 4;
        let society = society::generate(&settings);
        let Some((signs, seconds)) = run("cadence", &society) else { return };
        let of = |kind: &str| {
            let found = signs.rows.iter().filter(|s| s.sign == kind);
            let casual = found.clone().filter(|s| {
                let habit = s.account.map(|account| society.accounts[account as usize].habit);
                habit == Some(Habit::Casual) || habit == Some(Habit::Reactor)
            });
            let wrong =
                casual.filter(|s| s.other.is_none() || !together(&society, s.account, s.other));
            format!("{kind} {} ({} wrong)", found.count(), wrong.count())
        };
        let kinds = ["alike", "full-minutes", "quarters", "period", "sleepless"].map(of);
        let eligible = signs.notes.iter().find(|note| note.about == "eligible");
        let eligible = eligible.and_then(|note| note.count).unwrap_or(0);
        println!("cadence {seed}: {eligible} eligible, {}, {seconds:.2} s", kinds.join(", "));
    }
}

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    let (runs, accounts) = (args.next().unwrap_or(4), args.next().unwrap_or(5_000));
    let mut blamed = 0;
    for seed in 0..runs as u64 {
        let society = society::generate(&Settings::honest(accounts, seed));
        let Some((signs, seconds)) = run("sync", &society) else { return };
        let wrong: Vec<_> =
            signs.rows.iter().filter(|s| !together(&society, s.account, s.other)).collect();
        blamed += usize::from(!wrong.is_empty());
        println!(
            "honest {seed}: {} posts, {} pairs, {} of them wrong, {seconds:.2} s",
            society.posts.len(),
            signs.rows.len(),
            wrong.len()
        );
        for sign in wrong.iter().take(5) {
            let habit = |a: Option<u32>| a.map(|a| society.accounts[a as usize].habit);
            println!("  {:?} {:?} {sign:?}", habit(sign.account), habit(sign.other));
        }
    }
    println!("runs with anyone blamed: {blamed} of {runs}");
    cadence(runs, accounts);
    for seed in 0..runs.div_ceil(4) as u64 {
        let society = society::generate(&Settings::usual(accounts, 1_000 + seed));
        let Some((signs, seconds)) = run("sync", &society) else { return };
        let wrong = signs.rows.iter().filter(|s| !together(&society, s.account, s.other)).count();
        println!("planted {seed}: {} pairs, {wrong} wrong, {seconds:.2} s", signs.rows.len());
        for group in society.groups.iter().filter(|group| group.tactic.is_some()) {
            let mut found: Vec<u32> = signs
                .rows
                .iter()
                .filter(|s| together(&society, s.account, s.other))
                .filter_map(|s| s.account.filter(|a| group.members.contains(a)).zip(s.other))
                .flat_map(|(a, b)| [a, b])
                .collect();
            found.sort_unstable();
            found.dedup();
            println!("  {}: {} of {} members", group.name, found.len(), group.members.len());
        }
    }
}
