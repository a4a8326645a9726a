//! All that is said about the inputs, as one document: the page shows it, `--json` prints it.

use std::collections::BTreeMap;

use charivari_ingest::profile::Summary;
use charivari_ingest::{Note, Options, PartReport};
use charivari_model::{Code, SetAside};
use serde::Serialize;

use super::asking::{Feeds, Question, of_traces};
use super::caveats;
use crate::commands::notes;

/// How many examples of rows set aside are shown for each code.
const EXAMPLES: usize = 3;

/// The document.
#[derive(Serialize)]
pub(super) struct Facts<'r> {
    tool: &'static str,
    pub(super) parts: Vec<Part<'r>>,
    #[serde(flatten)]
    pub(super) summary: Summary,
    /// What can be asked of posts; empty where there are none.
    pub(super) behaviours: Vec<Question>,
    /// What can be asked of traces; empty where there are none.
    pub(super) behaviours_of_traces: Vec<Question>,
    /// What a reader of any result has to know.
    pub(super) caveats: Vec<String>,
}

/// One file or archive member.
#[derive(Serialize)]
pub(super) struct Part<'r> {
    pub(super) name: &'r str,
    pub(super) format: &'r str,
    pub(super) title: &'r str,
    pub(super) container: &'r str,
    pub(super) recognised: &'r str,
    pub(super) bytes: u64,
    pub(super) sha256: &'r str,
    pub(super) columns: &'r [String],
    pub(super) records: u64,
    pub(super) kept: u64,
    pub(super) set_aside: Vec<Aside<'r>>,
    notes: &'r BTreeMap<Note, u64>,
    #[serde(skip)]
    pub(super) note_sentences: Vec<String>,
}

/// Rows set aside for one reason.
#[derive(Serialize)]
pub(super) struct Aside<'r> {
    pub(super) code: Code,
    pub(super) title: &'static str,
    pub(super) remedy: &'static str,
    pub(super) rows: u64,
    pub(super) examples: Vec<Example<'r>>,
}

/// One row set aside.
#[derive(Serialize)]
pub(super) struct Example<'r> {
    pub(super) row: u64,
    pub(super) field: &'r str,
    /// What stood there; hidden characters are shown as escapes.
    pub(super) met: String,
}

impl<'r> Facts<'r> {
    pub(super) fn of(
        parts: &'r [PartReport],
        options: &Options,
        summary: Summary,
        feeds: &Feeds,
    ) -> Self {
        let of_posts = summary.posts.as_ref().map(|posts| feeds.questions(posts));
        let of_traces = summary.traces.as_ref().map(of_traces);
        Self {
            tool: concat!("charivari ", env!("CARGO_PKG_VERSION")),
            parts: parts.iter().map(|report| part(report, options)).collect(),
            caveats: caveats::of(parts, options, &summary),
            summary,
            behaviours: of_posts.unwrap_or_default(),
            behaviours_of_traces: of_traces.unwrap_or_default(),
        }
    }
}

fn part<'r>(report: &'r PartReport, options: &Options) -> Part<'r> {
    Part {
        name: &report.name,
        format: report.format,
        title: report.title,
        container: report.container,
        recognised: &report.reason,
        bytes: report.file.bytes,
        sha256: &report.file.sha256,
        columns: &report.header,
        records: report.records,
        kept: report.kept,
        set_aside: report
            .set_aside
            .iter()
            .map(|(code, rows)| aside(report, *code, *rows))
            .collect(),
        notes: &report.notes,
        note_sentences: notes_of(report, options),
    }
}

fn aside(report: &PartReport, code: Code, rows: u64) -> Aside<'_> {
    let mut of_code: Vec<&SetAside> = report.aside.iter().filter(|row| row.code == code).collect();
    of_code.sort_by_key(|row| row.row);
    Aside {
        code,
        title: code.title(),
        remedy: code.remedy(),
        rows,
        examples: of_code
            .into_iter()
            .take(EXAMPLES)
            .map(|row| Example {
                row: row.row,
                field: &row.field,
                met: charivari_text::show::visible(&row.met).into_owned(),
            })
            .collect(),
    }
}

/// The notes of a part without the part's name, under which they stand anyway.
fn notes_of(report: &PartReport, options: &Options) -> Vec<String> {
    let only_notes = PartReport { set_aside: BTreeMap::new(), ..report.clone() };
    let prefix = format!("{}: ", report.name);
    notes::of_parts(std::slice::from_ref(&only_notes), options)
        .into_iter()
        .map(|sentence| sentence.strip_prefix(&prefix).unwrap_or(&sentence).to_owned())
        .collect()
}
