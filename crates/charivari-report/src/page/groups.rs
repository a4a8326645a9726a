//! The groups as cards.

use std::collections::BTreeSet;

use crate::svg::{heat, shape, timeline};
use crate::view::{self, Coordination, Group, Kind, Member, SharedObject};
use crate::{format, limits, odds};

use super::data::{Data, Markup, Thing, When};
use super::edges::Posted;
use super::more;
use crate::statement::{self, Statement};

/// Edges of the table that a card points to.
const EDGE_LINKS: usize = 12;

/// One group.
pub(super) struct Card {
    pub(super) number: u32,
    pub(super) badge: Markup,
    pub(super) is_open: bool,
    pub(super) size: String,
    pub(super) statement: Statement,
    pub(super) windows: Option<String>,
    pub(super) stability: Option<String>,
    pub(super) seen: Option<(When, When)>,
    pub(super) density: String,
    pub(super) edges: String,
    pub(super) acts: String,
    pub(super) objects_total: String,
    pub(super) behaviours: Vec<Data>,
    pub(super) timeline: Option<Markup>,
    pub(super) hours: Option<Markup>,
    pub(super) heat: Option<Week>,
    pub(super) first: String,
    pub(super) movers: Vec<Mover>,
    pub(super) followers: Vec<Follower>,
    pub(super) followers_more: Option<String>,
    pub(super) overlaps: Vec<Overlap>,
    pub(super) members: Vec<MemberRow>,
    /// Whether any member has a display name: many sources give none.
    pub(super) has_names: bool,
    /// Whether it is known how many posts each made in all.
    pub(super) has_degrees: bool,
    pub(super) members_more: Option<String>,
    pub(super) objects: Vec<ObjectRow>,
    pub(super) objects_more: Option<String>,
    pub(super) evidence: Vec<Posted>,
    pub(super) edge_links: Vec<usize>,
    pub(super) fits: Vec<(Data, Data)>,
    /// What is said where none fits.
    pub(super) no_fit: Option<Data>,
    pub(super) not_measured: Option<Data>,
    pub(super) innocent: Vec<(Data, Vec<Data>)>,
}

/// The hours of the week and what they suggest.
pub(super) struct Week {
    pub(super) chart: Markup,
    pub(super) told: Data,
    pub(super) sure: Data,
    pub(super) basis: String,
}

/// An account that is first more often than chance explains.
pub(super) struct Mover {
    pub(super) account: Data,
    pub(super) told: String,
}

/// An account that comes after another.
pub(super) struct Follower {
    pub(super) account: Data,
    pub(super) leader: Data,
    pub(super) told: String,
}

/// What a group has in common with another.
pub(super) struct Overlap {
    pub(super) number: u32,
    pub(super) has_card: bool,
    pub(super) told: String,
}

/// One account of a group.
pub(super) struct MemberRow {
    pub(super) handle: Option<Data>,
    pub(super) name: Option<Data>,
    pub(super) key: Data,
    pub(super) posts: String,
    pub(super) acts: String,
    pub(super) edges: String,
    pub(super) degree: Option<String>,
}

/// One object that a group shared.
pub(super) struct ObjectRow {
    pub(super) behaviour: Data,
    pub(super) value: Thing,
    pub(super) accounts: String,
    pub(super) posts: String,
    pub(super) acts: String,
}

/// The groups that have a card: the first of each kind.
pub(super) fn with_card<'v>(view: &'v Coordination<'_>) -> impl Iterator<Item = &'v Group> {
    let of = |kind| view.groups.iter().filter(move |group| group.kind == kind);
    let groups = of(Kind::Coordinated).take(limits::GROUPS);
    groups.chain(of(Kind::Syndication).take(limits::PUBLISHERS))
}

/// The numbers of the groups that have a card, so that a link to a group has an end.
pub(super) fn shown(view: &Coordination) -> BTreeSet<u32> {
    with_card(view).map(|group| group.number).collect()
}

/// The numbers of the groups of one kind.
pub(super) fn numbers(view: &Coordination, kind: Kind) -> BTreeSet<u32> {
    view.groups.iter().filter(|group| group.kind == kind).map(|group| group.number).collect()
}

/// The cards of the first groups of one kind; of two with one number only the first, for the sake of
/// links.
pub(super) fn cards(view: &Coordination, kind: Kind) -> Vec<Card> {
    let mut seen = BTreeSet::new();
    with_card(view)
        .filter(|group| seen.insert(group.number) && group.kind == kind)
        .map(|group| card(view, group))
        .collect()
}

