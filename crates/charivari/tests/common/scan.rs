//! Searches bytes for strings that stand in the inputs of a test and nowhere else.
//!
//! A value is looked for as it is and in capitals, with its accents bare or apart, as UTF-8, UTF-16 of
//! both orders, hexadecimal digits, base64 at each alignment and with both alphabets, and
//! percent-encoded; inside ZIP, gzip, zstd and Parquet, however nested, and in the pages of SQLite
//! databases. What is encrypted is searched as it lies there.

#![allow(clippy::disallowed_methods, reason = "what is unpacked here the program has written")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Read};

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Containers are unpacked to this depth; more is reported as a find, since nothing may hide in it.
const DEPTH: usize = 5;

/// Strings to look for in every form in which they may be written.
pub(crate) struct Scanner {
    /// Patterns by their first two bytes; with whether the text was folded to small letters.
    patterns: [BTreeMap<[u8; 2], Vec<Pattern>>; 2],
}

struct Pattern {
    bytes: Vec<u8>,
    /// The marker's number and the form, so that a report need not print the value.
    marker: usize,
    form: &'static str,
}

/// A value that came out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Find {
    /// Where: a file, standard output, a member of an archive.
    pub place: String,
    /// The number of the marker.
    pub marker: usize,
    /// In which form.
    pub form: &'static str,
}

impl Scanner {
    /// A scanner for these markers, each of at least six bytes.
    pub(crate) fn new(markers: &[String]) -> Self {
        let mut scanner = Self { patterns: [BTreeMap::new(), BTreeMap::new()] };
        for (number, marker) in markers.iter().enumerate() {
            assert!(marker.len() >= 6, "marker {number} is too short to be found nowhere else");
            for spelling in spellings(marker) {
                scanner.add(number, &spelling);
            }
        }
        scanner
    }

    fn add(&mut self, marker: usize, text: &str) {
        let mut put = |folded: bool, form, bytes: Vec<u8>| {
            let bytes = if folded { bytes.to_ascii_lowercase() } else { bytes };
            let key = [bytes[0], bytes[1]];
            let list = self.patterns[usize::from(folded)].entry(key).or_default();
            if !list.iter().any(|known| known.bytes == bytes) {
                list.push(Pattern { bytes, marker, form });
            }
        };
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let hex = |bytes: &[u8]| -> Vec<u8> {
            bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
        };
        put(true, "UTF-8", text.as_bytes().to_vec());
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        put(true, "UTF-16", little.clone());
        put(true, "UTF-16, big end first", big);
        let latin: Option<Vec<u8>> = text.chars().map(|sign| u8::try_from(sign).ok()).collect();
        if let Some(latin) = latin {
            put(true, "Latin-1", latin);
        }
        put(true, "URL", percent(text, false));
        put(true, "URL, all of it", percent(text, true));
        for case in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
            put(true, "hexadecimal", hex(case.as_bytes()));
            for shift in 0..3 {
                let text = base64(case.as_bytes(), shift);
                let url: Vec<u8> = text
                    .iter()
                    .map(|sign| match sign {
                        b'+' => b'-',
                        b'/' => b'_',
                        other => *other,
                    })
                    .collect();
                put(false, "base64", text);
                put(false, "base64 for URLs", url);
            }
        }
        put(true, "hexadecimal UTF-16", hex(&little));
    }

    /// Searches bytes, and what is packed in them.
    pub(crate) fn scan(&self, place: &str, bytes: &[u8], found: &mut BTreeSet<Find>) {
        self.inside(place, bytes, 0, found);
    }

    fn inside(&self, place: &str, bytes: &[u8], depth: usize, found: &mut BTreeSet<Find>) {
        Self::search(place, bytes, &self.patterns[0], found);
        Self::search(place, &bytes.to_ascii_lowercase(), &self.patterns[1], found);
        let packed = unpack(bytes);
        if depth >= DEPTH && !packed.is_empty() {
            let form = "packed too deep to be searched";
            found.insert(Find { place: place.to_owned(), marker: usize::MAX, form });
            return;
        }
        for (name, inner) in packed {
            self.inside(&format!("{place}!{name}"), &inner, depth + 1, found);
        }
    }

    fn search(
        place: &str,
        bytes: &[u8],
        patterns: &BTreeMap<[u8; 2], Vec<Pattern>>,
        found: &mut BTreeSet<Find>,
    ) {
        // A bit for each pair of bytes with which a pattern begins.
        let mut begins = vec![false; 1 << 16];
        for key in patterns.keys() {
            begins[usize::from(u16::from_be_bytes(*key))] = true;
        }
        for (at, pair) in bytes.windows(2).enumerate() {
            if !begins[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] {
                continue;
            }
            for pattern in &patterns[&[pair[0], pair[1]]] {
                if bytes[at..].starts_with(&pattern.bytes) {
                    let Pattern { marker, form, .. } = *pattern;
                    found.insert(Find { place: place.to_owned(), marker, form });
                }
            }
        }
    }
}

