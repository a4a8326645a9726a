//! Reads every file under `tests/cases/<format>/` and compares what came of it.
//!
//! Beside an input `<case>.<ext>` lies `<case>.expected`, and where the case needs options
//! `<case>.options`, one `key=value` a line: `format`, `platform`, `timezone`, `date_order`
//! (`day-first`, `month-first`), `encoding`, `max_row`, and `columns.<field>` for a column's name.
//! `UPDATE_GOLDEN=1` writes the expected files anew, `UPDATE_GOLDEN=cnt` those of one format; read
//! them before you commit them. All data is invented.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where what it needs is not there"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use charivari_ingest::{DateOrder, Field, Input, Options};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| !matches!(extension(path), "expected" | "options"))
        .collect();
    files.sort();
    files
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn options(path: &Path) -> Options {
    let mut options = Options::default();
    let text = fs::read_to_string(path.with_extension("options")).unwrap_or_default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{line}: no key=value"));
        let value = value.to_owned();
        match key {
            "format" => options.format = Some(value),
            "platform" => options.platform = Some(value),
            "timezone" => options.timezone = Some(jiff::tz::TimeZone::get(&value).unwrap()),
            "date_order" if value == "day-first" => {
                options.date_order = Some(DateOrder::DayFirst);
            }
            "date_order" if value == "month-first" => {
                options.date_order = Some(DateOrder::MonthFirst);
            }
            "encoding" => {
                options.encoding =
                    Some(encoding_rs::Encoding::for_label(value.as_bytes()).unwrap());
            }
            "max_row" => options.limits.row = value.parse().unwrap(),
            _ => {
                let field = key.strip_prefix("columns.").and_then(Field::parse);
                options.columns.insert(field.unwrap_or_else(|| panic!("{key}: no option")), value);
            }
        }
    }
    options
}

#[test]
fn every_case_reads_as_expected() {
    let update = std::env::var("UPDATE_GOLDEN").unwrap_or_default();
    let cases = cases();
    assert!(!cases.is_empty(), "there are no cases");
    let mut wrong = Vec::new();
    for path in cases {
        let met = support::render(&[Input::file(&path)], &options(&path));
        let golden = path.with_extension("expected");
        let format = path.parent().and_then(Path::file_name).unwrap();
        if update == "1" || format.to_str() == Some(&update) {
            fs::write(&golden, &met).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if met != expected {
            wrong.push(format!("{}\n{}", path.display(), first_difference(&expected, &met)));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

fn first_difference(expected: &str, met: &str) -> String {
    let (mut expected, mut met) = (expected.lines(), met.lines());
    for number in 1.. {
        let (wanted, found) = (expected.next(), met.next());
        if wanted != found || wanted.is_none() {
            return format!("  line {number}\n  expected {wanted:?}\n  met      {found:?}");
        }
    }
    String::new()
}
