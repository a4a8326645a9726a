//! A simulated society as the analysis would read it.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_schema::{DataType, Field};
use charivari_coordination::{Parameters, Store, extract};
use charivari_simulate::society::{Kind, Society};

/// Reads the posts of a society into a store, as an export of them would be read.
pub(crate) fn store(society: &Society, parameters: &Parameters) -> Store {
    let mut store = Store::default();
    add(&mut store, society, parameters);
    store.settle_near_texts().expect("room for the objects");
    store
}

/// Adds the posts of a society to a store.
pub(crate) fn add(store: &mut Store, society: &Society, parameters: &Parameters) {
    for first in (0..society.posts.len()).step_by(65_536) {
        let posts = first..(first + 65_536).min(society.posts.len());
        let touches = extract::of_posts(&batch(society, posts), parameters).expect("a posts table");
        store.add(&touches).expect("room for the posts");
    }
}

fn batch(society: &Society, range: std::ops::Range<usize>) -> RecordBatch {
    let posts = &society.posts[range.clone()];
    let text = |cells: Vec<Option<String>>| -> ArrayRef { Arc::new(StringArray::from(cells)) };
    let said = |post| {
        let mut words = String::new();
        society.text(post, &mut words);
        Some(words)
    };
    let list = |cells: Vec<Vec<String>>| -> ArrayRef {
        let field = Field::new("item", DataType::Utf8, false);
        let mut lists = ListBuilder::new(StringBuilder::new()).with_field(field);
        for values in cells {
            for value in values {
                lists.values().append_value(value);
            }
            lists.append(true);
        }
        Arc::new(lists.finish())
    };
    let id = |place: usize| Some(Society::post_id(place as u32).to_string());
    let hashtags = |tags: &[u32]| -> Vec<String> {
        tags.iter().map(|tag| society.hashtags[*tag as usize].clone()).collect()
    };
    let times = posts.iter().map(|post| post.time * 1_000_000);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("platform", Arc::new(StringArray::from(vec!["x"; posts.len()]))),
        ("post_id", text(range.map(id).collect())),
        (
            "account_id",
            text(posts.iter().map(|p| Some(Society::account_id(p.account).to_string())).collect()),
        ),
        (
            "handle",
            text(
                posts
                    .iter()
                    .map(|p| Some(society.accounts[p.account as usize].handle.clone()))
                    .collect(),
            ),
        ),
        ("time", Arc::new(TimestampMicrosecondArray::from_iter_values(times).with_timezone("UTC"))),
        ("text", text(posts.iter().map(said).collect())),
        (
            "repost_of",
            text(posts.iter().map(|p| p.repost_of.and_then(|of| id(of as usize))).collect()),
        ),
        (
            "reply_to",
            text(posts.iter().map(|p| p.reply_to.and_then(|of| id(of as usize))).collect()),
        ),
        (
            "is_repost",
            Arc::new(posts.iter().map(|p| Some(p.repost_of.is_some())).collect::<BooleanArray>()),
        ),
        (
            "links",
            list(
                posts
                    .iter()
                    .map(|p| p.link.map(|l| society.link(l)).into_iter().collect())
                    .collect(),
            ),
        ),
        ("hashtags", list(posts.iter().map(|p| hashtags(society.tags(p))).collect())),
    ];
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

/// What an account is in truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    /// The group, as a place in the society's.
    pub(crate) group: Option<u32>,
    pub(crate) kind: Option<Kind>,
}

impl Truth {
    pub(crate) const NOBODY: Self = Self { group: None, kind: None };
}

/// The truth of each account of a store, by its key.
pub(crate) fn truth(society: &Society) -> std::collections::HashMap<String, Truth> {
    let of = |place: usize| {
        let group = society.accounts[place].group;
        Truth { group, kind: group.map(|group| society.groups[group as usize].kind) }
    };
    (0..society.accounts.len())
        .map(|place| (format!("x:{}", Society::account_id(place as u32)), of(place)))
        .collect()
}
