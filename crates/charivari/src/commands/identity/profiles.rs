//! All accounts that inputs describe or that posted in them, each once.

use std::collections::BTreeMap;
use std::path::PathBuf;

use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMicrosecondType, UInt32Type, UInt64Type};
use arrow_array::{Array, BooleanArray, ListArray, RecordBatch, StringArray};
use charivari_identity::Account;
use charivari_identity::domains::Seen;
use charivari_ingest::PartReport;

use crate::cli::Reading;
use crate::commands::{notes, reading};
use crate::failure::{Failure, Result};
use crate::progress::Bar;
use crate::term;

/// An account as it is kept; where it stood first.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) platform: String,
    pub(super) id: String,
    pub(super) handle: Option<String>,
    pub(super) name: Option<String>,
    pub(super) bio: Option<String>,
    pub(super) link: Option<String>,
    pub(super) location: Option<String>,
    pub(super) picture: Option<String>,
    pub(super) created: Option<i64>,
    pub(super) verified: Option<bool>,
    /// The part of the inputs, and the row in it.
    pub(super) input: u32,
    pub(super) row: u64,
}

impl Profile {
    pub(super) fn key(&self) -> String {
        format!("{}:{}", self.platform, self.id)
    }

    pub(super) fn account(&self) -> Account<'_> {
        Account {
            platform: &self.platform,
            id: &self.id,
            handle: self.handle.as_deref(),
            name: self.name.as_deref(),
            bio: self.bio.as_deref(),
            link: self.link.as_deref(),
            location: self.location.as_deref(),
            picture: self.picture.as_deref(),
            created: self.created,
            verified: self.verified,
        }
    }

    /// Takes over what is not known yet.
    fn fill(&mut self, other: Self) {
        let fields = [
            (&mut self.handle, other.handle),
            (&mut self.name, other.name),
            (&mut self.bio, other.bio),
            (&mut self.link, other.link),
            (&mut self.location, other.location),
            (&mut self.picture, other.picture),
        ];
        for (known, new) in fields {
            if known.is_none() {
                *known = new;
            }
        }
        self.created = self.created.or(other.created);
        self.verified = self.verified.or(other.verified);
    }
}

/// An answer: who answered whom, both as `platform:id`.
pub(super) type Answer = (String, String);

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// By platform and id.
    pub(super) profiles: Vec<Profile>,
    pub(super) parts: Vec<PartReport>,
    /// Who answered whom, sorted, each once.
    pub(super) answers: Vec<Answer>,
    /// Hosts that links lead to, with how often and where first.
    pub(super) hosts: Seen<(u32, u64)>,
}

/// What a batch holds.
#[derive(Default)]
struct Sight {
    described: Vec<Profile>,
    posted: Vec<Profile>,
    answers: Vec<Answer>,
    hosts: Vec<(String, u32, u64)>,
}

pub(super) fn read(paths: &[PathBuf], how: &Reading, threads: usize) -> Result<Read> {
    let options = reading::options(how)?;
    let inputs = reading::inputs(paths);
    let bar = Bar::over(&inputs);
    let mut known: BTreeMap<(String, String), (Profile, bool)> = BTreeMap::new();
    let mut read = Read::default();
    let parts = charivari_ingest::read(
        &inputs,
        &options,
        threads,
        &bar,
        |batch| {
            let mut sight = Sight::default();
            batch.accounts.iter().for_each(|accounts| of_accounts(accounts, &mut sight));
            batch.posts.iter().for_each(|posts| of_posts(posts, &mut sight));
            sight
        },
        |sight: Sight| {
            for (profiles, described) in [(sight.described, true), (sight.posted, false)] {
                for new in profiles {
                    add(&mut known, new, described);
                }
            }
            read.answers.extend(sight.answers);
            for (host, input, row) in sight.hosts {
                read.hosts.add(&host, (input, row));
            }
        },
    );
    bar.finish();
    read.parts = parts?;
    read.answers.sort_unstable();
    read.answers.dedup();
    read.profiles = known.into_values().map(|(profile, _)| profile).collect();
    for warning in notes::of_parts(&read.parts, &options) {
        term::warn(&warning);
    }
    if read.profiles.is_empty() {
        return Err(Failure::nothing(
            "E0820: the inputs hold no account and no post; name exports that charivari inspect knows as such",
        ));
    }
    Ok(read)
}

