//! Proofs that one key made a whole batch of answers, without showing the key.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Element, Error, MAX_BATCH, Mode, Result};

/// The bytes of a proof.
pub const PROOF_BYTES: usize = 64;

/// A proof: a challenge and the answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    challenge: Scalar,
    answer: Scalar,
}

/// What a proof is about: `key`·`base` is `public`, and `key`·`before[i]` is `after[i]` for every i.
pub(super) struct Claim<'a> {
    pub(super) mode: Mode,
    pub(super) public: &'a Element,
    pub(super) before: &'a [Element],
    pub(super) after: &'a [Element],
}

impl Proof {
    /// Decodes a proof.
    ///
    /// # Errors
    /// `E0732` where it is not two canonical scalars.
    pub fn decode(bytes: &[u8; PROOF_BYTES]) -> Result<Self> {
        let (mut one, mut two) = ([0; 32], [0; 32]);
        one.copy_from_slice(&bytes[..32]);
        two.copy_from_slice(&bytes[32..]);
        let scalar = |bytes| {
            Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes))
                .ok_or(Error::Scalar { what: "a proof" })
        };
        Ok(Self { challenge: scalar(one)?, answer: scalar(two)? })
    }

    /// Its encoding.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; PROOF_BYTES] {
        let mut bytes = [0; PROOF_BYTES];
        bytes[..32].copy_from_slice(self.challenge.as_bytes());
        bytes[32..].copy_from_slice(self.answer.as_bytes());
        bytes
    }

    /// Proves a claim with the key and a random scalar that must never be used again.
    pub(super) fn make(claim: &Claim<'_>, key: &Scalar, random: &Scalar) -> Result<Self> {
        let weights = claim.weights()?;
        let before = combine(&weights, claim.before);
        let after = key * before;
        let base = random * RISTRETTO_BASEPOINT_POINT;
        let challenge = claim.challenge(&before, &after, &base, &(random * before));
        let secret = Zeroizing::new(challenge * key);
        Ok(Self { challenge, answer: random - *secret })
    }

    /// Checks a claim.
    pub(super) fn check(&self, claim: &Claim<'_>) -> Result<()> {
        let weights = claim.weights()?;
        let before = combine(&weights, claim.before);
        let after = combine(&weights, claim.after);
        // Nothing here is secret: a proof and what it is about have both travelled.
        let join = |point: &RistrettoPoint, image: &RistrettoPoint| {
            RistrettoPoint::vartime_multiscalar_mul([self.answer, self.challenge], [point, image])
        };
        let base = join(&RISTRETTO_BASEPOINT_POINT, claim.public.point());
        let expected = claim.challenge(&before, &after, &base, &join(&before, &after));
        if bool::from(expected.ct_eq(&self.challenge)) { Ok(()) } else { Err(Error::Proof) }
    }
}

impl Claim<'_> {
    /// One weight for each pair, from all of them, so that no pair can make up for another.
    fn weights(&self) -> Result<Vec<Scalar>> {
        let met = self.before.len();
        if met == 0 || met > MAX_BATCH || met != self.after.len() {
            return Err(Error::Length { what: "elements in a batch", most: MAX_BATCH, met });
        }
        let seed = hash(&[self.public.as_bytes(), &self.mode.tag(b"Seed-")]);
        let pairs = self.before.iter().zip(self.after).enumerate();
        let weight = |(place, (one, two)): (usize, (&Element, &Element))| {
            self.mode.to_scalar(&[
                &[0, 64],
                &seed,
                &(place as u16).to_be_bytes(),
                &[0, 32],
                one.as_bytes(),
                &[0, 32],
                two.as_bytes(),
                b"Composite",
            ])
        };
        Ok(pairs.map(weight).collect())
    }

    fn challenge(
        &self,
        before: &RistrettoPoint,
        after: &RistrettoPoint,
        base: &RistrettoPoint,
        image: &RistrettoPoint,
    ) -> Scalar {
        let points = [before, after, base, image].map(|point| point.compress().to_bytes());
        let length: &[u8] = &[0, 32];
        let [one, two, three, four] = &points;
        self.mode.to_scalar(&[
            length,
            self.public.as_bytes(),
            length,
            one,
            length,
            two,
            length,
            three,
            length,
            four,
            b"Challenge",
        ])
    }
}

/// The weighted sum; elements and weights have all travelled, so its time may depend on them.
fn combine(weights: &[Scalar], elements: &[Element]) -> RistrettoPoint {
    RistrettoPoint::vartime_multiscalar_mul(weights, elements.iter().map(Element::point))
}

/// SHA-512 over parts, each after its length in two bytes.
fn hash(parts: &[&[u8]]) -> [u8; 64] {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update((part.len() as u16).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
