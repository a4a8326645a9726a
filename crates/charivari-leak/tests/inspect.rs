//! Signs are found where they were planted, no value is ever told, and nothing depends on how a
//! table comes.

use charivari_leak::Kind;
use charivari_leak::inspect::{Inspection, Inspector, Settings, Unusual, signs::SIGNS};
use charivari_model::{Cell, Column, RowSink, TableHead};
use proptest::prelude::*;

fn head(names: &[&str]) -> TableHead {
    let columns = names.iter().map(|name| Column { name: (*name).to_owned(), declared: None });
    TableHead { file: "t.csv".to_owned(), columns: columns.collect(), ..TableHead::default() }
}

fn inspect(names: &[&str], rows: &[Vec<String>]) -> Inspection {
    let mut inspector = Inspector::new(Settings { today: Some(19_000), ..Settings::default() });
    inspector.table(&head(names));
    for (row, number) in rows.iter().zip(1..) {
        let cells: Vec<Cell<'_>> = row.iter().map(|value| Cell::Text(value)).collect();
        inspector.row(number, &cells);
    }
    inspector.finish()
}

/// A number that looks drawn, and is the same each time.
fn drawn(number: usize, salt: u64) -> usize {
    let mut z = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) as usize >> 1
}

const GIVEN: [&str; 12] = [
    "Zqxaline", "Zqxbert", "Zqxcile", "Zqxdine", "Zqxette", "Zqxfrid", "Zqxgard", "Zqxhild",
    "Zqxine", "Zqxjean", "Zqxkarl", "Zqxlise",
];

/// Family names with letters of their own, so that there are many.
fn family(number: usize) -> String {
    let letters = b"abcdefghijklmnopqrstuvwxyz";
    let sign = |at: usize| char::from(letters[number / at % 26]);
    format!("Zqx{}{}{}eau", sign(1), sign(26), sign(676))
}

/// Customers of a shop, without a sign in them as far as an invention can be.
fn customers(count: usize) -> Vec<Vec<String>> {
    (0..count)
        .map(|number| {
            let skewed = drawn(number, 1) % 400 * (drawn(number, 2) % 400) / 400;
            let (given, family) =
                (GIVEN[drawn(number, 3) % 12 * (drawn(number, 4) % 12) / 12], family(skewed));
            let day = number * 1_400 / count;
            let hour = 8 + (drawn(number, 5) % 7) + (drawn(number, 6) % 8);
            let local = if drawn(number, 7) % 10 < 7 {
                format!("{given}.{family}{}", number % 89).to_lowercase()
            } else {
                format!("zqx{number}kettle")
            };
            vec![
                (1_000 + number * 2 - number % 3).to_string(),
                if number % 50 == 0 { String::new() } else { given.to_owned() },
                if number % 31 == 0 { format!(" {family}é") } else { family },
                format!("{local}@example{}.fr", number % 700),
                format!(
                    "{}-{:02}-{:02} {hour:02}:{:02}:{:02}",
                    2_018 + day / 365,
                    1 + day % 365 / 31,
                    1 + day % 28,
                    drawn(number, 8) % 60,
                    drawn(number, 9) % 60
                ),
            ]
        })
        .collect()
}

const NAMES: [&str; 5] = ["id", "prenom", "nom", "email", "created_at"];

fn signs_of(inspection: &Inspection) -> Vec<(&str, Unusual)> {
    inspection.tables[0].signs.iter().map(|sign| (sign.sign.as_str(), sign.unusual)).collect()
}

#[test]
fn an_ordinary_table_has_no_rare_sign() {
    let inspection = inspect(&NAMES, &customers(3_001));
    let kinds: Vec<Kind> = inspection.tables[0].columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::RowId, Kind::GivenName, Kind::FamilyName, Kind::Email, Kind::Time]);
    let rare: Vec<&str> = inspection.tables[0]
        .signs
        .iter()
        .filter(|sign| sign.unusual == Unusual::Rare)
        .map(|sign| sign.statement.as_str())
        .collect();
    assert!(rare.is_empty(), "{rare:?}");
}

/// A change of an ordinary table, by which a sign is planted.
type Plant = fn(&mut Vec<Vec<String>>);

