//! The compound file: its properties, read under a cap.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;

/// A compound file that is read at most so far.
pub(super) struct Store<'b> {
    file: CompoundFile<Cursor<&'b [u8]>>,
    /// The length of the file, whatever lengths it gives for its streams.
    length: u64,
    /// Bytes that may still be read.
    room: usize,
    /// Bytes of properties that were left out for lack of room.
    pub(super) left_out: u64,
    /// Properties that could not be read.
    pub(super) unreadable: u32,
}

/// A text, in UTF-8 or in the code page of its message.
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) is_utf8: bool,
}

/// Where the stream of a property lies (MS-OXMSG, section 2.1.2).
pub(super) fn stream(at: &Path, id: &str, kind: &str) -> PathBuf {
    at.join(format!("__substg1.0_{id}{kind}"))
}

impl<'b> Store<'b> {
    /// Opens a compound file; nothing where it is none.
    pub(super) fn open(bytes: &'b [u8], room: usize) -> Option<Self> {
        let file = CompoundFile::open(Cursor::new(bytes)).ok()?;
        Some(Self { file, length: bytes.len() as u64, room, left_out: 0, unreadable: 0 })
    }

    /// Whether there is a stream or a storage.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.file.exists(path)
    }

    /// The storages directly in another whose names begin so, by name.
    pub(super) fn storages(&self, at: &Path, prefix: &str) -> Vec<PathBuf> {
        let Ok(entries) = self.file.read_storage(at) else { return Vec::new() };
        let mut found: Vec<PathBuf> = entries
            .filter(|entry| entry.is_storage() && entry.name().starts_with(prefix))
            .map(|entry| entry.path().to_owned())
            .collect();
        found.sort_unstable();
        found
    }

    /// The bytes of a stream, as far as there is room.
    fn bytes(&mut self, path: &Path) -> Option<Vec<u8>> {
        if !self.file.is_stream(path) {
            return None;
        }
        let Ok(stream) = self.file.open_stream(path) else {
            self.unreadable += 1;
            return None;
        };
        let length = stream.len().min(self.length);
        let room = self.room as u64;
        let mut bytes = Vec::new();
        if stream.take(room).read_to_end(&mut bytes).is_err() {
            self.unreadable += 1;
        }
        self.room -= bytes.len();
        self.left_out = self.left_out.saturating_add(length.saturating_sub(room));
        Some(bytes)
    }

    /// A property of bytes.
    pub(super) fn binary(&mut self, at: &Path, id: &str) -> Option<Vec<u8>> {
        self.bytes(&stream(at, id, "0102"))
    }

    /// A property of text.
    pub(super) fn text(&mut self, at: &Path, id: &str) -> Option<Text> {
        if let Some(bytes) = self.bytes(&stream(at, id, "001F")) {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            let text = String::from_utf16_lossy(&units);
            let text = text.trim_end_matches('\0');
            return Some(Text { bytes: text.as_bytes().to_vec(), is_utf8: true });
        }
        let bytes = self.bytes(&stream(at, id, "001E"))?;
        let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        let is_utf8 = bytes[..end].is_ascii();
        Some(Text { bytes: bytes[..end].to_vec(), is_utf8 })
    }

    /// A property of text as one line; letters that are not ASCII are lost where they are in a code
    /// page.
    pub(super) fn line(&mut self, at: &Path, id: &str) -> Option<String> {
        let text = self.text(at, id)?;
        let line: String = String::from_utf8_lossy(&text.bytes)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(1_000)
            .collect();
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    /// The properties of fixed length (MS-OXMSG, section 2.4): after a header of 32 bytes, in a
    /// message within another of 24, entries of 16 bytes, kind, id, flags and value.
    pub(super) fn fixed(&mut self, at: &Path, is_within: bool) -> Fixed {
        let bytes = self.bytes(&at.join("__properties_version1.0")).unwrap_or_default();
        let entries = bytes.get(if is_within { 24 } else { 32 }..).unwrap_or_default();
        let entries = entries.as_chunks::<16>().0.iter().map(|entry| {
            let id = u16::from_le_bytes([entry[2], entry[3]]);
            let value = entry[8..].iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
            (id, value)
        });
        Fixed(entries.collect())
    }
}

/// Values of fixed length by property id.
pub(super) struct Fixed(BTreeMap<u16, u64>);

impl Fixed {
    /// `PidTagInternetCodepage`, `PidTagMessageCodepage`.
    const CODE_PAGES: [u16; 2] = [0x3FDE, 0x3FFD];
    /// `PidTagClientSubmitTime`, `PidTagMessageDeliveryTime`.
    const TIMES: [u16; 2] = [0x0039, 0x0E06];

    /// The name of the character set of texts that are not Unicode.
    pub(super) fn charset(&self) -> String {
        let page = Self::CODE_PAGES.iter().find_map(|id| self.0.get(id)).copied();
        match page.unwrap_or(1252) as u32 {
            65001 => "utf-8".to_owned(),
            20127 => "us-ascii".to_owned(),
            20866 => "koi8-r".to_owned(),
            21866 => "koi8-u".to_owned(),
            932 => "shift_jis".to_owned(),
            936 | 54936 => "gb18030".to_owned(),
            949 | 51949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            51932 => "euc-jp".to_owned(),
            50220..=50222 => "iso-2022-jp".to_owned(),
            page @ 28591..=28606 => format!("iso-8859-{}", page - 28590),
            page => format!("windows-{page}"),
        }
    }

    /// When it was sent, in seconds since 1970: a count of 100 nanoseconds since 1601.
    pub(super) fn time(&self) -> Option<i64> {
        let ticks = Self::TIMES.iter().find_map(|id| self.0.get(id)).filter(|ticks| **ticks > 0)?;
        i64::try_from(ticks / 10_000_000).ok()?.checked_sub(11_644_473_600)
    }
}
