//! Signatures of domains over messages (DKIM, RFC 6376, with RFC 8301 and RFC 8463).
//!
//! Each signature is checked in its parts, so that a failure has its true reason: the body, the
//! header fields, the key, the signature itself.

mod body;
mod canon;
mod conclude;
mod crypto;
mod headers;
mod key;
mod signature;
mod tags;
mod verify;

pub(crate) use body::appended;
pub(crate) use canon::{Canon, body as canonical_body, field as canonical_field};
pub(crate) use conclude::{key_notes, leave_open, void, without_body};
pub(crate) use crypto::Hash;
pub(crate) use headers::seal_input;
pub(crate) use key::Key;
pub(crate) use signature::{Algorithm, Kind, host};
pub(crate) use tags::{Tags, base64};
pub use verify::{Alignment, Checked, State};
pub(crate) use verify::{
    Holds, Opening, Question, aligned, best, bits, check, holds, opening, unfit,
};
