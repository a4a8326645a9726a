//! JSON.

use charivari_ingest::tables::{TableLimits, TableOptions};

use crate::sink::{said, table};

/// One file: its name, its text, the rows and what is said of the others.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "lines with late keys and nesting",
        "{\"id\":1,\"name\":\"Zqxa\",\"home\":{\"city\":\"Ort\",\"geo\":{\"x\":1.5}},\"tags\":[1, \"b\"]}\n\
         {\"id\":2,\"mail\":\"zqxb@example.org\",\"name\":null,\"ok\":true}\n",
        "# f -: id | name | home.city | home.geo.x | tags | mail | ok\n\
         1: 1 | \"Zqxa\" | \"Ort\" | 1.5 | \"[1, \\\"b\\\"]\" | \u{2205} | \u{2205}\n\
         2: 2 | \u{2205} | \u{2205} | \u{2205} | \u{2205} | \"zqxb@example.org\" | \"true\"\n",
        "",
    ),
    (
        "an array with escapes",
        "[{\"a\":\"Zqx\\u00e9 \\\"x\\\" \\ud83d\\ude00\"},\n {\"a\":\"\\ud83d\"}]",
        "# f -: a\n1: \"Zqx\u{e9} \\\"x\\\" \u{1f600}\"\n2: \"\u{fffd}\"\n",
        "",
    ),
    (
        "a document with two tables",
        "{\"total\":3,\"data\":{\"users\":[{\"a\":1},{\"a\":2}]},\"words\":[\"Zqxa\",\"Zqxb\"]}",
        "# f data.users: a\n1: 1\n2: 2\n# f words: \n1: \"Zqxa\"\n2: \"Zqxb\"\n",
        "",
    ),
    (
        "lists as rows",
        "[[1,\"Zqxa\"],[2,\"Zqxb\"]]",
        "# f -:  | \n1: 1 | \"Zqxa\"\n2: 2 | \"Zqxb\"\n",
        "",
    ),
    (
        "damaged lines",
        "{\"a\":1}\n{\"a\":\n{\"a\":2,\"a\":3}\nnonsense\n{\"a\":4",
        "# f -: a\n1: 1\n3: 3\n",
        "E0234 1, E0235 1, E0236 1, RepeatedKey 1, InTheMiddle(\"a record\")",
    ),
    (
        "a cut document",
        "[{\"a\":1},{\"a\":2},{\"a\"",
        "# f -: a\n1: 1\n2: 2\n",
        "E0234 1, InTheMiddle(\"a document\")",
    ),
    (
        "damage in a document",
        "[{\"a\":1},{\"a\":]},{\"a\":2}]",
        "# f -: a\n1: 1\n3: 2\n",
        "E0235 1",
    ),
];

#[test]
fn every_file_gives_its_rows_wherever_the_blocks_are_cut() {
    for (name, text, rows, faults) in CASES {
        for block in [1, 2, 3, 5, 7, 11, 1 << 20] {
            let table_limits = TableLimits { block, ..TableLimits::default() };
            let options = TableOptions { table_limits, ..TableOptions::default() };
            let (kept, reports) = table(text.as_bytes(), &options);
            assert_eq!(kept.text, *rows, "{name}, blocks of {block}");
            assert_eq!(said(&reports[0]), *faults, "{name}, blocks of {block}");
        }
    }
}

#[test]
fn keys_that_come_after_the_first_records_are_counted() {
    let text = "{\"a\":1}\n{\"a\":2}\n{\"a\":3,\"b\":4}\n";
    let table_limits = TableLimits { json_records: 2, ..TableLimits::default() };
    let options = TableOptions { table_limits, ..TableOptions::default() };
    let (kept, reports) = table(text, &options);
    assert_eq!(kept.text, "# f -: a\n1: 1\n2: 2\n3: 3\n");
    assert_eq!(said(&reports[0]), "LateKey 1");
}
