//! What a run did and found, for machines (`summary.json`) and for the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use charivari_coordination::significance::{Hypotheses, Power, Replication, Untested};
use charivari_coordination::{Counts, GroupKind, Parameters, Testing};
use charivari_ingest::{Note, Options, PartReport};
use charivari_model::{Code, Provenance, Resolution, Timestamp};
use serde::Serialize;

use super::Run;
use super::meaning::Meanings;
use crate::cli::Coordinate;
use crate::commands::notes::counted;
use crate::output::Folder;
use crate::term;

/// The tool, the parameters and the inputs of a run.
pub(super) fn provenance(
    args: &Coordinate,
    parameters: &Parameters,
    options: &Options,
    parts: &[PartReport],
    meanings: Option<&Meanings>,
) -> Provenance {
    let names: Vec<&str> = parameters.wanted().map(|(_, behaviour)| behaviour.name()).collect();
    let mut said = vec![
        ("by", names.join(",")),
        ("window_s", (parameters.window as f64 / 1e6).to_string()),
        ("significance", testing(parameters.testing).to_owned()),
        ("q", parameters.significance_level.to_string()),
        ("min_weight", parameters.min_weight.to_string()),
        ("min_activity", parameters.min_activity.to_string()),
        ("include_reposts", parameters.include_reposts.to_string()),
        ("min_text", parameters.min_text.to_string()),
        ("min_sequence", parameters.min_sequence.to_string()),
        ("max_acts_per_object", parameters.max_acts_per_object.to_string()),
        ("max_acts", parameters.max_acts.to_string()),
    ];
    let given = [
        ("timezone", args.reading.timezone.clone()),
        ("encoding", args.reading.encoding.clone()),
        ("format", options.format.clone()),
        ("platform", options.platform.clone()),
        ("columns", (!args.reading.columns.is_empty()).then(|| args.reading.columns.join(","))),
        ("date_order", args.reading.date_order.map(|order| format!("{order:?}").to_lowercase())),
    ];
    said.extend(given.into_iter().filter_map(|(name, value)| Some((name, value?))));
    if let Some(Meanings { sha256, same_meaning, .. }) = meanings {
        said.push(("text_model_sha256", sha256.clone()));
        said.push(("same_meaning", same_meaning.to_string()));
    }
    said.sort_unstable();
    let mut inputs: Vec<_> = parts.iter().map(|part| part.file.clone()).collect();
    inputs.sort_by(|a, b| (&a.sha256, &a.name).cmp(&(&b.sha256, &b.name)));
    inputs.dedup();
    Provenance {
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        command: "coordinate".to_owned(),
        parameters: said.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        inputs,
    }
}

fn testing(testing: Testing) -> &'static str {
    match testing {
        Testing::Off => "off",
        Testing::Window => "window",
        Testing::Learnt => "learnt",
    }
}

/// What chance was tested with, and what came of it.
#[derive(Serialize)]
struct Chance<'r> {
    windows_s: Vec<f64>,
    windows_untested: &'r [Untested],
    level: f64,
    /// Pairs of accounts that share an object: those that could have met.
    hypotheses: f64,
    /// The share of accounts by which they were counted; 1 is exact.
    hypotheses_looked_at: f64,
    pairs_tested: usize,
    edges_significant: usize,
    edges_of_publishers: usize,
    groups_coordinated: usize,
    groups_syndication: usize,
    groups: &'r [Replication],
    power: &'r Power,
}

impl<'r> Chance<'r> {
    fn of(run: &'r Run<'_>) -> Option<Self> {
        let network = &run.network;
        let found = network.significance.as_ref()?;
        let hypotheses = found.hypotheses.as_ref();
        let significant = || (0..network.edges.edges.len()).filter(|e| network.is_significant(*e));
        let of_kind = |kind| network.group_kinds.iter().filter(|k| **k == kind).count();
        Some(Self {
            windows_s: found.windows.tested.iter().map(|window| *window as f64 / 1e6).collect(),
            windows_untested: &found.windows.untested,
            level: network.level,
            hypotheses: hypotheses.map_or(0.0, Hypotheses::pairs),
            hypotheses_looked_at: hypotheses.map_or(1.0, |counted| counted.looked_at),
            pairs_tested: found.pairs.len(),
            edges_significant: significant().count(),
            edges_of_publishers: significant()
                .filter(|edge| network.tests[*edge].is_some_and(|test| test.open))
                .count(),
            groups_coordinated: of_kind(GroupKind::Coordinated),
            groups_syndication: of_kind(GroupKind::Syndication),
            groups: &network.replications,
            power: &run.power,
        })
    }

