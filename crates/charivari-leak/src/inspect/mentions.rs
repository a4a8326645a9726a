//! What free text mentions: addresses and numbers inside sentences.

use serde::{Deserialize, Serialize};

use super::values::{card, email, iban, ip, national, phone};

/// What can be mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mention {
    /// An address for e-mail.
    Email,
    /// A telephone number, by its form.
    Phone,
    /// An account number whose check holds.
    Iban,
    /// A card's number with the right range, length and check digit.
    Card,
    /// A number in the form of the US social security.
    Ssn,
    /// An internet address.
    Ip,
}

impl Mention {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Email, Self::Phone, Self::Iban, Self::Card, Self::Ssn, Self::Ip];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::Iban => "IBAN",
            Self::Card => "card",
            Self::Ssn => "social security number",
            Self::Ip => "IP address",
        }
    }
}

/// What a text mentions, with the bytes where it stands, in order.
pub fn mentions(text: &str) -> Vec<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let met = match bytes[at] {
            b'0'..=b'9' | b'+' | b'(' | b':' if starts(bytes, at) => {
                address(text, at).or_else(|| number(text, at))
            }
            b'a'..=b'z' | b'A'..=b'Z' if starts(bytes, at) => letters(text, at),
            _ => None,
        };
        // An address for e-mail may begin with anything; its `@` is what is found.
        let met = met.or_else(|| (bytes[at] == b'@').then(|| mail(text, at)).flatten());
        if let Some((mention, range)) = met {
            at = range.end.max(at + 1);
            found.retain(|(_, earlier): &(Mention, std::ops::Range<usize>)| {
                earlier.end <= range.start
            });
            found.push((mention, range));
        } else if bytes[at].is_ascii_digit() {
            // What is no number as a whole is none from its second group on either.
            at = run(bytes, at, |byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
                .max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

fn starts(bytes: &[u8], at: usize) -> bool {
    at == 0
        || !(bytes[at - 1].is_ascii_alphanumeric()
            || matches!(bytes[at - 1], b'+' | b'.' | b'@' | b'_'))
        || (bytes[at - 1] == b'.' && (at == 1 || !bytes[at - 2].is_ascii_alphanumeric()))
}

/// The end of the run of bytes from `at` that are all such.
fn run(bytes: &[u8], at: usize, is_such: impl Fn(u8) -> bool) -> usize {
    at + bytes[at..].iter().take_while(|&&byte| is_such(byte)).count()
}

fn mail(text: &str, at: usize) -> Option<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let is_local =
        |byte: &&u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte) || **byte >= 0x80;
    let before = bytes[..at].iter().rev().take_while(is_local).count();
    let mut end =
        run(bytes, at + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    while end > at + 1 && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let range = at - before..end;
    email::is_email(&bytes[range.clone()]).then_some((Mention::Email, range))
}

fn address(text: &str, at: usize) -> Option<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let dotted = run(bytes, at, |byte| byte.is_ascii_digit() || byte == b'.');
    let end = if dotted > at && bytes[dotted - 1] == b'.' { dotted - 1 } else { dotted };
    if ip::is_v4(&bytes[at..end]) {
        return Some((Mention::Ip, at..end));
    }
    sixth(text, at)
}

fn sixth(text: &str, at: usize) -> Option<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let end = run(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b':');
    let value = &bytes[at..end];
    let colons = value.iter().filter(|&&byte| byte == b':').count();
    (colons >= 2 && value.len() >= 6 && ip::is_v6(value)).then_some((Mention::Ip, at..end))
}

fn letters(text: &str, at: usize) -> Option<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    if let Some(found) = sixth(text, at) {
        return Some(found);
    }
    // Account numbers stand with or without spaces, so the longest that fits is taken.
    let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || byte == b' ').min(at + 42);
    let ends = (at + 15..=end)
        .rev()
        .filter(|&end| end == bytes.len() || !bytes[end].is_ascii_alphanumeric());
    ends.map(|end| at..end)
        .find(|range| {
            iban::looks_like(&bytes[range.clone()]) && iban::passes(&bytes[range.clone()])
        })
        .map(|range| (Mention::Iban, range))
}

fn number(text: &str, at: usize) -> Option<(Mention, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let mut end =
        run(bytes, at, |byte| byte.is_ascii_digit() || b" +-.()/".contains(&byte)).min(at + 32);
    while end > at && !bytes[end - 1].is_ascii_digit() {
        end -= 1;
    }
    if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphabetic() && *byte != b'x') {
        // `12th`, `4 pm` with no space, and ids such as `77b` are none of these.
        return None;
    }
    let value = &text[at..end];
    let (digits, length) = super::values::digits(value)?;
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
    if is_plain && (12..=19).contains(&length) && card::is_card(&digits[..length]) {
        return Some((Mention::Card, at..end));
    }
    let is_ssn = national::SCHEMES
        .iter()
        .any(|scheme| scheme.country == "US" && (scheme.has_form)(value) && (scheme.passes)(value));
    if is_ssn {
        return Some((Mention::Ssn, at..end));
    }
    (is_phone(value) && super::values::date::read(value.as_bytes()).is_none())
        .then_some((Mention::Phone, at..end))
}

/// Inside sentences a number must be grouped, or begin as only telephone numbers do.
fn is_phone(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let groups = value.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let (count, longest) =
        groups.fold((0, 0), |(count, longest), group| (count + 1, longest.max(group.len())));
    let begins = value.starts_with('+') || value.starts_with('0') || value.starts_with('(');
    let grouped = count >= 2 && longest <= 4 && (count >= 3 || digits <= 8) && digits >= 7;
    let form = phone::has_form(value) || (grouped && (7..=13).contains(&digits));
    form && (grouped || begins || (count == 1 && digits == 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_mention_what_they_mention() {
        let cases: [(&str, &[Mention]); 12] = [
            ("Write to zqxa@example.org.", &[Mention::Email]),
            ("Call +33 6 39 98 00 01 or 06.39.98.00.02", &[Mention::Phone, Mention::Phone]),
            ("paid with 4111 1111 1111 1111 today", &[Mention::Card]),
            ("paid with 4111 1111 1111 1112 today", &[]),
            ("account DE89 3704 0044 0532 0130 00 please", &[Mention::Iban]),
            ("account gb29NWBK60161331926819", &[Mention::Iban]),
            ("from 192.0.2.7, then 2001:db8::7", &[Mention::Ip, Mention::Ip]),
            ("my number is 219-09-9999", &[Mention::Ssn]),
            ("on 12/03/2019 at 10:30", &[]),
            ("order 1234567 of 2021", &[]),
            ("12 of 40 parcels, 3.50 each", &[]),
            ("@zqxa wrote", &[]),
        ];
        for (text, expected) in cases {
            let met: Vec<Mention> =
                mentions(text).into_iter().map(|(mention, _)| mention).collect();
            assert_eq!(met, expected, "{text}");
        }
    }
}
