//! What a run could have found: groups of known size planted into the data at hand.
//!
//! Finding nothing is not innocence. Accounts are drawn from the data with all that they posted, and
//! made to share objects of their own besides, at moments when the crowd is awake. What strangers do
//! was learnt from the data already, and so few accounts would not change it.

use rayon::prelude::*;
use serde::Serialize;

use super::Significance;
use super::chance::Chance;
use super::ground::Ground;
use super::hypotheses::Hypotheses;
use super::pairs::Workspace;
use super::tail::{Trials, surprise};

/// Sizes of planted groups, in accounts.
pub const ACCOUNTS: [u32; 4] = [3, 5, 10, 20];

/// On how many objects they meet.
pub const OBJECTS: [u32; 8] = [2, 3, 4, 6, 8, 12, 16, 24];

/// Within how many seconds they meet.
pub const SPREADS_S: [i64; 3] = [10, 60, 900];

/// A group counts as found if this share of its members is joined to another by a significant edge.
const FOUND_SHARE: f64 = 0.8;

/// How often each kind of group is planted.
const TRIES: u64 = 40;

/// How often groups of one kind were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Its accounts.
    pub accounts: u32,
    /// The objects they met on.
    pub objects: u32,
    /// Within how many seconds.
    pub spread_s: i64,
    /// How often it was planted.
    pub planted: u32,
    /// How often it was found.
    pub found: u32,
}

/// The power curve of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Power {
    /// By spread, size and number of objects.
    pub points: Vec<Point>,
}

impl Power {
    /// The fewest objects on which a group of this size and spread has to meet to be found eight
    /// times in ten, and however many more.
    pub fn fewest_objects(&self, accounts: u32, spread_s: i64) -> Option<u32> {
        let mut fewest = None;
        let of_kind = |point: &&Point| point.accounts == accounts && point.spread_s == spread_s;
        for point in self.points.iter().filter(of_kind).rev() {
            if point.found * 10 < point.planted * 8 {
                break;
            }
            fewest = Some(point.objects);
        }
        fewest
    }
}

/// One kind of group to plant.
#[derive(Clone, Copy)]
struct Kind {
    accounts: u32,
    objects: u32,
    spread_s: i64,
}

/// Plants groups into the data and looks for them.
pub(crate) fn measure(found: &Significance, ground: &Ground, level: f64, seed: u64) -> Power {
    let Some(hypotheses) = &found.hypotheses else { return Power::default() };
    let active: Vec<u32> = (0..ground.sharing.accounts() as u32)
        .filter(|account| !ground.sharing.entries_of(*account).is_empty())
        .collect();
    if active.len() < 2 * ACCOUNTS[ACCOUNTS.len() - 1] as usize {
        return Power::default();
    }
    let bar = Bar::of(found, hypotheses, level, ground.scales.len());
    let points = kinds().into_par_iter().enumerate().map_init(
        || Workspace::new(ground),
        |work, (number, kind)| {
            let mut random = Random(seed ^ (number as u64) << 32);
            let mut plant = |_| {
                let p_values = kind.plant(ground, &active, &mut random, work);
                u32::from(bar.finds(kind.accounts, p_values))
            };
            kind.point((0..TRIES).map(&mut plant).sum())
        },
    );
    Power { points: points.collect() }
}

fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for spread_s in SPREADS_S {
        for accounts in ACCOUNTS {
            kinds.extend(OBJECTS.map(|objects| Kind { accounts, objects, spread_s }));
        }
    }
    kinds
}

impl Kind {
    fn point(self, found: u32) -> Point {
        let Self { accounts, objects, spread_s } = self;
        Point { accounts, objects, spread_s, planted: TRIES as u32, found }
    }

