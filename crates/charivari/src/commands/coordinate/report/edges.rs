//! The strongest edges in the page's terms.

use charivari_coordination::evidence::{Met, behaviour_names};
use charivari_model::Timestamp;
use charivari_report::view;

use super::{Teller, chance, chosen};

/// An edge with the acts that stand for it.
pub(super) fn tell(teller: Teller<'_>, chosen: &chosen::Edge) -> view::Edge {
    let network = &teller.run.network;
    let edge = &network.edges.edges[chosen.number as usize];
    view::Edge {
        source: teller.account(edge.source),
        target: teller.account(edge.target),
        group: chosen::group_of(teller.run, chosen.number).map(|group| group + 1),
        weight: edge.weight,
        acts: edge.acts,
        posts_source: edge.posts_source,
        posts_target: edge.posts_target,
        behaviours: behaviour_names(edge.layers).map(str::to_owned).collect(),
        mean_delay_s: edge.mean_delay_s(),
        chance: chance::of_edge(teller.run, chosen.number as usize),
        first_seen: Timestamp(edge.first_seen),
        last_seen: Timestamp(edge.last_seen),
        evidence: chosen.acts.iter().map(|met| act(teller, met)).collect(),
    }
}

fn act(teller: Teller<'_>, act: &Met) -> view::Act {
    let (first, second) = (act.source.min(act.target), act.source.max(act.target));
    view::Act {
        object: teller.object(act.object, Some(first.post)),
        first: teller.post(first),
        second: teller.post(second),
    }
}
