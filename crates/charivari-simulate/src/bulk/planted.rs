//! The planted groups of the stream: all their acts, by time.

use std::collections::BTreeSet;

use super::Settings;
use super::content::{GIANT_LINK, PLANTED_LINKS};
use super::popular::Original;
use crate::clock::{DAY, HOUR};
use crate::plant::{Wave, times};
use crate::random::Random;

/// How many accounts the group on the giant link has.
pub(super) const GIANT_GROUP: u64 = 12;

/// One post of one planted account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Act {
    pub(super) time: i64,
    pub(super) wave: usize,
    pub(super) account: u64,
}

/// What a group does on an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tactic {
    /// All post one link.
    Link,
    /// One posts, the others pass it on.
    Repost,
    /// All post one text.
    Text,
}

impl Tactic {
    pub(super) const fn has_link(self) -> bool {
        matches!(self, Self::Link)
    }

    pub(super) const fn is_repost(self) -> bool {
        matches!(self, Self::Repost)
    }
}

/// An object that a group meets on.
pub(super) struct PlannedWave {
    pub(super) tactic: Tactic,
    pub(super) link: u32,
    pub(super) seed: u64,
    /// The first post of the wave, once it is written.
    pub(super) first: Option<Original>,
}

pub(super) struct Plan {
    /// All acts by time, and how many of them are done.
    pub(super) acts: Vec<Act>,
    done: usize,
    pub(super) waves: Vec<PlannedWave>,
    /// The members of each group; the one on the giant link, if any, is the last.
    pub(super) groups: Vec<Vec<u64>>,
}

impl Plan {
    pub(super) fn new(settings: &Settings) -> Self {
        let mut plan = Self { acts: vec![], done: 0, waves: vec![], groups: vec![] };
        let random = &mut Random::part(settings.seed, 13);
        let mut taken = BTreeSet::new();
        for number in 0..settings.groups {
            let size = 6 + random.index(19);
            plan.group(number, size, settings, &mut taken, random);
        }
        if settings.giant > 0 {
            plan.giant(settings, random);
        }
        plan.acts.sort_unstable();
        plan
    }

    /// Plans a group of ordinary accounts, whose ordinary posts are its camouflage.
    fn group(
        &mut self,
        number: usize,
        size: usize,
        settings: &Settings,
        taken: &mut BTreeSet<u64>,
        random: &mut Random,
    ) {
        let mut members = Vec::with_capacity(size);
        // Small crowds may not have enough accounts that are free.
        for _ in 0..size * 20 {
            let account = random.below(settings.accounts);
            if members.len() < size && taken.insert(account) {
                members.push(account);
            }
        }
        let tactic = [Tactic::Link, Tactic::Repost, Tactic::Text][number % 3];
        let last = settings.start + settings.days * DAY - HOUR;
        let waves = 5 + random.index(12);
        for time in times(settings.start, last, waves, random) {
            let wave = Wave { time, spread: random.between(5, 50), attendance: 0.85 };
            self.wave(wave, &members, tactic, None, random);
        }
        self.groups.push(members);
    }

    /// Plans the group that meets on the giant link and on three others.
    fn giant(&mut self, settings: &Settings, random: &mut Random) {
        let first = settings.accounts.max(settings.giant);
        let members: Vec<u64> = (first..first + GIANT_GROUP).collect();
        let middle = settings.start + settings.days * DAY / 2;
        for time in [middle - 2 * HOUR, middle + HOUR, middle + 3 * HOUR] {
            let wave = Wave { time, spread: 20, attendance: 1.0 };
            self.wave(wave, &members, Tactic::Link, None, random);
        }
        let wave = Wave { time: middle, spread: 59, attendance: 1.0 };
        self.wave(wave, &members, Tactic::Link, Some(GIANT_LINK), random);
        self.groups.push(members);
    }

    fn wave(
        &mut self,
        wave: Wave,
        members: &[u64],
        tactic: Tactic,
        link: Option<u32>,
        random: &mut Random,
    ) {
        let number = self.waves.len();
        let places: Vec<usize> = (0..members.len()).collect();
        let shares = wave.shares(&places, random);
        self.acts.extend(shares.into_iter().map(|(place, time)| Act {
            time,
            wave: number,
            account: members[place],
        }));
        self.waves.push(PlannedWave {
            tactic,
            link: link.unwrap_or(PLANTED_LINKS + number as u32),
            seed: random.bits(),
            first: None,
        });
    }

    /// The next act before `time`, if there is one.
    pub(super) fn next_before(&mut self, time: i64) -> Option<Act> {
        let act = *self.acts.get(self.done)?;
        (act.time < time).then(|| {
            self.done += 1;
            act
        })
    }
}
