//! The result in plain words and a few numbers.

use charivari_model::Resolution;

use crate::page::chance;
use crate::view::{Chance, Coordination, Kind};
use crate::{format, odds};

/// The first paragraph of the page.
pub(crate) struct Summary {
    /// The result in one sentence.
    pub(crate) lead: String,
    /// How sure that is against chance; where it was tested.
    pub(crate) odds: Option<String>,
    /// The publishers that were set apart.
    pub(crate) publishers: Option<String>,
    /// What the run could have found.
    pub(crate) power: Option<String>,
    /// What that rests on.
    pub(crate) basis: String,
    /// Whether nothing was found; then the page explains what that means.
    pub(crate) is_empty: bool,
    /// Whether chance was tested.
    pub(crate) is_tested: bool,
    /// What the data itself makes doubtful, in one sentence.
    pub(crate) notes: Option<String>,
    /// The windows in words.
    pub(crate) window: String,
}

/// One number that matters, with the section that explains it.
pub(crate) struct Figure {
    pub(crate) value: String,
    pub(crate) label: &'static str,
    pub(crate) note: String,
    pub(crate) section: &'static str,
}

impl Summary {
    pub(crate) fn of(view: &Coordination) -> Self {
        Self {
            lead: lead(view),
            odds: (view.chance.as_ref())
                .filter(|chance| chance.edges > 0)
                .map(|chance| odds(view, chance)),
            publishers: view.chance.as_ref().and_then(publishers),
            power: (view.chance.as_ref())
                .and_then(|chance| chance::could_have_found(&chance.power)),
            basis: basis(view),
            is_empty: view.chance.as_ref().map_or(view.counts.edges_kept, |c| c.edges) == 0,
            is_tested: view.chance.is_some(),
            notes: notes(view),
            window: window(view),
        }
    }
}

/// How much there is to know about the data, and whether its clock is coarse for the window.
fn notes(view: &Coordination) -> Option<String> {
    let coarse = (view.inputs.iter().filter_map(|input| input.resolution))
        .filter(|resolution| *resolution >= Resolution::Minute)
        .max();
    if let Some(resolution) = coarse {
        return Some(format!(
            "Some of the data records times in whole {resolution} only, so that strangers come \
             together more easily."
        ));
    }
    let notes = view.warnings.len() as u64;
    (notes > 0).then(|| {
        let things = format::count(notes, "thing", "things");
        let are = if notes == 1 { "is" } else { "are" };
        format!("There {are} {things} to keep in mind about the data.")
    })
}

/// The widest window that was looked at, in words.
fn window(view: &Coordination) -> String {
    let tested = view.chance.iter().flat_map(|chance| &chance.windows_s).copied();
    format::span(tested.fold(view.rules.window_s, f64::max))
}

fn lead_tested(view: &Coordination, chance: &Chance) -> String {
    let groups = view.counts.groups.saturating_sub(chance.groups_open);
    if chance.edges == 0 {
        return "Nothing here that chance does not explain.".to_owned();
    }
    if groups == 0 {
        return format!(
            "{} of accounts acted together more than chance explains, but formed no group.",
            format::count(chance.edges, "pair", "pairs"),
        );
    }
    format!(
        "{} in {} acted together more than chance explains.",
        format::count(chance.accounts, "account", "accounts"),
        format::count(groups, "group", "groups"),
    )
}

/// For how many of the groups there are odds, and which.
fn odds(view: &Coordination, chance: &Chance) -> String {
    let level = chance.level;
    let all = view.counts.groups.saturating_sub(chance.groups_open);
    let (thousand, some) = chance.groups_with_odds;
    let told = if all > 0 && thousand == all {
        let whom = if all == 1 { "this group" } else { "each of these groups" };
        format!(
            "A crowd with the same habits would do what {whom} did less than once in 1,000 such data \
             sets."
        )
    } else if thousand > 0 {
        format!(
            "Of {thousand} of these {all} groups, a crowd with the same habits would do as much less \
             than once in 1,000 such data sets; the others are less certain, and their cards say how \
             much."
        )
    } else if some > 0 {
        format!(
            "For {some} of these {all} groups there are odds that chance did it; none is rarer than \
             once in 100 such data sets, so treat them with care."
        )
    } else {
        "No group held up by itself in periods that had no part in finding it; they rest on their \
         edges alone."
            .to_owned()
    };
    let named = odds::in_hundred(level);
    format!("{told} Of all accounts that edges name, up to {named} may be named by chance.")
}