#[test]
fn every_planted_sign_is_found_and_named() {
    let cases: [(&str, Unusual, Plant); 15] = [
        ("duplicates", Unusual::Rare, |rows| rows.extend_from_within(..500)),
        ("padding", Unusual::Rare, |rows| {
            let block = rows[..97].to_vec();
            rows.clear();
            (0..20).for_each(|_| rows.extend_from_slice(&block));
        }),
        ("padding", Unusual::Uncommon, |rows| {
            for at in (0..rows.len() - 1).step_by(20) {
                rows[at + 1] = rows[at].clone();
            }
        }),
        ("joined", Unusual::Uncommon, |rows| {
            for row in rows.iter_mut().skip(1_500) {
                let id: u64 = row[0].parse().unwrap();
                row[0] = (id - 3_000).to_string();
            }
        }),
        ("joined", Unusual::Uncommon, |rows| {
            for row in rows.iter_mut().skip(1_500) {
                row[4] = format!("25/{}/{} 10:11:12", &row[4][5..7], &row[4][..4]);
            }
        }),
        ("joined", Unusual::Uncommon, |rows| {
            for row in rows.iter_mut().take(1_500) {
                row[1].clear();
            }
        }),
        ("truncated", Unusual::Uncommon, |rows| rows.truncate(2_000)),
        ("truncated", Unusual::Rare, |rows| {
            for row in rows.iter_mut() {
                row[2] = row[2].trim().replace("Zqx", "");
            }
            rows.sort_by(|a, b| a[2].cmp(&b[2]));
            rows.truncate(900);
        }),
        ("ids", Unusual::Uncommon, |rows| {
            for (at, row) in rows.iter_mut().enumerate() {
                row[0] = (2 * at + 10).to_string();
            }
        }),
        ("created", Unusual::Rare, |rows| {
            for (at, row) in rows.iter_mut().enumerate() {
                row[4] = format!("{} {:02}:12:13", &row[4][..10], drawn(at, 11) % 24);
            }
        }),
        ("created", Unusual::Uncommon, |rows| rows[7][4] = "2099-01-01 10:00:00".to_owned()),
        ("throwaway", Unusual::Rare, |rows| {
            for row in rows.iter_mut() {
                row[3] = row[3].replace("example", "").split('@').next().unwrap().to_owned()
                    + "@armyspy.com";
            }
        }),
        ("too-clean", Unusual::Uncommon, |rows| {
            for (at, row) in rows.iter_mut().enumerate() {
                row[1] = GIVEN[at % 5].to_owned();
                row[2] = row[2].trim().to_owned();
                row.push(format!("{} rue de la Zqxgare", at % 90 + 1));
                row.push(format!("06 39 98 {:02} {:02}", at % 100, at % 97));
            }
        }),
        ("generator", Unusual::Rare, |rows| {
            for (at, row) in rows.iter_mut().enumerate() {
                row[1] = GIVEN[drawn(at, 12) % 12].to_owned();
                row[3] =
                    format!("{}{at}@example.net", row[2].trim().replace('é', "e").to_lowercase());
            }
        }),
        ("encoding", Unusual::Common, |rows| {
            for row in rows.iter_mut().take(40) {
                row[2].push_str("Ã©");
            }
        }),
    ];
    for (at, (sign, unusual, plant)) in cases.into_iter().enumerate() {
        let mut rows = customers(3_001);
        plant(&mut rows);
        let names: Vec<&str> =
            NAMES.iter().copied().chain(["rue", "telephone"]).take(rows[0].len()).collect();
        let inspection = inspect(&names, &rows);
        let met = signs_of(&inspection);
        let kinds: Vec<&str> =
            inspection.tables[0].columns.iter().map(|column| column.kind.word()).collect();
        assert!(
            met.contains(&(sign, unusual)),
            "case {at}: {sign} {unusual:?} is not among {met:?} of {kinds:?}"
        );
        let report = inspection.tables[0].signs.iter().find(|report| report.sign == sign).unwrap();
        assert!(report.innocent.len() >= 2 && !report.usual.is_empty());
    }
}

