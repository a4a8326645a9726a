//! Files of messages: those that were named, and those within folders that were named.

use std::fs;
use std::path::{Path, PathBuf};

use charivari_mail::{Context, KeyBook, Protected, PublishedKeys, Trusted};

use crate::cli::mail::Examine;
use crate::failure::{Failure, Result};

/// Longer files are no lists of keys or senders.
const MAX_LIST: u64 = 64 << 20;

/// A file to read.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) path: PathBuf,
    /// Whether it was found in a folder: what is no mail there is set aside and not refused.
    pub(super) in_folder: bool,
}

/// The files to read, in a defined order.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<Named>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut files)?;
        } else {
            files.push(Named { path: path.clone(), in_folder: false });
        }
    }
    if files.is_empty() {
        return Err(Failure::nothing(
            "E0906: the folders hold no files, where messages were expected; name a file, an mbox or a \
             Maildir",
        ));
    }
    Ok(files)
}

/// The files of a folder and the folders in it. Of a Maildir, what is only being delivered (`tmp`) and
/// what mail servers keep for themselves is left out.
fn walk(folder: &Path, files: &mut Vec<Named>) -> Result<()> {
    let unreadable = |error: std::io::Error| {
        Failure::input(format!(
            "E0101: cannot read {}: {error}; check the path and its permissions",
            folder.display()
        ))
    };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() || name == "tmp" {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else if !name.starts_with(['.'])
            && !name.starts_with("dovecot")
            && name != "maildirfolder"
        {
            files.push(Named { path, in_folder: true });
        }
    }
    Ok(())
}

/// What the analyst gave to examine with.
pub(super) fn context(args: &Examine) -> Result<Context> {
    let keys = match list(args.keys.as_deref())? {
        Some((text, name)) => KeyBook::parse(&text, &name)?,
        None => KeyBook::default(),
    };
    let published = match list(args.published_keys.as_deref())? {
        Some((text, name)) => PublishedKeys::parse(&text, &name)?,
        None => PublishedKeys::default(),
    };
    let protected = match list(args.protected.as_deref())? {
        Some((text, name)) => Protected::parse(&text, &name)?,
        None => Protected::default(),
    };
    let trusted: std::result::Result<Vec<Trusted>, _> =
        args.trusted_authserv.iter().map(|host| Trusted::parse(host)).collect();
    Ok(Context { keys, published, trusted: trusted?, protected })
}

/// The text of a list, and its name for messages.
fn list(path: Option<&Path>) -> Result<Option<(String, String)>> {
    let Some(path) = path else { return Ok(None) };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unreadable = |met: String| {
        Failure::input(format!(
            "E0101: cannot read {name}: {met}; check the path and its permissions"
        ))
    };
    let length = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > MAX_LIST {
        return Err(unreadable("it is longer than 64 MiB".to_owned()));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    Ok(Some((text, name)))
}
