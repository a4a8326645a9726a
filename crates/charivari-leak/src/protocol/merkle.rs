//! Merkle trees that are computed while the leaves pass, in the form of RFC 6962.

use sha2::{Digest as _, Sha256};

use super::Digest;

/// A tree under construction: it holds one node for each of its levels.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Roots of complete trees, the largest first, each with the number of its levels.
    peaks: Vec<(u32, [u8; 32])>,
    leaves: u64,
}

impl Tree {
    /// Adds a leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        let hash = Sha256::new().chain_update([0]).chain_update(leaf).finalize();
        let mut top = (0, hash.into());
        while let Some(&(level, left)) = self.peaks.last()
            && level == top.0
        {
            self.peaks.pop();
            top = (level + 1, join(&left, &top.1));
        }
        self.peaks.push(top);
        self.leaves += 1;
    }

    /// How many leaves there are.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev().map(|(_, hash)| *hash);
        let Some(first) = peaks.next() else { return Digest::of(b"") };
        Digest(peaks.fold(first, |right, left| join(&left, &right)))
    }
}

fn join(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}
