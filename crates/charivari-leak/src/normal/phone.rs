//! Telephone numbers, as E.164 writes them, by the number plans of libphonenumber.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

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
    let number =
        match country.and_then(|country| country.to_ascii_uppercase().parse::<Region>().ok()) {
            Some(region) => PHONE_NUMBER_UTIL.parse(value, Some(region)).ok()?,
            None => PHONE_NUMBER_UTIL.parse(&international(value)?, None).ok()?,
        };
    if !PHONE_NUMBER_UTIL.is_possible_number(&number) {
        return None;
    }
    Some(PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned())
}

/// The number where it names its country by itself: after `+` or the usual `00`.
fn international(value: &str) -> Option<String> {
    if value.starts_with('+') {
        return Some(value.to_owned());
    }
    value.strip_prefix("00").map(|rest| format!("+{rest}"))
}
