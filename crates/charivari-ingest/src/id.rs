//! Ids are text. This module tells when a spreadsheet or a data frame has turned one into a number.

/// The largest integer up to which every integer survives a 64-bit float.
const LAST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether `id` is what a spreadsheet or a float column leaves of a long number, such as
/// `1.01421E+18` or `1355225563845341184.0`: the last digits are gone, and other ids may have
/// become equal to it.
pub fn is_damaged(id: &str) -> bool {
    let bytes = id.as_bytes();
    // Most ids are digits only, or start with a letter: leave early.
    if !bytes.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let Some(point) = bytes.iter().position(|byte| !byte.is_ascii_digit()) else { return false };
    match bytes[point] {
        b'E' | b'e' => is_exponent(&bytes[point..]),
        b'.' | b',' => {
            let rest = &bytes[point + 1..];
            let fraction = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if fraction < rest.len() {
                return is_exponent(&rest[fraction..]);
            }
            fraction > 0
                && rest.iter().all(|byte| *byte == b'0')
                && id[..point].parse::<f64>().is_ok_and(|whole| whole >= LAST_EXACT)
        }
        _ => false,
    }
}

/// Whether `bytes` is `E+18` or the like.
fn is_exponent(bytes: &[u8]) -> bool {
    let [b'E' | b'e', rest @ ..] = bytes else { return false };
    let digits = rest.strip_prefix(b"+").unwrap_or(rest);
    (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && {
        // `12e5` may be a hexadecimal digest; a spreadsheet writes a sign or at least 1E15.
        rest.len() > digits.len() || digits.len() >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::is_damaged;

    #[test]
    fn rounded_numbers_are_told_from_ids() {
        for (id, damaged) in [
            ("1.01421E+18", true),
            ("1,01421E+18", true),
            ("9E+17", true),
            ("9.06000000000000E+17", true),
            ("1.35e18", true),
            ("1355225563845341184.0", true),
            ("1355225563845341184", false),
            ("1623881091.0", false),
            ("12.5", false),
            ("", false),
            ("0e9f", false),
            ("ygQRwhQRrh1+6N7J6IMFnzWgqUGimWqg0KZptLpxDY=", false),
            ("did:plc:abc", false),
            ("-1001234", false),
        ] {
            assert_eq!(is_damaged(id), damaged, "{id}");
        }
    }
}
