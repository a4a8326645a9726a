//! The groups as cards.

use std::collections::BTreeSet;

use crate::svg::{shape, timeline};
use crate::view::{Coordination, Group, Member, SharedObject};
use crate::{format, limits};

use super::data::{Data, Markup, Thing, When};
use super::edges::Posted;
use super::more;

/// Edges of the table that a card points to.
const EDGE_LINKS: usize = 12;

/// One group.
pub(super) struct Card {
    pub(super) number: u32,
    pub(super) badge: Markup,
    pub(super) size: String,
    pub(super) story: String,
    pub(super) seen: Option<(When, When)>,
    pub(super) density: String,
    pub(super) edges: String,
    pub(super) acts: String,
    pub(super) objects_total: String,
    pub(super) behaviours: Vec<Data>,
    pub(super) timeline: Option<Markup>,
    pub(super) hours: Option<Markup>,
    pub(super) members: Vec<MemberRow>,
    /// Whether any member has a display name: many sources give none.
    pub(super) has_names: bool,
    pub(super) members_more: Option<String>,
    pub(super) objects: Vec<ObjectRow>,
    pub(super) objects_more: Option<String>,
    pub(super) evidence: Vec<Posted>,
    pub(super) edge_links: Vec<usize>,
    pub(super) innocent: Vec<(Data, Vec<Data>)>,
}

/// One account of a group.
pub(super) struct MemberRow {
    pub(super) handle: Option<Data>,
    pub(super) name: Option<Data>,
    pub(super) key: Data,
    pub(super) posts: String,
    pub(super) acts: String,
    pub(super) edges: String,
}

/// One object that a group shared.
pub(super) struct ObjectRow {
    pub(super) behaviour: Data,
    pub(super) value: Thing,
    pub(super) accounts: String,
    pub(super) posts: String,
    pub(super) acts: String,
}

/// The numbers of the groups that have a card, so that a link to a group has an end.
pub(super) fn shown(view: &Coordination) -> BTreeSet<u32> {
    view.groups.iter().take(limits::GROUPS).map(|group| group.number).collect()
}

/// The cards of the first groups; of two with one number only the first, for the sake of links.
pub(super) fn cards(view: &Coordination) -> Vec<Card> {
    let mut seen = BTreeSet::new();
    (view.groups.iter().take(limits::GROUPS))
        .filter(|group| seen.insert(group.number))
        .map(|group| card(view, group))
        .collect()
}

fn card(view: &Coordination, group: &Group) -> Card {
    let (number, class) = (group.number, shape::class(Some(group.number)));
    let timeline = group.timeline.as_ref().map(|histogram| {
        let title = format!("Group {number}: posts in acts over time");
        timeline::timeline_svg(histogram, &format!("group-{number}-time"), &class, &title)
    });
    let hours = group.hours.as_ref().map(|hours| {
        let title = format!("Group {number}: posts in acts by hour of the day");
        timeline::hours_svg(hours, &format!("group-{number}-hours"), &class, &title)
    });
    Card {
        number,
        badge: Markup::ours(shape::badge(Some(number))),
        size: format::count(group.size, "account", "accounts"),
        story: story(view, group),
        seen: group.first_seen.zip(group.last_seen).map(|(a, b)| (When(a), When(b))),
        density: format::share(group.density),
        edges: format::number(group.edges),
        acts: format::number(group.acts),
        objects_total: format::number(group.objects),
        behaviours: group.behaviours.iter().map(|name| Data::name(name)).collect(),
        timeline: timeline.map(Markup::ours),
        hours: hours.map(Markup::ours),
        members: group.accounts.iter().take(limits::MEMBERS).map(member).collect(),
        has_names: group.accounts.iter().take(limits::MEMBERS).any(|member| member.name.is_some()),
        members_more: more(group.accounts.len().min(limits::MEMBERS), group.size, "accounts"),
        objects: group.top_objects.iter().take(limits::OBJECTS).map(object).collect(),
        objects_more: more(group.top_objects.len().min(limits::OBJECTS), group.objects, "objects"),
        evidence: (group.evidence.iter().take(limits::GROUP_POSTS))
            .map(|post| Posted::of(view, post))
            .collect(),
        edge_links: edge_links(view, number),
        innocent: innocent(view, group),
    }
}

/// The group in one sentence.
fn story(view: &Coordination, group: &Group) -> String {
    format!(
        "Two of these {} shared the same thing within {} of each other {}, over {}.",
        format::count(group.size, "account", "accounts"),
        format::span(view.rules.window_s),
        format::count(group.acts, "time", "times"),
        format::count(group.objects, "object", "different objects"),
    )
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
