//! Who posts how much.

use charivari_model::key::key;
use serde::Serialize;

use super::digest;
use super::tally::{Distinct, EXACT_NAMES, Tally, name};

/// How many of the most active accounts are named.
const TOP: usize = 5;

/// What is kept of one account.
#[derive(Clone, Debug)]
struct Account {
    key: Box<str>,
    is_hashed: bool,
    /// The handle of the latest post, with its time.
    handle: Option<(i64, Box<str>)>,
    rows: u64,
}

impl Account {
    /// The latest handle stays; of one instant, the last by the alphabet.
    fn combine(&mut self, other: Self) {
        self.rows += other.rows;
        self.handle = self.handle.take().max(other.handle);
    }
}

/// Rows by account.
#[derive(Clone, Debug)]
pub(super) struct Accounts(Tally<Account>);

impl Default for Accounts {
    fn default() -> Self {
        Self(Tally::with_limit(EXACT_NAMES))
    }
}

/// An account and how many rows are its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Active {
    /// The account's key: platform and native id; not escaped for display.
    pub account: String,
    /// Its handle on its latest post, where there is one.
    pub handle: Option<String>,
    /// How many rows are its own.
    pub posts: u64,
}

/// Who posts how much.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
    /// How many accounts there are.
    pub accounts: Distinct,
    /// The five most active accounts; equals by key.
    pub most_active: Vec<Active>,
    /// How many accounts are the most active hundredth, at least one.
    pub top_percent_accounts: u64,
    /// How many rows are theirs.
    pub top_percent_posts: u64,
    /// How many accounts have one row only.
    pub with_one_post: u64,
    /// How many accounts have an id that looks like a digest.
    pub hashed: u64,
}

impl Accounts {
    pub(super) fn add(&mut self, platform: &str, id: &str, handle: &str, time: i64) {
        let digest = digest::short(digest::identity(platform, id));
        let make = || Account {
            key: name(&key(platform, id)),
            is_hashed: is_digest(id),
            handle: (!handle.is_empty()).then(|| (time, name(handle))),
            rows: 1,
        };
        self.0.with(digest, make, |account| {
            account.rows += 1;
            let known = account.handle.as_ref().map(|(time, known)| (*time, known.as_ref()));
            if handle.is_empty() || known.is_some_and(|known| known >= (time, handle)) {
                return;
            }
            match &mut account.handle {
                Some((known, same)) if **same == *handle => *known = time,
                other => *other = Some((time, name(handle))),
            }
        });
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.0.merge(other.0, Account::combine);
    }

    pub(super) fn summary(&self) -> Activity {
        let mut accounts: Vec<&Account> = self.0.values().collect();
        accounts.sort_unstable_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.key.cmp(&b.key)));
        let hundredth = accounts.len().div_ceil(100);
        let rows = |accounts: &[&Account]| accounts.iter().map(|account| account.rows).sum();
        let count = |holds: fn(&Account) -> bool| {
            self.0.scaled(accounts.iter().filter(|account| holds(account)).count() as u64)
        };
        Activity {
            accounts: self.0.distinct(),
            most_active: accounts.iter().take(TOP).map(|account| active(account)).collect(),
            top_percent_accounts: self.0.scaled(hundredth as u64),
            top_percent_posts: self.0.scaled(rows(&accounts[..hundredth])),
            with_one_post: count(|account| account.rows == 1),
            hashed: count(|account| account.is_hashed),
        }
    }
}

fn active(account: &Account) -> Active {
    Active {
        account: account.key.to_string(),
        handle: account.handle.as_ref().map(|(_, handle)| handle.to_string()),
        posts: account.rows,
    }
}

/// Whether an id looks like a digest: 32 or more hexadecimal digits, or the 43 or 44 characters
/// of a SHA-256 in base 64.
pub(super) fn is_digest(id: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
    let has = |test: fn(&u8) -> bool| id.as_bytes().iter().any(test);
    match id.len() {
        32 | 40 | 64 if id.bytes().all(is_hex) => has(u8::is_ascii_alphabetic),
        43 | 44 if id.bytes().all(is_base64) => {
            has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_told_from_ids() {
        for (id, expected) in [
            ("0fb4232d1b7b37069c13ee17579bd10e", true),
            ("ygQRwhQRrh1+6N7J6IMFnzWgqUGimWqg0KZptLpxDY0=", true),
            ("1355225563845341184", false),
            ("12345678901234567890123456789012", false),
            ("did:plc:ewvi7nxzyoun6zhxrhs64oiz", false),
            ("a_very_long_channel_name_without_any_digits", false),
            ("", false),
        ] {
            assert_eq!(is_digest(id), expected, "{id}");
        }
    }

    #[test]
    fn the_most_active_come_first_with_their_latest_handle() {
        let mut accounts = Accounts::default();
        for (id, handle, time) in
            [("1", "old", 1), ("2", "b", 1), ("1", "new", 3), ("1", "", 4), ("3", "", 1)]
        {
            accounts.add("x", id, handle, time);
        }
        let summary = accounts.summary();
        let shown: Vec<_> = summary
            .most_active
            .iter()
            .map(|active| (active.account.as_str(), active.handle.as_deref(), active.posts))
            .collect();
        assert_eq!(shown, [("x:1", Some("new"), 3), ("x:2", Some("b"), 1), ("x:3", None, 1)]);
        assert_eq!((summary.with_one_post, summary.top_percent_posts), (2, 3));
    }
}
