//! Messages as bytes: a header of eight bytes, and content of a length that its kind allows.

use super::{Digest, Error, MAX_ROWS, Result, Token};
use crate::oprf::{ELEMENT_BYTES, PROOF_BYTES};

/// The bytes of a header: two letters, the version, the kind, and four bytes of length.
pub const HEADER_BYTES: usize = 8;
/// The most bytes of any message's content.
pub const MAX_FRAME: usize = 1 << 20;
/// The version of the messages.
const VERSION: u8 = 1;
const LETTERS: [u8; 2] = *b"CL";

const HELLO: u8 = 1;
const ELEMENTS: u8 = 2;
const ANSWER: u8 = 3;
const SET: u8 = 4;
const END: u8 = 5;
const REFUSED: u8 = 6;

/// The bytes of a greeting: the token, the commitment's digest and the number of rows.
const HELLO_BYTES: usize = 68;
/// The bytes before the proofs of an answer: how many rows, how many slots.
const ANSWER_HEAD: usize = 5;

/// What comes before a message's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    kind: u8,
    length: u32,
}

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub enum Message {
    /// The asker's first: who was invited, and to what.
    Hello {
        /// The token of the invitation.
        token: Token,
        /// The digest of the commitment.
        commitment: Digest,
        /// How many rows.
        rows: u32,
    },
    /// Blinded elements, row by row, in the committed order; as many messages as it takes.
    Elements(Vec<[u8; ELEMENT_BYTES]>),
    /// Answers to the next rows, slot by slot, with one proof for each slot.
    Answer {
        /// How many rows.
        rows: u32,
        /// One proof for each slot.
        proofs: Vec<[u8; PROOF_BYTES]>,
        /// The answers for all rows of slot 0, then of slot 1, and so on.
        elements: Vec<[u8; ELEMENT_BYTES]>,
    },
    /// The next entries of the set.
    Set(Vec<u8>),
    /// All entries were sent.
    End,
    /// The other side goes no further: the number of its error code.
    Refused(u16),
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({})", self.name())
    }
}

impl Header {
    /// Reads a header.
    ///
    /// # Errors
    /// `E0740` where it is none, `E0741` where it announces more than its kind may have.
    pub fn decode(bytes: &[u8; HEADER_BYTES]) -> Result<Self> {
        if bytes[..2] != LETTERS || bytes[2] != VERSION {
            return Err(Error::message("the letters CL and version 1", "something else"));
        }
        let length = u32::from_be_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        let header = Self { kind: bytes[3], length };
        let most = match header.kind {
            HELLO => HELLO_BYTES,
            ELEMENTS | ANSWER | SET => MAX_FRAME,
            END => 0,
            REFUSED => 2,
            other => return Err(Error::message("a kind from 1 to 6", other.to_string())),
        };
        let met = header.content_bytes();
        if met > most { Err(Error::Oversize { most, met }) } else { Ok(header) }
    }

    /// How many bytes of content follow.
    #[must_use]
    pub fn content_bytes(&self) -> usize {
        self.length as usize
    }
}

impl Message {
    /// The kind, for messages to people.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hello { .. } => "a greeting",
            Self::Elements(_) => "elements",
            Self::Answer { .. } => "an answer",
            Self::Set(_) => "entries of the set",
            Self::End => "the end",
            Self::Refused(_) => "a refusal",
        }
    }

    /// The message as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let (kind, content) = match self {
            Self::Hello { token, commitment, rows } => {
                (HELLO, [&token.0[..], &commitment.0, &rows.to_be_bytes()].concat())
            }
            Self::Elements(elements) => (ELEMENTS, elements.concat()),
            Self::Answer { rows, proofs, elements } => {
                let mut content = rows.to_be_bytes().to_vec();
                content.push(proofs.len() as u8);
                content.extend(proofs.iter().flatten());
                content.extend(elements.iter().flatten());
                (ANSWER, content)
            }
            Self::Set(entries) => (SET, entries.clone()),
            Self::End => (END, Vec::new()),
            Self::Refused(number) => (REFUSED, number.to_be_bytes().to_vec()),
        };
        let mut bytes = vec![LETTERS[0], LETTERS[1], VERSION, kind];
        bytes.extend_from_slice(&(content.len() as u32).to_be_bytes());
        bytes.extend_from_slice(&content);
        bytes
    }

    /// Reads the content that belongs to a header.
    ///
    /// # Errors
    /// `E0740` where it does not fit the kind.
    pub fn decode(header: Header, content: &[u8]) -> Result<Self> {
        let wrong = |expected| Error::message(expected, format!("{} bytes", content.len()));
        if content.len() != header.content_bytes() {
            return Err(wrong("as many bytes as were announced"));
        }
        match header.kind {
            HELLO => hello(content).ok_or_else(|| wrong("a token, a digest and a number of rows")),
            ELEMENTS => elements(content)
                .filter(|elements| !elements.is_empty())
                .map(Self::Elements)
                .ok_or_else(|| wrong("whole elements, at least one")),
            ANSWER => answer(content).ok_or_else(|| wrong("rows, proofs and answers")),
            SET if content.is_empty() => Err(wrong("at least one entry")),
            SET => Ok(Self::Set(content.to_vec())),
            REFUSED => match content {
                &[high, low] => Ok(Self::Refused(u16::from_be_bytes([high, low]))),
                _ => Err(wrong("a number of two bytes")),
            },
            _ => Ok(Self::End),
        }
    }
}

fn hello(content: &[u8]) -> Option<Message> {
    let (token, rest) = content.split_first_chunk()?;
    let (commitment, rest) = rest.split_first_chunk()?;
    let rows = u32::from_be_bytes(rest.try_into().ok()?);
    Some(Message::Hello { token: Token(*token), commitment: Digest(*commitment), rows })
}

fn elements(content: &[u8]) -> Option<Vec<[u8; ELEMENT_BYTES]>> {
    let (elements, rest) = content.as_chunks();
    rest.is_empty().then(|| elements.to_vec())
}

fn answer(content: &[u8]) -> Option<Message> {
    let (rows, rest) = content.split_first_chunk()?;
    let (&slots, rest) = rest.split_first()?;
    let (rows, slots) = (u32::from_be_bytes(*rows), usize::from(slots));
    if rows == 0 || rows > MAX_ROWS || slots == 0 {
        return None;
    }
    let (proofs, rest) = rest.split_at_checked(slots * PROOF_BYTES)?;
    let elements = elements(rest)?;
    (elements.len() == rows as usize * slots).then_some(())?;
    let proofs = proofs.as_chunks().0.to_vec();
    Some(Message::Answer { rows, proofs, elements })
}

/// Rows that one answer has room for.
pub(super) fn rows_of_answer(slots: usize) -> usize {
    let room = MAX_FRAME - ANSWER_HEAD - slots * PROOF_BYTES;
    (room / (slots * ELEMENT_BYTES)).min(super::BATCH_ROWS)
}
