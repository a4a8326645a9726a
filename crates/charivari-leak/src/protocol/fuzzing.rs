//! What the fuzz targets run: hostile bytes in every place where a peer's or a file's bytes come in.
//!
//! The targets in `fuzz/` and a plain test both go through [`run`]. Nothing else uses this.

use std::cell::Cell;
use std::sync::OnceLock;

use charivari_model::Timestamp;

use super::{
    Approval, Asking, Canaries, Commitment, Compared, Digest, Error, HEADER_BYTES, Header,
    Invitation, Ledger, MAX_FRAME, Message, Request, Result, Sample, SampleBuilder, Seed, Service,
    TableBuilder, Terms, Token,
};
use crate::Kind;
use crate::attest::Attestation;
use crate::oprf::{Mode, SecretKey};

/// The names of all targets.
pub fn targets() -> Vec<String> {
    ["protocol-client", "protocol-server", "invitation", "attestation"].map(str::to_owned).to_vec()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    match target {
        "protocol-client" => client(bytes),
        "protocol-server" => server(bytes),
        "invitation" => files(&String::from_utf8_lossy(bytes)),
        "attestation" => attestation(&String::from_utf8_lossy(bytes)),
        _ => panic!("there is no fuzz target {target}"),
    }
}

/// An exchange that is ready: made once, since making it costs more than a try.
struct Ready {
    service: Service,
    invitation: Invitation,
    sample: Sample,
    entries: Vec<u8>,
}

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const LATER: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn ready() -> &'static Ready {
    static READY: OnceLock<Ready> = OnceLock::new();
    READY.get_or_init(|| make().unwrap_or_else(|error| panic!("the exchange is not made: {error}")))
}

fn make() -> Result<Ready> {
    let column = |name: &str, kind| Compared { name: name.to_owned(), kind, exact: false };
    let terms = Terms {
        case: "fuzz".to_owned(),
        key: column("email", Kind::Email),
        columns: vec![column("city", Kind::City)],
        normaliser: "1".to_owned(),
        country: None,
        expires: LATER,
    };
    let key = SecretKey::derive(Mode::Poprf, &[7; 32], b"fuzz")?;
    let mut table = TableBuilder::new(&terms, &key, [8; 32])?;
    let mut sample = SampleBuilder::new(&terms, Seed::from_random([9; 32]))?;
    for place in 0..4 {
        let mail = format!("zqx{place}@example.org");
        table.push(Some(&mail), &[Some("lyon")])?;
        sample.push(Some(&mail), &[(place > 1).then_some("lyon")])?;
    }
    let (set, sample) = (table.finish()?, sample.finish()?);
    let mut entries = Vec::new();
    set.write(&mut entries).map_err(|error| Error::message("memory", error.to_string()))?;
    let commitment = Commitment::new(&terms, &key.public(), &set, Digest([1; 32]), NOW);
    let request = Request::new(&commitment, &sample, "a newspaper", NOW)?;
    let token = Token::from_random([2; 32]);
    let invitation = Invitation::approve(&commitment, &request, "localhost:1", LATER, token)?;
    Ok(Ready { service: Service::new(&key, &commitment)?, invitation, sample, entries })
}

/// A ledger in memory that knows one approval.
struct OnePage<'r> {
    ready: &'r Ready,
    used: Cell<bool>,
}

impl Ledger for OnePage<'_> {
    fn find(&self, token: &Digest) -> Result<Option<Approval>> {
        let request = &self.ready.invitation.request;
        let approval = Approval {
            rows: request.rows,
            elements_root: request.elements_root,
            expires: LATER,
            used: self.used.get(),
        };
        Ok((*token == self.ready.invitation.token.digest()).then_some(approval))
    }

    fn spend(&self, _: &Digest, _: Timestamp) -> Result<()> {
        if self.used.replace(true) { Err(Error::Used) } else { Ok(()) }
    }
}

/// Cuts bytes into messages as a reader of the link does.
fn messages(mut bytes: &[u8]) -> Vec<Message> {
    let mut messages = Vec::new();
    while let Some((header, rest)) = bytes.split_first_chunk::<HEADER_BYTES>() {
        let Ok(header) = Header::decode(header) else { break };
        assert!(header.content_bytes() <= MAX_FRAME, "the cap let a long message through");
        let Some((content, rest)) = rest.split_at_checked(header.content_bytes()) else { break };
        let Ok(message) = Message::decode(header, content) else { break };
        let again = message.encode();
        assert_eq!(again[HEADER_BYTES..], *content, "a message reads in two ways");
        messages.push(message);
        bytes = rest;
    }
    messages
}

