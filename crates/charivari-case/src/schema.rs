//! The schema of the database, its upgrades, and the state that follows from the log.

use crate::db::{Db, sql, sql_of};
use crate::{Error, Result};

/// The newest schema that is known.
pub(crate) const SCHEMA: u32 = 1;

/// Marks the file as a case for whoever looks at its head: `Char`.
pub(crate) const APPLICATION: i64 = 0x4368_6172;

/// What leads from each schema to the next; the first from nothing.
const UPGRADES: [&str; SCHEMA as usize] = [include_str!("schema-1.sql")];

/// What the derived state is made of, in order.
const TABLES: &str = include_str!("state-1.sql");
const TALLY: &str = include_str!("tally-1.sql");
const DERIVE: &str = include_str!("derive-1.sql");

/// The tables of the derived state and their columns in a fixed order.
pub(crate) const STATE: [(&str, &str); 5] = [
    ("made", "letter, number, entry"),
    ("evidence", "number, sha256, custody, source"),
    ("run", "number, identity, superseded_by"),
    ("finding", "number, run, standing, decided, superseded_by"),
    ("tally", "name, count"),
];

/// The schema that the database has.
pub(crate) fn version(db: &mut Db) -> Result<u32> {
    let version = db.number(sql("PRAGMA user_version"))?;
    u32::try_from(version).map_err(|error| Error::damaged("the schema's number", error))
}

/// Whether the file says that it is a case.
pub(crate) fn is_case(db: &mut Db) -> Result<bool> {
    Ok(db.number(sql("PRAGMA application_id"))? == APPLICATION)
}

/// Brings the database to the newest schema; all or nothing.
pub(crate) fn upgrade(db: &mut Db) -> Result<()> {
    upgrade_with(db, &UPGRADES)
}

fn upgrade_with(db: &mut Db, upgrades: &[&str]) -> Result<()> {
    let from = version(db)? as usize;
    if from >= upgrades.len() {
        return Ok(());
    }
    let mut text = String::from("BEGIN IMMEDIATE;\n");
    for upgrade in &upgrades[from..] {
        text.push_str(upgrade);
    }
    // The state follows from the log, so an upgrade makes it anew instead of changing it.
    text.extend(STATE.map(|(table, _)| format!("DROP TABLE IF EXISTS main.{table};\n")));
    text.push_str(&state("main"));
    text.push_str(&derive("main", 1));
    text.push_str(&marks(upgrades.len()));
    let done = db.run_all(text);
    if done.is_err() {
        // The failure that is told is the first one.
        let _ = db.run_all("ROLLBACK".to_owned());
    }
    done
}

/// What says that the file is a case of a schema, and ends the transaction.
fn marks(schema: usize) -> String {
    format!("PRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {schema};\nCOMMIT;")
}

/// What makes the empty tables of the state in a database.
fn state(within: &str) -> String {
    format!("{TABLES}\n{TALLY}").replace("{in}", within)
}

/// What brings the state up to date with the entries of the log from `from` on.
pub(crate) fn derive(within: &str, from: u64) -> String {
    DERIVE.replace("{in}", within).replace("{from}", &from.to_string())
}

/// Makes the state from the log again beside the one that is kept, and names the tables that differ,
/// with how many rows do.
pub(crate) fn differing(db: &mut Db) -> Result<Vec<(&'static str, u64)>> {
    db.run_all(format!("{}\n{}", state("temp"), derive("temp", 1)))?;
    let mut found = Vec::new();
    for (table, columns) in STATE {
        let mut rows = 0;
        for (these, those) in [("main", "temp"), ("temp", "main")] {
            let zero = if table == "tally" { "WHERE count <> 0" } else { "" };
            rows += db.number(sql_of(format!(
                "SELECT count(*) FROM (SELECT {columns} FROM {these}.{table} {zero} \
                 EXCEPT SELECT {columns} FROM {those}.{table} {zero})"
            )))?;
        }
        if rows > 0 {
            found.push((table, rows.unsigned_abs()));
        }
    }
    for (table, _) in STATE {
        db.run_all(format!("DROP TABLE temp.{table}"))?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::db::Mode;

    #[test]
    fn an_upgrade_happens_once_and_as_a_whole() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("case.db");
        let mut db = Db::open(dir.path(), &file, Mode::New, Duration::from_secs(1)).unwrap();
        upgrade(&mut db).unwrap();
        assert_eq!((version(&mut db).unwrap(), is_case(&mut db).unwrap()), (1, true));
        let next = [UPGRADES[0], "CREATE TABLE later (a INTEGER) STRICT;"];
        let broken = [UPGRADES[0], "CREATE TABLE later (a INTEGER) STRICT; CREATE NONSENSE;"];
        assert!(upgrade_with(&mut db, &broken).is_err());
        assert_eq!(version(&mut db).unwrap(), 1);
        upgrade_with(&mut db, &next).unwrap();
        upgrade_with(&mut db, &next).unwrap();
        assert_eq!(version(&mut db).unwrap(), 2);
        assert_eq!(differing(&mut db).unwrap(), []);
    }
}