    /// What was found, and what could have been, in a few lines.
    fn text(&self, accounts: u64) -> String {
        let mut text = format!(
            "{} are more than chance explains (false discovery rate {}): {} in {}",
            counted(self.edges_significant as u64, "edge"),
            self.level,
            counted(accounts, "account"),
            counted(self.groups_coordinated as u64, "group"),
        );
        if self.groups_syndication > 0 {
            let groups = counted(self.groups_syndication as u64, "group");
            let _ = write!(text, ", and {groups} of publishers who openly post together");
        }
        text.push('.');
        let least = |spread| {
            let fewest = self.power.fewest_objects(5, spread)?;
            Some(format!("{fewest} times within {spread} s"))
        };
        let found: Vec<String> = [10, 60, 900].into_iter().filter_map(least).collect();
        if !found.is_empty() {
            let _ = write!(
                text,
                "\nFive accounts would have been found, eight times in ten, had they acted together {}.",
                found.join(" or ")
            );
        }
        text
    }
}

/// Everything a reader of the tables has to know. The same input gives the same bytes.
#[derive(Serialize)]
pub(super) struct Summary<'r> {
    #[serde(flatten)]
    provenance: &'r Provenance,
    synthetic: Option<&'r str>,
    parts: Vec<Part<'r>>,
    counts: &'r Counts,
    period: Option<[String; 2]>,
    resolution: Option<Resolution>,
    acts_found: u64,
    acts_listed: u64,
    acts_kept: u64,
    pairs_met: u64,
    edges: u64,
    significance: Option<Chance<'r>>,
    /// What detectors saw, by detector and sign, and what they left out.
    signs: BTreeMap<String, usize>,
    signs_notes: &'r [charivari_coordination::detectors::Note],
    /// What the text model joined; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_model: Option<&'r Meanings>,
    accounts_in_network: u64,
    accounts_in_groups: u64,
    groups: u64,
    components: u64,
    modularity: f64,
    cap_per_object: u64,
    capped: Vec<Cut<'r>>,
    pub(super) warnings: Vec<String>,
}

#[derive(Serialize)]
struct Part<'r> {
    name: &'r str,
    sha256: &'r str,
    format: &'r str,
    /// Whether it is a control export, whose accounts are not looked for.
    background: bool,
    container: &'r str,
    recognised: &'r str,
    records: u64,
    kept: u64,
    set_aside: &'r BTreeMap<Code, u64>,
    set_aside_listed: usize,
    notes: &'r BTreeMap<Note, u64>,
}

/// An object whose acts were counted but not all listed.
#[derive(Serialize)]
struct Cut<'r> {
    behaviour: &'r str,
    object: &'r str,
    traces: u64,
    acts: u64,
    listed: u64,
}

impl<'r> Summary<'r> {
    pub(super) fn of(run: &'r Run<'_>) -> Self {
        let network = &run.network;
        let counts = &network.traces.counts;
        Self {
            provenance: &run.provenance,
            synthetic: run.synthetic.as_deref(),
            parts: run
                .parts
                .iter()
                .enumerate()
                .map(|(n, p)| part(p, n >= run.background_from))
                .collect(),
            counts,
            period: counts
                .first_time
                .zip(counts.last_time)
                .map(|(first, last)| [Timestamp(first).to_string(), Timestamp(last).to_string()]),
            resolution: counts.resolution,
            acts_found: network.found_acts,
            acts_listed: network.edges.listed,
            acts_kept: network.edges.edges.iter().map(|edge| edge.acts).sum(),
            pairs_met: network.edges.pairs,
            edges: network.edges.edges.len() as u64,
            significance: Chance::of(run),
            signs: signs(run),
            signs_notes: &run.signs.notes,
            text_model: run.meanings.as_ref(),
            accounts_in_network: network.nodes.len() as u64,
            accounts_in_groups: in_groups(run),
            groups: network.group_count.into(),
            components: network.components.iter().max().map_or(0, |last| u64::from(*last) + 1),
            modularity: network.modularity,
            cap_per_object: network.cap,
            capped: run.network.capped.iter().map(|object| cut(run, object)).collect(),
            warnings: warnings(run),
        }
    }

    /// Tells the warnings beside the result.
    pub(super) fn warn(&self) {
        for warning in &self.warnings {
            term::warn(warning);
        }
    }

