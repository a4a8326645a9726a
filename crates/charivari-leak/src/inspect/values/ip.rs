//! Internet addresses.

/// Four numbers up to 255 with dots between them. Version numbers such as `1.2.3.4` look the same.
pub(crate) fn is_v4(bytes: &[u8]) -> bool {
    bytes.len() <= 15 && text(bytes).is_some_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok())
}

/// An address of version 6.
pub(crate) fn is_v6(bytes: &[u8]) -> bool {
    let may_be = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    bytes.len() <= 45
        && bytes.iter().all(may_be)
        && text(bytes).is_some_and(|text| text.parse::<std::net::Ipv6Addr>().is_ok())
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
