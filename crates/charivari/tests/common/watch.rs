//! Watches the program for values that come out: runs it in a folder of its own, and searches
//! everything that it says and leaves behind with a [`Scanner`].

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub(crate) use super::scan::{Find, Scanner};

/// What a run gave.
pub(crate) struct Ran {
    /// The exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Ran {
    /// Both streams as text, for messages of tests of what is not secret.
    pub(crate) fn said(&self) -> String {
        format!(
            "{}{}",
            String::from_utf8_lossy(&self.stdout),
            String::from_utf8_lossy(&self.stderr)
        )
    }
}

/// A folder in which the program runs: `inputs` holds secrets, everything else must not.
pub(crate) struct Watched {
    root: tempfile::TempDir,
    scanner: Scanner,
    found: BTreeSet<Find>,
    runs: usize,
}

impl Watched {
    /// A folder for inputs that hold these markers.
    pub(crate) fn new(markers: &[String]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for name in ["inputs", "tmp", "home", "work"] {
            fs::create_dir(root.path().join(name)).unwrap();
        }
        Self { root, scanner: Scanner::new(markers), found: BTreeSet::new(), runs: 0 }
    }

    /// Writes an input.
    pub(crate) fn input(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.root.path().join("inputs").join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The folder in which the program runs, for its outputs.
    pub(crate) fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_charivari"));
        command
            .args(arguments)
            .current_dir(self.work())
            .env("TMPDIR", self.root.path().join("tmp"))
            .env("HOME", self.root.path().join("home"))
            .env("XDG_CONFIG_HOME", self.root.path().join("home/config"))
            .env("XDG_DATA_HOME", self.root.path().join("home/data"))
            .env("XDG_STATE_HOME", self.root.path().join("home/state"))
            .env("CHARIVARI_ANALYST", "analyst")
            .env("SOURCE_DATE_EPOCH", "1673222400")
            .env("RUST_BACKTRACE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the program and lets it run; what it says goes to a file, which is searched like any other.
    pub(crate) fn start(&mut self, name: &str, arguments: &[&str]) -> Child {
        self.runs += 1;
        let said = fs::File::create(self.work().join(name)).unwrap();
        let errors = said.try_clone().unwrap();
        self.command(arguments).stdout(said).stderr(errors).spawn().unwrap()
    }

    /// Runs the program to its end, and searches what it said.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().unwrap();
        self.said(
            arguments,
            Ran { code: output.status.code(), stdout: output.stdout, stderr: output.stderr },
        )
    }

    /// Runs the program and kills it after some time, in whatever it is doing.
    pub(crate) fn run_killed(&mut self, arguments: &[&str], after: Duration) -> Ran {
        let mut child = self.command(arguments).spawn().unwrap();
        std::thread::sleep(after);
        // It may have ended by itself.
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        self.said(
            arguments,
            Ran { code: output.status.code(), stdout: output.stdout, stderr: output.stderr },
        )
    }

    fn said(&mut self, arguments: &[&str], ran: Ran) -> Ran {
        self.runs += 1;
        let run = format!("run {} ({})", self.runs, arguments.first().unwrap_or(&""));
        self.scanner.scan(&format!("{run}, standard output"), &ran.stdout, &mut self.found);
        self.scanner.scan(&format!("{run}, standard error"), &ran.stderr, &mut self.found);
        self.scan_files();
        ran
    }

    /// Searches every file outside `inputs`; names of files are outputs too.
    pub(crate) fn scan_files(&mut self) {
        let mut files = Vec::new();
        walk(self.root.path(), &mut files);
        let inputs = self.root.path().join("inputs");
        for path in files.iter().filter(|path| !path.starts_with(&inputs)) {
            let name = path.strip_prefix(self.root.path()).unwrap().display().to_string();
            self.scanner.scan(
                &format!("the name of run {}", self.runs),
                name.as_bytes(),
                &mut self.found,
            );
            let bytes = fs::read(path).unwrap();
            self.scanner.scan(&name, &bytes, &mut self.found);
        }
    }

    /// Everything that was found until now.
    pub(crate) fn found(&self) -> &BTreeSet<Find> {
        &self.found
    }

    /// Ends the watch.
    ///
    /// # Panics
    /// Where a value came out; the message names places and forms, and no value.
    pub(crate) fn finish(mut self) {
        self.scan_files();
        assert!(self.runs > 0, "nothing was run");
        assert!(self.found.is_empty(), "values of inputs came out: {:#?}", self.found);
    }
}

/// All files below a folder; links are not followed.
pub(crate) fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let kind = fs::symlink_metadata(&path).unwrap();
        if kind.is_dir() {
            walk(&path, files);
        } else if kind.is_file() {
            files.push(path);
        }
    }
}
