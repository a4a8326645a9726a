//! `charivari case new`, `claim`, `event`, `note`, `actor`, `link`, `decide`, `rates`.

use std::fmt::Write as _;
use std::fs::File;

use charivari_case::{Case, NewActor, NewCase, NewClaim, NewEvent, NewNote, quantities};
use charivari_model::When;
use charivari_model::case::{Alias, Ref, Relation, Ruling};

use super::{directory, stamp};
use crate::cli::case::{self, At};
use crate::commands::notes::counted;
use crate::failure::{Failure, Result};
use crate::term;

pub(super) fn new(args: &case::New) -> Result<()> {
    let new = NewCase {
        title: args.title.clone(),
        question: args.question.clone(),
        tlp: args.tlp,
        ..NewCase::default()
    };
    Case::create(&args.dir, new, &stamp(args.by.as_deref())?)?;
    term::line(&format!(
        "A case was opened in {} ({}).\nGo on with  charivari case add --case {0} FILE --source …",
        args.dir.display(),
        args.tlp
    ))
}

/// Opens the case that a command names.
fn open(at: &At) -> Result<Case> {
    super::open(&directory(&at.place))
}

pub(super) fn claim(args: &case::Claim) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&args.at)?;
    let claim = NewClaim {
        who: args.who.clone(),
        when: args.when.clone(),
        place: args.place.clone(),
        verbatim: args.verbatim.clone(),
        gist: args.gist.clone(),
        about: args.about.clone(),
        repeats: args.repeats,
        grade: args.grade,
        tlp: args.tlp.unwrap_or(case.tlp()),
    };
    // As the case reads them: from the words, and from the sense where the words have none.
    let words = if quantities(&claim.verbatim).is_empty() { &claim.gist } else { &claim.verbatim };
    let numbers = quantities(words);
    let id = case.claim(claim, &stamp)?;
    let mut text = format!("{id}  {}: {}", args.who, args.gist);
    for quantity in &numbers {
        // Writing to a string does not fail.
        let _ = write!(text, "\n    \"{}\" was read as {}", quantity.words, told(quantity));
    }
    if let Some(denied) = args.denies {
        case.link(id, Relation::Denies, denied, &args.gist, &stamp)?;
        let _ = write!(text, "\n    it denies {denied}");
    }
    term::line(&text)
}

/// A quantity as it was understood.
fn told(quantity: &charivari_model::case::Quantity) -> String {
    let unit = &quantity.unit;
    match quantity.most {
        None => format!("{} {unit} or more", quantity.least),
        Some(most) if most > quantity.least => format!("{} to {most} {unit}", quantity.least),
        Some(_) => format!("{} {unit}", quantity.value),
    }
}

pub(super) fn event(args: &case::Event) -> Result<()> {
    let mut case = open(&args.at)?;
    let event = NewEvent {
        when: args.when.clone(),
        title: args.title.clone(),
        text: args.text.clone(),
        source: args.source.clone(),
        tlp: args.tlp.unwrap_or(case.tlp()),
    };
    let id = case.event(event, &stamp(args.at.by.as_deref())?)?;
    term::line(&format!("{id}  {}  {}", args.when, args.title))
}

pub(super) fn note(args: &case::Note) -> Result<()> {
    let mut case = open(&args.at)?;
    let tlp = args.tlp.unwrap_or(case.tlp());
    let note = NewNote { about: args.about, text: args.text.clone(), tlp };
    let id = case.note(note, &stamp(args.at.by.as_deref())?)?;
    term::line(&format!("{id}  written"))
}

pub(super) fn actor(args: &case::Actor) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&args.at)?;
    if let Some(actor) = args.reply_of {
        case.reply(actor, &args.name, &stamp)?;
        return term::line(&format!("{actor}  its reply was recorded"));
    }
    let aliases = args.alias.iter().map(|text| alias(text)).collect::<Result<_>>()?;
    let actor = NewActor {
        name: args.name.clone(),
        what: args.what.clone(),
        aliases,
        text: args.text.clone(),
        ground: args.ground.clone(),
        tlp: args.tlp.unwrap_or(case.tlp()),
    };
    let id = case.actor(actor, &stamp)?;
    term::line(&format!("{id}  {}", args.name))
}

/// `NAME=SOURCE@TIME`; every alias has a source, since names of actors are somebody's names.
fn alias(text: &str) -> Result<Alias> {
    let wrong = || {
        Failure::usage(format!(
            "E0431: --alias {text}: NAME=SOURCE@TIME is expected, such as \
             \"NEPTUNIUM=Microsoft@2023-02-03\"; the time may be left out"
        ))
    };
    let (name, rest) = text.split_once('=').ok_or_else(wrong)?;
    let (source, since) = match rest.split_once('@') {
        Some((source, time)) => (source, Some(When::parse(time).map_err(|_| wrong())?)),
        None => (rest, None),
    };
    if name.trim().is_empty() || source.trim().is_empty() {
        return Err(wrong());
    }
    Ok(Alias { name: name.trim().to_owned(), source: source.trim().to_owned(), since })
}

pub(super) fn link(args: &case::Link) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    open(&args.at)?.link(args.from, args.relation, args.to, &args.reason, &stamp)?;
    term::line(&format!("{} {} {}", args.from, args.relation, args.to))
}

pub(super) fn decide(args: &case::Decide) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&args.at)?;
    let ruling = match args.ruling {
        case::Ruling::Accepted => Ruling::Accepted,
        case::Ruling::Rejected => Ruling::Rejected,
        case::Ruling::Open => Ruling::Open,
    };
    for finding in &args.findings {
        case.decide(*finding, ruling, &args.reason, &stamp)?;
    }
    let names: Vec<String> = args.findings.iter().map(Ref::to_string).collect();
    term::line(&format!("{}  {}", names.join(", "), ruling.word()))
}

pub(super) fn rates(args: &case::Rates) -> Result<()> {
    let stamp = stamp(args.at.by.as_deref())?;
    let mut case = open(&args.at)?;
    let file = File::open(&args.file).map_err(|error| {
        Failure::input(format!(
            "E0101: cannot read {}: {error}; check the path and its permissions",
            args.file.display()
        ))
    })?;
    let read = charivari_case::read_rates(file)?;
    for aside in &read.set_aside {
        term::warn(&format!(
            "{}: {} row {}: {}",
            aside.code,
            args.file.display(),
            aside.row,
            aside.reason
        ));
    }
    let count = read.rates.len() as u64;
    case.rates(&read.rates, &stamp)?;
    term::line(&format!("{} kept", counted(count, "rate")))
}
