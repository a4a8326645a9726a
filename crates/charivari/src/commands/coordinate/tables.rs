//! The tables: Parquet for machines, CSV that is safe in spreadsheets for people.

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use charivari_coordination::tables::Tables;
use charivari_exchange::csv_table::{self, CsvWriter};
use charivari_exchange::parquet_table::TableWriter;
use charivari_model::Provenance;

use super::Run;
use crate::failure::Result;
use crate::output::Folder;

/// Writes every table of a run.
pub(super) fn write(run: &Run<'_>, folder: &Folder) -> Result<()> {
    let tables = Tables { store: &run.store, network: &run.network, groups: &run.groups };
    let provenance = &run.provenance;
    let mut small = vec![
        ("edges", tables.edges()?),
        ("accounts", tables.accounts()?),
        ("groups", tables.groups()?),
    ];
    if !run.network.edges.layers.is_empty() {
        small.push(("layers", tables.layers()?));
    }
    if run.network.significance.is_some() {
        let account = |account| run.network.account(&run.store, account);
        small.push(("signs", run.signs.table(account)?));
    }
    let (acts, small) = rayon::join(
        || write_acts(&tables, provenance, folder),
        || small.iter().try_for_each(|(name, batch)| write_small(name, batch, provenance, folder)),
    );
    acts?;
    small?;
    if run.args.acts_csv {
        write_acts_csv(&tables, folder)?;
    }
    super::super::aside::write(&run.parts, folder)
}

fn write_small(
    name: &str,
    batch: &RecordBatch,
    provenance: &Provenance,
    folder: &Folder,
) -> Result<()> {
    let schema = batch.schema();
    folder
        .write(&format!("{name}.parquet"), |out| parquet(out, name, &schema, provenance, batch))?;
    folder.write(&format!("{name}.csv"), |out| {
        csv_table::write(out, &schema, std::slice::from_ref(batch))
            .map(|_| ())
            .map_err(|e| e.to_string())
    })
}

fn parquet(
    out: impl std::io::Write + Send,
    name: &str,
    schema: &Schema,
    provenance: &Provenance,
    batch: &RecordBatch,
) -> std::result::Result<(), String> {
    let mut writer =
        TableWriter::new(out, schema, provenance, name).map_err(|error| error.to_string())?;
    writer.write(batch).map_err(|error| error.to_string())?;
    writer.finish().map(|_| ()).map_err(|error| error.to_string())
}

/// What stops writing acts.
struct Stopped(String);

impl From<charivari_coordination::Error> for Stopped {
    fn from(error: charivari_coordination::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<charivari_exchange::ExchangeError> for Stopped {
    fn from(error: charivari_exchange::ExchangeError) -> Self {
        Self(error.to_string())
    }
}

fn write_acts(tables: &Tables<'_>, provenance: &Provenance, folder: &Folder) -> Result<()> {
    let schema = Tables::acts_schema();
    folder.write("acts.parquet", |out| {
        let mut writer = TableWriter::new(out, &schema, provenance, "acts")
            .map_err(|error| error.to_string())?;
        tables
            .acts(|batch| Ok::<(), Stopped>(writer.write(batch)?))
            .map_err(|Stopped(error)| error)?;
        writer.finish().map(|_| ()).map_err(|error| error.to_string())
    })
}

fn write_acts_csv(tables: &Tables<'_>, folder: &Folder) -> Result<()> {
    let schema = Tables::acts_schema();
    folder.write("acts.csv", |out| {
        let mut writer = CsvWriter::new(out, &schema).map_err(|error| error.to_string())?;
        tables
            .acts(|batch| Ok::<(), Stopped>(writer.write(batch)?))
            .map_err(|Stopped(error)| error)?;
        writer.finish().map(|_| ()).map_err(|error| error.to_string())
    })
}
