//! What is needed to compare a message with others. It holds words of the message and of its
//! recipients, so it is never written anywhere and shows nothing of itself.

use std::fmt;

use charivari_model::Timestamp;
use mail_parser::Message;

use crate::claims::Claims;
use crate::path::Path;
use crate::verdict::Word;

/// Texts longer than this are compared by their beginning, and that is counted.
pub(crate) const MAX_COMPARED: usize = 8 << 10;

/// What is compared.
#[derive(Clone, Default)]
pub struct Traits {
    text: String,
    /// Whether the text went on.
    pub(crate) cut: bool,
    /// Words of recipients.
    pub(crate) names: Vec<String>,
    /// A digest of all recipients, to tell whether two messages went to the same people.
    pub(crate) recipients: u64,
    /// The network that it came from.
    pub(crate) network: Option<String>,
    pub(crate) tool: Option<String>,
    pub(crate) id_shape: Option<String>,
    pub(crate) boundary: Option<String>,
    /// The domain it says it is from.
    pub(crate) from: Option<String>,
    pub(crate) time: Option<Timestamp>,
    /// The word on the whole message.
    pub(crate) word: Option<Word>,
    /// Whether it says it is from a mailing list.
    pub(crate) list: bool,
    /// Tricks with its sender's name and domain.
    pub(crate) signs: Vec<&'static str>,
    /// The value of its first signature, to find one that was used again.
    pub(crate) signature: Option<u64>,
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traits").field("text_bytes", &self.text.len()).finish_non_exhaustive()
    }
}

impl Traits {
    pub(crate) fn new(
        message: &Message<'_>,
        claims: &Claims,
        path: &Path,
        mut text: String,
        names: Vec<String>,
    ) -> Self {
        let mut end = text.len().min(MAX_COMPARED);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let cut = end < text.len();
        text.truncate(end);
        text.shrink_to_fit();
        let signature = message.header_raw("DKIM-Signature").map(|value| digest(value.as_bytes()));
        Self {
            text,
            cut,
            recipients: digest(names.join(" ").as_bytes()),
            names,
            network: path.origin().map(str::to_owned),
            tool: claims.tool.clone(),
            id_shape: claims.id_shape.clone(),
            boundary: claims.boundary_shape.clone(),
            from: claims.from.first().cloned(),
            time: path.arrived().or(claims.date),
            word: None,
            signs: Vec::new(),
            list: claims.list.is_some(),
            signature,
        }
    }

    /// The text that is compared.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        let names: usize = self.names.iter().map(|name| name.len() + 24).sum();
        size_of::<Self>() + self.text.len() + names + 200
    }
}

/// A digest for comparing within one run (FNV-1a, 64 bits); it is never written down.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
