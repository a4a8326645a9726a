//! What the fuzz targets run: one function a parser, and what has to hold after it.
//!
//! The targets in `fuzz/` and the replay in `crates/charivari/tests/corpora.rs` both go through [`run`], so that
//! a file that once broke a parser is tried again by the plain test run. Nothing else uses this.

mod tables;

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use charivari_text::{
    address, chars, distance, hashtag, language, links, mention, normalise, show,
};

use crate::formats::FORMATS;
use crate::options::{DateOrder, Limits, Options};
use crate::profile::Profile;
use crate::records::csv;
use crate::rows::Batch;
use crate::time::{self, Clock};
use crate::{Input, MAX_ASIDE, PartReport, unpack};

/// Targets that are no format. `sniff` reaches all formats and containers.
pub const OTHERS: [&str; 12] = [
    "sniff",
    "csv",
    "time",
    "unpack",
    "text",
    "address",
    "profile",
    "tables",
    "tables-delimited",
    "tables-json",
    "tables-sheet",
    "tables-sql",
];

/// The names of all targets: [`OTHERS`], and `format-ID` for each format.
pub fn targets() -> Vec<String> {
    let formats = FORMATS.iter().map(|format| format!("format-{}", format.id()));
    OTHERS.iter().map(|&name| name.to_owned()).chain(formats).collect()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    match target {
        "sniff" => read(bytes, None),
        "profile" => profile(bytes),
        "csv" => cut_rows(bytes),
        "time" => read_times(&String::from_utf8_lossy(bytes)),
        "unpack" => unpack_all(bytes),
        "text" => read_text(&String::from_utf8_lossy(bytes)),
        "tables" | "tables-delimited" | "tables-json" | "tables-sheet" | "tables-sql" => {
            tables::run(target, bytes);
        }
        "address" => read_address(&String::from_utf8_lossy(bytes)),
        _ => match target.strip_prefix("format-") {
            Some(id) => read(bytes, Some(id.to_owned())),
            None => panic!("there is no fuzz target {target}"),
        },
    }
}

/// Caps so small that a few kilobytes of input reach them.
fn limits() -> Limits {
    Limits { row: 64 << 10, unpacked: 4 << 20, ratio: 100, ratio_from: 64 << 10, members: 8 }
}

/// Reads a file, its format sniffed or given; refusing it is fine.
fn read(bytes: &[u8], format: Option<String>) {
    let options = Options { format, limits: limits(), ..Options::default() };
    let input = Input::memory("f", bytes.to_vec());
    let mut batches = Vec::new();
    let counted = |batch: Batch| {
        check_batch(&batch);
        (batch.part, batch.records, batch.kept, batch.set_aside.len() as u64)
    };
    let reports = crate::read(&[input], &options, 1, &(), counted, |counts| batches.push(counts));
    let Ok(reports) = reports else { return };
    for (part, report) in reports.iter().enumerate() {
        let mine: Vec<_> = batches.iter().filter(|batch| batch.0 as usize == part).collect();
        let sum = |of: fn(&(u32, u64, u64, u64)) -> u64| mine.iter().map(|batch| of(batch)).sum();
        check_report(report, sum(|batch| batch.1), sum(|batch| batch.2), sum(|batch| batch.3));
    }
}

/// Reads a file and counts what its tables hold: hostile values pass every reader.
fn profile(bytes: &[u8]) {
    let options = Options { limits: limits(), ..Options::default() };
    let input = Input::memory("f", bytes.to_vec());
    let (mut one, mut two) = (Profile::default(), Profile::default());
    let mut add = |batch: Batch| {
        one.add(&batch);
        two.add(&batch);
    };
    if crate::read(&[input], &options, 1, &(), |batch| batch, &mut add).is_ok() {
        let _ = one.summary();
        one.merge(two);
        let _ = one.summary();
    }
}

/// What holds for every batch: what has to be there is, and nothing is counted twice.
fn check_batch(batch: &Batch) {
    assert!(batch.kept <= batch.records, "more records kept than read");
    let told = batch.kept + batch.set_aside.len() as u64;
    assert!(batch.records <= told, "a record was neither kept nor set aside");
    for table in [&batch.posts, &batch.traces, &batch.accounts].into_iter().flatten() {
        assert!(batch.kept > 0 || table.num_rows() == 0, "rows of records that were not kept");
        for (field, column) in table.schema().fields().iter().zip(table.columns()) {
            assert_eq!(column.len(), table.num_rows(), "{}", field.name());
            let is_missing = column.null_count() > 0 && !field.is_nullable();
            assert!(!is_missing, "{} is missing", field.name());
        }
    }
    for row in &batch.set_aside {
        assert_eq!(row.input, batch.part);
        assert!(row.met.chars().count() <= 80, "a whole field is quoted");
    }
}

/// The report tells what the batches held.
fn check_report(report: &PartReport, records: u64, kept: u64, aside: u64) {
    assert_eq!((report.records, report.kept), (records, kept));
    assert_eq!(report.set_aside.values().sum::<u64>(), aside, "a row set aside has no code");
    assert_eq!(report.aside.len() as u64, aside.min(MAX_ASIDE as u64));
}

