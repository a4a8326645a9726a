//! The page: what was found, told from the run, with the words of the posts behind it.
//!
//! What the page shows is chosen first ([`chosen`]); then the inputs are read once more, but only
//! the rows of the posts chosen ([`excerpts`]); then all is put into words.

mod card;
mod chance;
mod chosen;
mod edges;
mod excerpts;
mod findings;
mod groups;
mod picture;
mod signs;
mod techniques;
mod words;

use std::collections::BTreeMap;

use charivari_case::NewFinding;
use charivari_coordination::cards::{self, Card};
use charivari_coordination::evidence::{Evidence, Touch};
use charivari_model::Timestamp;
use charivari_model::case::{Picture, Ref};
use charivari_report::{NetworkOptions, view};

use self::chosen::Chosen;
use self::excerpts::Excerpts;
use super::{Run, graphs::Drawing, summary};
use crate::failure::{Failure, Result};
use crate::output::Folder;

/// A run as it is told: the page, its drawing, and what a case keeps.
pub(super) struct Told {
    page: String,
    drawing: String,
    /// What was found, for a case; empty where the run goes into none.
    pub(super) findings: Vec<NewFinding>,
    /// What there is to draw of it in the report of a case.
    pub(super) picture: Picture,
    /// What a reader must know about the data.
    pub(super) warnings: Vec<String>,
}

/// Chooses what is shown, reads its words again and puts all into terms of the reader.
///
/// `inputs` is the evidence of each part, where the run goes into a case.
pub(super) fn tell(run: &Run<'_>, drawing: &Drawing, inputs: Option<&[Ref]>) -> Result<Told> {
    let evidence = Evidence::of(&run.store, &run.network);
    let chosen = Chosen::of(run, drawing, &evidence);
    let excerpts = Excerpts::read(run, &evidence, &chosen.posts());
    let names = names(run, &evidence, &chosen, &excerpts);
    let cards = cards::of(&run.store, &run.network, &run.groups)?;
    let teller =
        Teller { run, evidence: &evidence, excerpts: &excerpts, names: &names, cards: &cards };
    let view = teller.view(&chosen, drawing);
    let alone = NetworkOptions {
        standalone: true,
        synthetic: run.synthetic.is_some(),
        ..NetworkOptions::default()
    };
    Ok(Told {
        page: charivari_report::render(&view).map_err(Failure::fault)?,
        drawing: charivari_report::network_svg(&view.network, &alone).svg,
        findings: inputs
            .map_or_else(Vec::new, |inputs| findings::tell(teller, &chosen, &view, inputs)),
        picture: picture::of(teller, &view),
        warnings: view.warnings,
    })
}

/// Writes `report.html`, and its drawing by itself as `network.svg`.
pub(super) fn write(told: &Told, folder: &Folder) -> Result<()> {
    for (name, content) in [("report.html", &told.page), ("network.svg", &told.drawing)] {
        folder.write(name, |out| {
            std::io::Write::write_all(out, content.as_bytes()).map_err(|error| error.to_string())
        })?;
    }
    Ok(())
}

/// The display names of those accounts, by rank, that have no handle, as far as they were read.
fn names<'e>(
    run: &Run<'_>,
    evidence: &Evidence<'_>,
    chosen: &Chosen<'_>,
    excerpts: &'e Excerpts,
) -> BTreeMap<u32, &'e str> {
    let members = chosen.groups.iter().flat_map(|group| &group.members);
    members
        .map(|member| (run.network.nodes[member.node as usize], member.post()))
        .filter(|(account, _)| evidence.handle(*account).is_none())
        .filter_map(|(account, post)| Some((account, excerpts.name(post?)?)))
        .collect()
}

/// All that is needed to put something into the page's terms.
#[derive(Clone, Copy)]
struct Teller<'r> {
    run: &'r Run<'r>,
    evidence: &'r Evidence<'r>,
    excerpts: &'r Excerpts,
    names: &'r BTreeMap<u32, &'r str>,
    /// The card of each group.
    cards: &'r [Card],
}

