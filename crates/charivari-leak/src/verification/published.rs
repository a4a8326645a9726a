//! The form of a result that may leave the house: small counts of people are withheld.

use super::{Agreement, Count, FEW, Verification, words};
use crate::snapshot::Snapshot;

impl Verification {
    /// The result with counts of people under [`FEW`] withheld, and with them what they could be
    /// worked out from.
    ///
    /// The number of rows asked and of rows found stand, since they are the result, unless fewer than
    /// [`FEW`] were found. Decoys and canaries are nobody, and stand.
    #[must_use]
    pub fn published(&self) -> Self {
        let mut result = self.clone();
        result.is_published = true;
        result.found = small(self.found);
        result.found_by_likeness = small(self.found_by_likeness);
        let few_found = self.found.exact().is_none_or(|found| found < FEW);
        for column in &mut result.columns {
            *column = withheld(column, few_found);
        }
        if few_found {
            result.share = None;
            result.ratios.clear();
            result.snapshot = None;
        }
        for left in &mut result.left_out {
            // Rows that were not compared are rows of a file that is public, but few may be somebody.
            left.rows = if left.rows < FEW { 0 } else { left.rows };
        }
        result.left_out.retain(|left| left.rows > 0);
        // Ratios name counts in their sentences, and made-up columns rest on the cells.
        for ratio in &mut result.ratios {
            ratio.sentence.clear();
        }
        result.snapshot = result.snapshot.as_ref().map(Snapshot::published);
        result.limits.push(format!("Counts of people under {FEW} are withheld."));
        result.statement = words::statement(&result);
        result
    }
}

fn small(count: Count) -> Count {
    match count {
        Count::Exactly(count) if count < FEW => Count::Under(FEW),
        count => count,
    }
}

/// The cells of a column. If the small ones together are still under [`FEW`], the largest cell is said
/// only as far as it gives nothing away; if one alone is small, the next smallest goes with it.
fn withheld(column: &Agreement, few_found: bool) -> Agreement {
    let mut cells = [column.agree, column.near, column.differ, column.absent];
    if few_found {
        cells = [Count::Withheld; 4];
    }
    let exact: Vec<u64> = cells.iter().filter_map(|cell| cell.exact()).collect();
    if exact.len() == cells.len() {
        let few: u64 = exact.iter().filter(|&&cell| cell < FEW).sum();
        let small_ones = exact.iter().filter(|&&cell| cell < FEW).count();
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by_key(|&at| (exact[at], at));
        for (place, &at) in order.iter().enumerate() {
            if exact[at] < FEW {
                cells[at] = Count::Under(FEW);
            } else if small_ones > 0 && place == small_ones && (few < FEW || small_ones == 1) {
                // Its neighbour by size: enough is taken away that no small cell can be worked out.
                cells[at] = Count::AtLeast(exact[at].saturating_sub(FEW) / FEW * FEW);
            }
        }
    }
    let [agree, near, differ, absent] = cells;
    Agreement { agree, near, differ, absent, ..column.clone() }
}

#[cfg(test)]
mod tests {
    use crate::Kind;
    use crate::verification::{ColumnTally, Count, LeftOut, Tally, Verification, Way};

    fn result(found: u64, cells: [u64; 4]) -> Verification {
        let [agree, near, differ, absent] = cells;
        let mut tally = Tally::new(Way::Local, Kind::Email);
        (tally.asked, tally.found, tally.own_rows) = (200, found, 5_000);
        tally.left_out = vec![LeftOut { why: "no key".to_owned(), rows: 3 }];
        tally.columns = vec![ColumnTally {
            column: "zip".to_owned(),
            own: "postcode".to_owned(),
            kind: Kind::Postcode,
            agree,
            near,
            differ,
            absent,
            by_chance: None,
        }];
        Verification::of(&tally, "charivari 0.1.0")
    }

    #[test]
    fn no_small_count_of_people_is_published_nor_can_be_worked_out() {
        for (name, found, cells) in [
            ("three small cells", 198, [190, 1, 4, 3]),
            ("one small cell", 198, [100, 50, 40, 8]),
            ("two small cells that are many together", 198, [180, 9, 9, 0]),
            ("no small cell", 198, [100, 50, 38, 10]),
            ("few found", 4, [4, 0, 0, 0]),
        ] {
            let full = result(found, cells);
            let open = full.published();
            let column = &open.columns[0];
            let shown = [column.agree, column.near, column.differ, column.absent];
            let mut hidden = 0;
            for (cell, shown) in cells.into_iter().zip(shown) {
                if cell < super::FEW {
                    assert!(shown.exact().is_none(), "{name}: {shown:?}");
                }
                hidden += u32::from(shown.exact().is_none());
            }
            assert_ne!(hidden, 1, "{name}: one hidden cell is the rest of the others");
            assert!(open.is_published && !full.is_published);
            assert!(open.left_out.is_empty(), "{name}");
            if found < super::FEW {
                assert_eq!(open.found, Count::Under(10), "{name}");
                assert!(open.ratios.is_empty() && !open.statement.contains(" 4 of"), "{name}");
            }
            let text = serde_json::to_string(&open).unwrap();
            assert_eq!(serde_json::from_str::<Verification>(&text).unwrap(), open);
        }
    }

    #[test]
    fn the_sentence_holds_its_alternatives() {
        let all = result(200, [200, 0, 0, 0]);
        for alternative in &all.alternatives {
            assert!(all.statement.contains(alternative.as_str()), "{}", all.statement);
        }
        assert_eq!(all.share, None, "no interval where the tool drew no rows");
        assert!(
            result(20, [20, 0, 0, 0]).statement.contains("does not show that the sample is false")
        );
    }
}
