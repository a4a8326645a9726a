//! `charivari simulate customers`: an invented magazine's customers, a leak of them, and the truth.

use std::io::Write as _;

use charivari_simulate::customers::{self, Chosen, Leak, Processor, Settings};

use crate::cli::simulate::{CopyOf, Customers, SampleChosen};
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

pub(super) fn run(args: &Customers) -> Result<()> {
    let settings = settings(args)?;
    let folder = Folder::open(&args.output)?;
    let sold = Folder::open(&args.output.join("leak"))?;
    let drawn = customers::generate(&settings);
    let leak = Leak::of(&drawn);
    write_files(&folder, &sold, &drawn, &leak)?;
    term::line(&format!(
        "Synthetic: every person, address, number and note is invented.\n\n\
         {} customers today, {} rows in the copy of {} that was taken, {} in the sample.\n\n\
         Own records  {}\nSample       {}\nTruth        {}",
        settings.count,
        leak.dump.len(),
        args.snapshot,
        leak.sample.len(),
        folder.path("customers.csv").display(),
        sold.path("sample.csv").display(),
        folder.path("truth.json").display(),
    ))
}

fn settings(args: &Customers) -> Result<Settings> {
    let day: jiff::civil::Date = args.snapshot.parse().map_err(|_| {
        Failure::usage(format!(
            "--snapshot takes a day such as 2022-06-15, not {:?}",
            args.snapshot
        ))
    })?;
    let zoned = day.to_zoned(jiff::tz::TimeZone::UTC).map_err(Failure::usage)?;
    let mut settings = Settings::new(args.count, args.seed);
    settings.snapshot = zoned.timestamp().as_second();
    settings.movers = args.movers;
    settings.sample = args.sample;
    settings.canaries_in_sample = settings.canaries_in_sample.min(args.sample);
    settings.chosen = match args.chosen {
        SampleChosen::Random => Chosen::Random,
        SampleChosen::First => Chosen::First,
        SampleChosen::Region => Chosen::Region,
    };
    settings.processor = match args.processor {
        CopyOf::Shop => Processor::Shop,
        CopyOf::Mailhouse => Processor::Mailhouse,
        CopyOf::Newsletter => Processor::Newsletter,
    };
    settings.check().map_err(Failure::usage)?;
    Ok(settings)
}

fn write_files(
    folder: &Folder,
    sold: &Folder,
    drawn: &customers::Customers,
    leak: &Leak,
) -> Result<()> {
    let text = |error: std::io::Error| error.to_string();
    let settings = &drawn.settings;
    folder.write("README.txt", |out| out.write_all(customers::README.as_bytes()).map_err(text))?;
    folder.write("customers.csv", |out| customers::write_customers(drawn, out).map_err(text))?;
    folder
        .write("customers.sql", |out| customers::write_customers_sql(drawn, out).map_err(text))?;
    folder.write("history.csv", |out| customers::write_history(drawn, out).map_err(text))?;
    folder.write("decoys.csv", |out| customers::write_decoys(leak, out).map_err(text))?;
    folder.write("canaries.csv", |out| customers::write_canaries(leak, out).map_err(text))?;
    folder
        .write("truth.json", |out| customers::write_truth_dump(drawn, leak, out).map_err(text))?;
    folder.write("truth_sample.csv", |out| {
        customers::write_truth_sample(drawn, leak, out).map_err(text)
    })?;
    sold.write("dump.csv", |out| customers::write_dump(settings, leak, out).map_err(text))?;
    sold.write("dump.sql", |out| customers::write_dump_sql(settings, leak, out).map_err(text))?;
    sold.write("sample.csv", |out| customers::write_sample(leak, out).map_err(text))
}