/// A marker as it may be spelt: with its accents, without them, and with the accents apart.
fn spellings(marker: &str) -> BTreeSet<String> {
    const ACCENTS: [(char, char, char); 14] = [
        ('à', 'a', '\u{300}'),
        ('â', 'a', '\u{302}'),
        ('ä', 'a', '\u{308}'),
        ('ç', 'c', '\u{327}'),
        ('è', 'e', '\u{300}'),
        ('é', 'e', '\u{301}'),
        ('ê', 'e', '\u{302}'),
        ('ë', 'e', '\u{308}'),
        ('î', 'i', '\u{302}'),
        ('ï', 'i', '\u{308}'),
        ('ô', 'o', '\u{302}'),
        ('ö', 'o', '\u{308}'),
        ('ù', 'u', '\u{300}'),
        ('ü', 'u', '\u{308}'),
    ];
    let accent = |sign: char| {
        let small = sign.to_lowercase().next().unwrap_or(sign);
        let found = ACCENTS.iter().find(|(letter, ..)| *letter == small)?;
        let base = if sign == small { found.1 } else { found.1.to_ascii_uppercase() };
        Some((base, found.2))
    };
    let bare: String = marker.chars().map(|sign| accent(sign).map_or(sign, |it| it.0)).collect();
    let apart: String = marker
        .chars()
        .flat_map(|sign| accent(sign).map_or(vec![sign], |(base, mark)| vec![base, mark]))
        .collect();
    let all = [marker.to_owned(), marker.to_lowercase(), marker.to_uppercase(), bare, apart];
    all.into_iter().collect()
}

fn percent(text: &str, all: bool) -> Vec<u8> {
    let encode = |byte: u8| {
        if !all && (byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) {
            vec![byte]
        } else {
            format!("%{byte:02x}").into_bytes()
        }
    };
    text.bytes().flat_map(encode).collect()
}

/// The middle of the base64 of `bytes` where `shift` unknown bytes stand before: the signs that
/// depend on no neighbour.
fn base64(bytes: &[u8], shift: usize) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = vec![false; 8 * shift];
    bits.extend(bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)));
    let first = (8 * shift).div_ceil(6);
    bits.chunks_exact(6)
        .skip(first)
        .map(|six| SIGNS[six.iter().fold(0, |word, bit| word << 1 | usize::from(*bit))])
        .collect()
}

/// What is packed in bytes: name and content of each part.
fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let whole = |name: &str, mut reader: Box<dyn Read + '_>| {
        let mut inner = Vec::new();
        // What was cut off in the middle is searched as far as it goes.
        let _ = reader.read_to_end(&mut inner);
        vec![(name.to_owned(), inner)]
    };
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return whole("gzip", Box::new(flate2::read::MultiGzDecoder::new(bytes)));
    }
    if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return match zstd::stream::read::Decoder::new(bytes) {
            Ok(reader) => whole("zstd", Box::new(reader)),
            Err(_) => Vec::new(),
        };
    }
    if bytes.starts_with(b"PAR1") {
        return parquet_cells(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_members(bytes);
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        // Long values go on from page to page, each of which begins with the number of the next.
        let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
        let size = if size == 1 { 65_536 } else { size.max(512) };
        let joined = bytes.chunks(size).flat_map(|page| page.iter().skip(4).copied()).collect();
        return vec![("pages".to_owned(), joined)];
    }
    Vec::new()
}

fn zip_members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut members = Vec::new();
    for place in 0..archive.len() {
        let Ok(mut member) = archive.by_index(place) else { continue };
        let mut inner = Vec::new();
        let _ = member.read_to_end(&mut inner);
        let name = member.name().map_or_else(|_| String::from("?"), std::borrow::Cow::into_owned);
        members.push((name, inner));
    }
    members
}

/// All cells of a Parquet file as text, with its metadata.
fn parquet_cells(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(builder) =
        ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::copy_from_slice(bytes))
    else {
        return Vec::new();
    };
    let Ok(reader) = builder.build() else { return Vec::new() };
    let mut text = String::new();
    for batch in reader.flatten() {
        for column in batch.columns() {
            // Printing an array leaves out its middle where it is long, so one cell at a time.
            for row in 0..column.len() {
                let _ = writeln!(text, "{:?}", column.slice(row, 1));
            }
        }
    }
    vec![("cells".to_owned(), text.into_bytes())]
}
