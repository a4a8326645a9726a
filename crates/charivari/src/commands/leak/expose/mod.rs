//! `charivari leak expose`: who is put at risk, for the owner of the records.

mod case;
mod page;
mod summary;
mod tables;

use std::io::Write as _;

use charivari_leak::expose::context::Context;
use charivari_leak::expose::deadline::Deadline;
use charivari_leak::expose::list::{Recipients, Writer};
use charivari_leak::expose::notice::{self, Language};
use charivari_leak::expose::severity::{Circumstances, Loss};
use charivari_leak::expose::{Analyser, Error, Exposure, Settings, Tiers, geography};
use charivari_model::Timestamp;
use jiff::tz::TimeZone;

use self::tables::Own;
use crate::cli::leak::Expose;
use crate::cli::leak::expose::Loss as Asked;
use crate::clock;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NoPerson { .. } | Error::Empty { .. } => Self::input(error),
            Error::List { .. } => Self::output(error),
            Error::Random { .. } => Self::fault(error),
            _ => Self::usage(error),
        }
    }
}

/// A run with everything that its outputs say.
struct Run<'a> {
    args: &'a Expose,
    own: Own,
    exposure: Exposure,
    deadline: Option<Deadline>,
}

pub(super) fn run(args: &Expose) -> Result<()> {
    let now = clock::now()?;
    let zone = TimeZone::get(&args.breach.timezone).map_err(|_| {
        let zone = &args.breach.timezone;
        Failure::usage(format!(
            "E0403: there is no time zone {zone}; name one as in Europe/Paris or UTC"
        ))
    })?;
    // Everything that the command line can get wrong is found before the records are read.
    let recipients = Recipients::read(&args.list_for)?;
    let deadline = deadline(args, &zone, now)?;
    let settings = settings(args, deadline.as_ref(), &zone, now)?;
    let stamp =
        args.case.case.is_some().then(|| super::super::case::stamp(args.case.by.as_deref()));
    let stamp = stamp.transpose()?;
    if let Some(dir) = &args.case.case {
        super::super::case::open_reading(dir)?;
    }
    let own = Own::open(args)?;
    let mut analyser =
        Analyser::new(settings, charivari_leak::expose::random_key()?, own.chooser());
    let own = own.read(&mut analyser)?;
    let (exposure, tiers) = analyser.finish(&own.names())?;
    let folder = Folder::open(&args.output)?;
    let run = Run { args, own, exposure, deadline };
    let listed = if args.list_for.is_empty() {
        None
    } else {
        Some(write_list(&run.own, &folder, &recipients, &tiers)?)
    };
    write_files(&run, &folder, listed)?;
    let recorded = stamp.map(|stamp| case::record(&run, &stamp)).transpose()?;
    if args.json {
        return term::line(&summary::json(&run, listed)?);
    }
    term::line(&summary::told(&run, &folder, listed, recorded.as_ref()))
}

fn deadline(args: &Expose, zone: &TimeZone, now: Timestamp) -> Result<Option<Deadline>> {
    let leaked = args.breach.leaked_on.as_deref();
    let Some(known) = &args.breach.known_since else {
        return match leaked {
            Some(_) => Err(Failure::from(Error::Order {
                met: "--leaked-on stands without --known-since, and no period begins with the \
                      publication"
                    .to_owned(),
            })),
            None => Ok(None),
        };
    };
    Ok(Some(Deadline::of(known, leaked, zone, instant(now)?)?))
}

fn instant(time: Timestamp) -> Result<jiff::Timestamp> {
    jiff::Timestamp::from_microsecond(time.0).map_err(Failure::fault)
}

fn settings(
    args: &Expose,
    deadline: Option<&Deadline>,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Settings> {
    let loss = |asked: Asked| match asked {
        Asked::None => Loss::None,
        Asked::Limited => Loss::Limited,
        Asked::Full => Loss::Full,
    };
    let circumstances = Circumstances {
        confidentiality: loss(args.breach.confidentiality),
        integrity: loss(args.breach.integrity),
        availability: loss(args.breach.availability),
        malicious: !args.breach.not_malicious,
    };
    let country = |text: &str| {
        geography::country(text).ok_or_else(|| Error::Column {
            column: text.to_owned(),
            met: "it is no country; name it by its two letters".to_owned(),
        })
    };
    let countries: std::result::Result<Vec<[u8; 2]>, Error> =
        args.at_risk_countries.iter().map(|text| country(text)).collect();
    let today = instant(now)?.to_zoned(zone.clone()).date();
    Ok(Settings {
        context: Context::read(&args.context, args.context_reason.as_deref())?,
        circumstances,
        home: Some(country(&args.home)?),
        at_risk_domains: domains(args)?,
        at_risk_countries: countries?,
        as_of: deadline.and_then(|deadline| deadline.leaked_on).unwrap_or(today),
        unintelligible: args.breach.unintelligible,
    })
}

/// The owner's list of domains, one a line; lines after `#` say something to people.
fn domains(args: &Expose) -> Result<Vec<String>> {
    let Some(path) = &args.at_risk_domains else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::input(format!(
            "E0101: cannot read {}: {error}; check the path and its permissions",
            path.display()
        ))
    })?;
    let lines = text.lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// Writes whom to tell first: the table is read once for each tier, and what is read goes through
/// the cipher to the file, so that no value is ever in the clear on the disk.
fn write_list(own: &Own, folder: &Folder, recipients: &Recipients, tiers: &Tiers) -> Result<u64> {
    let mut written = 0;
    folder.write("notify.csv.age", |out| {
        let text = |error: Error| error.to_string();
        let mut sealed = recipients.seal(out).map_err(text)?;
        Writer::head(&mut &mut sealed).map_err(text)?;
        for tier in tiers.present() {
            let mut writer = Writer::new(&mut sealed, tiers, tier, own.chooser());
            own.again(&mut writer).map_err(|failure| failure.message)?;
            written += writer.finish().map_err(text)?;
        }
        sealed.finish().map(|_| ()).map_err(|error| error.to_string())
    })?;
    Ok(written)
}

fn write_files(run: &Run<'_>, folder: &Folder, listed: Option<u64>) -> Result<()> {
    let put = |name: &str, text: String| {
        folder.write(name, |out| out.write_all(text.as_bytes()).map_err(|e| e.to_string()))
    };
    put("exposure.json", summary::json(run, listed)? + "\n")?;
    let places = page::places(&run.exposure);
    put("exposure.html", page::page(run, &places)?)?;
    put("map.svg", charivari_report::places_svg_alone(&places))?;
    for language in Language::ALL {
        let code = language.code();
        let deadline = run.deadline.as_ref();
        let authority = notice::authority(language, &run.exposure, deadline);
        put(&format!("notice-authority.{code}.md"), authority)?;
        let people = notice::people(language, &run.exposure, deadline);
        put(&format!("notice-people.{code}.md"), people)?;
    }
    Ok(())
}
