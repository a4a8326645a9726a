//! From the reading options of the command line to those of the library.

use std::path::PathBuf;

use charivari_ingest::{Field, Input, Limits, Options};

use crate::cli::{DateOrder, Reading};
use crate::failure::{Failure, Result};

/// The options that the analyst gave.
pub(crate) fn options(reading: &Reading) -> Result<Options> {
    let mut options = Options {
        format: reading.format.clone(),
        platform: reading.platform.as_deref().map(str::to_lowercase),
        date_order: reading.date_order.map(|order| match order {
            DateOrder::Dmy => charivari_ingest::DateOrder::DayFirst,
            DateOrder::Mdy => charivari_ingest::DateOrder::MonthFirst,
        }),
        limits: Limits { row: usize::from(reading.max_row) << 20, ..Limits::default() },
        ..Options::default()
    };
    if let Some(zone) = &reading.timezone {
        let found = jiff::tz::TimeZone::get(zone);
        options.timezone = Some(found.map_err(|_| {
            Failure::usage(format!(
                "E0403: there is no time zone {zone}; name one as in Europe/Paris or UTC"
            ))
        })?);
    }
    if let Some(name) = &reading.encoding {
        let found = encoding_rs::Encoding::for_label(name.as_bytes());
        options.encoding = Some(found.ok_or_else(|| {
            Failure::usage(format!(
                "E0404: there is no encoding {name}; name one as in windows-1252"
            ))
        })?);
    }
    for pair in &reading.columns {
        let (field, column) = pair.split_once('=').ok_or_else(|| {
            Failure::usage(format!(
                "E0108: --columns {pair}: FIELD=NAME is expected, such as time=created_at"
            ))
        })?;
        let known = || Field::NAMES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ");
        let field = Field::parse(field).ok_or_else(|| {
            Failure::usage(format!(
                "E0108: --columns {pair}: there is no field {field}; the fields are {}",
                known()
            ))
        })?;
        options.columns.insert(field, column.to_owned());
    }
    Ok(options)
}

/// The inputs that the analyst named.
pub(crate) fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    paths.iter().map(Input::file).collect()
}
