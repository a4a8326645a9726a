//! The holder's side of the link.

use std::fmt;

use charivari_model::Timestamp;
use zeroize::Zeroize;

use super::row::{COLUMN_TOKEN, ROW_TOKEN, column_token, row_token};
use super::wire::rows_of_answer;
use super::{
    ColumnOutcome, Decoys, Digest, Error, Invitation, Message, Outcome, Result, Sample, Tree,
    entry_bytes,
};
use crate::oprf::{ELEMENT_BYTES, Element, Finalizer, PROOF_BYTES, Proof, PublicKey};

/// Elements in one message of the asker.
const TOGETHER: usize = 8_192;

/// What a row of the sample would be in the set.
struct Expected {
    token: [u8; ROW_TOKEN],
    columns: Vec<[u8; COLUMN_TOKEN]>,
    row: usize,
}

impl Drop for Expected {
    fn drop(&mut self) {
        self.token.zeroize();
        self.columns.zeroize();
    }
}

/// One exchange from the holder's side.
pub struct Asking<'a> {
    invitation: &'a Invitation,
    sample: &'a Sample,
    finalizers: Vec<Finalizer>,
    /// One for each row that was answered; in the order of tokens once all were.
    expected: Vec<Expected>,
    set: Received,
    state: State,
}

/// What is known of the set so far.
struct Received {
    tree: Tree,
    last: [u8; ROW_TOKEN],
    /// How far the expected tokens were passed.
    passed: usize,
    /// By row: nothing, or which columns agree.
    found: Vec<Option<Vec<bool>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Answers,
    Set,
    Done,
    Failed,
}

impl fmt::Debug for Asking<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking").field("rows", &self.sample.rows()).finish_non_exhaustive()
    }
}

impl<'a> Asking<'a> {
    /// Begins an exchange.
    ///
    /// # Errors
    /// `E0745` where the invitation has ended, `E0755` where the terms are others than the sample was
    /// made for, `E0756` where the sample is not the one that was committed.
    pub fn new(invitation: &'a Invitation, sample: &'a Sample, now: Timestamp) -> Result<Self> {
        let commitment = &invitation.commitment;
        let ends = invitation.expires.min(commitment.terms.expires);
        if now >= ends {
            return Err(Error::Expired { ended: ends.to_string() });
        }
        if commitment.terms != sample.terms {
            return Err(Error::Unrelated { what: "the sample", to: "the terms of the invitation" });
        }
        let request = &invitation.request;
        if request.rows != sample.rows() {
            let met = format!("{} rows instead of {}", sample.rows(), request.rows);
            return Err(Error::OtherSample { met });
        }
        let roots = (sample.elements_root(), sample.sample_root());
        if roots != (request.elements_root, request.sample_root) {
            return Err(Error::OtherSample { met: "another root".to_owned() });
        }
        let public = PublicKey::decode(&commitment.public_key.0)?;
        let finalizers = (0..commitment.terms.slots())
            .map(|slot| Finalizer::poprf(&public, &commitment.terms.info(slot)))
            .collect::<std::result::Result<_, _>>()?;
        let set = Received {
            tree: Tree::default(),
            last: [0; ROW_TOKEN],
            passed: 0,
            found: vec![None; sample.rows() as usize],
        };
        Ok(Self {
            invitation,
            sample,
            finalizers,
            expected: Vec::new(),
            set,
            state: State::Answers,
        })
    }

    /// All messages of this side, in order.
    pub fn messages(&self) -> impl Iterator<Item = Message> {
        let hello = Message::Hello {
            token: self.invitation.token.clone(),
            commitment: self.invitation.commitment.digest(),
            rows: self.sample.rows(),
        };
        let rows = TOGETHER / self.finalizers.len();
        let elements = self.sample.elements.chunks(rows).map(|rows| {
            Message::Elements(rows.iter().flatten().map(|element| *element.as_bytes()).collect())
        });
        std::iter::once(hello).chain(elements)
    }

