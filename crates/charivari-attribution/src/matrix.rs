//! The matrix of competing hypotheses: each observation beside each answer.
//!
//! Heuer (Psychology of Intelligence Analysis, 1999, chapter 8) ranks answers by how little speaks
//! against them, since evidence that fits everything tells nothing apart. The matrix shows that
//! ranking beside the probabilities; where they differ, something is worth a second look. A cell can
//! be set by an analyst, who says why, and two analysts' matrices can be compared.

use std::collections::BTreeMap;
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::evidence::{EVIDENCE, by_technique, kind_of};
use crate::hypothesis::Kind;
use crate::observation::{What, parse};
use crate::weigh::{Ranker, Weighed, Weighing, World, id_of, posterior};

/// How many actors have a column.
const ACTORS: usize = 6;
/// Below this many nats a cell says nothing.
const SILENT: f64 = 0.15;
/// From this many nats it says much: a factor of two.
const STRONG: f64 = std::f64::consts::LN_2;
/// What an analyst's strong and weak cells stand for: factors of 4 and 1.5.
const SET: (f64, f64) = (1.386_294_361_119_890_6, 0.405_465_108_108_164_4);

/// How an observation stands to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// It is what the answer lets expect.
    Consistent,
    /// It is not what the answer lets expect.
    Inconsistent,
    /// It says nothing about the answer.
    NotApplicable,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// How the observation stands to the answer.
    pub reading: Reading,
    /// Whether it speaks by a factor of two or more.
    pub strong: bool,
    /// The log likelihood ratio before discounts, in nats.
    pub nats: f64,
    /// What that counts by, for standing, grade and dependence.
    pub weight: f64,
    /// Who set it instead of the program, and why.
    pub set: Option<Opinion>,
}

/// An analyst's own cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// The observation, as [`What`] is written.
    pub what: What,
    /// The answer's id.
    pub answer: String,
    /// How the one stands to the other.
    pub reading: Reading,
    /// Whether strongly so.
    #[serde(default)]
    pub strong: bool,
    /// Who says so.
    pub who: String,
    /// Why.
    pub why: String,
}

/// A file of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinions {
    /// The cells.
    #[serde(default, rename = "cell")]
    pub cells: Vec<Opinion>,
}

impl Opinions {
    /// Reads cells from TOML or JSON.
    ///
    /// # Errors
    /// `E1109` and `E1120` as for observations, `E1121` where nobody or no reason is named.
    pub fn read(input: impl Read) -> Result<Self> {
        let read: Self = parse(input, "the cells")?;
        for (at, it) in read.cells.iter().enumerate() {
            if it.who.trim().is_empty() || it.why.trim().is_empty() {
                return Err(wrong(at, it, "expected who sets it and why, but met nothing"));
            }
        }
        Ok(read)
    }
}

fn wrong(at: usize, it: &Opinion, problem: &str) -> Error {
    let id = format!("{} beside {}", it.what, it.answer);
    Error::Row { what: "cell", row: at + 1, id, problem: problem.to_owned() }
}

/// One answer's column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// The answer's id.
    pub answer: String,
    /// The answer.
    pub title: String,
    /// Its probability, analysts' cells included.
    pub probability: f64,
    /// How many cells are inconsistent.
    pub inconsistent: usize,
    /// The same with strong ones counted twice.
    pub inconsistency: usize,
}

/// One observation's row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What was observed.
    pub what: What,
    /// The observations that say so.
    pub observations: Vec<String>,
    /// The kind of evidence.
    pub kind: &'static str,
    /// The greatest less the least of the row, in nats: how well it tells the answers apart.
    pub diagnosticity: f64,
    /// By column.
    pub cells: Vec<Cell>,
}

/// Observations by answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matrix {
    /// The first actors, then the answers that name none.
    pub columns: Vec<Column>,
    /// The observations, those that tell most apart first.
    pub lines: Vec<Line>,
    /// The answers' ids by least inconsistency; equal ones by probability.
    pub least_inconsistent: Vec<String>,
    /// What all actors without a column have together.
    pub others: f64,
}

