//! The chain of all who handled a message, in its order.

use charivari_model::Timestamp;
use serde::Serialize;

use super::address::Address;
use super::content;
use super::instance::Instance;
use super::signature::{Route, Signature};
use super::{DRAFT, INSTANCE, SIGNATURE, hop};
use crate::dkim::{Alignment, Question, State, leave_open};
use crate::raw::{Field, Raw};
use crate::remark::Remark;

/// No real way is as long, and each hop costs the time of a key.
const MAX_CHAIN: usize = 50;
/// Each hop signs all fields before it; longer ones would cost too much time.
const MAX_BYTES: usize = 16 << 20;

/// The chain of all who handled a message and signed (DKIM2), and what came of checking it.
#[derive(Clone, Debug, Serialize)]
pub struct Custody {
    /// The draft that was read; drafts change.
    pub draft: &'static str,
    /// What became of it: of its worst hop.
    pub state: State,
    /// Why.
    pub reason: Remark,
    /// The hops, the first first.
    pub hops: Vec<Handled>,
}

/// One who handled a message and signed, and what came of checking that. It holds no address.
#[derive(Clone, Debug, Serialize)]
pub struct Handled {
    /// The number of the hop, `i=`, from 1; none where the signature cannot be read.
    pub number: Option<u32>,
    /// The instance of the message that is signed, `m=`.
    pub instance: Option<u32>,
    /// What became of the signature.
    pub state: State,
    /// Why.
    pub reason: Remark,
    /// What else is worth knowing of it.
    pub notes: Vec<Remark>,
    /// Who signed, `d=`; empty where the signature cannot be read.
    pub domain: String,
    /// Which of its keys, from `s=`.
    pub selectors: Vec<String>,
    /// How, in the same order.
    pub algorithms: Vec<&'static str>,
    /// The length of the shortest RSA key.
    pub key_bits: Option<u64>,
    /// When, as the signer says, `t=`.
    pub signed_at: Option<Timestamp>,
    /// Whether the signer is the domain that the message says it is from.
    pub alignment: Alignment,
    /// Whether what was signed is the message as it is now, with nothing to undo.
    pub as_it_is: bool,
    /// What was changed since the hop before, as the one who signed says.
    pub changed: Vec<&'static str>,
    /// What it says of itself and asks of others, `f=`.
    pub flags: Vec<&'static str>,
    /// To how many it was sent on, where that is said.
    pub recipients: Option<u32>,
}

/// The fields of a chain in their order, without gaps.
pub(super) struct Chain<'a> {
    pub(super) signatures: Vec<(Field<'a>, Signature)>,
    pub(super) instances: Vec<(Field<'a>, Instance)>,
}

/// Checks the chain of a message, if it has one.
pub(crate) fn check(raw: &Raw<'_>, ask: Question<'_>) -> Option<Custody> {
    raw.named(SIGNATURE).next()?;
    let chain = match Chain::read(raw) {
        Ok(chain) => chain,
        Err(fault) => return Some(broken(raw, &fault)),
    };
    let contents = content::compare(raw, &chain.instances);
    let judge = |at: usize| {
        let instance = chain.signatures[at].1.instance as usize;
        hop::judge(&chain, at, &contents[instance - 1], ask)
    };
    let mut hops: Vec<Handled> = (0..chain.signatures.len()).map(judge).collect();
    if let Some(last) = hops.last_mut() {
        last.notes.extend(delivered(raw, &chain));
    }
    Some(conclude(hops))
}

/// Whether the body is the one of the last instance, whoever signed it.
pub(crate) fn body_holds(raw: &Raw<'_>) -> bool {
    let instances = raw.named(INSTANCE).take(MAX_CHAIN);
    let last = instances
        .filter_map(|(_, field)| Instance::parse(field.value).ok())
        .max_by_key(|instance| instance.number);
    let digest = super::form::Message::new(&[], raw.body);
    last.and_then(|last| last.digests).is_some_and(|(_, body)| digest.body_digest() == body)
}

impl<'a> Chain<'a> {
    /// Puts the fields in their order; the fault where there is none.
    fn read(raw: &Raw<'a>) -> Result<Self, Remark> {
        let own = |field: &&Field<'_>| field.is(SIGNATURE) || field.is(INSTANCE);
        let bytes: usize = raw.fields.iter().filter(own).map(|field| field.whole.len()).sum();
        if bytes > MAX_BYTES {
            let text = "the fields of the chain are longer than 16 MiB and are not checked";
            return Err(Remark::new("chain-too-long", text));
        }
        let signatures = parsed(raw, SIGNATURE, "a signature of the chain", Signature::parse)?;
        let instances = parsed(raw, INSTANCE, "a Message-Instance", Instance::parse)?;
        let signatures = in_order(signatures, |one| one.number).ok_or_else(|| {
            gap("the numbers i= of its signatures have a gap, or one is there twice")
        })?;
        let instances = in_order(instances, |one| one.number).ok_or_else(|| {
            gap("the numbers m= of its instances have a gap, or one is there twice")
        })?;
        let chain = Self { signatures, instances };
        let over = |at: usize| chain.signatures[at].1.instance as usize;
        let last = chain.signatures.len() - 1;
        if over(last) > chain.instances.len() {
            return Err(gap("a signature is over an instance m= that is not there"));
        }
        if (0..last).any(|at| over(at) > over(at + 1)) {
            return Err(gap("a later signature is over an earlier instance m="));
        }
        if over(last) < chain.instances.len() {
            let text = "the last Message-Instance is not signed by anybody";
            return Err(Remark::new("instance-unsigned", text));
        }
        Ok(chain)
    }
}

fn gap(text: &str) -> Remark {
    Remark::new("chain-broken", text)
}

type Read<'a, T> = Vec<(Field<'a>, T)>;

