//! Delimited text.

use charivari_ingest::tables::{TableLimits, TableOptions};

use crate::sink::{said, table};

/// One file: its name, its bytes, the rows and what is said of the others.
type Case = (&'static str, &'static [u8], &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "commas with a header",
        b"id,name,email\n1,Zqxmarlo,zqxmarlo@example.org\n2,\"Zqxbero, Bo\",\n",
        "# f -: id | name | email\n1: \"1\" | \"Zqxmarlo\" | \"zqxmarlo@example.org\"\n\
         2: \"2\" | \"Zqxbero, Bo\" | \"\"\n",
        "",
    ),
    (
        "combos without a header",
        b"zqxa@example.org:wort1\nzqxb@example.org:wort2\n",
        "# f -:  | \n1: \"zqxa@example.org\" | \"wort1\"\n2: \"zqxb@example.org\" | \"wort2\"\n",
        "",
    ),
    (
        "line breaks of three kinds",
        b"id,name\r\n1,Zqxa\r2,Zqxb\n3,Zqxc",
        "# f -: id | name\n1: \"1\" | \"Zqxa\"\n2: \"2\" | \"Zqxb\"\n3: \"3\" | \"Zqxc\"\n",
        "",
    ),
    (
        "ragged rows",
        b"id,name,city\n1,Zqxa\n2,Zqxb,Ort,\n3,Zqxc,Ort,more\n\n4,Zqxd,Ort\n",
        "# f -: id | name | city\n1: \"1\" | \"Zqxa\" | \u{2205}\n2: \"2\" | \"Zqxb\" | \"Ort\"\n\
         4: \"4\" | \"Zqxd\" | \"Ort\"\n",
        "E0231 1, ShortRow 1, TrailingEmpty 1, EmptyLine 1",
    ),
    (
        "a mixed encoding",
        b"id,name\n1,Zqx\xc3\xa9\n2,Zqx\xe9\n",
        "# f -: id | name\n1: \"1\" | \"Zqx\u{e9}\"\n2: \"2\" | \"Zqx\u{e9}\"\n",
        "",
    ),
    (
        "an open quote costs its line",
        b"id,name\n1,Zqxa\n2,\"Zqxb\n3,Zqxc\n4,Zqxd\n",
        "# f -: id | name\n1: \"1\" | \"Zqxa\"\n3: \"3\" | \"Zqxc\"\n4: \"4\" | \"Zqxd\"\n",
        "E0232 1",
    ),
    (
        "a cut end",
        b"id,name,city\n1,Zqxa,Ort\n2,Zq",
        "# f -: id | name | city\n1: \"1\" | \"Zqxa\" | \"Ort\"\n",
        "E0234 1, InTheMiddle(\"a row\")",
    ),
    (
        "joined exports and zero bytes",
        b"id,name\n1,Zqxa\0\nid,name\n2,Zqxb\n",
        "# f -: id | name\n1: \"1\" | \"Zqxa\\0\"\n2: \"2\" | \"Zqxb\"\n",
        "RepeatedHeader 1, ZeroByte 1",
    ),
    (
        "backslashes and no value",
        b"id,name\n1,\"Zqxa \\\"A\\\", b\"\n\\N,\"Zqxb \\\\ c \\\"\\\" \"\n",
        "# f -: id | name\n1: \"1\" | \"Zqxa \\\"A\\\", b\"\n2: \u{2205} | \"Zqxb \\\\ c \\\"\\\" \"\n",
        "",
    ),
    (
        "hostile names are kept as they are",
        "id,<script>,=1+1,\u{202e}name\n1,a,b,Zqxa\n".as_bytes(),
        "# f -: id | <script> | =1+1 | \u{202e}name\n1: \"1\" | \"a\" | \"b\" | \"Zqxa\"\n",
        "",
    ),
];

#[test]
fn every_dialect_gives_its_cells_wherever_the_blocks_are_cut() {
    for (name, bytes, rows, faults) in CASES {
        for block in [1, 2, 3, 5, 7, 11, 1 << 20] {
            let table_limits = TableLimits { block, ..TableLimits::default() };
            let options = TableOptions { table_limits, ..TableOptions::default() };
            let (kept, reports) = table(*bytes, &options);
            assert_eq!(kept.text, *rows, "{name}, blocks of {block}");
            assert_eq!(said(&reports[0]), *faults, "{name}, blocks of {block}");
            assert_eq!(reports[0].file.bytes, bytes.len() as u64);
        }
    }
}
