//! Spreadsheets of Excel 5 to 2003, genuine and hostile.
//!
//! `people.xls` was written by xlwt 1.3.0 with invented rows: another program's idea of the format.

use charivari_ingest::Input;
use charivari_ingest::tables::{TableLimits, TableOptions, read};

use crate::sink::{Kept, said, table};

const END: u32 = 0xFFFF_FFFE;

/// A compound file with one stream, and what follows each sector.
fn compound(name: &str, stream: &[u8], change: impl Fn(&mut Vec<u32>)) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let count = (stream.len() / 512) as u32;
    // The directory, the stream, then the tables.
    let tables = (count + 1).div_ceil(127);
    let mut next = vec![END];
    next.extend(2..=count);
    next.push(END);
    next.resize(next.len() + tables as usize, 0xFFFF_FFFD);
    next.resize(tables as usize * 128, 0xFFFF_FFFF);
    change(&mut next);
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(word.to_le_bytes());
    }
    for word in [0, tables, 0, 0, 4_096, END, 0, END, 0] {
        file.extend(word.to_le_bytes());
    }
    (0..109).for_each(|at| {
        let sector = if at < tables { count + 1 + at } else { 0xFFFF_FFFF };
        file.extend(sector.to_le_bytes());
    });
    for (name, kind, first, length) in
        [("Root Entry", 5_u8, END, 0), (name, 2, 1, stream.len() as u32)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(((name.len() as u16 + 1) * 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0);
        entry.extend(first.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(1_024, 0);
    file.extend(stream);
    file.extend(next.into_iter().flat_map(u32::to_le_bytes));
    file
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// The beginning of a part of the workbook, of this version and kind.
fn begin(version: u16, kind: u16) -> Vec<u8> {
    record(0x0809, &[version.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat())
}

fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
    record(kind, &[place, rest.to_vec()].concat())
}

fn shared(row: u16, column: u16, string: u32) -> Vec<u8> {
    cell(0x00FD, row, column, &string.to_le_bytes())
}

/// A workbook: what stands before the sheets, and one sheet with these records.
fn book(before: &[u8], cells: &[u8]) -> Vec<u8> {
    let head = begin(0x0600, 5);
    let named = |at: u32| {
        let name = [&at.to_le_bytes()[..], &[0, 0, 6, 0], b"people"].concat();
        record(0x0085, &name)
    };
    let at = head.len() + named(0).len() + before.len() + 4;
    [
        head,
        named(at as u32),
        before.to_vec(),
        record(0x000A, &[]),
        begin(0x0600, 0x10),
        cells.to_vec(),
        record(0x000A, &[]),
    ]
    .concat()
}

fn xls(before: &[u8], cells: &[u8]) -> Vec<u8> {
    compound("Workbook", &book(before, cells), |_| {})
}

/// A text of one byte a letter, as strings that are shared stand.
fn string(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_le_bytes()[..], &[0], text.as_bytes()].concat()
}

fn strings(all: &[&str]) -> Vec<u8> {
    let count = (all.len() as u32).to_le_bytes();
    let all: Vec<u8> = all.iter().flat_map(|text| string(text)).collect();
    record(0x00FC, &[&count[..], &count, &all].concat())
}

#[test]
fn a_workbook_of_another_program_gives_its_rows() {
    let (kept, reports) = table(include_bytes!("people.xls").to_vec(), &TableOptions::default());
    let lines: Vec<&str> = kept.text.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "# f people: id | name | born | paid | note",
            "1: 1 | \"Zqxmarlo & Co\" | \"1980-01-02\" | 0 | ∅",
            "2: 2 | \"Zqxbero\" | \"1980-02-08\" | 12.5 | \"true\"",
            "3: 3 | \"Zqxélan\" | \"1980-03-16\" | 25 | \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxé2\"",
        ]
    );
    assert_eq!(lines[4], "4: 4 | \"ضقکس\" | \"1980-04-22\" | 37.5 | ∅");
    assert_eq!(lines[10..], ["# f orders: ref", "1: \"Zqx-1\""]);
    assert_eq!(said(&reports[0]), "Formula 2, EmptySheet 1");
}

#[test]
fn strings_go_on_in_the_next_record_with_letters_of_another_width() {
    let count = 2_u32.to_le_bytes();
    let first =
        [&count[..], &count, &string("name"), &10_u16.to_le_bytes(), &[0], b"Zqxma"].concat();
    let wide: Vec<u8> = "rlöضک".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let before = [record(0x00FC, &first), record(0x003C, &[&[1][..], &wide].concat())].concat();
    let (kept, _) =
        table(xls(&before, &[shared(0, 0, 0), shared(1, 0, 1)].concat()), &TableOptions::default());
    assert_eq!(kept.text, "# f people: name\n1: \"Zqxmarlöضک\"\n");
}

