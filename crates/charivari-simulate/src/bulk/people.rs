//! Accounts of the stream, known by number; only how active they are is kept.

use super::Settings;
use crate::crowd::HOURS;
use crate::random::{Alias, Random, mix};
use crate::text::{Language, handle};

/// Distances from UTC in hours, as common as they stand here.
pub(super) const ZONES: [i64; 8] = [1, 1, 1, 0, 0, -5, -5, 9];

/// How many beginnings of handles there are.
const STEMS: u64 = 512;

pub(super) struct People {
    /// Who posts, by activity.
    active: Alias,
    stems: Vec<String>,
}

impl People {
    pub(super) fn new(settings: &Settings) -> Self {
        let random = &mut Random::part(settings.seed, 11);
        let activity = |_| {
            let tail = if random.chance(0.02) { random.pareto(1.0, 1.2).min(1_000.0) } else { 1.0 };
            random.log_normal(0.0, 1.3) * tail
        };
        let activity: Vec<f64> = (0..settings.accounts.max(1)).map(activity).collect();
        let stem = |number: u64| {
            let language =
                if number.is_multiple_of(2) { Language::French } else { Language::English };
            let made = handle(number, language).handle;
            made.split_inclusive('_').next().unwrap_or_default().to_owned()
        };
        Self { active: Alias::new(&activity), stems: (0..STEMS).map(stem).collect() }
    }

    /// Somebody who is awake in this hour UTC, or nearly.
    pub(super) fn awake(&self, hour: i64, random: &mut Random) -> u64 {
        let hour = usize::try_from(hour.rem_euclid(24)).unwrap_or(0);
        let mut account = 0;
        for _ in 0..4 {
            account = self.active.draw(random) as u64;
            let zone = ZONES[(mix(account) % 8) as usize];
            if random.chance(HOURS[local(hour, zone)]) {
                break;
            }
        }
        account
    }

    /// The handle of `account` in two parts: what it begins with, and its number.
    pub(super) fn handle(&self, account: u64) -> (&str, u64) {
        (&self.stems[(mix(account ^ 0x000F_F1CE) % STEMS) as usize], account)
    }
}

/// What `account` writes in.
pub(super) fn language(account: u64) -> Language {
    match mix(account ^ 0x001A_2960) % 100 {
        0..40 => Language::French,
        40..85 => Language::English,
        85..89 => Language::Greek,
        89..93 => Language::Arabic,
        93..97 => Language::Ukrainian,
        _ => Language::Japanese,
    }
}

/// The hour of the day, from 0 to 23, `zone` hours from UTC.
pub(super) fn local(hour: usize, zone: i64) -> usize {
    let hour = i64::try_from(hour).unwrap_or(0) + zone;
    usize::try_from(hour.rem_euclid(24)).unwrap_or(0)
}
