//! How often the detectors are right, and how often they blame the innocent, in simulated crowds.
//!
//! `cargo run --release -p charivari-coordination --example detectors -- RUNS ACCOUNTS`
#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::time::Instant;

use charivari_coordination::detectors::{self, Context, Profiles, Sign, Signs};
use charivari_simulate::society::{self, Habit, Settings, Society};

const SECOND: i64 = 1_000_000;

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    let (runs, accounts) = (args.next().unwrap_or(4), args.next().unwrap_or(5_000));
    for resolution in [1, 60] {
        honest(runs, accounts, resolution);
    }
    hands(runs.div_ceil(4), accounts);
    planted(runs.div_ceil(4), accounts);
    cadence(runs.div_ceil(4), accounts);
    profile(runs, accounts);
}

fn posts(society: &Society) -> Vec<(u32, i64)> {
    society.posts.iter().map(|post| (post.account, post.time * SECOND)).collect()
}

/// The signs, and how long it took to find them.
fn run(name: &str, accounts: usize, posts: &[(u32, i64)]) -> (Signs, f64) {
    let accounts = u32::try_from(accounts).unwrap_or(u32::MAX);
    let context = Context { accounts, posts: Some(posts), ..Context::default() };
    let start = Instant::now();
    let signs = detectors::by_name(name).map(|detector| detector.run(&context));
    (signs.unwrap_or_default(), start.elapsed().as_secs_f64())
}

/// Whether a pair really belongs together, openly or not.
fn together(society: &Society, sign: &Sign) -> bool {
    let group = |account: Option<u32>| account.and_then(|a| society.accounts[a as usize].group);
    group(sign.account).is_some() && group(sign.account) == group(sign.other)
}

/// In how many honest crowds `sync` blames anyone but outlets of one publisher.
fn honest(runs: usize, accounts: usize, resolution: i64) {
    let (mut blamed, mut pairs, mut wrong, mut slowest) = (0, 0, 0, 0.0_f64);
    for seed in 0..runs as u64 {
        let mut settings = Settings::honest(accounts, seed);
        settings.resolution = resolution;
        let society = society::generate(&settings);
        let (signs, seconds) = run("sync", society.accounts.len(), &posts(&society));
        let bad = signs.rows.iter().filter(|sign| !together(&society, sign)).count();
        blamed += usize::from(bad > 0);
        pairs += signs.rows.len();
        wrong += bad;
        slowest = slowest.max(seconds);
    }
    println!(
        "sync, honest, clock of {resolution} s: {blamed} of {runs} runs blame anyone \
         ({wrong} of {pairs} pairs; slowest {slowest:.2} s)"
    );
}

/// Numbers that look random and are always the same.
struct Scatter(u64);

impl Scatter {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}

/// How many pairs are found of hands that run several accounts, which post for themselves besides.
fn hands(runs: usize, accounts: usize) {
    println!(
        "sync, one hand with SIZE accounts, on OCCASIONS within SPREAD s: pairs found, wrong pairs"
    );
    for spread in [8, 45] {
        for occasions in [4, 6, 8, 12, 20] {
            for size in [2, 5, 12] {
                let (mut found, mut all, mut wrong) = (0, 0, 0);
                for seed in 0..runs as u64 {
                    let society = society::generate(&Settings::honest(accounts, 500 + seed));
                    let mut posts = posts(&society);
                    let members = hand(&mut posts, (size, occasions, spread), seed);
                    let (signs, _) = run("sync", society.accounts.len(), &posts);
                    let is_member = |a: Option<u32>| a.is_some_and(|a| members.contains(&a));
                    let both = |s: &&Sign| is_member(s.account) && is_member(s.other);
                    found += signs.rows.iter().filter(both).count();
                    wrong +=
                        signs.rows.iter().filter(|s| !both(s) && !together(&society, s)).count();
                    all += size * (size - 1) / 2;
                }
                println!(
                    "  {spread:>2} s, {occasions:>2} times, {size:>2} accounts: {found} of {all}, {wrong}"
                );
            }
        }
    }
}

/// Lets some people of the crowd post in step besides; nine in ten take part each time.
fn hand(
    posts: &mut Vec<(u32, i64)>,
    (size, occasions, spread): (usize, usize, u64),
    seed: u64,
) -> Vec<u32> {
    let mut scatter = Scatter(seed);
    let crowd = posts.len() as u64;
    let mut members: Vec<u32> = Vec::new();
    while members.len() < size {
        let member = posts[scatter.below(crowd) as usize].0;
        if !members.contains(&member) {
            members.push(member);
        }
    }
    for _ in 0..occasions {
        // When others post, so that the hour of the day gives nothing away.
        let time = posts[scatter.below(crowd) as usize].1 + 97 * SECOND;
        for member in &members {
            if scatter.below(10) > 0 {
                let late = i64::try_from(scatter.below(spread + 1)).unwrap_or(0);
                posts.push((*member, time + late * SECOND));
            }
        }
    }
    members
}

