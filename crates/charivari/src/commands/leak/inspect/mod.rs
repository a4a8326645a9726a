//! `charivari leak inspect`: what leaked tables hold, and what of them looks made up.

mod case;
mod document;
mod page;

use charivari_ingest::tables::{TableOptions, TablesReport};
use charivari_ingest::{Input, tables};
use charivari_leak::inspect::{Inspection, Inspector, Settings, check_country};

use self::document::Document;
use crate::cli::leak::Inspect;
use crate::clock;
use crate::commands::inspect::json;
use crate::commands::reading;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::progress::Bar;
use crate::term;

/// Seconds of a day.
const DAY: i64 = 86_400;

pub(super) fn run(args: &Inspect) -> Result<()> {
    let settings = settings(args)?;
    let options = options(args)?;
    let into = case::Into::open(args)?;
    let inputs = reading::inputs(&args.inputs);
    let (parts, inspection) = read(&inputs, &options, settings)?;
    let rows: u64 = inspection.tables.iter().map(|table| table.rows).sum();
    let document = Document::of(&parts, &inspection);
    let (page, text) = (page::write(&document), json::write(&document)?);
    if let Some(folder) = &args.output {
        let folder = Folder::open(folder)?;
        for (name, text) in [("inspection.json", &text), ("inspection.txt", &page)] {
            folder.write(name, |out| {
                std::io::Write::write_all(out, text.as_bytes()).map_err(|error| error.to_string())
            })?;
        }
    }
    term::line(if args.json { &text } else { page.trim_end() })?;
    if rows == 0 {
        return Err(Failure::nothing(
            "E0701: the inputs have no row of a table; what was met is on the page",
        ));
    }
    if let Some(into) = into {
        let said = into.record(args, &parts, &inspection)?;
        if !args.json {
            term::line(&said)?;
        }
    }
    Ok(())
}

fn settings(args: &Inspect) -> Result<Settings> {
    let country = args.country.as_deref().map(check_country).transpose().map_err(Failure::usage)?;
    let today = clock::now()?.0.div_euclid(1_000_000 * DAY);
    Ok(Settings { country, today: Some(today), by_name: !args.ignore_names, ..Settings::default() })
}

fn options(args: &Inspect) -> Result<TableOptions> {
    let mut options = TableOptions { tables: args.tables.clone(), ..TableOptions::default() };
    if let Some(name) = &args.encoding {
        let found = encoding_rs::Encoding::for_label(name.as_bytes());
        options.encoding = Some(found.ok_or_else(|| {
            Failure::usage(format!(
                "E0404: there is no encoding {name}; name one as in windows-1252"
            ))
        })?);
    }
    Ok(options)
}

fn read(
    inputs: &[Input],
    options: &TableOptions,
    settings: Settings,
) -> Result<(Vec<TablesReport>, Inspection)> {
    let mut inspector = Inspector::new(settings);
    let bar = Bar::over(inputs);
    let parts = tables::read(inputs, options, &bar, &mut inspector);
    bar.finish();
    let parts = parts?;
    let step = Bar::step("weighing what was seen");
    let inspection = inspector.finish();
    step.finish_and_clear();
    Ok((parts, inspection))
}
