//! The stream for benchmarks: its facts, its planted groups, its giant.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};

use charivari_simulate::bulk::{Settings, Written, truth, write};

const SMALL: Settings = Settings {
    posts: 40_000,
    accounts: 5_000,
    seed: 1,
    start: 1_672_531_200,
    days: 2,
    groups: 6,
    giant: 0,
};

/// One row: the columns that tests look at.
struct Row {
    id: u64,
    account: u64,
    /// The minute, counted from the first, and the second in it.
    time: (i64, i64),
    text: String,
    repost_of: String,
    reply_to: String,
    hashtags: String,
    links: Vec<String>,
}

fn bytes(settings: &Settings) -> (Vec<u8>, Written) {
    let mut out = Vec::new();
    let written = write(settings, &mut out).unwrap();
    (out, written)
}

fn rows(settings: &Settings) -> Vec<Row> {
    let (bytes, written) = bytes(settings);
    let mut table = csv::Reader::from_reader(&bytes[..]);
    let header: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let columns = "post_id,account_id,handle,created_at,text,lang,repost_of,reply_to,hashtags,\
                   links,mentions";
    assert_eq!(header.join(","), columns);
    let rows: Vec<Row> = table.records().map(|record| row(&record.unwrap())).collect();
    assert_eq!(written, Written { posts: rows.len() as u64, bytes: bytes.len() as u64 });
    rows
}

fn row(record: &csv::StringRecord) -> Row {
    let time = &record[3];
    let part = |from: usize| time[from..from + 2].parse::<i64>().unwrap();
    assert!(time.starts_with("2023-01-") && time.ends_with('Z') && time.len() == 20, "{time}");
    assert!(!record[4].contains('"'), "the writer doubles no quotation marks");
    Row {
        id: record[0].parse().unwrap(),
        account: record[1].parse().unwrap(),
        time: ((part(8) - 1) * 1_440 + part(11) * 60 + part(14), part(17)),
        text: record[4].to_owned(),
        repost_of: record[6].to_owned(),
        reply_to: record[7].to_owned(),
        hashtags: record[8].to_owned(),
        links: record[9].split_whitespace().map(str::to_owned).collect(),
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert!(bytes(&SMALL) == bytes(&SMALL));
    assert!(bytes(&SMALL).0 != bytes(&Settings { seed: 2, ..SMALL }).0);
}

#[test]
fn posts_are_as_many_as_asked_and_roughly_by_time() {
    let rows = rows(&SMALL);
    assert_eq!(rows.len(), 40_000);
    assert!(rows.is_sorted_by_key(|row| row.id));
    assert!(rows.is_sorted_by_key(|row| row.time.0), "minute by minute");
    assert!(!rows.is_sorted_by_key(|row| row.time), "in any order within a minute");
    let in_hour = |hour: i64| rows.iter().filter(|row| row.time.0 / 60 % 24 == hour).count();
    assert!(in_hour(20) > 2 * in_hour(4), "{} {}", in_hour(20), in_hour(4));
}

#[test]
fn posts_are_mixed_as_told() {
    let rows = rows(&SMALL);
    let share =
        |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as f64 / rows.len() as f64;
    for (name, met, expected) in [
        ("reposts", share(|row| !row.repost_of.is_empty()), 0.29),
        ("replies", share(|row| !row.reply_to.is_empty()), 0.12),
        ("links", share(|row| !row.links.is_empty()), 0.26),
        ("hashtags", share(|row| !row.hashtags.is_empty()), 0.20),
    ] {
        assert!((met - expected).abs() < 0.04, "{name}: {met}, expected {expected}");
    }
}

#[test]
fn few_accounts_and_few_links_have_most() {
    let rows = rows(&SMALL);
    let mut accounts: BTreeMap<u64, usize> = BTreeMap::new();
    let mut links: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *accounts.entry(row.account).or_default() += 1;
        for link in &row.links {
            *links.entry(link.split('?').next().unwrap()).or_default() += 1;
        }
    }
    let top = |counts: Vec<usize>, share: usize| {
        let mut counts = counts;
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let all: usize = counts.iter().sum();
        counts[..counts.len() / share].iter().sum::<usize>() as f64 / all as f64
    };
    let (accounts, links) =
        (top(accounts.into_values().collect(), 10), top(links.into_values().collect(), 100));
    assert!(accounts > 0.4, "a tenth of the accounts makes {accounts} of the posts");
    assert!(links > 0.1, "a hundredth of the links has {links} of the shares");
}

