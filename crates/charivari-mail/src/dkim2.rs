//! Signatures of all who handled a message, one after the other (DKIM2, a draft).
//!
//! What is read here is draft-ietf-dkim-dkim2-spec-02 of May 2026, and of
//! draft-ietf-dkim-dkim2-spec-06 of August 2026 the tag `nd=` and the longer list of fields that are
//! not signed. Drafts change, so that whatever is said of such a signature names the draft.
//!
//! A `Message-Instance` field holds digests of the header and the body, and a recipe that undoes what
//! was changed since the instance before it. A `DKIM2-Signature` field signs these fields and says
//! between whom the message then went. So each hop is checked against the message as it was there:
//! undone, step by step, from how it is now.

mod address;
mod chain;
mod content;
mod explain;
mod form;
mod hop;
mod instance;
mod recipe;
mod seal;
mod signature;

pub use chain::{Custody, Handled};
pub(crate) use chain::{body_holds, check};

/// The draft that is read.
pub const DRAFT: &str = "draft-ietf-dkim-dkim2-spec-02";

/// What the fuzz target runs: a recipe and a message, a signature and an instance.
pub(crate) fn fuzz(json: &[u8], message: &[u8]) {
    let raw = crate::raw::Raw::parse(message);
    let message = form::Message::new(&raw.fields, raw.body);
    let undone = recipe::Recipe::parse(json).ok().and_then(|recipe| recipe.undo(message).ok());
    // Steps only go forward: each line is taken once, and the last may get a line end.
    let most = raw.body.len() + json.len() + 2;
    assert!(
        undone.is_none_or(|before| before.body.len() <= most),
        "a recipe makes more than it has"
    );
    drop(signature::Signature::parse(json));
    drop(instance::Instance::parse(json));
}

/// The names of the two fields.
const SIGNATURE: &str = "dkim2-signature";
const INSTANCE: &str = "message-instance";
