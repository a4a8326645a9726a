//! Files that are written: whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The folder that a command writes to.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`, made if it is not there.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::output(format!(
                "E0332: cannot write into {}: it is a file; name a folder to write to",
                path.display()
            )));
        }
        std::fs::create_dir_all(path).map_err(|error| {
            Failure::output(format!("E0332: cannot make the folder {}: {error}", path.display()))
        })?;
        Ok(Self(path.to_owned()))
    }

    /// Writes the file `name` in this folder.
    pub(crate) fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<File>) -> std::result::Result<(), String>,
    ) -> Result<()> {
        write(&self.0.join(name), fill)
    }

    /// The path of the file `name`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// Writes a file under another name first, so that a run that is cut off leaves no half file.
pub(crate) fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::result::Result<(), String>,
) -> Result<()> {
    let failed = |error: String| {
        Failure::output(format!(
            "E0333: cannot write {}: {error}; is there room, and may you?",
            path.display()
        ))
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let filled = File::create(&part).map_err(|error| error.to_string()).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 18, file);
        fill(&mut out)?;
        out.flush().map_err(|error| error.to_string())
    });
    let renamed =
        filled.and_then(|()| std::fs::rename(&part, path).map_err(|error| error.to_string()));
    renamed.map_err(|error| {
        // The half file helps nobody; if it cannot be taken away, the first error is the one to tell.
        let _ = std::fs::remove_file(&part);
        failed(error)
    })
}
