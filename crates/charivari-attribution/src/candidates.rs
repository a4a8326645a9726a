//! The actors as a query meets them: counts, once some reports have been set aside.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::knowledge::{Knowledge, Row, Subject};

/// What must be forgotten before a known report can serve as a test.
///
/// A report that is tested on stands behind profiles, counts, what tools do and how common things
/// are; the named citations, the campaign and the named cells of profiles vanish from all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// Techniques that an actor's profile loses, because only the set-aside sources show them.
    pub techniques: BTreeMap<String, Vec<String>>,
    /// Tools that an actor's profile loses.
    pub software: BTreeMap<String, Vec<String>>,
    /// Sources that are set aside wherever they are cited.
    pub citations: BTreeSet<String>,
    /// A campaign that is set aside, whatever it cites.
    pub campaign: Option<String>,
}

/// One operation of one actor, as one source tells it.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The actor, where it is a candidate.
    pub(crate) actor: Option<u32>,
    pub(crate) citation: String,
    pub(crate) techniques: Vec<u32>,
    pub(crate) software: Vec<u32>,
}

/// A table with a row for each actor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    width: usize,
    cells: Vec<f64>,
}

impl Table {
    pub(crate) fn new(rows: usize, width: usize) -> Self {
        Self { width, cells: vec![0.0; rows * width] }
    }

    pub(crate) fn row(&self, at: usize) -> &[f64] {
        &self.cells[at * self.width..(at + 1) * self.width]
    }

    pub(crate) fn row_mut(&mut self, at: usize) -> &mut [f64] {
        &mut self.cells[at * self.width..(at + 1) * self.width]
    }

    /// The sums of the columns.
    pub(crate) fn columns(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.width];
        for row in self.cells.chunks_exact(self.width.max(1)) {
            for (sum, cell) in sums.iter_mut().zip(row) {
                *sum += cell;
            }
        }
        sums
    }
}

/// The actors that a query is compared with, and what is counted of them.
#[derive(Debug)]
pub struct Candidates<'k> {
    pub(crate) knowledge: &'k Knowledge,
    /// Places in the knowledge of those who have at least one technique.
    pub(crate) actors: Vec<usize>,
    pub(crate) reports: Vec<Report>,
    /// In how many reports each technique stands.
    pub(crate) frequency: Vec<f64>,
    /// By candidate: is the technique in the profile?
    pub(crate) has: Table,
    /// By candidate: in how many reports does the technique stand? At least one if it has it.
    pub(crate) mentions: Table,
    /// By candidate: what its tools do, as counts of tools.
    pub(crate) tooling: Table,
    /// By candidate: is the tool in the profile?
    pub(crate) has_software: Table,
    /// By candidate: in how many reports does the tool stand?
    pub(crate) software_mentions: Table,
    /// By candidate: how many reports tell of it?
    pub(crate) told: Vec<f64>,
}

impl<'k> Candidates<'k> {
    /// All actors of the knowledge, once `removal` is forgotten.
    ///
    /// # Errors
    /// `E1108` if nobody has a technique.
    pub fn new(knowledge: &'k Knowledge, removal: &Removal) -> Result<Self> {
        let lost = Lost::new(knowledge, removal);
        let keep = |held: &[u32], lost: &BTreeSet<u32>| -> Vec<u32> {
            held.iter().filter(|item| !lost.contains(item)).copied().collect()
        };
        let profiles: Vec<(Vec<u32>, Vec<u32>)> = knowledge
            .profiles
            .iter()
            .zip(&lost.cells)
            .map(|(held, lost)| (keep(&held.0, &lost.0), keep(&held.1, &lost.1)))
            .collect();
        let is_left = |at: &usize| !profiles[*at].0.is_empty();
        let actors: Vec<usize> = (0..profiles.len()).filter(is_left).collect();
        if actors.is_empty() {
            return Err(Error::NoActors);
        }
        let mut place = vec![None; profiles.len()];
        for (candidate, &actor) in actors.iter().enumerate() {
            place[actor] = Some(candidate as u32);
        }
        let reports = reports(knowledge, &lost, &place);
        let mut made = Self {
            knowledge,
            reports,
            frequency: vec![0.0; knowledge.technique.len()],
            has: Table::new(actors.len(), knowledge.technique.len()),
            mentions: Table::new(actors.len(), knowledge.technique.len()),
            tooling: Table::new(actors.len(), knowledge.technique.len()),
            has_software: Table::new(actors.len(), knowledge.software.len()),
            software_mentions: Table::new(actors.len(), knowledge.software.len()),
            told: vec![0.0; actors.len()],
            actors,
        };
        made.count(&profiles, &tools(knowledge, &lost));
        Ok(made)
    }

