//! Pictures that are the same or edited copies of one another: PDQ, in our own words.
//!
//! PDQ is a perceptual hash of 256 bits (Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
//! Image-Hashing Algorithm", 2019). Hashes of ours can be compared with those that platforms and
//! hotlines exchange. Nothing here knows what a picture shows: no face is found, no person
//! recognised; whole pictures are compared.
//!
//! A picture that was turned or mirrored has another hash. All eight forms are computed from the
//! same coefficients ([`Forms`]), so that one picture is decoded and filtered once.

mod dct;
mod decode;
mod filter;
mod hash;
mod search;

pub use decode::{Limits, MAX_BYTES, MAX_PIXELS, Picture};
pub use hash::{Form, Forms, Hash};
pub use search::{Hit, Index};

/// Hashes at most so far apart are of one picture (the distance that Meta advises).
pub const SAME: u32 = 31;

/// Pictures of less quality (flat, tiny or blurred ones) are not compared: their hashes are chance.
pub const MIN_QUALITY: u8 = 50;

/// Brightness, row by row.
#[derive(Clone, Debug)]
pub struct Luma {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Luma {
    /// Brightness values from 0 to 255; nothing where there are not rows × columns of them.
    pub fn new(rows: usize, columns: usize, values: Vec<f32>) -> Option<Self> {
        (rows.checked_mul(columns)? == values.len()).then_some(Self { rows, columns, values })
    }

    /// Brightness of red, green and blue bytes (ITU-R BT.601 weights, as PDQ has them).
    pub fn of_rgb(rows: usize, columns: usize, bytes: &[u8]) -> Option<Self> {
        let values = bytes.chunks_exact(3).map(|rgb| {
            0.299 * f32::from(rgb[0]) + 0.587 * f32::from(rgb[1]) + 0.114 * f32::from(rgb[2])
        });
        Self::new(rows, columns, values.collect())
    }
}

/// A picture's hashes and how far they can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    /// The hash of the picture as it is.
    pub hash: Hash,
    /// The hashes of all eight forms, turned and mirrored.
    pub forms: Forms,
    /// 0 to 100: how much there is to see. Below [`MIN_QUALITY`] hashes say nothing.
    pub quality: u8,
}

impl Print {
    /// The hashes of a picture; those of one with fewer than five rows or columns are empty and of
    /// quality 0.
    pub fn of(luma: Luma) -> Self {
        if luma.rows < 5 || luma.columns < 5 {
            return Self { hash: Hash::default(), forms: Forms::default(), quality: 0 };
        }
        let small = filter::to_64(luma);
        let quality = dct::quality(&small);
        let forms = Forms::of(&dct::coefficients(&small));
        Self { hash: forms.get(Form::Original), forms, quality }
    }

    /// Whether there is enough to see to compare it.
    pub fn is_telling(&self) -> bool {
        self.quality >= MIN_QUALITY
    }
}

#[cfg(test)]
mod tests;
