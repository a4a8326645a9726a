//! What a message carries: links and attachments. They are listed and hashed, never opened, never
//! followed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use charivari_text::address::{canonical_url, registrable_domain};
use charivari_text::links::links_in;
use charivari_text::show::defang;
use mail_parser::{Message, MimeHeaders, PartType};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::claims::names_someone;
use crate::html::{self, Anchor};
use crate::remark::Remark;

/// More links or attachments than these of one message are counted and not listed.
pub(crate) const MAX_LISTED: usize = 200;

/// Where links of a message lead: by host, since the rest often holds who was written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The host, made unusable.
    pub host: String,
    /// How many links lead there.
    pub count: u32,
    /// What is odd about them.
    pub remarks: Vec<Remark>,
}

/// A file that a message carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// What it says it is, such as `application/pdf`.
    pub kind: String,
    /// The ending of its name; the name itself may be somebody's.
    pub ending: Option<String>,
    /// Its length, decoded.
    pub bytes: u64,
    /// Its SHA-256, decoded.
    pub sha256: String,
    /// What is odd about it.
    pub remarks: Vec<Remark>,
}

/// The texts of a message, as a reader would see them.
pub(crate) struct Texts {
    pub(crate) plain: String,
    pub(crate) anchors: Vec<Anchor>,
    /// Whether the words are those of a page, whose links stand in its anchors.
    pub(crate) is_page: bool,
    /// Bytes beyond the cap, which were not read.
    pub(crate) cut: u64,
}

/// Longer texts of one message are cut; no letter is as long.
const MAX_TEXT: usize = 64 << 10;

/// Reads the texts: the plain ones, or where there are none, those of the HTML.
pub(crate) fn texts(message: &Message<'_>) -> Texts {
    let mut texts = Texts { plain: String::new(), anchors: Vec::new(), is_page: false, cut: 0 };
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => push(&mut texts, text),
            PartType::Html(source) => {
                texts.is_page = true;
                push(&mut texts, &html::text(source));
            }
            _ => {}
        }
    }
    for part in message.html_bodies() {
        if let PartType::Html(source) = &part.body {
            html::anchors(source, &mut texts.anchors);
        }
    }
    texts
}

fn push(texts: &mut Texts, text: &str) {
    let room = MAX_TEXT.saturating_sub(texts.plain.len());
    let mut end = text.len().min(room);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    texts.plain.push_str(&text[..end]);
    texts.plain.push('\n');
    texts.cut += (text.len() - end) as u64;
}

/// The links of a message by host, in their order, and how many hosts were left out.
pub(crate) fn links(texts: &Texts, names: &[String]) -> (Vec<Link>, u32) {
    let mut found: BTreeMap<String, Link> = BTreeMap::new();
    let mut add = |target: &str, shown: Option<&str>| {
        let Some(canonical) = canonical_url(target) else { return };
        let link = found.entry(canonical.host.clone()).or_insert_with(|| Link {
            host: defang(&canonical.host),
            count: 0,
            remarks: Vec::new(),
        });
        link.count += 1;
        link.remarks.extend(odd(&canonical.host, canonical.unresolved));
        if names_someone(&canonical.url, names) {
            let text = "the link holds the name or address of whom the message is to";
            link.remarks.push(Remark::new("link-names-recipient", text));
        }
        let other = shown
            .and_then(shown_host)
            .filter(|shown| registrable_domain(shown) != registrable_domain(&canonical.host));
        if let Some(other) = other {
            let text = format!("the reader sees {}, the link leads elsewhere", defang(&other));
            link.remarks.push(Remark::new("link-text-differs", text));
        }
    };
    for link in links_in(&texts.plain).filter(|_| !texts.is_page) {
        add(link, None);
    }
    for anchor in &texts.anchors {
        add(&anchor.target, Some(&anchor.shown));
    }
    let left_out = found.len().saturating_sub(MAX_LISTED) as u32;
    let listed = found.into_values().take(MAX_LISTED).map(|mut link| {
        link.remarks.sort();
        link.remarks.dedup();
        link
    });
    (listed.collect(), left_out)
}

