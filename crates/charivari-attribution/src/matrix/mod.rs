//! The matrix of competing hypotheses: each observation beside each answer.
//!
//! Heuer (Psychology of Intelligence Analysis, 1999, chapter 8) ranks answers by how little speaks
//! against them, since evidence that fits everything tells nothing apart. The matrix shows that
//! ranking beside the probabilities; where they differ, something is worth a second look. A cell can
//! be set by an analyst, who says why, and two analysts' matrices can be compared.

mod compare;
mod opinion;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::evidence::{EVIDENCE, Item, by_technique, kind_of};
use crate::observation::What;
use crate::weigh::{Answer, Ranker, Row, SOFT, Weighed, Weighing, World, id_of, posterior};

pub use compare::{Comparison, Difference, compare};
use opinion::wrong;
pub use opinion::{Opinion, Opinions};

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

impl Cell {
    /// Takes an analyst's reading, and gives what that moves the answer by, in nats.
    fn set_to(&mut self, opinion: &Opinion) -> f64 {
        let size = if opinion.strong { SET.0 } else { SET.1 };
        let before = self.nats;
        self.nats = match opinion.reading {
            Reading::Consistent => size,
            Reading::Inconsistent => -size,
            Reading::NotApplicable => 0.0,
        };
        if self.weight <= 0.0 {
            self.weight = 0.5;
        }
        self.reading = opinion.reading;
        self.strong = opinion.strong && opinion.reading != Reading::NotApplicable;
        self.set = Some(opinion.clone());
        (self.nats - before) * self.weight
    }
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
        let found = posterior(world, rows, &ranker);
        let view = Seen { world, rows, items: &found.items, single: by_technique(dossiers, rows) };
        let actors = weighing.answers.iter().filter(|it| it.kind.is_none()).take(ACTORS);
        let others = weighing.answers.iter().filter(|it| it.kind.is_some());
        let shown: Vec<&Answer> = actors.chain(others).collect();
        let places: Vec<Option<usize>> = shown.iter().map(|it| view.place(&it.id)).collect();
        let named = |id: Option<&str>| id.and_then(|id| view.place(id));
        let rest = named(weighing.favourite_of_the_rest.as_deref());
        let imitated = named(weighing.favourite_of_techniques.as_deref()).or(rest);
        let line = |row: usize| {
            let of = |at: &Option<usize>| match at {
                Some(at) if id_of(dossiers, *at) == "copycat" => view.copied(row, imitated, rest),
                Some(at) => view.cell(row, *at),
                None => silent(),
            };
            let cells: Vec<Cell> = places.iter().map(of).collect();
            Line {
                what: rows[row].what.clone(),
                observations: rows[row].observations.clone(),
                kind: EVIDENCE[kind_of(&rows[row].what)].id(),
                diagnosticity: spread(&cells),
                cells,
            }
        };
        let mut lines: Vec<Line> = (0..rows.len()).map(line).collect();
        lines.sort_by(|a, b| b.diagnosticity.total_cmp(&a.diagnosticity).then(a.what.cmp(&b.what)));
        let column = |it: &&Answer| Column {
            answer: it.id.clone(),
            title: it.title.clone(),
            probability: it.probability,
            inconsistent: 0,
            inconsistency: 0,
        };
        let columns: Vec<Column> = shown.iter().map(column).collect();
        let others = (1.0 - columns.iter().map(|it| it.probability).sum::<f64>()).max(0.0);
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
            moved[column] += made.lines[line].cells[column].set_to(it);
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

/// What the cells are read from.
struct Seen<'a> {
    world: &'a World<'a>,
    rows: &'a [Row],
    items: &'a [Vec<Weighed>],
    single: Vec<Item>,
}

impl Seen<'_> {
    fn place(&self, id: &str) -> Option<usize> {
        (0..self.items.len()).find(|at| id_of(self.world.dossiers, *at) == id)
    }

    /// What a row says of an actor or of an answer that names none.
    fn cell(&self, row: usize, at: usize) -> Cell {
        let is_row = |of: Option<u32>| of == Some(row as u32);
        if let Some(it) = self.items[at].iter().find(|it| is_row(it.row)) {
            return read(it.value, it.weight);
        }
        // The ranking speaks of all techniques at once; one alone is shown by its share.
        let own = self.single.iter().find(|it| is_row(it.row) && it.actor as usize == at);
        own.map_or_else(silent, |it| read(it.value, self.rows[row].weight * 0.5))
    }

    /// What a row says of a copycat: soft evidence as of whom it would imitate, and techniques that
    /// do not fit the favourite of the rest.
    fn copied(&self, row: usize, imitated: Option<usize>, rest: Option<usize>) -> Cell {
        let kind = EVIDENCE[kind_of(&self.rows[row].what)];
        let of = |at: Option<usize>| at.map_or_else(silent, |at| self.cell(row, at));
        let spoof = kind.spoof();
        if kind.is_techniques() {
            let it = of(rest);
            read(-it.nats.min(0.0), it.weight)
        } else if spoof < SOFT {
            silent()
        } else {
            let it = of(imitated);
            read((spoof * it.nats.exp() + 1.0 - spoof).ln(), it.weight)
        }
    }
}

/// The greatest less the least of a row.
fn spread(cells: &[Cell]) -> f64 {
    let most = cells.iter().map(|it| it.nats).fold(f64::NEG_INFINITY, f64::max);
    let least = cells.iter().map(|it| it.nats).fold(f64::INFINITY, f64::min);
    (most - least).max(0.0)
}
