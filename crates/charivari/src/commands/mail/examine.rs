//! `charivari mail examine`: read, examine, compare, write.

use std::io::Write;

use charivari_ingest::{Input, Options, plain_parts};
use charivari_mail::campaign::{Campaigns, Collector};
use charivari_mail::{Error, Examination, Examined, Examiner, Mailbox, Piece, Word};
use charivari_model::{InputFile, Provenance};
use rayon::prelude::*;
use serde::Serialize;

use super::inputs::{self, Named};
use super::summary::{Counts, Summary, told};
use super::{case, findings};
use crate::cli::mail::Examine;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::term;

/// Messages that are examined at the same time, by number and by bytes.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 64 << 20;
/// Messages that are kept to become findings of their own.
pub(super) const MAX_NOTABLE: usize = 100;

/// Where a message lies.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Place {
    /// Its number in the run, from 1.
    pub(super) number: u64,
    /// The file, as the evidence names it.
    pub(super) file: String,
    /// Its number in the file, from 1.
    pub(super) row: u64,
    /// Where it begins in the plain bytes of the file.
    pub(super) offset: u64,
    /// The place of the file in the run.
    #[serde(skip)]
    pub(super) input: usize,
}

/// A line of the file of messages.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    place: &'a Place,
    #[serde(flatten)]
    examination: &'a Examination,
}

/// All that a run knows once it has read.
pub(super) struct Run<'a> {
    pub(super) args: &'a Examine,
    pub(super) files: Vec<Named>,
    pub(super) examiner: Examiner,
    pub(super) counts: Counts,
    pub(super) places: Vec<Place>,
    /// Messages that are worth a finding of their own.
    pub(super) notable: Vec<(Place, Examination)>,
    pub(super) notable_left_out: u64,
    pub(super) set_aside: Vec<String>,
    only: Option<Examination>,
    collector: Collector,
}

pub(super) fn run(args: &Examine) -> Result<()> {
    let mut run = Run {
        args,
        files: inputs::files(&args.inputs)?,
        examiner: Examiner::new(inputs::context(args)?),
        counts: Counts::default(),
        places: Vec::new(),
        notable: Vec::new(),
        notable_left_out: 0,
        set_aside: Vec::new(),
        only: None,
        collector: Collector::new((args.max_compared as usize) << 20),
    };
    let inputs = run.digests()?;
    let folder = args.output.as_deref().map(Folder::open).transpose()?;
    match &folder {
        Some(folder) => run.read_into(folder)?,
        None => run.read(&mut std::io::sink())?,
    }
    if run.counts.messages == 0 {
        return Err(Failure::nothing(
            "E0907: no message was found, where some were expected; look at the files",
        ));
    }
    let collector = std::mem::replace(&mut run.collector, Collector::new(0));
    let campaigns = collector.finish();
    let into = case::Into::open(args)?;
    let provenance = provenance(&run, inputs);
    let summary = Summary {
        schema: "mail/1",
        provenance: &provenance,
        counts: &run.counts,
        campaigns: &campaigns,
        set_aside: &run.set_aside,
    };
    if let Some(folder) = &folder {
        write_json(folder, "mail.json", &summary)?;
    }
    for aside in &run.set_aside {
        term::warn(aside);
    }
    if args.json {
        let text = serde_json::to_string_pretty(&summary).map_err(Failure::fault)?;
        term::line(&text)?;
    } else {
        // Hosts and program names come from messages, so that each line is shown with care.
        let text = told(&run.counts, &campaigns, run.only.as_ref());
        let lines: Vec<_> = text.lines().map(charivari_text::show::visible).collect();
        term::line(&lines.join("\n"))?;
    }
    let Some(into) = into else { return Ok(()) };
    record(into, &run, &campaigns, provenance)
}

fn record(
    into: case::Into,
    run: &Run<'_>,
    campaigns: &Campaigns,
    provenance: Provenance,
) -> Result<()> {
    let found = findings::tell(run, campaigns, into.evidence());
    let recorded = into.record(provenance, run, campaigns, found)?;
    if run.args.json { Ok(()) } else { term::line(&case::said(&recorded)) }
}

fn write_json(folder: &Folder, name: &str, value: &impl Serialize) -> Result<()> {
    folder.write(name, |out| {
        serde_json::to_writer_pretty(&mut *out, value).map_err(|error| error.to_string())?;
        writeln!(out).map_err(|error| error.to_string())
    })
}