impl Matrix {
    /// The matrix of a weighing in its world.
    ///
    /// # Errors
    /// `E1108` if no actor has a technique.
    pub fn of(world: &World<'_>, weighing: &Weighing) -> Result<Self> {
        let (dossiers, rows) = (world.dossiers, &weighing.rows);
        let ranker = Ranker::new(world, dossiers, dossiers)?;
        let found = posterior(world, dossiers, rows, ranker.ratios(rows).as_deref());
        let place = |id: &str| {
            let kinds = Kind::ALL.len();
            (0..dossiers.actors.len() + kinds).find(|at| id_of(dossiers, *at) == id)
        };
        let actors = weighing.answers.iter().filter(|it| it.kind.is_none()).take(ACTORS);
        let shown: Vec<_> =
            actors.chain(weighing.answers.iter().filter(|it| it.kind.is_some())).collect();
        let places: Vec<Option<usize>> = shown.iter().map(|it| place(&it.id)).collect();
        let single = by_technique(dossiers, rows);
        let rest = weighing.favourite_of_the_rest.as_deref().and_then(place);
        let imitated = weighing.favourite_of_techniques.as_deref().and_then(place).or(rest);
        let cells = |row: usize, at: Option<usize>| -> Cell {
            let Some(at) = at else { return silent() };
            if id_of(dossiers, at) == "copycat" {
                return copied(&found.items, &single, row, (imitated, rest), &rows[row].what);
            }
            cell(&found.items[at], &single, row, at, rows[row].weight)
        };
        let mut lines: Vec<Line> = (0..rows.len())
            .map(|row| Line {
                what: rows[row].what.clone(),
                observations: rows[row].observations.clone(),
                kind: EVIDENCE[kind_of(&rows[row].what)].id(),
                diagnosticity: 0.0,
                cells: places.iter().map(|at| cells(row, *at)).collect(),
            })
            .collect();
        for line in &mut lines {
            line.diagnosticity = spread(&line.cells);
        }
        lines.sort_by(|a, b| b.diagnosticity.total_cmp(&a.diagnosticity).then(a.what.cmp(&b.what)));
        let column = |it: &&crate::weigh::Answer| Column {
            answer: it.id.clone(),
            title: it.title.clone(),
            probability: it.probability,
            inconsistent: 0,
            inconsistency: 0,
        };
        let columns: Vec<Column> = shown.iter().map(column).collect();
        let others = 1.0 - columns.iter().map(|it| it.probability).sum::<f64>();
        let others = others.max(0.0);
        let mut made = Self { columns, lines, least_inconsistent: Vec::new(), others };
        made.count();
        Ok(made)
    }

    fn count(&mut self) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let against = self
                .lines
                .iter()
                .map(|it| &it.cells[at])
                .filter(|it| it.reading == Reading::Inconsistent);
            column.inconsistent = against.clone().count();
            column.inconsistency = against.map(|it| 1 + usize::from(it.strong)).sum();
        }
        let mut order: Vec<&Column> = self.columns.iter().collect();
        order.sort_by(|a, b| {
            a.inconsistency.cmp(&b.inconsistency).then(b.probability.total_cmp(&a.probability))
        });
        self.least_inconsistent = order.iter().map(|it| it.answer.clone()).collect();
    }

    /// The matrix with an analyst's cells in place of the program's.
    ///
    /// A strong cell stands for a factor of 4, a weak one for 1.5; the probabilities move by what
    /// that differs from before, with the weight that the row has.
    ///
    /// # Errors
    /// `E1121` where a cell is none of this matrix.
    pub fn with(&self, opinions: &Opinions) -> Result<Self> {
        let mut made = self.clone();
        let mut moved = vec![0.0; made.columns.len()];
        for (at, it) in opinions.cells.iter().enumerate() {
            let column = made.columns.iter().position(|column| column.answer == it.answer);
            let line = made.lines.iter().position(|line| line.what == it.what);
            let (Some(column), Some(line)) = (column, line) else {
                return Err(wrong(
                    at,
                    it,
                    "expected an observation and an answer of the matrix; look at its rows and columns",
                ));
            };
            let cell = &mut made.lines[line].cells[column];
            let before = cell.nats;
            cell.nats = match (it.reading, it.strong) {
                (Reading::NotApplicable, _) => 0.0,
                (Reading::Consistent, strong) => {
                    if strong {
                        SET.0
                    } else {
                        SET.1
                    }
                }
                (Reading::Inconsistent, strong) => -(if strong { SET.0 } else { SET.1 }),
            };
            if cell.weight <= 0.0 {
                cell.weight = 0.5;
            }
            moved[column] += (cell.nats - before) * cell.weight;
            cell.reading = it.reading;
            cell.strong = it.strong && it.reading != Reading::NotApplicable;
            cell.set = Some(it.clone());
        }
        made.shift(&moved);
        for line in &mut made.lines {
            line.diagnosticity = spread(&line.cells);
        }
        made.count();
        Ok(made)
    }

    /// Multiplies the columns' odds; all sums to one again.
    fn shift(&mut self, nats: &[f64]) {
        for (column, by) in self.columns.iter_mut().zip(nats) {
            column.probability *= by.exp();
        }
        let sum = self.others + self.columns.iter().map(|it| it.probability).sum::<f64>();
        for column in &mut self.columns {
            column.probability /= sum;
        }
        self.others /= sum;
    }

    /// The most probable column.
    pub fn leader(&self) -> Option<&Column> {
        self.columns.iter().reduce(|a, b| if b.probability > a.probability { b } else { a })
    }

    /// The matrix as rows of text: a head, the observations with `++`, `+`, blank, `-`, `--`, and the
    /// sums. A cell that an analyst set has a star.
    pub fn table(&self) -> Vec<Vec<String>> {
        let text = |it: &str| it.to_owned();
        let head = [text("observation")].into_iter();
        let mut table: Vec<Vec<String>> =
            vec![head.chain(self.columns.iter().map(|it| it.title.clone())).collect()];
        for line in &self.lines {
            let sign = |cell: &Cell| {
                let sign = match (cell.reading, cell.strong) {
                    (Reading::Consistent, true) => "++",
                    (Reading::Consistent, false) => "+",
                    (Reading::Inconsistent, true) => "--",
                    (Reading::Inconsistent, false) => "-",
                    (Reading::NotApplicable, _) => "",
                };
                format!("{sign}{}", if cell.set.is_some() { "*" } else { "" })
            };
            table.push(
                [line.what.to_string()].into_iter().chain(line.cells.iter().map(sign)).collect(),
            );
        }
        let last = |name: &str, of: &dyn Fn(&Column) -> String| -> Vec<String> {
            [text(name)].into_iter().chain(self.columns.iter().map(of)).collect()
        };
        table.push(last("against it", &|it| it.inconsistency.to_string()));
        table.push(last("probability", &|it| format!("{:.0} %", it.probability * 100.0)));
        table
    }
}

