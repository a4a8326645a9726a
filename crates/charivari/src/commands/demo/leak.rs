//! The tutorial's leak: an invented customer base, what a persona showed of it, and what that proves.

use std::ffi::OsString;
use std::path::Path;

use charivari_model::case::{Dossier, Finding};
use charivari_simulate::customers::{self, Leak, Settings};

use super::line::{SOURCE, into_case, parsed, register};
use crate::cli::Command;
use crate::commands::inspect::page::grouped;
use crate::commands::leak;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// How many customers the persona said that it had.
const CUSTOMERS: usize = 230_000;
const SEED: u64 = 2023;

/// Draws the customers and their leak, and lets every command on leaks work on them.
pub(super) fn run(folder: &Folder, case: &Path) -> Result<()> {
    let own = Folder::open(&folder.path("exports/leak"))?;
    write(&own)?;
    let files = ["sample.csv", "customers.csv", "decoys.csv", "canaries.csv", "history.csv"];
    register(case, &own, "exports/leak", &files)?;
    for line in lines(folder, &own, case) {
        match parsed(line)? {
            Command::Leak(command) => term::quietly(|| leak::run(&command))?,
            _ => return Err(Failure::fault("the demo's own command line is another command's")),
        }
    }
    Ok(())
}

/// The organisation's records and the sample; not the whole copy, which nobody but the thief has.
fn write(own: &Folder) -> Result<()> {
    let settings = Settings::new(CUSTOMERS, SEED);
    let drawn = customers::generate(&settings);
    let leak = Leak::of(&drawn);
    let text = |error: std::io::Error| error.to_string();
    let readme = customers::README.as_bytes();
    own.write("README.txt", |out| std::io::Write::write_all(out, readme).map_err(text))?;
    own.write("customers.csv", |out| customers::write_customers(&drawn, out).map_err(text))?;
    own.write("history.csv", |out| customers::write_history(&drawn, out).map_err(text))?;
    own.write("decoys.csv", |out| customers::write_decoys(&leak, out).map_err(text))?;
    own.write("canaries.csv", |out| customers::write_canaries(&leak, out).map_err(text))?;
    own.write("truth.json", |out| customers::write_truth_dump(&drawn, &leak, out).map_err(text))?;
    own.write("sample.csv", |out| customers::write_sample(&leak, out).map_err(text))
}

/// The commands, as an analyst would type them.
fn lines(folder: &Folder, own: &Folder, case: &Path) -> [Vec<OsString>; 3] {
    let into = |line: &mut Vec<OsString>, name: &str| {
        line.extend(["-o".into(), folder.path("leak").join(name).into_os_string()]);
    };
    let file = |line: &mut Vec<OsString>, option: &str, name: &str| {
        line.extend([OsString::from(option), own.path(name).into_os_string()]);
    };
    let mut inspect = into_case(&["leak", "inspect", "--country", "FR", "--source", SOURCE], case);
    into(&mut inspect, "inspected");
    inspect.push(own.path("sample.csv").into_os_string());
    let mut verify = into_case(&["leak", "verify", "--country", "FR", "--source", SOURCE], case);
    verify.extend(["--columns", COLUMNS].map(OsString::from));
    verify.extend(
        ["--created-at", "created_at", "--changed-at", "address_changed_at", "--id", "id"]
            .map(OsString::from),
    );
    for (option, name) in [
        ("--own", "customers.csv"),
        ("--sample", "sample.csv"),
        ("--decoys", "decoys.csv"),
        ("--canaries", "canaries.csv"),
        ("--history", "history.csv"),
    ] {
        file(&mut verify, option, name);
    }
    into(&mut verify, "verified");
    let mut expose = into_case(&["leak", "expose", "--context", "threatened-publication"], case);
    expose.extend(
        ["--known-since", "2023-01-04T15:00+01:00", "--leaked-on", "2023-01-04"]
            .map(OsString::from),
    );
    expose.extend(["--timezone", "Europe/Paris"].map(OsString::from));
    file(&mut expose, "--own", "customers.csv");
    into(&mut expose, "exposed");
    [inspect, verify, expose]
}

/// Which column of the records is which of the sample.
const COLUMNS: &str = "family_name=nom,given_name=prenom,email=mel,phone=tel,street=adr1,postcode=cp,\
                       city=ville,country=pays,id=abo_no";

/// What was found of the leak, in a few lines.
pub(super) fn told(dossier: &Dossier) -> String {
    let wanted = ["leak.verified", "leak.snapshot", "leak.volume", "leak.copy", "leak.exposure"];
    let of = |kind: &str| dossier.findings.iter().find(|it| it.kind == kind);
    let found: Vec<&Finding> = wanted.iter().filter_map(|kind| of(kind)).collect();
    let mut text = format!(
        "\nOf {} invented customers a persona showed a sample:\n",
        grouped(CUSTOMERS as u64)
    );
    for it in found {
        text.push_str(&term::wrapped(&format!("  {}", it.id), 7, &it.statement, 100));
    }
    text
}
