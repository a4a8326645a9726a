//! The tutorial's pretenders: an editor and an executive whom others play, and puppets that show
//! pictures of people who have nothing to do with it.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;

use charivari_model::case::Dossier;
use charivari_simulate::profiles::{self, GENUINE, Genuine, Profiles};

use super::line::{SOURCE, into_case, parsed};
use crate::cli::Command;
use crate::commands::identity;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// Writes profiles and pictures, says who is protected, and looks for who pretends to be them.
pub(super) fn run(folder: &Folder, case: &Path, threads: usize) -> Result<()> {
    let own = Folder::open(&folder.path("exports/profiles"))?;
    write(&own, &profiles::profiles())?;
    let roster = own.path("protected.toml");
    let mut lines: Vec<Vec<OsString>> =
        GENUINE.iter().map(|genuine| protect(genuine, &own, &roster)).collect();
    let to = |line: &mut Vec<OsString>, name: &str| {
        line.extend(["-o".into(), folder.path("identity").join(name).into_os_string()]);
        line.extend(["--pictures".into(), own.path("pictures").into_os_string()]);
        line.extend(["--table".into(), own.path("pictures.csv").into_os_string()]);
        line.push(own.path("accounts.csv").into_os_string());
    };
    let mut scan = into_case(&["identity", "scan", "--source", SOURCE], case);
    scan.extend(["--event", "2023-01-04", "--protected"].map(OsString::from));
    scan.push(roster.into_os_string());
    to(&mut scan, "scan");
    let mut stolen = into_case(&["identity", "stolen", "--source", SOURCE], case);
    to(&mut stolen, "stolen");
    let mut puppets = into_case(&["identity", "sockpuppets", "--source", SOURCE], case);
    puppets.extend(["--coordination".into(), folder.path("analysis").into_os_string()]);
    to(&mut puppets, "sockpuppets");
    lines.extend([scan, stolen, puppets]);
    for line in lines {
        match parsed(line)? {
            Command::Identity(command) => term::quietly(|| identity::run(&command, threads))?,
            _ => return Err(Failure::fault("the demo's own command line is another command's")),
        }
    }
    Ok(())
}

/// The command that says who one protected person is.
fn protect(genuine: &Genuine, own: &Folder, roster: &Path) -> Vec<OsString> {
    let Genuine { id, kind, names, handle, domain, bio, picture } = *genuine;
    let mut line: Vec<OsString> = ["identity", "protect"].map(OsString::from).into();
    line.push(roster.as_os_str().to_owned());
    line.extend(["--id", id, "--kind", kind, "--domain", domain, "--bio", bio].map(OsString::from));
    line.extend(["--handle".to_owned(), format!("x:{handle}")].map(OsString::from));
    line.extend(names.iter().flat_map(|name| ["--name", name].map(OsString::from)));
    line.extend(["--picture".into(), own.path("pictures").join(picture).into_os_string()]);
    line
}

fn write(own: &Folder, profiles: &Profiles) -> Result<()> {
    let texts = [
        ("accounts.csv", &profiles.accounts),
        ("pictures.csv", &profiles.table),
        ("truth.csv", &profiles.truth),
    ];
    for (name, text) in texts {
        own.write(name, |out| out.write_all(text.as_bytes()).map_err(|error| error.to_string()))?;
    }
    // The list of the protected is written anew, since `identity protect` adds to what it finds.
    let roster = own.path("protected.toml");
    match std::fs::remove_file(&roster) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::output(format!(
                "E0332: cannot take the earlier {} away: {error}",
                roster.display()
            )));
        }
        _ => {}
    }
    let pictures = Folder::open(&own.path("pictures"))?;
    for (name, bytes) in &profiles.pictures {
        pictures.write(name, |out| out.write_all(bytes).map_err(|error| error.to_string()))?;
    }
    Ok(())
}

/// What was found of pretenders and stolen pictures, in a few lines.
pub(super) fn told(dossier: &Dossier) -> String {
    let of = |kind: &str| {
        let kind = kind.to_owned();
        dossier.findings.iter().filter(move |it| it.kind == kind)
    };
    let mut text = String::from(
        "\nOf the invented profiles two play an editor and an executive, and twelve puppets show three \
         pictures\nof others; a namesake and a club of readers are honest:\n",
    );
    let shown = of("identity.impersonation").chain(of("identity.stolen").take(1));
    for it in shown.chain(of("identity.sockpuppets").take(1)) {
        text.push_str(&term::wrapped(&format!("  {}", it.id), 7, &it.statement, 100));
    }
    text
}
