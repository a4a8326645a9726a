//! Outlook's messages (.msg), rebuilt as messages of RFC 5322.
//!
//! A .msg is a compound file (MS-CFB) with a stream for each long property (MS-OXMSG, section 2.1).
//! The header lies there as it came, in one property. The body does not: Outlook keeps its words,
//! not how they were packed, so that no signature over it can be checked ([`Rebuilt`]).

mod header;
mod store;

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::mailbox::Piece;
use crate::parts::hex;
use crate::remark::Remark;
use store::Store;

/// What a compound file begins with (MS-CFB, section 2.2).
pub(crate) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Messages within messages are rebuilt so deep; they are not examined deeper either.
const MAX_DEPTH: usize = 3;
/// More attachments of one message are counted and not rebuilt.
const MAX_ATTACHED: usize = 1_000;

/// No line of base64 holds it, so that it stands between parts only.
const BOUNDARY: &str = "=_parts";

/// The file that a message was rebuilt from, since it does not hold it as it was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    /// The SHA-256 of the file, as lower-case hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// What it lacks, and what was left out.
    pub remarks: Vec<Remark>,
}

/// Property ids (MS-OXPROPS), as they stand in names of streams.
mod id {
    pub(super) const HEADER: &str = "007D";
    pub(super) const BODY: &str = "1000";
    pub(super) const HTML: &str = "1013";
    pub(super) const RTF: &str = "1009";
    pub(super) const DATA: &str = "3701";
    pub(super) const NAMES: [&str; 2] = ["3707", "3704"];
    pub(super) const KIND: &str = "370E";
}

/// Rebuilds the message in a compound file, of which at most `cap` bytes of properties are read.
///
/// # Errors
/// What the file is, in words, where it holds no message that can be read.
pub(crate) fn rebuild(bytes: &[u8], cap: usize) -> Result<Piece, &'static str> {
    let store = Store::open(bytes, cap).ok_or("a damaged Outlook message (.msg)")?;
    if !store.has(Path::new("/").join("__properties_version1.0").as_path()) {
        return Err("an Office or Outlook file that holds no message");
    }
    let mut builder = Builder { store, remarks: Vec::new() };
    let message = builder.message(Path::new("/"), 0);
    let Builder { store, mut remarks } = builder;
    if store.unreadable > 0 {
        let text = format!("{} of its properties are damaged and were not read", store.unreadable);
        remarks.push(Remark::new("properties-damaged", text));
    }
    remarks.sort();
    remarks.dedup();
    let sha256 = hex(&Sha256::digest(bytes));
    let rebuilt = Rebuilt { sha256, bytes: bytes.len() as u64, remarks };
    Ok(Piece {
        bytes: message,
        cut: store.left_out,
        rebuilt: Some(Box::new(rebuilt)),
        ..Piece::default()
    })
}

struct Builder<'b> {
    store: Store<'b>,
    remarks: Vec<Remark>,
}

impl Builder<'_> {
    /// The message whose properties lie in a storage.
    fn message(&mut self, at: &Path, depth: usize) -> Vec<u8> {
        let properties = self.store.fixed(at, depth > 0);
        let charset = properties.charset();
        let mut header = match self.store.text(at, id::HEADER) {
            Some(text) if !text.bytes.trim_ascii().is_empty() => header::kept(&text.bytes),
            _ => {
                let text = "it holds no header of transport: sender, recipients and date are what \
                            Outlook noted";
                self.remarks.push(Remark::new("header-missing", text));
                header::noted(&mut self.store, at, &properties)
            }
        };
        let mut parts = self.texts(at, &charset);
        self.attached(at, depth, &mut parts);
        // Writing to a string cannot fail.
        let _ = write!(
            header,
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\r\n\r\n"
        );
        let mut message = header.into_bytes();
        for part in parts {
            message.extend_from_slice(format!("--{BOUNDARY}\r\n{}", part.header).as_bytes());
            message.extend_from_slice(b"Content-Transfer-Encoding: base64\r\n\r\n");
            for line in part.bytes.chunks(57) {
                message.extend_from_slice(STANDARD.encode(line).as_bytes());
                message.extend_from_slice(b"\r\n");
            }
        }
        message.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        message
    }

    /// Its words, plain and as a page.
    fn texts(&mut self, at: &Path, charset: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        if let Some(text) = self.store.text(at, id::BODY) {
            let charset = if text.is_utf8 { "utf-8" } else { charset };
            parts.push(Part::new(&format!("text/plain; charset={charset}"), text.bytes));
        }
        let page = self.store.binary(at, id::HTML).map(|bytes| (bytes, charset)).or_else(|| {
            let text = self.store.text(at, id::HTML)?;
            Some((text.bytes, if text.is_utf8 { "utf-8" } else { charset }))
        });
        if let Some((bytes, charset)) = page {
            parts.push(Part::new(&format!("text/html; charset={charset}"), bytes));
        }
        if parts.is_empty() && self.store.has(&store::stream(at, id::RTF, "0102")) {
            let text = "its words are kept as rich text only, which is not read";
            self.remarks.push(Remark::new("rich-text-not-read", text));
        }
        parts
    }

    /// Its attachments, files and messages.
    fn attached(&mut self, at: &Path, depth: usize, parts: &mut Vec<Part>) {
        let storages = self.store.storages(at, "__attach_version1.0_");
        let room = MAX_ATTACHED.min(storages.len());
        if storages.len() > room {
            let text = format!("{} of its attachments were not read", storages.len() - room);
            self.remarks.push(Remark::new("attachments-left-out", text));
        }
        for storage in &storages[..room] {
            let inner = store::stream(storage, id::DATA, "000D");
            if self.store.has(&inner.join("__properties_version1.0")) {
                if depth + 1 > MAX_DEPTH {
                    let text = "messages within it lie too deep and were not read";
                    self.remarks.push(Remark::new("nested-left-out", text));
                    continue;
                }
                let message = self.message(&inner, depth + 1);
                parts.push(Part::new("message/rfc822", message));
                continue;
            }
            let name = id::NAMES.iter().find_map(|name| self.store.line(storage, name));
            let kind = self.store.line(storage, id::KIND);
            let Some(bytes) = self.store.binary(storage, id::DATA) else {
                let text = "an attachment has no bytes of its own: it is a link or an object";
                self.remarks.push(Remark::new("attachment-without-bytes", text));
                continue;
            };
            parts.push(Part::file(kind.as_deref(), name.as_deref(), bytes));
        }
    }
}

/// One part of a message: its header without the encoding, and its bytes.
struct Part {
    header: String,
    bytes: Vec<u8>,
}

impl Part {
    fn new(kind: &str, bytes: Vec<u8>) -> Self {
        Self { header: format!("Content-Type: {kind}\r\n"), bytes }
    }

    /// An attachment; what it says of itself is made fit for a header.
    fn file(kind: Option<&str>, name: Option<&str>, bytes: Vec<u8>) -> Self {
        let fit = |kind: &&str| {
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
            kind.split_once('/').is_some_and(|(a, b)| {
                !a.is_empty() && !b.is_empty() && a.chars().all(known) && b.chars().all(known)
            })
        };
        let kind = kind.filter(fit).unwrap_or("application/octet-stream");
        let mut part = Self::new(kind, bytes);
        part.header.push_str("Content-Disposition: attachment");
        if let Some(name) = name {
            part.header.push_str("; filename*=utf-8''");
            for byte in name.bytes() {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                    part.header.push(char::from(byte));
                } else {
                    let _ = write!(part.header, "%{byte:02X}");
                }
            }
        }
        part.header.push_str("\r\n");
        part
    }
}
