//! Which kind of data a column holds: what its values, its name and its cardinality say, weighed.
//!
//! Each witness says why. Values alone decide where they carry a check; a name never does alone.
//! Where two kinds are close, the answer is both.

mod codes;
mod dates;
mod numbers;
mod places;
mod table;
mod view;
mod words;

pub(super) use self::table::judge;
pub(super) use self::view::{View, tidy};

use super::words::header;
use crate::Kind;

/// What is added where the name of the column says the same as its values.
const NAME: f64 = 0.35;

/// A name is not believed where the values give the kind less than this.
const COMPATIBLE: f64 = 0.15;

/// Below this, no kind is believed.
const LEAST: f64 = 0.4;

/// A kind that wins by less is not sure.
const MARGIN: f64 = 0.12;

/// A kind that a column may hold.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) score: f64,
    pub(super) reasons: Vec<String>,
    /// The share of values that fit it.
    pub(super) share: f64,
}

/// All kinds that a column may hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates(Vec<Candidate>);

impl Candidates {
    /// A kind with its score and a reason; of several scores for one kind the greatest holds.
    fn put(&mut self, kind: Kind, score: f64, share: f64, reason: String) {
        match self.0.iter_mut().find(|known| known.kind == kind) {
            Some(known) => {
                if score > known.score {
                    (known.score, known.share) = (score, share);
                    known.reasons.insert(0, reason);
                } else {
                    known.reasons.push(reason);
                }
            }
            None => self.0.push(Candidate { kind, score, reasons: vec![reason], share }),
        }
    }

    /// Adds to the score of a kind, if it is a candidate at all.
    fn add(&mut self, kind: Kind, score: f64, reason: &str) {
        if let Some(known) = self.0.iter_mut().find(|known| known.kind == kind) {
            known.score += score;
            known.reasons.push(reason.to_owned());
        }
    }

    fn score(&self, kind: Kind) -> f64 {
        self.0.iter().find(|known| known.kind == kind).map_or(0.0, |known| known.score)
    }

    /// The kinds by score; kinds with equal scores in the order of their declaration.
    fn ranked(mut self) -> Vec<Candidate> {
        self.0.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.kind.cmp(&b.kind)));
        self.0
    }
}

/// What is held of a column in the end.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) kind: Kind,
    pub(super) other: Option<Kind>,
    pub(super) share: f64,
    pub(super) reasons: Vec<String>,
}

/// What the values of a column say, by themselves.
fn of_values(view: &View<'_>) -> Candidates {
    let mut candidates = Candidates::default();
    candidates.put(Kind::Other, 0.3, 1.0, "no kind of personal data fits its values".to_owned());
    codes::say(view, &mut candidates);
    dates::say(view, &mut candidates);
    numbers::say(view, &mut candidates);
    places::say(view, &mut candidates);
    words::say(view, &mut candidates);
    candidates
}

/// Lets the name of the column speak.
fn of_name(view: &View<'_>, candidates: &mut Candidates) -> Option<String> {
    let (kind, word) = header::meaning(view.name)?;
    let reason = format!("the column is called by a word for it, \"{word}\"");
    let mut fits = false;
    for (said, weight) in [(kind, NAME)].into_iter().chain(also(kind)) {
        if candidates.score(said) >= COMPATIBLE {
            candidates.add(said, weight, &reason);
            fits = true;
        }
    }
    (!fits).then(|| {
        format!(
            "its name has the word \"{word}\", which stands for {}, but its values are none",
            kind.word()
        )
    })
}

/// Kinds for which the same names are used, more loosely.
fn also(kind: Kind) -> Vec<(Kind, f64)> {
    match kind {
        Kind::PostalAddress => vec![(Kind::Street, 0.2)],
        Kind::FamilyName => vec![(Kind::FullName, 0.15)],
        Kind::FullName => vec![(Kind::FamilyName, 0.05), (Kind::UserName, 0.1)],
        Kind::UserName => vec![(Kind::Email, 0.05)],
        Kind::Time => vec![(Kind::BirthDate, 0.05)],
        _ => Vec::new(),
    }
}

/// The verdict from the scores.
fn verdict(candidates: Candidates, contradiction: Option<String>) -> Verdict {
    let mut ranked = candidates.ranked().into_iter();
    let best = ranked.next();
    let second = ranked.next();
    let Some(mut best) = best else {
        return Verdict { kind: Kind::Other, other: None, share: 0.0, reasons: Vec::new() };
    };
    let close = second.filter(|second| {
        best.kind != Kind::Other
            && second.kind != Kind::Other
            && (best.score - second.score < MARGIN || best.score < LEAST)
    });
    if let Some(second) = &close {
        let reason = second.reasons.first().map_or("", String::as_str);
        best.reasons.push(format!("it may also be {}: {reason}", second.kind.word()));
    }
    best.reasons.extend(contradiction);
    best.reasons.dedup();
    Verdict {
        kind: best.kind,
        other: close.map(|second| second.kind),
        share: best.share,
        reasons: best.reasons,
    }
}
