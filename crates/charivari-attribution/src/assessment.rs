//! The assessment: what may be said in public, and all that has to be said with it.
//!
//! The likelihood and the confidence never stand in one sentence (ICD 203, section D.6.e.(2)): the one says how
//! probable the answer is, the other how good the basis is. No person is named.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charivari_model::case;
use charivari_model::{Confidence, Likelihood};
use serde::Serialize;

use crate::confidence::{Basis, confidence};
use crate::error::Result;
use crate::evidence::EVIDENCE;
use crate::hypothesis::Kind;
use crate::matrix::Matrix;
use crate::observation::{Observations, What};
use crate::sensitivity::{Left, Omission, Sensitivity, sensitivity};
use crate::weigh::{Answer, Weighing, World, weigh};

/// How many rivals are named.
const RIVALS: usize = 5;

/// Everything that is found out about a case: what is weighed, what it hangs on, what may be said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// All answers with their probabilities, and what speaks for each.
    pub weighing: Weighing,
    /// Observations by answers.
    pub matrix: Matrix,
    /// What the answer hangs on.
    pub sensitivity: Sensitivity,
    /// How good the basis is.
    pub basis: Basis,
    /// What may be said.
    pub text: Text,
}

/// An assessment in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// How probable the first answer is.
    pub likelihood: String,
    /// How good the basis is; never in one sentence with how probable the answer is.
    pub confidence: String,
    /// Why it is no better and no worse.
    pub basis: Vec<String>,
    /// The other answers.
    pub rivals: Vec<String>,
    /// Why techniques alone do not suffice, what could not be compared, who could not be known.
    pub limits: Vec<String>,
    /// What the parties say to it.
    pub replies: Vec<String>,
    /// What would change the answer.
    pub would_change: Vec<String>,
    /// What to look for next.
    pub look_for: Vec<String>,
    /// How the same could have come about otherwise.
    pub innocent: Vec<String>,
    /// What a match is, and what it is not.
    pub notice: String,
}

const NOTICE: &str = "A match is no proof: it says that what was seen resembles what documents tell, and \
     documents can be wrong, copied from each other, or acted upon by an imitator. Whoever wrote the packs may \
     have known how known cases ended, so that a match with them is weaker than it looks. The ratios of answers \
     that name no actor are elicited judgements.";

/// Weighs a case, tries what it hangs on, judges the basis, and writes it down.
///
/// # Errors
/// As [`weigh`](crate::weigh()).
pub fn analyse(world: &World<'_>, case: &Observations) -> Result<Analysis> {
    let weighing = weigh(world, case)?;
    let matrix = Matrix::of(world, &weighing)?;
    let sensitivity = sensitivity(world, case)?;
    let basis = confidence(world, case, &weighing, &sensitivity);
    let text = text(case, &weighing, &sensitivity, &basis);
    Ok(Analysis { weighing, matrix, sensitivity, basis, text })
}

/// A probability with its word and its number; never quite 0 or 100, which the words do not know.
fn worded(probability: f64) -> String {
    let percent = (probability * 100.0).round().clamp(1.0, 99.0);
    let word = Likelihood::of(probability).map_or("", Likelihood::word);
    format!("{word} ({percent:.0} %)")
}

/// The answer as the end of "it is … that this is".
fn said(answer: &Answer) -> String {
    if answer.kind == Some(Kind::Unrelated) {
        return answer.title.clone();
    }
    format!("the work of {}", answer.title)
}

fn sentence(answer: &Answer) -> String {
    let what = said(answer);
    match answer.likelihood {
        Likelihood::AlmostNoChance | Likelihood::RoughlyEvenChance => {
            format!("There is {} that this is {what}.", article(answer))
        }
        _ => format!("It is {} that this is {what}.", worded(answer.probability)),
    }
}

/// "a roughly even chance (50 %)", "almost no chance (3 %)".
fn article(answer: &Answer) -> String {
    let text = worded(answer.probability);
    if answer.likelihood == Likelihood::RoughlyEvenChance { format!("a {text}") } else { text }
}

fn text(
    case: &Observations,
    weighing: &Weighing,
    sensitivity: &Sensitivity,
    basis: &Basis,
) -> Text {
    let Some(leader) = weighing.leader() else { return Text::default() };
    Text {
        likelihood: sentence(leader),
        confidence: confidence_sentence(basis),
        basis: basis.conditions.iter().map(|it| it.text.clone()).collect(),
        rivals: rivals(weighing),
        limits: limits(case, weighing),
        replies: replies(case),
        would_change: would_change(weighing, sensitivity),
        look_for: look_for(weighing, sensitivity),
        innocent: innocent(weighing),
        notice: NOTICE.to_owned(),
    }
}

