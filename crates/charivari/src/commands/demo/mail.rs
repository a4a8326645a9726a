//! The tutorial's mail: threats in the name of an invented group, beside an honest newsletter.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;

use charivari_model::case::Dossier;
use charivari_simulate::mail::{self, Mailing, NEWSLETTERS, THREATS};

use super::line::{SOURCE, into_case, parsed, register};
use crate::cli::Command;
use crate::commands;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

const SEED: u64 = 2023;

/// Writes the messages, and examines them into the case.
pub(super) fn run(folder: &Folder, case: &Path) -> Result<()> {
    let mailing = mail::mailing(SEED);
    let own = Folder::open(&folder.path("exports/mail"))?;
    write(&own, &mailing)?;
    register(case, &own, "exports/mail", &["inbox.mbox"])?;
    let mut line = into_case(&["mail", "examine", "--source", SOURCE], case);
    line.extend(["--trusted-authserv", mailing.trusted].map(OsString::from));
    for (option, name) in [("--keys", "keys.txt"), ("--protected", "senders.txt")] {
        line.extend([OsString::from(option), own.path(name).into_os_string()]);
    }
    line.extend(["-o".into(), folder.path("mail").into_os_string()]);
    line.push(own.path("inbox.mbox").into_os_string());
    match parsed(line)? {
        Command::Mail(command) => term::quietly(|| commands::mail::run(&command)),
        _ => Err(Failure::fault("the demo's own command line is another command's")),
    }
}

fn write(own: &Folder, mailing: &Mailing) -> Result<()> {
    for (name, bytes) in [
        ("inbox.mbox", mailing.mbox()),
        ("keys.txt", mailing.keys.clone().into_bytes()),
        ("senders.txt", mailing.protected.clone().into_bytes()),
        ("truth.csv", mailing.truth().into_bytes()),
    ] {
        own.write(name, |out| out.write_all(&bytes).map_err(|error| error.to_string()))?;
    }
    Ok(())
}

/// What was found of the mail, in a few lines.
pub(super) fn told(dossier: &Dossier) -> String {
    let campaigns = dossier.findings.iter().filter(|it| it.kind == "mail.campaign");
    let mut text = format!(
        "\nOf {} invented messages {THREATS} are threats and {NEWSLETTERS} a newsletter:\n",
        THREATS + NEWSLETTERS
    );
    for it in campaigns.take(2) {
        text.push_str(&term::wrapped(&format!("  {}", it.id), 7, &it.statement, 100));
    }
    text
}
