//! `charivari leak serve approve`: a request becomes an invitation.

use charivari_leak::protocol::{Invitation, Request, Token};
use charivari_text::show;

use super::{files, ledger};
use crate::cli::leak::ServeApprove;
use crate::failure::Result;
use crate::term;

pub(super) fn run(args: &ServeApprove) -> Result<()> {
    let folder = ledger::Folder::open(&args.ledger);
    let commitment = folder.read_commitment()?;
    let request = Request::read(&files::read(&args.request)?)?;
    let expires = args.expires.as_deref().map(files::instant).transpose()?;
    let expires = expires.unwrap_or(commitment.terms.expires);
    let token = Token::from_random(*files::random::<32>()?);
    let invitation = Invitation::approve(&commitment, &request, &args.address, expires, token)?;
    // The ledger knows of an invitation before anybody has it.
    folder.approve(&invitation)?;
    files::write_secret_json(&args.output, &invitation)?;
    term::line(&format!(
        "approved \"{}\" to ask about {} rows, once, until {}",
        show::visible(&request.asker),
        request.rows,
        invitation.expires
    ))?;
    term::line(&format!("the ledger knows it as {}", invitation.token.digest()))?;
    term::line(&format!(
        "{} is a secret: hand it over on a way that only the asker reads",
        args.output.display()
    ))?;
    term::warn(&format!(
        "whoever has it learns of {} people of its choice whether they are in the table",
        request.rows
    ));
    Ok(())
}