fn confidence_sentence(basis: &Basis) -> String {
    let missing = basis.conditions.iter().filter(|it| !it.holds).count();
    let why = match basis.confidence {
        Confidence::Low => "scant, fragmentary, or dependent on too little",
        Confidence::Moderate => {
            "credible and of several kinds, but nothing in it is beyond copying"
        }
        Confidence::High => "of several independent kinds, and part of it cannot be copied",
    };
    format!(
        "Confidence in this judgement is {}: its basis is {why} ({missing} of {} conditions are not met).",
        basis.confidence,
        basis.conditions.len()
    )
}

fn rivals(weighing: &Weighing) -> Vec<String> {
    let rivals = weighing.answers.iter().skip(1);
    let mut told: Vec<String> = rivals.clone().take(RIVALS).map(sentence).collect();
    let others: f64 = rivals.skip(RIVALS).map(|it| it.probability).sum();
    told.push(format!("All other answers together have {:.0} %.", others * 100.0));
    let countries = weighing.countries.iter().take(3).map(|it| {
        let name = match it.country.as_str() {
            "unknown" => "actors whom nobody described or placed",
            "none" => "answers that need no state",
            code => code,
        };
        format!("{name} {:.0} %", it.probability * 100.0)
    });
    told.push(format!(
        "By country, apart from actors: {}.",
        countries.collect::<Vec<_>>().join(", ")
    ));
    told
}

fn limits(case: &Observations, weighing: &Weighing) -> Vec<String> {
    let mut told = vec![
        "Techniques alone name nobody: on reports set aside, the ranking names the right actor in half of the \
         cases, and hardly tells whether the actor is known at all."
            .to_owned(),
    ];
    if let Some(day) = weighing.as_of {
        told.push(format!("Only what was public by {day} is known here."));
    }
    if !weighing.not_compared.is_empty() {
        let count = weighing.not_compared.len();
        told.push(format!(
            "{count} observations could not be compared, since nothing is known of them: {}.",
            weighing.not_compared.join(", ")
        ));
    }
    let kinds: BTreeSet<&str> =
        weighing.rows.iter().map(|it| EVIDENCE[crate::evidence::kind_of(&it.what)].id()).collect();
    let missing: Vec<&str> =
        EVIDENCE.iter().filter(|it| !kinds.contains(it.id())).map(|it| it.title()).collect();
    if !missing.is_empty() {
        told.push(format!("Nothing was observed of: {}.", missing.join("; ")));
    }
    let inferred: Vec<String> =
        weighing.rows.iter().filter(|it| it.inferred).map(|it| it.what.to_string()).collect();
    if !inferred.is_empty() {
        told.push(format!(
            "Inferred and not observed, counted a tenth and never for the lead: {}.",
            inferred.join(", ")
        ));
    }
    let ungraded = case.observations.iter().filter(|it| it.grade.is_none()).count();
    if ungraded > 0 {
        told.push(format!("{ungraded} observations are not graded."));
    }
    told
}

fn replies(case: &Observations) -> Vec<String> {
    if case.denials.is_empty() {
        return vec![
            "No reply of a party is recorded; every party that is named is asked.".to_owned(),
        ];
    }
    let one = |it: &crate::observation::Denial| {
        let date = it.date.map_or_else(String::new, |day| format!(", {day}"));
        format!("{}: {} ({}{date})", it.who, it.text, it.source)
    };
    case.denials.iter().map(one).collect()
}

fn name<'a>(weighing: &'a Weighing, id: &'a str) -> &'a str {
    weighing.answers.iter().find(|it| it.id == id).map_or(id, |it| it.title.as_str())
}

fn would_change(weighing: &Weighing, sensitivity: &Sensitivity) -> Vec<String> {
    let mut told = Vec::new();
    for it in sensitivity.omissions.iter().filter(|it| it.changes_leader).take(5) {
        told.push(format!(
            "Without {}, {} would lead with {:.0} %.",
            named(weighing, it),
            name(weighing, &it.leader),
            it.leader_probability * 100.0
        ));
    }
    if told.is_empty() {
        told.push("Nothing that was left out once changes who leads.".to_owned());
    }
    for it in sensitivity.supposed.iter().filter(|it| it.changes_leader).take(5) {
        told.push(format!(
            "If {} were found, {} would lead with {:.0} %.",
            it.what,
            name(weighing, &it.leader),
            it.leader_probability * 100.0
        ));
    }
    told
}

/// What is left out, in words.
fn named(weighing: &Weighing, it: &Omission) -> String {
    // A number of the analyst's list says nothing to who does not have the list.
    let row = weighing.rows.iter().find(|row| row.observations.contains(&it.name));
    if let (Left::Observation, Some(row)) = (it.left, row) {
        return format!("the observation of {}", row.what);
    }
    let kind = match it.left {
        Left::Observation => "the observation",
        Left::Source => "the source",
        Left::Document => "the document",
        Left::Publisher => "the publisher",
        Left::Packs | Left::Inferred => return it.name.clone(),
    };
    format!("{kind} \"{}\"", it.name)
}

