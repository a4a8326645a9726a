//! The same table in other wrappings reads the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where what it needs is not there"
)]

mod support;

use std::io::Write;
use std::path::Path;

use charivari_ingest::{Input, Options};

const PLAIN: &str = "account_id;post_id;time;text\n\
     990000001;p1;2023-01-06T10:13:20Z;\"Käse; #Hafen\"\n\
     990000002;p2;1673000001;zwei\n";

/// What was read, without the line that names the input and its container.
fn body(bytes: Vec<u8>, options: &Options) -> String {
    let text = support::render(&[Input::memory("posts", bytes)], options);
    text.split_once('\n').unwrap().1.to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn a_wrapping_changes_nothing() {
    let options = Options::default();
    let plain = body(PLAIN.into(), &options);
    assert!(plain.contains("records: 2, kept: 2") && plain.contains("hashtags: [Hafen]"));
    let with_mark = [b"\xef\xbb\xbf", PLAIN.as_bytes()].concat();
    for (name, bytes) in [
        ("byte order mark", with_mark),
        ("UTF-16, little end first", utf16(PLAIN, false)),
        ("UTF-16, big end first", utf16(PLAIN, true)),
        ("gzip", gzip(PLAIN.as_bytes())),
        ("Zstandard", zstd::bulk::compress(PLAIN.as_bytes(), 1).unwrap()),
        ("ZIP", archive(&[("posts.csv", PLAIN.as_bytes())])),
        ("gzip of UTF-16 in a ZIP", archive(&[("posts.csv.gz", &gzip(&utf16(PLAIN, false)))])),
        ("Windows line ends", PLAIN.replace('\n', "\r\n").into()),
        ("no last line end", PLAIN.trim_end().into()),
    ] {
        assert_eq!(body(bytes, &options), plain, "{name}");
    }
    let commas = PLAIN.replace("Käse;", "Käse§").replace(';', ",").replace('§', ";");
    assert_eq!(body(commas.clone().into(), &options), plain, "commas");
    let tabs = commas.replace(',', "\t");
    assert_eq!(body(tabs.into(), &options), plain, "tabs");
}

#[test]
fn a_named_encoding_is_decoded() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(PLAIN);
    let options = Options { encoding: Some(encoding_rs::WINDOWS_1252), ..Options::default() };
    assert_eq!(body(bytes.into_owned(), &options), body(PLAIN.into(), &Options::default()));
}

#[test]
fn every_member_of_an_archive_is_a_part() {
    let bytes = archive(&[
        ("b/two.csv", PLAIN.as_bytes()),
        ("a/one.csv", b"object_id,account_id,content_id,timestamp_share\no,a,c,1673000000\n"),
        ("__MACOSX/a/._one.csv", b"\0\x05"),
    ]);
    let text = support::render(&[Input::memory("posts.zip", bytes)], &Options::default());
    let inputs: Vec<&str> = text.lines().filter(|line| line.starts_with("input:")).collect();
    assert_eq!(inputs, ["input: posts.zip!a/one.csv (CSV)", "input: posts.zip!b/two.csv (CSV)"]);
}

#[test]
fn a_cut_gzip_keeps_what_came_before_the_cut() {
    let mut rows = String::new();
    for row in 0..20_000_u32 {
        use std::fmt::Write;
        writeln!(rows, "{row};p{row};1673000000;{:08x}", row.wrapping_mul(2_654_435_761)).unwrap();
    }
    let bytes = gzip(format!("account_id;post_id;time;text\n{rows}").as_bytes());
    let options = Options::default();
    let (reports, _) = support::read(
        &[Input::memory("cut.csv.gz", bytes[..bytes.len() / 2].to_vec())],
        &options,
        1,
    )
    .unwrap();
    assert!(reports[0].kept > 5_000 && reports[0].kept < 20_000);
    assert_eq!(reports[0].notes[&charivari_ingest::Note::Unreadable], 1);
    assert_eq!(reports[0].set_aside[&charivari_model::Code::CutRow], 1);
}

#[test]
fn the_slice_of_internet_research_agency_posts_is_read_wholly() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/coordination/ira_slice.csv.xz");
    if !path.exists() {
        eprintln!("passed over: ../shared/data/coordination/ira_slice.csv.xz is not there");
        return;
    }
    let (reports, batches) = support::read(&[Input::file(path)], &Options::default(), 2).unwrap();
    let report = &reports[0];
    assert_eq!(report.format, "fivethirtyeight-ira");
    assert_eq!((report.records, report.kept), (139_653, 139_653));
    assert!(report.set_aside.is_empty());
    let passed_on: usize = batches
        .iter()
        .filter_map(|batch| batch.posts.as_ref()?.column_by_name("is_repost").cloned())
        .map(|flags| arrow_array::cast::AsArray::as_boolean(&flags).true_count())
        .sum();
    // 456 more are quotes, which the column `retweet` counts as well.
    assert_eq!(passed_on, 101_067);
}