#[test]
fn amounts_births_and_exports_have_their_signs() {
    let rows: Vec<Vec<String>> = (0..4_000)
        .map(|at| {
            vec![
                format!(
                    "{}-{:02}-{:02}",
                    1_940 + drawn(at, 20) % 60,
                    1 + drawn(at, 21) % 12,
                    1 + drawn(at, 22) % 28
                ),
                format!("{}.{:02}", drawn(at, 23) % 90, drawn(at, 24) % 100),
                (1 + drawn(at, 25) % 9_999).to_string(),
            ]
        })
        .collect();
    let inspection = inspect(&["geburtsdatum", "preis", "betrag"], &rows);
    let said: Vec<&str> =
        inspection.tables[0].signs.iter().map(|sign| sign.statement.as_str()).collect();
    for part in ["births are equally frequent", "the last digits of cents", "first digits of"] {
        assert!(said.iter().any(|statement| statement.contains(part)), "{part}: {said:?}");
    }
    let names = ["user_login", "user_pass", "user_nicename", "user_email", "user_registered"];
    let inspection = inspect(&names, &[vec!["zqx".to_owned(); 5]]);
    assert!(
        inspection.tables[0]
            .signs
            .iter()
            .any(|sign| sign.sign == "provenance" && sign.statement.contains("WordPress"))
    );
}

#[test]
fn no_value_is_in_any_output() {
    let mut rows = customers(700);
    for (at, row) in rows.iter_mut().enumerate() {
        row.push(format!(
            "zqxmarlo wrote that parcel {at} never came, see zqx{at}@example.org or 06 39 98 11 22"
        ));
        row.push(format!("Zqxpass{at}!"));
    }
    let names = ["id", "prenom", "nom", "email", "created_at", "notes", "passwd"];
    let mut inspector = Inspector::new(Settings::default());
    inspector.table(&head(&names));
    for (row, number) in rows.iter().zip(1..) {
        let cells: Vec<Cell<'_>> = row.iter().map(|value| Cell::Text(value)).collect();
        inspector.row(number, &cells);
    }
    let mut outputs = vec![format!("{inspector:?}")];
    let inspection = inspector.finish();
    outputs.push(format!("{inspection:?}"));
    outputs.push(serde_json::to_string(&inspection).unwrap());
    for output in outputs {
        let lower = output.to_lowercase();
        assert!(!lower.contains("zqx"), "{}", &lower[lower.find("zqx").unwrap_or(0)..][..40]);
        assert!(!lower.contains("39 98") && !lower.contains("never came"));
    }
    let notes = &inspection.tables[0].columns[5];
    assert_eq!(notes.kind, Kind::FreeText);
    assert_eq!(notes.mentions.values().copied().collect::<Vec<_>>(), [700, 700]);
}

#[test]
fn a_row_taken_for_the_header_is_not_shown() {
    let rows: Vec<Vec<String>> = customers(50);
    let first: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    let inspection = inspect(&first, &rows[1..]);
    assert!(inspection.tables[0].names_hidden);
    assert!(!serde_json::to_string(&inspection).unwrap().to_lowercase().contains("zqx"));
}

#[test]
fn a_table_that_is_taken_up_again_goes_on() {
    let mut inspector = Inspector::new(Settings::default());
    let (a, b) = (
        TableHead { name: Some("a".to_owned()), ..head(&["x"]) },
        TableHead { name: Some("b".to_owned()), ..head(&["x"]) },
    );
    for (head, value) in [(&a, "1"), (&b, "2"), (&a, "3")] {
        inspector.table(head);
        inspector.row(1, &[Cell::Text(value)]);
    }
    let inspection = inspector.finish();
    assert_eq!(inspection.tables.iter().map(|table| table.rows).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = customers(5_000);
    let once = serde_json::to_string(&inspect(&NAMES, &rows)).unwrap();
    assert_eq!(once, serde_json::to_string(&inspect(&NAMES, &rows)).unwrap());
    assert_eq!(SIGNS.len(), 12);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_rows_make_it_panic(rows in prop::collection::vec(prop::collection::vec(prop_oneof![any::<String>(), "[0-9+@./: ()-]{0,40}", "[a-z0-9\u{6f0}-\u{6f9}é]{0,20}"], 3), 0..40)) {
        let inspection = inspect(&["email", "x", ""], &rows);
        prop_assert_eq!(inspection.tables[0].rows, rows.len() as u64);
        for column in &inspection.tables[0].columns {
            prop_assert!((0.0..=1.0).contains(&column.share));
            let fill = column.fill;
            prop_assert_eq!(fill.values + fill.nulls + fill.empty + fill.placeholders, rows.len() as u64);
        }
    }
}