impl<'r> Teller<'r> {
    fn view(self, chosen: &Chosen<'_>, drawing: &Drawing) -> view::Coordination<'r> {
        let run = self.run;
        let counts = &run.network.traces.counts;
        let mut warnings = summary::warnings(run);
        warnings.extend(self.excerpts.warning());
        view::Coordination {
            title: words::title(run),
            synthetic: run.synthetic.clone(),
            provenance: &run.provenance,
            command_line: words::command_line(run),
            rules: words::rules(run),
            inputs: self.inputs(),
            warnings,
            counts: self.counts(),
            period: counts
                .first_time
                .zip(counts.last_time)
                .map(|(a, b)| (Timestamp(a), Timestamp(b))),
            chance: chance::tell(run),
            capped: chosen.capped.iter().map(|capped| self.capped(capped)).collect(),
            network: self.network(drawing),
            groups: groups::tell(self, chosen),
            edges: chosen.edges.iter().map(|edge| edges::tell(self, edge)).collect(),
            signs: signs::tell(self),
            behaviours: words::behaviours(run, self.evidence),
            glossary: Vec::new(),
        }
    }

    fn inputs(self) -> Vec<view::Input> {
        let times = self.evidence.times(self.run.parts.len());
        let input = |(number, (part, times)): (usize, (&charivari_ingest::PartReport, _))| {
            let times: Option<charivari_coordination::evidence::Times> = times;
            view::Input {
                name: part.name.clone(),
                format: part.format.to_owned(),
                background: number >= self.run.background_from,
                read: part.records,
                kept: part.kept,
                set_aside: part.set_aside.iter().map(|(code, rows)| (*code, *rows)).collect(),
                period: times.map(|times| (Timestamp(times.first), Timestamp(times.last))),
                resolution: times.map(|times| times.resolution),
                sha256: part.file.sha256.clone(),
                bytes: part.file.bytes,
            }
        };
        self.run.parts.iter().zip(times).enumerate().map(input).collect()
    }

    fn counts(self) -> view::Counts {
        let network = &self.run.network;
        let counts = &network.traces.counts;
        view::Counts {
            posts: counts.posts,
            accounts: counts.accounts,
            traces: counts.traces,
            objects: counts.objects,
            acts_found: network.found_acts,
            acts_listed: network.edges.listed,
            acts_kept: network.edges.edges.iter().map(|edge| edge.acts).sum(),
            edges_found: network.edges.pairs,
            edges_kept: network.edges.edges.len() as u64,
            accounts_joined: network.nodes.len() as u64,
            accounts_grouped: network.groups.iter().flatten().count() as u64,
            groups: network.group_count.into(),
            objects_capped: network.capped.len() as u64,
        }
    }

    fn capped(self, capped: &chosen::Capped<'_>) -> view::CappedObject {
        view::CappedObject {
            object: self.object(capped.object.object, capped.post),
            acts: capped.object.acts,
            listed: capped.object.listed,
        }
    }

    /// The network as it was laid out; an account is as large as those of its edges weigh that chance
    /// does not explain.
    fn network(self, drawing: &Drawing) -> view::Network {
        let run = self.run;
        let network = &run.network;
        let mut sizes = vec![0.0; network.nodes.len()];
        let mut links = Vec::with_capacity(network.edges.edges.len());
        let ends = drawing.source.iter().zip(&drawing.target);
        for (number, (edge, (source, target))) in network.edges.edges.iter().zip(ends).enumerate() {
            let weight = edge.weight as f64;
            let standing = chance::standing(run, number);
            if standing != view::Standing::Chance {
                sizes[*source as usize] += weight;
                sizes[*target as usize] += weight;
            }
            links.push(view::Link { source: *source, target: *target, weight, standing });
        }
        let node = |node: usize| view::Node {
            x: drawing.places[node][0].into(),
            y: drawing.places[node][1].into(),
            group: network.groups[node].map(|group| group + 1),
            label: self.label(network.nodes[node]).to_owned(),
            size: sizes[node],
            open: network.groups[node].is_some_and(|group| chance::is_open(run, group)),
        };
        view::Network {
            nodes: (0..network.nodes.len()).map(node).collect(),
            links,
            nodes_total: network.nodes.len() as u64,
            links_total: network.edges.edges.len() as u64,
        }
    }

    /// The handle of an account, by rank; else its name; else its key.
    fn label(self, account: u32) -> &'r str {
        let name = || self.names.get(&account).copied();
        let key = || self.run.network.account(&self.run.store, account);
        self.evidence.handle(account).or_else(name).unwrap_or_else(key)
    }

    /// An account, by rank, so that it cannot be taken for another: names are no ids.
    fn account(self, account: u32) -> String {
        let key = self.run.network.account(&self.run.store, account);
        match (self.evidence.handle(account), self.names.get(&account)) {
            (Some(handle), _) => handle.to_owned(),
            (None, Some(name)) => format!("{name} ({key})"),
            (None, None) => key.to_owned(),
        }
    }

    /// An object, with the words of `post`, which carries it, where it says nothing by itself.
    fn object(self, object: u32, post: Option<u32>) -> view::Object {
        let (network, store) = (&self.run.network, &self.run.store);
        let behaviour = network.object_layer(store, object);
        let excerpt =
            post.filter(|_| needs_words(behaviour)).and_then(|post| self.excerpts.text(post));
        view::Object {
            behaviour: behaviour.to_owned(),
            value: network.object(store, object).to_owned(),
            excerpt: excerpt.map(str::to_owned),
        }
    }

    fn post(self, touch: Touch) -> view::Post {
        let place = self.evidence.place(touch.post);
        view::Post {
            time: Timestamp(touch.time),
            account: self.account(touch.account),
            id: self.evidence.post_key(touch.post).to_owned(),
            text: self.excerpts.text(touch.post).map(str::to_owned),
            input: place.map_or(u32::MAX, |place| place.part),
            row: place.map_or(0, |place| place.row),
        }
    }
}

/// Whether the objects of a behaviour are digests or ids, which say nothing to a reader, while any
/// post that carries one says it in words.
fn needs_words(behaviour: &str) -> bool {
    matches!(behaviour, "text" | "near-text" | "meaning" | "repost")
}
