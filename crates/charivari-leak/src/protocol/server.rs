//! The organisation's side of the link: one state machine for each asker.

use std::fmt;

use charivari_model::Timestamp;
use rayon::prelude::*;

use super::wire::rows_of_answer;
use super::{Commitment, Digest, Error, Message, Result, Tree};
use crate::oprf::{ELEMENT_BYTES, Element, Evaluator, SecretKey};

/// What the ledger knows of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// How many rows were approved.
    pub rows: u32,
    /// The root over the elements that were committed before the approval.
    pub elements_root: Digest,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether it was used.
    pub used: bool,
}

/// Where approvals are kept, by the digest of their token.
pub trait Ledger {
    /// The approval of a token, if there is one.
    ///
    /// # Errors
    /// `E0749` where the ledger cannot be read.
    fn find(&self, token: &Digest) -> Result<Option<Approval>>;

    /// Writes down that a token is used. When this returns, the entry outlasts a loss of power.
    ///
    /// # Errors
    /// `E0744` where it was used before, also by another session at the same moment; `E0749` where it
    /// cannot be written down, in which case nothing may be answered.
    fn spend(&self, token: &Digest, now: Timestamp) -> Result<()>;
}

/// The key, made ready for a commitment.
#[derive(Clone, Debug)]
pub struct Service {
    commitment: Commitment,
    evaluators: Vec<Evaluator>,
}

impl Service {
    /// Makes a key ready.
    ///
    /// # Errors
    /// `E0755` where the commitment is about another key.
    pub fn new(key: &SecretKey, commitment: &Commitment) -> Result<Self> {
        if key.public().as_bytes() != &commitment.public_key.0 {
            return Err(Error::Unrelated { what: "the key", to: "the commitment" });
        }
        let evaluators = (0..commitment.terms.slots())
            .map(|slot| Evaluator::poprf(key, &commitment.terms.info(slot)))
            .collect::<std::result::Result<_, _>>()?;
        Ok(Self { commitment: commitment.clone(), evaluators })
    }

    /// A session with one asker.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session { service: self, digest: self.commitment.digest(), state: State::New }
    }

    /// The commitment that it answers under.
    #[must_use]
    pub fn commitment(&self) -> &Commitment {
        &self.commitment
    }
}

/// What a session waits for after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// More elements.
    More,
    /// Nothing: the use is written down, and answers may be fetched.
    Settled,
}

/// One asker, from the greeting to the last answer.
pub struct Session<'s> {
    service: &'s Service,
    digest: Digest,
    state: State,
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::New => "new",
            State::Asked { .. } => "asked",
            State::Settled { .. } => "settled",
            State::Closed => "closed",
        };
        f.debug_tuple("Session").field(&state).finish()
    }
}

/// How far a session is.
enum State {
    New,
    Asked { token: Digest, approval: Approval, elements: Vec<[u8; ELEMENT_BYTES]> },
    Settled { elements: Vec<[u8; ELEMENT_BYTES]>, answered: usize },
    Closed,
}

