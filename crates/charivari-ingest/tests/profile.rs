//! A profile depends on the rows alone: not on their order, nor on how they were cut. All data here
//! is invented.
#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::fmt::Write;

use charivari_ingest::{Input, Options, Profile, read};
use proptest::prelude::*;
use serde_json::Value;

/// One row of a table: post, account, hour, text, link, handle.
type Row = (u8, u8, u16, u8, u8, u8);

const HEADER: &str = "post_id,account_id,time,text,urls,handle\n";

fn table(rows: &[Row]) -> String {
    let mut text = HEADER.to_owned();
    for (post, account, hour, words, link, handle) in rows {
        let time = 1_673_000_000 + u64::from(*hour) * 1_800;
        let words = "this is one of the invented texts ".repeat(usize::from(*words) % 3);
        let link = ["", "https://t.co/a", "https://news.example.org/b"][usize::from(*link) % 3];
        text.push_str(&[post.to_string(), account.to_string(), time.to_string()].join(","));
        let handle = ["", "a", "b"][usize::from(*handle) % 3];
        writeln!(text, ",{words},{link},{handle}").unwrap();
    }
    text
}

/// The summary of several tables, each profiled by itself and then put together.
fn summary(tables: &[&[Row]]) -> Value {
    let mut all = Profile::default();
    for rows in tables {
        let mut profile = Profile::default();
        let input = Input::memory("table.csv", table(rows));
        let parts =
            read(&[input], &Options::default(), 1, &(), |batch| batch, |batch| profile.add(&batch));
        parts.unwrap();
        all.merge(profile);
    }
    serde_json::to_value(all.summary()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_cuts_change_nothing(
        rows in prop::collection::vec((0..20_u8, 0..4_u8, 0..400_u16, any::<u8>(), any::<u8>(), any::<u8>()), 1..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = summary(&[&rows]);
        prop_assert_eq!(&whole["posts"]["rows"], rows.len());
        let cut = cut.index(rows.len() + 1);
        prop_assert_eq!(&summary(&[&rows[..cut], &rows[cut..]]), &whole);
        let mut backwards = rows.clone();
        backwards.reverse();
        prop_assert_eq!(&summary(&[&backwards]), &whole);
    }
}

#[test]
fn repeats_and_contradictions_are_told_apart() {
    for (name, rows, alike, unlike) in [
        ("once", vec![(1, 1, 1, 1, 0, 0)], 0, 0),
        ("the same again", vec![(1, 1, 1, 1, 0, 0); 2], 1, 0),
        ("another handle is no contradiction", vec![(1, 1, 1, 1, 0, 1), (1, 1, 1, 1, 0, 2)], 1, 0),
        ("another text is one", vec![(1, 1, 1, 1, 0, 0), (1, 1, 1, 2, 0, 0)], 0, 1),
        ("so is another time", vec![(1, 1, 1, 1, 0, 0), (1, 1, 2, 1, 0, 0)], 0, 1),
    ] {
        let posts = &summary(&[&rows])["posts"];
        assert_eq!(
            (&posts["repeated_alike"], &posts["repeated_unlike"]),
            (&alike.into(), &unlike.into()),
            "{name}"
        );
    }
}
