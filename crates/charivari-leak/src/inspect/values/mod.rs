//! Whether a single value is what it looks like: checks that need nothing but the value.

pub(super) mod card;
pub(super) mod date;
pub(super) mod email;
pub(super) mod iban;
pub(super) mod ip;
pub(super) mod national;
pub(super) mod password;
pub(super) mod phone;
pub(super) mod postcode;

/// The digits of a value, whatever stands between them; nothing where there are more than 32.
pub(super) fn digits(text: &str) -> Option<([u8; 32], usize)> {
    let mut out = [0; 32];
    let mut length = 0;
    for byte in text.bytes().filter(u8::is_ascii_digit) {
        *out.get_mut(length)? = byte - b'0';
        length += 1;
    }
    Some((out, length))
}
