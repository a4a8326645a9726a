//! `charivari coordinate`: read, analyse, write.

mod case;
mod compat;
mod graphs;
mod meaning;
mod report;
mod signs;
mod summary;
mod tables;

use std::time::{Duration, Instant};

use charivari_case::{Recorded, Stamp};
use charivari_coordination::behaviours::{BEHAVIOURS, by_name};
use charivari_coordination::detectors::Signs;
use charivari_coordination::extract::{self, Touches};
use charivari_coordination::groups::Group;
use charivari_coordination::significance::Power;
use charivari_coordination::{Network, Parameters, Store, Testing, analyse, groups};
use charivari_ingest::{Batch, Input, Options, PartReport};
use charivari_model::Provenance;

use super::reading;
use crate::cli::{Analysis, Coordinate, Kind, WindowChoice};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::term;

/// The seed of the groups that are planted to measure what could have been found.
const POWER_SEED: u64 = 20_230_104;

/// All that a run knows once it has read and analysed.
pub(crate) struct Run<'a> {
    pub(crate) args: &'a Coordinate,
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: Options,
    pub(crate) threads: usize,
    pub(crate) parameters: Parameters,
    pub(crate) provenance: Provenance,
    pub(crate) parts: Vec<PartReport>,
    /// The number of the first part of the background; as many as there are parts without one.
    pub(crate) background_from: usize,
    pub(crate) store: Store,
    pub(crate) network: Network,
    pub(crate) groups: Vec<Group>,
    /// What this run could have found; empty where it was not measured.
    pub(crate) power: Power,
    /// What detectors saw; empty where they were not asked.
    pub(crate) signs: Signs,
    /// What a text model joined, where one was named.
    pub(crate) meanings: Option<meaning::Meanings>,
    /// Set where the data was invented: the sentence that says so.
    pub(crate) synthetic: Option<String>,
    /// Who runs it, and when, where that is given; else it is asked for when a case is written.
    pub(crate) stamp: Option<Stamp>,
    pub(crate) timings: Vec<(&'static str, Duration)>,
}

pub(crate) fn run(args: &Coordinate, threads: usize) -> Result<()> {
    if args.compat.peer.is_some() {
        return compat::run(args, threads);
    }
    let run = analyse_inputs(args, reading::inputs(&args.inputs), threads, None)?;
    write(run)
}

/// Reads and analyses; nothing is written yet, so that a refused input leaves no output behind.
pub(crate) fn analyse_inputs(
    args: &Coordinate,
    inputs: Vec<Input>,
    threads: usize,
    synthetic: Option<String>,
) -> Result<Run<'_>> {
    let parameters = parameters(&args.analysis)?;
    let mut options = reading::options(&args.reading)?;
    let wants_signs = !args.analysis.no_signs && !args.analysis.no_significance;
    options.wanted = Some(parameters.columns().into_iter().collect());
    if wants_signs && let Some(wanted) = &mut options.wanted {
        wanted.extend(signs::COLUMNS);
    }
    let clock = Instant::now();
    let model = args.analysis.text_model.as_deref().map(meaning::read).transpose()?;
    let Gathered { mut store, profiles, habits, parts, background_from } =
        gather(&inputs, &options, &parameters, args, threads)?;
    let meanings = model.map(|model| meaning::settle(&mut store, &model, &parameters));
    let meanings = meanings.transpose()?;
    let read = clock.elapsed();
    refuse_nothing(&parts)?;
    let clock = Instant::now();
    let step = Bar::step("finding who acts together");
    let network = analyse(&store, &parameters)?;
    let groups = groups::describe(&network);
    step.finish_and_clear();
    let analysed = clock.elapsed();
    let clock = Instant::now();
    let step = Bar::step("looking for signs");
    let signs = if wants_signs {
        signs::look(&store, &network, (&profiles, &habits), parameters.significance_level)
    } else {
        Signs::default()
    };
    step.finish_and_clear();
    let looked = clock.elapsed();
    let clock = Instant::now();
    let step = Bar::step("measuring what could have been found");
    let wants_power = !args.analysis.no_power && !args.analysis.no_significance;
    let power = if wants_power { network.power(POWER_SEED) } else { Power::default() };
    step.finish_and_clear();
    let provenance = summary::provenance(args, &parameters, &options, &parts, meanings.as_ref());
    Ok(Run {
        args,
        inputs,
        options,
        threads,
        parameters,
        provenance,
        parts,
        background_from,
        store,
        network,
        groups,
        power,
        signs,
        meanings,
        synthetic,
        stamp: None,
        timings: vec![
            ("read", read),
            ("analyse", analysed),
            ("signs", looked),
            ("power", clock.elapsed()),
        ],
    })
}

