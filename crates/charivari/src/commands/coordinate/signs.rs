//! Signs that accounts are run together or by a machine, whatever they say.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};
use charivari_coordination::detectors::{
    Context, DETECTORS, Note, Profiles, Settings, Sign, Signs,
};
use charivari_coordination::evidence::Evidence;
use charivari_coordination::{Counts, Network, Store};

/// Above so many posts the detectors, which look at all of them, are left out.
const MOST_POSTS: u64 = 1_000_000;

/// What profiles say of an account; of several descriptions the greatest, by content.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Profile {
    created: Option<i64>,
    picture: Option<String>,
    location: Option<String>,
}

/// Profiles by account key.
pub(super) type Known = BTreeMap<String, Profile>;

/// The columns of the posts table that detectors read and behaviours do not.
pub(super) const COLUMNS: [&str; 2] = ["client", "language"];

/// How many posts of each account, by key, have each value.
type Tally = BTreeMap<String, BTreeMap<String, u32>>;

/// With which programs and in which languages accounts post. A post that stands in several exports
/// counts in each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Habits {
    clients: Tally,
    /// Reposts left out: they are in the language of another.
    languages: Tally,
}

impl Habits {
    /// The habits that a batch of posts shows.
    pub(super) fn of(batch: &RecordBatch) -> Self {
        let text = |name: &str| batch.column_by_name(name).and_then(|c| c.as_string_opt::<i32>());
        let mut habits = Self::default();
        let (Some(platform), Some(id)) = (text("platform"), text("account_id")) else {
            return habits;
        };
        let reposts = batch.column_by_name("is_repost").and_then(|c| c.as_boolean_opt());
        let is_repost =
            |row| reposts.is_some_and(|c: &BooleanArray| c.is_valid(row) && c.value(row));
        let (client, language) = (text("client"), text("language"));
        let mut key = String::new();
        let mut count = |tally: &mut Tally, column: Option<&StringArray>, row: usize| {
            let value = column.filter(|c| c.is_valid(row)).map(|c| c.value(row));
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                charivari_model::key::write_key(platform.value(row), id.value(row), &mut key);
                add(tally, &key, value, 1);
            }
        };
        for row in 0..batch.num_rows() {
            count(&mut habits.clients, client, row);
            if !is_repost(row) {
                count(&mut habits.languages, language, row);
            }
        }
        habits
    }

    /// Adds those of another batch.
    pub(super) fn learn(&mut self, more: Self) {
        for (known, more) in
            [(&mut self.clients, more.clients), (&mut self.languages, more.languages)]
        {
            for (key, values) in more {
                for (value, count) in values {
                    add(known, &key, &value, count);
                }
            }
        }
    }
}

fn add(tally: &mut Tally, key: &str, value: &str, count: u32) {
    if !tally.contains_key(key) {
        tally.insert(key.to_owned(), BTreeMap::new());
    }
    let Some(values) = tally.get_mut(key) else { return };
    match values.get_mut(value) {
        Some(known) => *known = known.saturating_add(count),
        None => {
            values.insert(value.to_owned(), count);
        }
    }
}

/// The profiles in a batch of accounts.
pub(super) fn profiles(batch: &RecordBatch) -> Vec<(String, Profile)> {
    let text = |name: &str| batch.column_by_name(name).and_then(|c| c.as_string_opt::<i32>());
    let cell = |column: Option<&StringArray>, row: usize| {
        let column = column.filter(|column| column.is_valid(row))?;
        Some(column.value(row).to_owned())
    };
    let created = batch
        .column_by_name("created")
        .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>());
    let (Some(platform), Some(id)) = (text("platform"), text("account_id")) else {
        return Vec::new();
    };
    let (picture, location) = (text("picture"), text("location"));
    let profile = |row: usize| {
        let mut key = String::new();
        charivari_model::key::write_key(platform.value(row), id.value(row), &mut key);
        let created = created.filter(|column| column.is_valid(row)).map(|c| c.value(row));
        (key, Profile { created, picture: cell(picture, row), location: cell(location, row) })
    };
    (0..batch.num_rows()).map(profile).collect()
}

/// Adds profiles to those that are known.
pub(super) fn learn(known: &mut Known, profiles: Vec<(String, Profile)>) {
    for (key, profile) in profiles {
        let kept = known.entry(key).or_default();
        if profile > *kept {
            *kept = profile;
        }
    }
}

/// Runs every detector on what was read.
pub(super) fn look(
    store: &Store,
    network: &Network,
    (known, habits): (&Known, &Habits),
    level: f64,
) -> Signs {
    let counts = &network.traces.counts;
    if counts.posts > MOST_POSTS {
        return left_out(counts, format!("more than {MOST_POSTS} posts"));
    }
    if !store.has_posts() {
        return left_out(
            counts,
            "a trace table has only the posts that touch an object".to_owned(),
        );
    }
    let evidence = Evidence::of(store, network);
    let accounts = network.traces.accounts() as u32;
    let profile = |account: u32| known.get(network.account(store, account));
    let created: Vec<Option<i64>> = (0..accounts).map(|a| profile(a)?.created).collect();
    let picture: Vec<Option<&str>> =
        (0..accounts).map(|a| profile(a)?.picture.as_deref()).collect();
    let location: Vec<Option<&str>> =
        (0..accounts).map(|a| profile(a)?.location.as_deref()).collect();
    let handle: Vec<Option<&str>> = (0..accounts).map(|a| evidence.handle(a)).collect();
    let (clients, languages) =
        (posts_of(&habits.clients, store, network), posts_of(&habits.languages, store, network));
    let (posts, groups) = (network.posts(store), network.group_of_accounts());
    let context = Context {
        accounts,
        posts: Some(&posts),
        profiles: Profiles {
            created: filled(&created),
            handle: filled(&handle),
            picture: filled(&picture),
            location: filled(&location),
            clients: (!clients.is_empty()).then_some(&clients),
            languages: (!languages.is_empty()).then_some(&languages),
        },
        groups: Some(&groups),
        settings: Settings { level, ..Settings::default() },
    };
    let mut all = Signs::default();
    for detector in DETECTORS {
        let Signs { rows, notes } = detector.run(&context);
        // Groups count from 1 wherever people see them.
        let shown = |sign: Sign| Sign { group: sign.group.map(|group| group + 1), ..sign };
        all.rows.extend(rows.into_iter().map(shown));
        all.notes.extend(notes);
    }
    all
}

/// The account and the value of each post that has one.
fn posts_of<'h>(tally: &'h Tally, store: &Store, network: &Network) -> Vec<(u32, &'h str)> {
    let of_account =
        |account: u32| tally.get(network.account(store, account)).map(|of| (account, of));
    (0..network.traces.accounts() as u32)
        .filter_map(of_account)
        .flat_map(|(account, values)| {
            values.iter().map(move |(value, count)| (account, value, count))
        })
        .flat_map(|(account, value, count)| {
            std::iter::repeat_n((account, value.as_str()), *count as usize)
        })
        .collect()
}

/// Says why nothing was looked for.
fn left_out(counts: &Counts, why: String) -> Signs {
    let note = Note { detector: "all", about: "posts", count: Some(counts.posts), text: why };
    Signs { rows: Vec::new(), notes: vec![note] }
}

/// A column, unless it is empty.
fn filled<T>(cells: &[Option<T>]) -> Option<&[Option<T>]> {
    cells.iter().any(Option::is_some).then_some(cells)
}
