//! Connected components.

use crate::Graph;

/// Says for each node which connected component it lies in. Components are numbered from 0 in the
/// order of their first node, so that node 0 is always in component 0.
pub fn components(graph: &Graph) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let nodes = graph.node_count();
    let mut labels = vec![NONE; nodes as usize];
    let mut found = 0;
    // An own stack: recursion on a long chain of accounts would overflow.
    let mut stack = Vec::new();
    for first in 0..nodes {
        if labels[first as usize] != NONE {
            continue;
        }
        labels[first as usize] = found;
        stack.push(first);
        while let Some(v) = stack.pop() {
            for &u in graph.neighbours(v).0 {
                if labels[u as usize] == NONE {
                    labels[u as usize] = found;
                    stack.push(u);
                }
            }
        }
        found += 1;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_numbered_by_first_node() {
        type Case<'a> = (&'a str, u32, &'a [u32], &'a [u32], &'a [u32]);
        let cases: [Case; 4] = [
            ("empty", 0, &[], &[], &[]),
            ("isolated", 3, &[], &[], &[0, 1, 2]),
            ("interleaved", 6, &[0, 4, 1], &[4, 2, 5], &[0, 1, 0, 2, 0, 1]),
            ("loop joins nothing", 2, &[1], &[1], &[0, 1]),
        ];
        for (name, nodes, source, target, expected) in cases {
            let graph = Graph::from_edges(nodes, source, target, &vec![1.0; source.len()]).unwrap();
            assert_eq!(components(&graph), expected, "{name}");
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let nodes = 300_000_u32;
        let source: Vec<u32> = (0..nodes - 1).collect();
        let target: Vec<u32> = (1..nodes).collect();
        let graph = Graph::from_edges(nodes, &source, &target, &vec![1.0; source.len()]).unwrap();
        assert!(components(&graph).iter().all(|&label| label == 0));
    }
}