fn card(view: &Coordination, group: &Group) -> Card {
    let (number, class) = (group.number, shape::class(Some(group.number)));
    let timeline = group.timeline.as_ref().map(|histogram| {
        let title = format!("Group {number}: posts in acts over time");
        timeline::timeline_svg(histogram, &format!("group-{number}-time"), &class, &title)
    });
    let hours = group.hours.as_ref().filter(|_| group.card.rhythm.is_none()).map(|hours| {
        let title = format!("Group {number}: posts in acts by hour of the day");
        timeline::hours_svg(hours, &format!("group-{number}-hours"), &class, &title)
    });
    Card {
        number,
        badge: Markup::ours(shape::badge(Some(number), group.kind == Kind::Syndication)),
        is_open: group.kind == Kind::Syndication,
        size: format::count(group.size, "account", "accounts"),
        statement: statement::of(view, group),
        windows: windows(group),
        stability: stability(&group.card.stability),
        seen: group.first_seen.zip(group.last_seen).map(|(a, b)| (When(a), When(b))),
        density: format::share(group.density),
        edges: format::number(group.edges),
        acts: format::number(group.acts),
        objects_total: format::number(group.objects),
        behaviours: group.behaviours.iter().map(|name| Data::name(name)).collect(),
        timeline: timeline.map(Markup::ours),
        hours: hours.map(Markup::ours),
        heat: group.card.rhythm.as_ref().map(|rhythm| week(rhythm, number, &class)),
        first: first(&group.card),
        movers: group.card.first_movers.iter().take(limits::FIRST_MOVERS).map(mover).collect(),
        followers: group.card.follows.iter().take(limits::FIRST_MOVERS).map(follower).collect(),
        followers_more: more(
            group.card.follows.len().min(limits::FIRST_MOVERS),
            group.card.follows_total,
            "such pairs",
        ),
        overlaps: overlaps(view, group),
        members: group.accounts.iter().take(limits::MEMBERS).map(member).collect(),
        has_names: group.accounts.iter().take(limits::MEMBERS).any(|member| member.name.is_some()),
        has_degrees: group.accounts.iter().take(limits::MEMBERS).any(|member| member.all_posts > 0),
        members_more: more(group.accounts.len().min(limits::MEMBERS), group.size, "accounts"),
        objects: group.top_objects.iter().take(limits::OBJECTS).map(object).collect(),
        objects_more: more(group.top_objects.len().min(limits::OBJECTS), group.objects, "objects"),
        evidence: (group.evidence.iter().take(limits::GROUP_POSTS))
            .map(|post| Posted::of(view, post))
            .collect(),
        edge_links: edge_links(view, number),
        fits: (group.card.fits.iter())
            .map(|fit| (Data::text(&fit.meaning), Data::text(&fit.sign)))
            .collect(),
        no_fit: no_fit(view, group),
        not_measured: not_measured(&group.card),
        innocent: innocent(view, group),
    }
}

/// The windows of its edges, such as `1 min (28 edges), 15 min (3 edges)`.
fn windows(group: &Group) -> Option<String> {
    let told = group.windows.iter().map(|(window, edges)| match group.windows.len() {
        1 => format::span(*window),
        _ => format!("{} ({})", format::span(*window), format::count(*edges, "edge", "edges")),
    });
    let told = told.collect::<Vec<_>>().join(", ");
    (!told.is_empty()).then_some(told)
}

