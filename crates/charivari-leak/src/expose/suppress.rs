//! Small counts, hidden so that nobody can work them out from the totals.
//!
//! A cell from 1 to 9 is not shown. Where the total is, and only one cell is hidden, the cell is the
//! difference; where several are hidden, their sum may still fix them (two that add up to 2 are one
//! each). So more cells are hidden, the smallest first, until every hidden cell could be anything
//! from 1 to 10 for all that is shown, whatever a reader knows of this rule.

/// Below this a count is not shown; a zero is.
pub const LEAST: u64 = 10;

/// The counts of one table with their totals, as far as they can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The cells of each group, in their order; `None` where a cell is hidden.
    pub groups: Vec<Vec<Option<u64>>>,
    /// The total of each group; hidden where a group cannot be protected by itself.
    pub totals: Vec<Option<u64>>,
    /// The total of all; hidden where it is itself small.
    pub total: Option<u64>,
}

/// Hides small counts in groups of cells whose totals add up to a total.
pub fn protect(groups: &[Vec<u64>]) -> Shown {
    let totals: Vec<u64> = groups.iter().map(|group| group.iter().sum()).collect();
    let total: u64 = totals.iter().sum();
    let each: Option<Vec<Vec<bool>>> = groups.iter().map(|group| hidden(group)).collect();
    let is_small = |count: &u64| (1..LEAST).contains(count);
    if let Some(masks) = each.filter(|_| !totals.iter().any(is_small)) {
        let cells = groups.iter().zip(&masks).map(|(group, mask)| apply(group, mask)).collect();
        return Shown {
            groups: cells,
            totals: totals.into_iter().map(Some).collect(),
            total: Some(total),
        };
    }
    // One group shows too much by its own total: only the total of all is told.
    let flat: Vec<u64> = groups.concat();
    let mask = hidden(&flat).unwrap_or_else(|| flat.iter().map(|count| *count > 0).collect());
    let mut cells = apply(&flat, &mask).into_iter();
    let groups = groups.iter().map(|group| cells.by_ref().take(group.len()).collect()).collect();
    Shown {
        groups,
        totals: vec![None; totals.len()],
        total: Some(total).filter(|it| !is_small(it)),
    }
}

/// A count that stands alone: hidden where it, or what it lacks to the whole, is small.
pub fn alone(count: u64, whole: u64) -> Option<u64> {
    let is_small = |count: u64| (1..LEAST).contains(&count);
    (!is_small(count) && !is_small(whole.saturating_sub(count))).then_some(count)
}

fn apply(cells: &[u64], mask: &[bool]) -> Vec<Option<u64>> {
    cells.iter().zip(mask).map(|(count, hidden)| (!hidden).then_some(*count)).collect()
}

/// Which cells to hide, or nothing where even hiding all of them is not enough.
fn hidden(cells: &[u64]) -> Option<Vec<bool>> {
    let mut mask: Vec<bool> = cells.iter().map(|count| (1..LEAST).contains(count)).collect();
    if !mask.contains(&true) {
        return Some(mask);
    }
    let mut others: Vec<usize> = (0..cells.len()).filter(|place| cells[*place] >= LEAST).collect();
    others.sort_by_key(|place| (cells[*place], *place));
    let mut others = others.into_iter();
    while !is_safe(cells, &mask) {
        mask[others.next()?] = true;
    }
    Some(mask)
}

