//! Claims, events, notes, parties, links, decisions, rates and assessments.

use charivari_model::case::{
    Actor, Alias, Assessment, Claim, Event, Hypothesis, Kind, Link, Note, Passage, Rate, Ref,
    Relation, Ruling, Weighed,
};
use charivari_model::{Confidence, Grade, Likelihood, Tlp, When};
use serde_json::json;

use crate::run::finite;
use crate::{Case, Error, Result, Stamp, quantities};

/// A statement that is to be recorded.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// Who said it.
    pub who: String,
    /// When.
    pub when: When,
    /// Where: a publication, a forum, a press conference.
    pub place: String,
    /// The words as they were said; empty where only the sense is known.
    pub verbatim: String,
    /// What it says, in one line.
    pub gist: String,
    /// What it is about, such as `the data`.
    pub about: String,
    /// The claim that it only repeats.
    pub repeats: Option<Ref>,
    /// How far the speaker and the words can be trusted.
    pub grade: Grade,
    /// Who may see it.
    pub tlp: Tlp,
}

/// Something that happened and is to be recorded.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// When it happened.
    pub when: When,
    /// What happened, in one line.
    pub title: String,
    /// More about it.
    pub text: String,
    /// Who says so.
    pub source: String,
    /// Who may see it.
    pub tlp: Tlp,
}

/// A note that is to be kept.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// What it is about; `None` for the case as a whole.
    pub about: Option<Ref>,
    /// The note.
    pub text: String,
    /// Who may see it.
    pub tlp: Tlp,
}

/// A party that the case is to speak of.
#[derive(Clone, Debug, Default)]
pub struct NewActor {
    /// The name used here.
    pub name: String,
    /// What it is: `persona`, `threat-actor`, `organisation`, `publication`, `person`.
    pub what: String,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// What is known of it.
    pub text: String,
    /// On what public ground it is named.
    pub ground: String,
    /// Who may see it.
    pub tlp: Tlp,
}

/// A weighing of hypotheses that is to be recorded.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// The answers, unknown and unrelated included.
    pub hypotheses: Vec<NewHypothesis>,
    /// How good the basis of the weighing is.
    pub confidence: Confidence,
    /// Why it is no better and no worse.
    pub basis: String,
    /// What would change it.
    pub would_change: Vec<String>,
    /// What else has to be said with it.
    pub passages: Vec<Passage>,
    /// Each thing that was weighed beside each hypothesis, in the order of the hypotheses.
    pub weighed: Vec<Weighed>,
    /// The run that computed it.
    pub run: Ref,
}

/// One answer to "who?".
#[derive(Clone, Debug, Default)]
pub struct NewHypothesis {
    /// The answer, in one line.
    pub title: String,
    /// The probability, from 0 to 1; its word follows from it.
    pub probability: f64,
    /// What speaks for it.
    pub supports: Vec<Ref>,
    /// What speaks against it.
    pub contradicts: Vec<Ref>,
}

/// Refuses a field that says nothing.
fn said(field: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::invalid(field, "some words", text));
    }
    Ok(())
}

impl Case {
    /// Records what someone said, with the numbers in it.
    ///
    /// # Errors
    /// `E0611` where nobody or nothing is named, `E0610` where it repeats what is not there, and what
    /// keeps a case from being written.
    pub fn claim(&mut self, new: NewClaim, stamp: &Stamp) -> Result<Ref> {
        said("who made the claim", &new.who)?;
        said("what the claim says", &new.gist)?;
        let mut numbers = quantities(&new.verbatim);
        if numbers.is_empty() {
            numbers = quantities(&new.gist);
        }
        self.write("add a claim", stamp, |writer, _| {
            if let Some(original) = new.repeats {
                if original.kind != Kind::Claim {
                    let met = original.to_string();
                    return Err(Error::invalid("what it repeats", "a claim such as C1", &met));
                }
                writer.must_have(original)?;
            }
            let claim = Claim {
                id: writer.make(Kind::Claim)?,
                who: new.who,
                when: new.when,
                place: new.place,
                verbatim: new.verbatim,
                gist: new.gist,
                about: new.about,
                quantities: numbers,
                repeats: new.repeats,
                grade: new.grade,
                tlp: new.tlp,
                added: writer.stamp.now,
                added_by: writer.stamp.by.clone(),
            };
            writer.append("add claim", Some(claim.id), &claim)?;
            Ok(claim.id)
        })
    }

