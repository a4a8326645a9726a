//! One message, examined.

use std::borrow::Cow;

use charivari_model::Timestamp;
use charivari_text::language;
use mail_parser::{Message, MessageParser, PartType};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::arc::{self, Chain};
use crate::authres::{self, Results, Trusted};
use crate::claims::{self, Claims};
use crate::dkim::{self, Checked, Kind, Question, State};
use crate::dkim2::{self, Custody};
use crate::keys::{KeyBook, PublishedKeys};
use crate::lexicon::{self, Hit};
use crate::mailbox::Piece;
use crate::parts::{self, Attachment, Link};
use crate::path::{self, Path};
use crate::quotes::{Quotes, unquoted};
use crate::raw::{Raw, crlf};
use crate::remark::Remark;
use crate::senders::{self, Protected};
use crate::traits::Traits;
use crate::verdict::{self, Grounds, Verdicts};

/// Messages within messages are examined so deep.
const MAX_DEPTH: usize = 3;
/// More messages within one message are counted and not examined.
const MAX_NESTED: usize = 20;
/// More signatures of one message are not checked; each costs the time of a key.
const MAX_SIGNATURES: usize = 20;

/// What messages are examined with.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Keys of senders.
    pub keys: KeyBook,
    /// Keys whose private half is public.
    pub published: PublishedKeys,
    /// Receiving servers whose records are trusted.
    pub trusted: Vec<Trusted>,
    /// Genuine senders.
    pub protected: Protected,
}

/// Examines messages one by one.
pub struct Examiner {
    context: Context,
    parser: MessageParser,
}

/// What is known of one message. It holds no name, no address and no words of the message; domains
/// and hosts with public names are kept.
#[derive(Clone, Debug, Serialize)]
pub struct Examination {
    /// The SHA-256 of its bytes as they lie in their file.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// The words on each claim.
    pub verdicts: Verdicts,
    /// What it claims.
    pub claims: Claims,
    /// Its signatures from the top.
    pub signatures: Vec<Checked>,
    /// The chain of those who passed it on.
    pub chain: Option<Chain>,
    /// The chain of all who handled it and signed, by a draft.
    pub dkim2: Option<Custody>,
    /// What receiving servers recorded, and which of it counts.
    pub results: Vec<Results>,
    /// The way it came.
    pub path: Path,
    /// Tricks with its sender's name and domain, and with its date.
    pub signs: Vec<Remark>,
    /// Where its links lead.
    pub links: Vec<Link>,
    /// What it carries.
    pub attachments: Vec<Attachment>,
    /// The language of its text.
    pub language: Option<&'static str>,
    /// Words of threats and demands in its text.
    pub words: Vec<Hit>,
    /// Messages within it.
    pub nested: Vec<Examination>,
    /// What is broken in it, and what was cut.
    pub faults: Vec<Remark>,
}

/// A message examined, and what is needed to compare it with others, which stays in memory.
pub struct Examined {
    /// What may be written down.
    pub examination: Examination,
    /// What may not.
    pub traits: Traits,
}

impl Examiner {
    /// An examiner.
    pub fn new(context: Context) -> Self {
        Self { context, parser: MessageParser::default() }
    }

    /// What it examines with.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Examines a message from a file.
    pub fn examine(&self, piece: &Piece) -> Examined {
        let bytes = self.unquote(piece);
        let mut examined = self.message(&bytes, 0, piece.rebuilt.is_none());
        let examination = &mut examined.examination;
        if let Some(rebuilt) = &piece.rebuilt {
            examination.sha256.clone_from(&rebuilt.sha256);
            examination.bytes = rebuilt.bytes;
            let text = "it is rebuilt from Outlook's properties: the body is not as it was sent";
            examination.faults.push(Remark::new("rebuilt", text));
            examination.faults.extend(rebuilt.remarks.iter().cloned());
        } else {
            examination.sha256 = parts::hex(&Sha256::digest(&piece.bytes));
            examination.bytes = piece.bytes.len() as u64 + piece.cut;
        }
        if piece.cut > 0 {
            let text = format!("its last {} bytes are beyond the cap and were not read", piece.cut);
            examination.faults.push(Remark::new("message-cut", text));
        }
        examined
    }

