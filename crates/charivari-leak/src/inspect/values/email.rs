//! Addresses for e-mail, as they occur: no comments, no quoted local parts.

/// Whether bytes are an address: one `@`, a local part, and a domain with at least one dot.
pub(crate) fn is_email(bytes: &[u8]) -> bool {
    let Some(at) = bytes.iter().position(|&byte| byte == b'@') else { return false };
    let (local, domain) = (&bytes[..at], &bytes[at + 1..]);
    if local.is_empty() || bytes.len() > 254 || domain.len() < 4 {
        return false;
    }
    let is_local = |&byte: &u8| {
        byte > b' ' && !matches!(byte, b'@' | b',' | b';' | b':' | b'<' | b'>' | b'(' | b')' | b'"')
    };
    local.iter().all(is_local) && is_domain(domain)
}

fn is_domain(domain: &[u8]) -> bool {
    let Some(dot) = domain.iter().rposition(|&byte| byte == b'.') else { return false };
    let top = &domain[dot + 1..];
    let is_label =
        |&byte: &u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte >= 0x80;
    let letters = top.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
        || top.starts_with(b"xn--");
    dot > 0 && top.len() >= 2 && letters && domain[0] != b'.' && domain.iter().all(is_label)
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
