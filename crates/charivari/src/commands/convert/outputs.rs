//! The files that are written, each whole or not at all.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use charivari_exchange::parquet_table::TableWriter;
use charivari_model::{Provenance, schema};
use charivari_text::normalise;

use super::{Found, text_keys};
use crate::failure::{Failure, Result};
use crate::output::Folder;

/// The names of the files.
pub(super) struct Outputs {
    pub(super) folder: Folder,
    pub(super) posts: String,
    pub(super) accounts: String,
    pub(super) traces: String,
    pub(super) set_aside: String,
}

type Writer<'w> = TableWriter<&'w mut BufWriter<File>>;

/// The tables that are written while reading.
pub(super) struct Tables<'t> {
    posts: Option<Writer<'t>>,
    traces: Option<Writer<'t>>,
}

impl Outputs {
    /// The files beside `path`, which ends in `.parquet`.
    pub(super) fn beside(path: &Path) -> Result<Self> {
        let (folder, stem) = super::stem(path)?;
        Ok(Self {
            folder: Folder::open(folder)?,
            posts: format!("{stem}.parquet"),
            accounts: format!("{stem}.accounts.parquet"),
            traces: format!("{stem}.traces.parquet"),
            set_aside: format!("{stem}.set_aside.csv"),
        })
    }

    /// Opens the tables that `found` needs, lets `fill` write them, and ends them.
    pub(super) fn stream(
        &self,
        found: &Found,
        provenance: &Provenance,
        fill: impl FnOnce(&mut Tables<'_>) -> Result<()>,
    ) -> Result<()> {
        let posts = (found.posts.kept > 0).then(|| self.folder.path(&self.posts));
        let traces = (found.traces > 0).then(|| self.folder.path(&self.traces));
        let mut failed = None;
        let written = opened(posts, |posts_out| {
            let nested = opened(traces, |traces_out| {
                let writer = |out, schema: &Schema, name| table(out, schema, provenance, name);
                let posts = posts_out.map(|out| {
                    let mut posts = writer(out, &text_keys::posts(), "posts")?;
                    posts.note(schema::TEXT_RULE_KEY, &normalise::rule());
                    Ok::<_, String>(posts)
                });
                let traces = traces_out.map(|out| writer(out, &schema::traces(), "traces"));
                let mut tables = Tables { posts: posts.transpose()?, traces: traces.transpose()? };
                fill(&mut tables).map_err(|failure| {
                    let message = failure.message.clone();
                    failed = Some(failure);
                    message
                })?;
                tables.finish()
            });
            nested.map_err(|failure| failure.message)
        });
        // What stopped the reading says more than that a file could not be written.
        failed.map_or(written, Err)
    }

    /// Writes the accounts.
    pub(super) fn write_accounts(
        &self,
        accounts: &RecordBatch,
        provenance: &Provenance,
    ) -> Result<()> {
        self.folder.write(&self.accounts, |out| {
            let mut writer = table(out, &schema::accounts(), provenance, "accounts")?;
            writer.write(accounts).map_err(|error| error.to_string())?;
            writer.finish().map(|_| ()).map_err(|error| error.to_string())
        })
    }

    /// Says which files of these names an earlier run has left, and this one did not write.
    pub(super) fn stale(&self, found: &Found) -> Vec<String> {
        [
            (&self.posts, found.posts.kept),
            (&self.traces, found.traces),
            (&self.accounts, found.accounts.count()),
            (&self.set_aside, found.aside),
        ]
        .into_iter()
        .filter(|(name, rows)| *rows == 0 && self.folder.path(name).exists())
        .map(|(name, _)| {
            format!("{name} is left from an earlier run: these inputs have nothing for it")
        })
        .collect()
    }
}

/// Opens the file at `path` for `fill`, where there is one.
fn opened(
    path: Option<PathBuf>,
    fill: impl FnOnce(Option<&mut BufWriter<File>>) -> std::result::Result<(), String>,
) -> Result<()> {
    match path {
        Some(path) => crate::output::write(&path, |out| fill(Some(out))),
        None => fill(None).map_err(Failure::output),
    }
}

fn table<'w>(
    out: &'w mut BufWriter<File>,
    schema: &Schema,
    provenance: &Provenance,
    name: &str,
) -> std::result::Result<Writer<'w>, String> {
    TableWriter::new(out, schema, provenance, name).map_err(|error| error.to_string())
}

impl Tables<'_> {
    pub(super) fn posts(&mut self, batch: &RecordBatch) -> Result<()> {
        append(self.posts.as_mut(), batch)
    }

    pub(super) fn traces(&mut self, batch: &RecordBatch) -> Result<()> {
        append(self.traces.as_mut(), batch)
    }

    fn finish(self) -> std::result::Result<(), String> {
        for writer in [self.posts, self.traces].into_iter().flatten() {
            writer.finish().map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

fn append(writer: Option<&mut Writer<'_>>, batch: &RecordBatch) -> Result<()> {
    match writer {
        Some(writer) if batch.num_rows() > 0 => {
            writer.write(batch).map_err(|error| Failure::output(error.to_string()))
        }
        _ => Ok(()),
    }
}
