//! Who writes: one process at a time, and the others know which.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::{Error, LOCK, Result, Stamp};

/// How long one waits between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// How much of the lock's text is read for a message.
const LONGEST: u64 = 400;

/// The right to write, for as long as this lives; the system takes it back when the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Waits up to `wait` for the right to write to the case in `dir`, for doing `what`.
    pub(crate) fn take(dir: &Path, what: &str, stamp: &Stamp, wait: Duration) -> Result<Self> {
        let path = dir.join(LOCK);
        let mut options = OpenOptions::new();
        let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| Error::writing(&path, &error))?;
        let begin = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begin.elapsed() < wait => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let holder = holder(&mut file);
                    let path = dir.to_path_buf();
                    return Err(Error::Held { path, holder, waited: wait.as_secs() });
                }
                Err(TryLockError::Error(error)) => return Err(Error::writing(&path, &error)),
            }
        }
        let lock = Self { file };
        lock.tell(&format!(
            "process {}, which does \"{what}\" for {} since {}\n",
            std::process::id(),
            stamp.by,
            stamp.now
        ));
        Ok(lock)
    }

    /// Writes who holds the lock; a full disk must not keep anyone from holding it.
    fn tell(&self, text: &str) {
        let mut file = &self.file;
        let _ = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0)));
        let _ = file.write_all(text.as_bytes());
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.tell("");
        // Closing the file gives the lock back even where this fails.
        let _ = self.file.unlock();
    }
}

/// What the lock says of its holder.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let _ = file.seek(SeekFrom::Start(0));
    let _ = file.take(LONGEST).read_to_string(&mut text);
    let line: String = text.lines().next().unwrap_or_default().escape_debug().collect();
    if line.is_empty() { "a process that did not say which".to_owned() } else { line }
}