/// Writes what was asked for, and says what was found.
pub(crate) fn write(mut run: Run<'_>) -> Result<()> {
    let written = write_files(&mut run)?;
    let summary = summary::Summary::of(&run);
    summary.warn();
    if run.args.json {
        let text = serde_json::to_string_pretty(&summary).map_err(Failure::fault)?;
        return term::line(&text);
    }
    let mut text = summary.text(&written.folder, run.wants(Kind::Report));
    if let Some(recorded) = &written.recorded {
        text.push_str(&case::said(recorded));
    }
    term::line(&text)
}

/// Where a run was written to.
pub(crate) struct Written {
    pub(crate) folder: Folder,
    /// What it became in a case, if it went into one.
    pub(crate) recorded: Option<Recorded>,
}

/// Writes what was asked for.
pub(crate) fn write_files(run: &mut Run<'_>) -> Result<Written> {
    let into = case::Into::open(run)?;
    let folder = Folder::open(&run.args.output)?;
    let (graphs, report) = (run.wants(Kind::Graphs), run.wants(Kind::Report));
    if run.wants(Kind::Tables) {
        timed(run, "tables", |run| tables::write(run, &folder))?;
    }
    let mut told = None;
    if graphs || report || into.is_some() {
        let step = Bar::step("drawing the network");
        let drawing = timed(run, "layout", graphs::Drawing::of)?;
        if graphs {
            timed(run, "graphs", |run| graphs::write(run, &drawing, &folder))?;
        }
        if report || into.is_some() {
            let parts = into.as_ref().map(|into| into.parts.as_slice());
            told = Some(timed(run, "report", |run| report::tell(run, &drawing, parts))?);
        }
        step.finish_and_clear();
    }
    if let Some(told) = told.as_ref().filter(|_| report) {
        report::write(told, &folder)?;
    }
    let summary = summary::Summary::of(run);
    folder.write("summary.json", |out| summary::json(out, &summary))?;
    let recorded = match into.zip(told) {
        Some((into, told)) => Some(into.record(run, told, &folder)?),
        None => None,
    };
    folder.write("run.json", |out| summary::json(out, &summary::Timings::of(run)))?;
    Ok(Written { folder, recorded })
}

impl Run<'_> {
    /// Whether a kind of output was asked for.
    fn wants(&self, kind: Kind) -> bool {
        self.args.only.is_empty() || self.args.only.contains(&kind)
    }
}