    fn count(&mut self, profiles: &[(Vec<u32>, Vec<u32>)], tools: &[Vec<u32>]) {
        for report in &self.reports {
            for &technique in &report.techniques {
                self.frequency[technique as usize] += 1.0;
            }
            let Some(at) = report.actor.map(|at| at as usize) else { continue };
            self.told[at] += 1.0;
            for &technique in &report.techniques {
                self.mentions.row_mut(at)[technique as usize] += 1.0;
            }
            for &tool in &report.software {
                self.software_mentions.row_mut(at)[tool as usize] += 1.0;
            }
        }
        for (at, &actor) in self.actors.iter().enumerate() {
            let (techniques, software) = &profiles[actor];
            settle(self.has.row_mut(at), self.mentions.row_mut(at), techniques);
            settle(self.has_software.row_mut(at), self.software_mentions.row_mut(at), software);
            for &tool in software {
                for &technique in &tools[tool as usize] {
                    self.tooling.row_mut(at)[technique as usize] += 1.0;
                }
            }
        }
    }

    /// How many actors there are.
    pub fn len(&self) -> usize {
        self.actors.len()
    }

    /// Whether there is none; there always is one.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// The place of an actor among the candidates, if it is one.
    pub fn place(&self, id: &str) -> Option<usize> {
        let actor = self.knowledge.actor.get(id)?;
        self.actors.binary_search(&actor).ok()
    }
}

/// The profile decides what an actor has; what it has without a report counts as one mention.
fn settle(has: &mut [f64], mentions: &mut [f64], held: &[u32]) {
    for &item in held {
        has[item as usize] = 1.0;
    }
    for (has, mentions) in has.iter().zip(mentions) {
        *mentions = if *has > 0.0 { mentions.max(1.0) } else { 0.0 };
    }
}

/// A removal in numbers.
struct Lost<'r> {
    removal: &'r Removal,
    /// Techniques and tools by actor.
    cells: Vec<(BTreeSet<u32>, BTreeSet<u32>)>,
}

impl<'r> Lost<'r> {
    fn new(knowledge: &Knowledge, removal: &'r Removal) -> Self {
        let mut cells = vec![(BTreeSet::new(), BTreeSet::new()); knowledge.actors.len()];
        let number = |number: usize| number as u32;
        for (id, lost) in &removal.techniques {
            let Some(actor) = knowledge.actor.get(id) else { continue };
            let numbers = lost.iter().filter_map(|id| knowledge.technique.get(id).map(number));
            cells[actor].0.extend(numbers);
        }
        for (id, lost) in &removal.software {
            let Some(actor) = knowledge.actor.get(id) else { continue };
            let numbers = lost.iter().filter_map(|id| knowledge.software.get(id).map(number));
            cells[actor].1.extend(numbers);
        }
        Self { removal, cells }
    }

    fn forgets(&self, row: &Row) -> bool {
        let campaign = match &row.subject {
            Subject::Campaign(id, _) => self.removal.campaign.as_ref() == Some(id),
            _ => false,
        };
        campaign || self.removal.citations.contains(&row.citation)
    }
}

/// One report for each actor and source; campaigns of nobody known are reports too.
fn reports(knowledge: &Knowledge, lost: &Lost<'_>, place: &[Option<u32>]) -> Vec<Report> {
    type Used = (BTreeSet<u32>, BTreeSet<u32>);
    let mut merged: BTreeMap<(Option<u32>, &str), Used> = BTreeMap::new();
    for row in knowledge.rows.iter().filter(|row| !lost.forgets(row)) {
        let actors = match &row.subject {
            Subject::Software(_) => continue,
            Subject::Actors(actors) | Subject::Campaign(_, actors) => actors,
        };
        let owners: Vec<Option<u32>> = match actors.as_slice() {
            [] => vec![None],
            some => some.iter().copied().map(Some).collect(),
        };
        for owner in owners {
            let held = merged.entry((owner, row.citation.as_str())).or_default();
            held.0.extend(&row.techniques);
            held.1.extend(&row.software);
        }
    }
    let mut reports = Vec::with_capacity(merged.len());
    for ((owner, citation), (mut techniques, mut software)) in merged {
        if let Some(owner) = owner {
            let cells = &lost.cells[owner as usize];
            techniques.retain(|item| !cells.0.contains(item));
            software.retain(|item| !cells.1.contains(item));
        }
        if !(techniques.is_empty() && software.is_empty()) {
            reports.push(Report {
                actor: owner.and_then(|owner| place[owner as usize]),
                citation: citation.to_owned(),
                techniques: techniques.into_iter().collect(),
                software: software.into_iter().collect(),
            });
        }
    }
    reports
}

/// What each tool does.
fn tools(knowledge: &Knowledge, lost: &Lost<'_>) -> Vec<Vec<u32>> {
    let mut tools = vec![Vec::new(); knowledge.software.len()];
    for row in knowledge.rows.iter().filter(|row| !lost.forgets(row)) {
        if let Subject::Software(tool) = row.subject {
            tools[tool as usize].extend_from_slice(&row.techniques);
        }
    }
    for tool in &mut tools {
        tool.sort_unstable();
        tool.dedup();
    }
    tools
}
