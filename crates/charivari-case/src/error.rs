//! What can go wrong with a case, said so that a person knows what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use charivari_model::Exit;
use thiserror::Error;

/// What happened instead of what was asked. Each has a stable code, says what was met and what to do.
///
/// Whatever was acknowledged before stays in the case.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The directory holds no case.
    #[error(
        "E0601: {} is no case: expected a directory with a file case.db; check the path, or make \
         one with charivari case new", path.display()
    )]
    NotACase {
        /// The directory.
        path: PathBuf,
    },
    /// A new case was to go where something is.
    #[error(
        "E0602: cannot make a case in {}: expected a directory that is empty or not there, but met \
         {met}; choose another", path.display()
    )]
    Occupied {
        /// The directory.
        path: PathBuf,
        /// What is there.
        met: String,
    },
    /// The database is none, or is damaged.
    #[error(
        "E0603: {} is not a database of a case: {met}; restore it from a copy or from a seal",
        path.display()
    )]
    NotADatabase {
        /// The database file.
        path: PathBuf,
        /// What was met.
        met: String,
    },
    /// A newer program wrote the case.
    #[error(
        "E0604: the case in {} has schema {met}, and this program knows schemas up to {known}; use a \
         newer charivari. Nothing was changed", path.display()
    )]
    NewerSchema {
        /// The directory.
        path: PathBuf,
        /// The schema that the case has.
        met: u32,
        /// The newest that is known.
        known: u32,
    },
    /// Another process writes for longer than one waits.
    #[error(
        "E0605: the case in {} is being written by {holder}; waited {waited} s. Try again when it is \
         done. Nothing was changed", path.display()
    )]
    Held {
        /// The directory.
        path: PathBuf,
        /// Who holds it, as far as known.
        holder: String,
        /// How long was waited.
        waited: u64,
    },
    /// The case may only be read.
    #[error(
        "E0606: the case in {} cannot be written: {met}; open it where you may write, or copy it \
         there. Nothing was changed", path.display()
    )]
    ReadOnly {
        /// The directory.
        path: PathBuf,
        /// Why.
        met: String,
    },
    /// The disk is full.
    #[error(
        "E0607: no room is left for {}: {met}; make room and do it again. Nothing was changed",
        path.display()
    )]
    Full {
        /// What was written.
        path: PathBuf,
        /// What the system said.
        met: String,
    },
    /// An input cannot be read.
    #[error("E0608: cannot read {}: {met}; check the path and its permissions", path.display())]
    Unreadable {
        /// The input.
        path: PathBuf,
        /// What was met.
        met: String,
    },
    /// An input changed while it was read.
    #[error(
        "E0609: {} changed while it was read; add it again when nothing writes to it. Nothing was \
         added", path.display()
    )]
    Changed {
        /// The input.
        path: PathBuf,
    },
    /// A record was named that is not there.
    #[error("E0610: the case has no {what}; see what it has with charivari case show")]
    NoRecord {
        /// What was named.
        what: String,
    },
    /// A value cannot be kept.
    #[error(
        "E0611: {field}: expected {expected}, but met {met:?}; correct it. Nothing was changed"
    )]
    Invalid {
        /// The field.
        field: String,
        /// What it has to be.
        expected: &'static str,
        /// What it was.
        met: String,
    },
    /// A file of the case cannot be written.
    #[error("E0612: cannot write {}: {met}; check its permissions and the disk", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        met: String,
    },
    /// A file of the case cannot be read.
    #[error("E0613: cannot read {}, a file of the case: {met}; run charivari case check", path.display())]
    Lost {
        /// The file.
        path: PathBuf,
        /// What the system said.
        met: String,
    },
    /// The database refused something that it should take.
    #[error("E0614: the database in {} refused an operation: {met}; report this fault", path.display())]
    Database {
        /// The directory.
        path: PathBuf,
        /// What it said.
        met: String,
    },
    /// The directory is no longer the one that was opened.
    #[error(
        "E0615: the case was opened in {}, and another file or none is there now: it was moved or \
         replaced; open it where it is. Nothing was changed", path.display()
    )]
    Moved {
        /// The directory.
        path: PathBuf,
    },
    /// A file cannot be linked into the case.
    #[error(
        "E0616: {} cannot be linked into the case: {met}; links need one file system: copy it \
         instead", path.display()
    )]
    NoLink {
        /// The input.
        path: PathBuf,
        /// What the system said.
        met: String,
    },
    /// A recipient is none.
    #[error(
        "E0617: expected a public key that begins with age1, as age-keygen prints it, but met {met:?}"
    )]
    NoRecipient {
        /// What was given.
        met: String,
    },
    /// A key is needed and not there.
    #[error("E0618: there is no {what} for case {uuid}; make keys with charivari case key first")]
    NoKey {
        /// Which key.
        what: &'static str,
        /// The case.
        uuid: String,
    },
    /// A value of this kind is never stored, not even as a digest.
    #[error(
        "E0619: a {kind} is not kept, not even as a digest: {why}, so that anyone with the key could \
         try them all; keep the finding without it"
    )]
    Guessable {
        /// The kind of value.
        kind: &'static str,
        /// Why it can be guessed.
        why: &'static str,
    },
    /// A key file is damaged or open to others.
    #[error("E0620: the key in {} cannot be used: {met}; restore it from a copy", path.display())]
    BadKey {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        met: String,
    },
    /// A file is no seal.
    #[error("E0621: this is no seal of a case: {met}; fetch the file again")]
    NotASeal {
        /// What was met.
        met: String,
    },
    /// A seal unpacks to more than is read.
    #[error(
        "E0622: {name:?} in the seal unpacks to more than {limit}; if it is genuine, unpack it \
         yourself and run sha256sum -c SHA256SUMS"
    )]
    Bomb {
        /// The member.
        name: String,
        /// The cap, in words.
        limit: String,
    },
    /// A table of rates lacks a column.
    #[error(
        "E0623: the table of rates has no column {column}; expected day, unit, price_unit, price and \
         source, separated by commas"
    )]
    NoRateColumn {
        /// The column.
        column: &'static str,
    },
    /// A stored record cannot be understood.
    #[error("E0624: {what} in the case cannot be understood: {met}; run charivari case check")]
    Damaged {
        /// Which record.
        what: String,
        /// What was met.
        met: String,
    },
    /// The system gives no random bytes.
    #[error("E0625: the system gives no random bytes: {met}; look at its entropy source")]
    NoRandom {
        /// What it said.
        met: String,
    },
    /// An object of the case is not what it was, and so is not sealed.
    #[error(
        "E0626: {what} is not what was registered, so no seal is made; run charivari case check"
    )]
    NotSealed {
        /// Which file.
        what: String,
    },
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The code with which a run ends that met this.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Self::NotACase { .. }
            | Self::NotADatabase { .. }
            | Self::NewerSchema { .. }
            | Self::Unreadable { .. }
            | Self::Changed { .. }
            | Self::Lost { .. }
            | Self::NoKey { .. }
            | Self::BadKey { .. }
            | Self::NotASeal { .. }
            | Self::Bomb { .. }
            | Self::NoRateColumn { .. }
            | Self::Damaged { .. } => Exit::Input,
            Self::NoRecord { .. }
            | Self::Invalid { .. }
            | Self::NoLink { .. }
            | Self::NoRecipient { .. }
            | Self::Guessable { .. } => Exit::Usage,
            Self::Occupied { .. }
            | Self::Held { .. }
            | Self::ReadOnly { .. }
            | Self::Full { .. }
            | Self::Unwritable { .. }
            | Self::Moved { .. }
            | Self::NotSealed { .. } => Exit::Output,
            Self::Database { .. } | Self::NoRandom { .. } => Exit::Fault,
        }
    }

    /// The stable code, such as `E0604`.
    #[must_use]
    pub fn code(&self) -> String {
        self.to_string().chars().take(5).collect()
    }

    /// A failure to write `path`.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        let (path, met) = (path.to_path_buf(), error.to_string());
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { path, met },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                Self::ReadOnly { path, met }
            }
            _ => Self::Unwritable { path, met },
        }
    }

    /// A failure to read an input.
    pub(crate) fn reading(path: &Path, met: impl fmt::Display) -> Self {
        Self::Unreadable { path: path.to_path_buf(), met: met.to_string() }
    }

    /// A failure to read a file of the case.
    pub(crate) fn lost(path: &Path, met: impl fmt::Display) -> Self {
        Self::Lost { path: path.to_path_buf(), met: met.to_string() }
    }

    /// A value that cannot be kept.
    pub(crate) fn invalid(field: impl Into<String>, expected: &'static str, met: &str) -> Self {
        Self::Invalid { field: field.into(), expected, met: met.to_owned() }
    }

    /// A stored record that cannot be understood.
    pub(crate) fn damaged(what: impl fmt::Display, met: impl fmt::Display) -> Self {
        Self::Damaged { what: what.to_string(), met: met.to_string() }
    }
}
