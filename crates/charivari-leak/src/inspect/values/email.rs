//! Addresses for e-mail, as they occur: no comments, no quoted local parts.

/// May stand in a local part.
const LOCAL: u8 = 1;
/// May stand in a domain.
const LABEL: u8 = 2;
/// May stand in the last label of a domain.
const TOP: u8 = 4;

/// Where each byte may stand.
static MAY: [u8; 256] = may();

const fn may() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        let barred = matches!(c, b'@' | b',' | b';' | b':' | b'<' | b'>' | b'(' | b')' | b'"');
        if c > b' ' && !barred {
            table[byte] |= LOCAL;
        }
        if c.is_ascii_alphanumeric() || c == b'-' || c == b'.' || c >= 0x80 {
            table[byte] |= LABEL;
        }
        if c.is_ascii_alphabetic() || c >= 0x80 {
            table[byte] |= TOP;
        }
        byte += 1;
    }
    table
}

/// Whether all bytes may stand at a place.
fn all(bytes: &[u8], place: u8) -> bool {
    bytes.iter().fold(place, |sum, &byte| sum & MAY[usize::from(byte)]) == place
}

/// Whether bytes are an address: one `@`, a local part, and a domain with at least one dot.
pub(crate) fn is_email(bytes: &[u8]) -> bool {
    // What may stand in no local part ends it; an address goes on with `@` there.
    let is_barred = |&byte: &u8| MAY[usize::from(byte)] & LOCAL == 0;
    let Some(at) = bytes.iter().position(is_barred) else { return false };
    let domain = &bytes[at + 1..];
    at > 0 && bytes[at] == b'@' && bytes.len() <= 254 && domain.len() >= 4 && is_domain(domain)
}

fn is_domain(domain: &[u8]) -> bool {
    let Some(dot) = domain.iter().rposition(|&byte| byte == b'.') else { return false };
    let top = &domain[dot + 1..];
    let letters = all(top, TOP) || top.starts_with(b"xn--");
    dot > 0 && top.len() >= 2 && letters && domain[0] != b'.' && all(domain, LABEL)
}

/// The domain of an address, in lower case.
pub(crate) fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase())
}

/// Providers so large that the domain says nothing of a person.
pub(crate) const PROVIDERS: [&str; 40] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.fr",
    "yahoo.co.uk",
    "yahoo.de",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.co.uk",
    "hotmail.de",
    "outlook.com",
    "outlook.fr",
    "outlook.de",
    "live.com",
    "live.fr",
    "msn.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "neuf.fr",
    "bbox.fr",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "web.de",
    "t-online.de",
    "freenet.de",
    "mail.ru",
    "yandex.ru",
    "proton.me",
    "protonmail.com",
    "btinternet.com",
    "libero.it",
    "chmail.ir",
    "yahoo.es",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_only_has_an_at_sign() {
        for (text, expected) in [
            ("zqxa@example.org", true),
            ("zqxa.b+tag@mail.example.co.uk", true),
            ("zqxa@exämple.org", true),
            ("@zqxa", false),
            ("zqxa@", false),
            ("zqxa@example", false),
            ("zqx a@example.org", false),
            ("3 @ 4.50", false),
            ("zqxa@1.2.3.4", false),
        ] {
            assert_eq!(is_email(text.as_bytes()), expected, "{text}");
        }
    }
}
