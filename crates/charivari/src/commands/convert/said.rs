//! What was written, for people and as JSON.

use std::collections::BTreeMap;

use charivari_ingest::{MAX_ASIDE, Note, PartReport};
use charivari_model::{Code, InputFile, Provenance};
use serde::Serialize;

use super::Found;
use super::outputs::Outputs;
use crate::commands::inspect::page::{grouped, plural};

/// One entry for each file and each member of an archive, under its own name.
pub(super) fn sources(parts: &[PartReport]) -> Vec<InputFile> {
    parts.iter().map(|part| InputFile { name: part.name.clone(), ..part.file.clone() }).collect()
}

/// What was written.
#[derive(Serialize)]
pub(super) struct Said<'r> {
    #[serde(flatten)]
    provenance: &'r Provenance,
    parts: Vec<Part<'r>>,
    /// Files and their rows.
    outputs: Vec<Written>,
    /// Rows with posts that were read.
    rows_read: u64,
    /// Rows left out, as they repeat a post.
    rows_left_out: u64,
    /// Posts that stand in several rows.
    repeated_posts: u64,
    /// Posts whose rows differ in something; the fullest was kept.
    differing_posts: u64,
    rows_set_aside: u64,
    #[serde(skip)]
    folder: String,
}

#[derive(Serialize)]
struct Part<'r> {
    name: &'r str,
    format: &'r str,
    container: &'r str,
    records: u64,
    kept: u64,
    set_aside: &'r BTreeMap<Code, u64>,
    notes: &'r BTreeMap<Note, u64>,
}

#[derive(Serialize)]
struct Written {
    file: String,
    table: &'static str,
    rows: u64,
}

impl<'r> Said<'r> {
    pub(super) fn of(
        found: &Found,
        parts: &'r [PartReport],
        provenance: &'r Provenance,
        outputs: &Outputs,
    ) -> Self {
        let listed = parts.iter().map(|part| part.aside.len() as u64).sum();
        let files = [
            (&outputs.posts, "posts", found.posts.kept),
            (&outputs.accounts, "accounts", found.accounts.count()),
            (&outputs.traces, "traces", found.traces),
            (&outputs.set_aside, "set_aside", listed),
        ];
        let written = files.into_iter().filter(|(_, _, rows)| *rows > 0);
        Self {
            provenance,
            parts: parts.iter().map(part).collect(),
            outputs: written
                .map(|(file, table, rows)| Written { file: file.clone(), table, rows })
                .collect(),
            rows_read: found.posts.rows,
            rows_left_out: found.posts.rows - found.posts.kept,
            repeated_posts: found.posts.repeated,
            differing_posts: found.posts.differing,
            rows_set_aside: found.aside,
            folder: outputs.folder.path("").display().to_string(),
        }
    }

    /// A few lines for people.
    pub(super) fn text(&self) -> String {
        let widest =
            self.outputs.iter().map(|written| written.file.chars().count()).max().unwrap_or(0);
        let mut lines: Vec<String> =
            self.outputs.iter().map(|written| self.line(written, widest)).collect();
        if self.rows_left_out > 0 {
            let differing = match self.differing_posts {
                0 => "all agree".to_owned(),
                number => format!(
                    "of {} the rows differ in something and the fullest was kept",
                    plural(number, "post", "posts")
                ),
            };
            lines.push(format!(
                "{} left out that repeat {}; {differing}",
                plural(self.rows_left_out, "row", "rows"),
                plural(self.repeated_posts, "post", "posts")
            ));
        }
        let folder = if self.folder.is_empty() || self.folder == "./" { "." } else { &self.folder };
        lines.push(format!(
            "Written to {folder}; `input` and `row` lead back to the {}.",
            plural(self.provenance.inputs.len() as u64, "input", "inputs")
        ));
        lines.join("\n")
    }

    fn line(&self, written: &Written, widest: usize) -> String {
        let rows = match written.table {
            "set_aside" if written.rows < self.rows_set_aside => format!(
                "{} of {} rows set aside: the first {} of each input",
                grouped(written.rows),
                grouped(self.rows_set_aside),
                grouped(MAX_ASIDE as u64)
            ),
            "set_aside" => format!("{} set aside", plural(written.rows, "row", "rows")),
            "posts" => plural(written.rows, "post", "posts"),
            "accounts" => plural(written.rows, "account", "accounts"),
            _ => plural(written.rows, "trace", "traces"),
        };
        format!("{:<widest$}  {rows}", written.file)
    }
}

fn part(part: &PartReport) -> Part<'_> {
    Part {
        name: &part.name,
        format: part.format,
        container: part.container,
        records: part.records,
        kept: part.kept,
        set_aside: &part.set_aside,
        notes: &part.notes,
    }
}
