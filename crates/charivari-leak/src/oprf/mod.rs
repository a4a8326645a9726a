//! Oblivious pseudorandom functions: RFC 9497 over ristretto255 with SHA-512.
//!
//! One side holds a key, the other an input; the other learns the function's output and nothing of
//! the key, the first learns nothing of the input. Three modes, as in the RFC: plain ([`Mode::Oprf`]),
//! with a proof that one known key answered ([`Mode::Voprf`]), and with a public input that both
//! sides bind into the function besides ([`Mode::Poprf`]).
//!
//! Invariants: what is secret (keys, blinds, inputs) goes through constant-time operations only and is
//! overwritten when it is dropped; what comes from a peer is decoded strictly, and an encoding that is
//! not the one of its element, or the identity, is refused by name; random bytes are an argument.
//!
//! Sources: RFC 9497 (the protocol), RFC 9380 (`expand_message_xmd`), RFC 9496 (ristretto255).

mod client;
mod element;
mod error;
mod key;
mod proof;
mod server;
mod suite;
#[cfg(test)]
mod tests;

pub use client::{Blind, Finalizer, blind, blind_batch};
pub use element::{ELEMENT_BYTES, Element};
pub use error::{Error, Result};
pub use key::{PublicKey, SecretKey, Tweaked, TweakedPublic};
pub use proof::{PROOF_BYTES, Proof};
pub use server::Evaluator;
pub use suite::{MAX_INPUT, Mode, OUTPUT_BYTES, Output};

/// The most elements that one proof can be about: their places are numbers of two bytes.
pub const MAX_BATCH: usize = 65_535;
