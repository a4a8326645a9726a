//! Near-copies: an object that no post shows by itself.
//!
//! Texts are handed over as posts are read; when all are there they are clustered, and each text
//! of a cluster with more than one form touches it. Where all of a cluster say the very same, the
//! behaviour `text` has it already.

use charivari_text::near::{Counts, Options, Texts};

use crate::behaviours::by_name;
use crate::error::Error;
use crate::intern::hash;
use crate::store::Store;

/// The name of the behaviour.
pub(crate) const NAME: &str = "near-text";

/// Texts on their way to be clustered, and the rows they stand in.
#[derive(Default)]
pub(crate) struct NearTexts {
    texts: Texts,
    rows: Vec<u32>,
}

impl NearTexts {
    /// Adds the texts of some rows, ascending.
    pub(crate) fn add(&mut self, texts: &[&str], rows: impl Iterator<Item = u32>) {
        self.texts.extend(texts);
        self.rows.extend(rows);
    }
}

impl Store {
    /// Clusters the texts that were handed over, and adds what they touch. Call it once, when all
    /// batches are added; without it there are no near-copies.
    ///
    /// # Errors
    /// `E0412` where there are more objects than 32 bits can count.
    pub fn settle_near_texts(&mut self) -> Result<Counts, Error> {
        let NearTexts { mut texts, rows } = std::mem::take(&mut self.near);
        let (false, Some((layer, _))) = (texts.is_empty(), by_name(NAME)) else {
            return Ok(Counts::default());
        };
        // A post that stands in several rows has one text.
        let posts = crate::identity::settle(self, &mut crate::columns::Counts::default());
        if rows.iter().any(|row| posts[*row as usize] != *row) {
            texts.leave_out(|text| posts[rows[text] as usize] != rows[text]);
        }
        let clusters = texts.cluster(Options::default());
        let mut name = Vec::new();
        let mut objects = Vec::with_capacity(clusters.keys.len());
        for (key, forms) in clusters.keys.iter().zip(&clusters.forms) {
            let mut object = None;
            if *forms > 1 {
                name.clear();
                name.push(layer as u8);
                name.extend_from_slice(charivari_text::normalise::hex(key).as_bytes());
                object = Some(self.objects.intern(&name, hash(&name))?);
            }
            objects.push(object);
        }
        let of_text = |text: usize| *objects.get(*clusters.of.get(text)? as usize)?;
        let touches =
            rows.iter().enumerate().filter_map(|(text, row)| Some((*row, of_text(text)?)));
        self.touch(touches)?;
        Ok(clusters.counts)
    }

    /// Adds touches to rows; these are ascending.
    pub(crate) fn touch(&mut self, more: impl Iterator<Item = (u32, u32)>) -> Result<(), Error> {
        let mut more = more.peekable();
        let mut touched = Vec::with_capacity(self.touched.len() + self.row_end.len() / 8);
        let mut start = 0;
        for row in 0..self.row_end.len() {
            let end = self.row_end[row] as usize;
            touched.extend_from_slice(&self.touched[start..end]);
            start = end;
            while let Some((_, object)) = more.next_if(|(of, _)| *of as usize == row) {
                touched.push(object);
            }
            if touched.len() >= u32::MAX as usize {
                return Err(Error::TooMany { what: "traces", limit: u32::MAX.into() });
            }
            self.row_end[row] = touched.len() as u32;
        }
        self.touched = touched;
        Ok(())
    }
}
