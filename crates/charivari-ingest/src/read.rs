//! Reading inputs: one thread cuts records, others turn them into columns, the caller gets them in
//! order.
//!
//! The order in which batches arrive is that of the inputs, whatever the number of threads.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use charivari_model::{Code, InputFile, SetAside};

use crate::archive;
use crate::error::Result;
use crate::input::{Input, Tally};
use crate::job::{Context, Job};
use crate::options::Options;
use crate::part::Part;
use crate::records::{Chunk, Fields};
use crate::rows::{Batch, Note};

/// How many rows set aside are kept one by one for each part; all are counted.
pub const MAX_ASIDE: usize = 10_000;

/// What one part of the inputs turned out to be and to hold.
#[derive(Clone, Debug)]
pub struct PartReport {
    /// The name: the file's, and after `!` the member's for archives.
    pub name: String,
    /// The file it came from.
    pub file: InputFile,
    /// The stable name of its format.
    pub format: &'static str,
    /// The format for people.
    pub title: &'static str,
    /// The container, such as `CSV`.
    pub container: &'static str,
    /// What the format was recognised by.
    pub reason: String,
    /// The columns of a table.
    pub header: Vec<String>,
    /// Records read.
    pub records: u64,
    /// Records of which something was kept.
    pub kept: u64,
    /// Rows set aside, by code: all of them are counted.
    pub set_aside: BTreeMap<Code, u64>,
    /// The first [`MAX_ASIDE`] rows set aside.
    pub aside: Vec<SetAside>,
    /// Things worth telling about kept rows, with how often.
    pub notes: BTreeMap<Note, u64>,
}

/// Told how far reading has come; for progress.
pub trait Progress: Sync {
    /// `bytes` of all inputs have been read so far.
    fn read(&self, bytes: u64);
}

/// No progress is shown.
impl Progress for () {
    fn read(&self, _bytes: u64) {}
}

/// Reads `inputs`: `map` runs on up to `threads` threads, once a batch; `fold` gets its results in
/// order on the calling thread.
///
/// # Errors
/// An input cannot be read or is of no known format. Rows that cannot be read are no error: they
/// are counted in the report.
pub fn read<T: Send>(
    inputs: &[Input],
    options: &Options,
    threads: usize,
    progress: &dyn Progress,
    map: impl Fn(Batch) -> T + Sync,
    mut fold: impl FnMut(T),
) -> Result<Vec<PartReport>> {
    let mut reports: Vec<PartReport> = Vec::new();
    let mapped = |job: &Job| -> Result<(Digest, T)> {
        let batch = job.run(options)?;
        Ok((Digest::of(&batch), map(batch)))
    };
    let mut folded =
        |part: usize, (digest, item): (Digest, T), pending: &mut BTreeMap<usize, Digest>| {
            pending.entry(part).or_default().add(digest);
            fold(item);
        };
    let mut pending = BTreeMap::new();
    let source = Source { inputs, options, progress };
    if threads < 2 {
        reports = source.run(&mut |job| {
            let result = mapped(&job)?;
            folded(job.part as usize, result, &mut pending);
            Ok(true)
        })?;
    } else {
        std::thread::scope(|scope| {
            let (jobs, queue) = sync_channel::<(u64, Job)>(threads * 2);
            let (done, results) = sync_channel(threads * 2);
            let queue = Arc::new(Mutex::new(queue));
            for _ in 0..threads {
                let (queue, done, mapped) = (Arc::clone(&queue), done.clone(), &mapped);
                scope.spawn(move || work(&queue, &done, mapped));
            }
            drop((done, queue));
            let reader = scope.spawn(move || produce(&source, &jobs));
            collect(&results, &mut |part, item| folded(part, item, &mut pending))?;
            reports = reader.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            Ok(())
        })?;
    }
    for (part, digest) in pending {
        if let Some(report) = reports.get_mut(part) {
            digest.fill(report);
        }
    }
    Ok(reports)
}

/// Cuts records and queues them, until the inputs end or nobody takes them any more.
fn produce(source: &Source<'_>, jobs: &SyncSender<(u64, Job)>) -> Result<Vec<PartReport>> {
    let mut sequence = 0;
    source.run(&mut |job| {
        let taken = jobs.send((sequence, job)).is_ok();
        sequence += 1;
        Ok(taken)
    })
}

/// What a worker hands on: the place in the order, the part, and what came of it.
type Done<R> = (u64, usize, Result<R>);

/// Takes jobs until there are none.
fn work<R>(
    queue: &Mutex<Receiver<(u64, Job)>>,
    done: &SyncSender<Done<R>>,
    mapped: impl Fn(&Job) -> Result<R>,
) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((sequence, job)) = job else { return };
        if done.send((sequence, job.part as usize, mapped(&job))).is_err() {
            return;
        }
    }
}