fn publishers(chance: &Chance) -> Option<String> {
    (chance.groups_open > 0).then(|| {
        format!(
            "Besides, {} in {} openly post the same stories: publishers, who are told apart and are \
             no finding.",
            format::count(chance.accounts_open, "account", "accounts"),
            format::count(chance.groups_open, "group", "groups"),
        )
    })
}

fn lead(view: &Coordination) -> String {
    let counts = &view.counts;
    if let Some(chance) = &view.chance {
        return lead_tested(view, chance);
    }
    if counts.edges_kept == 0 {
        return "No two accounts passed the thresholds of this analysis.".to_owned();
    }
    if counts.groups == 0 {
        return format!(
            "{} acted together in {}, but formed no group.",
            format::count(counts.accounts_joined, "account", "accounts"),
            format::count(counts.edges_kept, "pair", "pairs"),
        );
    }
    format!(
        "{} in {} acted together.",
        format::count(counts.accounts_grouped, "account", "accounts"),
        format::count(counts.groups, "group", "groups"),
    )
}

fn basis(view: &Coordination) -> String {
    let counts = &view.counts;
    let when = view.period.map_or_else(String::new, |(first, last)| {
        let (first, last) = (format::day(first), format::day(last));
        if first == last { format!(" on {first}") } else { format!(" from {first} to {last}") }
    });
    let read = format!(
        "{} by {}{when} were read.",
        format::count(counts.posts, "post", "posts"),
        format::count(counts.accounts, "account", "accounts"),
    );
    if let Some(chance) = &view.chance {
        return format!(
            "{read} In them, {} have something in common and could have been found; {} of accounts \
             came together often enough, within {} or less, to be tested closely.",
            pairs(chance.pairs_possible),
            format::count(chance.pairs_tested, "pair", "pairs"),
            window(view),
        );
    }
    let window = format::span(view.rules.window_s);
    if counts.edges_kept == 0 {
        return format!(
            "{read} In them, two accounts shared the same thing within {window} of each other {}, \
             but no pair did so often enough to count.",
            format::count(counts.acts_found, "time", "times"),
        );
    }
    format!(
        "{read} In them, {} again and again shared the same things within {window} of each other: \
         {}, in {}.",
        format::count(counts.accounts_joined, "account", "accounts"),
        format::count(counts.acts_kept, "time", "times"),
        format::count(counts.edges_kept, "pair of accounts", "pairs of accounts"),
    )
}

/// A number of pairs of accounts that need not be whole.
fn pairs(value: f64) -> String {
    format!("{} pairs of accounts", odds::about(value))
}

impl Figure {
    /// The key figures, in the order of the analysis.
    pub(crate) fn all(view: &Coordination) -> Vec<Self> {
        let counts = &view.counts;
        let of = |total: u64, what: &str| format!("of {} {what}", format::number(total));
        let aside = (view.inputs.iter().flat_map(|input| &input.set_aside))
            .fold(0_u64, |sum, (_, rows)| sum.saturating_add(*rows));
        let read = view.inputs.iter().fold(0_u64, |sum, input| sum.saturating_add(input.read));
        let figure = |value: u64, label, note, section| Self {
            value: format::number(value),
            label,
            note,
            section,
        };
        let chance = view.chance.as_ref();
        let (groups, accounts) = chance
            .map_or((counts.groups, counts.accounts_grouped), |chance| {
                (counts.groups.saturating_sub(chance.groups_open), chance.accounts)
            });
        // A link needs an end: the view may hold no group of publishers.
        let has_publishers = view.groups.iter().any(|group| group.kind == Kind::Syndication);
        let edges = match chance {
            None => {
                figure(counts.edges_kept, "edges kept", of(counts.edges_found, "found"), "edges")
            }
            Some(chance) => figure(
                chance.edges,
                "edges beyond chance",
                of(counts.edges_kept, "that met the thresholds"),
                "edges",
            ),
        };
        let fourth = match chance {
            None => figure(
                counts.acts_kept,
                "acts behind them",
                of(counts.acts_found, "found"),
                "edges",
            ),
            Some(chance) => figure(
                chance.groups_open,
                "groups of publishers",
                "set apart".to_owned(),
                if has_publishers { "publishers" } else { "groups" },
            ),
        };
        let least = format!("of {} or more accounts", view.rules.min_group);
        vec![
            figure(groups, "groups", least, "groups"),
            figure(accounts, "accounts in groups", of(counts.accounts, "read"), "groups"),
            edges,
            fourth,
            figure(
                counts.objects,
                "objects compared",
                format!("in {} traces", format::number(counts.traces)),
                "method",
            ),
            figure(aside, "rows set aside", of(read, "read"), "data"),
        ]
    }
}
