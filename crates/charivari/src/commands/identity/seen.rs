//! All domains that inputs name: links of posts and profiles, messages, and cells of leaked tables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use charivari_identity::domains::Seen;
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

/// What was read of posts and profiles, and domains by where they were seen.
#[derive(Default)]
pub(super) struct Inputs {
    pub(super) read: Read,
    mail: Seen<()>,
    leaks: Seen<()>,
}

impl Inputs {
    /// All domains by name.
    pub(super) fn domains(&self) -> BTreeMap<&str, Sight> {
        let mut domains: BTreeMap<&str, Sight> = BTreeMap::new();
        for (host, links, place) in self.read.hosts.hosts() {
            domains.insert(host, Sight { links, place: Some(place), ..Sight::default() });
        }
        for (host, count, ()) in self.mail.hosts() {
            domains.entry(host).or_default().mail = count;
        }
        for (host, count, ()) in self.leaks.hosts() {
            domains.entry(host).or_default().leaks = count;
        }
        domains
    }
}

pub(super) fn read(args: &Domains, threads: usize) -> Result<Inputs> {
    let mut inputs = Inputs::default();
    if !args.inputs.is_empty() {
        inputs.read = profiles::read(&args.inputs, &args.reading, threads)?;
    }
    for path in &args.mail {
        mail(path, &mut inputs.mail)?;
    }
    leaks(&args.leak, &mut inputs.leaks)?;
    Ok(inputs)
}

/// The domains of a file of messages: senders, signers, paths of links.
fn mail(path: &Path, seen: &mut Seen<()>) -> Result<()> {
    let options = Options::default();
    let examiner = Examiner::new(Context::default());
    let step = Bar::step("reading messages");
    for part in plain_parts(&Input::file(path), &options)? {
        let mut mailbox = Mailbox::open(part.open(&options)?, part.name(), MAX_MESSAGE)?;
        while let Some(piece) = mailbox.next()? {
            let message = examiner.examine(&piece).examination;
            for domain in message.domains() {
                seen.add(&domain, ());
            }
        }
    }
    step.finish_and_clear();
    Ok(())
}

/// The domains in cells of leaked tables. Nothing of them is kept but names of domains.
fn leaks(paths: &[PathBuf], seen: &mut Seen<()>) -> Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let inputs: Vec<Input> = paths.iter().map(Input::file).collect();
    let bar = Bar::over(&inputs);
    let reports = tables::read(&inputs, &TableOptions::default(), &bar, &mut Cells(seen));
    bar.finish();
    let aside: u64 = reports?.iter().map(|report| report.set_aside.values().sum::<u64>()).sum();
    if aside > 0 {
        term::warn(&format!("{aside} rows of leaked tables could not be read"));
    }
    Ok(())
}

struct Cells<'s>(&'s mut Seen<()>);

impl RowSink for Cells<'_> {
    fn table(&mut self, _: &TableHead) {}

    fn row(&mut self, _: u64, cells: &[Cell<'_>]) {
        for text in cells.iter().filter_map(|cell| cell.text()).filter(|text| text.contains('.')) {
            self.0.add_text(text, ());
        }
    }
}
