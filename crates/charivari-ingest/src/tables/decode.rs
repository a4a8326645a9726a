//! Bytes to text: valid UTF-8 wins, word by word, and what was replaced is counted.
//!
//! Files of leaks are mixed: rows of one encoding were appended to a table of another. So a word
//! that is not UTF-8 is decoded by a fallback from its first wrong byte up to the next ASCII byte,
//! and the rest of the file stays as it is. How the blocks are cut makes no difference.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::report::{EncodingDecision, EncodingFound};

/// The state of decoding one part.
pub(crate) struct Decoding {
    found: EncodingFound,
    fallback: &'static Encoding,
    mode: Mode,
    /// Zero bytes in the text.
    pub(crate) zeros: u64,
    /// Bytes that came in.
    pub(crate) bytes: u64,
}

enum Mode {
    /// UTF-8, with the bytes of a character that the last block cut, and whether a wrong byte
    /// stood before them in the same word.
    Utf8 { held: Vec<u8>, in_wrong_word: bool },
    /// Whatever `encoding_rs` decodes.
    Other(Box<encoding_rs::Decoder>),
}

impl Decoding {
    /// Decides from the first bytes, and says how many of them are a mark to be passed over.
    pub(crate) fn of(head: &[u8], given: Option<&'static Encoding>) -> (Self, usize) {
        if let Some((encoding, length)) = Encoding::for_bom(head) {
            return (Self::new(encoding, EncodingDecision::Mark, WINDOWS_1252), length);
        }
        if let Some(encoding) = given {
            return (Self::new(encoding, EncodingDecision::Given, WINDOWS_1252), 0);
        }
        (Self::guessed(head), 0)
    }

    fn guessed(head: &[u8]) -> Self {
        if let Some(encoding) = sixteen_bits(head) {
            return Self::new(encoding, EncodingDecision::Guess, WINDOWS_1252);
        }
        let words = Words::of(head);
        let fallback = words.fallback();
        if words.wrong == 0 {
            Self::new(UTF_8, EncodingDecision::Valid, fallback)
        } else if words.right * 9 <= words.wrong {
            Self::new(fallback, EncodingDecision::Guess, fallback)
        } else {
            Self::new(UTF_8, EncodingDecision::Mixed, fallback)
        }
    }

    fn new(
        encoding: &'static Encoding,
        decided: EncodingDecision,
        fallback: &'static Encoding,
    ) -> Self {
        let mode = if encoding == UTF_8 {
            Mode::Utf8 { held: Vec::new(), in_wrong_word: false }
        } else {
            Mode::Other(Box::new(encoding.new_decoder_without_bom_handling()))
        };
        let found = EncodingFound { name: encoding.name(), decided, fallback: None, replaced: 0 };
        Self { found, fallback, mode, zeros: 0, bytes: 0 }
    }

    /// What is to be said about it.
    pub(crate) fn found(&self) -> &EncodingFound {
        &self.found
    }

    /// Appends the text of `bytes`.
    pub(crate) fn push(&mut self, bytes: &[u8], text: &mut String) {
        self.bytes += bytes.len() as u64;
        match &mut self.mode {
            Mode::Utf8 { held, .. } if held.is_empty() => self.push_utf8(bytes, false, text),
            Mode::Utf8 { held, .. } => {
                let mut joined = std::mem::take(held);
                joined.extend_from_slice(bytes);
                self.push_utf8(&joined, false, text);
            }
            Mode::Other(_) => self.push_other(bytes, false, text),
        }
        if memchr::memchr(0, bytes).is_some() && matches!(self.mode, Mode::Utf8 { .. }) {
            self.zeros += memchr::memchr_iter(0, bytes).count() as u64;
        }
    }

    /// Appends what was held back.
    pub(crate) fn finish(&mut self, text: &mut String) {
        match &mut self.mode {
            Mode::Utf8 { held, .. } => {
                let held = std::mem::take(held);
                self.push_utf8(&held, true, text);
            }
            Mode::Other(_) => self.push_other(&[], true, text),
        }
    }

