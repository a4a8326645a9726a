//! Where a field ends, found fast where it ends soon: values of tables are short, eight bytes in the middle, and a
//! search that is made for long texts takes longer to begin than they last.
//!
//! Sixteen bytes are compared at once as one number: `(x − 1) & !x` has the highest bit of a byte set where that
//! byte of `x` is zero. It may also be set behind a zero, to which the subtraction borrowed, so that only the lowest
//! such bit is sure.

const ONES: u128 = u128::from_ne_bytes([0x01; 16]);
const HIGHS: u128 = u128::from_ne_bytes([0x80; 16]);

/// The first place of any of the bytes `needles`.
#[inline]
pub(crate) fn find<const N: usize>(needles: [u8; N], bytes: &[u8]) -> Option<usize> {
    if let Some(near) = bytes.first_chunk() {
        let hits = hits(needles, u128::from_le_bytes(*near));
        if hits != 0 {
            return Some((hits.trailing_zeros() / 8) as usize);
        }
        return far(needles, &bytes[16..]).map(|place| place + 16);
    }
    far(needles, bytes)
}

/// The highest bit of the first byte that is one of `needles`, and perhaps of some behind it.
#[inline]
fn hits<const N: usize>(needles: [u8; N], bytes: u128) -> u128 {
    let of_one = |needle: u8| {
        let zeros = bytes ^ (ONES * u128::from(needle));
        zeros.wrapping_sub(ONES) & !zeros
    };
    needles.into_iter().fold(0, |hits, needle| hits | of_one(needle)) & HIGHS
}

fn far<const N: usize>(needles: [u8; N], bytes: &[u8]) -> Option<usize> {
    match *needles.as_slice() {
        [one, two] => memchr::memchr2(one, two, bytes),
        [one, two, three] => memchr::memchr3(one, two, three, bytes),
        _ => bytes.iter().position(|byte| needles.contains(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_place_is_found_wherever_it_lies(
            bytes in proptest::collection::vec(prop_oneof![Just(0x2C_u8), Just(0x2D), Just(0x0A), Just(0xAC), any::<u8>()], 0..50)
        ) {
            let place = |needles: &[u8]| bytes.iter().position(|byte| needles.contains(byte));
            prop_assert_eq!(find([b',', b'\n'], &bytes), place(b",\n"));
            prop_assert_eq!(find([b',', b'\n', b'\r'], &bytes), place(b",\n\r"));
            prop_assert_eq!(find([0, 0xFF], &bytes), place(&[0, 0xFF]));
        }
    }
}