/// Whether a reader who knows the sum of the hidden cells, and that some of them are small, can
/// exclude no value from 1 to [`LEAST`] for any of them.
fn is_safe(cells: &[u64], mask: &[bool]) -> bool {
    let hidden: Vec<u64> =
        cells.iter().zip(mask).filter(|(_, hidden)| **hidden).map(|(count, _)| *count).collect();
    let (number, sum) = (hidden.len() as u64, hidden.iter().sum::<u64>());
    // Others are at least 1 each, so that the greatest value possible is what they leave.
    let greatest = sum.saturating_sub(number.saturating_sub(1));
    // A reader knows that hiding goes on to large cells only where it must. Where none is hidden,
    // all are small, and the least value possible is what the others cannot take.
    let has_large = hidden.iter().any(|count| *count >= LEAST);
    let most_of_others = (LEAST - 1) * number.saturating_sub(1);
    let least = if has_large { 1 } else { sum.saturating_sub(most_of_others).max(1) };
    number >= 2 && greatest >= LEAST && least <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tables_are_hidden_as_far_as_they_must_be() {
        for (name, cells, expected) in [
            ("nothing small", vec![10, 20, 0], "10 20 0"),
            ("one small hides the smallest other", vec![3, 50, 12, 0], "- 50 - 0"),
            ("two ones that add up to two hide a third", vec![1, 1, 30], "- - -"),
            ("two nines", vec![9, 9, 30, 40], "- - - 40"),
            ("enough small ones protect each other", vec![5, 5, 5, 5, 90], "- - - - 90"),
            ("a zero is no secret", vec![0, 0, 11], "0 0 11"),
        ] {
            let shown = protect(&[cells]);
            let text: Vec<String> = shown.groups[0]
                .iter()
                .map(|cell| cell.map_or("-".to_owned(), |count| count.to_string()))
                .collect();
            assert_eq!(text.join(" "), expected, "{name}");
        }
    }

    #[test]
    fn a_group_whose_own_total_would_betray_it_shows_no_total() {
        // Nine abroad: France would be all but nine.
        let shown = protect(&[vec![500, 400, 300], vec![5, 4]]);
        assert_eq!(shown.totals, [None, None]);
        assert_eq!(shown.total, Some(1_209));
        assert_eq!(shown.groups[1], [None, None]);
        assert_eq!(protect(&[vec![4]]).total, None);
        assert_eq!(protect(&[vec![4]]).groups[0], [None]);
    }

    #[test]
    fn a_count_alone_is_hidden_with_its_complement() {
        for (count, whole, expected) in [
            (0, 100, Some(0)),
            (3, 100, None),
            (97, 100, None),
            (50, 100, Some(50)),
            (100, 100, Some(100)),
        ] {
            assert_eq!(alone(count, whole), expected, "{count} of {whole}");
        }
    }

    /// All values that a hidden cell can have, found by trying all of them.
    fn possible(hidden: usize, sum: u64, place: usize) -> Vec<u64> {
        fn ways(left: usize, sum: u64) -> bool {
            if left == 0 { sum == 0 } else { sum >= left as u64 }
        }
        let _ = place;
        (1..=sum).filter(|value| ways(hidden - 1, sum - value)).collect()
    }

    proptest! {
        #[test]
        fn no_small_cell_can_be_worked_out(cells in proptest::collection::vec(0_u64..40, 1..9)) {
            let shown = protect(std::slice::from_ref(&cells));
            for (cell, count) in shown.groups[0].iter().zip(&cells) {
                prop_assert!(*cell == Some(*count) || cell.is_none());
                prop_assert!(!(1..LEAST).contains(count) || cell.is_none());
            }
            let hidden: Vec<usize> =
                (0..cells.len()).filter(|place| shown.groups[0][*place].is_none()).collect();
            if let (Some(total), false) = (shown.totals[0], hidden.is_empty()) {
                let visible: u64 = shown.groups[0].iter().flatten().sum();
                for place in &hidden {
                    let values = possible(hidden.len(), total - visible, *place);
                    for wanted in 1..=LEAST {
                        prop_assert!(values.contains(&wanted), "{wanted} is excluded in {cells:?}");
                    }
                }
            }
        }

        #[test]
        fn groups_keep_their_totals_only_where_each_is_safe(
            one in proptest::collection::vec(0_u64..40, 1..6),
            two in proptest::collection::vec(0_u64..40, 1..6),
        ) {
            let shown = protect(&[one.clone(), two.clone()]);
            for (group, cells) in shown.groups.iter().zip([&one, &two]) {
                for (cell, count) in group.iter().zip(cells) {
                    prop_assert!(!(1..LEAST).contains(count) || cell.is_none());
                }
            }
            prop_assert_eq!(shown.totals[0].is_some(), shown.totals[1].is_some());
        }
    }
}
