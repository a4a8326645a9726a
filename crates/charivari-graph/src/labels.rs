//! Numbering of groups.

/// Renumbers labels from 0 so that larger groups come first, and of equally large ones the one
/// with the smallest node. Nodes keep their company; only the names of the groups change.
pub fn order_labels(labels: &[u32]) -> Vec<u32> {
    let (dense, count) = dense_labels(labels);
    let mut sizes = vec![0_u32; count];
    for &label in &dense {
        sizes[label as usize] += 1;
    }
    // Dense labels ascend by first node, so that a stable sort settles ties.
    let mut by_size: Vec<u32> = (0..count as u32).collect();
    by_size.sort_by_key(|&label| std::cmp::Reverse(sizes[label as usize]));
    let mut rank = vec![0_u32; count];
    for (position, &label) in by_size.iter().enumerate() {
        rank[label as usize] = position as u32;
    }
    dense.iter().map(|&label| rank[label as usize]).collect()
}

/// Renumbers labels from 0 in the order of their first node; gives how many there are, too.
/// Labels may be any numbers: memory depends on how many nodes there are, not on their size.
pub(crate) fn dense_labels(labels: &[u32]) -> (Vec<u32>, usize) {
    let mut by_label: Vec<u32> = (0..labels.len() as u32).collect();
    // Stable, so that the first node of each run is the smallest.
    by_label.sort_by_key(|&v| labels[v as usize]);
    let mut first_of = vec![0_u32; labels.len()];
    for run in by_label.chunk_by(|&a, &b| labels[a as usize] == labels[b as usize]) {
        for &v in run {
            first_of[v as usize] = run[0];
        }
    }
    let mut dense = vec![0_u32; labels.len()];
    let mut count = 0_u32;
    for (v, &first) in first_of.iter().enumerate() {
        if first as usize == v {
            dense[v] = count;
            count += 1;
        } else {
            dense[v] = dense[first as usize];
        }
    }
    (dense, count as usize)
}

/// The nodes grouped by label, ascending within each, and where each label's nodes begin.
pub(crate) fn members_by_label(labels: &[u32], count: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0_usize; count + 1];
    for &label in labels {
        starts[label as usize + 1] += 1;
    }
    for label in 0..count {
        starts[label + 1] += starts[label];
    }
    let mut next = starts.clone();
    let mut members = vec![0; labels.len()];
    for (v, &label) in labels.iter().enumerate() {
        members[next[label as usize]] = v as u32;
        next[label as usize] += 1;
    }
    (members, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_groups_come_first_then_smaller_nodes() {
        let cases: [(&str, &[u32], &[u32]); 4] = [
            ("none", &[], &[]),
            ("one", &[u32::MAX], &[0]),
            ("by size", &[9, 4, 4, 7, 4, 7], &[2, 0, 0, 1, 0, 1]),
            ("ties by smallest node", &[5, 3, 5, 3], &[0, 1, 0, 1]),
        ];
        for (name, labels, expected) in cases {
            assert_eq!(order_labels(labels), expected, "{name}");
        }
    }

    #[test]
    fn dense_labels_follow_the_first_node() {
        assert_eq!(dense_labels(&[8, 2, 8, u32::MAX, 2]), (vec![0, 1, 0, 2, 1], 3));
    }
}