/// The first byte says how much of a true exchange comes before the hostile bytes.
fn server(bytes: &[u8]) {
    let ready = ready();
    let Some((&honest, bytes)) = bytes.split_first() else { return };
    let ledger = OnePage { ready, used: Cell::new(false) };
    let mut session = ready.service.session();
    let asking = Asking::new(&ready.invitation, &ready.sample, NOW).ok();
    let honest: Vec<Message> =
        asking.iter().flat_map(Asking::messages).take(usize::from(honest % 3)).collect();
    let is_all = honest.len() == 2;
    let mut settled = 0;
    for message in honest.into_iter().chain(messages(bytes)) {
        if session.receive(message, &ledger, NOW) == Ok(super::Received::Settled) {
            settled += 1;
        }
    }
    assert!(settled <= 1 && (settled == 1) == ledger.used.get(), "answers without a use");
    let mut random = || Ok([3; 64]);
    let answered = session.answer(&mut random);
    assert!(answered.is_err() || is_all || settled == 1, "answers to nobody");
}

/// The first byte says how much of a true exchange comes before the hostile bytes.
fn client(bytes: &[u8]) {
    let ready = ready();
    let Some((&honest, bytes)) = bytes.split_first() else { return };
    let Ok(mut asking) = Asking::new(&ready.invitation, &ready.sample, NOW) else { return };
    let mut is_done = false;
    for message in true_answers(ready).into_iter().take(usize::from(honest % 4)) {
        is_done = asking.receive(message).is_ok_and(|done| done);
    }
    for message in messages(bytes) {
        match asking.receive(message) {
            Ok(done) => is_done = done,
            Err(_) => is_done = false,
        }
    }
    let outcome = asking.outcome(NOW);
    assert_eq!(outcome.is_ok(), is_done, "a result without a complete exchange");
    if let Ok(outcome) = outcome {
        assert_eq!((outcome.asked, outcome.found), (4, 4), "hostile bytes changed the result");
    }
}

fn true_answers(ready: &Ready) -> Vec<Message> {
    let ledger = OnePage { ready, used: Cell::new(false) };
    let mut session = ready.service.session();
    let asking = Asking::new(&ready.invitation, &ready.sample, NOW).ok();
    for message in asking.iter().flat_map(Asking::messages) {
        let _ = session.receive(message, &ledger, NOW);
    }
    let mut random = || Ok([3; 64]);
    let answer = session.answer(&mut random).ok().flatten();
    answer.into_iter().chain([Message::Set(ready.entries.clone()), Message::End]).collect()
}

/// What people hand over: what is read can be written and read again.
fn files(text: &str) {
    if let Ok(invitation) = Invitation::read(text) {
        let written = serde_json::to_string(&invitation).unwrap_or_default();
        assert_eq!(Invitation::read(&written).as_ref(), Ok(&invitation));
        assert!(!format!("{invitation:?}").contains(&super::digest::hex(&invitation.token.0)));
    }
    if let Ok(commitment) = Commitment::read(text) {
        let written = serde_json::to_string(&commitment).unwrap_or_default();
        assert_eq!(Commitment::read(&written).map(|again| again.digest()), Ok(commitment.digest()));
    }
    if let Ok(request) = Request::read(text) {
        let written = serde_json::to_string(&request).unwrap_or_default();
        assert_eq!(Request::read(&written).as_ref(), Ok(&request));
    }
    let _ = Canaries::read(text).map(|canaries| canaries.digest());
}

fn attestation(text: &str) {
    if let Ok(read) = Attestation::read(text) {
        // Random bytes are never a signature.
        assert!(read.check(b"{}", None).is_err(), "a signature out of nothing");
    }
}

/// True inputs for each target, to begin from.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let ready = ready();
    let written = |text: std::result::Result<String, _>| {
        text.map(String::into_bytes).map_err(|_: serde_json::Error| ())
    };
    match target {
        "protocol-server" => {
            let asking = Asking::new(&ready.invitation, &ready.sample, NOW).ok();
            let all = asking.iter().flat_map(Asking::messages).flat_map(|one| one.encode());
            vec![std::iter::once(0).chain(all).collect()]
        }
        "protocol-client" => {
            let all = true_answers(ready).into_iter().flat_map(|one| one.encode());
            vec![std::iter::once(0).chain(all).collect()]
        }
        "invitation" => [
            written(serde_json::to_string(&ready.invitation)),
            written(serde_json::to_string(&ready.invitation.commitment)),
            written(serde_json::to_string(&ready.invitation.request)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        _ => Vec::new(),
    }
}