/// What is odd about where a link leads.
fn odd(host: &str, shortened: bool) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |code, text| remarks.push(Remark::new(code, text));
    if shortened {
        say("link-shortened", "a shortener: the address does not say where it leads");
    }
    if host.split('.').any(|label| label.starts_with("xn--")) {
        say("link-other-script", "the host has letters of other scripts");
    }
    let bare = host.trim_matches(['[', ']']);
    if bare.parse::<std::net::IpAddr>().is_ok() {
        say("link-to-address", "the host is a bare address");
    }
    remarks
}

/// The host that the words of a link show, where they show one.
fn shown_host(shown: &str) -> Option<String> {
    let word = shown.trim();
    (!word.contains(char::is_whitespace) && word.contains('.') && !word.contains('@'))
        .then(|| canonical_url(word))
        .flatten()
        .map(|canonical| canonical.host)
}

/// The attachments of a message, and how many were left out.
pub(crate) fn attachments(message: &Message<'_>) -> (Vec<Attachment>, u32) {
    let mut listed = Vec::new();
    let mut left_out = 0;
    for part in message.attachments() {
        if part.is_message() {
            continue;
        }
        if listed.len() == MAX_LISTED {
            left_out += 1;
            continue;
        }
        let bytes = part.contents();
        let kind = part.content_type().map_or_else(String::new, |kind| {
            let main: String = kind.ctype().to_ascii_lowercase();
            let sub = kind.subtype().unwrap_or_default().to_ascii_lowercase();
            format!("{main}/{sub}").chars().filter(char::is_ascii_graphic).take(80).collect()
        });
        let (ending, twice) = ending(part.attachment_name());
        let mut remarks = Vec::new();
        if let (true, Some(ending)) = (twice, &ending) {
            let text = format!("its name has two endings, the last is .{ending}");
            remarks.push(Remark::new("two-endings", text));
        }
        if ending.as_deref().is_some_and(|ending| RUNS.contains(&ending)) {
            remarks.push(Remark::new("program", "its ending is that of a program or script"));
        }
        let sha256 = hex(&Sha256::digest(bytes));
        listed.push(Attachment { kind, ending, bytes: bytes.len() as u64, sha256, remarks });
    }
    (listed, left_out)
}

/// Endings of what runs when it is opened.
const RUNS: [&str; 14] = [
    "exe", "scr", "com", "bat", "cmd", "js", "jse", "vbs", "wsf", "hta", "lnk", "iso", "jar", "ps1",
];

/// The last ending of a name, and whether another stands before it.
fn ending(name: Option<&str>) -> (Option<String>, bool) {
    let is_ending = |text: &&str| {
        (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let mut parts = name.unwrap_or_default().rsplit('.');
    let last = parts.next().filter(is_ending);
    let known = ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "png", "txt", "mp4", "zip"];
    let twice = parts.next().is_some_and(|before| known.contains(&&*before.to_ascii_lowercase()));
    let named = name.is_some_and(|name| name.contains('.'));
    (last.filter(|_| named).map(str::to_ascii_lowercase), twice)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_listed_by_host_with_what_is_odd() {
        let text = "From: a@example.org\nTo: Zqxmarlo <zqxmarlo@example.com>\nContent-Type: text/html\n\n\
                    <p>See <a href=\"https://evil.example.net/?u=zqxmarlo\">www.example.org</a> and \
                    <a href='http://evil.example.net/b'>here</a></p>";
        let message = mail_parser::MessageParser::default().parse(text).unwrap();
        let names = crate::claims::recipient_words(&message);
        let (links, left_out) = links(&texts(&message), &names);
        assert_eq!((links.len(), left_out), (1, 0));
        let codes: Vec<_> = links[0].remarks.iter().map(|remark| remark.code).collect();
        assert_eq!((links[0].count, codes), (2, vec!["link-names-recipient", "link-text-differs"]));
        let told = format!("{links:?}");
        assert!(!told.contains("zqx") && !told.contains("evil.example.net"), "{told}");
    }

    #[test]
    fn endings_are_told_and_names_not() {
        for (name, expected) in [
            (Some("zqxmarlo.pdf"), (Some("pdf"), false)),
            (Some("bill.PDF.exe"), (Some("exe"), true)),
            (Some("noending"), (None, false)),
            (None, (None, false)),
        ] {
            let (last, twice) = ending(name);
            assert_eq!((last.as_deref(), twice), expected, "{name:?}");
        }
    }
}
