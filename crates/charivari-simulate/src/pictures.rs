//! Profile pictures that the project draws itself: abstract shapes from a seed, and edited copies.
//!
//! No face, no person and no other's picture is in them. The same seed gives the same bytes on every
//! machine: shapes are drawn with whole numbers.

use crate::random::Random;

/// The side of a drawing, in pixels.
pub const SIDE: usize = 320;

/// A square picture of red, green and blue bytes, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    side: usize,
    rgb: Vec<u8>,
}

impl Drawing {
    /// The picture of a seed: two shades from edge to edge, and discs, bars and rings on them.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Random::part(seed, 0x71C7);
        let mut colour = || [0; 3].map(|_: u8| random.below(256) as u8);
        let (from, to) = (colour(), colour());
        let mut drawing = Self { side: SIDE, rgb: vec![0; SIDE * SIDE * 3] };
        drawing.each(|x, y, pixel| {
            for (at, value) in pixel.iter_mut().enumerate() {
                let (a, b) = (usize::from(from[at]), usize::from(to[at]));
                *value = ((a * (2 * SIDE - x - y) + b * (x + y)) / (2 * SIDE)) as u8;
            }
        });
        for _ in 0..14 {
            let colour = [0; 3].map(|_: u8| random.below(256) as u8);
            let mut place = |least: u64, most: u64| (least + random.below(most - least)) as usize;
            let (kind, x, y) = (place(0, 3), place(0, SIDE as u64), place(0, SIDE as u64));
            let (width, height) = (place(16, 120), place(16, 120));
            drawing.shape(kind, [x, y, width, height], colour);
        }
        drawing
    }

    /// A disc, a bar or a ring.
    fn shape(&mut self, kind: usize, [x, y, width, height]: [usize; 4], colour: [u8; 3]) {
        self.each(|at_x, at_y, pixel| {
            let (dx, dy) = (at_x.abs_diff(x), at_y.abs_diff(y));
            let squares = dx * dx + dy * dy;
            let inside = match kind {
                0 => squares <= width * width,
                1 => dx <= width && dy <= height,
                _ => squares <= width * width && squares * 3 >= width * width * 2,
            };
            if inside {
                pixel.copy_from_slice(&colour);
            }
        });
    }

    fn each(&mut self, mut paint: impl FnMut(usize, usize, &mut [u8])) {
        let side = self.side;
        for (place, pixel) in self.rgb.chunks_exact_mut(3).enumerate() {
            paint(place % side, place / side, pixel);
        }
    }

    fn pixel(&self, x: usize, y: usize) -> &[u8] {
        let at = (y.min(self.side - 1) * self.side + x.min(self.side - 1)) * 3;
        &self.rgb[at..at + 3]
    }

    /// A copy whose pixels come from these places of this one.
    fn moved(&self, side: usize, from: impl Fn(usize, usize) -> (usize, usize)) -> Self {
        let mut copy = Self { side, rgb: vec![0; side * side * 3] };
        copy.each(|x, y, pixel| {
            let (x, y) = from(x, y);
            pixel.copy_from_slice(self.pixel(x, y));
        });
        copy
    }

    /// Half as wide and high.
    #[must_use]
    pub fn small(&self) -> Self {
        self.moved(self.side / 2, |x, y| (2 * x, 2 * y))
    }

    /// Mirrored left to right.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        self.moved(self.side, |x, y| (self.side - 1 - x, y))
    }

    /// Turned by a quarter to the right.
    #[must_use]
    pub fn turned(&self) -> Self {
        self.moved(self.side, |x, y| (y, self.side - 1 - x))
    }

    /// A twentieth cut off at every edge.
    #[must_use]
    pub fn cropped(&self) -> Self {
        let edge = self.side / 20;
        self.moved(self.side - 2 * edge, |x, y| (x + edge, y + edge))
    }

    /// Each pixel the mean of those around it.
    #[must_use]
    pub fn blurred(&self) -> Self {
        let mut copy = self.clone();
        copy.each(|x, y, pixel| {
            for (at, value) in pixel.iter_mut().enumerate() {
                let around = (0..25).map(|n| {
                    let (dx, dy) = (n % 5, n / 5);
                    usize::from(
                        self.pixel((x + dx).saturating_sub(2), (y + dy).saturating_sub(2))[at],
                    )
                });
                *value = (around.sum::<usize>() / 25) as u8;
            }
        });
        copy
    }

    /// Coarser shades and blocks, as after saving too often.
    #[must_use]
    pub fn recompressed(&self) -> Self {
        let mut copy = self.clone();
        copy.each(|x, y, pixel| {
            for (at, value) in pixel.iter_mut().enumerate() {
                let block = usize::from(self.pixel(x / 4 * 4 + 1, y / 4 * 4 + 1)[at]);
                let mixed = usize::midpoint(usize::from(self.pixel(x, y)[at]), block);
                *value = (mixed / 20 * 20 + 8).min(255) as u8;
            }
        });
        copy
    }

    /// A dark band with light marks along its foot, as a caption.
    #[must_use]
    pub fn captioned(&self) -> Self {
        let (top, bottom) = (self.side * 17 / 20, self.side * 19 / 20);
        let mut copy = self.clone();
        copy.each(|x, y, pixel| {
            if (top..bottom).contains(&y) {
                let letter = (x / 6) % 2 == 0 && (top + 4..bottom - 4).contains(&y) && x % 6 < 4;
                pixel.fill(if letter { 240 } else { 20 });
            }
        });
        copy
    }

    /// The picture as a PNG file, without compression.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let mut raw = Vec::with_capacity(self.rgb.len() + self.side);
        for line in self.rgb.chunks_exact(self.side * 3) {
            raw.push(0);
            raw.extend_from_slice(line);
        }
        let side = (self.side as u32).to_be_bytes();
        let head = [&side[..], &side[..], &[8, 2, 0, 0, 0]].concat();
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(*b"IHDR", &head, &mut file);
        chunk(*b"IDAT", &stored(&raw), &mut file);
        chunk(*b"IEND", &[], &mut file);
        file
    }
}

/// A part of a PNG file: its length, name, bytes and checksum.
fn chunk(name: [u8; 4], bytes: &[u8], file: &mut Vec<u8>) {
    file.extend((bytes.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend_from_slice(bytes);
    let sum = crc(&file[start..]);
    file.extend(sum.to_be_bytes());
}

/// A zlib stream (RFC 1950) of stored blocks.
fn stored(raw: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = raw.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in raw {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend((high << 16 | low).to_be_bytes());
    out
}

/// The checksum of PNG (ISO 3309), bit by bit: pictures are small.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_picture_and_others_differ() {
        assert_eq!(Drawing::new(3), Drawing::new(3));
        assert_ne!(Drawing::new(3), Drawing::new(4));
        assert_eq!(Drawing::new(3).mirrored().mirrored(), Drawing::new(3));
        let turned = (0..4).fold(Drawing::new(3), |drawing, _| drawing.turned());
        assert_eq!(turned, Drawing::new(3));
    }

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(&stored(b"abc")[10..], &0x024D_0127_u32.to_be_bytes());
    }
}
