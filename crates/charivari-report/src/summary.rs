//! The result in plain words and a few numbers.

use charivari_model::Resolution;

use crate::format;
use crate::view::Coordination;

/// The first paragraph of the page.
pub(crate) struct Summary {
    /// The result in one sentence.
    pub(crate) lead: String,
    /// What that rests on.
    pub(crate) basis: String,
    /// Whether there is any edge; else the page explains what that means.
    pub(crate) is_empty: bool,
    /// What the data itself makes doubtful, in one sentence.
    pub(crate) notes: Option<String>,
    /// The window in words.
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
            basis: basis(view),
            is_empty: view.counts.edges_kept == 0,
            notes: notes(view),
            window: format::span(view.rules.window_s),
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

fn lead(view: &Coordination) -> String {
    let counts = &view.counts;
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
        vec![
            figure(
                counts.groups,
                "groups",
                format!("of {} or more accounts", view.rules.min_group),
                "groups",
            ),
            figure(
                counts.accounts_grouped,
                "accounts in groups",
                of(counts.accounts, "read"),
                "groups",
            ),
            figure(counts.edges_kept, "edges kept", of(counts.edges_found, "found"), "edges"),
            figure(counts.acts_kept, "acts behind them", of(counts.acts_found, "found"), "edges"),
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
