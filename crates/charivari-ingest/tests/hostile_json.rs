//! No JSON, however odd, makes a format panic or lose count.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod support;

use charivari_ingest::formats::FORMATS;
use charivari_ingest::{Input, Options};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Keys that formats look for, so that generated objects get deep into them.
const KEYS: &[&str] = &[
    "id",
    "text",
    "data",
    "includes",
    "users",
    "tweets",
    "author_id",
    "author",
    "author_user",
    "created_at",
    "createdAt",
    "entities",
    "hashtags",
    "urls",
    "referenced_tweets",
    "type",
    "note_tweet",
    "attachments",
    "media_keys",
    "public_metrics",
    "messages",
    "chats",
    "list",
    "date_unixtime",
    "date",
    "from_id",
    "text_entities",
    "href",
    "did",
    "time_us",
    "kind",
    "commit",
    "operation",
    "collection",
    "rkey",
    "record",
    "facets",
    "features",
    "uri",
    "embed",
    "reply",
    "parent",
    "root",
    "langs",
    "post",
    "reason",
    "by",
    "feed",
    "posts",
    "account",
    "acct",
    "url",
    "content",
    "reblog",
    "media_attachments",
    "blurhash",
    "mentions",
    "tags",
    "card",
    "videos",
    "username",
    "create_time",
    "video_description",
    "hashtag_names",
    "music_id",
    "source_platform",
    "timestamp_collected",
    "desc",
    "createTime",
    "uniqueId",
    "textExtra",
    "music",
    "legacy",
    "full_text",
    "core",
    "user_results",
    "result",
    "retweeted_status_result",
    "tweet",
    "code",
    "user",
    "caption",
    "taken_at",
    "edge_media_to_caption",
    "edges",
    "node",
    "__import_meta",
    "peer_id",
    "channel_id",
    "message",
    "fwd_from",
    "channel_post",
    "_sender",
    "object_id",
    "account_id",
    "content_id",
    "time",
];

/// Words that formats compare with or take apart.
const WORDS: &[&str] = &[
    "",
    "1700000000000000001",
    "20",
    "18446744073709551616",
    "1.0E+18",
    "2023-01-06T10:13:20Z",
    "9999-99-99",
    "retweeted",
    "replied_to",
    "message",
    "service",
    "link",
    "text_link",
    "mention",
    "commit",
    "identity",
    "create",
    "app.bsky.feed.post",
    "app.bsky.feed.repost",
    "at://did:plc:a/app.bsky.feed.post/1",
    "at://",
    "did:plc:a",
    "https://one.example/@a",
    "://",
    "<p>é<a href=\"https://x.example\">&#x110000;</p",
    "#",
    "@",
    "…",
    "tiktok.com",
    "twitter.com",
    "instagram.com",
    "threads.net",
    "truthsocial.com",
    "gab.com",
    "\u{202e}\u{0}é",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_owned), "\\PC{0,8}"]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        let key = prop_oneof![8 => proptest::sample::select(KEYS), 1 => Just("other")];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..8).prop_map(|members| {
                Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
            }),
        ]
    })
}

/// Reads `bytes` as `format` and looks whether every record is accounted for.
fn check(bytes: Vec<u8>, format: &str) {
    let options = Options { format: Some(format.to_owned()), ..Options::default() };
    let input = Input::memory("any", bytes);
    let Ok((reports, batches)) = support::read(&[input], &options, 1) else { return };
    for report in reports {
        assert!(report.kept <= report.records, "{format}");
        let aside: u64 = report.set_aside.values().sum();
        assert!(report.kept + aside >= report.records, "{format}: a record is not accounted for");
    }
    for batch in &batches {
        support::render_tables(batch);
    }
}

fn json_formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.id())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_value_is_read_by_any_format(values in proptest::collection::vec(any_json(), 1..4)) {
        let lines: Vec<String> = values.iter().map(Value::to_string).collect();
        for format in json_formats() {
            check(lines.join("\n").into_bytes(), format);
            check(Value::from(values.clone()).to_string().into_bytes(), format);
        }
    }
}

/// Every JSON case, with each value in it replaced in turn.
#[test]
fn any_value_of_a_case_may_be_anything() {
    let odd = [json!(null), json!(-1), json!(1e300), json!(""), json!([[]]), json!({"id": {}})];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut seen = 0;
    for format in json_formats() {
        let Ok(folder) = std::fs::read_dir(root.join(format)) else { continue };
        for path in folder.map(|entry| entry.unwrap().path()) {
            let is_clean = path.file_stem().unwrap().to_str().unwrap().starts_with("clean");
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let whole = serde_json::from_str(&text).ok();
            let lines = text.lines().map_while(|line| serde_json::from_str(line).ok()).collect();
            let value: Value = whole.unwrap_or(Value::Array(lines));
            if !is_clean || !(value.is_object() || value.is_array()) {
                continue;
            }
            for place in 0..places(&value) {
                for odd in &odd {
                    let mut changed = value.clone();
                    replace(&mut changed, &mut { place }, odd);
                    check(changed.to_string().into_bytes(), format);
                }
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} cases were changed");
}

/// How many values stand in `value`.
fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(members) => members.values().map(places).sum::<usize>(),
        _ => 0,
    }
}

/// Replaces the value at `place`, counted in depth-first order.
fn replace(value: &mut Value, place: &mut usize, odd: &Value) -> bool {
    if *place == 0 {
        *value = odd.clone();
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, place, odd)),
        Value::Object(members) => each(members).any(|member| replace(member, place, odd)),
        _ => false,
    }
}

fn each(members: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    members.iter_mut().map(|(_, member)| member)
}