fn silent() -> Cell {
    Cell { reading: Reading::NotApplicable, strong: false, nats: 0.0, weight: 0.0, set: None }
}

fn read(nats: f64, weight: f64) -> Cell {
    let reading = match nats {
        it if it > SILENT => Reading::Consistent,
        it if it < -SILENT => Reading::Inconsistent,
        _ => Reading::NotApplicable,
    };
    let strong = reading != Reading::NotApplicable && nats.abs() >= STRONG;
    Cell { reading, strong, nats, weight, set: None }
}

/// What a row says of an actor or of an answer that names none.
fn cell(
    items: &[Weighed],
    single: &[crate::evidence::Item],
    row: usize,
    at: usize,
    weight: f64,
) -> Cell {
    if let Some(it) = items.iter().find(|it| it.row == Some(row as u32)) {
        return read(it.value, it.weight);
    }
    // The ranking speaks of all techniques at once; one alone is shown by its share.
    let own = single.iter().find(|it| it.row == Some(row as u32) && it.actor as usize == at);
    own.map_or_else(silent, |it| read(it.value, weight * 0.5))
}

/// What a row says of a copycat: soft evidence as of whom it would imitate, and techniques that do not
/// fit the favourite of the rest.
fn copied(
    items: &[Vec<Weighed>],
    single: &[crate::evidence::Item],
    row: usize,
    (imitated, rest): (Option<usize>, Option<usize>),
    what: &What,
) -> Cell {
    let kind = EVIDENCE[kind_of(what)];
    let of =
        |at: Option<usize>| at.map_or_else(silent, |at| cell(&items[at], single, row, at, 1.0));
    if kind.is_techniques() {
        let it = of(rest);
        return read(-it.nats.min(0.0), it.weight);
    }
    if kind.spoof() < 0.5 {
        return silent();
    }
    let it = of(imitated);
    let spoof = kind.spoof();
    read((spoof * it.nats.exp() + 1.0 - spoof).ln(), it.weight)
}

/// The greatest less the least of a row.
fn spread(cells: &[Cell]) -> f64 {
    let most = cells.iter().map(|it| it.nats).fold(f64::NEG_INFINITY, f64::max);
    let least = cells.iter().map(|it| it.nats).fold(f64::INFINITY, f64::min);
    (most - least).max(0.0)
}

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
    let mine: std::collections::BTreeSet<String> = one.iter().map(&key).collect();
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
