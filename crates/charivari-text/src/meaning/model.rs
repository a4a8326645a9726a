//! A static embedding: a direction for each piece of a word.

use sha2::{Digest as _, Sha256};

use super::Unusable;
use super::pieces::Pieces;
use super::tensors::{Tensor, Tensors};

/// Pieces of a text that are looked at, as in the library that made the files.
const MOST_PIECES: usize = 512;

/// A model with more dimensions than this is none of the kind.
const MOST_DIMENSIONS: usize = 4_096;

/// A static-embedding model in the form of *model2vec*.
pub struct Model {
    pieces: Pieces,
    tensors: Tensors,
    embeddings: Tensor,
    /// How much each piece weighs, where the model says so.
    weights: Option<Tensor>,
    /// Which embedding each piece has, where that is not its own number.
    mapping: Option<Tensor>,
    digest: [u8; 32],
}

impl Model {
    /// Reads a model from its `tokenizer.json` and its `model.safetensors`. Its `config.json` is not
    /// needed: the only thing there that matters is whether embeddings are scaled to length one, and
    /// here they always are.
    ///
    /// # Errors
    /// Says which file is not what was expected, and why.
    pub fn read(tokenizer: &[u8], tensors: Vec<u8>) -> Result<Self, Unusable> {
        let digest = Sha256::new().chain_update(tokenizer).chain_update(&tensors).finalize();
        let pieces = Pieces::read(tokenizer)?;
        let tensors = Tensors::read(tensors)?;
        let embeddings = tensors.find("embeddings")?;
        let embeddings = embeddings
            .ok_or_else(|| Unusable::tensors("a tensor called embeddings is expected"))?;
        if !(2..=MOST_DIMENSIONS).contains(&embeddings.columns) {
            return Err(Unusable::tensors("embeddings of 2 to 4,096 dimensions are expected"));
        }
        let (weights, mapping) = (tensors.find("weights")?, tensors.find("mapping")?);
        let fits = |tensor: &Option<Tensor>| tensor.is_none_or(|t| t.rows >= pieces.end());
        let embedded = mapping.is_some() || embeddings.rows >= pieces.end();
        if !embedded || !fits(&weights) || !fits(&mapping) {
            return Err(Unusable::tensors("each piece of tokenizer.json needs a row"));
        }
        Ok(Self { pieces, tensors, embeddings, weights, mapping, digest: digest.into() })
    }

    /// The SHA-256 of the two files, one after the other: what the model is known by.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// How many numbers an embedding has.
    pub fn dimensions(&self) -> usize {
        self.embeddings.columns
    }

    /// The direction of a normalised text, at length one, in `into`; false where the model knows no
    /// piece of it.
    pub fn embed(&self, normalised: &str, into: &mut [f32]) -> bool {
        let mut sum = vec![0.0_f64; self.dimensions()];
        self.pieces.cut(normalised, MOST_PIECES, |piece| {
            let piece = piece as usize;
            let weight = self.weights.as_ref().map_or(1.0, |t| self.tensors.number(t, piece, 0));
            if let Some(row) = self.row(piece) {
                for (column, sum) in sum.iter_mut().enumerate() {
                    *sum += weight * self.tensors.number(&self.embeddings, row, column);
                }
            }
        });
        let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt();
        if !length.is_finite() || length < 1e-9 {
            return false;
        }
        for (into, sum) in into.iter_mut().zip(sum) {
            *into = (sum / length) as f32;
        }
        true
    }

    fn row(&self, piece: usize) -> Option<usize> {
        let Some(mapping) = &self.mapping else { return Some(piece) };
        let row = self.tensors.number(mapping, piece, 0);
        usize::try_from(row as i64).ok().filter(|row| *row < self.embeddings.rows)
    }
}