fn timed<T>(
    run: &mut Run<'_>,
    name: &'static str,
    step: impl FnOnce(&Run<'_>) -> Result<T>,
) -> Result<T> {
    let clock = Instant::now();
    let done = step(run)?;
    run.timings.push((name, clock.elapsed()));
    Ok(done)
}

/// The parameters that the analyst gave.
fn parameters(args: &Analysis) -> Result<Parameters> {
    let mut parameters = Parameters {
        window: args.window.plain(),
        testing: match args.window {
            _ if args.no_significance => Testing::Off,
            WindowChoice::Learnt => Testing::Learnt,
            WindowChoice::Named(_) => Testing::Window,
        },
        significance_level: args.q,
        min_weight: args.min_weight,
        min_activity: args.min_activity,
        include_reposts: args.include_reposts,
        min_text: args.min_text,
        min_sequence: args.min_sequence,
        same_meaning: args.same_meaning,
        max_acts_per_object: args.max_acts,
        ..Parameters::default()
    };
    parameters.max_acts = parameters.max_acts.max(args.max_acts);
    if args.no_significance {
        // The plain network is there for its speed, and near-copies are what takes longest.
        parameters.behaviours.retain(|place| BEHAVIOURS[*place].name() != "near-text");
    }
    if args.by.iter().any(|name| name == "all") {
        parameters.behaviours = (0..BEHAVIOURS.len()).collect();
        parameters.behaviours.retain(|place| BEHAVIOURS[*place].name() != "meaning");
    } else if !args.by.is_empty() {
        parameters.behaviours =
            args.by.iter().map(|name| behaviour(name)).collect::<Result<_>>()?;
    }
    let meaning = behaviour("meaning")?;
    if args.text_model.is_some() {
        parameters.behaviours.push(meaning);
    } else if parameters.behaviours.contains(&meaning) {
        return Err(meaning::missing());
    }
    parameters.behaviours.sort_unstable();
    parameters.behaviours.dedup();
    Ok(parameters)
}

fn behaviour(name: &str) -> Result<usize> {
    let known =
        || BEHAVIOURS.iter().map(|behaviour| behaviour.name()).collect::<Vec<_>>().join(", ");
    by_name(name).map(|(place, _)| place).ok_or_else(|| {
        charivari_coordination::Error::UnknownBehaviour { met: name.to_owned(), known: known() }
            .into()
    })
}

/// What was read.
struct Gathered {
    store: Store,
    profiles: signs::Known,
    habits: signs::Habits,
    parts: Vec<PartReport>,
    background_from: usize,
}

/// Reads all inputs into one store.
fn gather(
    inputs: &[Input],
    options: &Options,
    parameters: &Parameters,
    args: &Coordinate,
    threads: usize,
) -> Result<Gathered> {
    let mut gathered = Gathered {
        store: Store::default(),
        profiles: signs::Known::new(),
        habits: signs::Habits::default(),
        parts: Vec::new(),
        background_from: 0,
    };
    let unnamed = unnamed(args, parameters);
    gathered.parts = add(inputs, options, parameters, unnamed, threads, &mut gathered)?;
    gathered.background_from = gathered.parts.len();
    if !args.background.is_empty() {
        gathered.store.begin_background();
        let background = reading::inputs(&args.background);
        let parts = add(&background, options, parameters, unnamed, threads, &mut gathered)?;
        gathered.parts.extend(parts);
    }
    let step = Bar::step("looking for near-copies");
    gathered.store.settle_near_texts()?;
    step.finish_and_clear();
    Ok(gathered)
}

/// The behaviour of traces that do not name theirs: the one that was asked for, if it is one.
fn unnamed(args: &Coordinate, parameters: &Parameters) -> Option<usize> {
    (args.analysis.by.len() == 1).then(|| parameters.behaviours.first().copied()).flatten()
}

/// What one batch holds.
struct Extracted {
    touches: Vec<Touches>,
    profiles: Vec<(String, signs::Profile)>,
    habits: signs::Habits,
}

fn add(
    inputs: &[Input],
    options: &Options,
    parameters: &Parameters,
    unnamed: Option<usize>,
    threads: usize,
    gathered: &mut Gathered,
) -> Result<Vec<PartReport>> {
    type Tried = std::result::Result<Extracted, charivari_coordination::Error>;
    let extract = |batch: Batch| -> Tried {
        let posts = batch.posts.iter().map(|posts| extract::of_posts(posts, parameters));
        let traces = batch.traces.iter().map(|traces| extract::of_traces(traces, unnamed));
        let touches = posts.chain(traces).collect::<std::result::Result<_, _>>()?;
        let mut habits = signs::Habits::default();
        batch.posts.iter().for_each(|posts| habits.learn(signs::Habits::of(posts)));
        Ok(Extracted {
            touches,
            habits,
            profiles: batch.accounts.iter().flat_map(signs::profiles).collect(),
        })
    };
    let mut failed = None;
    let bar = Bar::over(inputs);
    let Gathered { store, profiles, habits, .. } = gathered;
    let parts = charivari_ingest::read(inputs, options, threads, &bar, extract, |extracted| {
        let added = extracted.and_then(|found: Extracted| {
            signs::learn(profiles, found.profiles);
            habits.learn(found.habits);
            found.touches.iter().try_for_each(|touches| store.add(touches))
        });
        failed = failed.take().or(added.err());
    });
    bar.finish();
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(parts?),
    }
}

/// A run without a single usable row is no result.
fn refuse_nothing(parts: &[PartReport]) -> Result<()> {
    if parts.iter().any(|part| part.kept > 0) {
        return Ok(());
    }
    let mut reasons = Vec::new();
    for part in parts {
        for (code, count) in &part.set_aside {
            reasons.push(format!(
                "{}: {}, {code} ({}); {}",
                part.name,
                crate::commands::notes::counted(*count, "row"),
                code.title(),
                code.remedy()
            ));
        }
    }
    Err(Failure::nothing(format!("E0405: no usable row in the inputs. {}", reasons.join(". "))))
}
