//! The header of a message that Outlook kept, or noted.

use std::fmt::Write as _;
use std::path::Path;

use super::store::{Fixed, Store};
use crate::raw::{Raw, crlf};

/// The header as it came, without the fields that say how the body was packed, since the body is
/// packed anew.
pub(super) fn kept(text: &[u8]) -> String {
    let whole = crlf(text.trim_ascii_start());
    let raw = Raw::parse(&whole);
    let mut header = String::with_capacity(whole.len());
    let is_of_body = |name: &[u8]| {
        let lower = name.to_ascii_lowercase();
        lower.starts_with(b"content-") || lower == b"mime-version"
    };
    for field in raw.fields.iter().filter(|field| !is_of_body(field.name)) {
        header.push_str(&String::from_utf8_lossy(field.whole));
        header.push_str("\r\n");
    }
    header
}

/// A header made of what Outlook noted: sender, recipients, subject, date, id.
pub(super) fn noted(store: &mut Store<'_>, at: &Path, fixed: &Fixed) -> String {
    let mut header = String::new();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = write!(header, "{name}: {value}\r\n");
        }
    };
    let sender = ["5D01", "0C1F"].iter().find_map(|id| store.line(at, id));
    let name = store.line(at, "0C1A");
    say("From", mailbox(name.as_deref(), sender.as_deref()));
    let mut to = Vec::new();
    for one in store.storages(at, "__recip_version1.0_").iter().take(1_000) {
        let address = ["39FE", "3003"].iter().find_map(|id| store.line(one, id));
        let name = store.line(one, "3001");
        to.extend(mailbox(name.as_deref(), address.as_deref()));
    }
    say("To", (!to.is_empty()).then(|| to.join(", ")));
    say("Subject", store.line(at, "0037"));
    say("Date", fixed.time().and_then(date));
    say("Message-ID", store.line(at, "1035"));
    header
}

/// A name with its address, fit for a header; nothing without an address of the internet.
fn mailbox(name: Option<&str>, address: Option<&str>) -> Option<String> {
    let fit = |address: &&str| {
        address.contains('@') && !address.contains([' ', '<', '>', ',', ';', '"', '(', ')'])
    };
    let address = address.filter(fit)?;
    let name: String = name.unwrap_or_default().chars().filter(|c| !"\"\\".contains(*c)).collect();
    Some(format!("\"{name}\" <{address}>"))
}

/// An instant as in a header (RFC 5322, section 3.3), in universal time.
fn date(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    jiff::fmt::rfc2822::to_string(&time.to_zoned(jiff::tz::TimeZone::UTC)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_header_loses_what_says_how_the_body_was_packed() {
        let text = b"Microsoft Mail Internet Headers Version 2.0\r\nReceived: from a\r\n\tby b\r\n\
                     MIME-Version: 1.0\r\nContent-Type: text/plain;\r\n charset=x\r\nSubject: s\r\n\r\n\r\n";
        assert_eq!(kept(text), "Received: from a\r\n\tby b\r\nSubject: s\r\n");
    }

    #[test]
    fn names_and_addresses_cannot_make_fields_of_their_own() {
        for (name, address, expected) in [
            (Some("Zqx"), Some("zqx@example.org"), Some("\"Zqx\" <zqx@example.org>")),
            (Some("Z\"q\\x"), Some("zqx@example.org"), Some("\"Zqx\" <zqx@example.org>")),
            (None, Some("/O=EXAMPLE/CN=ZQX"), None),
            (None, Some("a@b>, c@d"), None),
            (Some("Zqx"), None, None),
        ] {
            assert_eq!(mailbox(name, address).as_deref(), expected);
        }
        assert_eq!(date(0).as_deref(), Some("Thu, 1 Jan 1970 00:00:00 +0000"));
    }
}
