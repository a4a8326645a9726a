//! Members that no single edge shows.
//!
//! Who takes part in a third of a campaign meets each other member too seldom for any one edge to
//! stand; but it meets the *group* again and again. Every account outside is put to the same test
//! against a whole group as pairs are against each other: each object that it shares with members is
//! a trial that it comes within the window of any of them. Accounts are tested against groups, not
//! against each other, so there are far fewer hypotheses.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::chance::{Meeting, Side};
use super::ground::{Ground, Scale};
use super::pairs::{PAUSE, closest};
use super::tail::{Trials, surprise};

/// An account that meets a group on fewer occasions is not tested.
const FEWEST: usize = 3;

/// An account that belongs to a group though no edge of its own shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joined {
    /// The account, by rank.
    pub account: u32,
    /// The group.
    pub group: u32,
    /// How often chance alone would make it meet the group so surprisingly.
    pub p: f64,
    /// The least false discovery rate, among all accounts and groups, at which it still stands.
    pub q: f64,
}

/// Finds the accounts that meet a group more often than chance explains. `groups` gives the members
/// of each, ascending; `outside` says who may be found.
pub(crate) fn pool(
    ground: &Ground,
    groups: &[(u32, Vec<u32>)],
    outside: impl Fn(u32) -> bool + Sync,
    level: f64,
) -> Vec<Joined> {
    let (start, members) = ground.sharing.entries_by_object();
    let of_object = |object: usize| &members[start[object] as usize..start[object + 1] as usize];
    let tested: Vec<(u64, Vec<Joined>)> = groups
        .par_iter()
        .map(|(group, members)| Pool::of(ground, members, of_object, &outside).test(ground, *group))
        .collect();
    let hypotheses: u64 = tested.iter().map(|(accounts, _)| accounts).sum();
    let mut all: Vec<Joined> = tested.into_iter().flat_map(|(_, joined)| joined).collect();
    all.sort_by(|a, b| a.p.total_cmp(&b.p).then((a.account, a.group).cmp(&(b.account, b.group))));
    let mut least = 1.0_f64;
    for (place, joined) in all.iter_mut().enumerate().rev() {
        least = least.min(joined.p * hypotheses as f64 / (place + 1) as f64);
        joined.q = least;
    }
    all.retain(|joined| joined.q <= level);
    // Whoever meets several groups belongs to the one it meets most surprisingly.
    let mut taken = std::collections::BTreeSet::new();
    all.retain(|joined| taken.insert(joined.account));
    all
}

/// What one group shares, and who else does.
struct Pool {
    /// The entries of members on each object that two or more of them share.
    objects: HashMap<u32, Vec<usize>, foldhash::fast::FixedState>,
    /// The entries of each account outside on those objects, rarest object first.
    others: Vec<(u32, Vec<usize>)>,
}

impl Pool {
    fn of<'m>(
        ground: &Ground,
        members: &[u32],
        of_object: impl Fn(usize) -> &'m [u32],
        outside: &impl Fn(u32) -> bool,
    ) -> Self {
        let sharing = &ground.sharing;
        let mut objects: HashMap<u32, Vec<usize>, _> = HashMap::default();
        for member in members {
            for entry in sharing.entries_of(*member) {
                objects.entry(sharing.entry_object[entry]).or_insert_with(Vec::new).push(entry);
            }
        }
        objects.retain(|_, entries| entries.len() > 1);
        let mut shared: Vec<u32> = objects.keys().copied().collect();
        shared.sort_unstable();
        let mut others: HashMap<u32, Vec<usize>, foldhash::fast::FixedState> = HashMap::default();
        for object in shared {
            for entry in of_object(object as usize) {
                let account = sharing.entry_account[*entry as usize];
                if outside(account) {
                    others.entry(account).or_default().push(*entry as usize);
                }
            }
        }
        let mut others: Vec<(u32, Vec<usize>)> = others.into_iter().collect();
        others.sort_unstable();
        Self { objects, others }
    }

    /// How many accounts share something with the group, and those that were tested.
    fn test(&self, ground: &Ground, group: u32) -> (u64, Vec<Joined>) {
        let enough = self.others.iter().filter(|(_, entries)| entries.len() >= FEWEST);
        let judged = enough.map(|(account, entries)| {
            let least = ground
                .scales
                .iter()
                .enumerate()
                .map(|(number, scale)| self.trials(ground, number, scale, entries).p_value())
                .fold(1.0, f64::min);
            let p = (least * ground.scales.len() as f64).min(1.0);
            Joined { account: *account, group, p, q: 1.0 }
        });
        (self.others.len() as u64, judged.collect())
    }

    fn trials(&self, ground: &Ground, number: usize, scale: &Scale, entries: &[usize]) -> Trials {
        let sharing = &ground.sharing;
        let pause = scale.near.window.max(PAUSE);
        // Rarest object first, as for pairs: what comes within one sitting is one coincidence.
        let mut spoken: Vec<i64> = Vec::new();
        let mut trials = Trials::default();
        for entry in entries {
            let theirs = &self.objects[&sharing.entry_object[*entry]];
            let Some((mine, theirs)) = nearest(ground, *entry, theirs) else { continue };
            let time = sharing.time[mine.place];
            if spoken.iter().any(|other| other.abs_diff(time) <= pause.unsigned_abs()) {
                continue;
            }
            spoken.push(time);
            let met = time.abs_diff(sharing.time[theirs.place]) <= scale.near.window.unsigned_abs();
            let pair = pair(sharing.entry_account[mine.entry], sharing.entry_account[theirs.entry]);
            let neighbours = ground.neighbours_of(pair) & (1 << number) != 0;
            let meeting = Meeting { a: mine, b: theirs, met, neighbours };
            let single = sharing.len(mine.entry) == 1 && sharing.len(theirs.entry) == 1;
            let chance = if single {
                scale.chance.of_single(sharing, &scale.near, &meeting)
            } else {
                scale.chance.of_occasion(sharing, &scale.near, &ground.hour, &meeting)
            };
            let quick = ground.habits.quick(scale, pair);
            let (a, b) = super::ends(pair);
            let planned = ground.habits.planned(a, b, scale.near.window);
            let wider = self.reach(ground, sharing.entry_object[*entry], scale.near.window);
            trials.add(surprise(chance.max(quick) * planned * wider), met);
        }
        trials
    }

    /// How many times more of the time lies within the window of some member than of one.
    fn reach(&self, ground: &Ground, object: u32, window: i64) -> f64 {
        let sharing = &ground.sharing;
        let mut times: Vec<i64> = self.objects[&object]
            .iter()
            .flat_map(|entry| sharing.time[sharing.traces_of(*entry)].iter().copied())
            .collect();
        times.sort_unstable();
        let one = 2 * window.max(1);
        let more: i64 = times.windows(2).map(|pair| (pair[1] - pair[0]).min(one)).sum();
        (one + more) as f64 / one as f64
    }
}

fn pair(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// The trace of an entry and of the others' on the same object that are closest.
fn nearest(ground: &Ground, entry: usize, theirs: &[usize]) -> Option<(Side, Side)> {
    let sharing = &ground.sharing;
    let sides = sharing.traces_of(entry).flat_map(|place| {
        theirs.iter().map(move |other| {
            let found = closest(sharing, place, sharing.traces_of(*other));
            let apart = sharing.time[place].abs_diff(sharing.time[found]);
            (apart, place, *other, found)
        })
    });
    let (_, place, other, found) = sides.min()?;
    Some((Side { entry, place }, Side { entry: other, place: found }))
}