/// How many members of the usual planted groups `sync` finds.
fn planted(runs: usize, accounts: usize) {
    for seed in 0..runs as u64 {
        let society = society::generate(&Settings::usual(accounts, 1_000 + seed));
        let (signs, seconds) = run("sync", society.accounts.len(), &posts(&society));
        let wrong = signs.rows.iter().filter(|sign| !together(&society, sign)).count();
        print!("sync, planted {seed}: {} pairs, {wrong} wrong, {seconds:.2} s;", signs.rows.len());
        for group in society.groups.iter().filter(|group| group.tactic.is_some()) {
            let inside = |a: &u32| group.members.contains(a);
            let mut found: Vec<u32> = signs
                .rows
                .iter()
                .filter(|sign| together(&society, sign))
                .flat_map(|sign| [sign.account, sign.other])
                .flatten()
                .filter(inside)
                .collect();
            found.sort_unstable();
            found.dedup();
            print!(" {} {}/{}", group.name, found.len(), group.members.len());
        }
        println!();
    }
}

/// Signs of `cadence` in honest crowds, by kind. Casual people keep no clock: they are wrong.
fn cadence(runs: usize, accounts: usize) {
    for seed in 0..runs as u64 {
        let mut settings = Settings::honest(accounts, seed);
        settings.posts *= 4;
        let society = society::generate(&settings);
        let posts = posts(&society);
        let (signs, seconds) = run("cadence", society.accounts.len(), &posts);
        let of = |kind: &str| {
            let found = signs.rows.iter().filter(|sign| sign.sign == kind);
            let casual = found.clone().filter(|sign| {
                let habit = sign.account.map(|account| society.accounts[account as usize].habit);
                habit == Some(Habit::Casual) || habit == Some(Habit::Reactor)
            });
            let wrong = casual.filter(|s| s.other.is_none() || !together(&society, s)).count();
            format!("{kind} {} ({wrong})", found.count())
        };
        let kinds = ["alike", "full-minutes", "quarters", "period", "sleepless"].map(of);
        let eligible = signs.notes.iter().find(|note| note.about == "eligible");
        let eligible = eligible.and_then(|note| note.count).unwrap_or(0);
        let (posts, kinds) = (posts.len(), kinds.join(", "));
        println!(
            "cadence, honest {seed}: {posts} posts, {eligible} eligible, found (of casual \
             people): {kinds}; {seconds:.2} s"
        );
    }
}

/// How often `profile` speaks of groups drawn at random, and of planted ones.
fn profile(runs: usize, accounts: usize) {
    let kinds = ["created-group", "handle-group", "client-group", "created-together"];
    let (mut random, mut planted) = ([0; 4], [0; 4]);
    let (mut random_groups, mut planted_groups) = (0, 0);
    for seed in 0..runs as u64 {
        let society = society::generate(&Settings::usual(accounts, seed));
        let mut groups: Vec<Option<u32>> = vec![None; society.accounts.len()];
        let mut scatter = Scatter(seed);
        // Planted groups keep their numbers; ten groups of twelve honest people come after them.
        for (group, account) in groups.iter_mut().zip(&society.accounts) {
            *group = account.group.filter(|g| society.groups[*g as usize].tactic.is_some());
        }
        let first = society.groups.len() as u32;
        for number in 0..120 {
            let account = scatter.below(society.accounts.len() as u64) as usize;
            if society.accounts[account].group.is_none() {
                groups[account] = Some(first + number / 12);
            }
        }
        random_groups += 10;
        planted_groups += society.groups.iter().filter(|group| group.tactic.is_some()).count();
        let signs = profiles(&society, &groups);
        for (at, kind) in kinds.iter().enumerate() {
            let of = |s: &&Sign| s.sign == *kind && s.group.is_some();
            let mut found: Vec<u32> =
                signs.rows.iter().filter(of).filter_map(|s| s.group).collect();
            found.sort_unstable();
            found.dedup();
            let is_random = |group: &&u32| *kind == "created-together" || **group >= first;
            random[at] += found.iter().filter(is_random).count();
            planted[at] += found.len() - found.iter().filter(is_random).count();
        }
    }
    let bursts = (0..runs as u64).filter(|seed| {
        let society = society::generate(&Settings::honest(accounts, *seed));
        profiles(&society, &[]).rows.iter().any(|sign| sign.sign == "created-together")
    });
    println!("profile: created-together in {} of {runs} honest crowds", bursts.count());
    println!("profile: of {random_groups} random groups, of {planted_groups} planted ones");
    for (kind, (random, planted)) in kinds.iter().zip(random.iter().zip(planted)) {
        println!("  {kind}: {random}, {planted}");
    }
}

/// The signs of the profiles that a society has.
fn profiles(society: &Society, groups: &[Option<u32>]) -> Signs {
    let created: Vec<_> = society.accounts.iter().map(|a| Some(a.created * SECOND)).collect();
    let handle: Vec<_> = society.accounts.iter().map(|a| Some(a.handle.as_str())).collect();
    let clients: Vec<_> = society.posts.iter().map(|p| (p.account, p.client.name())).collect();
    let profiles = Profiles {
        created: Some(&created),
        handle: Some(&handle),
        clients: Some(&clients),
        ..Profiles::default()
    };
    let accounts = u32::try_from(society.accounts.len()).unwrap_or(u32::MAX);
    let groups = Some(groups);
    let context = Context { accounts, profiles, groups, ..Context::default() };
    detectors::by_name("profile").map(|detector| detector.run(&context)).unwrap_or_default()
}