/// Puts results back into order.
fn collect<R>(results: &Receiver<Done<R>>, fold: &mut dyn FnMut(usize, R)) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (sequence, part, result) in results {
        waiting.insert(sequence, (part, result?));
        while let Some((part, item)) = waiting.remove(&next) {
            fold(part, item);
            next += 1;
        }
    }
    Ok(())
}

/// The counts of a batch, taken before it is given away.
#[derive(Default)]
struct Digest {
    records: u64,
    kept: u64,
    aside: Vec<SetAside>,
    codes: BTreeMap<Code, u64>,
    notes: BTreeMap<Note, u64>,
}

impl Digest {
    fn of(batch: &Batch) -> Self {
        let mut codes = BTreeMap::new();
        for row in &batch.set_aside {
            *codes.entry(row.code).or_default() += 1;
        }
        let aside = batch.set_aside.iter().take(MAX_ASIDE).cloned().collect();
        Self { records: batch.records, kept: batch.kept, aside, codes, notes: batch.notes.clone() }
    }

    fn add(&mut self, other: Self) {
        self.records += other.records;
        self.kept += other.kept;
        let room = MAX_ASIDE.saturating_sub(self.aside.len());
        self.aside.extend(other.aside.into_iter().take(room));
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        for (note, count) in other.notes {
            *self.notes.entry(note).or_default() += count;
        }
    }

    fn fill(self, report: &mut PartReport) {
        report.records = self.records;
        report.kept = self.kept;
        report.aside = self.aside;
        report.set_aside = self.codes;
        report.notes = self.notes;
    }
}

/// The inputs, and how they are to be read.
#[derive(Clone, Copy)]
struct Source<'s> {
    inputs: &'s [Input],
    options: &'s Options,
    progress: &'s dyn Progress,
}

/// Takes a job; `false` asks for no more.
type Take<'t> = &'t mut dyn FnMut(Job) -> Result<bool>;

impl Source<'_> {
    /// Cuts every input into jobs, and says what the parts are.
    fn run(&self, take: Take<'_>) -> Result<Vec<PartReport>> {
        let mut reports = Vec::new();
        let mut before = 0;
        for input in self.inputs {
            before = self.input(input, before, &mut reports, take)?;
        }
        Ok(reports)
    }

    fn input(
        &self,
        input: &Input,
        before: u64,
        reports: &mut Vec<PartReport>,
        take: Take<'_>,
    ) -> Result<u64> {
        if input.is_empty()? {
            return Err(crate::Error::Empty { input: input.name().to_owned() });
        }
        let first = reports.len();
        let tally = Tally::default();
        let file = match archive::members(input, self.options)? {
            None => {
                let part = Part::of_file(input, &tally, self.options)?;
                self.part(part, &tally, before, reports, take)?;
                tally.of(input)?
            }
            Some(members) => {
                for member in &members {
                    let part = Part::of_member(input, member, &tally, self.options)?;
                    self.part(part, &tally, before, reports, take)?;
                }
                input.digest()?
            }
        };
        let after = before + file.bytes;
        self.progress.read(after);
        for report in &mut reports[first..] {
            report.file = file.clone();
        }
        Ok(after)
    }

    fn part(
        &self,
        part: Part,
        tally: &Tally,
        before: u64,
        reports: &mut Vec<PartReport>,
        take: Take<'_>,
    ) -> Result<()> {
        let number = reports.len() as u32;
        reports.push(report_of(&part));
        let context = Arc::new(Context {
            name: part.name.clone(),
            mapper: Arc::clone(&part.mapper),
            header: Arc::clone(&part.header),
            places: Arc::clone(&part.places),
        });
        let mut failed = None;
        let ended = part.read(&mut |chunk| {
            self.progress.read(before + tally.bytes.load(std::sync::atomic::Ordering::Relaxed));
            let job = Job { part: number, context: Arc::clone(&context), chunk };
            match take(job) {
                Ok(more) => more,
                Err(error) => {
                    failed = Some(error);
                    false
                }
            }
        });
        if let Err(fault) = ended {
            let faults = vec![(0, fault)];
            let chunk = Chunk::Fields(Fields { faults, ..Fields::default() });
            take(Job { part: number, context, chunk })?;
        }
        failed.map_or(Ok(()), Err)
    }
}

fn report_of(part: &Part) -> PartReport {
    PartReport {
        name: part.name.clone(),
        file: InputFile { name: String::new(), sha256: String::new(), bytes: 0 },
        format: part.format.id(),
        title: part.format.title(),
        container: part.shape.describe(),
        reason: part.recognition.reason.clone(),
        header: part.header.to_vec(),
        records: 0,
        kept: 0,
        set_aside: BTreeMap::new(),
        aside: Vec::new(),
        notes: BTreeMap::new(),
    }
}