fn look_for(weighing: &Weighing, sensitivity: &Sensitivity) -> Vec<String> {
    let of = |what: &What| sensitivity.supposed.iter().find(|it| it.what == *what);
    let told = sensitivity.look_for.iter().filter_map(of).map(|it| {
        let way = if it.change >= 0.0 { "gain" } else { "lose" };
        format!(
            "{}: if it were found, {} would {way} {:.0} points, and {:.0} % of the whole would move.",
            it.what,
            name(weighing, &sensitivity.leader),
            it.change.abs() * 100.0,
            it.moves * 100.0
        )
    });
    told.collect()
}

/// What could have made the same, for the kinds of evidence that speak for the first answer.
fn innocent(weighing: &Weighing) -> Vec<String> {
    let Some(leader) = weighing.leader() else { return Vec::new() };
    let speaking: BTreeSet<&str> = weighing
        .arguments
        .iter()
        .filter(|it| it.answer == leader.id && it.nats * it.weight > 0.0)
        .map(|it| it.kind)
        .collect();
    EVIDENCE
        .iter()
        .filter(|it| speaking.contains(it.id()))
        .map(|it| format!("{}: {}.", it.title(), it.innocent().join("; ")))
        .collect()
}

impl Text {
    /// The assessment as plain text, a sentence a line.
    #[must_use]
    pub fn plain(&self, title: &str) -> String {
        let mut out = format!("{title}\n\n{}\n{}\n", self.likelihood, self.confidence);
        for (head, lines) in [
            ("Basis", &self.basis),
            ("Rivals", &self.rivals),
            ("Limits", &self.limits),
            ("Replies", &self.replies),
            ("What would change it", &self.would_change),
            ("What to look for next", &self.look_for),
            ("Innocent explanations", &self.innocent),
        ] {
            let _ = write!(out, "\n{head}\n");
            for line in lines {
                let _ = writeln!(out, "- {line}");
            }
        }
        let _ = write!(out, "\n{}\n", self.notice);
        out
    }
}

impl Analysis {
    /// The assessment as a record of a case: the first actors, and all answers that name none.
    ///
    /// `run` is the run that computed it, `next` the first free number of a hypothesis. Evidence is
    /// linked where observations name records such as `E3`; what they name otherwise is left out.
    #[must_use]
    pub fn record(&self, case: &Observations, run: case::Ref, next: u64) -> case::Assessment {
        let actors = self.weighing.answers.iter().filter(|it| it.kind.is_none()).take(RIVALS);
        let others = self.weighing.answers.iter().filter(|it| it.kind.is_some());
        let mut chosen: Vec<&Answer> = actors.chain(others).collect();
        chosen.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let one = |(at, it): (usize, &&Answer)| case::Hypothesis {
            id: case::Ref::new(case::Kind::Hypothesis, next + at as u64),
            title: said(it),
            likelihood: it.likelihood,
            probability: it.probability,
            supports: self.records(case, &it.id, |nats| nats > 0.0),
            contradicts: self.records(case, &it.id, |nats| nats < 0.0),
        };
        case::Assessment {
            hypotheses: chosen.iter().enumerate().map(one).collect(),
            confidence: self.basis.confidence,
            basis: self.text.basis.join(" "),
            would_change: self.text.would_change.clone(),
            passages: crate::record::passages(&self.text),
            weighed: crate::record::weighed(&self.matrix, case, &chosen),
            run,
        }
    }

    /// The records that observations of one answer's arguments name, each once and in order.
    fn records(
        &self,
        case: &Observations,
        answer: &str,
        way: impl Fn(f64) -> bool,
    ) -> Vec<case::Ref> {
        let speaking =
            self.weighing.arguments.iter().filter(|it| it.answer == answer && way(it.nats));
        let ids: BTreeSet<&str> =
            speaking.flat_map(|it| it.observations.iter().map(String::as_str)).collect();
        let named = case.observations.iter().filter(|it| ids.contains(it.id.as_str()));
        let found: BTreeSet<case::Ref> =
            named.flat_map(|it| &it.evidence).filter_map(|it| it.parse().ok()).collect();
        found.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probability_makes_a_sentence_with_its_word_and_its_number() {
        for (probability, expected) in [
            (0.001, "There is almost no chance (1 %) that this is the work of X."),
            (0.5, "There is a roughly even chance (50 %) that this is the work of X."),
            (0.6, "It is likely (60 %) that this is the work of X."),
            (0.999, "It is almost certain (99 %) that this is the work of X."),
        ] {
            let answer = Answer {
                id: "x".to_owned(),
                title: "X".to_owned(),
                kind: None,
                countries: Vec::new(),
                prior: 0.1,
                probability,
                without_inferred: probability,
                likelihood: Likelihood::of(probability).unwrap(),
            };
            assert_eq!(sentence(&answer), expected);
        }
    }
}
