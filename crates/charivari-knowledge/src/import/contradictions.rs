//! What replaces what, without circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::Fault;

/// What took the place of what, and the object that says so.
pub(super) type Graph<K> = BTreeMap<K, (K, String)>;

/// Takes out every claim that lies on a circle, since there nothing stands; each is a fault.
pub(super) fn without_circles<K: Ord + Clone + ToString>(
    graph: Graph<K>,
    code: &'static str,
    faults: &mut Vec<Fault>,
) -> BTreeMap<K, K> {
    let mut in_circle: BTreeSet<K> = BTreeSet::new();
    let mut done: BTreeSet<K> = BTreeSet::new();
    for start in graph.keys() {
        let (mut path, mut on_path) = (Vec::new(), BTreeSet::new());
        let mut at = start.clone();
        while !done.contains(&at) && on_path.insert(at.clone()) {
            path.push(at.clone());
            let Some((next, _)) = graph.get(&at) else { break };
            at = next.clone();
        }
        if on_path.contains(&at) && graph.contains_key(&at) && !done.contains(&at) {
            in_circle.extend(path.iter().skip_while(|it| **it != at).cloned());
        }
        done.extend(path);
    }
    let mut kept = BTreeMap::new();
    for (old, (new, object)) in graph {
        if in_circle.contains(&old) {
            let text = format!(
                "{} is replaced by {} in a circle, so neither stands for the other; the claim was left out",
                old.to_string(),
                new.to_string()
            );
            faults.push(Fault::new(code, object, text));
        } else {
            kept.insert(old, new);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_claims_on_a_circle_are_taken_out() {
        let pairs = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "d"), ("e", "f"), ("g", "e")];
        let graph = pairs.into_iter().map(|(old, new)| (old, (new, old.to_uppercase()))).collect();
        let mut faults = Vec::new();
        let kept = without_circles(graph, "E1024", &mut faults);
        assert_eq!(kept.into_iter().collect::<Vec<_>>(), [("a", "b"), ("e", "f"), ("g", "e")]);
        let objects: Vec<&str> = faults.iter().map(|it| it.object.as_str()).collect();
        assert_eq!(objects, ["B", "C", "D"]);
    }
}