/// A description counts before what posts say of their author.
fn add(known: &mut BTreeMap<(String, String), (Profile, bool)>, new: Profile, described: bool) {
    let key = (new.platform.clone(), new.id.clone());
    match known.get_mut(&key) {
        None => {
            known.insert(key, (new, described));
        }
        Some((profile, was)) if described && !*was => {
            let old = std::mem::replace(profile, new);
            profile.fill(old);
            *was = true;
        }
        Some((profile, _)) => profile.fill(new),
    }
}

/// The columns of a batch by name.
struct Columns<'b>(&'b RecordBatch);

impl<'b> Columns<'b> {
    fn text(&self, name: &str, row: usize) -> Option<String> {
        let column: &'b StringArray = self.0.column_by_name(name)?.as_string_opt()?;
        column.is_valid(row).then(|| column.value(row).to_owned())
    }

    fn flag(&self, name: &str, row: usize) -> Option<bool> {
        let column: &BooleanArray = self.0.column_by_name(name)?.as_boolean_opt()?;
        column.is_valid(row).then(|| column.value(row))
    }

    fn time(&self, name: &str, row: usize) -> Option<i64> {
        let column = self.0.column_by_name(name)?.as_primitive_opt::<TimestampMicrosecondType>()?;
        column.is_valid(row).then(|| column.value(row))
    }

    fn texts(&self, name: &str, row: usize) -> Vec<String> {
        let column: Option<&ListArray> =
            self.0.column_by_name(name).and_then(|column| column.as_list_opt());
        let Some(column) = column.filter(|column| column.is_valid(row)) else { return Vec::new() };
        let values = column.value(row);
        let Some(values) = values.as_string_opt::<i32>() else { return Vec::new() };
        values.iter().flatten().map(str::to_owned).collect()
    }

    fn place(&self, row: usize) -> (u32, u64) {
        let input = self.0.column_by_name("input").and_then(|c| c.as_primitive_opt::<UInt32Type>());
        let at = self.0.column_by_name("row").and_then(|c| c.as_primitive_opt::<UInt64Type>());
        (input.map_or(0, |c| c.value(row)), at.map_or(0, |c| c.value(row)))
    }

    fn who(&self, row: usize) -> Profile {
        let (input, at) = self.place(row);
        Profile {
            platform: self.text("platform", row).unwrap_or_default(),
            id: self.text("account_id", row).unwrap_or_default(),
            handle: self.text("handle", row),
            name: self.text("name", row),
            input,
            row: at,
            ..Profile::default()
        }
    }
}

fn of_accounts(batch: &RecordBatch, sight: &mut Sight) {
    let columns = Columns(batch);
    for row in 0..batch.num_rows() {
        let profile = Profile {
            bio: columns.text("description", row),
            link: columns.text("link", row),
            location: columns.text("location", row),
            picture: columns.text("picture", row),
            created: columns.time("created", row),
            verified: columns.flag("verified", row),
            ..columns.who(row)
        };
        if let Some(host) = profile.link.as_deref().and_then(charivari_identity::domains::host_of) {
            sight.hosts.push((host, profile.input, profile.row));
        }
        sight.described.push(profile);
    }
}

fn of_posts(batch: &RecordBatch, sight: &mut Sight) {
    let columns = Columns(batch);
    for row in 0..batch.num_rows() {
        let profile = columns.who(row);
        if let Some(answered) = columns.text("reply_to_account", row) {
            sight.answers.push((profile.key(), format!("{}:{answered}", profile.platform)));
        }
        for link in columns.texts("links", row) {
            if let Some(host) = charivari_identity::domains::host_of(&link) {
                sight.hosts.push((host, profile.input, profile.row));
            }
        }
        sight.posted.push(profile);
    }
}
