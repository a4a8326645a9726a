//! 256 bits, and the eight forms of a picture.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::dct::{Coefficients, KEPT};
use crate::Error;

/// A PDQ hash; bit `n` is bit `n % 64` of word `n / 64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u64; 4]);

impl Hash {
    /// In how many bits two hashes differ; 0 to 256.
    pub fn distance(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    /// The bits that are above the median of the coefficients.
    fn of(coefficients: &Coefficients) -> Self {
        let mut sorted: Vec<f32> = coefficients.iter().flatten().copied().collect();
        sorted.sort_unstable_by(f32::total_cmp);
        let median = sorted[sorted.len() / 2 - 1];
        let mut words = [0; 4];
        for (bit, value) in coefficients.iter().flatten().enumerate() {
            words[bit / 64] |= u64::from(*value > median) << (bit % 64);
        }
        Self(words)
    }
}

/// Sixty-four hexadecimal digits, the last bit first, as PDQ hashes are exchanged.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|word| write!(f, "{word:016x}"))
    }
}

impl FromStr for Hash {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Hash { met: text.chars().take(80).collect() };
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let mut words = [0; 4];
        for (place, word) in words.iter_mut().rev().enumerate() {
            let digits = &text[place * 16..(place + 1) * 16];
            *word = u64::from_str_radix(digits, 16).map_err(|_| wrong())?;
        }
        Ok(Self(words))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How a picture is turned or mirrored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As it is.
    Original,
    /// A quarter turned, counter-clockwise.
    Turned90,
    /// Upside down.
    Turned180,
    /// A quarter turned, clockwise.
    Turned270,
    /// Mirrored top to bottom.
    FlippedVertically,
    /// Mirrored left to right.
    Mirrored,
    /// Mirrored along its falling diagonal.
    FlippedDiagonally,
    /// Mirrored along its rising diagonal.
    FlippedAntidiagonally,
}

impl Form {
    /// All forms, in the order of [`Forms`].
    pub const ALL: [Self; 8] = [
        Self::Original,
        Self::Turned90,
        Self::Turned180,
        Self::Turned270,
        Self::FlippedVertically,
        Self::Mirrored,
        Self::FlippedDiagonally,
        Self::FlippedAntidiagonally,
    ];

    /// What was done, in words; empty for the picture as it is.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::Turned90 => "turned by a quarter to the left",
            Self::Turned180 => "turned upside down",
            Self::Turned270 => "turned by a quarter to the right",
            Self::FlippedVertically => "mirrored top to bottom",
            Self::Mirrored => "mirrored left to right",
            Self::FlippedDiagonally => "mirrored along a diagonal",
            Self::FlippedAntidiagonally => "mirrored along the other diagonal",
        }
    }
}

/// The hashes of all eight forms of one picture, in the order of [`Form::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(pub [Hash; 8]);

impl Forms {
    /// The hash of one form.
    pub fn get(&self, form: Form) -> Hash {
        self.0[form as usize]
    }

    /// The forms follow from the coefficients: mirroring changes the sign of every other wave,
    /// turning exchanges rows and columns.
    pub(super) fn of(coefficients: &Coefficients) -> Self {
        let form = |transpose: bool, rows: bool, columns: bool| -> Hash {
            let mut changed = [[0.0; KEPT]; KEPT];
            for (i, line) in changed.iter_mut().enumerate() {
                for (j, cell) in line.iter_mut().enumerate() {
                    let value = if transpose { coefficients[j][i] } else { coefficients[i][j] };
                    let odd = (rows && i % 2 == 0) != (columns && j % 2 == 0);
                    *cell = if odd { -value } else { value };
                }
            }
            Hash::of(&changed)
        };
        Self([
            form(false, false, false),
            form(true, true, false),
            form(false, true, true),
            form(true, false, true),
            form(false, true, false),
            form(false, false, true),
            form(true, false, false),
            form(true, true, true),
        ])
    }

    /// The form of this picture that is nearest to `other`, and how near.
    pub fn nearest(&self, other: Hash) -> (Form, u32) {
        let all = Form::ALL.into_iter().zip(self.0);
        let all = all.map(|(form, hash)| (form, hash.distance(other)));
        all.min_by_key(|(form, distance)| (*distance, *form)).unwrap_or((Form::Original, 256))
    }
}