/// Rows of delimited text: the sample that formats recognise themselves by.
fn cut_rows(bytes: &[u8]) {
    let delimiter = csv::sniff_delimiter(bytes);
    let rows = csv::sample(bytes, delimiter, 51);
    assert!(rows.len() <= 51);
    let text: usize = rows.iter().flatten().map(String::len).sum();
    // Bytes that are not UTF-8 become a character of three.
    assert!(text <= 3 * bytes.len(), "more text than there was");
}

/// Each line as an instant, in every way a slashed date may be meant.
fn read_times(text: &str) {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").ok();
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        for zone in [None, zone.clone()] {
            let clock = Clock { zone, order };
            for line in text.lines().take(50) {
                let Some(instant) = time::parse(line, &clock) else { continue };
                // What we write we read again, within the years that have four digits.
                let written = instant.time.to_string();
                let again = time::parse(&written, &clock).map(|instant| instant.time);
                let years = -62_135_596_800_000_000..=253_402_300_799_999_999;
                assert!(!years.contains(&instant.time.0) || again == Some(instant.time), "{line}");
            }
        }
    }
}

/// The decoders under their caps.
fn unpack_all(bytes: &[u8]) {
    let limits = limits();
    let consumed = Arc::new(AtomicU64::new(bytes.len() as u64));
    let packed = || Box::new(std::io::Cursor::new(bytes.to_vec()));
    for plain in [
        unpack::unpack(packed(), &consumed, &limits),
        Ok(unpack::inflate(packed(), &consumed, &limits)),
    ] {
        let Ok(mut plain) = plain else { continue };
        // What is not packed passes through, so its own length is allowed as well.
        let most = limits.unpacked + (1 << 18) + bytes.len() as u64;
        let mut count = 0;
        let mut buffer = vec![0; 1 << 16];
        while let Ok(more @ 1..) = plain.read(&mut buffer) {
            count += more as u64;
            assert!(count <= most, "the cap let {count} bytes through");
        }
    }
}

/// What is found in running text, and the forms it is compared and shown in.
fn read_text(text: &str) {
    let normal = normalise::normalise_text(text);
    assert_eq!(normalise::normalise_text(&normal), normal, "normalising twice differs");
    check_shown(text);
    for tag in hashtag::hashtags_in(text) {
        let normal = hashtag::normalise_hashtag(tag);
        let again = normal.as_deref().and_then(hashtag::normalise_hashtag);
        assert!(normal.is_some() && normal == again, "the hashtag {tag:?} became {normal:?}");
    }
    for handle in mention::mentions_in(text) {
        let mut normal = String::new();
        assert!(mention::normalise_mention_into(&handle, &mut normal), "{handle:?} vanished");
        assert_eq!(normal, handle, "a mention found in text is in normal form");
    }
    for link in links::links_in(text) {
        assert!(text.contains(link));
        read_address(link);
    }
    if let Some(guess) = language::guess(text) {
        assert!(guess.code.len() == 2 && guess.confidence <= 1.0);
    }
    check_distance(text);
}

/// Nothing that is shown can steer a terminal or turn the direction of writing.
fn check_shown(text: &str) {
    let shown = show::visible(text);
    assert!(!shown.chars().any(char::is_control), "a control character is shown");
    assert!(!shown.chars().any(|c| ('\u{202a}'..='\u{202e}').contains(&c)));
    assert_eq!(show::visible(&shown), shown, "showing twice differs");
    for max in [0, 1, 7] {
        assert!(show::shorten(text, max).chars().count() <= max);
    }
    let harmless = show::defang_text(text);
    for defanged in [&harmless, &show::defang_text(&harmless)] {
        assert_eq!(links::links_in(defanged).next(), None, "a link is left in {defanged:?}");
    }
    let _ = text.chars().filter(|&c| chars::is_unspaced(c)).count();
}

/// The halves of a text compared with each other; short, since the cost is their product.
fn check_distance(text: &str) {
    let short: String = text.chars().take(200).collect();
    let Some((one, two)) = short.split_once('\n') else { return };
    let edits = distance::levenshtein(one, two);
    assert_eq!(edits, distance::levenshtein(two, one));
    assert_eq!(distance::levenshtein_within(one, two, edits), Some(edits));
    assert!(distance::damerau_osa(one, two) <= edits);
    for alike in [
        distance::levenshtein_similarity(one, two),
        distance::jaro_winkler(one, two),
        distance::indel_ratio(one, two),
    ] {
        assert!((0.0..=1.0).contains(&alike));
    }
}

/// One address: its canonical form is its own canonical form, and its site is a part of its host.
fn read_address(raw: &str) {
    let harmless = show::defang(raw);
    assert_eq!(show::defang(&harmless), harmless, "defanging twice differs");
    if let Some(domain) = address::registrable_domain(raw) {
        assert!(raw.contains(domain));
    }
    let Some(canonical) = address::canonical_url(raw) else { return };
    assert!(canonical.url.len() <= address::MAX_URL_BYTES);
    assert!(canonical.url.is_ascii(), "{raw:?} became {canonical:?}");
    assert_eq!(address::canonical_url(&canonical.url).as_ref(), Some(&canonical), "{raw:?}");
    let site: Cow<'_, str> = address::sites::site_of(&canonical.host);
    assert_eq!(address::sites::site_of(&site), site);
}
