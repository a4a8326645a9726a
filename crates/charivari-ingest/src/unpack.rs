//! Decompression with caps: the one place where compressed bytes become plain ones.
//!
//! A decoder yields as many bytes as its input asks for, so every decoder here sits under a
//! [`Capped`] reader that stops at [`Limits`]. Compression is known by its first bytes, never by a
//! file name, and may be nested (a gzip inside a ZIP).

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::options::Limits;

/// Packers nested deeper than this are refused.
const MAX_NESTING: usize = 3;

/// Memory that an xz or zstd stream may ask for, as its window; both default to far less.
const MAX_WINDOW_KIB: u32 = 256 << 10;

/// A reader of plain bytes that can move to another thread.
pub(crate) type Plain = Box<dyn BufRead + Send>;

/// Unpacks `packed` as often as its content asks for, under the caps.
///
/// `consumed` counts the packed bytes taken so far, for the ratio.
///
/// # Errors
/// The first bytes could not be read, or packers are nested too deep.
pub(crate) fn unpack(
    packed: Plain,
    consumed: &Arc<AtomicU64>,
    limits: &Limits,
) -> io::Result<Plain> {
    let mut plain = packed;
    for _ in 0..=MAX_NESTING {
        let Some(kind) = Packer::of(plain.fill_buf()?) else { return Ok(plain) };
        let decoder = kind.decode(plain)?;
        let capped = Capped::new(decoder, Arc::clone(consumed), limits);
        plain = Box::new(BufReader::with_capacity(1 << 18, capped));
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "packed more than three times over"))
}

/// Unpacks the raw deflate stream of a ZIP member, under the caps.
#[expect(clippy::disallowed_methods, reason = "this is the capped decoder the rule asks for")]
pub(crate) fn inflate(packed: Plain, consumed: &Arc<AtomicU64>, limits: &Limits) -> Plain {
    let decoder = flate2::bufread::DeflateDecoder::new(packed);
    let capped = Capped::new(decoder, Arc::clone(consumed), limits);
    Box::new(BufReader::with_capacity(1 << 18, capped))
}

/// Bytes that others unpack, under the caps.
pub(crate) fn capped(
    unpacked: impl Read + Send + 'static,
    consumed: &Arc<AtomicU64>,
    limits: &Limits,
) -> Plain {
    let capped = Capped::new(unpacked, Arc::clone(consumed), limits);
    Box::new(BufReader::with_capacity(1 << 18, capped))
}

/// A way of packing one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packer {
    Gzip,
    Zstd,
    Xz,
}

impl Packer {
    /// The packer whose magic number `head` begins with.
    fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0x1f, 0x8b, 0x08]) {
            Some(Self::Gzip)
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Some(Self::Zstd)
        } else if head.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0]) {
            Some(Self::Xz)
        } else {
            None
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the capped decoder the rule asks for")]
    fn decode(self, packed: Plain) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            Self::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
                decoder.window_log_max(MAX_WINDOW_KIB.ilog2() + 10)?;
                Box::new(decoder)
            }
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, MAX_WINDOW_KIB)),
        })
    }
}

/// Stops a stream that unpacks to more than the caps allow.
struct Capped<R> {
    inner: R,
    yielded: u64,
    consumed: Arc<AtomicU64>,
    limits: Limits,
}

impl<R: Read> Capped<R> {
    fn new(inner: R, consumed: Arc<AtomicU64>, limits: &Limits) -> Self {
        Self { inner, yielded: 0, consumed, limits: limits.clone() }
    }

    /// The cap that has been passed, in words.
    fn passed(&self) -> Option<String> {
        if self.yielded > self.limits.unpacked {
            return Some(format!("{} bytes", self.limits.unpacked));
        }
        let packed = self.consumed.load(Ordering::Relaxed).max(1);
        let too_dense =
            self.yielded > self.limits.ratio_from && self.yielded / packed > self.limits.ratio;
        too_dense.then(|| format!("{} times its packed size", self.limits.ratio))
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.yielded += count as u64;
        match self.passed() {
            Some(limit) => Err(io::Error::new(io::ErrorKind::QuotaExceeded, limit)),
            None => Ok(count),
        }
    }
}

/// Whether an error came from a cap rather than from damage.
pub(crate) fn is_cap(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::QuotaExceeded
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn unpacked(bytes: Vec<u8>, limits: &Limits) -> io::Result<Vec<u8>> {
        let consumed = Arc::new(AtomicU64::new(bytes.len() as u64));
        let mut plain = unpack(Box::new(io::Cursor::new(bytes)), &consumed, limits)?;
        let mut out = Vec::new();
        plain.read_to_end(&mut out).map(|_| out)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_packer_is_known_by_its_content() {
        let plain = b"id,text\n1,a\n".to_vec();
        let zstd = zstd::bulk::compress(&plain, 1).unwrap();
        for packed in [plain.clone(), gzip(&plain), zstd.clone(), gzip(&zstd)] {
            assert_eq!(unpacked(packed, &Limits::default()).unwrap(), plain);
        }
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let bomb = gzip(&vec![b'0'; 1 << 20]);
        for limits in [
            Limits { unpacked: 1 << 16, ..Limits::default() },
            Limits { ratio: 10, ratio_from: 1 << 10, ..Limits::default() },
        ] {
            assert!(is_cap(&unpacked(bomb.clone(), &limits).unwrap_err()));
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let mut packed = b"x".to_vec();
        for _ in 0..8 {
            packed = gzip(&packed);
        }
        assert!(unpacked(packed, &Limits::default()).is_err());
    }
}
