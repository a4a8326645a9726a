//! The order of rows on which the peer's treatment of ties rests.

use std::ops::Range;

use super::Rows;

/// The rows that count, grouped by object, and where each object's rows stand.
pub(super) struct Grouped {
    /// Row numbers: objects in order of first appearance, within one the accounts in order of
    /// first appearance, within one the file's order.
    pub(super) rows: Vec<u32>,
    /// The places in `rows` of every object that has at least two.
    pub(super) objects: Vec<Range<usize>>,
}

/// Groups the rows of accounts that have at least `min_participation` rows.
pub(super) fn group(rows: &Rows<'_>, min_participation: u32) -> Grouped {
    let accounts = rows.account.ids();
    let counts = counts(accounts.iter().copied(), rows.account.names().len());
    let kept: Vec<u32> = (0..rows.len() as u32)
        .filter(|&row| counts[accounts[row as usize] as usize] >= min_participation)
        .collect();
    let (by_account, _) = by_first_appearance(&kept, accounts, rows.account.names().len());
    let (rows, mut objects) =
        by_first_appearance(&by_account, rows.object.ids(), rows.object.names().len());
    objects.retain(|places| places.len() > 1);
    Grouped { rows, objects }
}

/// How often each id occurs.
pub(super) fn counts(ids: impl Iterator<Item = u32>, names: usize) -> Vec<u32> {
    let mut counts = vec![0_u32; names];
    for id in ids {
        counts[id as usize] += 1;
    }
    counts
}

/// Brings rows with equal ids together, the ids in order of first appearance; otherwise the order
/// stays. Also gives the places of each id's rows.
fn by_first_appearance(order: &[u32], ids: &[u32], names: usize) -> (Vec<u32>, Vec<Range<usize>>) {
    const UNSEEN: u32 = u32::MAX;
    let mut group_of = vec![UNSEEN; names];
    let mut lengths: Vec<usize> = Vec::new();
    for &row in order {
        let group = &mut group_of[ids[row as usize] as usize];
        if *group == UNSEEN {
            *group = lengths.len() as u32;
            lengths.push(0);
        }
        lengths[*group as usize] += 1;
    }
    let mut start = 0;
    let mut groups: Vec<Range<usize>> = lengths
        .into_iter()
        .map(|length| {
            start += length;
            // The end is moved forward below, as the group is filled.
            start - length..start - length
        })
        .collect();
    let mut sorted = vec![0; order.len()];
    for &row in order {
        let group = &mut groups[group_of[ids[row as usize] as usize] as usize];
        sorted[group.end] = row;
        group.end += 1;
    }
    (sorted, groups)
}
