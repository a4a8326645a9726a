//! What replaces what: one successor each, and no circles.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::Fault;

/// What took the place of what, and the object that says so.
pub(super) type Graph<K> = BTreeMap<K, (K, String)>;

/// Adds a claim; of two successors the first in order stands, and the other claim is a fault.
pub(super) fn claim<K: Ord + ToString>(
    graph: &mut Graph<K>,
    code: &'static str,
    (old, new, object): (K, K, &str),
    faults: &mut Vec<Fault>,
) {
    let mut new = (new, object.to_owned());
    match graph.entry(old) {
        Entry::Vacant(place) => {
            place.insert(new);
        }
        Entry::Occupied(mut held) => {
            if new < *held.get() {
                new = held.insert(new);
            }
            if new.0 != held.get().0 {
                let (old, kept) = (held.key().to_string(), held.get().0.to_string());
                let text = format!(
                    "{old} is replaced by {kept} and by {}; this claim was left out",
                    new.0.to_string()
                );
                faults.push(Fault::new(code, new.1, text));
            }
        }
    }
}

/// The end of every chain of replacements, each chain walked once.
pub(super) fn ends<K: Ord + Clone>(kept: &BTreeMap<K, K>) -> BTreeMap<K, K> {
    let mut ends: BTreeMap<K, K> = BTreeMap::new();
    for start in kept.keys() {
        let mut path = Vec::new();
        let mut at = start;
        while let (None, Some(next)) = (ends.get(at), kept.get(at)) {
            path.push(at);
            at = next;
        }
        let end = ends.get(at).unwrap_or(at).clone();
        ends.extend(path.into_iter().map(|it| (it.clone(), end.clone())));
    }
    ends
}

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
        let ends: Vec<_> = ends(&kept).into_iter().collect();
        assert_eq!(ends, [("a", "b"), ("e", "f"), ("g", "f")]);
        assert_eq!(kept.into_iter().collect::<Vec<_>>(), [("a", "b"), ("e", "f"), ("g", "e")]);
        let objects: Vec<&str> = faults.iter().map(|it| it.object.as_str()).collect();
        assert_eq!(objects, ["B", "C", "D"]);
    }
}
