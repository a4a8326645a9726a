//! Spreadsheets, genuine and hostile.

use std::io::Write;

use charivari_ingest::Input;
use charivari_ingest::tables::{TableLimits, TableOptions, read};

use crate::sink::{Kept, said, table};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows, and these strings.
fn xlsx(rows: &str, strings: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"people\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", strings.to_owned()),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

const STRINGS: &str = "<sst uniqueCount=\"3\"><si><t>name</t></si><si><t>Zqxmarlo &amp; Co</t></si><si><r><t>Zqx</t></r><r><t>bero</t></r></si></sst>";

const ROWS: &str = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>born</t></is></c></row>\
    <row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" s=\"1\"><v>29222</v></c></row>\
    <row r=\"5\"><c r=\"A5\"><f>A3+1</f><v>2</v></c><c r=\"B5\" t=\"s\"><v>2</v></c></row>\
    <row r=\"6\"><c r=\"A6\" t=\"e\"><v>#DIV/0!</v></c><c r=\"B6\" t=\"b\"><v>1</v></c></row>";

#[test]
fn a_workbook_gives_its_rows() {
    let (kept, reports) = table(xlsx(ROWS, STRINGS), &TableOptions::default());
    assert_eq!(
        kept.text,
        "# f people: id | name | born\n1: 1 | \"Zqxmarlo & Co\" | \"1980-01-02\"\n\
         2: 2 | \"Zqxbero\" | \u{2205}\n3: \u{2205} | \"true\" | \u{2205}\n"
    );
    assert_eq!(said(&reports[0]), "Formula 1, ErrorCell 1");
}

fn ods(rows: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        (
            "content.xml",
            format!(
                "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><table:table table:name=\"people\">{rows}</table:table></office:document-content>"
            ),
        ),
    ])
}

const TEXT: &str = "<table:table-cell office:value-type=\"string\"><text:p>";

#[test]
fn an_open_document_gives_its_rows_and_repeated_cells_cost_nothing() {
    let rows = format!(
        "<table:table-row>{TEXT}id</text:p></table:table-cell>{TEXT}name</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"1000000000\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1000000000\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/>\
         {TEXT}Zqxa &amp;</text:p><text:p>b</text:p></table:table-cell></table:table-row>"
    );
    let (kept, reports) = table(ods(&rows), &TableOptions::default());
    assert_eq!(kept.text, "# f people: id | name\n1: 1 | \"Zqxa &\\nb\"\n");
    assert_eq!(said(&reports[0]), "");
}

#[test]
fn hostile_spreadsheets_are_refused_with_a_code() {
    let laughs = "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let promise = "<sst uniqueCount=\"18446744073709551615\"><si><t>a</t></si></sst>";
    let zeros = format!("<row r=\"1\"><c r=\"A1\"><v>{}</v></c></row>", "0".repeat(24 << 20));
    let spaces = " ".repeat(200).repeat(200_000);
    let many =
        format!("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>{}", format!("<a>{spaces}").repeat(2));
    for (name, bytes, code) in [
        ("billion laughs", xlsx(ROWS, laughs), "E0121"),
        ("a promise of strings", xlsx(ROWS, promise), "E0121"),
        ("a cell of 24 MiB", xlsx(&zeros, STRINGS), "E0121"),
        ("a bomb", xlsx(&many, STRINGS), "E0121"),
        ("cut", xlsx(ROWS, STRINGS)[..900].to_vec(), "E01"),
    ] {
        let input = Input::memory("f", bytes);
        let mut kept = Kept::default();
        let refused = read(&[input], &TableOptions::default(), &(), &mut kept).unwrap_err();
        assert!(refused.to_string().starts_with(code), "{name}: {refused}");
        assert!(!refused.to_string().contains("Zqx"), "{name}: a value is in the message");
    }
}

#[test]
fn a_string_that_all_cells_of_a_row_share_is_counted_for_each() {
    let long = format!("<si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let strings = STRINGS.replace("</sst>", &long);
    let cell = |column: u32| {
        let (one, two) = (b'A' + (column / 26) as u8, b'A' + (column % 26) as u8);
        format!("<c r=\"{}{}7\" t=\"s\"><v>3</v></c>", char::from(one), char::from(two))
    };
    let wide = format!("<row r=\"7\">{}</row>", (0..600).map(cell).collect::<String>());
    let (kept, reports) = table(xlsx(&format!("{ROWS}{wide}"), &strings), &TableOptions::default());
    assert_eq!(kept.rows.len(), 3);
    assert_eq!(said(&reports[0]), "E0230 1, Formula 1, ErrorCell 1");
}

#[test]
fn a_row_of_too_many_columns_is_set_aside() {
    let wide = "<row r=\"7\"><c r=\"XFD7\"><v>1</v></c></row>";
    let table_limits = TableLimits { columns: 100, ..TableLimits::default() };
    let options = TableOptions { table_limits, ..TableOptions::default() };
    let (kept, reports) = table(xlsx(&format!("{ROWS}{wide}"), STRINGS), &options);
    assert_eq!(kept.rows.len(), 3);
    assert_eq!(said(&reports[0]), "E0237 1, Formula 1, ErrorCell 1");
}