    /// Records something that happened.
    ///
    /// # Errors
    /// `E0611` where it has no title, and what keeps a case from being written.
    pub fn event(&mut self, new: NewEvent, stamp: &Stamp) -> Result<Ref> {
        said("the event's title", &new.title)?;
        self.write("add an event", stamp, |writer, _| {
            let event = Event {
                id: writer.make(Kind::Event)?,
                when: new.when,
                title: new.title,
                text: new.text,
                source: new.source,
                tlp: new.tlp,
                added: writer.stamp.now,
                added_by: writer.stamp.by.clone(),
            };
            writer.append("add event", Some(event.id), &event)?;
            Ok(event.id)
        })
    }

    /// Keeps a note.
    ///
    /// # Errors
    /// `E0611` where it is empty, `E0610` where it is about what is not there, and what keeps a case
    /// from being written.
    pub fn note(&mut self, new: NewNote, stamp: &Stamp) -> Result<Ref> {
        said("the note", &new.text)?;
        self.write("add a note", stamp, |writer, _| {
            if let Some(about) = new.about {
                writer.must_have(about)?;
            }
            let note = Note {
                id: writer.make(Kind::Note)?,
                about: new.about,
                text: new.text,
                tlp: new.tlp,
                added: writer.stamp.now,
                added_by: writer.stamp.by.clone(),
            };
            writer.append("add note", Some(note.id), &note)?;
            Ok(note.id)
        })
    }

    /// Names a party.
    ///
    /// # Errors
    /// `E0611` where it has no name or there is no public ground for naming it, and what keeps a case
    /// from being written.
    pub fn actor(&mut self, new: NewActor, stamp: &Stamp) -> Result<Ref> {
        said("the party's name", &new.name)?;
        said("the public ground for naming the party", &new.ground)?;
        self.write("add a party", stamp, |writer, _| {
            let actor = Actor {
                id: writer.make(Kind::Actor)?,
                name: new.name,
                what: new.what,
                aliases: new.aliases,
                text: new.text,
                ground: new.ground,
                reply: String::new(),
                tlp: new.tlp,
                added: writer.stamp.now,
                added_by: writer.stamp.by.clone(),
            };
            writer.append("add actor", Some(actor.id), &actor)?;
            Ok(actor.id)
        })
    }

    /// Records what a party replied; a later reply follows an earlier one.
    ///
    /// # Errors
    /// `E0610` where there is no such party, and what keeps a case from being written.
    pub fn reply(&mut self, actor: Ref, text: &str, stamp: &Stamp) -> Result<()> {
        of_kind(actor, Kind::Actor)?;
        self.write("record a reply", stamp, |writer, _| {
            writer.must_have(actor)?;
            writer.append("reply", Some(actor), &json!({ "actor": actor, "reply": text }))
        })
    }