#[test]
fn numbers_truths_errors_and_formulas_are_read() {
    let number = |value: f64| [&value.to_le_bytes()[..], &[0; 6]].concat();
    let text = [&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 6]].concat();
    let several = [
        &[0, 0][..],
        &(7_u32 << 2 | 2).to_le_bytes(),
        &[0, 0],
        &(8_u32 << 2 | 2).to_le_bytes(),
        &[4, 0],
    ]
    .concat();
    let places = [1_u16.to_le_bytes(), 3_u16.to_le_bytes()].concat();
    let cells = [
        (0..6).flat_map(|column| shared(0, column, 0)).collect::<Vec<u8>>(),
        cell(0x0203, 1, 0, &1.5_f64.to_le_bytes()),
        cell(0x0205, 1, 1, &[1, 0]),
        cell(0x0205, 1, 2, &[7, 1]),
        record(0x00BD, &[places, several].concat()),
        cell(0x0006, 2, 0, &number(2.25)),
        cell(0x0006, 2, 1, &text),
        record(0x0207, &string("Zqxa")),
    ];
    let (kept, reports) = table(xls(&strings(&["c"]), &cells.concat()), &TableOptions::default());
    assert_eq!(
        kept.text,
        "# f people: c | c | c | c | c | c\n1: 1.5 | \"true\" | ∅ | 7 | 8 | ∅\n\
         2: 2.25 | \"Zqxa\" | ∅ | ∅ | ∅ | ∅\n"
    );
    assert_eq!(said(&reports[0]), "Formula 2, ErrorCell 1");
}

#[test]
fn a_sheet_that_claims_to_span_everything_costs_nothing() {
    let span =
        [&0_u32.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &[0, 0, 0xFF, 0xFF, 0, 0]].concat();
    let cells = [record(0x0200, &span), shared(0, 0, 0), shared(65_535, 255, 1)].concat();
    let (kept, _) = table(xls(&strings(&["a", "b"]), &cells), &TableOptions::default());
    assert_eq!(kept.rows.len(), 1);
    // Strings that are promised and not there are none.
    let mut promise = strings(&["a", "b"]);
    promise[4..12].fill(0xFF);
    let (kept, _) = table(xls(&promise, &cells), &TableOptions::default());
    assert_eq!(kept.rows.len(), 1);
}

#[test]
fn a_string_that_all_cells_of_a_row_share_is_counted_for_each() {
    let long = "x".repeat(8_000);
    let cells: Vec<u8> = (0..200)
        .flat_map(|row| (0..200).flat_map(move |column| shared(row, column, u32::from(row > 0))))
        .collect();
    let mut options = TableOptions::default();
    options.limits.row = 1 << 20;
    let (kept, reports) = table(xls(&strings(&["c", &long]), &cells), &options);
    assert_eq!((kept.rows.len(), said(&reports[0]).as_str()), (0, "E0230 199"));
}

#[test]
fn hostile_workbooks_are_refused_with_a_code() {
    let good = [shared(0, 0, 0), shared(1, 0, 0)].concat();
    let before = strings(&["Zqxa"]);
    let name =
        |at: usize| record(0x0085, &[&(at as u32).to_le_bytes()[..], &[0, 0, 1, 0], b"s"].concat());
    // Each sheet begins inside the one before, which goes on to the end.
    let within: Vec<u8> = (0..200).flat_map(|_| begin(0x0600, 0x10)).chain(good.clone()).collect();
    let names: Vec<u8> = {
        let first = begin(0x0600, 5).len() + 200 * name(0).len() + 4;
        (0..200).flat_map(|sheet| name(first + sheet * 12)).collect()
    };
    let upon = [begin(0x0600, 5), names, record(0x000A, &[]), within].concat();
    for (name, bytes, code) in [
        (
            "chain that meets itself",
            compound("Workbook", &book(&before, &good), |next| next[3] = 2),
            "E0122",
        ),
        (
            "directory that meets itself",
            compound("Workbook", &book(&before, &good), |next| next[0] = 0),
            "E0122",
        ),
        (
            "chain that leaves the file",
            compound("Workbook", &book(&before, &good), |next| next[3] = 9_999),
            "E0122",
        ),
        ("no workbook", compound("Elsewhere", &book(&before, &good), |_| {}), "E0122"),
        ("older than Excel 5", compound("Workbook", &begin(0x0400, 5), |_| {}), "E0122"),
        ("no end", compound("Workbook", &begin(0x0600, 5), |_| {}), "E0122"),
        ("locked", xls(&record(0x002F, &[1, 0]), &good), "E0123"),
        ("locked as a newer one is", compound("EncryptedPackage", &[0; 5_000], |_| {}), "E0123"),
        ("sheets upon each other", compound("Workbook", &upon, |_| {}), "E0121"),
        ("only a beginning", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "E0122"),
    ] {
        let mut kept = Kept::default();
        let refused = read(&[Input::memory("f", bytes)], &TableOptions::default(), &(), &mut kept)
            .unwrap_err();
        assert!(refused.to_string().starts_with(code), "{name}: {refused}");
        assert!(!refused.to_string().contains("Zqx"), "{name}: a value is in the message");
    }
}

#[test]
fn a_workbook_cut_anywhere_is_read_or_refused() {
    let whole = include_bytes!("people.xls");
    let table_limits = TableLimits { sheet_packed: 1 << 20, ..TableLimits::default() };
    let options = TableOptions { table_limits, ..TableOptions::default() };
    for end in (8..whole.len()).step_by(97) {
        let input = Input::memory("f", whole[..end].to_vec());
        if let Err(error) = read(&[input], &options, &(), &mut Kept::default()) {
            assert!(error.to_string().starts_with("E01"), "{end}: {error}");
        }
    }
}
