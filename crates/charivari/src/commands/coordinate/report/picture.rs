//! What there is to draw of a run, for the report of a case.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use charivari_model::Timestamp;
use charivari_model::case::{Picture, PictureEdge, PictureGroup, PictureNode};
use charivari_report::{limits, view};

use super::Teller;

/// Microseconds in an hour.
const HOUR: i64 = 3_600_000_000;

/// The strongest accounts and edges of the network as it was laid out, and the hours of its groups.
pub(super) fn of(teller: Teller<'_>, view: &view::Coordination<'_>) -> Picture {
    let network = &view.network;
    let kept = strongest(network);
    // The place of each node among the kept, so that edges can be numbered anew.
    let mut places = vec![None; network.nodes.len()];
    for (place, node) in kept.iter().enumerate() {
        places[*node] = Some(place as u32);
    }
    let node = |number: &usize| {
        let node = &network.nodes[*number];
        let account = teller.run.network.nodes[*number];
        PictureNode {
            key: teller.run.network.account(&teller.run.store, account).to_owned(),
            label: node.label.clone(),
            x: node.x,
            y: node.y,
            size: node.size,
            group: node.group,
            open: node.open,
        }
    };
    Picture {
        places: Vec::new(),
        nodes: kept.iter().map(node).collect(),
        edges: edges(network, &places),
        nodes_total: network.nodes_total,
        edges_total: network.links_total,
        groups: view.groups.iter().map(|known| group(teller, known)).collect(),
        days: Vec::new(),
    }
}

/// The nodes that take part most, as many as a page draws, ascending.
fn strongest(network: &view::Network) -> Vec<usize> {
    let mut nodes: Vec<usize> = (0..network.nodes.len()).collect();
    // No size is negative, and such numbers stand in the order of their bits.
    nodes.sort_unstable_by_key(|node| (Reverse(network.nodes[*node].size.to_bits()), *node));
    nodes.truncate(limits::DRAWN_NODES);
    nodes.sort_unstable();
    nodes
}

/// The strongest edges between kept nodes, as many as a page draws.
fn edges(network: &view::Network, places: &[Option<u32>]) -> Vec<PictureEdge> {
    let ends = |link: &view::Link| places[link.source as usize].zip(places[link.target as usize]);
    let kept = network.links.iter().filter_map(|link| {
        let (source, target) = ends(link)?;
        let significant = link.standing != view::Standing::Chance;
        Some(PictureEdge { source, target, weight: link.weight, significant })
    });
    let mut kept: Vec<PictureEdge> = kept.collect();
    kept.sort_by(|one, other| {
        let rank = |edge: &PictureEdge| (!edge.significant, Reverse(edge.weight.to_bits()));
        rank(one).cmp(&rank(other))
    });
    kept.truncate(limits::DRAWN_LINKS);
    kept
}

fn group(teller: Teller<'_>, group: &view::Group) -> PictureGroup {
    let times = &teller.run.groups[group.number as usize - 1].times;
    let mut activity: BTreeMap<i64, u64> = BTreeMap::new();
    let mut hours = vec![[0_u64; 24]; 7];
    for time in times {
        let hour = time.div_euclid(HOUR);
        *activity.entry(hour * HOUR).or_default() += 1;
        // The epoch began on a Thursday, the fourth day of the week.
        let day = (hour.div_euclid(24) + 3).rem_euclid(7);
        hours[usize::try_from(day).unwrap_or_default()]
            [usize::try_from(hour.rem_euclid(24)).unwrap_or_default()] += 1;
    }
    PictureGroup {
        number: group.number,
        name: format!("group {}", group.number),
        open: group.kind == view::Kind::Syndication,
        accounts: group.size,
        hours,
        activity: activity.into_iter().map(|(hour, count)| (Timestamp(hour), count)).collect(),
    }
}
