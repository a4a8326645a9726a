//! Text that passes by: a window on the decoded input that grows only as far as one row needs.

use std::io;

use super::decode::Decoding;

/// Where raw bytes come from: fills the buffer with the next ones; `false` at the end.
pub(crate) trait Blocks {
    /// Puts the next bytes into `block`, whose content is of no use any more.
    fn next(&mut self, block: &mut Vec<u8>) -> io::Result<bool>;
}

/// A part of the text, of which the beginning is given back as rows are done.
pub(crate) struct Window<'s> {
    text: String,
    start: usize,
    blocks: &'s mut dyn Blocks,
    block: Vec<u8>,
    decoding: Decoding,
    /// Bytes of text that were given back.
    passed: u64,
    ended: bool,
    /// Why the input could not be read on.
    pub(crate) failure: Option<io::Error>,
}

impl<'s> Window<'s> {
    pub(crate) fn new(blocks: &'s mut dyn Blocks, decoding: Decoding) -> Self {
        let (text, block) = (String::new(), Vec::new());
        Self { text, start: 0, blocks, block, decoding, passed: 0, ended: false, failure: None }
    }

    /// The text from where the last row ended.
    pub(crate) fn rest(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// The text that a row may take, one byte over the cap at least if there is so much, and whether
    /// nothing follows it: whoever looks no further sees the same however much the window holds.
    pub(crate) fn row(&self, cap: usize) -> (&str, bool) {
        let rest = self.rest();
        if rest.len() <= cap {
            return (rest, self.ended);
        }
        let end = (cap + 1..=rest.len()).find(|at| rest.is_char_boundary(*at));
        let row = &rest[..end.unwrap_or(rest.len())];
        (row, self.ended && row.len() == rest.len())
    }

    /// How many bytes of text stand before [`Window::rest`].
    pub(crate) fn offset(&self) -> u64 {
        self.passed + self.start as u64
    }

    /// Whether all of the input is in the window.
    pub(crate) fn is_whole(&self) -> bool {
        self.ended
    }

    /// How bytes became text so far.
    pub(crate) fn decoding(&self) -> &Decoding {
        &self.decoding
    }

    /// Gives back the first `count` bytes, which end a character.
    pub(crate) fn pass(&mut self, count: usize) {
        self.start = (self.start + count).min(self.text.len());
    }

    /// Reads on until the window is twice as long, so that looking at a row again costs no more
    /// than reading it; `false` where the input has ended.
    pub(crate) fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.passed += self.start as u64;
        self.text.drain(..self.start);
        self.start = 0;
        let wanted = self.text.len() * 2;
        loop {
            match self.blocks.next(&mut self.block) {
                Ok(true) => self.decoding.push(&self.block, &mut self.text),
                Ok(false) => self.end(),
                Err(error) => {
                    self.failure = Some(error);
                    self.end();
                }
            }
            if self.ended || self.text.len() > wanted {
                return true;
            }
        }
    }

    fn end(&mut self) {
        self.decoding.finish(&mut self.text);
        self.ended = true;
    }
}