    /// The message with CR LF, its quotes undone: in the way in which a signature holds, if any does.
    fn unquote<'p>(&self, piece: &'p Piece) -> Cow<'p, [u8]> {
        if !piece.quoted {
            return crlf(&piece.bytes);
        }
        let ways = [Quotes::All, Quotes::Single, Quotes::None];
        let undone = |quotes| crlf(&unquoted(&piece.bytes, quotes)).into_owned();
        let holds = ways.into_iter().map(undone).find(|bytes| {
            let raw = Raw::parse(bytes);
            let signatures = raw.named("dkim-signature").take(MAX_SIGNATURES);
            let ask = self.question(None, None, None);
            let mut places = signatures.map(|(place, _)| place);
            places.any(|place| dkim::check(&raw, place, Kind::Dkim, ask).body_holds)
                || dkim2::body_holds(&raw)
        });
        Cow::Owned(holds.unwrap_or_else(|| undone(Quotes::All)))
    }

    fn question<'a>(
        &'a self,
        from: Option<&'a str>,
        time: Option<Timestamp>,
        arrived: Option<Timestamp>,
    ) -> Question<'a> {
        Question {
            keys: &self.context.keys,
            published: &self.context.published,
            from,
            time,
            arrived,
        }
    }

    /// Examines a message whose lines end with CR LF; `kept` says whether it is as it was sent.
    fn message(&self, bytes: &[u8], depth: usize, kept: bool) -> Examined {
        let raw = Raw::parse(bytes);
        // Without a header there is no part, and the library looks for the first one.
        let parsed = self.parser.parse(bytes).filter(|parsed| !parsed.parts.is_empty());
        let parsed = parsed.unwrap_or_else(|| Message {
            parts: vec![mail_parser::MessagePart::default()],
            ..Message::default()
        });
        let names = claims::recipient_words(&parsed);
        let mut claims = claims::read(&parsed, &names);
        // The boundary of a message that was rebuilt is ours.
        claims.boundary_shape = claims.boundary_shape.filter(|_| kept);
        let path = path::read(&raw, &self.context.trusted);
        let from = claims.from.first().map(String::as_str);
        let ask = self.question(from, claims.date, path.arrived());
        let (mut signatures, mut faults) = signatures(&raw, ask);
        let (mut chain, mut dkim2) = (arc::check(&raw, ask), dkim2::check(&raw, ask));
        if !kept {
            signatures.iter_mut().for_each(dkim::without_body);
            dkim2.iter_mut().for_each(Custody::without_body);
            if let Some(chain) = &mut chain {
                dkim::leave_open(&mut chain.state, &mut chain.reason);
            }
        }
        let results = authres::read(&raw, &path.hops, &self.context.trusted);
        let grounds = Grounds {
            claims: &claims,
            signatures: &signatures,
            results: &results,
            chain: chain.as_ref(),
            dkim2: dkim2.as_ref(),
            path: &path,
        };
        let verdicts = verdict::weigh(grounds);
        let mut signs = senders::signs(&parsed, &claims, &self.context.protected);
        signs.extend(path::date_remarks(&path, claims.date.zip(claims.zone_min)));
        let texts = parts::texts(&parsed);
        let (links, more_links) = parts::links(&texts, &names);
        let (attachments, more_files) = parts::attachments(&parsed);
        faults.extend(broken(&raw, &parsed));
        faults.extend(cut(texts.cut, more_links, more_files));
        let nested = self.nested(&parsed, bytes, depth, kept, &mut faults);
        let mut traits = Traits::new(&parsed, &claims, &path, texts.plain, names);
        traits.word = Some(verdicts.overall.word);
        traits.signs = signs.iter().map(|sign| sign.code).collect();
        let examination = Examination {
            sha256: parts::hex(&Sha256::digest(bytes)),
            bytes: bytes.len() as u64,
            verdicts,
            claims,
            signatures,
            chain,
            dkim2,
            results,
            path,
            signs,
            links,
            attachments,
            language: language::guess(traits.text()).map(|guess| guess.code),
            words: lexicon::hits(traits.text()),
            nested,
            faults,
        };
        Examined { examination, traits }
    }

    /// The messages within a message.
    fn nested(
        &self,
        parsed: &Message<'_>,
        bytes: &[u8],
        depth: usize,
        kept: bool,
        faults: &mut Vec<Remark>,
    ) -> Vec<Examination> {
        let inner: Vec<_> =
            parsed.parts.iter().filter(|part| matches!(part.body, PartType::Message(_))).collect();
        let room = if depth < MAX_DEPTH { MAX_NESTED } else { 0 };
        if inner.len() > room {
            let text = format!("{} messages within it were not examined", inner.len() - room);
            faults.push(Remark::new("nested-left-out", text));
        }
        let examine = |part: &&mail_parser::MessagePart<'_>| {
            let (from, to) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
            // A message within may be packed as base64; its parts then lie elsewhere.
            let plain =
                bytes.get(from..to).filter(|_| part.encoding == mail_parser::Encoding::None);
            let own = match (&part.body, plain) {
                (_, Some(bytes)) => Cow::Borrowed(bytes),
                (PartType::Message(message), None) => crlf(message.raw_message()),
                _ => return None,
            };
            Some(self.message(&own, depth + 1, kept).examination)
        };
        inner.iter().take(room).filter_map(examine).collect()
    }
}

