//! How fast tables are read, and in how much memory: makes a file of invented rows, or reads one
//! into a sink that counts.
//!
//! `tables make sql|copy|csv|json MEBIBYTES FILE` and `tables read FILE…`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement speaks, and may stop")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::time::Instant;

use charivari_ingest::Input;
use charivari_ingest::tables::{TableOptions, read};
use charivari_model::{Cell, RowSink, TableHead};

/// Counts rows, cells and their bytes.
#[derive(Default)]
struct Counting {
    rows: u64,
    cells: u64,
    bytes: u64,
}

impl RowSink for Counting {
    fn table(&mut self, _: &TableHead) {}

    fn row(&mut self, _: u64, cells: &[Cell<'_>]) {
        self.rows += 1;
        self.cells += cells.len() as u64;
        for cell in cells {
            self.bytes += cell.text().map_or(0, |text| text.len() as u64);
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", kind, size, file] => make(kind, size.parse::<u64>().unwrap() << 20, file),
        ["read", files @ ..] => files.iter().for_each(|file| measure(file)),
        _ => println!("tables make sql|copy|csv|json MEBIBYTES FILE, or tables read FILE…"),
    }
}

/// Writes rows until there are enough bytes.
fn make(kind: &str, size: u64, file: &str) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file).unwrap());
    let (mut written, mut row, mut text) = (0, 0_u64, String::new());
    text.push_str(match kind {
        "sql" => "-- MySQL dump 10.13\nCREATE TABLE `people` (`id` int, `mail` varchar(80), `name` varchar(80), `street` varchar(80), `zip` char(5), `city` varchar(40), `phone` varchar(20), `born` date, `made` datetime, `note` text);\n",
        "copy" => "-- PostgreSQL database dump\nCOPY public.people (id, mail, name, street, zip, city, phone, born, made, note) FROM stdin;\n",
        "csv" => "id,mail,name,street,zip,city,phone,born,made,note\n",
        _ => "",
    });
    while written < size {
        for _ in 0..1_000 {
            one(kind, row, &mut text);
            row += 1;
        }
        out.write_all(text.as_bytes()).unwrap();
        written += text.len() as u64;
        text.clear();
    }
    out.write_all(if kind == "sql" {
        b";\n"
    } else if kind == "copy" {
        b"\\.\n"
    } else {
        b""
    })
    .unwrap();
    println!("{row} rows, {written} bytes");
}

/// One invented row.
fn one(kind: &str, row: u64, text: &mut String) {
    let (open, quote, close, between) = match kind {
        "sql" if row.is_multiple_of(500) && row > 0 => {
            (";\nINSERT INTO `people` VALUES (", "'", ")", ",")
        }
        "sql" if row == 0 => ("INSERT INTO `people` VALUES (", "'", ")", ","),
        "sql" => (",(", "'", ")", ","),
        "copy" => ("", "", "\n", "\t"),
        _ => ("", "", "\n", ","),
    };
    let mixed = row.wrapping_mul(2_654_435_761) % 1_000_003;
    let apostrophe = if kind == "sql" && row.is_multiple_of(20) { "\\'" } else { "" };
    let note = match (kind, row % 10) {
        ("csv", 0) => "\"a, \"\"quoted\"\" note\"".to_owned(),
        (_, 0) => format!("{quote}a longer note about a delivery on day {mixed}{quote}"),
        ("sql", _) => "NULL".to_owned(),
        ("copy", _) => "\\N".to_owned(),
        _ => String::new(),
    };
    if kind == "json" {
        writeln!(text, "{{\"id\":{row},\"mail\":\"zqx{mixed}@example.org\",\"name\":\"Anna Zqxmar{mixed}\",\"home\":{{\"street\":\"{} rue des Essais\",\"zip\":\"{:05}\",\"city\":\"Exempleville\"}},\"phone\":\"+33 1 99 00 {:02} {:02}\",\"born\":\"19{:02}-0{}-1{}\",\"note\":null}}", mixed % 300, mixed % 95_999, row % 100, mixed % 100, row % 100, row % 9 + 1, row % 10).unwrap();
        return;
    }
    write!(text, "{open}{row}{between}{quote}zqx{mixed}@example.org{quote}{between}{quote}Anna O{apostrophe}Zqxmar{mixed}{quote}{between}{quote}{} rue des Essais{quote}{between}{quote}{:05}{quote}{between}{quote}Exempleville{quote}{between}{quote}+33 1 99 00 {:02} {:02}{quote}{between}{quote}19{:02}-0{}-1{}{quote}{between}{quote}2022-1{}-0{} 12:{:02}:00{quote}{between}{note}{close}", mixed % 300, mixed % 95_999, row % 100, mixed % 100, row % 100, row % 9 + 1, row % 10, row % 2, row % 9 + 1, row % 60).unwrap();
}

/// Reads a file, and says how fast.
fn measure(file: &str) {
    let mut sink = Counting::default();
    let started = Instant::now();
    let before = processor();
    let reports = read(&[Input::file(file)], &TableOptions::default(), &(), &mut sink).unwrap();
    let (wall, processor) = (started.elapsed().as_secs_f64(), processor() - before);
    let bytes = reports[0].file.bytes as f64 / 1e6;
    println!(
        "{file}: {} rows, {} cells, {} bytes of values; {:.0} MB/s wall, {:.0} MB/s of processor time; {}; set aside {:?}; notes {:?}",
        sink.rows,
        sink.cells,
        sink.bytes,
        bytes / wall,
        bytes / processor,
        memory(),
        reports[0].set_aside,
        reports[0].notes,
    );
}

/// Processor time of all threads so far, in seconds, where the system tells.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split(' ').collect();
    let ticks =
        |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(12) + ticks(13)) / 100.0
}

/// The most memory that was in use, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
