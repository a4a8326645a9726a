//! Two analysts' matrices of one case, side by side.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Cell, Matrix, Reading};
use crate::error::{Error, Result};
use crate::observation::What;

/// A cell that two matrices see differently, and what each one's verdict would become.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The observation.
    pub what: What,
    /// The answer.
    pub answer: String,
    /// How the first matrix reads it.
    pub one: Reading,
    /// How the second reads it.
    pub other: Reading,
    /// The first one's leader, and its probability, if it took the second's cell.
    pub one_would_say: (String, f64),
    /// The second one's leader, and its probability, if it took the first's cell.
    pub other_would_say: (String, f64),
}

/// Two matrices side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Cells that both have.
    pub cells: usize,
    /// The share that both read alike.
    pub agreement: f64,
    /// Cohen's kappa over the three readings; nothing where chance alone would agree wholly.
    pub kappa: Option<f64>,
    /// The cells that they read differently.
    pub differences: Vec<Difference>,
    /// Rows and columns that only one of them has.
    pub apart: Vec<String>,
}

/// Compares two analysts' matrices of one case.
///
/// # Errors
/// `E1123` if they have no cell in common.
pub fn compare(one: &Matrix, other: &Matrix) -> Result<Comparison> {
    let mut counts: BTreeMap<(Reading, Reading), usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let mut apart = Vec::new();
    let columns: Vec<(usize, usize)> =
        shared(&one.columns, &other.columns, |it| it.answer.clone(), &mut apart);
    let lines: Vec<(usize, usize)> =
        shared(&one.lines, &other.lines, |it| it.what.to_string(), &mut apart);
    for (line, beside) in lines {
        for (column, its) in &columns {
            let (mine, theirs) =
                (&one.lines[line].cells[*column], &other.lines[beside].cells[*its]);
            *counts.entry((mine.reading, theirs.reading)).or_default() += 1;
            if mine.reading != theirs.reading {
                differences.push(Difference {
                    what: one.lines[line].what.clone(),
                    answer: one.columns[*column].answer.clone(),
                    one: mine.reading,
                    other: theirs.reading,
                    one_would_say: would_say(one, *column, mine, theirs),
                    other_would_say: would_say(other, *its, theirs, mine),
                });
            }
        }
    }
    let cells: usize = counts.values().sum();
    if cells == 0 {
        return Err(Error::Apart);
    }
    let (agreement, kappa) = agreement(&counts, cells);
    Ok(Comparison { cells, agreement, kappa, differences, apart })
}

fn would_say(of: &Matrix, column: usize, own: &Cell, taken: &Cell) -> (String, f64) {
    let weight = if own.weight > 0.0 { own.weight } else { 0.5 };
    let mut nats = vec![0.0; of.columns.len()];
    nats[column] = (taken.nats - own.nats) * weight;
    let mut moved = of.clone();
    moved.shift(&nats);
    moved.leader().map_or_else(|| (String::new(), 0.0), |it| (it.answer.clone(), it.probability))
}

/// Places of what both have; what only one has is told.
fn shared<T>(
    one: &[T],
    other: &[T],
    key: impl Fn(&T) -> String,
    apart: &mut Vec<String>,
) -> Vec<(usize, usize)> {
    let places: BTreeMap<String, usize> =
        other.iter().enumerate().map(|(at, it)| (key(it), at)).collect();
    let mine: BTreeSet<String> = one.iter().map(&key).collect();
    apart.extend(mine.iter().filter(|it| !places.contains_key(*it)).cloned());
    apart.extend(places.keys().filter(|it| !mine.contains(*it)).cloned());
    one.iter().enumerate().filter_map(|(at, it)| Some((at, *places.get(&key(it))?))).collect()
}

/// The share of equal readings, and Cohen's kappa (Educational and Psychological Measurement 20, 1960).
fn agreement(counts: &BTreeMap<(Reading, Reading), usize>, cells: usize) -> (f64, Option<f64>) {
    let all = [Reading::Consistent, Reading::Inconsistent, Reading::NotApplicable];
    let share = |keep: &dyn Fn(&(Reading, Reading)) -> bool| {
        counts.iter().filter(|(key, _)| keep(key)).map(|(_, count)| *count).sum::<usize>() as f64
            / cells as f64
    };
    let seen = share(&|(one, other)| one == other);
    let chance: f64 =
        all.iter().map(|it| share(&|key| key.0 == *it) * share(&|key| key.1 == *it)).sum();
    (seen, (chance < 1.0 - 1e-12).then(|| (seen - chance) / (1.0 - chance)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_of_the_textbook() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: agreement 0.7, chance 0.5, kappa 0.4.
        let (yes, no) = (Reading::Consistent, Reading::Inconsistent);
        let counts =
            BTreeMap::from([((yes, yes), 20), ((yes, no), 5), ((no, yes), 10), ((no, no), 15)]);
        let (seen, kappa) = agreement(&counts, 50);
        assert!((seen - 0.7).abs() < 1e-12 && (kappa.unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(agreement(&BTreeMap::from([((yes, yes), 3)]), 3).1, None);
    }
}
