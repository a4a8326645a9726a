//! `charivari case`: evidence, claims, findings and decisions in one directory.

mod add;
mod check;
mod key;
mod log;
mod records;
mod seal;
mod show;

use std::path::{Path, PathBuf};

use charivari_case::{Case as Opened, KeyStore, Keys, Stamp};

use crate::cli::case::{Case, Where};
use crate::clock;
use crate::failure::{Failure, Result};

pub(crate) fn run(command: &Case) -> Result<()> {
    match command {
        Case::New(args) => records::new(args),
        Case::Add(args) => add::run(args),
        Case::Claim(args) => records::claim(args),
        Case::Event(args) => records::event(args),
        Case::Note(args) => records::note(args),
        Case::Actor(args) => records::actor(args),
        Case::Link(args) => records::link(args),
        Case::Decide(args) => records::decide(args),
        Case::Rates(args) => records::rates(args),
        Case::Show(args) => show::run(args),
        Case::Log(args) => log::run(args),
        Case::Check(args) => check::run(args),
        Case::Key(args) => key::make(args),
        Case::ForgetKey(at) => key::forget(at),
        Case::Seal(args) => seal::run(args),
        Case::Verify(args) => check::verify(args),
    }
}

/// The case's directory: named, or from the environment, or where we are.
pub(crate) fn directory(at: &Where) -> PathBuf {
    let named = at.case.clone().or_else(|| std::env::var_os("CHARIVARI_CASE").map(PathBuf::from));
    named.unwrap_or_else(|| PathBuf::from("."))
}

/// Opens a case to write to it, with its keys where there are any.
pub(crate) fn open(dir: &Path) -> Result<Opened> {
    with_keys(Opened::open(dir)?)
}

/// Opens a case to read it.
pub(crate) fn open_reading(dir: &Path) -> Result<Opened> {
    with_keys(Opened::open_reading(dir)?)
}

fn with_keys(mut case: Opened) -> Result<Opened> {
    let keys = keys_of(case.uuid())?;
    case.use_keys(keys);
    Ok(case)
}

/// The keys of a case: those of a passphrase, where there is one, else those of this user.
fn keys_of(uuid: &str) -> Result<Keys> {
    if let Some(phrase) = passphrase()? {
        return Ok(Keys::from_passphrase(&phrase, uuid)?);
    }
    Ok(store().read(uuid)?)
}

/// The passphrase in the file that `CHARIVARI_PASSPHRASE_FILE` names. It is no option and no variable of
/// its own, since those can be read by others on the same machine.
fn passphrase() -> Result<Option<String>> {
    let Some(path) = std::env::var_os("CHARIVARI_PASSPHRASE_FILE") else { return Ok(None) };
    let path = PathBuf::from(path);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Failure::input(format!(
            "E0101: cannot read {}: {error}; check the path and its permissions",
            path.display()
        ))
    })?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

/// This user's keys.
pub(crate) fn store() -> KeyStore {
    KeyStore::new(&keys())
}

/// Who works, and now.
pub(crate) fn stamp(by: Option<&str>) -> Result<Stamp> {
    Ok(Stamp { now: clock::now()?, by: analyst(by) })
}

/// The analyst's name for the log. What the environment says is taken as it is: the log shows what was
/// said, and cannot show who really sat there.
fn analyst(by: Option<&str>) -> String {
    let named = by.map(str::to_owned);
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    named
        .or_else(|| of("CHARIVARI_ANALYST"))
        .or_else(|| of("USER"))
        .or_else(|| of("USERNAME"))
        .unwrap_or_else(|| "unnamed analyst".to_owned())
}

/// Where this user's keys are kept: outside of every case (XDG Base Directory Specification, state).
fn keys() -> PathBuf {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let state = state.or_else(|| home().map(|home| Path::new(&home).join(".local/state")));
    state.unwrap_or_else(|| PathBuf::from(".")).join("charivari/keys")
}
