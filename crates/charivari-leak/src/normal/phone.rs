//! Telephone numbers, as E.164 writes them, by the plans of all countries.

use crate::phone;

/// The number as E.164 (`+33…`), or nothing where it is no possible number.
///
/// A number without a country needs `country`, as two letters. Numbers that no plan has given out yet
/// are kept, since tables hold old and invented ones; a length that no plan allows is not.
pub(super) fn canonical(value: &str, country: Option<&str>) -> Option<String> {
    // A number of a spreadsheet has lost its zero and gained a fraction.
    let value = value.strip_suffix(".0").unwrap_or(value);
    if value.len() > 40 || value.bytes().filter(u8::is_ascii_digit).count() < 5 {
        return None;
    }
    let number = match country.and_then(phone::region) {
        Some(home) => phone::read(value, Some(home))?,
        None => phone::read(&international(value)?, None)?,
    };
    number.is_possible().then(|| number.e164())
}

/// The number where it names its country by itself: after `+` or the usual `00`.
fn international(value: &str) -> Option<String> {
    if value.starts_with('+') {
        return Some(value.to_owned());
    }
    value.strip_prefix("00").map(|rest| format!("+{rest}"))
}
