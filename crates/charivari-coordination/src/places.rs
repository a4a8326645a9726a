//! Where posts stand in the inputs, so that evidence can be looked up again.

/// The part that stands for "not said".
const UNKNOWN: u32 = u32::MAX;

/// Where a post stands in the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The part of the inputs, in the order in which they were read.
    pub part: u32,
    /// The row in it, as the reader counts rows.
    pub row: u64,
}

/// The places of rows, by number. Rows mostly follow each other, so that runs of them are kept:
/// 16 bytes for each gap, and not for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    runs: Vec<Run>,
    len: u32,
}

/// Rows that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The number of the first.
    first: u32,
    part: u32,
    /// Where the first stands.
    row: u64,
}

impl Places {
    /// The next row, where it is known to stand somewhere.
    pub(crate) fn push(&mut self, place: Option<Place>) {
        let place = place.unwrap_or(Place { part: UNKNOWN, row: 0 });
        self.run(Run { first: self.len, part: place.part, row: place.row });
        self.len = self.len.saturating_add(1);
    }

    /// The rows of `other` after these.
    pub(crate) fn append(&mut self, other: &Self) {
        for run in &other.runs {
            self.run(Run { first: run.first.saturating_add(self.len), ..*run });
        }
        self.len = self.len.saturating_add(other.len);
    }

    /// Where row `number` stands.
    pub(crate) fn get(&self, number: u32) -> Option<Place> {
        let run = self.runs.partition_point(|run| run.first <= number).checked_sub(1)?;
        let run = self.runs.get(run).filter(|run| number < self.len && run.part != UNKNOWN)?;
        Some(Place { part: run.part, row: run.row.saturating_add(u64::from(number - run.first)) })
    }

    /// The ranges of numbers of each run of rows, with the part they stand in.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u32, std::ops::Range<u32>)> + '_ {
        self.runs.iter().enumerate().filter(|(_, run)| run.part != UNKNOWN).map(|(at, run)| {
            let end = self.runs.get(at + 1).map_or(self.len, |next| next.first);
            (run.part, run.first..end)
        })
    }

    fn run(&mut self, run: Run) {
        let follows = self.runs.last().is_some_and(|last| {
            let steps = u64::from(run.first - last.first);
            last.part == run.part
                && (run.part == UNKNOWN || last.row.checked_add(steps) == Some(run.row))
        });
        if !follows {
            self.runs.push(run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_whatever_the_gaps() {
        let rows =
            [Some((0, 2)), Some((0, 3)), Some((0, 7)), None, None, Some((1, 2)), Some((1, 2))];
        let rows = rows.map(|place| place.map(|(part, row)| Place { part, row }));
        for cut in 0..=rows.len() {
            let (mut places, mut more) = (Places::default(), Places::default());
            rows[..cut].iter().for_each(|place| places.push(*place));
            rows[cut..].iter().for_each(|place| more.push(*place));
            places.append(&more);
            let found: Vec<Option<Place>> =
                (0..rows.len() as u32).map(|at| places.get(at)).collect();
            assert_eq!(found, rows, "cut at {cut}");
            assert_eq!(places.get(rows.len() as u32), None);
        }
    }

    #[test]
    fn rows_that_follow_each_other_are_one_run() {
        let mut places = Places::default();
        for row in 2..1_000 {
            places.push(Some(Place { part: 0, row }));
        }
        assert_eq!(places.runs.len(), 1);
        assert_eq!(places.parts().collect::<Vec<_>>(), [(0, 0..998)]);
    }
}
