//! How good a partition of a graph is: modularity and the constant Potts model.

use crate::labels::dense_labels;
use crate::{Graph, GraphError};

/// Modularity (Newman and Girvan 2004) with a resolution (Reichardt and Bornholdt 2006):
/// Σ over groups of e/m − γ·(s/2m)², where e is the weight inside the group, s the sum of its
/// strengths, m the total weight and γ the resolution. Between −γ and 1; 0 for a graph without
/// weight. `labels` holds one number per node; nodes with equal numbers are one group.
///
/// # Errors
///
/// `E0505` if there is not one label per node.
pub fn modularity(graph: &Graph, labels: &[u32], resolution: f64) -> Result<f64, GraphError> {
    let groups = measure(graph, labels)?;
    let total = graph.total_weight();
    if total <= 0.0 {
        return Ok(0.0);
    }
    let of_group = |group: &Group| {
        let share = group.strength / total / 2.0;
        group.inside / total - resolution * share * share
    };
    Ok(groups.iter().map(of_group).sum())
}

/// Quality under the constant Potts model (Traag, Van Dooren and Nesterov 2011, doi
/// 10.1103/PhysRevE.84.016114): Σ over groups of e − γ·n(n − 1)/2, where e is the weight inside
/// the group and n its number of nodes. In the unit of the weights.
///
/// # Errors
///
/// `E0505` if there is not one label per node.
pub fn cpm(graph: &Graph, labels: &[u32], resolution: f64) -> Result<f64, GraphError> {
    let groups = measure(graph, labels)?;
    Ok(groups.iter().map(|g| g.inside - resolution * g.nodes * (g.nodes - 1.0) / 2.0).sum())
}

/// What either measure needs to know of a group.
#[derive(Default, Clone)]
struct Group {
    nodes: f64,
    /// Weight of the edges with both ends in the group, loops included.
    inside: f64,
    strength: f64,
}

fn measure(graph: &Graph, labels: &[u32]) -> Result<Vec<Group>, GraphError> {
    if labels.len() != graph.node_count() as usize {
        let nodes = graph.node_count();
        return Err(GraphError::LabelsDoNotFit { labels: labels.len(), nodes });
    }
    let (dense, count) = dense_labels(labels);
    let mut groups = vec![Group::default(); count];
    for v in 0..graph.node_count() {
        let label = dense[v as usize];
        let group = &mut groups[label as usize];
        group.nodes += 1.0;
        group.strength += graph.strength(v);
        group.inside += graph.loop_weight(v);
        let (targets, weights) = graph.neighbours(v);
        for (&u, &w) in targets.iter().zip(weights) {
            if u < v && dense[u as usize] == label {
                group.inside += w;
            }
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_triangles() -> Graph {
        Graph::from_edges(6, &[0, 0, 1, 3, 3, 4, 2], &[1, 2, 2, 4, 5, 5, 3], &[1.0; 7]).unwrap()
    }

    #[test]
    fn measures_agree_with_hand_calculation() {
        let graph = two_triangles();
        let halves = [0, 0, 0, 7, 7, 7];
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        // Each half: 3 of 7 edges inside, half of all strength.
        assert!(close(modularity(&graph, &halves, 1.0).unwrap(), 6.0 / 7.0 - 0.5));
        assert!(close(modularity(&graph, &halves, 2.0).unwrap(), 6.0 / 7.0 - 1.0));
        assert!(close(modularity(&graph, &[1; 6], 1.0).unwrap(), 0.0));
        assert!(close(cpm(&graph, &halves, 0.5).unwrap(), 6.0 - 0.5 * 6.0));
        assert!(close(cpm(&graph, &[0, 1, 2, 3, 4, 5], 0.5).unwrap(), 0.0));
    }

    #[test]
    fn graphs_without_weight_have_no_modularity() {
        let empty = Graph::from_edges(0, &[], &[], &[]).unwrap();
        assert_eq!(modularity(&empty, &[], 1.0), Ok(0.0));
        let lone = Graph::from_edges(3, &[], &[], &[]).unwrap();
        assert_eq!(modularity(&lone, &[0, 1, 2], 1.0), Ok(0.0));
    }

    #[test]
    fn labels_must_fit() {
        assert_eq!(modularity(&two_triangles(), &[0; 5], 1.0).unwrap_err().code(), "E0505");
        assert_eq!(cpm(&two_triangles(), &[0; 7], 1.0).unwrap_err().code(), "E0505");
    }

    #[test]
    fn huge_weights_do_not_overflow_modularity() {
        let w = f64::MAX / 8.0;
        let graph = Graph::from_edges(4, &[0, 2], &[1, 3], &[w, w]).unwrap();
        assert_eq!(modularity(&graph, &[0, 0, 1, 1], 1.0), Ok(0.5));
    }
}