    /// Plants one group; gives the p-value of each of its pairs, by place of the two members.
    fn plant(
        self,
        ground: &Ground,
        active: &[u32],
        random: &mut Random,
        work: &mut Workspace,
    ) -> Vec<(f64, [usize; 2])> {
        let mut members: Vec<u32> = Vec::new();
        while members.len() < self.accounts as usize {
            let account = active[random.below(active.len())];
            if !members.contains(&account) {
                members.push(account);
            }
        }
        let spread = self.spread_s * 1_000_000;
        let within = |random: &mut Random| random.up_to(spread);
        // When each member shares each object, after the first could.
        let delays: Vec<Vec<i64>> =
            (0..self.objects).map(|_| members.iter().map(|_| within(random)).collect()).collect();
        let layer = ground.layer_of(random.below(ground.sharing.object.len()));
        let mut p_values = Vec::new();
        for one in 0..members.len() {
            for other in one + 1..members.len() {
                let (a, b) = (members[one].min(members[other]), members[one].max(members[other]));
                let pair = u64::from(a) << 32 | u64::from(b);
                work.compare(ground, pair, ground.neighbours_of(pair), None);
                let apart = delays.iter().map(|delays| (delays[one] - delays[other]).abs());
                let p = self.p_value(ground, layer, work, pair, &apart);
                p_values.push((p, [one, other]));
            }
        }
        p_values
    }

    fn p_value(
        self,
        ground: &Ground,
        layer: u8,
        work: &Workspace,
        pair: u64,
        apart: &(impl Iterator<Item = i64> + Clone),
    ) -> f64 {
        let mut least = 1.0_f64;
        for (number, scale) in ground.scales.iter().enumerate() {
            let window = scale.near.window;
            let met = || apart.clone().filter(|apart| *apart <= window).count();
            // A group that takes itself for strangers hides itself.
            if self.is_suspect(
                Chance::at_first_alone(window, self.accounts, met(), self.objects),
                met(),
            ) {
                let usual = scale.chance.usual(layer, self.accounts);
                let chance = work.in_common(ground, scale, pair, usual);
                let mut trials = work.trials[number].clone();
                for apart in apart.clone() {
                    trials.add(surprise(chance), apart <= window);
                }
                least = least.min(trials.p_value());
            }
        }
        (least * ground.scales.len() as f64).min(1.0)
    }

    fn is_suspect(self, chance: f64, met: usize) -> bool {
        let mut trials = Trials::default();
        for object in 0..self.objects as usize {
            trials.add(surprise(chance), object < met);
        }
        met >= 2 && trials.p_value() <= super::judge::SUSPECT
    }
}

/// What a pair has to clear to be significant in this run.
struct Bar<'h> {
    hypotheses: &'h Hypotheses,
    level: f64,
    looks: usize,
    /// The p-values at which another account was named, ascending.
    named: Vec<f64>,
    /// The greatest p-value that is significant as it is.
    cleared: f64,
}

impl<'h> Bar<'h> {
    fn of(found: &Significance, hypotheses: &'h Hypotheses, level: f64, looks: usize) -> Self {
        let tests = || found.pairs.iter().filter(|test| !test.open);
        let mut least =
            vec![f64::INFINITY; tests().map(|t| t.pair as u32 + 1).max().unwrap_or(0) as usize];
        for test in tests() {
            let (a, b) = super::ends(test.pair);
            for account in [a, b] {
                least[account as usize] = least[account as usize].min(test.p);
            }
        }
        let mut named: Vec<f64> = least.into_iter().filter(|p| p.is_finite()).collect();
        named.sort_by(f64::total_cmp);
        let significant = tests().filter(|test| test.q <= level).map(|test| test.p);
        Self { hypotheses, level, looks, named, cleared: significant.fold(0.0, f64::max) }
    }

    /// Whether a group of so many accounts is found, given the p-values of its pairs.
    fn finds(&self, accounts: u32, mut pairs: Vec<(f64, [usize; 2])>) -> bool {
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined = vec![false; accounts as usize];
        let (mut names, mut cleared) = (0, 0);
        for (p, members) in pairs {
            for member in members {
                names += u32::from(!std::mem::replace(&mut joined[member], true));
            }
            let others = self.named.partition_point(|named| *named <= p);
            let rate =
                2.0 * p * self.hypotheses.at(p, self.looks) / (others as f64 + f64::from(names));
            if p <= self.cleared || rate <= self.level {
                cleared = names;
            }
        }
        f64::from(cleared) >= FOUND_SHARE * f64::from(accounts)
    }
}

/// `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to `most`, which is not negative.
    fn up_to(&mut self, most: i64) -> i64 {
        i64::try_from(self.next() % (most.unsigned_abs() + 1)).unwrap_or(most)
    }

    /// A number below `bound`, which is above 0.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}