    /// Takes a message; `true` once the exchange is complete and the set is the committed one.
    ///
    /// # Errors
    /// Everything by which the organisation, or whoever speaks for it, shows itself to be damaged or
    /// dishonest, each by its name; `E0768` where it refused.
    pub fn receive(&mut self, message: Message) -> Result<bool> {
        let state = std::mem::replace(&mut self.state, State::Failed);
        let next = match (state, message) {
            (_, Message::Refused(number)) => return Err(Error::Refused { number }),
            (State::Answers, Message::Answer { rows, proofs, elements }) => {
                self.take_answer(rows as usize, &proofs, &elements)?;
                let is_last = self.expected.len() == self.sample.rows() as usize;
                if is_last {
                    self.expected.sort_unstable_by_key(|expected| expected.token);
                }
                if is_last { State::Set } else { State::Answers }
            }
            (State::Set, Message::Set(entries)) => {
                self.take_entries(&entries)?;
                State::Set
            }
            (State::Set, Message::End) => {
                self.check_set()?;
                State::Done
            }
            (State::Answers, other) => {
                return Err(Error::Order { expected: "an answer", met: other.name() });
            }
            (State::Set, other) => {
                return Err(Error::Order { expected: "the set", met: other.name() });
            }
            (State::Done | State::Failed, other) => {
                return Err(Error::Order { expected: "nothing", met: other.name() });
            }
        };
        self.state = next;
        Ok(next == State::Done)
    }

    fn take_answer(
        &mut self,
        rows: usize,
        proofs: &[[u8; PROOF_BYTES]],
        answers: &[[u8; ELEMENT_BYTES]],
    ) -> Result<()> {
        let (slots, start) = (self.finalizers.len(), self.expected.len());
        let room = (self.sample.rows() as usize - start).min(rows_of_answer(slots));
        if rows > room || proofs.len() != slots || answers.len() != rows * slots {
            let met = format!("{rows} rows of {} slots", proofs.len());
            return Err(Error::message("answers to the rows that were asked", met));
        }
        let span = start..start + rows;
        let mut outputs = Vec::with_capacity(slots);
        for (slot, (finalizer, answers)) in
            self.finalizers.iter().zip(answers.chunks(rows)).enumerate()
        {
            let decoded = answers.iter().enumerate();
            let evaluated = decoded
                .map(|(place, bytes)| Element::decode(bytes, place))
                .collect::<std::result::Result<Vec<_>, _>>()?;
            let blinded: Vec<_> =
                self.sample.elements[span.clone()].iter().map(|row| row[slot]).collect();
            let proof = proofs.get(slot).map(Proof::decode).transpose()?;
            finalizer.check(&blinded, &evaluated, proof.as_ref())?;
            let inputs: Vec<&[u8]> =
                self.sample.inputs[span.clone()].iter().map(|row| row[slot].as_slice()).collect();
            let blinds: Vec<_> =
                self.sample.blinds[span.clone()].iter().map(|row| row[slot].clone()).collect();
            outputs.push(finalizer.finalize(&inputs, &blinds, &evaluated)?);
        }
        let Some((keys, columns)) = outputs.split_first() else { return Ok(()) };
        for (at, key) in keys.iter().enumerate() {
            let columns = columns.iter().enumerate();
            self.expected.push(Expected {
                token: row_token(key),
                columns: columns
                    .map(|(place, values)| column_token(key, place, &values[at]))
                    .collect(),
                row: start + at,
            });
        }
        Ok(())
    }

