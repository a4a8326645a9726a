//! Rows that are kept for a closer look: every n-th, so that they lie evenly over the table.

use std::fmt;

/// At most so many rows are kept; then every other one goes, and rows come half as often.
const ROWS: usize = 4_096;

/// At most so many bytes of values are kept of one table.
const BYTES: usize = 48 << 20;

/// A value is kept up to this length; the result says how many were longer.
pub(super) const VALUE: usize = 1_024;

/// Rows of a table, in order. They hold values, so nothing of them is ever shown.
#[derive(Default)]
pub(super) struct Sample {
    step: u64,
    bytes: usize,
    rows: Vec<Vec<Option<Box<str>>>>,
    /// Values that were cut.
    pub(super) cut: u64,
}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Sample {
    /// Whether the row with this index, counted from 0, is to be kept.
    #[inline]
    pub(super) fn wants(&self, index: u64) -> bool {
        index & (self.step.max(1) - 1) == 0
    }

    /// Keeps a row.
    pub(super) fn keep<'v>(&mut self, values: impl Iterator<Item = Option<&'v str>>) {
        let mut row = Vec::new();
        for value in values {
            let kept = value.map(|value| {
                let end = value.floor_char_boundary(VALUE);
                self.cut += u64::from(end < value.len());
                Box::<str>::from(&value[..end])
            });
            self.bytes += kept.as_ref().map_or(0, |kept| kept.len());
            row.push(kept);
        }
        self.rows.push(row);
        while self.rows.len() >= ROWS || (self.bytes > BYTES && self.rows.len() > 1) {
            self.thin();
        }
    }

    fn thin(&mut self) {
        let mut index = 0;
        self.rows.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.bytes = self.rows.iter().flatten().flatten().map(|value| value.len()).sum();
        self.step = self.step.max(1) * 2;
    }

    /// Every so many rows one was kept.
    pub(super) fn step(&self) -> u64 {
        self.step.max(1)
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A value of a row that was kept.
    pub(super) fn value(&self, row: usize, column: usize) -> Option<&str> {
        self.rows.get(row)?.get(column)?.as_deref()
    }

    /// All values of a column, in order.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(column)?.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_evenly_and_memory_is_bounded() {
        let mut sample = Sample::default();
        for index in 0..100_000_u64 {
            if sample.wants(index) {
                sample.keep(std::iter::once(Some(index.to_string().as_str())));
            }
        }
        assert!((ROWS / 2..ROWS).contains(&sample.len()));
        let kept: Vec<u64> = sample.column(0).map(|value| value.parse().unwrap()).collect();
        assert!(kept.windows(2).all(|pair| pair[1] - pair[0] == sample.step()));
        assert_eq!(kept[0], 0);
        let mut long = Sample::default();
        long.keep(std::iter::once(Some("é".repeat(VALUE).as_str())));
        assert_eq!(long.cut, 1);
        assert!(!format!("{long:?}").contains('é'));
    }
}
