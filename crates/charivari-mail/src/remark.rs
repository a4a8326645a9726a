//! Something worth saying about a message: a name for programs and a sentence for people.

use serde::Serialize;

/// A remark. Its sentence never holds the words of a message, nor a name or address in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The name, which never changes its meaning, such as `body-changed`.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

impl Remark {
    /// A remark.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}
