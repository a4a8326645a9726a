//! The side that asks: blinds inputs, checks the proof, and finalises what comes back.

use std::fmt;

use curve25519_dalek::Scalar;
use curve25519_dalek::traits::IsIdentity;
use rayon::prelude::*;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::proof::Claim;
use super::suite::{ToGroup, check_length, output};
use super::{Element, Error, Mode, Output, Proof, PublicKey, Result, TweakedPublic};

/// What hides one input; overwritten when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Blind(Scalar);

impl fmt::Debug for Blind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blind(hidden)")
    }
}

impl Blind {
    /// A blind from 64 random bytes that are used for nothing else.
    ///
    /// # Errors
    /// `E0732` where they stand for zero, which random bytes do not.
    pub fn from_random(bytes: &[u8; 64]) -> Result<Self> {
        Self::checked(Scalar::from_bytes_mod_order_wide(bytes))
    }

    /// A blind from its encoding, for test vectors.
    ///
    /// # Errors
    /// `E0732` where it is not the encoding of a scalar other than zero.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self> {
        let scalar = Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes));
        Self::checked(scalar.unwrap_or(Scalar::ZERO))
    }

    fn checked(scalar: Scalar) -> Result<Self> {
        if bool::from(scalar.ct_eq(&Scalar::ZERO)) {
            return Err(Error::Scalar { what: "a blind" });
        }
        Ok(Self(scalar))
    }
}

/// Hides an input.
///
/// # Errors
/// `E0734` where the input is too long, `E0731` where its element is the identity.
pub fn blind(mode: Mode, input: &[u8], blind: &Blind) -> Result<Element> {
    check_length("bytes of an input", input)?;
    let point = mode.to_group(input);
    if point.is_identity() {
        return Err(Error::Identity { place: 0 });
    }
    Ok(Element::of(blind.0 * point))
}

/// Hides many inputs, on all threads.
///
/// # Errors
/// As [`blind`]; `E0734` where there are not as many blinds as inputs.
pub fn blind_batch<I: AsRef<[u8]> + Sync>(
    mode: Mode,
    inputs: &[I],
    blinds: &[Blind],
) -> Result<Vec<Element>> {
    if inputs.len() != blinds.len() {
        return Err(Error::Length { what: "blinds", most: inputs.len(), met: blinds.len() });
    }
    for input in inputs {
        check_length("bytes of an input", input.as_ref())?;
    }
    let to_group = ToGroup::new(mode);
    let chunks = inputs.par_chunks(256).zip(blinds.par_chunks(256));
    let blinded = chunks.flat_map_iter(|(inputs, blinds)| {
        let half =
            |(input, blind): (&I, &Blind)| blind.0.div_by_2() * to_group.point(input.as_ref());
        Element::of_halves(&inputs.iter().zip(blinds).map(half).collect::<Vec<_>>())
    });
    Ok(blinded.collect())
}

/// What finalises answers: the mode, and the key that was announced where the mode proves it.
#[derive(Clone, Debug)]
pub struct Finalizer {
    mode: Mode,
    public: Option<Element>,
    info: Option<Vec<u8>>,
}

impl Finalizer {
    /// For answers without a proof.
    #[must_use]
    pub fn oprf() -> Self {
        Self { mode: Mode::Oprf, public: None, info: None }
    }

    /// For answers of this key.
    #[must_use]
    pub fn voprf(public: &PublicKey) -> Self {
        Self { mode: Mode::Voprf, public: Some(*public.element()), info: None }
    }

    /// For answers of this key under a public input.
    ///
    /// # Errors
    /// `E0734` and `E0735`, as of [`PublicKey::tweak`].
    pub fn poprf(public: &PublicKey, info: &[u8]) -> Result<Self> {
        let TweakedPublic(element) = public.tweak(info)?;
        Ok(Self { mode: Mode::Poprf, public: Some(element), info: Some(info.to_vec()) })
    }

    /// Checks that the announced key made all these answers.
    ///
    /// # Errors
    /// `E0733` where the proof does not hold or is missing, `E0734` where the batch has no length that
    /// the RFC provides for.
    pub fn check(
        &self,
        blinded: &[Element],
        evaluated: &[Element],
        proof: Option<&Proof>,
    ) -> Result<()> {
        let Some(public) = &self.public else { return Ok(()) };
        // Under a public input the answer is the inverse: the key leads from it back to the question.
        let (before, after) = match self.mode {
            Mode::Poprf => (evaluated, blinded),
            Mode::Oprf | Mode::Voprf => (blinded, evaluated),
        };
        let claim = Claim { mode: self.mode, public, before, after };
        proof.ok_or(Error::Proof)?.check(&claim)
    }

    /// The outputs for inputs, once [`check`](Self::check) has passed.
    ///
    /// # Errors
    /// `E0734` where the columns differ in length or an input is too long.
    pub fn finalize<I: AsRef<[u8]> + Sync>(
        &self,
        inputs: &[I],
        blinds: &[Blind],
        evaluated: &[Element],
    ) -> Result<Vec<Output>> {
        let most = inputs.len();
        for met in [blinds.len(), evaluated.len()] {
            if met != most {
                return Err(Error::Length { what: "answers", most, met });
            }
        }
        for input in inputs {
            check_length("bytes of an input", input.as_ref())?;
        }
        let columns = inputs.par_chunks(256).zip(blinds.par_chunks(256));
        let chunks = columns.zip(evaluated.par_chunks(256));
        let outputs = chunks.flat_map_iter(|((inputs, blinds), evaluated)| {
            let mut inverses: Vec<Scalar> = blinds.iter().map(|blind| blind.0).collect();
            // The product of all inverses, which comes back, is of no use.
            let _ = Scalar::invert_batch_alloc(&mut inverses);
            let plain = inverses.iter().zip(evaluated);
            let halves = plain.map(|(inverse, element)| inverse.div_by_2() * element.point());
            let elements = Element::of_halves(&halves.collect::<Vec<_>>());
            inverses.zeroize();
            let output = |(input, element): (&I, &Element)| {
                output(input.as_ref(), self.info.as_deref(), element.as_bytes())
            };
            inputs.iter().zip(&elements).map(output).collect::<Vec<_>>()
        });
        Ok(outputs.collect())
    }
}