/// The signatures of a message, checked.
fn signatures(raw: &Raw<'_>, ask: Question<'_>) -> (Vec<Checked>, Vec<Remark>) {
    let places: Vec<usize> = raw.named("dkim-signature").map(|(place, _)| place).collect();
    let mut faults = Vec::new();
    if places.len() > MAX_SIGNATURES {
        let text = format!("{} signatures were not checked", places.len() - MAX_SIGNATURES);
        faults.push(Remark::new("signatures-left-out", text));
    }
    let check = |&place: &usize| dkim::check(raw, place, Kind::Dkim, ask);
    (places.iter().take(MAX_SIGNATURES).map(check).collect(), faults)
}

/// What is broken in a message.
fn broken(raw: &Raw<'_>, parsed: &Message<'_>) -> Vec<Remark> {
    let mut faults = Vec::new();
    let mut say = |code, text: String| faults.push(Remark::new(code, text));
    if raw.fields.is_empty() {
        say("no-header", "it has no header".to_owned());
    }
    if raw.stray_lines > 0 {
        say("stray-lines", format!("{} lines of its header are no fields", raw.stray_lines));
    }
    let garbled = parsed.parts.iter().filter(|part| part.is_encoding_problem).count();
    if garbled > 0 {
        say("encoding", format!("{garbled} of its parts are damaged in their encoding"));
    }
    for name in ["from", "date", "subject", "to", "message-id"] {
        let count = raw.named(name).count();
        if count > 1 {
            say("field-twice", format!("it has {count} fields {name}, of which readers see one"));
        }
    }
    faults
}

/// What was left out.
fn cut(bytes: u64, links: u32, files: u32) -> Vec<Remark> {
    let counts = [
        (bytes, "text-cut", "bytes of its text were not read"),
        (u64::from(links), "links-left-out", "hosts of links were not listed"),
        (u64::from(files), "attachments-left-out", "attachments were not listed"),
    ];
    let some = counts.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, code, text)| Remark::new(code, format!("{count} {text}"))).collect()
}

impl Examination {
    /// The domains that it names, each once, as they are to be compared and not to be shown: of its
    /// senders, its Message-ID, its signers, and where its links lead; those of messages within it too.
    pub fn domains(&self) -> Vec<String> {
        let claims = &self.claims;
        let named = [&claims.sender, &claims.reply_to, &claims.return_path, &claims.id_host];
        let links = self.links.iter().map(|link| link.host.replace("[.]", "."));
        let mut domains: Vec<String> =
            claims.from.iter().chain(named.into_iter().flatten()).cloned().collect();
        domains.extend(self.signatures.iter().map(|one| one.domain.clone()).chain(links));
        domains.extend(self.dkim2.iter().flat_map(|one| &one.hops).map(|hop| hop.domain.clone()));
        domains.extend(self.nested.iter().flat_map(Self::domains));
        domains.retain(|domain| !domain.is_empty());
        domains.sort_unstable();
        domains.dedup();
        domains
    }

    /// Whether a signature of this message holds.
    pub fn has_valid_signature(&self) -> bool {
        let hops = self.dkim2.iter().flat_map(|one| &one.hops).map(|hop| hop.state);
        self.signatures.iter().map(|one| one.state).chain(hops).any(|state| state == State::Valid)
    }
}
