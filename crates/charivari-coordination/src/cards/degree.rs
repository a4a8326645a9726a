//! How far each account is given to acting together, from 0 to 1.
//!
//! An edge stands or falls, but accounts are not simply in or out: some do little else than act
//! together, others a little of it among much of their own. The degree is the share of an account's
//! posts that are part of acts on significant edges. It has no threshold of its own beyond that of
//! the edges, and both numbers behind it are kept. A busy account with a few acts has a low degree
//! and may still act together on what matters; a quiet one reaches 1 with two posts. So the number
//! of posts and the q-value of the strongest edge stand beside it.

use serde::Serialize;

use crate::network::Network;

/// How far one account is given to acting together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Degree {
    /// The account, by rank.
    pub account: u32,
    /// Its posts that are part of acts on significant edges.
    pub acted: u64,
    /// All its posts.
    pub posts: u64,
    /// How many significant edges it has.
    pub edges: u32,
    /// The q-value of its strongest edge; none where none was tested.
    pub least_q: Option<f64>,
}

impl Degree {
    /// The share of its posts that are part of such acts, from 0 to 1.
    pub fn share(&self) -> f64 {
        (self.acted as f64 / self.posts.max(1) as f64).min(1.0)
    }
}

/// The degree of each node of a network, in their order. Accounts without an edge are no nodes:
/// theirs is 0.
///
/// `rows` is how many rows the store has.
pub fn of(network: &Network, rows: usize) -> Vec<Degree> {
    let traces = &network.traces;
    let degree = |account: &u32| Degree {
        account: *account,
        acted: 0,
        posts: traces.account_posts[*account as usize],
        edges: 0,
        least_q: None,
    };
    let mut degrees: Vec<Degree> = network.nodes.iter().map(degree).collect();
    let mut place = vec![0_u32; traces.accounts()];
    for (node, account) in network.nodes.iter().enumerate() {
        place[*account as usize] = node as u32;
    }
    let mut seen = vec![false; rows];
    for (number, edge) in network.edges.edges.iter().enumerate() {
        let q = network.tests.get(number).copied().flatten().map(|test| test.q);
        let is_significant = network.is_significant(number);
        for account in [edge.source, edge.target] {
            let degree = &mut degrees[place[account as usize] as usize];
            degree.edges += u32::from(is_significant);
            degree.least_q = [degree.least_q, q].into_iter().flatten().reduce(f64::min);
        }
        if !is_significant {
            continue;
        }
        for act in &network.edges.acts[edge.evidence.clone()] {
            for trace in [act.source as usize, act.target as usize] {
                if !std::mem::replace(&mut seen[traces.post[trace] as usize], true) {
                    degrees[place[traces.account[trace] as usize] as usize].acted += 1;
                }
            }
        }
    }
    degrees
}
