//! The strongest edges with the posts behind them.

use crate::svg::shape;
use crate::view::{Act, Coordination, Edge, EdgeChance, Kind, Post, Standing};
use crate::{format, limits, odds};

use super::data::{Data, Markup, Thing, When};
use super::groups;

/// One edge of the table.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) source: Data,
    pub(super) target: Data,
    pub(super) group: Option<GroupMark>,
    pub(super) weight: String,
    pub(super) acts: String,
    pub(super) posts: String,
    pub(super) behaviours: Vec<Data>,
    pub(super) delay: String,
    pub(super) chance: Option<Odds>,
    pub(super) first: When,
    pub(super) last: When,
    pub(super) evidence: Vec<ActRow>,
    pub(super) offer: String,
}

/// What chance has to say of an edge.
pub(super) struct Odds {
    /// What is said where it is not simply more than chance.
    pub(super) standing: Option<&'static str>,
    pub(super) p: String,
    pub(super) q: String,
    pub(super) met: String,
    pub(super) expected: String,
    pub(super) window: String,
}

impl Odds {
    fn of(chance: &EdgeChance) -> Self {
        Self {
            standing: match chance.standing {
                Standing::Stands => None,
                Standing::Open => Some("publishers, openly"),
                Standing::Chance => Some("chance may explain it"),
                Standing::Untested => Some("not tested"),
            },
            p: odds::odds(chance.p),
            q: odds::odds(chance.q),
            met: format!("{} of {}", format::number(chance.met), format::number(chance.shared)),
            expected: odds::expected(chance.expected),
            window: format::span(chance.window_s),
        }
    }
}

/// A group's mark beside its number, with a link where the group has a card.
pub(super) struct GroupMark {
    pub(super) number: u32,
    pub(super) badge: Markup,
    pub(super) has_card: bool,
}

/// Two posts on one object.
pub(super) struct ActRow {
    pub(super) behaviour: Data,
    pub(super) object: Thing,
    pub(super) apart: String,
    pub(super) posts: [Posted; 2],
}

/// One post with the place where it stands.
pub(super) struct Posted {
    pub(super) time: When,
    pub(super) account: Data,
    pub(super) id: Data,
    pub(super) text: Option<Data>,
    pub(super) input: Data,
    /// The input's number on the page, where it is listed.
    pub(super) input_number: Option<u32>,
    pub(super) row: u64,
}

impl Posted {
    pub(super) fn of(view: &Coordination, post: &Post) -> Self {
        let index = usize::try_from(post.input).unwrap_or(usize::MAX);
        let input = view.inputs.get(index);
        Self {
            time: When(post.time),
            account: Data::name(&post.account),
            id: Data::name(&post.id),
            text: post.text.as_deref().map(Data::text),
            input: input.map_or_else(|| Data::name("an input not listed"), |i| Data::file(&i.name)),
            input_number: input.filter(|_| index < limits::INPUTS).map(|_| post.input + 1),
            row: post.row,
        }
    }
}

/// The first edges of the view.
pub(super) fn rows(view: &Coordination) -> Vec<Row> {
    let cards = groups::shown(view);
    let open = groups::numbers(view, Kind::Syndication);
    let mark = |number: u32| GroupMark {
        number,
        badge: Markup::ours(shape::badge(Some(number), open.contains(&number))),
        has_card: cards.contains(&number),
    };
    (view.edges.iter().take(limits::EDGES).enumerate())
        .map(|(index, edge)| row(view, index + 1, edge, edge.group.map(mark)))
        .collect()
}

fn row(view: &Coordination, number: usize, edge: &Edge, group: Option<GroupMark>) -> Row {
    let shown = edge.evidence.len().min(limits::ACTS) as u64;
    let offer = if shown < edge.acts {
        format!(
            "The posts behind it: {} of {} acts",
            format::number(shown),
            format::number(edge.acts)
        )
    } else {
        format!("The posts behind it: {}", format::count(shown, "act", "acts"))
    };
    Row {
        number,
        source: Data::name(&edge.source),
        target: Data::name(&edge.target),
        group,
        weight: format::number(edge.weight),
        acts: format::number(edge.acts),
        posts: format!(
            "{} + {}",
            format::number(edge.posts_source),
            format::number(edge.posts_target)
        ),
        behaviours: edge.behaviours.iter().map(|name| Data::name(name)).collect(),
        delay: format::span(edge.mean_delay_s),
        chance: edge.chance.as_ref().map(Odds::of),
        first: When(edge.first_seen),
        last: When(edge.last_seen),
        evidence: edge.evidence.iter().take(limits::ACTS).map(|act| act_row(view, act)).collect(),
        offer,
    }
}

fn act_row(view: &Coordination, act: &Act) -> ActRow {
    let apart = act.first.time.0.abs_diff(act.second.time.0) as f64 / 1e6;
    ActRow {
        behaviour: Data::name(&act.object.behaviour),
        object: Thing::of_posts(&act.object),
        apart: format::span(apart),
        posts: [Posted::of(view, &act.first), Posted::of(view, &act.second)],
    }
}