    /// The result in a few lines.
    pub(super) fn text(&self, folder: &Folder, has_report: bool) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "{} of {}; {} shared by two or more.\n\
             {} of accounts met within the window, {} of them on enough objects: {}",
            counted(self.counts.posts, "post"),
            counted(self.counts.accounts, "account"),
            counted(self.counts.shared_objects, "object"),
            counted(self.pairs_met, "pair"),
            self.edges,
            counted(self.accounts_in_network, "account"),
        );
        let _ = match &self.significance {
            Some(chance) => write!(text, ".\n{}", chance.text(self.accounts_in_groups)),
            None => write!(
                text,
                " in {}.\nChance was not tested: strangers meet too.",
                counted(self.groups, "group")
            ),
        };
        let _ = write!(
            text,
            "\nCoordination is not guilt: chance and innocent causes are in the report."
        );
        let shown =
            if has_report { folder.path("report.html") } else { folder.path("summary.json") };
        let _ = write!(text, "\nLook at {}", shown.display());
        text
    }
}

/// How many signs of each kind there are.
fn signs(run: &Run<'_>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for sign in &run.signs.rows {
        *counts.entry(format!("{} {}", sign.detector, sign.sign)).or_default() += 1;
    }
    counts
}

/// How many accounts are in a group, publishers who openly post together apart.
fn in_groups(run: &Run<'_>) -> u64 {
    let network = &run.network;
    let kind = |group: &u32| network.group_kinds[*group as usize];
    network.groups.iter().flatten().filter(|g| kind(g) == GroupKind::Coordinated).count() as u64
}

fn part(part: &PartReport, background: bool) -> Part<'_> {
    Part {
        name: &part.name,
        sha256: &part.file.sha256,
        format: part.format,
        background,
        container: part.container,
        recognised: &part.reason,
        records: part.records,
        kept: part.kept,
        set_aside: &part.set_aside,
        set_aside_listed: part.aside.len(),
        notes: &part.notes,
    }
}

fn cut<'r>(run: &'r Run<'_>, object: &charivari_coordination::Capped) -> Cut<'r> {
    Cut {
        behaviour: run.network.object_layer(&run.store, object.object),
        object: run.network.object(&run.store, object.object),
        traces: object.traces,
        acts: object.acts,
        listed: object.listed,
    }
}

/// What a reader of the result has to know, in sentences.
pub(super) fn warnings(run: &Run<'_>) -> Vec<String> {
    let mut warnings = crate::commands::notes::of_parts(&run.parts, &run.options);
    let counts = &run.network.traces.counts;
    if let Some(resolution) =
        counts.resolution.filter(|resolution| *resolution >= Resolution::Minute)
    {
        let window = run.parameters.window / charivari_model::time::MICROS_PER_SECOND;
        warnings.push(format!(
            "all times are whole {resolution}: a window of {window} s means within {}, so strangers \
             meet more easily",
            counted((window / resolution.seconds()).unsigned_abs(), "step"),
        ));
    }
    if counts.conflicts > 0 {
        warnings.push(format!(
            "{} that repeat a post but say something else: the fullest of each post was kept",
            counted(counts.conflicts, "row")
        ));
    }
    if counts.unresolved_links > 0 {
        warnings.push(format!(
            "{} through a shortener that cannot be followed offline: each short address is an \
             object of its own",
            counted(counts.unresolved_links, "link")
        ));
    }
    if !run.network.capped.is_empty() {
        warnings.push(format!(
            "{} with more acts than can be listed: they are counted exactly, and listed are those of \
             pairs that met elsewhere too or are among the closest",
            counted(run.network.capped.len() as u64, "object")
        ));
    }
    if let Some(capped) = run.meanings.as_ref().map(|found| found.pairs_capped).filter(|n| *n > 0) {
        warnings.push(format!(
            "{} of texts that might say the same were not compared in some table of the text model, \
             so as to bound the time",
            counted(capped, "pair")
        ));
    }
    if counts.traces == 0 {
        let names: Vec<&str> =
            run.parameters.wanted().map(|(_, behaviour)| behaviour.name()).collect();
        warnings.push(format!("the data has nothing for {}; try --by all", names.join(", ")));
    }
    warnings
}

/// How long the run took, and where: the one output that differs between runs.
#[derive(Serialize)]
pub(super) struct Timings {
    seconds: BTreeMap<&'static str, f64>,
    threads: usize,
    os: &'static str,
    architecture: &'static str,
}

impl Timings {
    pub(super) fn of(run: &Run<'_>) -> Self {
        Self {
            seconds: run.timings.iter().map(|(name, time)| (*name, time.as_secs_f64())).collect(),
            threads: run.threads,
            os: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
        }
    }
}

/// Writes `value` as indented JSON.
pub(super) fn json(out: &mut impl Write, value: &impl Serialize) -> Result<(), String> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(|error| error.to_string())?;
    out.write_all(b"\n").map_err(|error| error.to_string())
}
