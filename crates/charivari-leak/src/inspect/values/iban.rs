//! International bank account numbers: length by country, and the check of ISO 13616 (mod 97).

/// Lengths by country, from the registry of ISO 13616.
const LENGTHS: [(&[u8; 2], usize); 64] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IR", 26),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MR", 27),
    (b"MT", 31),
    (b"NL", 18),
    (b"NO", 15),
    (b"PK", 24),
    (b"PL", 28),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"SA", 24),
    (b"SE", 24),
    (b"SI", 19),
    (b"TN", 24),
];

/// The rest of the registry: small, but their numbers are met.
const MORE: [(&[u8; 2], usize); 12] = [
    (b"LC", 32),
    (b"PS", 29),
    (b"SC", 31),
    (b"SK", 24),
    (b"SM", 27),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
];

/// The length of the numbers of a country.
fn length(country: [u8; 2]) -> Option<usize> {
    let all = LENGTHS.iter().chain(&MORE);
    all.copied().find(|(code, _)| **code == country).map(|(_, length)| length)
}

/// Whether a value has the form of an account number, spaces left out; the check is not made.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    let [a, b, c, d, ..] = *bytes else { return false };
    if bytes.len() < 15
        || !(a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
            && c.is_ascii_digit()
            && d.is_ascii_digit())
    {
        return false;
    }
    let compact = bytes.iter().filter(|&&byte| byte != b' ');
    let is_possible = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b' ';
    bytes.len() <= 42
        && bytes.iter().all(is_possible)
        && length([a.to_ascii_uppercase(), b.to_ascii_uppercase()]) == Some(compact.count())
}

/// Whether the check digits of something that [`looks_like`] an account number hold.
pub(crate) fn passes(bytes: &[u8]) -> bool {
    let compact: Vec<u8> =
        bytes.iter().filter(|&&byte| byte != b' ').map(u8::to_ascii_uppercase).collect();
    let Some((head, rest)) = compact.split_at_checked(4) else { return false };
    let remainder = rest.iter().chain(head).try_fold(0_u32, |sum, &byte| {
        Some(match byte {
            b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
            b'A'..=b'Z' => (sum * 100 + u32::from(byte - b'A') + 10) % 97,
            _ => return None,
        })
    });
    remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_registry_pass_and_changed_ones_do_not() {
        for (number, shape, check) in [
            ("FR1420041010050500013M02606", true, true),
            ("DE89 3704 0044 0532 0130 00", true, true),
            ("gb29nwbk60161331926819", true, true),
            ("DE89 3704 0044 0532 0130 01", true, false),
            ("DE89370400440532013", false, false),
            ("XX89370400440532013000", false, true),
        ] {
            assert_eq!(looks_like(number.as_bytes()), shape, "{number}");
            if shape {
                assert_eq!(passes(number.as_bytes()), check, "{number}");
            }
        }
    }
}