    /// Links one record to another.
    ///
    /// # Errors
    /// `E0610` where one of them is not there, `E0611` where they are one, and what keeps a case from
    /// being written.
    pub fn link(
        &mut self,
        from: Ref,
        relation: Relation,
        to: Ref,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<()> {
        if from == to {
            return Err(Error::invalid("the link", "two records", &from.to_string()));
        }
        self.write("link records", stamp, |writer, _| {
            writer.must_have(from)?;
            writer.must_have(to)?;
            let (added, added_by) = (writer.stamp.now, writer.stamp.by.clone());
            let link = Link { from, relation, to, reason: reason.to_owned(), added, added_by };
            writer.append("link", Some(from), &link)
        })
    }

    /// Decides about a finding; the latest decision counts and the earlier ones stay.
    ///
    /// # Errors
    /// `E0610` where there is no such finding, `E0611` where an acceptance or rejection has no
    /// reason, and what keeps a case from being written.
    pub fn decide(
        &mut self,
        finding: Ref,
        ruling: Ruling,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<()> {
        of_kind(finding, Kind::Finding)?;
        if ruling != Ruling::Open {
            said("the reason of the decision", reason)?;
        }
        self.write("decide", stamp, |writer, _| {
            writer.must_have(finding)?;
            let content = json!({ "finding": finding, "ruling": ruling, "reason": reason });
            writer.append("decide", Some(finding), &content)
        })
    }

    /// Keeps rates that claims are compared with; a later price of the same day, units and source
    /// takes the place of an earlier one.
    ///
    /// # Errors
    /// `E0611` where a price is not a finite number above zero, and what keeps a case from being
    /// written.
    pub fn rates(&mut self, rates: &[Rate], stamp: &Stamp) -> Result<()> {
        for rate in rates {
            finite("a price", &[rate.price])?;
            if rate.price <= 0.0 {
                return Err(Error::invalid("a price", "more than 0", &rate.price.to_string()));
            }
        }
        self.write("supply rates", stamp, |writer, _| {
            writer.append("supply rates", None, &json!({ "rates": rates }))
        })
    }

    /// Records a weighing of hypotheses; the latest one counts. Gives the hypotheses, in the order in
    /// which they were given.
    ///
    /// # Errors
    /// `E0610` where a record that it names is not there, `E0611` where there are fewer than two
    /// answers or a probability is none, and what keeps a case from being written.
    pub fn assess(&mut self, new: NewAssessment, stamp: &Stamp) -> Result<Vec<Ref>> {
        if new.hypotheses.len() < 2 {
            let met = new.hypotheses.len().to_string();
            return Err(Error::invalid("the hypotheses", "two answers or more", &met));
        }
        of_kind(new.run, Kind::Run)?;
        self.write("assess", stamp, |writer, _| {
            writer.must_have(new.run)?;
            let mut answers = Vec::new();
            for one in new.hypotheses {
                said("the hypothesis", &one.title)?;
                let probability = one.probability;
                let likelihood = Likelihood::of(probability).ok_or_else(|| {
                    Error::invalid("the probability", "from 0 to 1", &probability.to_string())
                })?;
                one.supports
                    .iter()
                    .chain(&one.contradicts)
                    .try_for_each(|on| writer.must_have(*on))?;
                let id = writer.make(Kind::Hypothesis)?;
                let (supports, contradicts) = (one.supports, one.contradicts);
                let title = one.title;
                let hypothesis =
                    Hypothesis { id, title, likelihood, probability, supports, contradicts };
                writer.append("add hypothesis", Some(id), &hypothesis)?;
                answers.push(hypothesis);
            }
            let ids = answers.iter().map(|answer: &Hypothesis| answer.id).collect();
            let NewAssessment { confidence, basis, would_change, passages, weighed, run, .. } = new;
            weighed
                .iter()
                .flat_map(|row: &Weighed| &row.records)
                .try_for_each(|on| writer.must_have(*on))?;
            let hypotheses = answers;
            let assessment =
                Assessment { hypotheses, confidence, basis, would_change, passages, weighed, run };
            writer.append("assess", None, &assessment)?;
            Ok(ids)
        })
    }
}

/// Refuses a record of another kind.
fn of_kind(record: Ref, kind: Kind) -> Result<()> {
    if record.kind == kind {
        return Ok(());
    }
    let expected = match kind {
        Kind::Actor => "a party such as A1",
        Kind::Finding => "a finding such as F1",
        _ => "a run such as R1",
    };
    Err(Error::invalid("the record", expected, &record.to_string()))
}
