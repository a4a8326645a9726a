//! The truth: which account is in which group.

use std::io::{self, Write};

use charivari_model::key::key;

use crate::world::World;

/// Writes one row for each account of `world` that posted: its key, its group (empty for one that
/// acts for itself) and its role.
///
/// # Errors
/// `out` cannot be written to.
pub fn write(world: &World, out: &mut impl Write) -> io::Result<()> {
    let mut posted = vec![false; world.accounts.len()];
    for post in &world.posts {
        posted[post.account] = true;
    }
    let mut rows: Vec<[String; 3]> = world
        .accounts
        .iter()
        .zip(posted)
        .filter(|(_, posted)| *posted)
        .map(|(account, _)| {
            let group = account.group.unwrap_or_default().to_owned();
            [key(account.platform.name(), &account.id), group, account.role.name().to_owned()]
        })
        .collect();
    rows.sort();
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["account", "group", "role"])?;
    for row in rows {
        table.write_record(&row)?;
    }
    table.flush()
}
