//! What groups have in common: objects that more than one of them met on.
//!
//! Groups are disjoint sets of accounts. Two that met on the same objects may be one crew split by
//! the search, two crews with one order, or two publics of one event.

use rayon::prelude::*;
use serde::Serialize;

/// Objects that more groups than this met on tell no two of them apart; they are left out of the
/// pairs, and counted.
const MOST_GROUPS: usize = 256;

/// What a group shares with another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Overlap {
    /// The other group, from 0.
    pub group: u32,
    /// How many objects both met on.
    pub objects: u32,
    /// Those, among all that either met on, from 0 to 1.
    pub jaccard: f64,
}

/// What each group shares with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlaps {
    /// For each group the others it shares most with, the highest Jaccard index first.
    pub of_group: Vec<Vec<Overlap>>,
    /// Objects left out because more than 256 groups met on them.
    pub left_out: u64,
}

/// Compares groups by the objects they met on, each list ascending, and keeps up to `most` for each.
pub fn of(objects: &[Vec<u32>], most: usize) -> Overlaps {
    let (start, groups) = by_object(objects);
    let of_object =
        |object: u32| &groups[start[object as usize] as usize..start[object as usize + 1] as usize];
    let left_out =
        start.windows(2).filter(|ends| (ends[1] - ends[0]) as usize > MOST_GROUPS).count();
    let of_group = objects
        .par_iter()
        .enumerate()
        .map(|(group, mine)| {
            let shared = mine.iter().map(|object| of_object(*object));
            let mut met: Vec<u32> =
                shared.filter(|groups| groups.len() <= MOST_GROUPS).flatten().copied().collect();
            met.sort_unstable();
            let mut overlaps: Vec<Overlap> = met
                .chunk_by(|a, b| a == b)
                .filter(|run| run[0] as usize != group)
                .map(|run| overlap(run, mine.len(), objects))
                .collect();
            overlaps.sort_by(|a, b| b.jaccard.total_cmp(&a.jaccard).then(a.group.cmp(&b.group)));
            overlaps.truncate(most);
            overlaps
        })
        .collect();
    Overlaps { of_group, left_out: left_out as u64 }
}

fn overlap(run: &[u32], mine: usize, objects: &[Vec<u32>]) -> Overlap {
    let all = mine + objects[run[0] as usize].len() - run.len();
    Overlap {
        group: run[0],
        objects: run.len() as u32,
        jaccard: run.len() as f64 / all.max(1) as f64,
    }
}

/// The groups that met on each object.
fn by_object(objects: &[Vec<u32>]) -> (Vec<u32>, Vec<u32>) {
    let count = objects.iter().flatten().max().map_or(0, |last| *last as usize + 1);
    let mut start = vec![0_u32; count + 1];
    for object in objects.iter().flatten() {
        start[*object as usize + 1] += 1;
    }
    for object in 0..count {
        start[object + 1] += start[object];
    }
    let mut next = start.clone();
    let mut groups = vec![0; start[count] as usize];
    for (group, objects) in objects.iter().enumerate() {
        for object in objects {
            groups[next[*object as usize] as usize] = group as u32;
            next[*object as usize] += 1;
        }
    }
    (start, groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_overlap_by_their_objects() {
        let overlaps = of(&[vec![1, 2, 3], vec![2, 3, 4], vec![9], vec![]], 5);
        let expected = Overlap { group: 1, objects: 2, jaccard: 0.5 };
        assert_eq!(overlaps.of_group[0], [expected]);
        assert_eq!(overlaps.of_group[1], [Overlap { group: 0, ..expected }]);
        assert!(overlaps.of_group[2].is_empty() && overlaps.of_group[3].is_empty());
        assert_eq!(of(&[], 5), Overlaps::default());
    }

    #[test]
    fn only_the_closest_are_kept_and_what_all_met_on_is_counted() {
        let many: Vec<Vec<u32>> = (0..300).map(|group| vec![0, 1 + group / 3]).collect();
        let overlaps = of(&many, 1);
        assert_eq!(overlaps.left_out, 1);
        assert!(overlaps.of_group.iter().all(|of_group| of_group.len() == 1));
        assert_eq!(overlaps.of_group[4][0].group, 3);
    }
}
