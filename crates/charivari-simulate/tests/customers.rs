//! The invented customers are what their truth says, and nobody in them could be somebody.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;

use charivari_simulate::customers::{self, Chosen, Customers, Leak, Processor, Settings};

fn drawn(count: usize, seed: u64) -> Customers {
    customers::generate(&Settings::new(count, seed))
}

fn written(fill: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    fill(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let table = |seed| written(|out| customers::write_customers(&drawn(300, seed), out));
    assert_eq!(table(4), table(4));
    assert_ne!(table(4), table(5));
}

#[test]
fn the_table_has_exactly_the_rows_that_were_asked_for() {
    for count in [1, 10, 5_000] {
        let customers = drawn(count, 1);
        assert_eq!(customers.rows().count(), count);
        let ids: Vec<u64> = customers.all.iter().map(|customer| customer.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "ids go up");
        assert!(customers.all.iter().map(|customer| customer.created).is_sorted());
    }
    let customers = drawn(5_000, 1);
    let span = customers.all.last().unwrap().id - customers.all[0].id + 1;
    assert!(span > customers.all.len() as u64, "the sequence has gaps");
}

#[test]
fn each_address_for_mail_has_a_token_of_its_own_and_reaches_nobody() {
    let customers = drawn(30_000, 2);
    let leak = Leak::of(&customers);
    let people = customers.all.iter().chain(leak.canaries.iter().map(|(_, canary)| canary));
    let mut tokens = BTreeSet::new();
    for customer in people.filter(|customer| !customer.email.is_empty()) {
        let email = customer.email.to_lowercase();
        let place = email.find("zqx").expect("each address has a token");
        assert!(tokens.insert(email[place..place + 9].to_owned()), "a token stands twice");
        let host = email.rsplit('@').next().unwrap();
        let reserved = ["example", "example.org", "example.com", "example.net"];
        assert!(
            reserved.iter().any(|end| host == *end || host.ends_with(&format!(".{end}"))),
            "{host} is no reserved name"
        );
    }
    for decoy in &leak.decoys {
        let email = decoy.iter().find(|cell| cell.contains('@')).unwrap();
        let place = email.find("zqx").unwrap();
        assert!(
            tokens.insert(email[place..place + 9].to_owned()),
            "a decoy has a customer's token"
        );
    }
}

#[test]
fn telephones_are_of_the_ranges_kept_for_fiction() {
    for customer in drawn(20_000, 3).all.iter().filter(|customer| !customer.phone.is_empty()) {
        let digits: String = customer.phone.chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix("33").map_or(digits.clone(), |rest| format!("0{rest}"));
        let fictional = ["019900", "026191", "035301", "046571", "053649", "063998"];
        let abroad = ["447700900", "120255501"];
        assert!(
            fictional.iter().any(|range| national.starts_with(range) && national.len() == 10)
                || abroad.iter().any(|range| digits.starts_with(range)),
            "{}",
            customer.phone
        );
    }
}

#[test]
fn a_row_as_of_a_date_has_the_values_of_that_date() {
    let customers = drawn(5_000, 6);
    let moved: Vec<_> = customers.all.iter().filter(|row| !row.former.is_empty()).collect();
    let share = moved.len() as f64 / customers.all.len() as f64;
    assert!((0.11..0.17).contains(&share), "{share} have moved");
    for customer in moved {
        let (until, before) = &customer.former[0];
        assert_eq!(customer.address_at(until - 1), before);
        assert_ne!(customer.address_at(*until), before);
        assert_eq!(customer.address_at(i64::MAX), &customer.address);
        assert!(*until > customer.created);
        assert_eq!(customer.address_changed, customer.former.last().map(|(until, _)| *until));
    }
}

#[test]
fn the_dump_has_who_was_there_and_the_sample_is_of_the_dump() {
    for chosen in Chosen::ALL {
        let settings = Settings { chosen, ..Settings::new(20_000, 7) };
        let customers = customers::generate(&settings);
        let leak = Leak::of(&customers);
        let canaries = leak.dump.len()
            - customers.all.iter().filter(|row| row.is_at(settings.snapshot)).count();
        assert_eq!(canaries, settings.canaries, "{chosen:?}");
        assert_eq!(leak.sample.len(), settings.sample, "{chosen:?}");
        assert_eq!(leak.sample.iter().filter(|row| row.is_canary).count(), 1, "{chosen:?}");
        assert!(leak.dump.iter().all(|row| row.created < settings.snapshot), "{chosen:?}");
        for row in &leak.sample {
            assert_eq!(row.cells.len(), leak.columns.len());
            assert_eq!(leak.dump[row.dump_row - 1].id, row.id, "{chosen:?}");
        }
        let edited = leak.sample.iter().filter(|row| !row.edit.is_empty()).count();
        assert!((3..40).contains(&edited), "{edited} rows are edited");
    }
    let first = Settings { chosen: Chosen::First, ..Settings::new(20_000, 7) };
    let leak = Leak::of(&customers::generate(&first));
    assert!(leak.sample[150].dump_row <= 152, "first rows are the first");
}

#[test]
fn processors_have_other_columns_and_canaries() {
    let customers = drawn(3_000, 8);
    for processor in Processor::ALL {
        let row = processor.row(&customers.all[0], customers.settings.snapshot);
        assert_eq!(row.len(), processor.columns().len(), "{processor:?}");
    }
    let leak = Leak::of(&customers);
    for processor in Processor::ALL {
        let own = leak.canaries.iter().filter(|(of, _)| *of == processor).count();
        assert_eq!(own, 25, "{processor:?}");
    }
}

#[test]
fn changes_lead_from_the_old_value_to_the_new_one() {
    let customers = drawn(4_000, 9);
    let history = written(|out| customers::write_history(&customers, out));
    let mut table = csv::Reader::from_reader(history.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert!(rows.len() > 800, "{} changes", rows.len());
    for row in &rows {
        assert_ne!(&row[2], &row[3], "a change changes something");
        assert!(row[4].ends_with('Z'));
    }
}

#[test]
fn a_dump_for_mysql_has_every_row_and_escapes_quotes() {
    let customers = drawn(1_300, 10);
    let leak = Leak::of(&customers);
    let dump = written(|out| customers::write_dump_sql(&customers.settings, &leak, out));
    let rows = dump.matches("\n(").count()
        + dump.matches("),(").count()
        + dump.matches("VALUES (").count();
    assert_eq!(rows, leak.dump.len());
    assert!(dump.contains("\\'"), "a street with an apostrophe is escaped");
    assert!(dump.contains("Synthetic"), "it says what it is");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let good = Settings::new(100, 1);
    for (name, settings) in [
        ("nobody", Settings { count: 0, ..good.clone() }),
        ("all move", Settings { movers: 1.5, ..good.clone() }),
        ("no number", Settings { foreign: f64::NAN, ..good.clone() }),
        ("taken before the first", Settings { snapshot: 0, ..good.clone() }),
        ("taken in the future", Settings { snapshot: good.last + 1, ..good.clone() }),
        ("more canaries than rows", Settings { sample: 0, ..good.clone() }),
    ] {
        assert!(settings.check().is_err(), "{name}");
    }
    assert_eq!(good.check(), Ok(()));
}
