//! The hybrid of run lengths and packed bits in which Parquet holds small whole numbers.
//!
//! Apache Parquet, *Encodings*, "Run Length Encoding / Bit-Packing Hybrid": a stream of runs, each
//! with a variable-length header. An even header is a run of `header / 2` times one value; an odd
//! one is `header / 2` groups of eight values, packed with the least significant bit first.

/// Shorter runs cost more as runs than packed.
const SHORTEST_RUN: usize = 8;

/// The bits that the codes of `values` distinct values need; 0 for a single one.
pub(super) fn width(values: usize) -> u8 {
    let greatest = values.saturating_sub(1);
    (usize::BITS - greatest.leading_zeros()) as u8
}

/// Appends `codes`, each of them below `2^width`.
pub(super) fn write(codes: &[u32], width: u8, out: &mut Vec<u8>) {
    // Codes before `packed` are written; those from there to `at` wait to be packed.
    let (mut packed, mut at) = (0, 0);
    while at < codes.len() {
        let run = run_length(&codes[at..]);
        // Packed values come in groups of eight, so a run may have to fill up the last group.
        let fill = (at - packed).wrapping_neg() % 8;
        if run >= fill + SHORTEST_RUN {
            write_packed(&codes[packed..at + fill], width, out);
            write_run(codes[at], (run - fill) as u64, width, out);
            packed = at + run;
        }
        at += run;
    }
    write_packed(&codes[packed..], width, out);
}

/// How many of the first `codes` are the same.
fn run_length(codes: &[u32]) -> usize {
    let Some(first) = codes.first() else { return 0 };
    codes.iter().take_while(|code| *code == first).count()
}

/// Appends `length` times `value`.
pub(super) fn write_run(value: u32, length: u64, width: u8, out: &mut Vec<u8>) {
    write_varint(length << 1, out);
    out.extend(value.to_le_bytes().iter().take(usize::from(width).div_ceil(8)));
}

/// Appends `codes` packed; the last group is filled up with zeros.
fn write_packed(codes: &[u32], width: u8, out: &mut Vec<u8>) {
    if codes.is_empty() {
        return;
    }
    let groups = codes.len().div_ceil(8);
    write_varint((groups as u64) << 1 | 1, out);
    let end = out.len() + groups * usize::from(width);
    let (mut bits, mut held) = (0_u64, 0_u32);
    for &code in codes {
        // At most 31 bits are held here and a code has at most 32.
        bits |= u64::from(code) << held;
        held += u32::from(width);
        if held >= 32 {
            out.extend_from_slice(&(bits as u32).to_le_bytes());
            bits >>= 32;
            held -= 32;
        }
    }
    out.extend_from_slice(&bits.to_le_bytes());
    // The length is known, so what is too much (or, after the last code, too little) is zeros.
    out.resize(end, 0);
}

/// Appends a whole number seven bits at a time, the lowest first.
pub(super) fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads what [`write`] wrote, after the standard and not after the writer.
    fn read(mut bytes: &[u8], width: u8, count: usize) -> Vec<u32> {
        let mut codes = Vec::new();
        while codes.len() < count {
            let (mut header, mut shift) = (0_u64, 0);
            loop {
                let (&byte, rest) = bytes.split_first().unwrap();
                bytes = rest;
                header |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
            }
            let length = (header >> 1) as usize;
            if header & 1 == 0 {
                let (value, rest) = bytes.split_at(usize::from(width).div_ceil(8));
                bytes = rest;
                let value =
                    value.iter().rev().fold(0_u32, |value, &byte| value << 8 | u32::from(byte));
                codes.extend(std::iter::repeat_n(value, length));
            } else {
                let (packed, rest) = bytes.split_at(length * usize::from(width));
                bytes = rest;
                for position in 0..length * 8 {
                    let bit = |n: usize| u32::from(packed[n / 8] >> (n % 8) & 1);
                    let start = position * usize::from(width);
                    codes.push((0..usize::from(width)).map(|n| bit(start + n) << n).sum());
                }
            }
        }
        assert!(bytes.is_empty(), "{} bytes too many", bytes.len());
        codes.truncate(count);
        codes
    }

    #[test]
    fn widths_hold_the_greatest_code() {
        for (values, expected) in [(0, 0), (1, 0), (2, 1), (3, 2), (256, 8), (257, 9)] {
            assert_eq!(width(values), expected, "{values}");
        }
    }

    #[test]
    fn the_example_of_the_standard_is_packed_as_there() {
        let mut out = Vec::new();
        write(&[0, 1, 2, 3, 4, 5, 6, 7], 3, &mut out);
        assert_eq!(out, [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
    }

    proptest! {
        #[test]
        fn any_codes_read_back(
            runs in proptest::collection::vec((0_u32..1 << 20, 1_usize..40), 0..60),
            width in 20_u8..=32,
        ) {
            let codes: Vec<u32> =
                runs.iter().flat_map(|&(code, count)| std::iter::repeat_n(code, count)).collect();
            let mut out = Vec::new();
            write(&codes, width, &mut out);
            prop_assert_eq!(read(&out, width, codes.len()), codes);
        }

        #[test]
        fn short_codes_read_back(codes in proptest::collection::vec(0_u32..4, 0..300)) {
            let mut out = Vec::new();
            write(&codes, 2, &mut out);
            prop_assert_eq!(read(&out, 2, codes.len()), codes);
        }
    }
}