/// The fields of a name, read.
fn parsed<'a, T>(
    raw: &Raw<'a>,
    name: &str,
    what: &str,
    parse: impl Fn(&[u8]) -> Result<T, String>,
) -> Result<Read<'a, T>, Remark> {
    if raw.named(name).count() > MAX_CHAIN {
        let text = format!("the chain has more than {MAX_CHAIN} links and is not checked");
        return Err(Remark::new("chain-too-long", text));
    }
    let read = raw.named(name).map(|(_, field)| match parse(field.value) {
        Ok(one) => Ok((*field, one)),
        Err(fault) => Err(Remark::new("malformed", format!("{what} cannot be read: {fault}"))),
    });
    read.collect()
}

/// Sorts by numbers, which have to be those from 1 without gaps.
fn in_order<T>(mut read: Read<'_, T>, number: impl Fn(&T) -> u32) -> Option<Read<'_, T>> {
    read.sort_by_key(|(_, one)| number(one));
    let whole = read.iter().zip(1..).all(|((_, one), expected)| number(one) == expected);
    whole.then_some(read)
}

/// A chain without an order: gaps make it none (draft, sections 6.1 and 7.1).
fn broken(raw: &Raw<'_>, fault: &Remark) -> Custody {
    let hop = |field: &Field<'_>| match Signature::parse(field.value) {
        Ok(signature) if fault.code == "malformed" => {
            let text = "another field of the chain cannot be read, without which it is none";
            handled(Some(&signature), Remark::new("chain-broken", text))
        }
        Ok(signature) => handled(Some(&signature), fault.clone()),
        Err(fault) => {
            let text = format!("the signature cannot be read: {fault}");
            handled(None, Remark::new("malformed", text))
        }
    };
    let mut hops: Vec<Handled> =
        raw.named(SIGNATURE).take(MAX_CHAIN).map(|(_, field)| hop(field)).collect();
    hops.sort_by_key(|hop| hop.number);
    Custody { draft: DRAFT, state: State::Failed, reason: fault.clone(), hops }
}

/// A hop as its signature gives it, of which nothing is believed.
pub(super) fn handled(signature: Option<&Signature>, reason: Remark) -> Handled {
    let seals = signature.map(|one| one.seals.as_slice()).unwrap_or_default();
    Handled {
        number: signature.map(|one| one.number),
        instance: signature.map(|one| one.instance),
        state: State::Failed,
        reason,
        notes: Vec::new(),
        domain: signature.map(|one| one.domain.clone()).unwrap_or_default(),
        selectors: seals.iter().map(|seal| seal.selector.clone()).collect(),
        algorithms: seals
            .iter()
            .map(|seal| seal.algorithm.map_or("unknown", |known| known.name()))
            .collect(),
        key_bits: None,
        signed_at: signature.map(|one| Timestamp::from_seconds(one.time)),
        alignment: Alignment::None,
        as_it_is: false,
        changed: Vec::new(),
        flags: signature.map(|one| one.flags.clone()).unwrap_or_default(),
        recipients: None,
    }
}

/// The worst hop decides, the last first.
fn conclude(hops: Vec<Handled>) -> Custody {
    let worst = |state: State| hops.iter().rev().find(|hop| hop.state == state);
    let worst = worst(State::Failed).or(worst(State::Unchecked)).or(worst(State::Void));
    let (state, reason) = if let Some(hop) = worst {
        let number = hop.number.unwrap_or_default();
        let text = format!("hop {number} of {}: {}", hops.len(), hop.reason.text);
        (hop.state, Remark::new(hop.reason.code, text))
    } else {
        let text = "every signature holds, and each who signed had it from the one before";
        (State::Valid, Remark::new("chain-valid", text))
    };
    Custody { draft: DRAFT, state, reason, hops }
}

/// Whether the message was delivered with the return path that is signed. The server that delivers
/// writes it on top; one below the signatures is of an earlier way.
fn delivered(raw: &Raw<'_>, chain: &Chain<'_>) -> Option<Remark> {
    let top = raw.fields.iter().position(|field| field.is(SIGNATURE) || field.is(INSTANCE))?;
    let field = raw.fields[..top].iter().find(|field| field.is("return-path"))?;
    let path = Address::parse(field.value.trim_ascii()).ok()?;
    match &chain.signatures.last()?.1.route {
        Route::Envelope { from, .. } if !from.same(&path) => {
            let text = "it was delivered with another return path than the one that is signed: somebody \
                        who did not sign sent it on (replay), or a server changed it";
            Some(Remark::new("return-path-differs", text))
        }
        _ => None,
    }
}

impl Custody {
    /// What is left of the answer where neither the header nor the body is kept as it was sent.
    pub(crate) fn without_body(&mut self) {
        for hop in &mut self.hops {
            leave_open(&mut hop.state, &mut hop.reason);
            hop.notes
                .retain(|note| !note.code.starts_with("body-") && !note.code.starts_with("header"));
            hop.as_it_is = false;
        }
        leave_open(&mut self.state, &mut self.reason);
    }

    /// Hops whose signature holds over the message as it is now.
    pub(crate) fn of_now(&self) -> impl Iterator<Item = &Handled> {
        self.hops.iter().filter(|hop| hop.state == State::Valid && hop.as_it_is)
    }
}