#[test]
fn reposts_repeat_what_is_there() {
    let rows = rows(&SMALL);
    let by_id: BTreeMap<String, &Row> = rows.iter().map(|row| (row.id.to_string(), row)).collect();
    let mut seen = 0;
    for row in rows.iter().filter(|row| !row.repost_of.is_empty()) {
        let original = by_id[&row.repost_of];
        let (_, said) = row.text.split_once(": ").unwrap();
        // Answers begin with the handle of whom they answer, which a repost leaves out.
        assert!(original.text.ends_with(said), "{:?} {:?}", row.text, original.text);
        assert_eq!((&row.links, &row.hashtags), (&original.links, &original.hashtags));
        assert!(original.time.0 <= row.time.0);
        seen += 1;
    }
    assert!(seen > 10_000);
}

/// The objects of `row`: the post passed on, links, and the text.
fn objects(row: &Row) -> Vec<String> {
    if !row.repost_of.is_empty() {
        return vec![row.repost_of.clone()];
    }
    let links = row.links.iter().map(|link| link.split('?').next().unwrap().to_owned());
    links.chain([row.text.clone()]).collect()
}

#[test]
fn planted_groups_meet_on_many_objects() {
    let rows = rows(&SMALL);
    let mut group_of: BTreeMap<u64, String> = BTreeMap::new();
    for (account, group) in truth(&SMALL) {
        assert!(group_of.insert(account, group).is_none(), "{account} is in one group");
    }
    let mut shares: BTreeMap<(String, String), Vec<(u64, i64)>> = BTreeMap::new();
    for row in &rows {
        let Some(group) = group_of.get(&row.account) else { continue };
        for object in objects(row) {
            let time = row.time.0 * 60 + row.time.1;
            shares.entry((group.clone(), object)).or_default().push((row.account, time));
        }
    }
    let mut waves: BTreeMap<String, usize> = BTreeMap::new();
    for ((group, _), shares) in shares {
        let accounts: BTreeSet<u64> = shares.iter().map(|(account, _)| *account).collect();
        let times = shares.iter().map(|(_, time)| *time);
        let spread = times.clone().max().unwrap() - times.min().unwrap();
        *waves.entry(group).or_default() += usize::from(accounts.len() >= 4 && spread <= 50);
    }
    assert_eq!(waves.len(), SMALL.groups);
    assert!(waves.values().all(|met| *met >= 4), "{waves:?}");
}

#[test]
fn the_giant_is_shared_by_all_within_a_minute() {
    let settings = Settings { posts: 5_000, giant: 8_000, ..SMALL };
    let rows = rows(&settings);
    assert_eq!(rows.len(), 13_000, "the giant comes on top");
    let is_giant =
        |row: &&Row| row.links.iter().any(|link| link.starts_with("https://giant.example/all"));
    let giant: Vec<&Row> = rows.iter().filter(is_giant).collect();
    let accounts: BTreeSet<u64> = giant.iter().map(|row| row.account).collect();
    let minutes: BTreeSet<i64> = giant.iter().map(|row| row.time.0).collect();
    let texts: BTreeSet<&str> = giant.iter().map(|row| row.text.as_str()).collect();
    assert_eq!((accounts.len(), minutes.len()), (8_012, 1));
    assert!(texts.len() > 8_000, "they share nothing else: {}", texts.len());
    let group: BTreeSet<u64> = truth(&settings)
        .into_iter()
        .filter(|(_, group)| group == "giant")
        .map(|(account, _)| account)
        .collect();
    assert_eq!(group.len(), 12);
    let mut met: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| group.contains(&row.account)) {
        for link in &row.links {
            met.entry(link.split('?').next().unwrap()).or_default().insert(row.account);
        }
    }
    assert_eq!(met.values().filter(|accounts| accounts.len() == 12).count(), 4);
}

#[test]
fn hardly_anything_is_written_too() {
    let settings = Settings { posts: 0, accounts: 0, groups: 0, days: 1, ..SMALL };
    assert_eq!(rows(&settings).len(), 0);
    assert_eq!(rows(&Settings { giant: 1, ..settings }).len(), 1 + 48);
}
