//! From the bytes of a file to brightness, with caps: a picture may be made to eat a machine.

use std::io::Cursor;

use image::{DynamicImage, ImageReader};

use super::{Luma, Print};
use crate::Error;

/// Files of more bytes are not decoded.
pub const MAX_BYTES: usize = 32 << 20;

/// Pictures of more pixels are not decoded; the largest cameras of telephones make 200 million, but
/// no profile shows them.
pub const MAX_PIXELS: u64 = 64 << 20;

/// What is decoded at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Rows × columns.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: MAX_BYTES, pixels: MAX_PIXELS }
    }
}

/// What is kept of a picture: its hashes and its size, no pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
    /// Its hashes.
    pub print: Print,
}

impl Picture {
    /// The hashes of a PNG, JPEG, GIF (its first picture), WebP or BMP file.
    ///
    /// # Errors
    /// The file is larger than the limits, of no known format, or damaged.
    pub fn of_bytes(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.bytes {
            return Err(Error::PictureSize { met: bytes.len() as u64, limit: limits.bytes as u64 });
        }
        let unreadable = |error: image::ImageError| Error::Picture { why: error.to_string() };
        let open = || {
            ImageReader::new(Cursor::new(bytes))
                .with_guessed_format()
                .map_err(|error| Error::Picture { why: error.to_string() })
        };
        let (width, height) = open()?.into_dimensions().map_err(unreadable)?;
        let pixels = u64::from(width) * u64::from(height);
        if pixels > limits.pixels {
            return Err(Error::PictureSize { met: pixels, limit: limits.pixels });
        }
        let mut reader = open()?;
        let mut caps = image::Limits::default();
        // Sixteen bits in four channels, and as much again for a decoder's own needs.
        caps.max_alloc = Some(pixels.saturating_mul(16).saturating_add(1 << 22));
        reader.limits(caps);
        let decoded = reader.decode().map_err(unreadable)?;
        let luma = luma(&decoded).ok_or(Error::Picture { why: "no pixels".to_owned() })?;
        Ok(Self { width, height, print: Print::of(luma) })
    }
}

fn luma(picture: &DynamicImage) -> Option<Luma> {
    let (rows, columns) = (picture.height() as usize, picture.width() as usize);
    match picture {
        DynamicImage::ImageRgb8(rgb) => Luma::of_rgb(rows, columns, rgb.as_raw()),
        DynamicImage::ImageLuma8(gray) => {
            let triple = gray.as_raw().iter().flat_map(|value| [*value; 3]);
            Luma::of_rgb(rows, columns, &triple.collect::<Vec<u8>>())
        }
        other => Luma::of_rgb(rows, columns, other.to_rgb8().as_raw()),
    }
}
