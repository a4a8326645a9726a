//! When people sign up: a magazine grows, has seasons, and has weeks that everybody remembers.

use crate::clock::{Civil, DAY, HOUR, civil};
use crate::random::{Alias, Random};

use super::Settings;

/// How many sign up in each month, January first, as a factor: presents in December, new resolutions
/// in January, the return from holidays in September.
const MONTHS: [f64; 12] = [1.5, 1.0, 0.95, 0.85, 0.8, 0.75, 0.5, 0.45, 1.35, 1.1, 1.1, 2.2];

/// And on each day of the week, Monday first.
const WEEKDAYS: [f64; 7] = [1.15, 1.1, 1.2, 1.05, 1.0, 0.75, 0.8];

/// The instants at which `count` people sign up, in order.
pub(super) fn sign_ups(settings: &Settings, count: usize, random: &mut Random) -> Vec<i64> {
    let days = (settings.last - settings.first) / DAY;
    let bursts: Vec<(i64, f64)> = (0..=days / 900)
        .map(|_| (random.between(0, days - 1), 4.0 + 10.0 * random.unit()))
        .collect();
    let weight = |day: i64| {
        let Civil { month, .. } = civil(settings.first + day * DAY);
        let weekday = (settings.first / DAY + day + 3).rem_euclid(7);
        let growth = 0.4 + day as f64 / days as f64;
        // A burst fades by a third each day.
        let burst: f64 = (bursts.iter())
            .filter(|(start, _)| (0..14).contains(&(day - start)))
            .map(|(start, height)| height * (0..day - start).fold(1.0, |left, _| left * 0.67))
            .sum();
        let month = usize::try_from(month - 1).unwrap_or(0);
        growth * MONTHS[month] * WEEKDAYS[usize::try_from(weekday).unwrap_or(0)] + burst
    };
    let table = Alias::new(&(0..days).map(weight).collect::<Vec<_>>());
    let mut instants: Vec<i64> = (0..count)
        .map(|_| {
            settings.first
                + i64::try_from(table.draw(random)).unwrap_or(0) * DAY
                + second_of_day(random)
        })
        .collect();
    instants.sort_unstable();
    instants
}

/// Mornings and evenings; few at night.
fn second_of_day(random: &mut Random) -> i64 {
    let hour = match random.below(20) {
        0 => random.between(0, 7),
        1..=8 => random.between(8, 12),
        9..=13 => random.between(13, 18),
        _ => random.between(18, 23),
    };
    hour * HOUR + random.between(0, HOUR - 1)
}