/// Whether the group is found again, in words and numbers.
fn stability(stability: &view::Stability) -> Option<String> {
    let mut told = Vec::new();
    if let Some(seeds) = stability.seeds {
        let word = match seeds {
            s if s >= 0.85 => "firm",
            s if s >= 0.75 => "holds",
            s if s >= 0.6 => "loose",
            _ => "not to be trusted as one group",
        };
        let tried = format::number(stability.seeds_tried);
        told.push(format!("{word}: {} over {tried} seeds", format::share(seeds)));
    }
    if !stability.levels.is_empty() {
        let levels = stability.levels.iter();
        let levels = levels.map(|(level, like)| format!("{} at {level}", format::share(*like)));
        told.push(format!("by level: {}", levels.collect::<Vec<_>>().join(", ")));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

fn week(rhythm: &view::Rhythm, number: u32, class: &str) -> Week {
    let title = format!("Group {number}: when its accounts are active");
    Week {
        chart: Markup::ours(heat::heat_svg(rhythm, &format!("group-{number}-week"), class, &title)),
        told: Data::long(&rhythm.told),
        sure: Data::name(&rhythm.sure),
        basis: format!(
            "{} on {}",
            format::count(rhythm.accounts, "account", "accounts"),
            format::count(rhythm.days, "day", "days")
        ),
    }
}

/// What is said of who was first where nobody stands out, or before those who do.
fn first(card: &view::Card) -> String {
    if card.occasions == 0 {
        return "There is no occasion on which one of them was clearly first.".to_owned();
    }
    let occasions = format::count(card.occasions, "occasion", "occasions");
    if card.first_movers.is_empty() {
        return format!(
            "On {occasions} one of them was first, but none more often than chance explains."
        );
    }
    let those = if card.first_movers.len() == 1 { "This one was" } else { "These were" };
    format!(
        "On {occasions} one of them was first. {those} so more often than chance explains; that may \
         be a matter of habit or of being the source, and is no proof of leading."
    )
}

fn mover(mover: &view::FirstMover) -> Mover {
    let (trials, began, expected) = mover.trials;
    Mover {
        account: Data::name(&mover.account),
        told: format!(
            "first on {} of {} occasions; began {} of {} separate sittings, where chance would give {} \
             (q {})",
            format::number(mover.first),
            format::number(mover.occasions),
            format::number(began),
            format::number(trials),
            odds::expected(expected),
            odds::odds(mover.q),
        ),
    }
}

fn follower(follows: &view::Follows) -> Follower {
    Follower {
        account: Data::name(&follows.follower),
        leader: Data::name(&follows.leader),
        told: format!(
            "later on {} of {} objects, by {} at the median (q {})",
            format::number(follows.first),
            format::number(follows.objects),
            format::span(follows.median_delay_s),
            odds::odds(follows.q),
        ),
    }
}

fn overlaps(view: &Coordination, group: &Group) -> Vec<Overlap> {
    let cards = shown(view);
    let overlap = |overlap: &view::Overlap| Overlap {
        number: overlap.group,
        has_card: cards.contains(&overlap.group),
        told: format!(
            "{} in common ({} in 100 of what either met on)",
            format::count(overlap.objects, "object", "objects"),
            odds::about(overlap.jaccard * 100.0),
        ),
    };
    group.card.overlaps.iter().map(overlap).collect()
}

/// What is said of innocent explanations where none fits.
fn no_fit(view: &Coordination, group: &Group) -> Option<Data> {
    // Without the test of chance the signs were not looked for in a way to be told of.
    view.chance.as_ref()?;
    let mut told =
        "None of those whose signs were looked for fits. They may still be true, and those \
                    in general below may too."
            .to_owned();
    if let Some(unknown) = not_measured(&group.card) {
        told.push_str(" Nothing could be said of ");
        told.push_str(unknown.plain());
    }
    Some(Data::long(&told))
}

/// The explanations of which nothing can be said, in one sentence.
fn not_measured(card: &view::Card) -> Option<Data> {
    let told = card.not_measured.iter().map(|(name, needs)| format!("{name} (it needs {needs})"));
    let told = told.collect::<Vec<_>>().join("; ");
    (!told.is_empty()).then(|| Data::long(&format!("{told}.")))
}

/// The rows of the table of edges that lie inside a group.
fn edge_links(view: &Coordination, number: u32) -> Vec<usize> {
    (view.edges.iter().take(limits::EDGES).enumerate())
        .filter(|(_, edge)| edge.group == Some(number))
        .map(|(index, _)| index + 1)
        .take(EDGE_LINKS)
        .collect()
}

/// What else could explain the group, by the behaviours it was seen in.
fn innocent(view: &Coordination, group: &Group) -> Vec<(Data, Vec<Data>)> {
    (view.behaviours.iter())
        .filter(|behaviour| group.behaviours.contains(&behaviour.name))
        .filter(|behaviour| !behaviour.innocent.is_empty())
        .map(|behaviour| {
            let reasons = behaviour.innocent.iter().map(|reason| Data::text(reason)).collect();
            (Data::name(&behaviour.name), reasons)
        })
        .collect()
}

fn member(member: &Member) -> MemberRow {
    MemberRow {
        handle: member.handle.as_deref().map(Data::name),
        name: member.name.as_deref().map(Data::name),
        key: Data::name(&member.key),
        posts: format::number(member.posts),
        acts: format::number(member.acts),
        edges: format::number(member.edges),
        degree: (member.all_posts > 0).then(|| {
            let share = member.posts as f64 / member.all_posts as f64;
            format!(
                "{} of {} ({} %)",
                format::number(member.posts),
                format::number(member.all_posts),
                odds::about(100.0 * share.min(1.0))
            )
        }),
    }
}

fn object(shared: &SharedObject) -> ObjectRow {
    ObjectRow {
        behaviour: Data::name(&shared.object.behaviour),
        value: Thing::of(&shared.object),
        accounts: format::number(shared.accounts),
        posts: format::number(shared.posts),
        acts: format::number(shared.acts),
    }
}
