//! What texts mean: objects that no post shows by itself, and that only a text model sees.

use charivari_text::meaning::{Counts, Model, Options, cluster};

use crate::behaviours::by_name;
use crate::error::Error;
use crate::intern::hash;
use crate::store::Store;

/// The name of the behaviour.
pub(crate) const NAME: &str = "meaning";

/// Normalised texts on their way to be clustered, one after the other, and the rows they stand in.
#[derive(Default)]
pub(crate) struct MeantTexts {
    text: String,
    ends: Vec<usize>,
    rows: Vec<u32>,
}

impl MeantTexts {
    /// Adds the text of a row; rows come ascending.
    pub(crate) fn add(&mut self, text: &str, row: u32) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.rows.push(row);
    }

    fn get(&self, at: usize) -> &str {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[from..self.ends[at]]
    }
}

impl Store {
    /// Clusters by meaning the texts that were handed over, and adds what they touch. Call it once,
    /// when all batches are added; without it no texts mean the same.
    ///
    /// # Errors
    /// `E0412` where there are more objects than 32 bits can count.
    pub fn settle_meanings(&mut self, model: &Model, options: Options) -> Result<Counts, Error> {
        let meant = std::mem::take(&mut self.meant);
        let (false, Some((layer, _))) = (meant.rows.is_empty(), by_name(NAME)) else {
            return Ok(Counts::default());
        };
        // A post that stands in several rows has one text.
        let posts = crate::identity::settle(self, &mut crate::columns::Counts::default());
        let counted: Vec<usize> = (0..meant.rows.len())
            .filter(|at| posts[meant.rows[*at] as usize] == meant.rows[*at])
            .collect();
        let texts: Vec<&str> = counted.iter().map(|at| meant.get(*at)).collect();
        let clusters = cluster(model, &texts, options);
        let mut objects = Vec::with_capacity(clusters.keys.len());
        let mut name = Vec::new();
        for key in &clusters.keys {
            name.clear();
            name.push(layer as u8);
            name.extend_from_slice(charivari_text::normalise::hex(key).as_bytes());
            objects.push(self.objects.intern(&name, hash(&name))?);
        }
        let touches = counted
            .iter()
            .zip(&clusters.of)
            .filter_map(|(at, of)| Some((meant.rows[*at], *objects.get(*of as usize)?)));
        self.touch(touches)?;
        Ok(clusters.counts)
    }
}