    fn push_utf8(&mut self, mut bytes: &[u8], last: bool, text: &mut String) {
        let Mode::Utf8 { held, in_wrong_word } = &mut self.mode else { return };
        loop {
            if *in_wrong_word {
                let word = bytes.iter().position(u8::is_ascii).unwrap_or(bytes.len());
                self.found.replaced += word as u64;
                self.found.fallback = Some(self.fallback.name());
                let (decoded, _) = self.fallback.decode_without_bom_handling(&bytes[..word]);
                text.push_str(&decoded);
                bytes = &bytes[word..];
                *in_wrong_word = bytes.is_empty();
            }
            match std::str::from_utf8(bytes) {
                Ok(valid) => return text.push_str(valid),
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    if error.error_len().is_none() && !last {
                        held.extend_from_slice(rest);
                        return;
                    }
                    bytes = rest;
                    *in_wrong_word = true;
                }
            }
        }
    }

    fn push_other(&mut self, mut bytes: &[u8], last: bool, text: &mut String) {
        let Mode::Other(decoder) = &mut self.mode else { return };
        let before = text.len();
        loop {
            text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() + 64));
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, text, last);
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, _) => {
                    self.found.replaced += u64::from(length);
                    text.push('\u{fffd}');
                }
            }
        }
        let added = text.as_bytes().get(before..).unwrap_or_default();
        self.zeros += memchr::memchr_iter(0, added).count() as u64;
    }
}

/// UTF-16 without a mark: every second byte of plain text is zero.
fn sixteen_bits(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |first: usize| {
        head.iter().skip(first).step_by(2).take(pairs).filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 4 {
        None
    } else if odd * 10 > pairs * 4 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 4 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The words of the head that are not ASCII.
#[derive(Default)]
struct Words {
    right: usize,
    wrong: usize,
    /// Bytes of wrong words, and of all wrong bytes how often each stands there.
    bytes: usize,
    counts: Vec<usize>,
}

impl Words {
    fn of(head: &[u8]) -> Self {
        let mut words = Self { counts: vec![0; 256], ..Self::default() };
        let mut rest = head;
        while let Some(start) = rest.iter().position(|byte| !byte.is_ascii()) {
            let after = &rest[start..];
            let length = after.iter().position(u8::is_ascii).unwrap_or(after.len());
            let is_last = length == after.len();
            words.add(&after[..length], is_last);
            rest = &after[length..];
        }
        words
    }

    fn add(&mut self, word: &[u8], is_last: bool) {
        let is_right = match std::str::from_utf8(word) {
            Ok(_) => true,
            // The head ends somewhere, also inside a character.
            Err(error) => is_last && error.error_len().is_none(),
        };
        if is_right {
            self.right += 1;
            return;
        }
        self.wrong += 1;
        self.bytes += word.len();
        for byte in word {
            self.counts[usize::from(*byte)] += 1;
        }
    }

    /// The encoding of the wrong words: Latin ones have a letter here and there, Cyrillic and
    /// Arabic ones hardly anything else; those two differ in the letters that are usual.
    fn fallback(&self) -> &'static Encoding {
        if self.bytes < self.wrong * 5 / 2 || self.wrong == 0 {
            return WINDOWS_1252;
        }
        let share = |bytes: &[u8]| -> usize {
            bytes.iter().map(|byte| self.counts[usize::from(*byte)]).sum()
        };
        // In windows-1251 these are а, в, з, и, й, к, л; in windows-1256 letters of French.
        let cyrillic = share(&[0xe0, 0xe2, 0xe7, 0xe8, 0xe9, 0xea, 0xeb]);
        // In windows-1256 these are alef, lam, noon, yeh and reh; in windows-1251 З, б, о and С.
        let arabic = share(&[0xc7, 0xe1, 0xe4, 0xed, 0xd1, 0xed, 0xe6]);
        if cyrillic * 10 > self.bytes {
            encoding_rs::WINDOWS_1251
        } else if arabic * 5 > self.bytes {
            encoding_rs::WINDOWS_1256
        } else {
            WINDOWS_1252
        }
    }
}