    fn take_entries(&mut self, entries: &[u8]) -> Result<()> {
        let bytes = entry_bytes(&self.sample.terms);
        let committed = self.invitation.commitment.entries;
        if !entries.len().is_multiple_of(bytes) {
            return Err(Error::message("whole entries", format!("{} bytes", entries.len())));
        }
        let shape = |met: String| Error::SetShape { expected: committed, met };
        for entry in entries.chunks(bytes) {
            let (Some(token), Some(columns)) = (entry.first_chunk(), entry.get(ROW_TOKEN..)) else {
                return Err(Error::message("whole entries", "a part of one"));
            };
            if self.set.tree.leaves() >= committed {
                return Err(shape("more were met".to_owned()));
            }
            if self.set.tree.leaves() > 0 && *token <= self.set.last {
                let place = self.set.tree.leaves();
                return Err(shape(format!("entry {place} is not after the one before")));
            }
            self.set.last = *token;
            self.set.tree.push(entry);
            self.set.look_at(token, columns, &self.expected);
        }
        Ok(())
    }

    fn check_set(&self) -> Result<()> {
        let commitment = &self.invitation.commitment;
        let (met, root) = (self.set.tree.leaves(), self.set.tree.root());
        if met != commitment.entries {
            let met = format!("{met} were met");
            return Err(Error::SetShape { expected: commitment.entries, met });
        }
        if root != commitment.root {
            let (expected, met) = (commitment.root.to_string(), root.to_string());
            return Err(Error::OtherSet { expected, met });
        }
        Ok(())
    }

    /// The counts, once [`receive`](Self::receive) said that the exchange is complete.
    ///
    /// # Errors
    /// `E0742` where it is not.
    pub fn outcome(&self, now: Timestamp) -> Result<Outcome> {
        if self.state != State::Done {
            return Err(Error::Order {
                expected: "the end of the set",
                met: "the wish for a result",
            });
        }
        let rows = || self.set.found.iter().zip(&self.sample.decoys).zip(&self.sample.given);
        let count = |decoy: bool, of: &dyn Fn(&Option<Vec<bool>>) -> bool| {
            rows().filter(|((found, is_decoy), _)| **is_decoy == decoy && of(found)).count() as u64
        };
        let terms = &self.sample.terms;
        let columns = terms.columns.iter().enumerate().map(|(place, column)| {
            let compared = rows()
                .filter(|((_, decoy), given)| !**decoy && given[place])
                .filter_map(|((found, _), _)| found.as_ref().map(|agrees| agrees[place]));
            let (compared, agreed) = compared
                .fold((0, 0), |(all, agreed), agrees| (all + 1, agreed + u64::from(agrees)));
            ColumnOutcome { column: column.clone(), compared, agreed }
        });
        Ok(Outcome {
            terms: terms.clone(),
            asked: count(false, &|_| true),
            found: count(false, &Option::is_some),
            columns: columns.collect(),
            decoys: Decoys { asked: count(true, &|_| true), found: count(true, &Option::is_some) },
            canaries: None,
            sample: self.sample.counts().clone(),
            table: self.invitation.commitment.counts.clone(),
            entries: self.invitation.commitment.entries,
            commitment: self.invitation.commitment.digest(),
            table_root: self.invitation.commitment.root,
            sample_root: self.invitation.request.sample_root,
            elements_root: self.invitation.request.elements_root,
            committed: self.invitation.commitment.made,
            requested: self.invitation.request.made,
            answered: now,
        })
    }

    /// The root of the set as far as it came, for messages.
    #[must_use]
    pub fn set_root(&self) -> Digest {
        self.set.tree.root()
    }
}

impl Received {
    /// Both sides are in the order of tokens, so each is passed once.
    fn look_at(&mut self, token: &[u8; ROW_TOKEN], columns: &[u8], expected: &[Expected]) {
        while let Some(next) = expected.get(self.passed)
            && next.token < *token
        {
            self.passed += 1;
        }
        if let Some(next) = expected.get(self.passed)
            && next.token == *token
        {
            let agrees = next.columns.iter().zip(columns.chunks(COLUMN_TOKEN));
            let agrees = agrees.map(|(mine, theirs)| mine.as_slice() == theirs);
            self.found[next.row] = Some(agrees.collect());
        }
    }
}
