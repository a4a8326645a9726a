//! The side that answers: evaluates blinded elements, and its own inputs directly.

use std::fmt;

use curve25519_dalek::Scalar;
use rayon::prelude::*;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::proof::Claim;
use super::suite::{ToGroup, check_length, output};
use super::{Element, Error, Mode, Output, Proof, Result, SecretKey};

/// A key made ready for one mode, and for one public input where the mode has one.
#[derive(Clone)]
pub struct Evaluator {
    mode: Mode,
    secret: Secret,
    public: Element,
    info: Option<Vec<u8>>,
    to_group: ToGroup,
}

/// What leads from a question to its answer, and what a proof is made with.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
struct Secret {
    factor: Scalar,
    proves: Scalar,
}

impl fmt::Debug for Evaluator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluator").field("mode", &self.mode).finish_non_exhaustive()
    }
}

impl Evaluator {
    /// Evaluates without proofs.
    #[must_use]
    pub fn oprf(key: &SecretKey) -> Self {
        Self::plain(Mode::Oprf, key)
    }

    /// Evaluates with proofs.
    #[must_use]
    pub fn voprf(key: &SecretKey) -> Self {
        Self::plain(Mode::Voprf, key)
    }

    fn plain(mode: Mode, key: &SecretKey) -> Self {
        let secret = Secret { factor: *key.scalar(), proves: *key.scalar() };
        let public = *key.public().element();
        Self { mode, secret, public, info: None, to_group: ToGroup::new(mode) }
    }

    /// Evaluates with proofs under a public input. The inverse is computed once, here.
    ///
    /// # Errors
    /// `E0734` and `E0735`, as of [`SecretKey::tweak`].
    pub fn poprf(key: &SecretKey, info: &[u8]) -> Result<Self> {
        let tweaked = key.tweak(info)?;
        let public = key.public().tweak(info)?.0;
        let secret = Secret { factor: tweaked.inverse, proves: tweaked.key };
        let (mode, info) = (Mode::Poprf, Some(info.to_vec()));
        Ok(Self { mode, secret, public, info, to_group: ToGroup::new(mode) })
    }

    /// Answers blinded elements, on all threads.
    #[must_use]
    pub fn blind_evaluate(&self, blinded: &[Element]) -> Vec<Element> {
        let half = Zeroizing::new(self.secret.factor.div_by_2());
        let chunks = blinded.par_chunks(256);
        let answers = chunks.flat_map_iter(|chunk| {
            let halves: Vec<_> = chunk.iter().map(|element| *half * element.point()).collect();
            Element::of_halves(&halves)
        });
        answers.collect()
    }

    /// Proves that this key made all these answers, with 64 random bytes that are used for nothing
    /// else.
    ///
    /// # Errors
    /// `E0733` in the mode that has no proofs, `E0734` where the batch is empty or too long.
    pub fn prove(
        &self,
        blinded: &[Element],
        evaluated: &[Element],
        random: &[u8; 64],
    ) -> Result<Proof> {
        let random = Zeroizing::new(Scalar::from_bytes_mod_order_wide(random));
        self.prove_with(blinded, evaluated, &random)
    }

    pub(super) fn prove_with(
        &self,
        blinded: &[Element],
        evaluated: &[Element],
        random: &Scalar,
    ) -> Result<Proof> {
        let (before, after) = match self.mode {
            Mode::Poprf => (evaluated, blinded),
            Mode::Voprf => (blinded, evaluated),
            Mode::Oprf => return Err(Error::Proof),
        };
        let claim = Claim { mode: self.mode, public: &self.public, before, after };
        Proof::make(&claim, &self.secret.proves, random)
    }

    /// The outputs for inputs that this side knows, on the thread that calls: one scalar
    /// multiplication each.
    ///
    /// # Errors
    /// `E0734` where an input is too long.
    pub fn evaluate<I: AsRef<[u8]>>(&self, inputs: &[I]) -> Result<Vec<Output>> {
        let half = Zeroizing::new(self.secret.factor.div_by_2());
        let mut halves = Vec::with_capacity(inputs.len());
        for input in inputs {
            check_length("bytes of an input", input.as_ref())?;
            halves.push(*half * self.to_group.point(input.as_ref()));
        }
        let encoded = curve25519_dalek::RistrettoPoint::double_and_compress_batch(&halves);
        halves.zeroize();
        let made = inputs.iter().zip(&encoded);
        let output = |(input, element): (&I, &curve25519_dalek::ristretto::CompressedRistretto)| {
            output(input.as_ref(), self.info.as_deref(), element.as_bytes())
        };
        Ok(made.map(output).collect())
    }
}
