//! `charivari case key` and `forget-key`: keys that stay outside the case.

use super::{directory, keys_of, open, passphrase, stamp, store};
use crate::cli::case::{At, Key};
use crate::failure::Result;
use crate::term;

pub(super) fn make(args: &Key) -> Result<()> {
    let mut case = open(&directory(&args.at.place))?;
    let stamp = stamp(args.at.by.as_deref())?;
    if passphrase()?.is_some() {
        let keys = keys_of(case.uuid())?;
        case.adopt_keys(keys, &stamp)?;
    } else {
        case.make_keys(&store(), &stamp)?;
    }
    let public = keys_of(case.uuid())?.public().unwrap_or_default();
    term::line(&format!(
        "The heads of this case's log are signed from now on.\npublic key  {public}\n\
         Give it to whoever is to check a report or a seal, by another way than these."
    ))
}

pub(super) fn forget(at: &At) -> Result<()> {
    let mut case = open(&directory(&at.place))?;
    case.forget_key(&store(), &stamp(at.by.as_deref())?)?;
    term::line(
        "The key is destroyed: no value can be compared with this case's digests any more. Copies of \
         the key that a backup holds are not.",
    )
}
