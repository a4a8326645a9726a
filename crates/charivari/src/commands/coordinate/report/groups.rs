//! The groups in the page's terms.

use charivari_coordination::evidence::behaviour_names;
use charivari_model::Timestamp;
use charivari_report::{Histogram, view};

use super::{Teller, card, chance, chosen};

/// Steps of a time line: as many as a card can show on a phone.
const STEPS: usize = 96;

/// The first groups. Their time lines share one axis, so that they can be compared.
pub(super) fn tell(teller: Teller<'_>, chosen: &chosen::Chosen<'_>) -> Vec<view::Group> {
    let shown = || chosen.groups.iter().map(|group| &teller.run.groups[group.number]);
    let first = shown().map(|group| group.first_seen).min().unwrap_or_default();
    let last = shown().map(|group| group.last_seen).max().unwrap_or_default();
    let period = (Timestamp(first), Timestamp(last));
    chosen.groups.iter().map(|chosen| group(teller, chosen, period)).collect()
}

fn group(
    teller: Teller<'_>,
    chosen: &chosen::Group<'_>,
    period: (Timestamp, Timestamp),
) -> view::Group {
    let group = &teller.run.groups[chosen.number];
    let times = || group.times.iter().map(|time| Timestamp(*time));
    view::Group {
        number: chosen.number as u32 + 1,
        kind: if chance::is_open(teller.run, chosen.number as u32) {
            view::Kind::Syndication
        } else {
            view::Kind::Coordinated
        },
        size: group.nodes.len() as u64,
        chance: chance::of_group(teller.run, chosen.number),
        windows: chance::windows(teller.run, &group.edges),
        mean_delay_s: group.mean_delay_s(),
        card: (teller.cards.get(chosen.number))
            .map_or_else(view::Card::default, |known| card::tell(teller, known)),
        accounts: chosen.members.iter().map(|chosen| member(teller, chosen)).collect(),
        density: group.density(),
        edges: group.edges.len() as u64,
        acts: group.acts,
        objects: group.objects,
        behaviours: behaviour_names(group.layers).map(str::to_owned).collect(),
        first_seen: Some(Timestamp(group.first_seen)),
        last_seen: Some(Timestamp(group.last_seen)),
        top_objects: chosen.objects.iter().map(|chosen| object(teller, chosen)).collect(),
        timeline: Some(Histogram::over(period, times(), STEPS)),
        hours: Some(hours(times())),
        evidence: chosen.posts.iter().map(|touch| teller.post(*touch)).collect(),
    }
}

/// How many times fall into each hour of the day, in UTC.
fn hours(times: impl Iterator<Item = Timestamp>) -> [u64; 24] {
    let mut hours = [0; 24];
    for time in times {
        let hour = time.seconds().div_euclid(3_600).rem_euclid(24);
        hours[usize::try_from(hour).unwrap_or_default()] += 1;
    }
    hours
}

fn member(teller: Teller<'_>, member: &chosen::Member) -> view::Member {
    let (network, store) = (&teller.run.network, &teller.run.store);
    let account = network.nodes[member.node as usize];
    let name = member.post().and_then(|post| teller.excerpts.name(post));
    view::Member {
        key: network.account(store, account).to_owned(),
        handle: teller.evidence.handle(account).map(str::to_owned),
        name: name.map(str::to_owned),
        posts: member.posts,
        acts: member.acts,
        edges: member.edges,
        all_posts: teller.evidence.posts(account),
    }
}

fn object(teller: Teller<'_>, chosen: &chosen::Object<'_>) -> view::SharedObject {
    view::SharedObject {
        object: teller.object(chosen.shared.object, chosen.post()),
        accounts: chosen.shared.accounts.into(),
        posts: chosen.shared.posts.into(),
        acts: chosen.acts,
    }
}