impl Session<'_> {
    /// Takes a message. After an error the session is closed.
    ///
    /// # Errors
    /// Everything that keeps the asker from being answered, each by its name.
    pub fn receive(
        &mut self,
        message: Message,
        ledger: &dyn Ledger,
        now: Timestamp,
    ) -> Result<Received> {
        match (std::mem::replace(&mut self.state, State::Closed), message) {
            (State::New, Message::Hello { token, commitment, rows }) => {
                let token = token.digest();
                let approval = ledger.find(&token)?.ok_or(Error::UnknownToken)?;
                self.check(&approval, commitment, rows, now)?;
                self.state = State::Asked { token, approval, elements: Vec::new() };
                Ok(Received::More)
            }
            (State::Asked { token, approval, mut elements }, Message::Elements(more)) => {
                elements.extend(more);
                let slots = self.service.evaluators.len();
                let (met, wanted) = (elements.len(), approval.rows as usize * slots);
                if met > wanted {
                    let met = met.div_ceil(slots) as u64;
                    return Err(Error::Quota { approved: approval.rows.into(), met });
                }
                if met < wanted {
                    self.state = State::Asked { token, approval, elements };
                    return Ok(Received::More);
                }
                check_elements(&elements, slots, approval.elements_root)?;
                // From here on the answers are owed: the use is on the disk before any of them is made.
                ledger.spend(&token, now)?;
                self.state = State::Settled { elements, answered: 0 };
                Ok(Received::Settled)
            }
            (State::New, other) => Err(Error::Order { expected: "a greeting", met: other.name() }),
            (State::Asked { .. }, other) => {
                Err(Error::Order { expected: "elements", met: other.name() })
            }
            (State::Settled { .. } | State::Closed, other) => {
                Err(Error::Order { expected: "nothing", met: other.name() })
            }
        }
    }

    fn check(
        &self,
        approval: &Approval,
        commitment: Digest,
        rows: u32,
        now: Timestamp,
    ) -> Result<()> {
        if approval.used {
            return Err(Error::Used);
        }
        let ends = approval.expires.min(self.service.commitment.terms.expires);
        if now >= ends {
            return Err(Error::Expired { ended: ends.to_string() });
        }
        if commitment != self.digest {
            return Err(Error::Unrelated { what: "the invitation", to: "this commitment" });
        }
        if rows != approval.rows {
            return Err(Error::Quota { approved: approval.rows.into(), met: rows.into() });
        }
        Ok(())
    }

    /// The next answers, or nothing once all were given. `random` gives 64 bytes that are used for
    /// nothing else.
    ///
    /// # Errors
    /// `E0742` where the use is not settled; what `random` gives.
    pub fn answer(
        &mut self,
        random: &mut dyn FnMut() -> Result<[u8; 64]>,
    ) -> Result<Option<Message>> {
        let State::Settled { elements, answered } = &mut self.state else {
            return Err(Error::Order {
                expected: "a settled request",
                met: "the wish for answers",
            });
        };
        let slots = self.service.evaluators.len();
        let rest = &elements[*answered * slots..];
        let rows = (rest.len() / slots).min(rows_of_answer(slots));
        if rows == 0 {
            return Ok(None);
        }
        let mut answers = Vec::with_capacity(rows * slots);
        let mut proofs = Vec::with_capacity(slots);
        for (slot, evaluator) in self.service.evaluators.iter().enumerate() {
            let blinded = rest[..rows * slots].iter().skip(slot).step_by(slots);
            let blinded = blinded
                .enumerate()
                .map(|(place, bytes)| Element::decode(bytes, place))
                .collect::<std::result::Result<Vec<_>, _>>()?;
            let evaluated = evaluator.blind_evaluate(&blinded);
            proofs.push(evaluator.prove(&blinded, &evaluated, &random()?)?.to_bytes());
            answers.extend(evaluated.iter().map(|element| *element.as_bytes()));
        }
        *answered += rows;
        Ok(Some(Message::Answer { rows: rows as u32, proofs, elements: answers }))
    }
}

/// Every element is one, stands once, and all are those that were committed.
fn check_elements(elements: &[[u8; ELEMENT_BYTES]], slots: usize, expected: Digest) -> Result<()> {
    let places = elements.par_iter().enumerate();
    places.try_for_each(|(place, bytes)| Element::decode(bytes, place).map(|_| ()))?;
    let mut sorted: Vec<(&[u8; ELEMENT_BYTES], usize)> =
        elements.iter().enumerate().map(|(place, bytes)| (bytes, place)).collect();
    sorted.sort_unstable();
    let twice = sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    if let Some(place) = twice.map(|pair| pair[1].1).min() {
        return Err(Error::Repeated { place });
    }
    let mut tree = Tree::default();
    elements.chunks(slots).for_each(|row| tree.push(row.as_flattened()));
    if tree.root() == expected { Ok(()) } else { Err(Error::OtherElements) }
}
