//! What can be wrong.

use charivari_text::show::{shorten, visible};

/// Why something could not be done. No message holds more of an input than the field at fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The list of the protected cannot be read as TOML or JSON.
    #[error("E0801: cannot read who is protected{}: {why}; see docs/identity.md for an example", at(.name))]
    Protected {
        /// The file, empty where there is none.
        name: String,
        /// What the reader says.
        why: String,
    },
    /// An entry lacks what it needs.
    #[error("E0802: the protected `{}` {why}", shown(.id))]
    Entry {
        /// Its id.
        id: String,
        /// What is expected.
        why: String,
    },
    /// Two entries have one id.
    #[error("E0803: two of the protected have the id `{}`; give each its own", shown(.id))]
    Twice {
        /// The id.
        id: String,
    },
    /// A text is no hash.
    #[error("E0810: a PDQ hash of 64 hexadecimal digits was expected, and `{}` met", shown(.met))]
    Hash {
        /// What stands there.
        met: String,
    },
    /// A picture cannot be decoded.
    #[error("E0811: a PNG, JPEG, GIF, WebP or BMP picture was expected: {why}")]
    Picture {
        /// What the decoder says.
        why: String,
    },
    /// A picture is too large to decode.
    #[error(
        "E0812: a picture of {met} bytes or pixels is larger than the cap of {limit}; make it smaller if it is genuine"
    )]
    PictureSize {
        /// Its size.
        met: u64,
        /// The cap.
        limit: u64,
    },
}

impl Error {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Protected { .. } => "E0801",
            Self::Entry { .. } => "E0802",
            Self::Twice { .. } => "E0803",
            Self::Hash { .. } => "E0810",
            Self::Picture { .. } => "E0811",
            Self::PictureSize { .. } => "E0812",
        }
    }
}

fn at(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" in {}", shown(name)) }
}

fn shown(text: &str) -> String {
    visible(&shorten(text, 80)).into_owned()
}
