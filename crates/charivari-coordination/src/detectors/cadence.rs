//! Keeping the same hours and the same gaps, and keeping those of a machine.
//!
//! **What it finds.** Pairs of accounts whose posts spread alike over the hours of the week and
//! whose pauses are alike, though they need never post at the same moment (sign `alike`); and
//! accounts that post on the full minute (`full-minutes`) or quarter of the hour (`quarters`), that
//! repeat one pause exactly (`period`), or that hardly ever sleep (`sleepless`).
//!
//! **Why it matters.** One shift of workers, or one schedule, runs all its accounts by the same
//! hours; a simple program keeps full minutes, equal pauses, and no nights.
//!
//! **Innocent explanations.** People of one time zone, profession or school keep like hours;
//! newsrooms, weather services and other open robots post by the clock and at night; scheduling tools
//! offer full quarters; several people take turns at one account; shift workers and insomniacs.
//!
//! **Parameters.** `level`: the false discovery rate; `min_posts`: accounts with fewer posts are
//! passed over; `most_pairs`: the most pairs reported. The 20,000 most active accounts are compared
//! with each other; how many are left out is said.
//!
//! **The nulls.** `alike`: the mean of two affinities (Bhattacharyya's), that of the hours of the
//! week and that of the logarithms of pauses, is turned into a distance, 1 less the affinity, and
//! divided by what pairs of so many posts usually have. The null is a random pair of accounts of like
//! activity *in the same data*. By ranks alone p cannot be below one in the number of pairs drawn, and
//! there always is a nearest pair; beyond the nearest 0.5 %, the tail is therefore continued as a
//! power law, as steep as between 0.5 and 3 % less 1.64 standard errors. `detail` gives the p by ranks
//! beside it. With fewer than about 90 accounts nothing is continued, and no pair can stand. `full-minutes`: each post falls on any
//! second alike (binomial). `quarters`: posts of the first ten seconds of a minute fall on any minute
//! alike (binomial). `period`: pauses near the most frequent one, among those within a
//! fifth either way, are spread evenly by their logarithm (binomial, times the pauses tried).
//! `sleepless` has no test: it is a measure, reported for the hundredth of the accounts with the
//! shortest nights, with the rank as p.
//!
//! **Source.** Hours and gaps as a signature of automation: Chu, Gianvecchio, Wang and Jajodia,
//! *Detecting automation of Twitter accounts*, IEEE Transactions on Dependable and Secure Computing 9
//! (2012); full minutes: Zhang and Paxson, *Detecting and analyzing automated activity on
//! Twitter*, PAM 2011.

mod nearest;
mod regular;
mod rhythm;

use super::sync::Timeline;
use super::{Context, Detector, Sign, Signs};
use nearest::Pairs;
use rhythm::Rhythms;

/// The most accounts whose pairs are all looked at.
const MOST_ACCOUNTS: usize = 20_000;

/// See the module's documentation.
pub(super) struct Cadence;

impl Detector for Cadence {
    fn name(&self) -> &'static str {
        "cadence"
    }

    fn description(&self) -> &'static str {
        "Accounts that keep the same hours and pauses as each other, or those of a machine."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "people of one time zone, profession or school keep like hours",
            "newsrooms, weather services and other open robots post by the clock and at night",
            "tools for planning posts offer full quarters of the hour",
            "several people take turns at one account, or its owner works in shifts",
        ]
    }

    fn needs(&self) -> &'static [&'static str] {
        &["posts"]
    }

    fn run(&self, context: &Context<'_>) -> Signs {
        let mut signs = Signs::default();
        let Some(posts) = context.posts else {
            signs.lacks(self.name(), "posts");
            return signs;
        };
        let timeline = Timeline::of(posts, context.accounts);
        let least = context.settings.min_posts.max(10);
        let mut accounts: Vec<u32> = (0..timeline.accounts() as u32)
            .filter(|account| timeline.times(*account).len() >= least)
            .collect();
        let text = "accounts with enough posts for a rhythm";
        signs.note(self.name(), "eligible", Some(accounts.len() as u64), text);
        regular::signs(&timeline, &accounts, context.settings.level, &mut signs);
        if accounts.len() > MOST_ACCOUNTS {
            let left = (accounts.len() - MOST_ACCOUNTS) as u64;
            accounts.sort_by_key(|a| (std::cmp::Reverse(timeline.times(*a).len()), *a));
            accounts.truncate(MOST_ACCOUNTS);
            accounts.sort_unstable();
            let text = "less active accounts that were not compared with others";
            signs.note(self.name(), "capped", Some(left), text);
        }
        let rhythms = Rhythms::of(&timeline, &accounts);
        report(&nearest::find(&rhythms), &rhythms, context, &mut signs);
        signs
    }
}

fn report(found: &Pairs, rhythms: &Rhythms, context: &Context<'_>, signs: &mut Signs) {
    let text = "random pairs from which chance was learnt; p by ranks is never below one in these";
    signs.note("cadence", "null", Some(found.least_null as u64), text);
    if found.screened {
        let text = "pairs whose signatures of 128 bits were near enough to be compared in full";
        signs.note("cadence", "screened", Some(found.compared), text);
    }
    let level = context.settings.level;
    let kept: Vec<_> = found.alike.iter().filter(|pair| pair.q <= level).collect();
    let most = context.settings.most_pairs;
    if kept.len() > most {
        let text = "pairs beyond the most that are reported";
        signs.note("cadence", "cut", Some((kept.len() - most) as u64), text);
    }
    let kept = &kept[..kept.len().min(most)];
    let names: Vec<(u32, u32)> = kept
        .iter()
        .map(|pair| (rhythms.account[pair.a as usize], rhythms.account[pair.b as usize]))
        .collect();
    let clusters = super::signs::clusters(&names);
    for ((pair, (a, b)), cluster) in kept.iter().zip(names).zip(clusters) {
        let posts = rhythms.posts[pair.a as usize].min(rhythms.posts[pair.b as usize]);
        let mut sign = Sign::new("cadence", "alike", 1.0 - f64::from(pair.distance), posts.into());
        (sign.account, sign.other, sign.group) = (Some(a), Some(b), Some(cluster));
        sign.expected = Some(1.0 - f64::from(pair.usual));
        (sign.p, sign.q) = (Some(pair.p), Some(pair.q));
        sign.detail = format!("p by ranks {:.1e}", pair.rank);
        signs.rows.push(sign);
    }
}

#[cfg(test)]
mod tests;
