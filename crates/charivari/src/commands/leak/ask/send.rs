//! `charivari leak ask send`: one exchange, and its result.

use std::time::Duration;

use charivari_leak::protocol::{Asking, Canaries, Invitation, Outcome};
use charivari_leak::verification::Verification;

use super::read_sample;
use crate::cli::leak::AskSend;
use crate::commands::leak::serve::files;
use crate::commands::leak::serve::link::ClientLink;
use crate::failure::Result;
use crate::output::Folder;
use crate::progress::Bar;
use crate::{clock, term};

pub(super) fn run(args: &AskSend) -> Result<()> {
    files::check_private(&args.invitation)?;
    let invitation = Invitation::read(&files::read(&args.invitation)?)?;
    let seed = files::read_key(&args.secret)?;
    let canaries = args.canaries.as_deref().map(files::read).transpose()?;
    let canaries = canaries.map(|text| Canaries::read(&text)).transpose()?;
    let commitment = &invitation.commitment;
    let (sample, keys) = read_sample(&args.rows, &commitment.terms, &seed, canaries.is_some())?;
    let met = canaries.map(|list| list.met(commitment, keys.iter().map(|key| key.as_str())));
    let met = met.transpose()?;
    let folder = Folder::open(&args.output)?;
    let mut asking = Asking::new(&invitation, &sample, clock::now()?)?;
    exchange(args, &invitation, &mut asking)?;
    let mut outcome = asking.outcome(clock::now()?)?;
    outcome.canaries = met;
    write(&folder, &outcome)
}

fn exchange(args: &AskSend, invitation: &Invitation, asking: &mut Asking<'_>) -> Result<()> {
    let address = args.address.as_deref().unwrap_or(&invitation.address);
    let silence = Duration::from_secs(args.patience);
    let mut link = ClientLink::call(address, invitation.commitment.certificate, silence)?;
    let step = Bar::step("asking");
    let messages: Vec<_> = asking.messages().collect();
    for message in messages {
        if let Err(error) = link.send(&message) {
            // Who refuses says why before it closes the link, which may break what is being sent.
            step.finish_and_clear();
            let refusal = link.receive().ok().map(|message| asking.receive(message));
            return Err(match refusal {
                Some(Err(refusal)) => refusal.into(),
                _ => error.into(),
            });
        }
    }
    step.set_message("taking answers, and the set");
    while !asking.receive(link.receive()?)? {}
    step.finish_and_clear();
    Ok(())
}

/// Writes the result, and its form for others with small counts withheld.
fn write(folder: &Folder, outcome: &Outcome) -> Result<()> {
    let tool = concat!("charivari ", env!("CARGO_PKG_VERSION"));
    let verification = Verification::of(&outcome.tally(), tool);
    files::write_json(&folder.path("verification.json"), &verification)?;
    let published = verification.published();
    files::write_json(&folder.path("verification.published.json"), &published)?;
    term::line(&published.statement)?;
    term::line(&format!(
        "the set of {} entries is the one that was committed on {} (root {})",
        outcome.entries, outcome.committed, outcome.table_root
    ))?;
    let decoys = outcome.decoys;
    if decoys.asked > 0 {
        term::line(&format!("{} of {} decoys were found", decoys.found, decoys.asked))?;
    }
    if decoys.found > 0 {
        term::warn(
            "decoys were found, which nobody can have: the organisation's table has rows made up, or the decoys are somebody",
        );
    }
    for (copy, met) in outcome.canaries.iter().flatten().filter(|(_, met)| met.found > 0) {
        term::line(&format!("canaries of \"{copy}\": {} of {}", met.found, met.planted))?;
    }
    Ok(())
}