impl Run<'_> {
    /// The digests of all files, in the order of the files.
    fn digests(&self) -> Result<Vec<InputFile>> {
        let step = Bar::step("hashing the files");
        let digests: std::result::Result<Vec<_>, _> =
            self.files.iter().map(|file| Input::file(&file.path).digest()).collect();
        step.finish_and_clear();
        Ok(digests?)
    }

    /// Reads everything into the file of messages.
    fn read_into(&mut self, folder: &Folder) -> Result<()> {
        let mut failed = None;
        let written = folder.write("messages.jsonl", |out| {
            self.read(out).map_err(|failure| {
                let message = failure.message.clone();
                failed = Some(failure);
                message
            })
        });
        // What kept the messages from being read is the reason, not that they were not written.
        failed.map_or(written, Err)
    }

    fn read(&mut self, out: &mut dyn Write) -> Result<()> {
        let options = Options::default();
        let step = Bar::step("examining messages");
        for input in 0..self.files.len() {
            let file = self.files[input].clone();
            self.counts.files += 1;
            for part in plain_parts(&Input::file(&file.path), &options)? {
                let reader = part.open(&options)?;
                let cap = usize::from(self.args.max_message) << 20;
                let mailbox = match Mailbox::open(reader, part.name(), cap) {
                    Err(error @ Error::Mailbox { .. }) if file.in_folder => {
                        self.set_aside.push(error.to_string());
                        continue;
                    }
                    other => other?,
                };
                self.mailbox(mailbox, part.name(), input, out)?;
            }
        }
        step.finish_and_clear();
        Ok(())
    }

    /// Examines the messages of one file, many at a time, and hands them on in their order.
    fn mailbox(
        &mut self,
        mut mailbox: Mailbox<impl std::io::BufRead>,
        name: &str,
        input: usize,
        out: &mut dyn Write,
    ) -> Result<()> {
        let mut row = 0;
        loop {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Some(piece) = mailbox.next()? else { break };
                bytes += piece.bytes.len();
                batch.push(piece);
            }
            if batch.is_empty() {
                return Ok(());
            }
            let examined: Vec<Examined> =
                batch.par_iter().map(|piece| self.examiner.examine(piece)).collect();
            for (piece, examined) in batch.iter().zip(examined) {
                row += 1;
                let place = self.place(piece, name, row, input);
                self.take(place, examined, out)?;
            }
        }
    }

    fn place(&self, piece: &Piece, name: &str, row: u64, input: usize) -> Place {
        let number = self.counts.messages + 1;
        Place { number, file: name.to_owned(), row, offset: piece.offset, input }
    }

    fn take(&mut self, place: Place, examined: Examined, out: &mut dyn Write) -> Result<()> {
        let Examined { examination, traits } = examined;
        self.counts.add(&examination);
        let line = Line { place: &place, examination: &examination };
        let written = serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from);
        written.and_then(|()| out.write_all(b"\n")).map_err(|error| {
            Failure::output(format!("E0333: cannot write messages.jsonl: {error}; is there room?"))
        })?;
        self.collector.add(place.number, traits);
        self.places.push(place.clone());
        if is_notable(&examination) {
            if self.notable.len() < MAX_NOTABLE {
                self.notable.push((place, examination.clone()));
            } else {
                self.notable_left_out += 1;
            }
        }
        self.only = (self.counts.messages == 1).then_some(examination);
        Ok(())
    }
}

/// Whether a message is worth a finding of its own: something speaks against it.
fn is_notable(one: &Examination) -> bool {
    let tricks = ["domain-look-alike", "name-of-another", "name-holds-address"];
    one.verdicts.overall.word == Word::Contradicted
        || one.signs.iter().any(|sign| tricks.contains(&sign.code))
}

fn provenance(run: &Run<'_>, mut inputs: Vec<InputFile>) -> Provenance {
    let context = run.examiner.context();
    let args = run.args;
    inputs.sort_by(|a, b| (&a.sha256, &a.name).cmp(&(&b.sha256, &b.name)));
    let parameters = [
        ("keys", context.keys.len().to_string()),
        ("protected", context.protected.len().to_string()),
        ("published_keys", args.published_keys.is_some().to_string()),
        ("trusted_authserv", args.trusted_authserv.join(",")),
        ("max_message_mib", args.max_message.to_string()),
        ("max_compared_mib", args.max_compared.to_string()),
    ];
    Provenance {
        tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
        command: "mail examine".to_owned(),
        parameters: parameters.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        inputs,
    }
}
