//! All domains that inputs name: links of posts and profiles, messages, and cells of leaked tables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use charivari_identity::domains::{host_of, hosts_in};
use charivari_ingest::tables::{self, TableOptions};
use charivari_ingest::{Input, Options, plain_parts};
use charivari_mail::{Context, Examiner, Mailbox};
use charivari_model::cells::{Cell, RowSink, TableHead};

use super::profiles::{self, Read};
use crate::cli::identity::Domains;
use crate::failure::Result;
use crate::progress::Bar;
use crate::term;

/// The longest message that is read.
const MAX_MESSAGE: usize = 64 << 20;

/// How often a domain was seen, and where first in posts and profiles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    pub(super) links: u64,
    pub(super) mail: u64,
    pub(super) leaks: u64,
    /// The part of the posts and the row in it.
    pub(super) place: Option<(u32, u64)>,
}

/// Domains by name, and what was read of posts and profiles.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) hosts: BTreeMap<String, Sight>,
    pub(super) read: Read,
}

pub(super) fn read(args: &Domains, threads: usize) -> Result<Seen> {
    let mut seen = Seen::default();
    if !args.inputs.is_empty() {
        seen.read = profiles::read(&args.inputs, &args.reading, threads)?;
        for (host, (links, part, row)) in &seen.read.hosts {
            let place = Some((*part, *row));
            seen.hosts.insert(host.clone(), Sight { links: *links, place, ..Sight::default() });
        }
    }
    for path in &args.mail {
        mail(path, &mut seen.hosts)?;
    }
    leaks(&args.leak, &mut seen.hosts)?;
    Ok(seen)
}

/// The domains of a file of messages: senders, signers, paths of links.
fn mail(path: &Path, hosts: &mut BTreeMap<String, Sight>) -> Result<()> {
    let options = Options::default();
    let examiner = Examiner::new(Context::default());
    let step = Bar::step("reading messages");
    for part in plain_parts(&Input::file(path), &options)? {
        let mut mailbox = Mailbox::open(part.open(&options)?, part.name(), MAX_MESSAGE)?;
        while let Some(piece) = mailbox.next()? {
            let message = examiner.examine(&piece).examination;
            for host in message.domains().iter().filter_map(|domain| host_of(domain)) {
                hosts.entry(host).or_default().mail += 1;
            }
        }
    }
    step.finish_and_clear();
    Ok(())
}

/// The domains in cells of leaked tables. Nothing of them is kept but names of domains.
fn leaks(paths: &[PathBuf], hosts: &mut BTreeMap<String, Sight>) -> Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let inputs: Vec<Input> = paths.iter().map(Input::file).collect();
    let bar = Bar::over(&inputs);
    let reports = tables::read(&inputs, &TableOptions::default(), &bar, &mut Cells(hosts));
    bar.finish();
    let aside: u64 = reports?.iter().map(|report| report.set_aside.values().sum::<u64>()).sum();
    if aside > 0 {
        term::warn(&format!("{aside} rows of leaked tables could not be read"));
    }
    Ok(())
}

struct Cells<'h>(&'h mut BTreeMap<String, Sight>);

impl RowSink for Cells<'_> {
    fn table(&mut self, _: &TableHead) {}

    fn row(&mut self, _: u64, cells: &[Cell<'_>]) {
        for text in cells.iter().filter_map(|cell| cell.text()).filter(|text| text.contains('.')) {
            for host in hosts_in(text) {
                self.0.entry(host).or_default().leaks += 1;
            }
        }
    }
}
