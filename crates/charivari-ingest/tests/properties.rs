//! What holds for every input: no panic, the same result for any number of threads, and a file cut
//! in two gives what the whole gives.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where what it needs is not there"
)]

mod support;

use charivari_ingest::{Input, Limits, Options};
use proptest::prelude::*;

fn options(row: usize) -> Options {
    Options { limits: Limits { row, unpacked: 1 << 20, ..Limits::default() }, ..Options::default() }
}

/// Rows of a table of posts, some of them faulty.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let id = prop_oneof!["[0-9]{1,6}", Just(String::new()), Just("1.01421E+18".to_owned())];
    let time = prop_oneof!["1[0-9]{9}", Just("2023-01-06 10:13".to_owned()), "[a-z]{0,3}"];
    let text = "[a-z#@ é\"]{0,20}";
    let row = (id.clone(), id, time, text).prop_map(|(post, account, time, text)| {
        format!("{post},{account},{time},\"{}\"\n", text.replace('"', "\"\""))
    });
    prop::collection::vec(row, 0..400)
}

const HEADER: &str = "post_id,account_id,time,text\n";

/// Everything kept and set aside, without the numbers of rows.
fn contents(inputs: &[Input], threads: usize) -> (String, Vec<String>) {
    let (reports, batches) = support::read(inputs, &options(1 << 20), threads).unwrap();
    let tables: String = batches.iter().map(support::render_tables).collect();
    let kept = tables.lines().filter(|line| !line.contains(" from row ")).collect::<Vec<_>>();
    let aside = reports
        .iter()
        .flat_map(|report| &report.aside)
        .map(|row| format!("{} {} {}", row.code, row.field, row.met));
    (kept.join("\n"), aside.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = support::render(&[Input::memory("any", bytes)], &options(100));
    }

    #[test]
    fn any_bytes_after_a_known_beginning_are_read_or_refused(
        start in prop::sample::select(vec![
            "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n",
            "id,thread_id,chat,author,author_username,body,timestamp,author_forwarded_from_name\n",
            "Account,User Name,Followers at Posting,Post Created,URL,Photo,Description\n",
            "post_id,account_id,time,text,hashtags,links\n",
            "{\"a\":1}\n",
            "[{\"messages\":[",
            "PAR1",
            "PK\u{3}\u{4}",
            "\u{1f}",
        ]),
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b",,,\"\n\n[]{}:1230aT-/ .#@".to_vec())],
            0..600,
        ),
    ) {
        let whole = [start.as_bytes(), &bytes].concat();
        for format in [None, Some("fivethirtyeight-ira"), Some("x-archive-users"), Some("table")] {
            let options = Options { format: format.map(str::to_owned), ..options(100) };
            let _ = support::render(&[Input::memory("any", whole.clone())], &options);
        }
    }

    #[test]
    fn threads_change_nothing(rows in rows(), copies in 1..200_usize) {
        let text = format!("{HEADER}{}", rows.concat().repeat(copies));
        let inputs = [Input::memory("one", text), Input::memory("two", format!("{HEADER}1,2,3,4\n"))];
        let options = options(1 << 20);
        let (one, first) = support::read(&inputs, &options, 1).unwrap();
        let (two, second) = support::read(&inputs, &options, 2).unwrap();
        prop_assert_eq!(format!("{one:?}"), format!("{two:?}"));
        prop_assert_eq!(first.len(), second.len());
        for (one, two) in first.iter().zip(&second) {
            prop_assert_eq!(&one.posts, &two.posts);
            prop_assert_eq!(&one.set_aside, &two.set_aside);
            prop_assert_eq!(&one.notes, &two.notes);
        }
    }

    #[test]
    fn a_file_cut_in_two_gives_what_the_whole_gives(rows in rows(), at in any::<prop::sample::Index>()) {
        let at = at.index(rows.len() + 1);
        let part = |rows: &[String]| format!("{HEADER}{}", rows.concat());
        let whole = [Input::memory("whole", part(&rows))];
        let parts = [Input::memory("one", part(&rows[..at])), Input::memory("two", part(&rows[at..]))];
        prop_assert_eq!(contents(&whole, 1), contents(&parts, 2));
    }
}
